import Foundation
import Postgres
import Shop
import Store
import TestSupport
import Testing

@Suite("Closed days, months and years")
struct PeriodClosingTests {
    /// Ten in the morning of a day, by the shop's clock in winter.
    private func store(_ at: Wazemmes, on day: Day, hour: Int = 9) throws -> Store {
        let text = (hour < 10 ? "0" : "") + String(hour)
        return at.store.at(
            .standing(at: try #require(Instant(iso: "\(day.iso)T\(text):00:00Z")))
        )
    }

    private func close(_ store: Store, _ at: Wazemmes) async throws {
        try await store.countDrawer(by: at.staff())
    }

    private func open(_ store: Store, _ at: Wazemmes) async throws {
        _ = try await store.openDrawer(float: Cents(10_000), key: at.key(), by: at.staff())
    }

    /// Every closing, the latest first, read a few at a time.
    private func all(_ at: Wazemmes) async throws -> [PeriodClosingRecord] {
        var found: [PeriodClosingRecord] = []
        var after: String?
        repeat {
            let part = try await at.store.periodClosings(
                PeriodFilter(till: at.tills[0].code),
                after: after,
                limit: 20
            )
            found += part.items.map(\.record)
            after = part.next
        } while after != nil
        return found
    }

    /// What the tickets of a till add up to, counted by the test itself.
    private struct Sum: Equatable {
        var sales: Int64 = 0
        var refunds: Int64 = 0
    }

    @Test(
        "fourteen months of tickets close to the cent: months are their days, years their months, A8"
    )
    func fourteenMonths() async throws {
        try await withWazemmes(tills: 1) { at async throws -> Void in
            try await close(at.store, at)
            var generator = SplitMix(seed: 8)
            var byDay: [Day: Sum] = [:]
            var day = at.store.today.adding(days: 1)
            let end = day.adding(months: 14)
            let first = day
            var cash: Int64 = 0
            while day < end {
                let today = try store(at, on: day)
                try await open(today, at)
                var sum = Sum()
                for _ in 0..<(1 + generator.next() % 3) {
                    let mice = 1 + Int(generator.next() % 4)
                    let sale = try await today.sell(
                        at.request(nil, mice: mice),
                        key: at.key(),
                        by: at.staff()
                    ).sale
                    sum.sales += sale.total.count
                    if generator.next() % 4 == 0 {
                        _ = try await today.giveBack(
                            RefundRequest(
                                sale: sale.id,
                                lines: [.init(position: 1, units: 1)],
                                reason: .changedMind,
                                means: .cash
                            ),
                            key: at.key(),
                            by: at.staff()
                        )
                        sum.refunds += 300
                    }
                }
                byDay[day] = sum
                cash += sum.sales - sum.refunds
                try await close(today, at)
                day = day.adding(days: 3 + Int(generator.next() % 9))
            }
            // A year later all that is over is closed by the next opening.
            try await open(try store(at, on: end.adding(months: 12)), at)
            let closings = try await all(at)
            func of(_ period: Period) -> [PeriodClosingRecord] {
                closings.filter { $0.period == period }.reversed()
            }
            let days = of(.day).filter { $0.endsOn >= first }
            #expect(days.map(\.endsOn) == byDay.keys.sorted())
            for closing in days {
                let sum = try #require(byDay[closing.endsOn])
                #expect(closing.totals.salesCents.count == sum.sales)
                #expect(closing.totals.refundsCents.count == sum.refunds)
                #expect(closing.totals.means.map(\.means) == ["cash"])
                #expect(closing.totals.rates.map(\.regime) == ["exempt_261_7"])
            }
            for (period, parts) in [(Period.month, Period.day), (.year, .month)] {
                #expect(of(period).count > 1)
                for closing in of(period) {
                    let within = of(parts).filter {
                        period.end(of: $0.endsOn) == closing.endsOn
                    }
                    #expect(!within.isEmpty)
                    #expect(
                        within.map(\.totals.turnover).reduce(0, +) == closing.totals.turnover
                    )
                    #expect(within.last?.perpetual == closing.perpetual)
                    #expect(within.last?.perpetualAbsolute == closing.perpetualAbsolute)
                }
            }
            for period in Period.allCases {
                var perpetual: Int64 = 0
                var absolute: Int64 = 0
                for closing in of(period) {
                    perpetual += closing.totals.turnover
                    absolute +=
                        closing.totals.salesCents.count + closing.totals.refundsCents.count
                    #expect(closing.perpetual == perpetual)
                    #expect(closing.perpetualAbsolute == absolute)
                }
            }
            #expect(of(.day).last?.perpetual == cash)
            #expect(try await at.store.verify().faults == [])
        }
    }

    @Test(
        "once the day of an open drawer is over nothing is sold or given back in it, and the refusal says what to do, A9"
    )
    func overnight() async throws {
        try await withWazemmes(tills: 1) { at async throws -> Void in
            let sale = try await at.store.sell(
                at.request(nil, mice: 1),
                key: at.key(),
                by: at.staff()
            ).sale
            let tomorrow = try store(at, on: at.store.today.adding(days: 1))
            let refusal = try await refused {
                _ = try await tomorrow.sell(at.request(nil, mice: 1), key: at.key(), by: at.staff())
            }
            #expect(refusal?.reason == .dayUnclosed)
            #expect(refusal?.told(in: .french).now.contains("clôturez") == true)
            #expect(
                try await refusalReason {
                    _ = try await tomorrow.giveBack(
                        RefundRequest(sale: sale.id, lines: nil, reason: .other, means: .cash),
                        key: at.key(),
                        by: at.staff()
                    )
                } == .dayUnclosed
            )
            #expect(
                try await refusalReason {
                    _ = try await tomorrow.closePeriod(.day, key: at.key(), by: at.staff())
                } == .closingNeedsDrawer
            )
            // Nothing is due while the drawer is open: it is not closed behind anybody's back.
            #expect(try await tomorrow.closePeriod(nil, key: at.key(), by: at.staff()).isEmpty)
            try await close(tomorrow, at)
            try await open(tomorrow, at)
            let day = try #require(
                try await all(at).last
            )
            #expect(day.endsOn == at.store.today)
            #expect(day.totals.salesCents == Cents(unchecked: 300))
            #expect(
                try await tomorrow.sell(at.request(nil, mice: 1), key: at.key(), by: at.staff())
                    .sale.businessOn == at.store.today.adding(days: 1)
            )
            #expect(try await at.store.verify().faults == [])
        }
    }

    @Test(
        "a day that is closed stays closed: no drawer opens on it, and no closing covers it again, A9"
    )
    func closedForEver() async throws {
        try await withWazemmes(tills: 1) { at async throws -> Void in
            func closePeriod(_ period: Period, _ store: Store) async throws -> Reason? {
                try await refusalReason {
                    _ = try await store.closePeriod(period, key: at.key(), by: at.staff())
                }
            }
            #expect(try await closePeriod(.day, at.store) == .closingNeedsDrawer)
            try await close(at.store, at)
            #expect(try await closePeriod(.month, at.store) == .closingTooSoon)
            let key = at.key()
            let made = try await at.store.closePeriod(.day, key: key, by: at.staff())
            #expect(made.map(\.endsOn) == [at.store.today])
            // The same request again gives the same closing.
            #expect(
                try await at.store.closePeriod(.day, key: key, by: at.staff()).map(\.number)
                    == made.map(\.number)
            )
            #expect(try await closePeriod(.day, at.store) == .nothingToClose)
            #expect(
                try await refusalReason { try await open(at.store, at) } == .dayClosed
            )
            let month = Period.month.end(of: at.store.today)
            let after = try store(at, on: month.adding(days: 1))
            #expect(
                try await closePeriod(.year, after)
                    == (month == Period.year.end(of: month)
                        ? .closingNeedsDay : .closingTooSoon)
            )
            #expect(
                try await after.closePeriod(.month, key: at.key(), by: at.staff()).map(\.endsOn)
                    == [month]
            )
            #expect(try await closePeriod(.month, after) == .nothingToClose)
            #expect(try await at.store.verify().faults == [])
        }
    }

    @Test(
        "a day lasts until the hour that a number gives, and a night's sale is of the evening's day"
    )
    func afterMidnight() async throws {
        try await withWazemmes(tills: 1) { at async throws -> Void in
            let today = at.store.today
            try await close(at.store, at)
            try await at.execute(
                """
                insert into dated_numbers (name, starts_on, amount, recorded_at)
                values ('day_ends_minutes', '2000-01-01', 240, now())
                on conflict (name, starts_on) do update set amount = 240
                """
            )
            let evening = today.adding(days: 1)
            try await open(try store(at, on: evening, hour: 20), at)
            // One in the morning in Paris, then five.
            let night = try store(at, on: evening.adding(days: 1), hour: 0)
            let sale = try await night.sell(
                at.request(nil, mice: 1),
                key: at.key(),
                by: at.staff()
            ).sale
            #expect(sale.businessOn == evening)
            let morning = try store(at, on: evening.adding(days: 1), hour: 4)
            #expect(
                try await refusalReason {
                    _ = try await morning.sell(
                        at.request(nil, mice: 1),
                        key: at.key(),
                        by: at.staff()
                    )
                } == .dayUnclosed
            )
            #expect(try await at.store.verify().faults == [])
        }
    }

    @Test(
        "plain SQL of the service's role closes nothing that does not add up, and opens no drawer on a closed day"
    )
    func gates() async throws {
        try await withWazemmes(tills: 1) { at async throws -> Void in
            _ = try await at.store.sell(at.request(nil, mice: 2), key: at.key(), by: at.staff())
            try await close(at.store, at)
            _ = try await at.store.closePeriod(.day, key: at.key(), by: at.staff())
            let closing: SQL = """
                insert into period_closings (till_id, period, starts_on, ends_on, previous_ends_on, first_position, last_position,
                    sales, gifts, refunds, sales_cents, gifts_cents, refunds_cents, perpetual_cents, perpetual_absolute_cents,
                    software, closed_at, closed_by, chain_id, position)
                """
            // A position that no closing has yet, of an entry that is there.
            func copied(_ changes: SQL...) -> SQL {
                """
                \(closing) select p.till_id, \(changes[0]), p.software, p.closed_at, p.closed_by, p.chain_id, 1
                from period_closings p
                """
            }
            for (columns, constraint) in [
                (
                    "'day', p.ends_on, p.ends_on, null::date, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0",
                    "period_closings_come_in_order"
                ),
                (
                    "'month', p.starts_on, p.ends_on, null, 1, 0, p.sales, 0, 0, 600, 0, 0, 600, 600",
                    "period_closings_come_in_order"
                ),
            ] as [(SQL, String)] {
                #expect(await at.constraint(copied(columns)) == constraint)
            }
            try await at.execute(
                "alter table period_closings drop constraint period_closings_come_in_order"
            )
            for (columns, constraint) in [
                (
                    "'day', p.ends_on + 1, p.ends_on + 1, p.ends_on, 1, 1, 0, 0, 0, 0, 0, 0, 600, 600",
                    "period_closings_go_on"
                ),
                (
                    """
                    'day', p.ends_on + 1, p.ends_on + 1, p.ends_on, p.last_position + 1, p.last_position + 1, 0, 0, 0, 0, 0, 0, 0, 600
                    """,
                    "period_closings_go_on"
                ),
                (
                    """
                    'day', p.ends_on + 1, p.ends_on + 1, p.ends_on, p.last_position + 1, p.last_position + 1, 1, 0, 0, 0, 0, 0, 600, 600
                    """,
                    "period_closings_add_up"
                ),
                (
                    "'month', p.starts_on, p.ends_on, null, 1, 3, 1, 0, 0, 500, 0, 0, 500, 500",
                    "period_closings_add_up"
                ),
                (
                    "'day', p.ends_on - 1, p.ends_on - 1, null, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0",
                    "period_closings_follow_one"
                ),
            ] as [(SQL, String)] {
                #expect(await at.constraint(copied(columns)) == constraint, "\(columns.text)")
            }
            let drawer: SQL = """
                insert into drawers (till_id, ordinal, previous_ordinal, training, float_cents, opened_at, opened_by, business_on,
                    chain_id, position)
                select till_id, 2, 1, false, 0, opened_at, opened_by, business_on, chain_id, 2 from drawers
                """
            #expect(await at.constraint(drawer) == "drawers_open_on_a_day_that_is_open")
            #expect(
                await at.constraint("update period_closings set sales = 3")?.contains("denied")
                    == true
            )
        }
    }

    @Test("a total that was begun anew by the owner of the tables, and put back, is found, A1")
    func begunAnew() async throws {
        try await withWazemmes(tills: 1) { at async throws -> Void in
            func alter(_ statement: SQL) async throws {
                try await at.owner.transaction { tx in
                    try tx.execute("set local session_replication_role = replica")
                    try tx.execute(statement)
                }
            }
            func day(_ store: Store) async throws {
                _ = try await store.sell(at.request(nil, mice: 1), key: at.key(), by: at.staff())
                try await close(store, at)
                _ = try await store.closePeriod(.day, key: at.key(), by: at.staff())
            }
            try await day(at.store)
            let tomorrow = try store(at, on: at.store.today.adding(days: 1))
            // Rows that say something else while the next day is closed, and again what is sealed after it.
            try await alter(
                "update period_closings set perpetual_cents = 0, perpetual_absolute_cents = 0"
            )
            try await open(tomorrow, at)
            try await day(tomorrow)
            try await alter(
                """
                update period_closings set perpetual_cents = 300, perpetual_absolute_cents = 300
                where ends_on = (select min(ends_on) from period_closings)
                """
            )
            #expect(try await at.store.verify().faults.map(\.kind) == ["closing"])
        }
    }

    @Test("what was counted before a drawer opened, changed and put back, is found, A1")
    func carriedAway() async throws {
        try await withWazemmes(tills: 1) { at async throws -> Void in
            func count(as cents: String) async throws {
                try await at.owner.transaction { tx in
                    try tx.execute("set local session_replication_role = replica")
                    try tx.execute(
                        "update closings set cash_counted_cents = cash_expected_cents \(raw: cents)"
                    )
                }
            }
            try await close(at.store, at)
            try await count(as: "- 5000, reason = 'unexplained'")
            try await open(at.store, at)
            try await count(as: "+ 0, reason = ''")
            #expect(
                try await at.store.verify().faults.contains {
                    $0.kind == "closing" && $0.place.hasPrefix("drawer")
                }
            )
        }
    }

    @Test(
        "a sale and the closing of its drawer or day at once: the ticket is in it, or refused, P7, E10"
    )
    func saleAgainstClosing() async throws {
        try await withWazemmes(tills: 1) { at async throws -> Void in
            for _ in 0..<10 {
                let outcomes = try await race(2) { number in
                    if number == 0 {
                        _ = try await at.store.sell(
                            at.request(nil, mice: 1),
                            key: at.key(),
                            by: at.staff()
                        )
                    } else {
                        try await close(at.store, at)
                    }
                }.compactMap { $0?.reason }
                #expect(outcomes.allSatisfy { $0 == .drawerClosed || $0 == .drawerDifference })
                if try await at.store.drawerStanding(of: at.tills[0]).ordinal != nil {
                    try await close(at.store, at)
                }
                try await open(at.store, at)
            }
            try await close(at.store, at)
            let closed = try await race(4) { _ in
                _ = try await at.store.closePeriod(.day, key: at.key(), by: at.staff())
            }.map { $0?.reason }
            #expect(closed.filter { $0 == nil }.count == 1)
            #expect(closed.filter { $0 == .nothingToClose }.count == 3)
            let day = try #require(
                try await all(at).first
            )
            #expect(day.totals.sales == (try await at.count("select count(*)::int from sales")))
            #expect(try await at.store.verify().faults == [])
        }
    }
}

/// SplitMix64: the same seed gives the same fourteen months.
private struct SplitMix: RandomNumberGenerator {
    var seed: UInt64

    mutating func next() -> UInt64 {
        seed &+= 0x9E37_79B9_7F4A_7C15
        var mixed = seed
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
