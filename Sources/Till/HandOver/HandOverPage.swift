import Shop
import Store

/// The act of one gift: what is given, the terms, and the three ways to sign; or how it was signed.
struct HandOverPage: Page {
    static let template = "hand-over"

    let path: String
    let ticket: String
    let receipt: String
    let state: Tag
    let refusal: RefusalCard?
    let name: String
    let person: String
    let personPath: String?
    let programme: String
    let given: String
    let opened: [String]
    let items: [HandOverPaper.Item]
    let returned: String?
    let termsOn: String
    let termsWords: String
    let termsLanguage: String
    let terms: [HandOverPaper.Term]
    /// The languages in which the terms are written, where there is a choice.
    let languages: [LanguageLink]
    let hasLanguages: Bool
    let isLanguageMissing: Bool
    /// Nil once it is signed, and where all of it came back.
    let signing: Signing?
    let signed: Signed?

    struct LanguageLink: Sendable {
        let name: String
        let path: String
        let isCurrent: Bool
    }

    struct Signing: Sendable {
        /// Nil for somebody who wants no name kept.
        let pad: Pad?
        let paper: String
        let paperKey: String
        let refusedKey: String
        let isRefusalOpen: Bool
        let login: String
    }

    struct Pad: Sendable {
        let key: String
        let strokes: String
        let viewBox: String
    }

    struct Signed: Sendable {
        let on: String
        let way: String
        let by: String
        let witness: String?
        let digest: String
        /// Nil once it is erased.
        let document: String?
        let originals: [Original]
        let attach: Attach?
    }

    struct Original: Sendable {
        let path: String
        let words: String
    }

    struct Attach: Sendable {
        let path: String
        let then: String
        let key: String
    }

    init(
        _ words: Words,
        _ act: HandOverAct,
        _ handedOver: HandedOver,
        written: [HandOverTerms],
        asked: SpokenLanguage?,
        _ draft: Draft = Draft(),
        mayOpen: (String) -> Bool,
        newKey: () -> ID<Claim>
    ) {
        let language = words.language
        let path = "/hand-overs/\(act.ticket)"
        self.path = path
        ticket = act.ticket
        receipt = "/receipts/\(act.ticket)"
        refusal = draft.card(in: language, fields: [])
        let paper = HandOverPaper(words, act)
        name = act.name
        person = act.person
        personPath = ["/persons/\(act.person)"].first(where: mayOpen)
        programme = act.programme
        given = paper.given
        opened = paper.opened
        items = paper.items
        let back = act.items.map(\.returned).reduce(0, +)
        returned = back == 0 ? nil : words.counted("act_returned", back)
        termsOn = act.terms.startsOn.iso
        termsWords = paper.termsWords
        termsLanguage = act.terms.language
        terms = paper.terms
        let texts = written.first { $0.startsOn == act.terms.startsOn }?.texts ?? []
        hasLanguages = texts.count > 1 && handedOver.signed == nil
        languages = texts.map { text in
            LanguageLink(
                name: SpokenLanguage.name(of: text.language, in: language),
                path: "\(path)?language=\(text.language)",
                isCurrent: text.language == act.terms.language
            )
        }
        isLanguageMissing =
            handedOver.signed == nil && asked == nil
            && handedOver.spoken != act.terms.language
        state = Tag(handedOver, words)
        signing =
            handedOver.signed == nil && !handedOver.isReturned
            ? Signing(
                pad: handedOver.wantsNoName
                    ? nil
                    : Pad(
                        key: newKey().text,
                        // Ink of other terms is signed anew.
                        strokes: draft.wrong.contains { $0.refusal.reason == .handOverChanged }
                            ? "" : draft.value("strokes"),
                        viewBox: "0 0 \(Strokes.width) \(Strokes.height)"
                    ),
                paper: "\(path)/paper.pdf?language=\(act.terms.language)",
                paperKey: newKey().text,
                refusedKey: newKey().text,
                isRefusalOpen: draft.value("way") == HandOverWay.refused.rawValue,
                login: draft.value("login")
            ) : nil
        signed = handedOver.signed.map { signed in
            Signed(
                on: "\(signed.at.day.printed) \(signed.at.clock)",
                way: signed.way.name(in: language),
                by: signed.by,
                witness: signed.witness,
                digest: signed.sha256,
                document: signed.isErased ? nil : "\(path)/act.pdf",
                originals: signed.sheets.map { sheet in
                    Original(
                        path: "\(path)/sheets/\(sheet.sheet)",
                        words: words(
                            "act_sheet_of",
                            ["day": sheet.attachedAt.day.printed]
                        )
                    )
                },
                attach: signed.isErased || handedOver.wantsNoName || signed.way != .paper
                    ? nil
                    : Attach(
                        path: "/api/v1\(path)/sheets",
                        then: "\(path)?done=attached",
                        key: newKey().text
                    )
            )
        }
    }
}

extension Tag {
    fileprivate init(_ handedOver: HandedOver, _ words: Words) {
        if let signed = handedOver.signed {
            self.init(
                tone: signed.way == .refused ? "warning" : "done",
                icon: signed.way == .refused ? "warning" : "done",
                words: signed.way.name(in: words.language)
            )
        } else if handedOver.isReturned {
            self.init(tone: "", icon: "refund", words: words("act_state_returned"))
        } else {
            self.init(tone: "warning", icon: "edit", words: words("act_state_waiting"))
        }
    }
}
