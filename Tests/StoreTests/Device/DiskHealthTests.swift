import Postgres
import Shop
import Testing

@testable import Store

@Suite("Disks say how worn they are")
struct DiskHealthTests {
    /// What `smartctl -j` prints of the laptop's own disk.
    private func report(
        serial: String = "50026B7782F1A2C4",
        passed: Bool? = true,
        reallocated: Int? = 0,
        percent: Int? = nil,
        hours: Int? = 12_345
    ) -> HardwareUpload {
        let told = [
            passed.map { #""smart_status": {"passed": \#($0)}"# },
            hours.map { #""power_on_time": {"hours": \#($0)}"# },
            percent.map { #""endurance_used": {"current_percent": \#($0)}"# },
            reallocated.map {
                #""ata_smart_attributes": {"table": [{"id": 5, "raw": {"value": \#($0)}}]}"#
            },
        ].compactMap(\.self).joined(separator: ", ")
        let text = """
            {"json_format_version": [1, 0], "smartctl": {"version": [7, 3]},
             "device": {"name": "/dev/sda", "info_name": "/dev/sda [SAT]", "type": "sat", "protocol": "ATA"},
             "model_name": "KINGSTON SA400S37240G", "serial_number": "\(serial)", "rotation_rate": 0,
             "user_capacity": {"bytes": 240057409536}, \(told)}
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

    /// A machine that is ready but for what its disk says, the report that says so, and the later one.
    struct Later: Sendable {
        let name: String
        let first: Report
        let second: Report?
        let isFailing: Bool

        struct Report: Sendable {
            var passed: Bool? = true
            var reallocated: Int? = 0
            var percent: Int?
            var hours: Int? = 12_345
        }
    }

    @Test(
        "a machine with a failing disk stays off the shelf, until a later report of that disk clears it",
        arguments: [
            Later(name: "sound", first: .init(), second: nil, isFailing: false),
            Later(
                name: "few sectors",
                first: .init(reallocated: 49),
                second: nil,
                isFailing: false
            ),
            Later(
                name: "many sectors",
                first: .init(reallocated: 50),
                second: nil,
                isFailing: true
            ),
            Later(name: "worn", first: .init(percent: 99), second: nil, isFailing: false),
            Later(name: "used up", first: .init(percent: 100), second: nil, isFailing: true),
            Later(
                name: "its own verdict",
                first: .init(passed: false),
                second: nil,
                isFailing: true
            ),
            Later(
                name: "passes now",
                first: .init(passed: false),
                second: .init(hours: 12_350),
                isFailing: false
            ),
            Later(
                name: "says no verdict now",
                first: .init(passed: false),
                second: .init(passed: nil),
                isFailing: true
            ),
            Later(
                name: "says nothing of its sectors now",
                first: .init(reallocated: 50),
                second: .init(reallocated: nil),
                isFailing: true
            ),
            Later(
                name: "says nothing of its use now",
                first: .init(percent: 100),
                second: .init(),
                isFailing: true
            ),
            Later(
                name: "an older report, sent later",
                first: .init(passed: false),
                second: .init(hours: 12_344),
                isFailing: true
            ),
            Later(
                name: "a report without its hours",
                first: .init(passed: false),
                second: .init(hours: nil),
                isFailing: false
            ),
            Later(
                name: "fails since",
                first: .init(),
                second: .init(passed: false, hours: 12_346),
                isFailing: true
            ),
        ]
    )
    func failing(_ given: Later) async throws {
        func report(_ told: Later.Report) -> HardwareUpload {
            self.report(
                passed: told.passed,
                reallocated: told.reallocated,
                percent: told.percent,
                hours: told.hours
            )
        }
        try await withStockRoom { room in
            try await room.setDiskLimits()
            let label = try await room.laptop()
            try await room.prepare(label)
            _ = try await give(report(given.first), in: room)
            if let second = given.second {
                _ = try await give(report(second), in: room.later(days: 1))
            }
            let later = room.later(days: 2)
            let card = try await later.store.device(label)
            #expect(card.device.sound == !given.isFailing)
            #expect((card.disks[0].health?.condition == .replace) == given.isFailing)
            #expect((card.device.step == .toInspect) == given.isFailing)
            let waiting = try await later.store.devices(at: .step(.toInspect)).items
            #expect(waiting.map(\.label) == (given.isFailing ? [label.description] : []))
            let refusal = try await refusalReason { _ = try await later.shelve(label) }
            #expect(refusal == (given.isFailing ? .deviceDiskFailing : nil))
        }
    }

    @Test("the disk is taken out, or another one says so: nothing else keeps the machine")
    func replaced() async throws {
        try await withStockRoom { room in
            try await room.setDiskLimits()
            let label = try await room.laptop()
            try await room.prepare(label)
            _ = try await give(report(passed: false), in: room)
            #expect(
                try await refusalReason { _ = try await room.shelve(label) } == .deviceDiskFailing
            )
            _ = try await room.store.removeDisk(nil, of: label, key: room.key(), by: room.staff)
            #expect(try await room.store.device(label).device.sound)
            _ = try await room.shelve(label)
        }
    }

    @Test("the same disk written down again, as another tool reads it, fails all the same")
    func writtenDownAgain() async throws {
        try await withStockRoom { room in
            try await room.setDiskLimits()
            let label = try await room.laptop()
            _ = try await give(report(passed: false), in: room)
            _ = try await room.store.removeDisk(nil, of: label, key: room.key(), by: room.staff)
            #expect(try await room.store.device(label).device.sound)
            try await room.execute(
                """
                insert into device_disks (id, device_id, kind, size_gb, serial, fitted_at)
                select gen_random_uuid(), device_id, 'nvme', size_gb + 12, lower(serial), removed_at from device_disks
                """
            )
            let card = try await room.store.device(label)
            #expect(!card.device.sound)
            #expect(card.disks.map { $0.health?.condition } == [.replace])
        }
    }

    @Test(
        "what fails on the shelf neither leaves it for a person nor gets another price, by no statement either"
    )
    func onTheShelf() async throws {
        try await withStockRoom { room in
            try await room.setDiskLimits()
            let label = try await room.laptop()
            try await room.prepare(label)
            _ = try await room.shelve(label)
            _ = try await give(report(passed: false), in: room)
            #expect(try await room.store.device(label).device.step == .toWithdraw)
            try await room.setBoardDays()
            let later = try await room.later(days: 31).store.deviceBoard()
            let waiting = later.sections.filter { $0.count > 0 }
            #expect(waiting.map(\.step) == [.toWithdraw])
            #expect(waiting.map(\.late) == [1] && waiting.map(\.since) == [StockRoom.noon])
            let kept = try await room.store.devices(at: .step(.toWithdraw)).items
            #expect(kept.map(\.label) == [label.description])
            for kind in ["sale", "gift"] {
                let exit: SQL = """
                    insert into exits (device_id, ordinal, kind, left_at, sale_id)
                    select id, 1, \(kind), \(StockRoom.noon.adding(seconds: 60)), gen_random_uuid() from devices
                    """
                #expect(await room.constraint(exit) == "exits_need_sound_disks")
            }
            let repriced = try await refusalReason {
                _ = try await room.store.repriceDevice(
                    label,
                    price: Cents(8000),
                    isUnusualMeant: true,
                    key: room.key(),
                    by: room.staff
                )
            }
            #expect(repriced == .deviceDiskFailing)
            _ = try await room.store.takeOffShelf(
                label,
                motive: ShortText(typed: "Disque", field: .motive),
                key: room.key(),
                by: room.staff
            )
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
