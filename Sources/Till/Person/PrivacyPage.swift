import Shop
import Store

/// What people are told of what is kept about them, to read aloud or to print; and the form for a newer version.
struct PrivacyPage: Page {
    static let template = "privacy"

    let key: String
    let association: String
    let since: String
    let languages: [Text]
    let later: [Version]
    let earlier: [Version]
    let hasEarlier: Bool
    let mayWrite: Bool
    let isOpen: Bool
    let mistakes: Mistakes?
    let refusal: RefusalCard?
    let startsOn: Field
    let french: Field
    let english: Field

    struct Text: Sendable {
        let code: String
        let name: String
        let paragraphs: [String]
    }

    struct Version: Sendable {
        let from: String
        let paragraphs: [String]
    }

    static let fields: Set<String> = ["starts_on", "french", "english"]

    init(
        _ words: Words,
        _ notices: [PrivacyNotice],
        association: String,
        today: Day,
        mayWrite: Bool,
        _ draft: Draft = Draft(),
        key: String
    ) {
        let language = words.language
        let current = notices.inForce(on: today)
        self.key = key
        self.association = association
        self.mayWrite = mayWrite
        since = current.map { words("privacy_since", ["day": $0.startsOn.printed]) } ?? ""
        languages =
            current.map { notice in
                Language.allCases.map {
                    Text(
                        code: $0.rawValue,
                        name: $0.ownName,
                        paragraphs: Self.paragraphs(notice.text(in: $0))
                    )
                }
            } ?? []
        func versions(_ chosen: (PrivacyNotice) -> Bool) -> [Version] {
            notices.filter(chosen).map {
                Version(
                    from: $0.startsOn.printed,
                    paragraphs: Self.paragraphs($0.text(in: language))
                )
            }
        }
        later = versions { $0.startsOn > today }
        earlier = versions { $0.startsOn < (current?.startsOn ?? today) }
        hasEarlier = !earlier.isEmpty
        isOpen = !draft.isFine
        mistakes = draft.mistakes(in: language, fields: Self.fields)
        refusal = draft.card(in: language, fields: Self.fields)
        startsOn = Field(.startsOn, draft, in: language, value: today.iso, type: "date")
        french = Field(.frenchText, draft, in: language, value: current?.french)
        english = Field(.englishText, draft, in: language, value: current?.english)
    }

    static func paragraphs(_ text: String) -> [String] {
        text.split(separator: "\n").map(String.init)
    }
}
