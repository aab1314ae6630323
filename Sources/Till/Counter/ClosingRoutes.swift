import HTTPTypes
import Shop
import Store

/// Closed drawers, days, months and years: their list, their slips, and what closes them.
func closingRoutes(_ store: Store) -> [Route] {
    closingPageRoutes(store) + closingAPIRoutes(store)
}

private let listQuery: [Route.Parameter] = [
    .init("period", .choice(Period.allCases.map(\.rawValue)), "Of one kind of period alone."),
    .init("till", .text(most: 40), "Of one till alone."),
    .init("after", .text(most: 80), "The last part’s next."),
]

private func closingPageRoutes(_ store: Store) -> [Route] {
    [
        Route(
            .get,
            "/closings",
            for: .roles(.ticketReaders),
            "Closed days, months and years of the reader’s tills, and what is to be closed here.",
            query: listQuery
        ) { call, context in
            try await closingsPage(store, call, context)
        },
        Route(
            .post,
            "/closings",
            for: .roles(.sellers),
            "Closes a day, a month or a year at the till where one stands."
        ) { call, context in
            var draft = Draft(try call.form())
            let period = draft.read("period") { text throws(Refusal) in
                try Period(typed: text, field: .period)
            }
            if let period {
                do {
                    let made = try await store.closePeriod(
                        period,
                        key: call.key(),
                        by: context.staff
                    )
                    guard let closed = made.first else { return .see("/closings") }
                    return .see(address(closed.till, closed.period, closed.endsOn))
                } catch let refusal as Refusal {
                    draft.refuse(refusal)
                }
            }
            return try await closingsPage(store, call, context, draft)
        },
        Route(
            .get,
            "/closings/{till}/{drawer}",
            for: .roles(.ticketReaders),
            "The slip of a closed drawer, 80 mm wide.",
            query: [.init("print", .text(), "Print at once.")]
        ) { call, context in
            guard let drawer = Int(call.piece("drawer")) else { throw Refusal(.unknownThing) }
            let slip = try await store.closing(
                of: call.piece("till"),
                drawer: drawer,
                in: context.reach(.ticketReaders)
            )
            return context.page(ClosingPage(slip, context.words))
        },
        Route(
            .get,
            "/periods/{till}/{period}/{day}",
            for: .roles(.ticketReaders),
            "The slip of a closed day, month or year, 80 mm wide."
        ) { call, context in
            context.page(
                PeriodClosingPage(try await periodSlip(store, call, context), context.words)
            )
        },
    ]
}

private func closingsPage(
    _ store: Store,
    _ call: Call,
    _ context: Context,
    _ draft: Draft = Draft()
) async throws -> Answer {
    let period = call.query["period"].flatMap(Period.init(rawValue:))
    let after = call.query["after"]
    let reach = try context.reach(.ticketReaders)
    let part = try await store.periodClosings(
        PeriodFilter(in: reach, till: call.query["till"], period: period),
        after: after
    )
    let place = try context.staff.till
    var due: [ClosingsPage.Due] = []
    if let place, try context.staff.holds(anyOf: .sellers, in: place.shop) {
        due = try await ClosingsPage.due(
            store,
            at: place,
            context.words,
            mayCloseToday: context.staff.holds(anyOf: .shopManagers, in: place.shop)
        ) {
            store.newID(Claim.self).text
        }
    }
    let page = ClosingsPage(
        context.words,
        part,
        period: period,
        till: place?.code,
        due: due,
        after: after,
        draft
    )
    return context.page(page, draft.wrong.first?.refusal.status ?? .ok)
}

private func address(_ till: String, _ period: Period, _ day: Day) -> String {
    "/periods/\(till)/\(period.rawValue)/\(day.iso)"
}

private func periodSlip(_ store: Store, _ call: Call, _ context: Context) async throws -> PeriodSlip
{
    guard let period = Period(rawValue: call.piece("period")), let day = Day(iso: call.piece("day"))
    else { throw Refusal(.unknownThing) }
    return try await store.periodClosing(
        of: call.piece("till"),
        period,
        endingOn: day,
        in: context.reach(.ticketReaders)
    )
}

private func closingAPIRoutes(_ store: Store) -> [Route] {
    [
        Route(
            .get,
            "/api/v1/closings",
            for: .roles(.ticketReaders),
            "Closed days, months and years of the reader’s tills, the latest first.",
            query: listQuery + [.init("limit", .integer(least: 1, most: 200), "How many.")],
            gives: Listing<ToldPeriod>.self
        ) { call, context in
            let part = try await store.periodClosings(
                PeriodFilter(
                    in: try context.reach(.ticketReaders),
                    till: call.query["till"],
                    period: call.query["period"].flatMap(Period.init(rawValue:))
                ),
                after: call.query["after"],
                limit: call.query["limit"].flatMap { Int($0) } ?? 50
            )
            return try .json(Listing(part.items.map { ToldPeriod($0) }, next: part.next))
        },
        Route(
            .post,
            "/api/v1/closings",
            for: .roles(.sellers),
            "Closes a day, a month or a year at the till where one stands; without a period what is over.",
            takes: AskedPeriod.self,
            gives: Listing<ClosedPeriod>.self
        ) { call, context in
            let asked: AskedPeriod = try call.json()
            let made = try await store.closePeriod(
                asked.period.map { text throws(Refusal) in
                    try Period(typed: text, field: .period)
                },
                key: call.key(),
                by: context.staff
            )
            return try .json(Listing(made), .created)
        },
        Route(
            .get,
            "/api/v1/closings/{till}/{period}/{day}",
            for: .roles(.ticketReaders),
            "One closed day, month or year.",
            gives: ToldPeriod.self
        ) { call, context in
            try .json(ToldPeriod(try await periodSlip(store, call, context)))
        },
        Route(
            .post,
            "/api/v1/drawers/current/moves",
            for: .roles(.sellers),
            "Cash put into the open drawer or taken out for no ticket, or the drawer opened and nothing moved.",
            takes: AskedCashMove.self,
            gives: ToldDrawer.self
        ) { call, context in
            let asked: AskedCashMove = try call.json()
            let place = try context.staff.place()
            _ = try await store.moveCash(
                asked.move(),
                key: asked.key ?? call.key(),
                by: context.staff
            )
            return try .json(ToldDrawer(try await store.drawerStanding(of: place)), .created)
        },
        Route(
            .post,
            "/api/v1/voids",
            for: .roles(.sellers),
            "Journals that a line, or all of a ticket, was taken off before it was sold.",
            takes: AskedVoid.self,
            gives: ToldVoid.self
        ) { call, context in
            let asked: AskedVoid = try call.json()
            try await store.recordVoid(
                asked.all ? .saleAbandoned : .lineVoided,
                lines: asked.lines,
                cents: Cents(asked.cents),
                key: asked.key ?? call.key(),
                by: context.staff
            )
            return try .json(ToldVoid(recorded: true), .created)
        },
    ]
}

struct AskedPeriod: Codable, Sendable {
    /// day, month or year; absent: whatever is over and not closed yet.
    let period: String?
}

struct AskedCashMove: Codable, Sendable {
    /// Here, or as the header `Idempotency-Key`.
    let key: ID<Claim>?
    let kind: String
    let motive: String
    let amountCents: Int64

    func move() throws(Refusal) -> CashMove {
        try CashMove(
            CashMoveKind(typed: kind, field: .cashMove),
            CashMotive(typed: motive, field: .motive),
            Cents(amountCents)
        )
    }
}

struct AskedVoid: Codable, Sendable {
    /// Here, or as the header `Idempotency-Key`.
    let key: ID<Claim>?
    /// Whether the whole ticket was given up.
    let all: Bool
    let lines: Int
    let cents: Int64
}

struct ToldVoid: Codable, Sendable {
    let recorded: Bool
}

/// A closed period as programs read it.
struct ToldPeriod: Codable, Sendable {
    let till: String
    let period: Period
    let number: String
    let startsOn: Day
    let endsOn: Day
    let closedAt: Instant
    let sales: Int
    let gifts: Int
    let refunds: Int
    let salesCents: Cents
    let giftsCents: Cents
    let refundsCents: Cents
    /// Sales less refunds.
    let turnoverCents: Int64
    let perpetualCents: Int64
    let perpetualAbsoluteCents: Int64
    let rates: [Rate]
    let means: [MeansTotal]
    let firstPosition: Int64
    let lastPosition: Int64
    let signature: String
    let url: String

    struct Rate: Codable, Sendable {
        let regime: String
        let rateBasisPoints: Int
        let salesCents: Cents
        let refundsCents: Cents
        let vatCents: Int64
    }

    struct MeansTotal: Codable, Sendable {
        let means: String
        let inCents: Cents
        let outCents: Cents
    }

    init(_ slip: PeriodSlip) {
        let record = slip.record
        till = slip.till
        period = record.period
        number = slip.number
        startsOn = record.startsOn
        endsOn = record.endsOn
        closedAt = record.link.at
        sales = record.totals.sales
        gifts = record.totals.gifts
        refunds = record.totals.refunds
        salesCents = record.totals.salesCents
        giftsCents = record.totals.giftsCents
        refundsCents = record.totals.refundsCents
        turnoverCents = record.totals.turnover
        perpetualCents = record.perpetual
        perpetualAbsoluteCents = record.perpetualAbsolute
        rates = record.totals.rates.map {
            Rate(
                regime: $0.regime,
                rateBasisPoints: $0.basisPoints,
                salesCents: $0.salesCents,
                refundsCents: $0.refundsCents,
                vatCents: $0.taxCents
            )
        }
        means = record.totals.means.map {
            MeansTotal(means: $0.means, inCents: $0.inCents, outCents: $0.outCents)
        }
        firstPosition = record.positions.lowerBound
        lastPosition = record.positions.upperBound
        signature = slip.signature
        url = address(slip.till, record.period, record.endsOn)
    }
}
