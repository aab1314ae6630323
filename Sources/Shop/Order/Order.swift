/// Articles that were ordered of somebody, and are expected.
public enum Order: NumberedPaper {
    public static let mark = "CM"

    public static func unknown(_ text: String) -> Refusal {
        Refusal(
            .orderUnknown,
            ["field": .field(.order), "text": .text(String(text.prefix(40)))]
        )
    }
}

/// What names an order: `LICM26-0001` is the first that Lille made in 2026.
public typealias OrderCode = PaperCode<Order>

/// How an order ended. Raw values are stored: never rename or reuse one.
public enum OrderEnd: String, Sendable, Codable {
    /// All of it came; some never did; none of it came.
    case complete, short, cancelled

    public func name(in language: Language) -> String {
        switch self {
        case .complete: language.choose("Reçue", "Received")
        case .short: language.choose("Close, incomplète", "Closed short")
        case .cancelled: language.choose("Annulée", "Cancelled")
        }
    }
}

extension FieldName {
    public static let order = FieldName("order", "Commande", "Order")
    public static let supplier = FieldName("supplier", "Fournisseur", "Supplier")
    public static let orderReference = FieldName(
        "reference",
        "Référence du fournisseur",
        "Supplier’s reference"
    )
    public static let expectedOn = FieldName("expected_on", "Attendue le", "Expected on")
}
