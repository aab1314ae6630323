import Shop
import Store

/// A ticket's codes by their last characters: who was shown them, and where they are shown.
struct TicketCodesPage: Page {
    static let template = "ticket-codes"

    let receipt: String
    let receiptPath: String
    let path: String
    let key: String
    let mistakes: Mistakes?
    let refusal: RefusalCard?
    let rows: [Line]
    /// Where the codes may be shown now; nil where they may not.
    let showing: Showing?
    /// Why they may not, for whoever cannot do it; nil where they may.
    let closed: String?

    struct Line: Sendable {
        let name: String
        let tail: String
        let batch: String
        let status: Tag
        let showings: [String]
        let proof: String?
        /// Where the operator's answer is written down; nil where it is not to be.
        let clearing: Clearing?
    }

    struct Clearing: Sendable {
        let path: String
        let key: String
        let place: String
        let proof: Field
        let isOpen: Bool
    }

    struct Showing: Sendable {
        /// Nil the first time, at the till that sold them.
        let motive: Field?
        let words: String
    }

    /// - Parameters:
    ///   - isHere: whether the reader stands at the till that sold them.
    ///   - isWarden: whether the reader answers for the shop.
    init(
        _ words: Words,
        _ codes: [TicketCode],
        of receipt: ReceiptCode,
        isHere: Bool,
        isWarden: Bool,
        _ draft: Draft = Draft(),
        newKey: () -> String
    ) {
        let language = words.language
        let fields = Set(["motive"] + codes.map { "proof-\($0.place)" })
        self.receipt = receipt.text
        receiptPath = "/receipts/\(receipt.text)"
        path = "/receipts/\(receipt.text)/codes"
        key = newKey()
        mistakes = draft.mistakes(in: language, fields: fields)
        refusal = draft.card(in: language, fields: fields)
        rows = codes.map { code in
            Line(
                name: code.name(in: language),
                tail: code.tail,
                batch: code.batch,
                status: Tag(code.state, words),
                showings: code.showings.enumerated().map { place, showing in
                    words(
                        showing.motive.isEmpty
                            ? "recharge_shown_by"
                            : place == 0 ? "recharge_shown_why" : "recharge_shown_again",
                        [
                            "when": showing.at.printed, "who": showing.operatorCode,
                            "motive": showing.motive,
                        ]
                    )
                },
                proof: code.proof,
                clearing: isWarden && code.state == .shown && code.proof == nil
                    ? Clearing(
                        path: "/receipts/\(receipt.text)/clearances",
                        key: newKey(),
                        place: code.place,
                        proof: Field(.proof, draft, in: language, name: "proof-\(code.place)"),
                        isOpen: draft.form["place"] == code.place
                    ) : nil
            )
        }
        let kept = codes.filter { $0.state == .hidden || $0.state == .shown }
        let isFirst = kept.allSatisfy { $0.state == .hidden }
        if kept.isEmpty {
            (showing, closed) = (nil, words("recharge_all_back"))
        } else if isFirst && isHere {
            (showing, closed) = (Showing(motive: nil, words: words("recharge_show")), nil)
        } else if isWarden {
            showing = Showing(
                motive: Field(.motive, draft, in: language, hint: words("recharge_motive_hint")),
                words: words(isFirst ? "recharge_show_elsewhere" : "recharge_show_again")
            )
            closed = nil
        } else {
            showing = nil
            closed = words(
                isFirst ? "recharge_elsewhere" : "recharge_before",
                ["till": receipt.till]
            )
        }
    }
}

extension Tag {
    fileprivate init(_ state: TicketCode.State, _ words: Words) {
        let (tone, icon) =
            switch state {
            case .hidden: ("warning", "lock")
            case .shown: ("done", "done")
            case .returned: ("", "undo")
            case .disputed: ("refused", "refused")
            }
        self.init(tone: tone, icon: icon, words: state.name(in: words.language))
    }
}

/// The one page that shows codes: to hand over, on paper or aloud. It is opened once, but for a few minutes in which what was cut
/// is asked again.
struct ShownCodesPage: Page {
    static let template = "shown-codes"

    let receipt: String
    let receiptPath: String
    let shop: String
    let codes: [Code]

    struct Code: Sendable {
        let name: String
        /// In groups of four.
        let code: String
        let facts: [String]
        let how: String
        let until: String?
    }

    init(_ words: Words, _ shown: ShownCodes) {
        receipt = shown.receipt
        receiptPath = "/receipts/\(shown.receipt)"
        shop = shown.shop
        codes = shown.codes.map { code in
            Code(
                name: code.name(in: words.language),
                code: code.text.shown,
                facts: [
                    words(
                        "recharge_worth",
                        ["amount": Written.cents(code.faceValue, in: words.language)]
                    ),
                    code.volumeMB.map { Written.volume($0, in: words.language) },
                    code.validDays.map { words.counted("recharge_days", $0) },
                    code.serial.isEmpty ? nil : words("recharge_serial", ["serial": code.serial]),
                ].compactMap(\.self),
                how: words("recharge_how", ["operator": code.operatorName]),
                until: code.expiresOn.map { words("recharge_until", ["day": $0.printed]) }
            )
        }
    }
}

extension TicketCode {
    /// By which a form names it: line and unit.
    var place: String { "\(position).\(unit)" }
}
