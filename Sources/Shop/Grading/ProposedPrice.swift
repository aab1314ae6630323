/// By which price list a machine is sold. Raw values are stored: never rename or reuse one.
public enum PriceChannel: String, CaseIterable, Sendable, Codable {
    /// At the counter.
    case standard
    /// Through a partner structure.
    case partner

    public func name(in language: Language) -> String {
        switch self {
        case .standard: language.choose("Standard", "Standard")
        case .partner: language.choose("Partenaire", "Partner")
        }
    }
}

/// What is proposed for a machine: the table's price, under what the law lets be asked where a public body gave it.
/// Nil when the table has none: a ceiling alone is no price.
public func proposedPrice(table: Cents?, ceiling: Cents?) -> Cents? {
    table.map { table in ceiling.map { min($0, table) } ?? table }
}
