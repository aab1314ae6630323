import Postgres
import Shop
import Store
import TestSupport
import Testing

@Suite("Visits to the help desk")
struct VisitTests {
    @Test("use one of the right that a voucher opens, and the voucher says so")
    func usesTheRight() async throws {
        try await withCounter { counter async throws -> Void in
            let store = counter.store
            let amina = try await counter.person("Amina", "Benali")
            let voucher = try await counter.helpDeskVoucher(for: [amina], uses: 2)

            let recorded = try await counter.visit(amina)
            #expect(recorded.right?.voucher == voucher.code && recorded.right?.left == 1)
            #expect(recorded.free == nil)

            let card = try await store.voucher(VoucherCode(scanned: voucher.code))
            #expect(card.rights.map(\.used) == [1])
            #expect(card.history.map(\.act).contains(.used))
            let standing = try await store.standing(of: .person(amina), in: counter.shop)
            #expect(standing.rights.map(\.usesLeft) == [1])
            let row = try await store.visit(recorded.visit)
            #expect(row.voucher == voucher.code && row.themes.map(\.code) == ["email"])
        }
    }

    @Test("take the right that ends first")
    func takesTheFirstToEnd() async throws {
        try await withCounter { counter async throws -> Void in
            let amina = try await counter.person("Amina", "Benali")
            let later = try await counter.helpDeskVoucher(for: [amina], uses: 1)
            let first = try await counter.helpDeskVoucher(
                for: [amina],
                uses: 1,
                signedOn: Counter.today.adding(days: -30)
            )
            #expect(try await counter.visit(amina).right?.voucher == first.code)
            #expect(try await counter.visit(amina).right?.voucher == later.code)
            let third = try await counter.visit(amina)
            #expect(third.right == nil && third.free == .usedUp)
        }
    }

    @Test("are held freely where nothing opens the help desk, and say why")
    func areFree() async throws {
        try await withCounter { counter async throws -> Void in
            let nobody = try await counter.visit(nil)
            #expect(nobody.free == .anonymous)

            let amina = try await counter.person("Amina", "Benali")
            #expect(try await counter.visit(amina).free == .noRight)

            let voucher = try await counter.helpDeskVoucher(for: [amina], uses: nil)
            #expect(try await counter.visit(amina).right?.left == nil)
            let late = counter.at(Counter.today.adding(months: 10))
            #expect(try await late.visit(amina, on: late.store.today).free == .lapsed)

            _ = try await counter.store.revokeVoucher(
                VoucherCode(scanned: voucher.code),
                motive: ShortText(typed: "Erreur", field: .motive),
                key: counter.key(),
                by: counter.manager
            )
            let revoked = try await counter.visit(amina)
            #expect(revoked.right == nil && revoked.free == .revoked)
            #expect(try await counter.standingUses(of: voucher.code) == 1)
        }
    }

    /// Expected: two shops receive the same person at once and one visit is left: one uses it, the other is free (X3).
    @Test("take the last use of a right once, from two shops at once (X3)", arguments: 0..<5)
    func lastUseInTwoShops(turn: Int) async throws {
        try await withCounter { counter async throws -> Void in
            let roubaix = try await counter.roubaix()
            let amina = try await counter.person("Amina", "Benali")
            let voucher = try await counter.helpDeskVoucher(for: [amina], uses: 1)
            let refusals = try await race(4) { number in
                let shop = number.isMultiple(of: 2) ? counter.shop : roubaix.shop
                try await counter.visit(amina, in: shop, by: roubaix.seller)
            }
            #expect(refusals.count { $0 == nil } == 4)
            #expect(try await counter.standingUses(of: voucher.code) == 1)
            #expect(try await counter.count("select count(*) from visits") == 4)
        }
    }

    @Test("taken back give the right back, once, and only where one works")
    func takenBack() async throws {
        try await withCounter { counter async throws -> Void in
            let (store, roubaix) = (counter.store, try await counter.roubaix())
            let amina = try await counter.person("Amina", "Benali")
            let voucher = try await counter.helpDeskVoucher(for: [amina], uses: 1)
            let visit = try await counter.visit(amina).visit
            #expect(try await counter.visit(amina).free == .usedUp)

            func takeBack(by staff: Staff) async throws -> Refusal? {
                try await refused {
                    _ = try await store.takeBackVisit(
                        visit,
                        for: .slip,
                        key: counter.key(),
                        by: staff
                    )
                }
            }
            let stranger = counter.receiving(counter.seller, in: [roubaix.shop])
            #expect(try await takeBack(by: stranger)?.reason == .visitUnknown)
            #expect(try await takeBack(by: counter.seller) == nil)
            #expect(try await takeBack(by: counter.seller)?.reason == .visitTakenBack)

            let code = try VoucherCode(scanned: voucher.code)
            #expect(try await store.voucher(code).rights.map(\.used) == [0])
            #expect(try await store.voucher(code).history.map(\.act).contains(.givenBack))
            #expect(try await store.visit(visit).takenBackFor == .slip)
            #expect(try await counter.visit(amina).right?.left == 0)
        }
    }

    @Test("follow a person whose files were merged")
    func merged() async throws {
        try await withCounter { counter async throws -> Void in
            let store = counter.store
            let kept = try await counter.person("Amina", "Benali")
            let twice = try await counter.person("Aminah", "Benali")
            let voucher = try await counter.helpDeskVoucher(for: [twice], uses: 2)
            try await counter.visit(twice)
            _ = try await store.mergePersons(
                twice,
                into: kept,
                key: counter.key(),
                by: counter.manager
            )
            #expect(try await counter.visit(twice).right?.left == 0)
            #expect(try await counter.visit(kept).free == .usedUp)
            let code = try await store.person(kept).person.code
            let rows = try await store.visits(DeskFilter(in: .everyShop, person: kept)).items
            #expect(rows.count == 3 && rows.allSatisfy { $0.person == code })
            #expect(try await counter.standingUses(of: voucher.code) == 2)
        }
    }

    @Test(
        "are refused for a day to come, an unknown theme or place, and elsewhere; nothing is written"
    )
    func refusals() async throws {
        try await withCounter { counter async throws -> Void in
            let store = counter.store
            let tomorrow = Counter.today.adding(days: 1)
            func record(_ facts: VisitFacts, by staff: Staff? = nil, ledBy: String? = nil)
                async throws -> Reason?
            {
                try await refused {
                    _ = try await store.recordVisit(
                        NewVisit(shop: counter.shop, facts: facts, ledBy: ledBy),
                        key: counter.key(),
                        by: staff ?? counter.seller
                    )
                }?.reason
            }
            #expect(try await record(counter.facts(on: tomorrow)) == .dayInFuture)
            #expect(try await record(counter.facts(themes: ["cuisine"])) == .choiceUnknown)
            let sent = try VisitFacts(
                kind: .visit,
                heldOn: Counter.today,
                today: Counter.today,
                minutes: 5,
                themes: ["email"],
                redirection: "lune"
            )
            #expect(try await record(sent) == .choiceUnknown)
            #expect(try await record(counter.facts(), ledBy: "nobody") == .unknownThing)
            let stranger = counter.receiving(counter.seller, in: [store.newID()])
            #expect(try await record(counter.facts(), by: stranger) == .unknownThing)
            #expect(try await counter.count("select count(*) from visits") == 0)
            #expect(
                try await counter.count("select count(*) from claims where verb = 'record-visit'")
                    == 0
            )
        }
    }

    @Test("are recorded once under one key")
    func once() async throws {
        try await withCounter { counter async throws -> Void in
            let amina = try await counter.person("Amina", "Benali")
            _ = try await counter.helpDeskVoucher(for: [amina], uses: 5)
            let visit = NewVisit(shop: counter.shop, facts: try counter.facts(), person: amina)
            let key = counter.key()
            let refusals = try await race(3) { _ in
                _ = try await counter.store.recordVisit(visit, key: key, by: counter.seller)
            }
            #expect(refusals.allSatisfy { $0 == nil })
            #expect(try await counter.count("select count(*) from visits") == 1)
        }
    }

    @Test("are listed by key, the last first, in the words of their day")
    func listed() async throws {
        try await withCounter { counter async throws -> Void in
            let store = counter.store
            for day in 1...5 { try await counter.visit(nil, on: Counter.today.adding(days: -day)) }
            _ = try await store.setHelpDeskCode(
                NewHelpDeskCode(
                    list: .theme,
                    code: "email",
                    startsOn: Counter.today,
                    french: ShortText(typed: "Messagerie", field: .nameFrench),
                    english: ShortText(typed: "Mail", field: .nameEnglish)
                ),
                key: counter.key(),
                by: counter.administrator
            )
            try await counter.visit(nil)
            let filter = DeskFilter(in: .shops([counter.shop]))
            let first = try await store.visits(filter, limit: 4)
            let after = try #require(first.next.flatMap { ID<Visit>($0) })
            let rest = try await store.visits(filter, after: after, limit: 4)
            #expect(first.items.count == 4 && rest.items.count == 2 && rest.next == nil)
            let days = (first.items + rest.items).map(\.heldOn)
            #expect(days == (0...5).map { Counter.today.adding(days: -$0) })
            #expect(first.items.map { $0.themes[0].fr }.prefix(2) == ["Messagerie", "Courriel"])
            #expect(try await store.visits(DeskFilter(in: .nowhere)).items.isEmpty)
        }
    }

    @Test("are counted by theme, without those taken back, and small numbers are not told (B9)")
    func counted() async throws {
        try await withCounter { counter async throws -> Void in
            let store = counter.store
            for _ in 0..<11 { try await counter.visit(nil) }
            let slip = try await counter.visit(nil).visit
            _ = try await store.takeBackVisit(
                slip,
                for: .slip,
                key: counter.key(),
                by: counter.seller
            )
            _ = try await store.recordVisit(
                NewVisit(
                    shop: counter.shop,
                    facts: counter.facts(themes: ["email", "parentalite"])
                ),
                key: counter.key(),
                by: counter.seller
            )
            let counts = try await store.countVisits(DeskFilter(in: .shops([counter.shop])))
            #expect(counts.counts.map(\.theme) == [nil, "email", "parentalite"])
            #expect(counts.counts.map(\.visits) == [12, 12, nil])
            #expect(CSV(counts.table(in: .french)).text.contains("moins de 11"))
            #expect(
                try await store.countVisits(DeskFilter(in: .nowhere)).counts.map(\.visits) == [0]
            )
        }
    }

    @Test(
        "are told to the structure that signed the voucher as a category and a day, and nothing more"
    )
    func prescriber() async throws {
        try await withCounter { counter async throws -> Void in
            let store = counter.store
            let amina = try await counter.person("Amina", "Benali")
            let voucher = try await counter.helpDeskVoucher(for: [amina], uses: 2)
            let visit = try await counter.visit(amina).visit
            let signs: (structure: ID<Structure>, prescriber: ID<Prescriber>) =
                try await counter.owner.withConnection { connection in
                    let row = try connection.query(
                        "select structure_id, prescriber_id from vouchers where code = \(voucher.code)"
                    )[0]
                    return (try row["structure_id"], try row["prescriber_id"])
                }
            let prescriber = Staff(
                id: counter.seller.id,
                operatorCode: "",
                name: "Inès Carlier",
                language: .french,
                firstDay: false,
                roles: [],
                refers: Referring(
                    prescriber: signs.prescriber,
                    structure: signs.structure,
                    structureName: ""
                ),
                till: nil
            )
            func own() async throws -> OwnVoucher {
                try await store.ownVoucher(VoucherCode(scanned: voucher.code), by: prescriber)
            }
            #expect(try await own().rights.map(\.used) == [1])
            let told = try await own().history
            #expect(told.contains { $0.act == .used && $0.category == .helpDesk })
            #expect(told.allSatisfy { $0.on == Counter.today })

            _ = try await store.takeBackVisit(
                visit,
                for: .slip,
                key: counter.key(),
                by: counter.seller
            )
            #expect(try await own().rights.map(\.used) == [0])
            #expect(try await own().history.map(\.act).contains(.givenBack))
        }
    }

    /// Expected: whatever is recorded and taken back, in whatever order, the uses that stand never exceed the right, and
    /// what the store says is left is what a plain count leaves (property).
    @Test(
        "never use more than a right opens, against a count of our own (property)",
        arguments: 0..<4
    )
    func neverExceeds(seed: Int) async throws {
        try await withCounter { counter async throws -> Void in
            let store = counter.store
            var chance = Chance(seed: UInt64(seed) * 7919 + 17)
            let persons = [
                try await counter.person("Amina", "Benali"),
                try await counter.person("Bruno", "Costa"),
            ]
            let most = Int(chance.next(below: 3)) + 1
            // One voucher names both: they share its uses.
            let voucher = try await counter.helpDeskVoucher(for: persons, uses: most)
            var standing: [ID<Visit>: Bool] = [:]
            for _ in 0..<20 {
                let uses = standing.values.count { $0 }
                if chance.next(below: 3) == 0, let visit = standing.keys.sorted().first {
                    _ = try await store.takeBackVisit(
                        visit,
                        for: .twice,
                        key: counter.key(),
                        by: counter.seller
                    )
                    standing[visit] = nil
                } else {
                    let person = persons[Int(chance.next(below: 2))]
                    let recorded = try await counter.visit(person)
                    #expect((recorded.right != nil) == (uses < most))
                    #expect(recorded.right.map { $0.left == most - uses - 1 } ?? true)
                    standing[recorded.visit] = recorded.right != nil
                }
                let counted = standing.values.count { $0 }
                #expect(counted <= most)
                #expect(try await counter.standingUses(of: voucher.code) == counted)
                let card = try await store.voucher(VoucherCode(scanned: voucher.code))
                #expect(card.rights.map(\.used) == [counted])
            }
        }
    }

    @Test("are never edited, and no right opens more than it says, whatever is written")
    func theDatabaseHolds() async throws {
        try await withCounter { counter async throws -> Void in
            let amina = try await counter.person("Amina", "Benali")
            _ = try await counter.helpDeskVoucher(for: [amina], uses: 1)
            try await counter.visit(amina)
            let free = try await counter.visit(amina).visit
            func said(_ statement: SQL) async throws -> String? {
                do {
                    _ = try await counter.owner.withConnection { try $0.execute(statement) }
                    return nil
                } catch let error as PostgresError {
                    return error.constraint
                }
            }
            #expect(
                try await said(
                    """
                    insert into visit_uses select \(free), right_id, person_id, household_id, used_on from visit_uses
                    """
                ) == "visit_uses_never_exceed_the_right"
            )
            for table: SQL in ["visits", "visit_themes", "visit_uses"] {
                #expect(try await said("delete from \(table)") == "journal_is_never_edited")
            }
        }
    }
}

/// Chance that a test chooses: the same seed gives the same numbers.
struct Chance {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next(below bound: UInt64) -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return (state >> 33) % bound
    }
}
