import Shop
import Store

/// An act on one A4 sheet: French, and the person’s language beside its terms. Before it is signed it has boxes to sign in.
struct HandOverPaper: Sheet {
    static let template = "sheet-hand-over"
    static let sheet = "sheet-hand-over"

    let association: String
    let shop: String
    let address: String
    let ticket: String
    let given: String
    let name: String
    let person: String
    let programme: String
    let opened: [String]
    let items: [Item]
    let termsWords: String
    let terms: [Term]
    let doneAt: String
    /// Nil until it is signed: the paper has boxes then.
    let signed: Signed?
    let square: Markup

    struct Item: Sendable {
        let description: String
        /// Nil where it was not read, and for what is counted.
        let serial: String?
        /// The shop’s own number; nil for what is counted.
        let label: String?
        let grade: String?
        let quantity: String
    }

    struct Term: Sendable {
        let drawing: Markup
        let french: String
        let translated: Translated?
    }

    struct Translated: Sendable {
        let language: String
        let direction: String
        let words: String
    }

    struct Signed: Sendable {
        let words: String
        let drawing: Markup?
        let by: String
    }

    init(
        _ words: Words,
        _ act: HandOverAct,
        signed signature: HandOverSignature? = nil,
        by operatorCode: String = ""
    ) {
        association = act.association
        shop = act.shop
        address = act.address
        ticket = act.ticket
        given = act.givenOn.spelled(in: words.language)
        name = act.name
        person = act.person
        programme = act.programme
        opened = act.opened.isEmpty ? ["–"] : act.opened.map { $0.words(words) }
        items = act.kept.map { item in
            Item(
                description: item.told(words),
                serial: item.serial.isEmpty ? nil : item.serial,
                label: item.label,
                grade: item.grade,
                quantity: words.number(item.quantity)
            )
        }
        termsWords = words("act_terms_of", ["day": act.terms.startsOn.printed])
        terms = act.terms.lines.map { line in
            Term(
                drawing: line.pictogram.drawing,
                french: line.french,
                translated: line.translated.map {
                    Translated(
                        language: act.terms.language,
                        direction: act.terms.direction,
                        words: $0
                    )
                }
            )
        }
        doneAt = words(
            "act_done_at",
            ["city": act.city, "day": act.on.spelled(in: words.language)]
        )
        signed = signature.map { signature in
            let said: String =
                switch signature {
                case .screen: words("act_signed_screen")
                case .paper: words("act_signed_paper")
                case .refused(let witness):
                    words("act_signed_refused", ["witness": witness.operatorCode])
                }
            return Signed(
                words: said,
                drawing: signature.strokes.map(\.drawing),
                by: words("act_handed_by", ["by": operatorCode])
            )
        }
        square = Barcode.qr(act.ticket)
    }
}

extension HandOverAct.Item {
    /// « HP EliteBook 840 G3, avec : Chargeur ».
    fileprivate func told(_ words: Words) -> String {
        guard let withFr, let withEn else { return article }
        let parts = words.language.choose(withFr, withEn)
        return words("kit_article_with", ["article": article, "parts": parts])
    }

    /// The sealed description, which begins with the shop’s number where there is one: that has a column of its own.
    fileprivate var article: String {
        guard let label, description.hasPrefix(label + " ") else { return description }
        return String(description.dropFirst(label.count + 1))
    }
}

extension HandOverAct.Opening {
    func words(_ words: Words) -> String {
        switch origin {
        case .completion: words("act_opened_completion", ["code": code])
        case .voucher: words("act_opened_voucher", ["code": code])
        }
    }
}

extension HandOverAct.Terms {
    /// Of the language beside French.
    var direction: String { SpokenLanguage.isRightToLeft(language) ? "rtl" : "ltr" }
}

extension Pictogram {
    /// Beside its sentence, which says the same: nothing for screen readers.
    var drawing: Markup {
        Markup(
            drawnByUs: """
                <svg class="pictogram" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" \
                stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round" \
                aria-hidden="true" focusable="false"><path d="\(path)"/></svg>
                """
        )
    }
}

extension Strokes {
    var drawing: Markup {
        Markup(
            drawnByUs: """
                <svg class="drawn" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(Strokes.width) \(Strokes.height)" \
                fill="none" stroke="#000" stroke-width="4" stroke-linecap="round" stroke-linejoin="round" \
                aria-hidden="true" focusable="false"><path d="\(path)"/></svg>
                """
        )
    }
}
