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

/// So many units of each article.
public struct ProductCounts: Hashable, Sendable, Encodable {
    /// By code, those alone of which some were named; 0 only where `least` allows it.
    public let units: [ShortCode: Int]

    public static let most = 100_000

    /// Throws `quantityOutOfRange` for a number out of `least...most`.
    public init(_ units: [ShortCode: Int], least: Int = 1) throws(Refusal) {
        for count in units.values where !(least...Self.most).contains(count) {
            throw Refusal(
                .quantityOutOfRange,
                [
                    "field": .field(.quantity), "least": .number(Int64(least)),
                    "most": .number(Int64(Self.most)),
                ]
            )
        }
        self.units = units
    }

    /// `chargeur-65w=3`, each article once. Throws what the parts' own reading throws.
    public init(typed pairs: [String], least: Int = 1) throws(Refusal) {
        var units: [ShortCode: Int] = [:]
        for pair in pairs {
            let parts = pair.split(separator: "=", maxSplits: 1).map(String.init)
            let code = try ShortCode(typed: parts.first ?? "", field: .product)
            units[code] = try number(
                typed: parts.count > 1 ? parts[1] : "-",
                field: .quantity,
                in: least...Self.most
            )
        }
        try self.init(units, least: least)
    }

    /// By code.
    public var listed: [(product: ShortCode, units: Int)] {
        units.sorted { $0.key.text < $1.key.text }.map { (product: $0.key, units: $0.value) }
    }

    public func encode(to encoder: any Encoder) throws {
        try Dictionary(uniqueKeysWithValues: units.map { ($0.key.text, $0.value) })
            .encode(to: encoder)
    }
}

/// Machines named one by one, each once.
public struct DeviceLabels: Hashable, Sendable, Encodable {
    /// In the order in which they were named.
    public let list: [DeviceLabel]

    public static let most = 500

    /// Throws `quantityOutOfRange` for more than `most`.
    public init(_ labels: [DeviceLabel]) throws(Refusal) {
        var seen: Set<DeviceLabel> = []
        list = labels.filter { seen.insert($0).inserted }
        guard list.count <= Self.most else {
            throw Refusal(
                .quantityOutOfRange,
                [
                    "field": .field(.label), "least": .number(1),
                    "most": .number(Int64(Self.most)),
                ]
            )
        }
    }

    /// As scanned one after the other: lines, spaces or commas between them. Throws `deviceUnknown` for what is no label.
    public init(scanned text: String) throws(Refusal) {
        var labels: [DeviceLabel] = []
        for part in text.split(whereSeparator: { $0.isWhitespace || $0 == "," || $0 == ";" }) {
            labels.append(try DeviceLabel.typed(String(part)))
        }
        try self.init(labels)
    }

    public var isEmpty: Bool { list.isEmpty }
    public var texts: [String] { list.map(\.description) }

    public func encode(to encoder: any Encoder) throws { try texts.encode(to: encoder) }
}

extension FieldName {
    public static let transfer = FieldName("transfer", "Bon de transfert", "Transfer slip")
    public static let toShop = FieldName("to", "Espace de destination", "Receiving shop")
    public static let labels = FieldName("labels", "Appareils", "Devices")
}
