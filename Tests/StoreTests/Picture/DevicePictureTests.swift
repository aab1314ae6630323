import Foundation
import Postgres
import Shop
import Testing

@testable import Store

@Suite("Pictures of a machine")
struct DevicePictureTests {
    @Test(
        "the same file twice is one picture, under its first caption; another machine has its own"
    )
    func once() async throws {
        try await withStockRoom { room in
            let (one, other) = (
                try await room.laptop(), try await room.laptop(serial: "5CD8123DEF")
            )
            let first = try await room.add(1, to: one, .fault)
            #expect(first.isNew && first.picture.caption == .fault)
            #expect(first.picture.operatorCode == "KA" && !first.picture.isOnPassport)
            let again = try await room.add(1, to: one, .front)
            #expect(!again.isNew && again.picture.id == first.picture.id)
            #expect(again.picture.caption == .fault)
            #expect(try await room.add(1, to: other).isNew)
            #expect(try await room.store.pictures(of: one).map(\.id) == [first.picture.id])
            #expect(try await room.count("select count(*) from device_picture_files") == 4)
        }
    }

    @Test("the same key again gives the same answer, with another file it is refused")
    func key() async throws {
        try await withStockRoom { room in
            let label = try await room.laptop()
            let key = room.key()
            let first = try await room.add(1, to: label, key: key)
            let again = try await room.add(1, to: label, key: key)
            #expect(again.isNew && again.picture.id == first.picture.id)
            await room.expectRefusal(.keyReused) { _ = try await room.add(2, to: label, key: key) }
            let removal = room.key()
            for _ in 0..<2 {
                let id = try await room.store.removePicture(
                    first.picture.id,
                    of: label,
                    key: removal,
                    by: room.staff
                )
                #expect(id == first.picture.id)
            }
        }
    }

    @Test(
        "a machine has so many pictures and no more, however many come at once; one taken off makes room"
    )
    func full() async throws {
        try await withStockRoom { room in
            try await room.execute(
                """
                insert into dated_numbers (name, starts_on, amount, recorded_at)
                values ('device_pictures', '2026-01-01', 3, now())
                """
            )
            let label = try await room.laptop()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in UInt8(1)...8 {
                    group.addTask {
                        do { _ = try await room.add(number, to: label) } catch let refusal
                            as Refusal
                            where refusal.reason == .picturesFull
                        {}
                    }
                }
                try await group.waitForAll()
            }
            let pictures = try await room.store.pictures(of: label)
            #expect(pictures.count == 3)
            let full = Refusal(
                .picturesFull,
                ["label": .text(label.description), "most": .number(3)]
            )
            await #expect(throws: full) { _ = try await room.add(9, to: label) }
            await #expect(throws: full) {
                try await room.store.checkPicture(
                    DevicePictureTests.picture(9).sha256,
                    of: label,
                    by: room.staff
                )
            }
            try await room.remove(pictures[0].id, of: label)
            #expect(try await room.add(9, to: label).isNew)
        }
    }

    @Test(
        "what is taken off leaves who and when, and nothing to be seen; the same file may come again"
    )
    func removal() async throws {
        try await withStockRoom { room in
            let (label, other) = (
                try await room.laptop(), try await room.laptop(serial: "5CD8123DEF")
            )
            let id = try await room.add(1, to: label).picture.id
            #expect(
                try await room.store.picture(id, of: label, .full) == Data([0xff, 0xd8, 0xff, 1])
            )
            await room.expectRefusal(.unknownThing) { try await room.remove(id, of: other) }
            try await room.remove(id, of: label)
            #expect(try await room.store.pictures(of: label).isEmpty)
            #expect(try await room.count("select count(*) from device_picture_files") == 0)
            #expect(
                try await room.count(
                    "select count(*) from device_pictures where ended_at is not null and ended_by = \(room.staff.id)"
                ) == 1
            )
            for size in PictureSize.allCases {
                await room.expectRefusal(.unknownThing) {
                    _ = try await room.store.picture(id, of: label, size)
                }
            }
            await room.expectRefusal(.unknownThing) { try await room.remove(id, of: label) }
            await room.expectRefusal(.unknownThing) { try await room.show(id, of: label, true) }
            #expect(try await room.add(1, to: label).isNew)
        }
    }

    @Test("the database lets no picture stand without its files, nor a file stay behind")
    func whole() async throws {
        try await withStockRoom { room in
            let label = try await room.laptop()
            let id = try await room.add(1, to: label).picture.id
            // Looked at when everything is written: at the end of the transaction.
            await #expect(throws: PostgresError.self) {
                try await room.sql.transaction { tx in
                    try tx.execute(
                        "update device_pictures set ended_at = now(), ended_by = taken_by where id = \(id)"
                    )
                }
            }
            let bare: ID<Picture> = room.store.newID()
            await #expect(throws: PostgresError.self) {
                try await room.sql.transaction { tx in
                    try tx.execute(
                        """
                        insert into device_pictures (id, device_id, sha256, width, height, taken_at, taken_by)
                        select \(bare), device_id, sha256('x'), 1, 1, taken_at, taken_by
                        from device_pictures where id = \(id)
                        """
                    )
                }
            }
            #expect(try await room.store.pictures(of: label).map(\.id) == [id])
            let gate = "device_pictures_are_whole_or_gone"
            #expect(await room.constraint("delete from device_picture_files") == gate)
            let thumbnail: SQL = "delete from device_picture_files where size = 'thumbnail'"
            #expect(await room.constraint(thumbnail) == gate)
            try await room.remove(id, of: label)
            let late: SQL = """
                insert into device_picture_files (picture_id, size, jpeg) values (\(id), 'full', '\\xffd8ff')
                """
            #expect(await room.constraint(late) == gate)
            for statement in [
                "update device_pictures set ended_at = null, ended_by = null",
                "update device_pictures set ended_at = ended_at + interval '1 day'",
            ] as [SQL] {
                #expect(await room.constraint(statement) == "intervals_are_closed_once")
            }
        }
    }

    @Test("a passport shows what somebody put on it, and no other machine’s")
    func passport() async throws {
        try await withStockRoom { room in
            let (label, other) = (
                try await room.laptop(), try await room.laptop(serial: "5CD8123DEF")
            )
            func token(_ label: DeviceLabel) async throws -> PassportToken {
                let text = try #require(try await room.store.passport(label).token)
                return try #require(PassportToken(text))
            }
            let (passport, others) = (try await token(label), try await token(other))
            let id = try await room.add(1, to: label, .screen).picture.id
            func seen(_ passport: PassportToken) async throws -> [ID<Picture>] {
                try await room.store.pictures(onPassport: passport).map(\.id)
            }
            #expect(try await seen(passport) == [])
            await room.expectRefusal(.unknownThing) {
                _ = try await room.store.picture(id, onPassport: passport, .full)
            }
            for _ in 0..<2 { try await room.show(id, of: label, true) }
            #expect(try await seen(passport) == [id])
            #expect(try await seen(others) == [])
            #expect(
                try await room.store.picture(id, onPassport: passport, .thumbnail).last == 1
            )
            await room.expectRefusal(.unknownThing) {
                _ = try await room.store.picture(id, onPassport: others, .full)
            }
            try await room.show(id, of: label, false)
            #expect(try await seen(passport) == [])
            #expect(try await room.count("select count(*) from device_picture_showings") == 2)
            try await room.show(id, of: label, true)
            try await room.remove(id, of: label)
            #expect(try await seen(passport) == [])
            await room.expectRefusal(.unknownThing) {
                _ = try await room.store.picture(id, onPassport: passport, .full)
            }
        }
    }

    @Test("another shop’s machine is not there, to read and to write")
    func elsewhere() async throws {
        try await withStockRoom { room in
            let label = try await room.laptop()
            let id = try await room.add(1, to: label).picture.id
            let elsewhere: ID<Shop> = room.store.newID()
            let stranger = Staff(
                id: room.staff.id,
                operatorCode: "KA",
                name: "Karim",
                language: .french,
                firstDay: false,
                roles: [Staff.Held(role: .stockManager, shop: elsewhere)],
                till: nil
            )
            await room.expectRefusal(.deviceUnknown) {
                _ = try await room.store.pictures(of: label, in: .shops([elsewhere]))
            }
            await room.expectRefusal(.deviceUnknown) {
                _ = try await room.store.picture(id, of: label, .full, in: .shops([elsewhere]))
            }
            await room.expectRefusal(.deviceUnknown) {
                _ = try await room.add(2, to: label, by: stranger)
            }
            await room.expectRefusal(.deviceUnknown) {
                try await room.remove(id, of: label, by: stranger)
            }
            await room.expectRefusal(.deviceUnknown) {
                try await room.show(id, of: label, true, by: stranger)
            }
        }
    }

    /// What the tool would make of a file of its own: only its first bytes are a JPEG’s.
    fileprivate static func picture(_ number: UInt8) -> NewPicture {
        NewPicture(
            sha256: Data(repeating: number, count: 32),
            width: 4,
            height: 3,
            full: [0xff, 0xd8, 0xff, number],
            thumbnail: [0xff, 0xd8, 0xff, 0, number]
        )
    }
}

extension StockRoom {
    fileprivate func add(
        _ number: UInt8,
        to label: DeviceLabel,
        _ caption: PictureCaption? = nil,
        key: ID<Claim>? = nil,
        by staff: Staff? = nil
    ) async throws -> AddedPicture {
        try await store.addPicture(
            DevicePictureTests.picture(number),
            of: label,
            caption: caption,
            key: key ?? self.key(),
            by: staff ?? self.staff
        )
    }

    fileprivate func remove(_ id: ID<Picture>, of label: DeviceLabel, by staff: Staff? = nil)
        async throws
    {
        _ = try await store.removePicture(id, of: label, key: key(), by: staff ?? self.staff)
    }

    fileprivate func show(
        _ id: ID<Picture>,
        of label: DeviceLabel,
        _ isShown: Bool,
        by staff: Staff? = nil
    ) async throws {
        _ = try await store.showPicture(
            id,
            of: label,
            onPassport: isShown,
            key: key(),
            by: staff ?? self.staff
        )
    }
}
