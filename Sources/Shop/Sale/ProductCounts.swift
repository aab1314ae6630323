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

    /// `chargeur-65w=3`, the last number of an article stands. Throws what the parts' own reading throws.
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
