/// A commitment to funders: between two days, so many parents in so many runs.
public struct Programme: Hashable, Sendable {
    public let id: ID<Programme>
    public let code: String
    public let name: String
    public let territory: String
    public let startsOn: Day
    /// The last day still counts.
    public let endsOn: Day
    public let parentsTarget: Int
    public let runsTarget: Int
    /// In the order in which the agreement names them.
    public let funders: [Funder]

    public init(
        id: ID<Programme>,
        code: String,
        name: String,
        territory: String,
        startsOn: Day,
        endsOn: Day,
        parentsTarget: Int,
        runsTarget: Int,
        funders: [Funder]
    ) {
        self.id = id
        self.code = code
        self.name = name
        self.territory = territory
        self.startsOn = startsOn
        self.endsOn = endsOn
        self.parentsTarget = parentsTarget
        self.runsTarget = runsTarget
        self.funders = funders
    }
}

extension Programme {
    /// A run begins while its programme lasts: its figures would count elsewhere. The last day still counts.
    /// Throws `runOutsideProgramme`.
    public func checkOpen(on day: Day) throws(Refusal) {
        guard (startsOn...endsOn).contains(day) else {
            throw Refusal(
                .runOutsideProgramme,
                [
                    "name": .text(name), "day": .day(day), "from": .day(startsOn),
                    "to": .day(endsOn),
                ]
            )
        }
    }
}

public struct Funder: Hashable, Sendable, Codable {
    public let name: String
    public let kind: Kind
    public let note: String

    /// Raw values are stored, and are the words of the public code lists.
    public enum Kind: String, CaseIterable, Sendable, Codable {
        case commune, departement, region, etat, fondation, entreprise, autre
    }

    public init(name: String, kind: Kind, note: String = "") {
        self.name = name
        self.kind = kind
        self.note = note
    }

    /// Reads `Ville de Lille:commune`, as a command and a form have it.
    /// Throws what `ShortText` does, and `choiceUnknown`.
    public init(typed: String) throws(Refusal) {
        let parts = typed.split(separator: ":", omittingEmptySubsequences: false)
        let kind = parts.count > 1 ? trimmed(String(parts[parts.count - 1])) : "autre"
        guard let kind = Kind(rawValue: kind) else {
            throw Refusal(
                .choiceUnknown,
                [
                    "field": .field(.funders), "text": .text(String(kind.prefix(40))),
                    "choices": .text(Kind.allCases.map(\.rawValue).joined(separator: ", ")),
                ]
            )
        }
        let name = parts.count > 1 ? parts.dropLast().joined(separator: ":") : typed
        self.init(name: try ShortText(typed: name, field: .funders).text, kind: kind)
    }
}
