/// Machines and articles on their way from one shop to another.
public enum Transfer: NumberedPaper {
    public static let mark = "TR"

    public static func unknown(_ text: String) -> Refusal {
        Refusal(
            .transferUnknown,
            ["field": .field(.transfer), "text": .text(String(text.prefix(40)))]
        )
    }
}

/// What is printed on a slip: `LITR26-0001` is the first that Lille made in 2026.
public typealias TransferCode = PaperCode<Transfer>

extension FieldName {
    public static let transfer = FieldName("transfer", "Bon de transfert", "Transfer slip")
    public static let toShop = FieldName("to", "Espace de destination", "Receiving shop")
    public static let labels = FieldName("labels", "Appareils", "Devices")
}
