import Postgres
import Shop
import Store
import TestSupport
import Testing

@Suite("Rooms, shelves and what lies there")
struct LocationTests {
    @Test("shelves are opened all or none, each once by name, under numbers without a gap")
    func opens() async throws {
        try await withTwoRooms { rooms in
            let codes = try await rooms.open("Réserve", "A1, A2\nA3, A1")
            #expect(codes.map(\.description) == ["LIRG26-0001", "LIRG26-0002", "LIRG26-0003"])
            let taken = try await refusalReason { _ = try await rooms.open("Réserve", "B1, A2") }
            #expect(taken == .nameTaken)
            #expect(try await rooms.open("Réserve").map(\.description) == ["LIRG26-0004"])
            #expect(
                try await rooms.open("Réserve", in: rooms.roubaix)[0].description.hasPrefix("RO")
            )
            let here = try await rooms.store.locations(in: .shops([rooms.at.shop]))
            #expect(
                here.items.map(\.name) == [
                    "Réserve", "Réserve · A1", "Réserve · A2", "Réserve · A3",
                ]
            )
            let first = try await rooms.store.locations(in: .shops([rooms.at.shop]), limit: 3)
            let rest = try await rooms.store.locations(
                in: .shops([rooms.at.shop]),
                after: first.next,
                limit: 3
            )
            #expect(rest.items.map(\.name) == ["Réserve · A3"] && rest.next == nil)
            let elsewhere = try await refusalReason {
                _ = try await rooms.store.location(codes[0], in: .shops([rooms.roubaix]))
            }
            #expect(elsewhere == .locationUnknown)
        }
    }

    @Test(
        "a machine lies where it was last put; what lies there already is told, and not written again"
    )
    func puts() async throws {
        try await withTwoRooms { rooms in
            let codes = try await rooms.open("Réserve", "A1, A2")
            let first = try await rooms.put(1, at: codes[0])
            #expect(first.from == nil && first.locationName == "Réserve · A1")
            #expect(try await rooms.put(1, at: codes[0]).isAgain)
            #expect(try await rooms.put(1, at: codes[1]).from == codes[0].description)
            #expect(try await rooms.place(1) == "Réserve · A2")
            #expect(try await rooms.at.count("select count(*) from device_locations") == 2)
            #expect(try await rooms.store.location(codes[0]).devices == 0)
            #expect(try await rooms.store.location(codes[1]).devices == 1)
            #expect(
                try await rooms.store.devices(at: codes[1]).items.map(\.label) == [
                    Wazemmes.label(1)
                ]
            )
            #expect(try await rooms.store.devices(at: codes[0]).items == [])
        }
    }

    @Test(
        "what was sold, and what travelled to another shop and back, lies nowhere until it is put again"
    )
    func leaves() async throws {
        try await withTwoRooms { rooms in
            let code = try await rooms.open("Réserve")[0]
            for number in 1...3 { _ = try await rooms.put(number, at: code) }
            _ = try await rooms.store.sell(
                rooms.at.request(device: 1, gift: true),
                key: rooms.at.key(),
                by: rooms.at.staff()
            )
            #expect(try await rooms.place(1) == nil)
            let gone = try await refusalReason { _ = try await rooms.put(1, at: code) }
            #expect(gone == .deviceGone)
            let slip = try await rooms.send(rooms.labels(2))
            #expect(try await rooms.place(2) == nil)
            let travels = try await refusalReason { _ = try await rooms.put(2, at: code) }
            #expect(travels == .deviceInTransit)
            try await rooms.receive(slip, isAll: true)
            let elsewhere = try await refusalReason { _ = try await rooms.put(2, at: code) }
            #expect(elsewhere == .locationElsewhere)
            let back = try await rooms.store.sendTransfer(
                of: rooms.labels(2),
                ProductCounts([:]),
                from: rooms.roubaix,
                to: rooms.at.shop,
                key: rooms.at.key(),
                by: rooms.everywhere
            )
            try await rooms.receive(TransferCode.typed(back), isAll: true, by: rooms.onlyLille)
            #expect(try await rooms.place(2) == nil)
            #expect(try await rooms.place(3) == "Réserve")
            #expect(try await rooms.store.location(code).devices == 1)
        }
    }

    @Test("a location closes empty, and nothing is put there any more, by no statement either")
    func closes() async throws {
        try await withTwoRooms { rooms in
            let codes = try await rooms.open("Réserve", "A1, A2")
            _ = try await rooms.put(1, at: codes[0])
            func close(_ code: LocationCode) async throws {
                _ = try await rooms.store.closeLocation(
                    code,
                    key: rooms.at.key(),
                    by: rooms.everywhere
                )
            }
            #expect(try await refusalReason { try await close(codes[0]) } == .locationHoldsDevices)
            _ = try await rooms.put(1, at: codes[1])
            try await close(codes[0])
            #expect(try await refusalReason { try await close(codes[0]) } == .locationClosed)
            #expect(
                try await refusalReason { _ = try await rooms.put(2, at: codes[0]) }
                    == .locationClosed
            )
            #expect(
                await rooms.constraint(
                    """
                    insert into device_locations (device_id, ordinal, location_id, placed_at, placed_by)
                    select d.id, 9, l.id, now(), l.opened_by from devices d, locations l
                    where d.label = \(Wazemmes.label(2)) and l.code = \(codes[0].description)
                    """
                ) == "device_locations_are_in_use"
            )
            for statement in [
                "update locations set closed_at = null, closed_by = null where closed_at is not null",
                "update locations set closed_at = closed_at - interval '1 day' where closed_at is not null",
            ] as [SQL] {
                #expect(await rooms.constraint(statement) == "intervals_are_closed_once")
            }
            // Its name is free again.
            #expect(try await rooms.open("Réserve", "A1")[0].description == "LIRG26-0003")
        }
    }

    @Test("a machine that is not where it was said to lie lies nowhere, until it is put again")
    func cleared() async throws {
        try await withTwoRooms { rooms in
            let code = try await rooms.open("Réserve")[0]
            func clear(_ number: Int, by staff: Staff? = nil) async throws -> ClearedLocation {
                try await rooms.store.clearLocation(
                    rooms.label(number),
                    key: rooms.at.key(),
                    by: staff ?? rooms.onlyLille
                )
            }
            #expect(try await clear(1).from == nil)
            #expect(try await rooms.at.count("select count(*) from device_locations") == 0)
            _ = try await rooms.put(1, at: code)
            let foreign = try await refusalReason { _ = try await clear(1, by: rooms.onlyRoubaix) }
            #expect(foreign == .deviceUnknown)
            #expect(try await clear(1).from == code.description)
            #expect(try await clear(1).from == nil)
            #expect(try await rooms.at.count("select count(*) from device_locations") == 2)
            #expect(try await rooms.place(1) == nil)
            #expect(try await rooms.store.location(code).devices == 0)
            #expect(try await rooms.put(1, at: code).from == nil)
            #expect(try await rooms.place(1) == "Réserve")
            let slip = try await rooms.send(rooms.labels(1))
            let travels = try await refusalReason { _ = try await clear(1) }
            #expect(travels == .deviceInTransit)
            try await rooms.receive(slip, isAll: true)
        }
    }

    @Test("labels are of the locations that are named, in that order, of the reader’s shops")
    func named() async throws {
        try await withTwoRooms { rooms in
            let codes = try await rooms.open("Réserve", "A1, A2, A3")
            let other = try await rooms.open("Cave", in: rooms.roubaix)
            let named = try await rooms.store.locations(
                coded: [codes[2], codes[0]] + other,
                in: .shops([rooms.at.shop])
            )
            #expect(named.map(\.name) == ["Réserve · A3", "Réserve · A1"])
        }
    }

    @Test("who works at one shop neither sees nor fills the shelves of another")
    func reach() async throws {
        try await withTwoRooms { rooms in
            let code = try await rooms.open("Réserve")[0]
            let put = try await refusalReason {
                _ = try await rooms.store.placeDevice(
                    rooms.label(1),
                    at: code,
                    key: rooms.at.key(),
                    by: rooms.onlyRoubaix
                )
            }
            #expect(put == .locationUnknown)
            let close = try await refusalReason {
                _ = try await rooms.store.closeLocation(
                    code,
                    key: rooms.at.key(),
                    by: rooms.onlyRoubaix
                )
            }
            #expect(close == .locationUnknown)
        }
    }

    @Test(
        "applied, a count puts what was found where it was found"
    )
    func counted() async throws {
        try await withTwoRooms { rooms in
            let store = rooms.store
            let codes = try await rooms.open("Réserve", "A1, A2")
            let other = try await rooms.open("Cave", in: rooms.roubaix)[0]
            _ = try await rooms.put(1, at: codes[0])
            let count = try CountCode.typed(
                await store.openCount(
                    of: .all,
                    in: rooms.at.shop,
                    key: rooms.at.key(),
                    by: rooms.everywhere
                )
            )
            func scan(_ text: String, by staff: Staff) async throws -> ToldScan {
                try await store.scan(text, in: count, key: rooms.at.key(), by: staff)
            }
            func mice(_ units: Int) async throws {
                _ = try await store.countUnits(
                    ProductCounts([ShortCode(typed: "mouse"): units], least: 0),
                    in: count,
                    key: rooms.at.key(),
                    by: rooms.everywhere
                )
            }
            _ = try await scan(Wazemmes.label(3), by: rooms.everywhere)
            let place = try await scan(codes[1].description, by: rooms.everywhere)
            #expect(place.outcome == .place && place.name == "Réserve · A2")
            _ = try await scan(Wazemmes.label(1), by: rooms.everywhere)
            try await mice(4)
            // Somebody else stands nowhere yet.
            _ = try await scan(Wazemmes.label(2), by: rooms.second)
            _ = try await scan(codes[0].description, by: rooms.everywhere)
            try await mice(3)
            try await mice(2)
            let foreign = try await refusalReason {
                _ = try await scan(other.description, by: rooms.everywhere)
            }
            #expect(foreign == .locationUnknown)
            let card = try await store.count(count)
            // Wherever they stand, one person’s last number of an article stands.
            #expect(card.articles.map(\.counted) == [2])
            #expect(card.places.map(\.name) == ["Réserve · A1"])
            for number in 4...5 { _ = try await scan(Wazemmes.label(number), by: rooms.second) }
            // What somebody said since goes before what the count saw.
            _ = try await scan(codes[1].description, by: rooms.onlyLille)
            _ = try await scan(Wazemmes.label(6), by: rooms.onlyLille)
            _ = try await rooms.put(6, at: codes[0])
            _ = try await store.clearLocation(
                rooms.label(6),
                key: rooms.at.key(),
                by: rooms.onlyLille
            )
            _ = try await store.closeCount(count, key: rooms.at.key(), by: rooms.everywhere)
            let applied = try await store.applyCount(
                count,
                key: rooms.at.key(),
                by: rooms.onlyLille
            )
            #expect(applied.placed == 1 && applied.lost == 0)
            #expect(try await rooms.place(1) == "Réserve · A2")
            #expect(try await rooms.place(2) == nil)
            #expect(try await rooms.place(3) == nil)
            #expect(try await rooms.place(6) == nil)
            #expect(try await store.verify().faults.isEmpty)
        }
    }
}

extension TwoRooms {
    fileprivate func open(
        _ room: String,
        _ shelves: String = "",
        in shop: ID<Shop>? = nil
    ) async throws -> [LocationCode] {
        try await store.openLocations(
            NewLocations(room: room, shelves: shelves),
            in: shop ?? at.shop,
            key: at.key(),
            by: everywhere
        ).codes.map { try LocationCode.typed($0) }
    }

    fileprivate func put(_ number: Int, at code: LocationCode) async throws -> PlacedDevice {
        try await store.placeDevice(label(number), at: code, key: at.key(), by: everywhere)
    }

    /// Where a machine lies; nil where nobody said.
    fileprivate func place(_ number: Int) async throws -> String? {
        try await store.device(label(number)).device.location?.name
    }
}
