import Postgres
import Shop
import Store
import TestSupport
import Testing

@Suite("Blind counts while selling goes on (X18)")
struct CountTests {
    private func open(_ rooms: TwoRooms, _ scope: CountScope = .all) async throws -> CountCode {
        try CountCode.typed(
            await rooms.store.openCount(
                of: scope,
                in: rooms.at.shop,
                key: rooms.at.key(),
                by: rooms.everywhere
            )
        )
    }

    private func scan(
        _ text: String,
        _ code: CountCode,
        _ rooms: TwoRooms,
        by staff: Staff? = nil
    ) async throws -> ToldScan {
        try await rooms.store.scan(
            text,
            in: code,
            key: rooms.at.key(),
            by: staff ?? rooms.everywhere
        )
    }

    private func close(_ code: CountCode, _ rooms: TwoRooms) async throws {
        _ = try await rooms.store.closeCount(code, key: rooms.at.key(), by: rooms.everywhere)
    }

    private func apply(_ code: CountCode, _ rooms: TwoRooms) async throws -> AppliedCount {
        try await rooms.store.applyCount(code, key: rooms.at.key(), by: rooms.second)
    }

    @Test(
        "found, missing, unexpected and sold meanwhile are told apart, and a second person applies"
    )
    func whole() async throws {
        try await withTwoRooms { rooms in
            let store = rooms.store
            // Lost before the count, and found by it.
            let loss = try Removal(
                .loss,
                on: store.today,
                collector: nil,
                slip: nil,
                weight: nil,
                motive: "Introuvable"
            )
            _ = try await store.removeDevice(
                rooms.label(6),
                loss,
                key: rooms.at.key(),
                by: rooms.everywhere
            )
            let code = try await open(rooms)
            #expect(code.description.hasPrefix("LIIN"))
            for number in [1, 2, 6] {
                let told = try await scan(Wazemmes.label(number), code, rooms)
                #expect(told.outcome == .counted)
            }
            let again = try await scan(Wazemmes.label(1), code, rooms, by: rooms.second)
            #expect(again.outcome == .again && again.operatorCode == "AM" && again.total == 3)
            #expect(try await scan("XX-inconnu", code, rooms).outcome == .stray)
            // 3 is sold unscanned, 1 is sold after it was scanned.
            _ = try await store.sell(
                rooms.at.request(device: 3, gift: true),
                key: rooms.at.key(),
                by: rooms.at.staff()
            )
            _ = try await store.sell(
                rooms.at.request(Wazemmes.brunoVoucher, device: 1, gift: true),
                key: rooms.at.key(),
                by: rooms.at.staff()
            )
            try await close(code, rooms)
            let card = try await store.count(code)
            let differences = try #require(card.differences)
            #expect(differences.expected == 5 && differences.found == 2)
            #expect(differences.missing == 2 && differences.unexpected == 1)
            #expect(differences.leftMeanwhile == 1)
            #expect(
                try await store.devices(.missing, of: code).items.map(\.label)
                    == [Wazemmes.label(5), Wazemmes.label(4)]
            )
            #expect(
                try await store.devices(.leftMeanwhile, of: code).items.map(\.label)
                    == [Wazemmes.label(3)]
            )
            // Found while looking for what is missing.
            _ = try await scan(Wazemmes.label(4), code, rooms)
            let applied = try await apply(code, rooms)
            #expect(applied.lost == 1 && applied.restored == 1 && applied.articles == 0)
            #expect(try await rooms.stage(5) == .left)
            #expect(try await rooms.stage(4) == .onShelf)
            #expect(try await rooms.stage(6) == .inWork)
            let after = try #require(try await store.count(code).differences)
            #expect(after.missing == 1 && after.restored == 1 && after.leftMeanwhile == 1)
            #expect(
                try await store.devices(.missing, of: code).items.map(\.label) == [
                    Wazemmes.label(5)
                ]
            )
            #expect(try await store.verify().faults.isEmpty)
        }
    }

    @Test("what is expected is not seen before counting stops, on no way")
    func blind() async throws {
        try await withTwoRooms { rooms in
            let code = try await open(rooms)
            _ = try await rooms.store.countUnits(
                ProductCounts([ShortCode(typed: "mouse"): 4]),
                in: code,
                key: rooms.at.key(),
                by: rooms.everywhere
            )
            let card = try await rooms.store.count(code)
            #expect(card.differences == nil)
            #expect(card.articles[0].expected == nil && card.articles[0].difference == nil)
            #expect(
                try await refusalReason {
                    _ = try await rooms.store.devices(.missing, of: code)
                } == .countBlind
            )
            #expect(try await refusalReason { _ = try await apply(code, rooms) } == .countBlind)
        }
    }

    @Test("who stopped the counting does not apply it, by the verb or by plain SQL")
    func secondPerson() async throws {
        try await withTwoRooms { rooms in
            let code = try await open(rooms)
            try await close(code, rooms)
            #expect(
                try await refusalReason {
                    _ = try await rooms.store.applyCount(
                        code,
                        key: rooms.at.key(),
                        by: rooms.everywhere
                    )
                } == .countOwn
            )
            let own: SQL = """
                insert into count_ends (count_id, shop_id, ordinal, kind, closed_by, ended_at, ended_by)
                select c.id, c.shop_id, c.ordinal, 'applied', k.closed_by, now(), k.closed_by
                from counts c join count_closings k on k.count_id = c.id
                """
            #expect(await rooms.constraint(own) == "counts_need_a_second_person")
            _ = try await apply(code, rooms)
            #expect(
                try await refusalReason { _ = try await scan(Wazemmes.label(1), code, rooms) }
                    == .countEnded
            )
            #expect(try await refusalReason { _ = try await apply(code, rooms) } == .countEnded)
        }
    }

    @Test("articles: everybody’s last number counts, and what was sold since is no difference")
    func articles() async throws {
        try await withTwoRooms { rooms in
            let store = rooms.store
            let code = try await open(rooms)
            func count(_ units: Int, by staff: Staff) async throws {
                _ = try await store.countUnits(
                    ProductCounts([ShortCode(typed: "mouse"): units], least: 0),
                    in: code,
                    key: rooms.at.key(),
                    by: staff
                )
            }
            try await count(99, by: rooms.everywhere)
            try await count(10, by: rooms.everywhere)
            try await count(7, by: rooms.second)
            _ = try await store.sell(
                rooms.at.request(nil, mice: 2),
                key: rooms.at.key(),
                by: rooms.at.staff()
            )
            try await close(code, rooms)
            let line = try await store.count(code).articles[0]
            #expect(line.counted == 17 && line.expected == 20 && line.difference == -3)
            #expect(try await apply(code, rooms).articles == 1)
            #expect(try await rooms.free("mouse", in: rooms.at.shop) == 15)
            let after = try await store.count(code).articles[0]
            #expect(after == line)
            #expect(try await store.verify().faults.isEmpty)
        }
    }

    @Test("who saw the differences writes no number, and does not apply what they scanned away")
    func afterClosing() async throws {
        try await withTwoRooms { rooms in
            let code = try await open(rooms)
            try await close(code, rooms)
            #expect(
                try await refusalReason {
                    _ = try await rooms.store.countUnits(
                        ProductCounts([ShortCode(typed: "mouse"): 0], least: 0),
                        in: code,
                        key: rooms.at.key(),
                        by: rooms.second
                    )
                } == .countClosed
            )
            _ = try await scan(Wazemmes.label(1), code, rooms, by: rooms.second)
            #expect(try await refusalReason { _ = try await apply(code, rooms) } == .countOwn)
            let told = try await rooms.store.applyCount(
                code,
                key: rooms.at.key(),
                by: rooms.onlyLille
            )
            #expect(told.lost == 5)
        }
    }

    @Test(
        "an article that moved is counted by one person; what was had in hand meanwhile is not lost"
    )
    func moved() async throws {
        try await withTwoRooms { rooms in
            let code = try await open(rooms)
            func count(_ units: Int, by staff: Staff) async throws {
                _ = try await rooms.store.countUnits(
                    ProductCounts([ShortCode(typed: "mouse"): units], least: 0),
                    in: code,
                    key: rooms.at.key(),
                    by: staff
                )
            }
            try await count(10, by: rooms.everywhere)
            _ = try await rooms.store.sell(
                rooms.at.request(nil, mice: 1),
                key: rooms.at.key(),
                by: rooms.at.staff()
            )
            #expect(
                try await refusalReason { try await count(9, by: rooms.second) } == .countMoved
            )
            // The first sets theirs to zero: then one person counts all.
            try await count(0, by: rooms.everywhere)
            try await count(19, by: rooms.second)
            _ = try await rooms.store.takeOffShelf(
                rooms.label(1),
                motive: ShortText(typed: "À revoir", field: .motive),
                key: rooms.at.key(),
                by: rooms.everywhere
            )
            try await close(code, rooms)
            let card = try await rooms.store.count(code)
            #expect(card.articles[0].difference == 0)
            #expect(card.differences?.missing == 5 && card.differences?.leftMeanwhile == 1)
        }
    }

    @Test("of a machine that stands in another shop nothing is told; a label in an address counts")
    func elsewhere() async throws {
        try await withTwoRooms { rooms in
            let slip = try await rooms.send(rooms.labels(1))
            try await rooms.receive(slip, rooms.labels(1))
            let code = try await open(rooms)
            let told = try await scan(Wazemmes.label(1), code, rooms, by: rooms.onlyLille)
            #expect(told.outcome == .counted && told.name == "")
            #expect(try await rooms.store.count(code).latest.map(\.name) == [""])
            let address = "https://comptoir.example/passport/ABCDEFGHJKLMNPQRSTUVWXYZ234567/"
            #expect(
                try await scan(address + Wazemmes.label(2), code, rooms).scanned
                    == Wazemmes.label(2)
            )
            try await close(code, rooms)
            let listed = try await rooms.store.devices(
                .unexpected,
                of: code,
                in: .shops([rooms.at.shop])
            )
            #expect(listed.items.isEmpty)
            #expect(try await rooms.store.count(code).differences?.unexpected == 1)
        }
    }

    @Test("one count a shop at a time; given up it changes nothing, and the next opens")
    func oneAtATime() async throws {
        try await withTwoRooms { rooms in
            let opened = try await race(4) { _ in _ = try await open(rooms) }
            #expect(opened.filter { $0 == nil }.count == 1)
            #expect(opened.compactMap { $0?.reason }.allSatisfy { $0 == .countOpen })
            let code = try CountCode.typed(try await rooms.store.counts().items[0].code)
            _ = try await rooms.store.abandonCount(
                code,
                because: ShortText(typed: "Trop tard", field: .motive),
                key: rooms.at.key(),
                by: rooms.everywhere
            )
            #expect(try await rooms.stage(1) == .onShelf)
            _ = try await open(rooms)
        }
    }

    @Test("the shelf alone expects what is on the shelf; another shop’s count is unknown")
    func scope() async throws {
        try await withTwoRooms { rooms in
            _ = try await rooms.store.takeOffShelf(
                rooms.label(1),
                motive: ShortText(typed: "À revoir", field: .motive),
                key: rooms.at.key(),
                by: rooms.everywhere
            )
            let code = try await open(rooms, .shelf)
            try await close(code, rooms)
            #expect(try await rooms.store.count(code).differences?.expected == 5)
            #expect(
                try await refusalReason {
                    _ = try await scan(Wazemmes.label(1), code, rooms, by: rooms.onlyRoubaix)
                } == .countUnknown
            )
        }
    }

    @Test("sales race the application: what is sold is not lost, what is lost is not sold (C6)")
    func races() async throws {
        try await withTwoRooms(machines: 2) { rooms in
            for number in 1...2 {
                let code = try await open(rooms)
                try await close(code, rooms)
                let voucher = number == 1 ? Wazemmes.aminaVoucher : Wazemmes.brunoVoucher
                let outcomes = try await race(2) { side in
                    if side == 0 {
                        _ = try await apply(code, rooms)
                    } else {
                        _ = try await rooms.store.sell(
                            rooms.at.request(voucher, device: number, gift: true),
                            key: rooms.at.key(),
                            by: rooms.at.staff()
                        )
                    }
                }
                #expect(outcomes.contains { $0 == nil })
                let twice = try await rooms.at.count(
                    """
                    select count(*) from removals r join exits x using (device_id) where x.kind in ('sale', 'gift')
                    """
                )
                #expect(twice == 0)
            }
        }
    }
}
