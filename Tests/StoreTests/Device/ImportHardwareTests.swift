import Postgres
import Shop
import Store
import Testing

@Suite("Hardware files become machines")
struct ImportHardwareTests {
    @Test("a preview says what an import would do and writes nothing")
    func preview() async throws {
        try await withStockRoom { room in
            let uploads = [
                StockRoom.laptop(), StockRoom.laptop(), StockRoom.laptop(disk: "ABCD1234"),
                HardwareUpload(path: "photo.png", bytes: [0x89, 0x50, 0x4E, 0x47, 0xFF]),
            ]
            let results = try await room.store.previewHardware(uploads)
            #expect(
                results.map(\.file) == [
                    "5CD8123ABC.json", "5CD8123ABC.json", "5CD8123ABC.json", "photo.png",
                ]
            )
            #expect(results[0].outcome == .new(nil))
            #expect(results[1].outcome == .known(.twin(file: "5CD8123ABC.json")))
            #expect(results[2].outcome == .known(.twin(file: "5CD8123ABC.json")))
            #expect(
                results[3].outcome == .refused(Refusal(.fileNotText, ["file": .text("photo.png")]))
            )
            #expect(try await room.count("select count(*) from devices") == 0)
            #expect(try await room.count("select count(*) from label_counters") == 0)
        }
    }

    @Test("a file makes a machine with the shop's next label, its disks and its raw document")
    func imports() async throws {
        try await withStockRoom { room in
            #expect(try await room.take(StockRoom.laptop()) == .new("LIPC26-0001"))
            #expect(
                try await room.take(StockRoom.laptop(serial: "5CD8123ABD")) == .new("LIPC26-0002")
            )
            let card = try await room.store.device(DeviceLabel.typed("LIPC26-0001"))
            #expect(card.device.maker == "HP")
            #expect(card.device.model == "HP ProBook 450 G5")
            #expect(card.device.memoryMB == 8192)
            #expect(card.device.stage == .inWork)
            #expect(card.serial == "5CD8123ABC")
            #expect(card.disks.map(\.serial) == ["50026B7782F1A2C4"])
            #expect(card.disks.map(\.kind) == [.ssd])
            #expect(
                card.history.map(\.kind)
                    == [.takenIn, .fileRead].sorted { $0.rawValue < $1.rawValue }
            )
            let bytes = StockRoom.laptop().bytes.count
            #expect(
                try await room.count(
                    "select length(document) from hardware_files where name = '5CD8123ABC.json'"
                ) == bytes
            )
        }
    }

    @Test(
        "the same file, and another file of the same machine, find it again; a new disk waits for its erasure"
    )
    func known() async throws {
        try await withStockRoom { room in
            let label = try await room.laptop()
            try await room.erase(label)
            #expect(try await room.take(StockRoom.laptop()) == .known(.file(label: "LIPC26-0001")))
            #expect(
                try await room.later(days: 30).take(StockRoom.laptop(disk: "ZZZZ9999"))
                    == .known(.identity(label: "LIPC26-0001"))
            )
            let card = try await room.store.device(label)
            #expect(card.disks.map(\.serial) == ["ZZZZ9999"])
            #expect(card.device.erased == false)
            #expect(
                card.history.first?.kind == .diskRemoved || card.history.first?.kind == .fileRead
            )
            #expect(try await room.count("select count(*) from devices") == 1)
            #expect(try await room.count("select count(*) from hardware_files") == 2)
        }
    }

    @Test(
        "a file of other disks changes nothing on the shelf, and is taken once the machine is in work (C1)"
    )
    func otherDisks() async throws {
        try await withStockRoom { room in
            let label = try await room.laptop()
            try await room.prepare(label)
            _ = try await room.shelve(label)
            let other = StockRoom.laptop(disk: "ZZZZ9999")
            let known = HardwareImport.Known.otherDisks(
                label: "LIPC26-0001",
                stage: .onShelf,
                gone: try await room.store.device(label).disks.map(\.stored),
                new: [StoredDisk(kind: .ssd, sizeGB: 240, serial: "ZZZZ9999")]
            )
            #expect(try await room.store.previewHardware([other])[0].outcome == .known(known))
            #expect(try await room.take(other) == .known(known))
            #expect(known.words(in: .english).contains("In the file alone: ZZZZ9999."))
            #expect(known.words(in: .french).contains("50026B7782F1A2C4"))
            #expect(
                try await room.store.device(label).disks.map(\.serial) == ["50026B7782F1A2C4"]
            )
            // What says the same disks is kept, wherever the machine is.
            let same = HardwareUpload(path: "again.json", bytes: StockRoom.laptop().bytes + [10])
            #expect(try await room.take(same) == .known(.identity(label: "LIPC26-0001")))
            try await room.leave(label, as: "after_sales", at: StockRoom.noon.adding(seconds: 3600))
            let next = room.later(days: 1)
            #expect(try await next.take(other) == .known(.identity(label: "LIPC26-0001")))
            #expect(try await next.store.device(label).disks.map(\.serial) == ["ZZZZ9999"])
            #expect(try await next.store.device(label).device.erased == false)
        }
    }

    @Test("machines without a true serial are as many as their files")
    func junkSerials() async throws {
        try await withStockRoom { room in
            for disk in ["AAAA1111", "BBBB2222"] {
                guard
                    case .new = try await room.take(
                        StockRoom.laptop(serial: "System Serial Number", disk: disk)
                    )
                else {
                    Issue.record("taken for a known machine")
                    return
                }
            }
            #expect(
                try await room.count("select count(*) from devices where identity is null") == 2
            )
        }
    }

    @Test("twenty imports of one machine at once make one machine")
    func race() async throws {
        try await withStockRoom { room in
            let outcomes = try await withThrowingTaskGroup(of: HardwareImport.Outcome.self) {
                group in
                for index in 0..<20 {
                    group.addTask {
                        try await room.take(
                            StockRoom.laptop(disk: index % 2 == 0 ? "AAAA1111" : "BBBB2222")
                        )
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            let new = outcomes.filter { if case .new = $0 { true } else { false } }
            #expect(new == [.new("LIPC26-0001")])
            #expect(try await room.count("select count(*) from devices") == 1)
            #expect(
                try await room.count("select count(*) from device_disks where removed_at is null")
                    == 1
            )
        }
    }

    @Test("fifty machines at once get fifty labels without a gap")
    func labels() async throws {
        try await withStockRoom { room in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for index in 0..<50 {
                    group.addTask { _ = try await room.laptop(serial: "5CD8123A\(10 + index)") }
                }
                try await group.waitForAll()
            }
            #expect(try await room.count("select count(distinct label) from devices") == 50)
            #expect(try await room.count("select last from label_counters") == 50)
            #expect(
                try await room.count(
                    "select count(*) from devices where label between 'LIPC26-0001' and 'LIPC26-0050'"
                ) == 50
            )
        }
    }

    @Test("a machine whose storage was not read holds a disk that somebody must look at")
    func unreadStorage() async throws {
        try await withStockRoom { room in
            let text = """
                {"itemtype": "Computer", "content": {"bios": {"smanufacturer": "HP", "smodel": "X", "ssn": "5CD8123ABC"},
                 "hardware": {"chassis_type": "Laptop"}}}
                """
            _ = try await room.take(HardwareUpload(path: "glpi.json", bytes: Array(text.utf8)))
            let label = try DeviceLabel.typed("LIPC26-0001")
            #expect(try await room.store.device(label).disks.map(\.kind) == [.unknown])
            #expect(try await room.store.device(label).device.erased == false)
            _ = try await room.store.removeDisk(nil, of: label, key: room.key(), by: room.staff)
            #expect(try await room.store.device(label).disks.isEmpty)
            #expect(try await room.store.device(label).device.erased)
        }
    }

    @Test("a machine written down by hand gets a label of its kind, or keeps the one it wears")
    func byHand() async throws {
        try await withStockRoom { room in
            func device(_ kind: DeviceKind, serial: String, label: String? = nil) throws
                -> NewDevice
            {
                try NewDevice(
                    kind: kind,
                    maker: ShortText(typed: "Samsung", field: .name),
                    model: ShortText(typed: "Galaxy A71", field: .name),
                    serial: serial,
                    label: label,
                    disks: [.init(kind: .ssd, sizeGB: 128, serial: "")],
                    fromPublicBody: false
                )
            }
            func take(_ device: NewDevice) async throws -> String {
                try await room.store.takeInDevice(
                    device,
                    into: room.shop,
                    key: room.key(),
                    by: room.staff
                )
            }
            let labels = [
                try await take(device(.smartphone, serial: "R58N123ABC")),
                try await take(device(.tablet, serial: "R58N123ABD", label: "LITA26-0041")),
                try await take(device(.tablet, serial: "R58N123ABE")),
            ]
            #expect(labels == ["LISM26-0001", "LITA26-0041", "LITA26-0042"])
            await #expect(throws: Refusal.self) {
                try await take(device(.smartphone, serial: "r58n123abc"))
            }
            await #expect(throws: Refusal.self) {
                try await take(device(.tablet, serial: "R58N123ABF", label: "LITA26-0041"))
            }
        }
    }
}

extension DeviceCard.FittedDisk {
    fileprivate var stored: StoredDisk {
        StoredDisk(kind: kind, sizeGB: sizeGB, serial: serial)
    }
}
