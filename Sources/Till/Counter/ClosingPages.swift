import Shop
import Store

/// Closed days, months and years, and what is to be closed at the till where the reader stands.
struct ClosingsPage: Page {
    static let template = "closings"

    let tabs: [DevicesPage.Tab]
    let rows: [Line]
    let isEmpty: Bool
    let pager: Pager?
    /// The till where the reader stands; nil away from one.
    let till: String?
    let due: [Due]
    let hasDue: Bool
    let refusal: RefusalCard?

    /// A period that a button closes.
    struct Due: Sendable {
        let period: String
        let words: String
        let key: String
    }

    struct Line: Sendable {
        let path: String
        let title: String
        let number: String
        let till: String
        let tickets: String
        let sales: String
        let refunds: String
        let perpetual: String
        let closed: String
    }

    init(
        _ words: Words,
        _ part: Paged<PeriodSlip>,
        period: Period?,
        till: String?,
        due: [Due],
        after: String?,
        _ draft: Draft
    ) {
        func path(_ period: Period?, after: String? = nil) -> String {
            let parts = [
                period.map { "period=\($0.rawValue)" }, after.map { "after=\($0)" },
            ].compactMap(\.self)
            return "/closings" + (parts.isEmpty ? "" : "?" + parts.joined(separator: "&"))
        }
        tabs =
            [
                DevicesPage.Tab(
                    path: path(nil),
                    words: words("closing_all"),
                    isCurrent: period == nil
                )
            ]
            + Period.allCases.map {
                DevicesPage.Tab(
                    path: path($0),
                    words: words("closing_\($0.rawValue)s"),
                    isCurrent: $0 == period
                )
            }
        rows = part.items.map { slip in
            let record = slip.record
            return Line(
                path: "/periods/\(slip.till)/\(record.period.rawValue)/\(record.endsOn.iso)",
                title: record.title(words),
                number: slip.number,
                till: slip.till,
                tickets: words.number(
                    record.totals.sales + record.totals.gifts + record.totals.refunds
                ),
                sales: Written.cents(record.totals.salesCents, in: words.language),
                refunds: Written.cents(record.totals.refundsCents, in: words.language),
                perpetual: words.signed(record.perpetual),
                closed: "\(record.link.at.day.printed) \(record.link.at.clock) · \(slip.closedBy)"
            )
        }
        isEmpty = rows.isEmpty
        pager =
            part.next == nil && after == nil
            ? nil
            : Pager(
                first: after.map { _ in path(period) },
                next: part.next.map { path(period, after: $0) },
                words: words.counted("closing_count", rows.count)
            )
        self.till = till
        self.due = due
        hasDue = !due.isEmpty
        refusal = draft.card(in: words.language, fields: [])
    }

    /// What may be closed at a till now: what is over, else the day that its drawers were of.
    static func due(
        _ store: Store,
        at place: TillPlace,
        _ words: Words,
        mayCloseToday: Bool,
        key: () -> String
    ) async throws -> [Due] {
        var found = try await store.closingDue(nil, at: place)
        if found.isEmpty, mayCloseToday {
            do { found = try await store.closingDue(.day, at: place) } catch is Refusal {}
        }
        return found.map { due in
            Due(
                period: due.period.rawValue,
                words: words(
                    "closing_close_\(due.period.rawValue)",
                    ["period": Period.title(due.period, endingOn: due.endsOn, words)]
                ),
                key: key()
            )
        }
    }
}

extension Period {
    /// "29/11/2026", "novembre 2026", "2026".
    fileprivate static func title(_ period: Period, endingOn day: Day, _ words: Words) -> String {
        switch period {
        case .day: day.printed
        case .month: day.spelledMonth(in: words.language)
        case .year: String(day.parts.year)
        }
    }
}

extension PeriodClosingRecord {
    /// "Journée du 29/11/2026", "Mois de novembre 2026", "Année 2026".
    fileprivate func title(_ words: Words) -> String {
        // The first closing at a till may take in more than its own day or month.
        let isWhole =
            period == .year || startsOn >= (period == .month ? endsOn.firstOfMonth : endsOn)
        let name = Period.title(period, endingOn: endsOn, words)
        return words(
            "closing_of_\(period.rawValue)",
            [
                "period": isWhole
                    ? name
                    : words("closing_from_to", ["from": startsOn.printed, "to": endsOn.printed])
            ]
        )
    }
}

extension Words {
    /// An amount that may be below zero.
    fileprivate func signed(_ cents: Int64) -> String {
        (cents < 0 ? "\u{2212}" : "") + Written.cents(Cents(unchecked: abs(cents)), in: language)
    }
}

/// The slip of a closed day, month or year: what was sold and given back, by rate and by means, and the two totals that go on.
struct PeriodClosingPage: Page {
    static let template = "period-closing"

    let number: String
    let title: String
    let association: String
    let shop: String
    let address: String
    let siret: String
    let till: String
    let closedBy: String
    let closed: String
    let sums: [ClosingPage.Sum]
    let rates: [ClosingPage.Sum]
    let means: [ClosingPage.Sum]
    let perpetuals: [ClosingPage.Sum]
    let entries: String
    let signature: String
    let software: String
    let isDemonstration: Bool

    init(_ slip: PeriodSlip, _ words: Words) {
        let record = slip.record
        let totals = record.totals
        func euros(_ cents: Cents) -> String { Written.cents(cents, in: words.language) }
        number = slip.number
        title = record.title(words)
        association = slip.association
        shop = slip.shop.name
        address = slip.shop.address
        siret = Siret.printed(slip.shop.siret)
        till = slip.till
        closedBy = slip.closedBy
        closed = "\(record.link.at.day.printed) \(record.link.at.clock)"
        sums = [
            .init(words: words("closing_sales_count"), amount: words.number(totals.sales)),
            .init(words: words("closing_sales"), amount: euros(totals.salesCents)),
            .init(words: words("closing_refunds_count"), amount: words.number(totals.refunds)),
            .init(words: words("closing_refunds"), amount: euros(totals.refundsCents)),
            .init(words: words("closing_turnover"), amount: words.signed(totals.turnover)),
            .init(words: words("closing_gifts_count"), amount: words.number(totals.gifts)),
            .init(words: words("closing_gifts"), amount: euros(totals.giftsCents)),
        ]
        rates = totals.rates.flatMap { rate -> [ClosingPage.Sum] in
            let percent =
                rate.basisPoints % 100 == 0
                ? "\(rate.basisPoints / 100)" : words.decimal(hundredths: rate.basisPoints)
            let name =
                rate.basisPoints == 0
                ? words("closing_rate_\(rate.regime)")
                : words("closing_rate_of_\(rate.regime)", ["rate": percent])
            let sold = ClosingPage.Sum(
                words: name,
                amount: words.signed(rate.salesCents.count - rate.refundsCents.count)
            )
            return rate.taxCents == 0
                ? [sold]
                : [sold, .init(words: words("closing_vat"), amount: words.signed(rate.taxCents))]
        }
        means = totals.means.map { means in
            .init(
                words: Means(rawValue: means.means)?.name(in: words.language) ?? means.means,
                amount: words.signed(means.inCents.count - means.outCents.count)
            )
        }
        perpetuals = [
            .init(
                words: words("closing_perpetual_algebraic"),
                amount: words.signed(record.perpetual)
            ),
            .init(
                words: words("closing_perpetual_absolute"),
                amount: words.signed(record.perpetualAbsolute)
            ),
        ]
        entries = words(
            "closing_entries",
            [
                "first": "\(record.positions.lowerBound)", "last": "\(record.positions.upperBound)",
            ]
        )
        signature = slip.signature
        software = record.software
        isDemonstration = slip.isDemonstration
    }
}
