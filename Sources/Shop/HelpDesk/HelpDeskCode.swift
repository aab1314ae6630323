/// One word of the help desk's two lists: what a visit was about, and where somebody was sent. The last row of a code that
/// has begun counts.
public struct HelpDeskCode: Hashable, Sendable, Codable, Dated {
    /// Raw values are stored.
    public enum List: String, CaseIterable, Sendable, Codable {
        case theme, redirection

        public func name(in language: Language) -> String {
            switch self {
            case .theme: language.choose("Thèmes", "Themes")
            case .redirection: language.choose("Redirections", "Redirections")
            }
        }
    }

    public let list: List
    public let code: String
    public let startsOn: Day
    public let french: String
    public let english: String
    /// From its day on nobody gives it any more; visits recorded before keep it.
    public let isWithdrawn: Bool

    public init(
        list: List,
        code: String,
        startsOn: Day,
        french: String,
        english: String,
        isWithdrawn: Bool = false
    ) {
        self.list = list
        self.code = code
        self.startsOn = startsOn
        self.french = french
        self.english = english
        self.isWithdrawn = isWithdrawn
    }

    public func words(in language: Language) -> String { language.choose(french, english) }

    /// A code as somebody types it: 2 to 60 lowercase letters without accent, digits, hyphens, and the underscores of the
    /// national tool; capitals are lowered. Throws `fieldMissing`, `codeUnreadable`.
    public static func read(_ typed: String, field: FieldName) throws(Refusal) -> String {
        let text = trimmed(typed).lowercased()
        guard !text.isEmpty else { throw Refusal(.fieldMissing).about(field) }
        guard text.wholeMatch(of: /[a-z0-9_-]{2,60}/) != nil else {
            throw Refusal(
                .codeUnreadable,
                ["field": .field(field), "text": .text(String(typed.prefix(40)))]
            )
        }
        return text
    }
}

extension [HelpDeskCode] {
    /// Those of a list that may be given on a day, in the order of their French words.
    public func offered(_ list: HelpDeskCode.List, on day: Day) -> [HelpDeskCode] {
        Dictionary(grouping: filter { $0.list == list }, by: \.code).values
            .compactMap { $0.inForce(on: day) }.filter { !$0.isWithdrawn }
            .sorted { ($0.french, $0.code) < ($1.french, $1.code) }
    }

    /// Throws `choiceUnknown` with the codes that may be given.
    public func chosen(
        _ code: String,
        of list: HelpDeskCode.List,
        on day: Day,
        field: FieldName
    ) throws(Refusal) -> HelpDeskCode {
        let offered = offered(list, on: day)
        guard let one = offered.first(where: { $0.code == code }) else {
            throw Refusal(
                .choiceUnknown,
                [
                    "field": .field(field), "text": .text(code),
                    "choices": .text(offered.map(\.code).sorted().joined(separator: ", ")),
                ]
            )
        }
        return one
    }
}

/// A row of one of the lists as someone writes it down, from a day on.
public struct NewHelpDeskCode: Hashable, Sendable, Encodable {
    public let list: HelpDeskCode.List
    public let code: String
    public let startsOn: Day
    public let french: ShortText
    public let english: ShortText
    public let isWithdrawn: Bool

    /// Throws `codeUnreadable`, and `motiveForbidden` when its words are about what no list of the shop's may hold.
    public init(
        list: HelpDeskCode.List,
        code: String,
        startsOn: Day,
        french: ShortText,
        english: ShortText,
        isWithdrawn: Bool = false
    ) throws(Refusal) {
        try ForbiddenTopic.check([(french, .nameFrench), (english, .nameEnglish)])
        self.list = list
        self.code = try HelpDeskCode.read(code, field: .code)
        self.startsOn = startsOn
        self.french = french
        self.english = english
        self.isWithdrawn = isWithdrawn
    }
}
