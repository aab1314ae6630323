import Shop
import Store

/// What happened to a voucher, a sentence a line.
struct HistoryLine: Sendable {
    let day: String
    let words: String
    /// The ticket or the voucher that the line is about; nil when there is none to open.
    let link: Link?

    struct Link: Sendable {
        let path: String
        let words: String
    }
}

extension HistoryLine {
    init(_ event: VoucherEvent, _ words: Words) {
        let language = words.language
        day = Refusal.Fact.instant(event.at).written(in: language)
        let category = event.category?.name(in: language) ?? ""
        self.words = words(
            "history_\(event.act.rawValue)",
            [
                "by": event.by, "category": category, "motive": event.motive ?? "",
                "units": words.number(event.units ?? 0),
            ]
        )
        link =
            event.receipt.map { Link(path: "/receipts/\($0)", words: $0) }
            ?? event.code.map { Link(path: "/vouchers/\($0)", words: VoucherPage.printed($0)) }
    }

    /// Category and day alone.
    init(_ event: OwnEvent, _ words: Words) {
        day = event.on.printed
        let category = event.category?.title(in: words.language) ?? ""
        self.words = words("portal_history_\(event.act.rawValue)", ["category": category])
        link = event.code.map {
            Link(path: "/portal/vouchers/\($0)", words: VoucherPage.printed($0))
        }
    }
}
