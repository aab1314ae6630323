import Shop
import Store

/// The shop's tickets, by day, the newest first.
struct ReceiptsPage: Page {
    static let template = "receipts"

    /// The day that is asked for, as the field holds it; empty for all.
    let chosenDay: String
    let hasDay: Bool
    let days: [OneDay]
    let isEmpty: Bool
    let pager: Pager?
    /// The acts of gifts; nil where the reader signs none.
    let handOvers: String?
    let closings: String?

    struct OneDay: Sendable {
        let title: String
        let rows: [Row]
    }

    struct Row: Sendable {
        let path: String
        let number: String
        let kind: Tag
        let time: String
        let till: String
        let seller: String
        let what: String
        let means: String
        let amount: String
        /// "2 articles rendus", nil when all of it stayed.
        let returned: String?
    }

    init(
        _ words: Words,
        _ part: Paged<TicketRow>,
        day: Day?,
        after: String?,
        today: Day,
        mayOpen: (String) -> Bool = { _ in false }
    ) {
        handOvers = ["/hand-overs"].first(where: mayOpen)
        closings = ["/closings"].first(where: mayOpen)
        chosenDay = day?.iso ?? ""
        hasDay = day != nil
        var days: [OneDay] = []
        for ticket in part.items {
            let title =
                ticket.businessOn == today
                ? words("receipts_today", ["day": ticket.businessOn.printed])
                : ticket.businessOn.printed
            let row = Row(ticket, words)
            if let last = days.last, last.title == title {
                days[days.count - 1] = OneDay(title: title, rows: last.rows + [row])
            } else {
                days.append(OneDay(title: title, rows: [row]))
            }
        }
        self.days = days
        isEmpty = days.isEmpty
        let query = day.map { "day=\($0.iso)&" } ?? ""
        pager =
            part.next == nil && after == nil
            ? nil
            : Pager(
                first: after.map { _ in day.map { "/receipts?day=\($0.iso)" } ?? "/receipts" },
                next: part.next.map { "/receipts?\(query)after=\($0)" },
                words: words.counted("receipts_count", part.items.count)
            )
    }
}

extension ReceiptsPage.Row {
    fileprivate init(_ ticket: TicketRow, _ words: Words) {
        path = "/receipts/\(ticket.number)"
        number = ticket.number
        kind =
            switch ticket.kind {
            case .sale: Tag(tone: "done", icon: "receipt", words: words("receipts_sale"))
            case .gift: Tag(tone: "", icon: "gift", words: words("receipts_gift"))
            case .refund: Tag(tone: "warning", icon: "refund", words: words("receipts_refund"))
            }
        time = ticket.at.clock
        till = ticket.till
        seller = ticket.operatorCode
        what =
            ticket.lineCount == 1
            ? ticket.what
            : words("receipts_and_more", ["what": ticket.what, "count": "\(ticket.lineCount - 1)"])
        means = ticket.means.map { $0.name(in: words.language) }.joined(separator: ", ")
        let cents = ticket.kind == .gift ? ticket.valueCents : ticket.totalCents
        let amount = Written.cents(cents, in: words.language)
        self.amount =
            switch ticket.kind {
            case .refund: cents == .zero ? amount : "\u{2212}" + amount
            case .gift: words("receipts_worth", ["amount": amount])
            case .sale: amount
            }
        returned =
            (ticket.returned ?? 0) == 0
            ? nil : words.counted("receipt_returned", ticket.returned ?? 0)
    }
}

/// The slip of a closed drawer: what was sold, what was counted, and the difference.
struct ClosingPage: Page {
    static let template = "closing"

    let number: String
    let association: String
    let shop: String
    let address: String
    let siret: String
    let till: String
    let closedBy: String
    let opened: String
    let closed: String
    let sums: [Sum]
    let counts: [Count]
    let pieces: [Sum]
    let hasPieces: Bool
    let cheques: [Sum]
    let hasCheques: Bool
    let goods: [Sum]
    let hasGoods: Bool
    let reason: String?
    let perpetual: String
    let signature: String
    let isDemonstration: Bool

    struct Sum: Sendable {
        let words: String
        let amount: String
    }

    struct Count: Sendable {
        let means: String
        let expected: String
        let counted: String
        /// "+1,00 €"; nil when the count is right.
        let difference: String?
    }

    init(_ slip: ClosingSlip, _ words: Words) {
        let record = slip.record
        func written(_ cents: Int64) -> String {
            (cents < 0 ? "\u{2212}" : "")
                + Written.cents(Cents(unchecked: abs(cents)), in: words.language)
        }
        func moment(_ at: Instant) -> String { "\(at.day.printed) \(at.clock)" }
        number = slip.number
        association = slip.association
        shop = slip.shop.name
        address = slip.shop.address
        siret = Siret.printed(slip.shop.siret)
        till = slip.till
        closedBy = slip.closedBy
        opened = moment(slip.openedAt)
        closed = moment(record.link.at)
        var sums = [
            Sum(words: words("closing_tickets"), amount: words.number(record.tickets)),
            Sum(words: words("closing_sales"), amount: written(record.sales.count)),
            Sum(words: words("closing_refunds"), amount: written(record.refunds.count)),
            Sum(words: words("closing_gifts"), amount: written(record.gifts.count)),
            Sum(words: words("closing_float"), amount: written(slip.floatCents)),
        ]
        let carried = slip.carriedCents ?? 0
        let moved: [(String, Int64)] = [
            ("closing_carried_in", max(0, carried)), ("closing_carried_out", max(0, -carried)),
            ("closing_moved_in", record.details.movedIn?.count ?? 0),
            ("closing_moved_out", record.details.movedOut?.count ?? 0),
        ]
        for (name, cents) in moved where cents > 0 {
            sums.append(Sum(words: words(name), amount: written(cents)))
        }
        self.sums = sums
        pieces = record.details.pieces.map { piece in
            Sum(
                words: "\(piece.count) × \(written(Int64(piece.cents)))",
                amount: written(Int64(piece.cents) * Int64(piece.count))
            )
        }
        hasPieces = !pieces.isEmpty
        cheques = record.details.cheques.enumerated().map { index, amount in
            Sum(words: "\(index + 1)", amount: written(amount.count))
        }
        hasCheques = !cheques.isEmpty
        goods = slip.goods.map { goods in
            Sum(
                words: words.language.choose(goods.nameFrench, goods.nameEnglish),
                amount: goods.returned == 0
                    ? words.number(goods.sold + goods.given)
                    : words(
                        "closing_goods_of",
                        [
                            "count": words.number(goods.sold + goods.given),
                            "returned": words.number(goods.returned),
                        ]
                    )
            )
        }
        hasGoods = !goods.isEmpty
        let takings: [(Means, Int64, Int64)] = [
            (.cash, record.expected.cash, record.counted.cash),
            (.card, record.expected.card, record.counted.card),
            (.cheque, record.expected.cheque, record.counted.cheque),
        ]
        counts = takings.filter { $0.0 == .cash || $0.1 != 0 || $0.2 != 0 }
            .map { means, expected, counted -> Count in
                let gap = counted - expected
                let difference: String? =
                    gap == 0 ? nil : (gap > 0 ? "+" : "") + written(gap)
                return Count(
                    means: means.name(in: words.language),
                    expected: written(expected),
                    counted: written(counted),
                    difference: difference
                )
            }
        reason = record.reason.map {
            DifferenceReason(rawValue: $0)?.name(in: words.language) ?? $0
        }
        perpetual = written(record.perpetual.count)
        signature = slip.signature
        isDemonstration = slip.isDemonstration
    }
}
