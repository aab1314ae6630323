import Postgres
import Shop
import Store
import Testing

@Suite("Wipe logs open the gate of the disks that they name")
struct ImportErasuresTests {
    /// A log of one drive, as nwipe writes it: erased on 5 January 2026, read again on its last pass.
    private func log(
        serial: String = "50026B7782F1A2C4",
        status: String = " Erased ",
        at day: String = "2026/01/05"
    ) -> HardwareUpload {
        let text = """
            [\(day) 10:00:00]    info: nwipe 0.37
            [\(day) 10:00:01]  notice: Found /dev/sda,  ATA    , KINGSTON SA400S37240G, 240 GB, S/N=\(serial)
            [\(day) 10:00:01]  notice:   verify   = 1 (last pass)
            [\(day) 10:00:02]  notice: /dev/sda has serial number \(serial)
            [\(day) 10:00:02]  notice: /dev/sda, sect/blk/dev 512/4096/240057409536
            [\(day) 10:00:02]  notice: Invoking method 'PRNG Stream' on /dev/sda
            [\(day) 11:10:00]  notice: 240057409536 bytes written to /dev/sda
            [\(day) 11:18:14]  notice: Finished final round 1 of 1 on /dev/sda

            ******************************** Error Summary *********************************
            !   Device | Pass Errors | Verifications Errors | Fdatasync I\\O Errors
            --------------------------------------------------------------------------------
                   sda |           0 |                    0 |                    0
            ********************************************************************************

            ********************************* Drive Status *********************************
            !   Device | Status | Thru-put | HH:MM:SS | Model/Serial Number
            --------------------------------------------------------------------------------
                   sda |\(status)|   51 MB/s | 01:18:12 | KINGSTON SA400S3/\(serial)
            --------------------------------------------------------------------------------
            [\(day) 11:18:20]    info: Nwipe successfully completed. See summary table for details.
            """
        return HardwareUpload(path: "wipe.log", bytes: Array(text.utf8))
    }

    private func give(_ upload: HardwareUpload, in room: StockRoom) async throws -> HardwareImport {
        try await room.store.importHardware(
            [upload],
            into: room.shop,
            fromPublicBody: false,
            by: room.staff
        )[0]
    }

    @Test("the log of its own disk opens the shelf, once, and is kept as it came (C1, C2, X7)")
    func opens() async throws {
        try await withStockRoom { room in
            let label = try await room.laptop()
            try await room.inspect(label)
            #expect(
                try await refusalReason { _ = try await room.shelve(label) } == .deviceNotErased
            )
            let seen = try await room.store.previewHardware([log()])[0]
            #expect(seen.outcome == .new(nil) && seen.format == .nwipe)
            #expect(try await room.count("select count(*) from erasures") == 0)

            let first = try await give(log(), in: room)
            #expect(first.outcome == .new(nil))
            #expect(first.drives.map(\.outcome) == [.erased(label: label.description)])
            #expect(first.drives.map(\.level) == [.clear])
            let again = try await give(log(), in: room)
            #expect(again.outcome == .known(.erasures(labels: [label.description])))
            #expect(
                try await room.count(
                    """
                    select count(*) from erasures e join erasure_logs l on l.sha256 = e.file_sha256
                    where e.method = 'overwrite' and e.level = 'clear' and e.verified and e.tool = 'nwipe'
                      and e.tool_version = '0.37' and e.disk_serial = '50026B7782F1A2C4' and e.unit_serial = '5CD8123ABC'
                      and e.erased_at = '2026-01-05 10:18:14+00'
                    """
                ) == 1
            )
            _ = try await room.shelve(label)
        }
    }

    @Test(
        "a log names its disk whatever stands between the letters, and before the machine is there it waits"
    )
    func waits() async throws {
        try await withStockRoom { room in
            let early = try await give(log(serial: "50026b77-82f1a2c4"), in: room)
            #expect(early.drives.map(\.outcome) == [.refused(.diskUnknown)])
            guard case .refused(let told) = early.outcome else {
                Issue.record("not refused")
                return
            }
            #expect(told.reason == .fileErasesNothing)
            #expect(try await room.count("select count(*) from erasure_logs") == 0)
            let label = try await room.laptop()
            let late = try await give(log(serial: "50026b77-82f1a2c4"), in: room)
            #expect(late.drives.map(\.outcome) == [.erased(label: label.description)])
        }
    }

    @Test(
        "what proves nothing, is of another disk, of a former life or of the future opens nothing (C2, X7)"
    )
    func refuses() async throws {
        try await withStockRoom { room in
            let label = try await room.laptop()
            func told(_ upload: HardwareUpload, in room: StockRoom) async throws
                -> [DriveImport.Outcome]
            {
                try await give(upload, in: room).drives.map(\.outcome)
            }
            #expect(
                try await told(log(status: "UABORTED"), in: room) == [.refused(.doubtful(.aborted))]
            )
            #expect(
                try await told(log(status: "-FAILED-"), in: room) == [.refused(.doubtful(.failed))]
            )
            #expect(
                try await told(log(serial: "XXXXXXXXXXXX"), in: room)
                    == [.refused(.doubtful(.serialUnknown))]
            )
            #expect(
                try await told(log(serial: "50026B7782F1A2C5"), in: room)
                    == [.refused(.diskUnknown)]
            )
            #expect(try await told(log(at: "2026/03/03"), in: room) == [.refused(.ahead)])
            #expect(try await room.count("select count(*) from erasures") == 0)

            // It was on the shelf and left for after-sales: the log of before opens nothing any more.
            try await room.prepare(label)
            _ = try await room.shelve(label)
            try await room.leave(label, as: "after_sales", at: StockRoom.noon.adding(seconds: 60))
            let back = room.later(days: 1)
            #expect(
                try await told(log(), in: back) == [.refused(.before(label: label.description))]
            )
            #expect(
                try await told(log(at: "2026/03/03"), in: room.later(days: 2))
                    == [.erased(label: label.description)]
            )
        }
    }

    @Test(
        "a disk that moved to another machine takes its past along: an old log opens nothing there (X7)"
    )
    func moved() async throws {
        try await withStockRoom { room in
            let first = try await room.laptop()
            try await room.prepare(first)
            _ = try await room.shelve(first)
            try await room.leave(first, as: "after_sales", at: StockRoom.noon.adding(seconds: 60))
            let back = room.later(days: 1)
            _ = try await back.store.removeDisk(nil, of: first, key: room.key(), by: room.staff)
            let second = try await back.laptop(serial: "5CD8123ABD")
            let old = try await give(log(), in: back)
            #expect(old.drives.map(\.outcome) == [.refused(.before(label: second.description))])
            let now = try await give(log(at: "2026/03/03"), in: room.later(days: 2))
            #expect(now.drives.map(\.outcome) == [.erased(label: second.description)])
        }
    }

    @Test("in one drop a log finds the disk of a machine that stands behind it")
    func together() async throws {
        try await withStockRoom { room in
            let results = try await room.store.importHardware(
                [log(), StockRoom.laptop()],
                into: room.shop,
                fromPublicBody: false,
                by: room.staff
            )
            #expect(results.map(\.format) == [.nwipe, .lshw])
            #expect(results[0].drives.map(\.outcome) == [.erased(label: "LIPC26-0001")])
        }
    }

    @Test("whoever works in another shop's stock learns nothing of this one's disks")
    func elsewhere() async throws {
        try await withStockRoom { room in
            _ = try await room.laptop()
            let other = Staff(
                id: room.staff.id,
                operatorCode: "KA",
                name: "Karim",
                language: .french,
                firstDay: false,
                roles: [Staff.Held(role: .stockManager, shop: room.store.newID())],
                till: nil
            )
            let seen = try await room.store.previewHardware([log()], by: other)[0]
            #expect(seen.drives.map(\.outcome) == [.refused(.diskUnknown)])
        }
    }
}
