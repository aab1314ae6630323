/// Somebody was received at the help desk: the key.
public enum Visit {}

/// What somebody came for. Raw values are stored.
public enum VisitKind: String, CaseIterable, Sendable, Codable {
    /// A *permanence connectée*: free individual help.
    case visit
    /// The first talk at the counter, of what somebody has, pays and can do.
    case diagnostic

    public func name(in language: Language) -> String {
        switch self {
        case .visit: language.choose("Permanence", "Help desk visit")
        case .diagnostic: language.choose("Diagnostic", "Diagnostic")
        }
    }
}

/// How far somebody did it alone, in the national tool's words and under its codes. Raw values are stored.
public enum Autonomy: String, CaseIterable, Sendable, Codable {
    case accompanied = "entierement_accompagne"
    case partly = "partiellement_autonome"
    case alone = "autonome"

    public func name(in language: Language) -> String {
        switch self {
        case .accompanied: language.choose("Entièrement accompagné", "Helped throughout")
        case .partly: language.choose("Partiellement autonome", "Partly on their own")
        case .alone: language.choose("Autonome", "On their own")
        }
    }
}

/// Why a visit is taken back. A list: nobody writes a word about a person. Raw values are stored.
public enum TakeBackMotive: String, CaseIterable, Sendable, Codable {
    case slip
    case twice
    case wrongPerson = "wrong_person"

    public func name(in language: Language) -> String {
        switch self {
        case .slip: language.choose("Saisi par erreur", "Recorded by mistake")
        case .twice: language.choose("Saisi deux fois", "Recorded twice")
        case .wrongPerson:
            language.choose(
                "Ce n’était pas cette personne",
                "It was not this person"
            )
        }
    }
}

/// What is written down of a visit, apart from who came and where: no free text at all.
public struct VisitFacts: Hashable, Sendable, Encodable {
    public let kind: VisitKind
    public let heldOn: Day
    /// 1 to 480.
    public let minutes: Int
    /// Codes of the list of themes, each once, sorted; one at least.
    public let themes: [String]
    /// Nil: not said.
    public let autonomy: Autonomy?
    /// A code of the list of redirections; nil: sent nowhere.
    public let redirection: String?

    public static let minutesMost = 480

    /// Throws `dayInFuture`, `quantityOutOfRange` (minutes), `fieldMissing` (themes) or `codeUnreadable`, in this order.
    public init(
        kind: VisitKind,
        heldOn: Day,
        today: Day,
        minutes: Int,
        themes: [String],
        autonomy: Autonomy? = nil,
        redirection: String? = nil
    ) throws(Refusal) {
        guard heldOn <= today else {
            throw Refusal(.dayInFuture, ["day": .day(heldOn), "today": .day(today)])
                .about(.visitHeldOn)
        }
        guard (1...Self.minutesMost).contains(minutes) else {
            throw Refusal(
                .quantityOutOfRange,
                [
                    "field": .field(.minutes), "least": .number(1),
                    "most": .number(Int64(Self.minutesMost)),
                ]
            )
        }
        var codes: Set<String> = []
        for theme in themes { codes.insert(try HelpDeskCode.read(theme, field: .themes)) }
        guard !codes.isEmpty else { throw Refusal(.fieldMissing).about(.themes) }
        self.kind = kind
        self.heldOn = heldOn
        self.minutes = minutes
        self.themes = codes.sorted()
        self.autonomy = autonomy
        self.redirection = try redirection.map { text throws(Refusal) in
            try HelpDeskCode.read(text, field: .redirection)
        }
    }
}

extension FieldName {
    public static let visitHeldOn = FieldName("held_on", "Jour", "Day")
    public static let visitKind = FieldName("kind", "Pour", "For")
    public static let themes = FieldName("themes", "Thèmes", "Themes")
    public static let autonomy = FieldName("autonomy", "Autonomie", "Autonomy")
    public static let redirection = FieldName("redirection", "Redirection", "Redirection")
    public static let ledBy = FieldName("led_by", "Par", "By")
    public static let who = FieldName("who", "Personne", "Person")
    public static let appointmentOn = FieldName("planned_on", "Jour", "Day")
    public static let appointmentAt = FieldName("starts_at", "Heure", "Time")
    public static let receiver = FieldName("receiver", "Avec", "With")
    public static let codeList = FieldName("list", "Liste", "List")
}
