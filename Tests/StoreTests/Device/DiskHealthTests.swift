import Postgres
import Shop
import Testing

@testable import Store

@Suite("Disks say how worn they are")
struct DiskHealthTests {
    /// What `smartctl -j` prints of the laptop's own disk.
    private func report(
        serial: String = "50026B7782F1A2C4",
        passed: Bool = true,
        reallocated: Int = 0,
        hours: Int = 12_345
    ) -> HardwareUpload {
        let text = """
            {"json_format_version": [1, 0], "smartctl": {"version": [7, 3]},
             "device": {"name": "/dev/sda", "info_name": "/dev/sda [SAT]", "type": "sat", "protocol": "ATA"},
             "model_name": "KINGSTON SA400S37240G", "serial_number": "\(serial)", "rotation_rate": 0,
             "user_capacity": {"bytes": 240057409536}, "smart_status": {"passed": \(passed)},
             "power_on_time": {"hours": \(hours)},
             "ata_smart_attributes": {"table": [{"id": 5, "raw": {"value": \(reallocated)}}]}}
            """
        return HardwareUpload(path: "disque.json", bytes: Array(text.utf8))
    }

    private func give(_ upload: HardwareUpload, in room: StockRoom) async throws -> HardwareImport {
        try await room.store.importHardware(
            [upload],
            into: room.shop,
            fromPublicBody: false,
            by: room.staff
        )[0]
    }

    @Test("a report is held against the disk of its serial, once, and kept as it came")
    func records() async throws {
        try await withStockRoom { room in
            try await room.setDiskLimits()
            let label = try await room.laptop()
            #expect(try await room.store.device(label).disks[0].health == nil)
            let seen = try await room.store.previewHardware([report()])[0]
            #expect(seen.outcome == .new(nil) && seen.format == .smartctl)
            #expect(try await room.count("select count(*) from disk_healths") == 0)
            #expect(try await give(report(), in: room).outcome == .new(nil))
            #expect(
                try await give(report(), in: room).outcome
                    == .known(.healths(labels: [label.description]))
            )
            let health = try #require(try await room.store.device(label).disks[0].health)
            #expect(health.condition == .good)
            #expect(health.wear.powerOnHours == 12_345)
            #expect(
                try await room.count(
                    """
                    select count(*) from disk_healths w join health_files f on f.sha256 = w.file_sha256
                    where length(f.document) = \(report().bytes.count)
                    """
                ) == 1
            )
        }
    }

    @Test("the last report counts, and a failing disk is to be replaced")
    func last() async throws {
        try await withStockRoom { room in
            try await room.setDiskLimits()
            let label = try await room.laptop()
            _ = try await give(report(), in: room)
            _ = try await give(report(reallocated: 8), in: room.later(days: 1))
            #expect(try await room.store.device(label).disks[0].health?.condition == .watch)
            _ = try await give(report(passed: false), in: room.later(days: 2))
            #expect(try await room.store.device(label).disks[0].health?.condition == .replace)
        }
    }

    @Test("a report of no disk of the shop is refused and says why")
    func refuses() async throws {
        try await withStockRoom { room in
            _ = try await room.laptop()
            let result = try await give(report(serial: "ABCD12345"), in: room)
            guard case .refused(let refusal) = result.outcome else {
                Issue.record("it was taken")
                return
            }
            #expect(refusal.reason == .fileHealthOfNothing)
            #expect(refusal.told(in: .french).why.contains("aucun appareil"))
            #expect(try await room.count("select count(*) from health_files") == 0)
        }
    }

    @Test("a report dropped before its machine in the same drop is read after it")
    func together() async throws {
        try await withStockRoom { room in
            try await room.setDiskLimits()
            let results = try await room.store.importHardware(
                [report(), StockRoom.laptop()],
                into: room.shop,
                fromPublicBody: false,
                by: room.staff
            )
            #expect(results.map(\.outcome) == [.new(nil), .new("LIPC26-0001")])
        }
    }
}

extension StockRoom {
    fileprivate func setDiskLimits() async throws {
        try await execute(
            """
            insert into dated_numbers (name, starts_on, amount, recorded_at)
            values ('disk_watch_percent', '2000-01-01', 80, now()), ('disk_replace_percent', '2000-01-01', 100, now()),
                   ('disk_replace_sectors', '2000-01-01', 50, now())
            """
        )
    }
}
