import Foundation
import Postgres
import Shop
import Store
import TestSupport
import Testing

extension Wazemmes {
    /// What lets an exception be granted: a motive, how long it may last, and a colleague who answers for the shop.
    func furnishOverrides() async throws {
        try await execute(
            """
            insert into override_motives (code, position, name_fr, name_en, starts_on, ends_on)
            values ('separation', 1, 'Séparation du foyer', 'The household has separated', '2000-01-01', null),
                   ('gone', 2, 'Ancien motif', 'Former motive', '2000-01-01', '2020-01-01')
            """
        )
        try await execute(
            """
            insert into dated_numbers (name, starts_on, amount, recorded_at)
            values ('override_days', '2000-01-01', 7, now()) on conflict do nothing
            """
        )
        try await execute(
            """
            insert into users (id, login, operator, name, language, first_day, recorded_at)
            values (\(colleague.id), 'rosa', 'ROSA', 'Responsable', 'fr', false, now())
            """
        )
    }

    /// Who answers for the shop, and does not sell at these tills.
    var colleague: Staff {
        colleague(.shopManager, in: nil)
    }

    func colleague(_ role: Role, in shop: ID<Shop>?) -> Staff {
        Staff(
            id: ID("01900000-0000-7000-8000-00000000c011")!,
            operatorCode: "ROSA",
            name: "Responsable",
            language: .french,
            firstDay: false,
            roles: [.init(role: role, shop: shop)],
            till: nil
        )
    }

    @discardableResult
    func grant(
        _ units: Int = 1,
        rule: String = "computer-per-household",
        cents: Int64 = 0,
        motive: String = "separation",
        for person: ID<Person>? = nil,
        by granter: Staff? = nil,
        until: Day? = nil,
        at till: Int = 0
    ) async throws -> ID<Override> {
        try await store.grantOverride(
            NewOverride(
                person: person ?? amina,
                rule: ShortCode(typed: rule),
                units: units,
                cents: Cents(cents),
                motive: ShortCode(typed: motive),
                expiresOn: until
            ),
            by: granter ?? colleague,
            for: staff(till),
            key: key()
        )
    }

    /// Nothing but the limits holds: a right opens as often as one likes.
    func openRights() async throws {
        try await execute("update rights set uses_max = null")
    }

    func sell(device: Int, till: Int = 0) async throws -> Ticket {
        try await store.sell(request(device: device), key: key(), by: staff(till))
    }
}

@Suite("Exceptions at the till")
struct OverrideTests {
    private func withOverrides(
        machines: Int = 12,
        tills: Int = 2,
        _ body: @Sendable (Wazemmes) async throws -> Void
    ) async throws {
        try await withWazemmes(machines: machines, tills: tills) { at async throws -> Void in
            try await at.furnishOverrides()
            try await at.openRights()
            try await body(at)
        }
    }

    @Test("one exception lets one use pass, stamped on it and sealed, and no second one (X4, A11)")
    func once() async throws {
        try await withOverrides { at async throws -> Void in
            let without = try await at.sell(device: 1).sale.canonical.text
            #expect(without.contains("line.1.override_id=-\n") && !without.contains("override.2"))
            #expect(try await refusalReason { _ = try await at.sell(device: 2) } == .quotaReached)
            let id = try await at.grant()
            let ticket = try await at.sell(device: 2)
            #expect(ticket.sale.lines.map(\.overrides) == [[id]])
            #expect(ticket.sale.canonical.text.contains("line.1.override_id=\(id)\n"))
            #expect(try await refusalReason { _ = try await at.sell(device: 3) } == .quotaReached)
            let sealed = try await at.count(
                """
                select count(*) from journal_entries where kind = 'event'
                  and position(convert_to('event=override_granted', 'UTF8') in payload) > 0
                  and position(convert_to('motive=separation', 'UTF8') in payload) > 0
                """
            )
            #expect(sealed == 1)
            let listed = try await at.store.overrides(OverrideFilter(in: .everyShop), in: .french)
            #expect(listed.items.map(\.receipt) == [ticket.code.text])
            #expect(listed.items.map(\.grantedBy) == ["ROSA"])
            #expect(listed.items.map(\.askedBy) == ["AM"])
            #expect(try await at.store.verify().faults == [])
        }
    }

    @Test("a line that two limits refuse passes once both are lifted, and not before (X4, P12)")
    func twoLimits() async throws {
        try await withOverrides { at async throws -> Void in
            try await at.execute(
                """
                insert into quota_rules (code, starts_on, category, holder, span, months, units_max, cents_max, origins, exits,
                                         recorded_at)
                values ('equipment-per-person', '2000-01-01', 'equipment', 'person', 'sliding_months', 12, 1, null,
                        '{voucher,completion}', '{sale,gift}', now())
                """
            )
            _ = try await at.sell(device: 1)
            var granted: [ID<Override>] = []
            for rule in ["computer-per-household", "equipment-per-person"] {
                #expect(
                    try await refusalReason { _ = try await at.sell(device: 2) } == .quotaReached
                )
                granted.append(try await at.grant(rule: rule))
            }
            let ticket = try await at.sell(device: 2)
            #expect(ticket.sale.lines.map(\.overrides) == [granted.sorted()])
            let sealed = ticket.sale.canonical.text
            #expect(sealed.contains("line.1.override_id=\(granted.sorted()[0])\n"))
            #expect(sealed.contains("line.1.override.2_id=\(granted.sorted()[1])\n"))
            #expect(try await refusalReason { _ = try await at.sell(device: 3) } == .quotaReached)
            let states = try await at.store.overrides(OverrideFilter(in: .everyShop), in: .french)
                .items.map(\.state)
            #expect(states == [.used, .used])
            #expect(try await at.store.verify().faults == [])
        }
    }

    @Test("a refund gives the quota back as any other, and revives no exception (X4)")
    func refund() async throws {
        try await withOverrides { at async throws -> Void in
            _ = try await at.sell(device: 1)
            try await at.grant()
            let excepted = try await at.sell(device: 2)
            func giveBack(_ sale: ID<Sale>) async throws {
                _ = try await at.store.giveBack(
                    RefundRequest(sale: sale, lines: nil, reason: .changedMind, means: .cash),
                    key: at.key(),
                    by: at.staff()
                )
            }
            try await giveBack(excepted.sale.id)
            // One of two came back: the limit of one is full, and the exception stays used.
            #expect(try await refusalReason { _ = try await at.sell(device: 3) } == .quotaReached)
            let states = try await at.store.overrides(OverrideFilter(in: .everyShop), in: .french)
                .items.map(\.state)
            #expect(states == [.used])
        }
    }

    @Test("nobody grants to themselves, and only whoever answers for the shop does (X4)")
    func whoGrants() async throws {
        try await withOverrides { at async throws -> Void in
            let elsewhere: ID<Shop> = at.store.newID()
            let cases: [(Staff, Reason?)] = [
                (at.staff(), .overrideOwn), (at.colleague(.volunteerSeller, in: nil), .roleMissing),
                (at.colleague(.shopManager, in: elsewhere), .roleMissing),
                (at.colleague(.administrator, in: at.shop), nil),
            ]
            for (granter, expected) in cases {
                let told = try await refusalReason { try await at.grant(by: granter) }
                #expect(told == expected)
            }
            #expect(try await at.count("select count(*) from overrides") == 1)
        }
    }

    @Test("a motive of the list, a limit in force, a day within bounds: or nothing is granted (X4)")
    func whatIsGranted() async throws {
        try await withOverrides { at async throws -> Void in
            let today = at.store.today
            let cases: [(String, String, Day?, Reason?)] = [
                ("separation", "computer-per-household", nil, nil),
                ("separation", "computer-per-household", today.adding(days: 7), nil),
                ("separation", "computer-per-household", today.adding(days: 8), .overrideExpiry),
                ("separation", "computer-per-household", today.adding(days: -1), .overrideExpiry),
                ("separation", "nothing-of-the-kind", nil, .unknownThing),
                ("gone", "computer-per-household", nil, .choiceUnknown),
                ("health", "computer-per-household", nil, .choiceUnknown),
            ]
            for (motive, rule, until, expected) in cases {
                let told = try await refusalReason {
                    try await at.grant(rule: rule, motive: motive, until: until)
                }
                #expect(told == expected, "\(motive) \(rule)")
            }
            let nobody = try await refusalReason {
                try await at.grant(for: at.store.newID())
            }
            #expect(nobody == .personUnknown)
            #expect(try await at.store.verify(stock: false).faults == [])
        }
    }

    @Test(
        "the list of motives is the association's: one is added from a day on, and ended for good"
    )
    func motives() async throws {
        try await withOverrides { at async throws -> Void in
            let today = at.store.today
            let boss = at.colleague(.administrator, in: nil)
            func add(_ code: String, from day: Day, by staff: Staff) async throws -> Reason? {
                try await refusalReason {
                    _ = try await at.store.addOverrideMotive(
                        NewOverrideMotive(
                            code: ShortCode(typed: code),
                            french: ShortText(typed: "Déménagement", field: .nameFrench),
                            english: ShortText(typed: "Moving", field: .nameEnglish),
                            startsOn: day
                        ),
                        key: at.key(),
                        by: staff
                    )
                }
            }
            func end(_ code: String, on day: Day) async throws -> Reason? {
                try await refusalReason {
                    _ = try await at.store.endOverrideMotive(
                        ShortCode(typed: code),
                        on: day,
                        key: at.key(),
                        by: boss
                    )
                }
            }
            #expect(try await add("moving", from: today, by: boss) == nil)
            #expect(try await add("moving", from: today, by: boss) == .nameTaken)
            #expect(try await add("later", from: today.adding(days: 1), by: boss) == nil)
            #expect(
                try await add("before", from: today.adding(days: -1), by: boss) == .startsInPast
            )
            #expect(try await add("mine", from: today, by: at.colleague) == .associationOnly)
            let choices = try await at.store.overrideChoices()
            #expect(choices.motives.map(\.code) == ["separation", "moving"])
            #expect(try await end("moving", on: today) == nil)
            #expect(try await end("moving", on: today) == .alreadyEnded)
            #expect(try await end("nothing", on: today) == .unknownThing)
            // The last day still counts.
            try await at.grant(motive: "moving")
        }
    }

    @Test("the same key grants once")
    func twin() async throws {
        try await withOverrides { at async throws -> Void in
            let key = at.key()
            let asked = try NewOverride(
                person: at.amina,
                rule: ShortCode(typed: "computer-per-household"),
                units: 1,
                cents: .zero,
                motive: ShortCode(typed: "separation")
            )
            func grant() async throws -> ID<Override> {
                try await at.store.grantOverride(
                    asked,
                    by: at.colleague,
                    for: at.staff(),
                    key: key
                )
            }
            let id = try await grant()
            #expect(try await grant() == id)
            #expect(try await at.count("select count(*) from overrides") == 1)
        }
    }

    /// Expected: of eight tills that sell at once to a person whose limit is full, with one exception, one sells; seven are
    /// told that the limit is reached (E10).
    @Test("one exception at eight tills at once: one sells, seven are refused (X4, E10)")
    func usedOnceAtOnce() async throws {
        try await withOverrides(tills: 8) { at async throws -> Void in
            _ = try await at.sell(device: 1)
            try await at.grant()
            let refusals = try await race(8) { till in
                _ = try await at.sell(device: till + 2, till: till)
            }
            #expect(refusals.count { $0 == nil } == 1)
            #expect(refusals.count { $0?.reason == .quotaReached } == 7)
            #expect(try await at.store.verify().faults == [])
        }
    }

    @Test(
        "the database lets no exception be taken twice, nor by another, whatever the code does (X4)"
    )
    func heldByConstraint() async throws {
        try await withOverrides { at async throws -> Void in
            let first = try await at.sell(device: 1)
            let id = try await at.grant()
            let second = try await at.sell(device: 2)
            let other = try await at.store.sell(
                at.request(Wazemmes.brunoVoucher, device: 3),
                key: at.key(),
                by: at.staff()
            )
            let (foreign, again) = (try await at.grant(), try await at.grant())
            for (sale, override, constraint) in [
                (first, id, "override_uses_take_each_once"),
                (other, foreign, "override_uses_are_of_the_person_and_shop"),
                (second, again, "override_uses_are_of_different_limits"),
            ] {
                let held = await #expect(throws: PostgresError.self) {
                    try await at.execute(
                        """
                        insert into override_uses (override_id, sale_id, position)
                        values (\(override), \(sale.sale.id), 1)
                        """
                    )
                }
                #expect(held?.constraint == constraint)
            }
        }
    }

    @Test("exceptions are listed by shop, period, motive, who granted and state, a part at a time")
    func listed() async throws {
        try await withOverrides { at async throws -> Void in
            _ = try await at.sell(device: 1)
            for _ in 0..<3 { try await at.grant() }
            _ = try await at.sell(device: 2)
            let today = at.store.today
            func count(_ filter: OverrideFilter) async throws -> Int {
                try await at.store.overrides(filter, in: .english).items.count
            }
            let here = Reach.shops([at.shop])
            let cases: [(OverrideFilter, Int)] = [
                (.init(in: here), 3), (.init(in: .nowhere), 0),
                (.init(in: here, from: today, to: today), 3),
                (.init(in: here, from: today.adding(days: 1)), 0),
                (.init(in: here, to: today.adding(days: -1)), 0),
                (.init(in: here, motive: "separation"), 3), (.init(in: here, motive: "gone"), 0),
                (.init(in: here, grantedBy: "rosa"), 3), (.init(in: here, grantedBy: "AM"), 0),
                (.init(in: here, state: .used), 1), (.init(in: here, state: .open), 2),
                (.init(in: here, state: .expired), 0),
            ]
            for (filter, expected) in cases { #expect(try await count(filter) == expected) }
            var seen: [ID<Override>] = []
            var after: String?
            repeat {
                let part = try await at.store.overrides(
                    .init(in: here),
                    in: .french,
                    after: after,
                    limit: 2
                )
                seen += part.items.map(\.id)
                after = part.next
            } while after != nil
            #expect(Set(seen).count == 3 && seen.count == 3)
            let table = try await at.store.overridesTable(.init(in: here), in: .french)
            #expect(table.lines.count == 3)
        }
    }
}
