/// Why a professional refers somebody, in the words of the shop's own list. The last row of a code that has begun counts.
public struct Motive: Hashable, Sendable, Codable, Dated {
    public let code: String
    public let startsOn: Day
    public let french: String
    public let english: String
    /// From its day on nobody is referred for it any more; vouchers signed before keep it.
    public let isWithdrawn: Bool

    public init(
        code: String,
        startsOn: Day,
        french: String,
        english: String,
        isWithdrawn: Bool = false
    ) {
        self.code = code
        self.startsOn = startsOn
        self.french = french
        self.english = english
        self.isWithdrawn = isWithdrawn
    }

    public func words(in language: Language) -> String { language.choose(french, english) }
}

extension [Motive] {
    /// Those that may be given on a day, in the order of their French words.
    public func offered(on day: Day) -> [Motive] {
        Dictionary(grouping: self, by: \.code).values.compactMap { $0.inForce(on: day) }
            .filter { !$0.isWithdrawn }.sorted { ($0.french, $0.code) < ($1.french, $1.code) }
    }
}

/// A motive as someone writes it down: a newer row of its code, from a day on.
public struct NewMotive: Hashable, Sendable, Encodable {
    public let code: ShortCode
    public let startsOn: Day
    public let french: ShortText
    public let english: ShortText
    public let isWithdrawn: Bool

    /// Throws `motiveForbidden` when its words are about what no list of the shop's may hold.
    public init(
        code: ShortCode,
        startsOn: Day,
        french: ShortText,
        english: ShortText,
        isWithdrawn: Bool = false
    ) throws(Refusal) {
        try ForbiddenTopic.check([(french, .nameFrench), (english, .nameEnglish)])
        self.code = code
        self.startsOn = startsOn
        self.french = french
        self.english = english
        self.isWithdrawn = isWithdrawn
    }
}

/// What the law lets nobody write down of a person without a ground that a shop does not have: special categories (GDPR,
/// article 9) and convictions (article 10). A word that begins with one of the stems tells the topic; a list of words sees
/// the plain cases only, so a person reads the list of motives all the same.
enum ForbiddenTopic: CaseIterable {
    case health, origin, belief, justice, intimacy

    /// The first topic that the text is about, accents and capitals aside; nil when it is about none.
    init?(of text: String) {
        let words = unaccented(text).split { !$0.isLetter }
        let said = words.map { " " + $0 }.joined()
        let topic = Self.allCases.first { topic in
            topic.stems.contains { said.contains(" " + $0) }
        }
        guard let topic else { return nil }
        self = topic
    }

    /// Throws `motiveForbidden` for the first text that is about one of them.
    static func check(_ texts: [(text: ShortText, field: FieldName)]) throws(Refusal) {
        for (text, field) in texts {
            guard let topic = ForbiddenTopic(of: text.text) else { continue }
            throw Refusal(
                .motiveForbidden,
                [
                    "field": .field(field), "text": .text(text.text),
                    "topic": .explained(french: topic.french, english: topic.english),
                ]
            )
        }
    }

    private var stems: [String] {
        switch self {
        case .health:
            [
                "sante", "health", "malad", "illness", "disease", "handicap", "disab", "invalid",
                "medic", "medec", "psych", "hopita", "hospi", "addict", "toxico", "alcool",
                "alcohol", "cancer", "depress", "grossesse", "enceinte", "pregnan",
            ]
        case .origin:
            [
                "origin", "ethni", "racial", "nationalit", "migr", "immigr", "refugi", "refugee",
                "asile", "asylum", "etranger", "foreign", "exil", "sans papiers", "undocumented",
            ]
        case .belief:
            [
                "relig", "eglise", "church", "mosque", "musulm", "muslim", "islam", "chretien",
                "christian", "catholi", "protestant", "juif", "juive", "jewish", "syndica",
                "opinion", "militan",
            ]
        case .justice:
            [
                "justice", "judicia", "prison", "detenu", "detention", "incarc", "condamn",
                "convict", "penal", "delinqu", "casier", "offender", "probation",
            ]
        case .intimacy:
            ["sexu", "homosex", "gay", "lesb", "transgenre", "transgender"]
        }
    }

    var french: String {
        switch self {
        case .health: "la santé"
        case .origin: "l’origine"
        case .belief: "les opinions ou la religion"
        case .justice: "la justice"
        case .intimacy: "la vie intime"
        }
    }

    var english: String {
        switch self {
        case .health: "health"
        case .origin: "origin"
        case .belief: "opinions or religion"
        case .justice: "the justice system"
        case .intimacy: "private life"
        }
    }
}
