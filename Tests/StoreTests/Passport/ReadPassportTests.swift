import Postgres
import Shop
import Testing

@testable import Store

@Suite("A machine's passport")
struct ReadPassportTests {
    @Test("it is made with the machine, found by its address, and no other address finds it")
    func addresses() async throws {
        try await withStockRoom { room in
            let label = try await room.laptop()
            let other = try await room.laptop(serial: "5CD8123ABD")
            let token = try #require(try await room.store.passport(label).token)
            #expect(token != (try await room.store.passport(other).token))
            let found = try await room.store.passport(try #require(PassportToken(token)))
            #expect(found.label == label.description)
            await #expect(throws: Refusal(.unknownThing)) {
                _ = try await room.store.passport(PassportToken(random: Array(0..<30)))
            }
        }
    }

    @Test("it tells tests and erasure, and no guarantee before the machine is handed over")
    func tells() async throws {
        try await withStockRoom { room in
            let label = try await room.laptop()
            let before = try await room.store.passport(label)
            #expect(before.testedOn == nil && before.disks[0].erasure == nil)
            try await room.prepare(label)
            _ = try await room.shelve(label)
            let passport = try await room.store.passport(label)
            #expect(passport.testedOn == StockRoom.noon.day)
            #expect(passport.tests.allSatisfy { $0.passed == true } && passport.tests.count == 2)
            #expect(passport.disks[0].erasure?.level == .purge)
            #expect(passport.guarantee == nil && passport.repairs == [])
        }
    }

    @Test("its guarantee begins when it is sold, as the ticket says it")
    func guarantee() async throws {
        try await withWazemmes { at in
            let request = try at.request(device: 1)
            #expect(
                try await at.store.passport(try DeviceLabel.typed(Wazemmes.label(1))).guarantee
                    == nil
            )
            _ = try await at.store.sell(request, key: at.key(), by: at.staff())
            let passport = try await at.store.passport(try DeviceLabel.typed(Wazemmes.label(1)))
            let guarantee = try #require(passport.guarantee)
            #expect(guarantee.handedOverOn == at.store.today && !guarantee.isGift)
            let ends: Day = try await at.owner.withConnection {
                try $0.query(
                    "select guarantee_ends_on from sale_lines where guarantee_ends_on is not null"
                )[0][0]
            }
            #expect(guarantee.endsOn == ends)
            #expect(guarantee.presumptionEndsOn.map { $0 < ends } ?? false)
        }
    }

    @Test("what a further use avoids is a dated row with its source; without one it is not known")
    func impact() async throws {
        try await withStockRoom { room in
            let label = try await room.laptop()
            #expect(try await room.store.passport(label).impact == nil)
            let administrator = Staff(
                id: room.staff.id,
                operatorCode: "KA",
                name: "Karim",
                language: .french,
                firstDay: false,
                roles: [Staff.Held(role: .administrator, shop: nil)],
                till: nil
            )
            func set(_ grams: Int?, from day: Day) async throws {
                _ = try await room.store.setImpactFactor(
                    ImpactFactor(
                        deviceKind: .laptop,
                        startsOn: day,
                        carbonGrams: grams,
                        materialsGrams: nil,
                        wasteGrams: nil,
                        source: "ADEME"
                    ),
                    key: room.key(),
                    by: administrator
                )
            }
            let today = StockRoom.noon.day
            try await set(27_000, from: today.adding(days: -1))
            try await set(30_000, from: today.adding(days: 1))
            #expect(try await room.store.passport(label).impact?.carbonGrams == 27_000)
            #expect(
                try await room.store.impactFactors(isInForce: true).items.map(\.carbonGrams)
                    == [27_000]
            )
            let first = try await room.store.impactFactors(limit: 1)
            #expect(first.items.map(\.carbonGrams) == [30_000])
            let rest = try await room.store.impactFactors(after: first.next)
            #expect(rest.items.map(\.carbonGrams) == [27_000] && rest.next == nil)
            await #expect(throws: Refusal.self) {
                try await set(28_000, from: today.adding(days: 1))
            }
            await #expect(throws: Refusal.self) { try await set(nil, from: today) }
        }
    }
}
