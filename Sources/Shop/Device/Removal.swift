/// A machine that leaves for good otherwise than by a ticket.
public struct Removal: Hashable, Sendable, Encodable {
    public let kind: Kind
    public let on: Day
    /// Who took it away, and under which slip; empty for a loss.
    public let collector: String
    public let slip: String
    /// Nil for a loss.
    public let weight: Grams?
    public let motive: String

    /// Raw values are stored: never rename or reuse one.
    public enum Kind: String, CaseIterable, Sendable, Codable {
        case recycling, loss

        public func name(in language: Language) -> String {
            switch self {
            case .recycling: language.choose("Recyclage", "Recycling")
            case .loss: language.choose("Perte", "Loss")
            }
        }
    }

    /// From fields of a form, a request or a command. Of recycling the law wants collector, slip and weight. Throws what
    /// the fields' own reading throws, and `fieldMissing`.
    public init(
        _ kind: Kind,
        on day: Day,
        collector: String?,
        slip: String?,
        weight: Grams?,
        motive: String?
    ) throws(Refusal) {
        self.kind = kind
        on = day
        self.motive = try ShortText(typed: motive ?? "", field: .motive, most: 500).text
        switch kind {
        case .recycling:
            self.collector = try ShortText(typed: collector ?? "", field: .collector).text
            self.slip = try ShortText(typed: slip ?? "", field: .slip, most: 100).text
            guard let weight else { throw Refusal(.fieldMissing, ["field": .field(.weight)]) }
            self.weight = weight
        case .loss:
            self.collector = ""
            self.slip = ""
            self.weight = nil
        }
    }
}

extension FieldName {
    public static let collector = FieldName("collector", "Collecteur", "Collector")
    public static let slip = FieldName("slip", "Numéro du bordereau", "Slip number")
    public static let removedOn = FieldName("removed_on", "Sorti le", "Left on")
    public static let removalKind = FieldName("removal", "Sortie", "Way out")
}
