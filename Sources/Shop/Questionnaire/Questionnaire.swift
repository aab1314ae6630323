/// When somebody who follows a course is asked. Raw values are stored, sent and printed: never rename or reuse one.
public enum Moment: String, CaseIterable, Sendable, Codable {
    case entry
    case end
    case sixMonths = "six_months"

    public func name(in language: Language) -> String {
        switch self {
        case .entry: language.choose("À l’entrée", "At entry")
        case .end: language.choose("À la fin", "At the end")
        case .sixMonths: language.choose("Six mois après", "Six months after")
        }
    }
}

/// How answers came. Raw values are stored.
public enum ResponseMeans: String, CaseIterable, Sendable, Codable {
    case paper, phone, screen

    public func name(in language: Language) -> String {
        switch self {
        case .paper: language.choose("Sur papier", "On paper")
        case .phone: language.choose("Par téléphone", "By phone")
        case .screen: language.choose("Sur place, à l’écran", "Here, on the screen")
        }
    }
}

/// One version of the questions of a moment, in force from its day on. Never changed: a correction is a further version.
public struct Questionnaire: Hashable, Sendable, Codable, Dated {
    public let id: ID<Questionnaire>
    public let moment: Moment
    public let startsOn: Day
    /// In the order asked.
    public let questions: [Question]

    public init(id: ID<Questionnaire>, moment: Moment, startsOn: Day, questions: [Question]) {
        self.id = id
        self.moment = moment
        self.startsOn = startsOn
        self.questions = questions
    }

    public func question(_ code: String) -> Question? { questions.first { $0.code == code } }
}

/// One question. There is none in free words.
public struct Question: Hashable, Sendable, Codable {
    /// The same in every version and at every moment that asks the same: by it answers are compared.
    public let code: String
    public let kind: Kind
    public let french: String
    public let english: String
    /// In the order shown; empty for a scale and for a number.
    public let choices: [Choice]
    /// Of a number; nil otherwise.
    public let least: Int?
    public let most: Int?

    /// Raw values are stored and sent.
    public enum Kind: String, CaseIterable, Sendable, Codable {
        case oneOf = "one_of"
        case severalOf = "several_of"
        /// 1 is not at all, 5 is entirely.
        case scale = "scale_1_to_5"
        case number

        public func name(in language: Language) -> String {
            switch self {
            case .oneOf: language.choose("un choix", "one choice")
            case .severalOf: language.choose("plusieurs choix", "several choices")
            case .scale: language.choose("de 1 à 5", "from 1 to 5")
            case .number: language.choose("un nombre", "a number")
            }
        }
    }

    public struct Choice: Hashable, Sendable, Codable {
        public let code: String
        public let french: String
        public let english: String

        public init(code: String, french: String, english: String) {
            self.code = code
            self.french = french
            self.english = english
        }

        public func words(in language: Language) -> String { language.choose(french, english) }
    }

    public init(
        code: String,
        kind: Kind,
        french: String,
        english: String,
        choices: [Choice] = [],
        least: Int? = nil,
        most: Int? = nil
    ) {
        self.code = code
        self.kind = kind
        self.french = french
        self.english = english
        self.choices = choices
        self.least = least
        self.most = most
    }

    public func words(in language: Language) -> String { language.choose(french, english) }

    /// What an amount may be; nil where choices are made.
    public var range: ClosedRange<Int>? {
        switch kind {
        case .oneOf, .severalOf: nil
        case .scale: 1...5
        case .number: (least ?? 0)...(most ?? 0)
        }
    }
}
