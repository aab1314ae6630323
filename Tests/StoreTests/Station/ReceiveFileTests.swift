import Postgres
import Shop
import Testing

@testable import Store

@Suite("A test bench sends its files by itself")
struct ReceiveFileTests {
    @Test("a file makes a machine once, and the record names the bench")
    func takesIn() async throws {
        try await withStockRoom { room in
            let bench = try await room.bench()
            let first = try await room.send(StockRoom.laptop(), from: bench)
            #expect(first.outcome == .new)
            #expect(first.label == "LIPC26-0001")
            let again = try await room.send(StockRoom.laptop(), from: bench)
            #expect(again.outcome == .known)
            #expect(again.label == "LIPC26-0001")
            let parts = try await room.send(StockRoom.laptop(disk: "ZZZZ9999"), from: bench)
            #expect(parts.outcome == .known)
            let card = try await room.store.device(DeviceLabel.typed("LIPC26-0001"))
            #expect(card.disks.map(\.serial) == ["ZZZZ9999"])
            #expect(
                card.history.filter { $0.kind == .takenIn }.map(\.operatorCode) == ["LIP1"]
            )
            #expect(try await room.count("select count(*) from devices") == 1)
            #expect(try await room.count("select count(*) from hardware_files") == 2)
            #expect(try await room.count("select count(*) from waiting_files") == 0)
        }
    }

    @Test("the token is in no row, the same request key tells it again, and another key another")
    func tokens() async throws {
        try await withStockRoom { room in
            let key = room.key()
            let name = try ShortText(typed: "Banc", field: .name)
            func open(_ key: ID<Claim>) async throws -> OpenedStation {
                try await room.store.openStation(
                    named: name,
                    in: room.shop,
                    key: key,
                    by: room.staff
                )
            }
            let first = try await open(key)
            let twin = try await open(key)
            let other = try await open(room.key())
            #expect((first.code, first.token) == (twin.code, twin.token))
            #expect(other.code == "LIP2" && other.token != first.token)
            #expect(first.token.utf8.count == 43)
            #expect(
                try await room.count(
                    """
                    select count(*) from claims where result::text like \("%" + first.token + "%")
                    """
                ) == 0
            )
            #expect(try await room.store.station(token: first.token)?.operatorCode == "LIP1")
            #expect(try await room.store.station(token: first.token + "A") == nil)
            #expect(try await room.store.station(token: "") == nil)
        }
    }

    @Test("revoked, its token is nobody's; a second time it is ended already")
    func revokes() async throws {
        try await withStockRoom { room in
            let opened = try await room.openBench()
            let code = try OperatorCode(typed: opened.code)
            _ = try await room.store.revokeStation(code, key: room.key(), by: room.staff)
            #expect(try await room.store.station(token: opened.token) == nil)
            #expect(try await room.store.station(code).revokedBy == room.staff.operatorCode)
            await #expect(throws: Refusal(.alreadyEnded)) {
                _ = try await room.store.revokeStation(code, key: room.key(), by: room.staff)
            }
            #expect(
                await room.constraint("update stations set revoked_at = null, revoked_by = null")
                    == "intervals_are_closed_once"
            )
        }
    }

    @Test("a station is none of those who sign in, and is given no role, account or password")
    func onlySends() async throws {
        try await withStockRoom { room in
            let bench = try await room.bench()
            let logins = try await room.store.users().items.map(\.login)
            #expect(!logins.contains("station.lip1"))
            await #expect(throws: Refusal(.unknownThing, ["text": .text("station.lip1")])) {
                _ = try await room.store.setPassword(
                    of: Login(typed: "station.lip1"),
                    to: "un deux trois quatre",
                    key: room.key(),
                    by: room.administrator
                )
            }
            #expect(
                await room.constraint(
                    """
                    insert into user_roles (id, user_id, role, granted_at)
                    values (gen_random_uuid(), \(bench.id), 'administrator', now())
                    """
                ) == "stations_only_send"
            )
            #expect(
                await room.constraint(
                    """
                    insert into credentials (id, user_id, kind, hash, set_at)
                    values (gen_random_uuid(), \(bench.id), 'password', 'x', now())
                    """
                ) == "stations_only_send"
            )
        }
    }

    @Test("what the importer would ask about waits, once, and is kept as it came")
    func waits() async throws {
        try await withStockRoom { room in
            let bench = try await room.bench()
            let nameless = StockRoom.laptop(serial: "To be filled by O.E.M.")
            for _ in 0..<2 {
                let told = try await room.send(nameless, from: bench)
                #expect(told.outcome == .waiting)
                #expect(told.label == nil)
            }
            #expect(try await room.count("select count(*) from devices") == 0)
            #expect(
                try await room.count("select length(document) from waiting_files")
                    == nameless.bytes.count
            )
            let files = try await room.store.waitingFiles().items
            #expect(files.map(\.doubt) == [.noTrueSerial])
            #expect(files.map(\.station) == ["LIP1"])
            let taken = try await room.store.takeWaitingFile(
                files[0].id,
                key: room.key(),
                by: room.staff
            )
            #expect(taken.outcome == .new("LIPC26-0001"))
            #expect(try await room.store.waitingFiles().items == [])
            // A second press finds the machine; the bench that sends it again too.
            let pressed = try await room.store.takeWaitingFile(
                files[0].id,
                key: room.key(),
                by: room.staff
            )
            #expect(pressed.outcome == .known(.file(label: "LIPC26-0001")))
            #expect(try await room.send(nameless, from: bench).label == "LIPC26-0001")
        }
    }

    @Test("a machine on the shelf with other disks, and a serial under another model, wait too")
    func doubts() async throws {
        try await withStockRoom { room in
            let bench = try await room.bench()
            let label = try await room.laptop()
            try await room.prepare(label)
            _ = try await room.shelve(label)
            let disks = try await room.send(StockRoom.laptop(disk: "ZZZZ9999"), from: bench)
            #expect(disks.outcome == .waiting)
            let text = String(decoding: StockRoom.laptop().bytes, as: UTF8.self)
                .replacing("HP ProBook 450 G5", with: "HP ProBook 450 G6")
            let model = try await room.send(
                HardwareUpload(path: "autre.json", bytes: Array(text.utf8)),
                from: bench
            )
            #expect(model.outcome == .waiting)
            // Their instant is the same: so is not their order.
            let files = try await room.store.waitingFiles().items
                .sorted { $0.doubt.rawValue < $1.doubt.rawValue }
            #expect(files.map(\.doubt) == [.otherDisks, .serialKnown])
            #expect(files.map(\.label) == ["LIPC26-0001", "LIPC26-0001"])
            // Its disks do not change on the shelf, whoever confirms.
            await #expect(throws: Refusal.self) {
                _ = try await room.store.takeWaitingFile(
                    files[0].id,
                    key: room.key(),
                    by: room.staff
                )
            }
            #expect(try await room.store.waitingFiles().items.count == 2)
            _ = try await room.store.putWaitingFileAside(
                files[0].id,
                key: room.key(),
                by: room.staff
            )
            #expect(
                try await room.send(StockRoom.laptop(disk: "ZZZZ9999"), from: bench).outcome
                    == .aside
            )
            let again: SQL = """
                update waiting_files set ended_at = null, ended_by = null, ended_how = null where ended_at is not null
                """
            #expect(await room.constraint(again) == "intervals_are_closed_once")
            await #expect(throws: Refusal(.alreadyEnded)) {
                _ = try await room.store.takeWaitingFile(
                    files[0].id,
                    key: room.key(),
                    by: room.staff
                )
            }
        }
    }

    @Test("of a machine of another shop nothing is told and nothing changes")
    func elsewhere() async throws {
        try await withStockRoom { room in
            let label = try await room.laptop()
            let other: ID<Shop> = room.store.newID()
            try await room.execute(
                """
                insert into shops (id, code, name, address, postal_code, city, siret, opened_at)
                values (\(other), 'RO', 'Roubaix', 'Rue', '59100', 'Roubaix', '12345678900012', now())
                """
            )
            let opened = try await room.store.openStation(
                named: ShortText(typed: "Banc", field: .name),
                in: other,
                key: room.key(),
                by: room.staff
            )
            let bench = try #require(try await room.store.station(token: opened.token))
            for upload in [StockRoom.laptop(), StockRoom.laptop(disk: "ZZZZ9999")] {
                let told = try await room.send(upload, from: bench)
                #expect(told.outcome == .waiting)
                #expect(told.label == nil)
                #expect(told.reason?.contains(label.description) == false)
            }
            #expect(try await room.store.device(label).disks.map(\.serial) == ["50026B7782F1A2C4"])
        }
    }

    @Test("what is no hardware file is refused, and nothing of it is kept")
    func refuses() async throws {
        try await withStockRoom { room in
            let bench = try await room.bench()
            await #expect(throws: Refusal(.fileNotText, ["file": .text("photo.png")])) {
                _ = try await room.send(
                    HardwareUpload(path: "photo.png", bytes: [0x89, 0x50, 0x4E, 0x47, 0xFF]),
                    from: bench
                )
            }
            #expect(try await room.count("select count(*) from waiting_files") == 0)
        }
    }
}

extension StockRoom {
    /// The stock manager, who keeps the accounts too.
    fileprivate var administrator: Staff {
        Staff(
            id: staff.id,
            operatorCode: staff.operatorCode,
            name: staff.name,
            language: .french,
            firstDay: false,
            roles: [Staff.Held(role: .administrator, shop: nil)],
            till: nil
        )
    }

    func openBench() async throws -> OpenedStation {
        try await store.openStation(
            named: ShortText(typed: "Banc", field: .name),
            in: shop,
            key: key(),
            by: staff
        )
    }

    /// A bench of the shop, as its token is read.
    func bench() async throws -> Staff {
        try #require(try await store.station(token: openBench().token))
    }

    func send(_ upload: HardwareUpload, from bench: Staff) async throws -> ToldSending {
        try ToldSending(try await store.receiveFile(upload, from: bench), in: .french)
    }
}
