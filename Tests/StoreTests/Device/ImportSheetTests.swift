import Foundation
import Shop
import Store
import Testing

@Suite("A refurbisher’s sheet makes a machine of each row")
struct ImportSheetTests {
    static let header = [
        "Numéro Lot", "Identifiant unique", "Type matériel", "Constructeur", "Model", "N° Serie",
        "Processeur",
        "Type disque 1", "Taille disque 1", "Type disque 2", "taille disque 2", "RAM", "DVD",
        "Webcam", "ECRAN",
        "REMARQUES", "Grade esth.", "Catégorie", "Erreur calcul",
    ]

    static func row(
        _ reference: String,
        _ kind: String = "Portable",
        serial: String,
        disk: String = "SSD",
        size: String = "256"
    ) -> [String] {
        [
            "L12", reference, kind, "HP", "ProBook 450 G5", serial, "Intel Core i5-8250U", disk,
            size, "", "", "8",
            "Non", "Oui", "15,6", "", "B", "A", "",
        ]
    }

    static func sheet(_ rows: [[String]], named name: String = "lot.csv") -> HardwareUpload {
        let lines =
            ["BOLC v2", "", ""] + ([header] + rows).map { $0.joined(separator: ";") }
        return HardwareUpload(path: name, bytes: Array(lines.joined(separator: "\r\n").utf8))
    }

    @Test("good rows are taken in, bad ones named, and the sheet again makes nothing twice (P10)")
    func rows() async throws {
        try await withStockRoom { room in
            let upload = Self.sheet([
                Self.row("A1", serial: "5CD8123BO1"),
                Self.row("A2", "Grille-pain", serial: "5CD8123BO2"),
                Self.row("A3", "UC", serial: "5CD8123BO3", disk: "HDD", size: "500"),
                Self.row("A4", "Ecran", serial: "5CD8123BO4", disk: "", size: ""),
            ])
            let preview = try await room.store.previewHardware([upload], by: room.staff)[0]
            #expect(preview.rows.map(\.line) == [5, 6, 7, 8])
            #expect(preview.outcome == .new(nil) && preview.format == .bolcComputers)
            #expect(try await room.store.devices().items.isEmpty)
            let taken = try await room.imported(upload)
            let labels = taken.rows.map(\.result.newLabel)
            #expect(labels[1] == nil && labels.compactMap(\.self).count == 3)
            guard case .refused(let refusal) = taken.rows[1].result.outcome else {
                Issue.record("the toaster was taken in")
                return
            }
            #expect(refusal.told(in: .french).what.isEmpty == false)
            let kinds = try await room.store.devices().items.map(\.kind)
            #expect(Set(kinds) == [.laptop, .desktop, .screen])
            let laptop = try await room.store.device(DeviceLabel.typed(labels[0] ?? ""))
            #expect(laptop.device.memoryMB == 8192 && laptop.serial == "5CD8123BO1")
            #expect(laptop.disks.map(\.sizeGB) == [256] && laptop.disks[0].erasure == nil)
            let screen = try await room.store.device(DeviceLabel.typed(labels[3] ?? ""))
            #expect(screen.disks.isEmpty)
            // The same rows under another name: known one by one.
            let again = try await room.imported(
                Self.sheet(
                    [
                        Self.row("A1", serial: "5CD8123BO1"), Self.row("A5", serial: "5CD8123BO5"),
                    ],
                    named: "autre.csv"
                )
            )
            #expect(again.rows.map(\.result.isKnown) == [true, false])
            let whole = try await room.imported(upload)
            #expect(whole.outcome == .known(.sheet(rows: 3)))
            #expect(try await room.store.devices().items.count == 4)
        }
    }

    @Test("a row of a known machine changes nothing of its disks, and its erasure stays")
    func knownMachine() async throws {
        try await withStockRoom { room in
            let label = try await room.laptop(serial: "5CD8123BO7")
            try await room.prepare(label)
            // Same maker and model as the tool wrote.
            var row = Self.row("B1", serial: "5CD8123BO7", size: "512")
            row[4] = "HP ProBook 450 G5"
            let taken = try await room.imported(Self.sheet([row]))
            #expect(taken.rows[0].result.isKnown)
            let card = try await room.store.device(label)
            #expect(card.disks.map(\.sizeGB) == [240] && card.device.erased)
        }
    }

    @Test("each row goes into the register with its lot (C5)")
    func lot() async throws {
        try await withStockRoom { room in
            let batch = try await room.lot(of: .company)
            _ = try await room.receive(batch)
            let upload = Self.sheet((1...20).map { Self.row("C\($0)", serial: "5CD9000C\($0)") })
            let taken = try await room.store.importHardware(
                [upload],
                into: room.shop,
                fromPublicBody: false,
                batch: batch,
                by: room.staff
            )[0]
            #expect(taken.rows.compactMap(\.result.newLabel).count == 20)
            #expect(try await room.entries().map(\.ordinal) == Array(1...21))
            #expect(try await room.store.batch(batch).batch.devices == 20)
        }
    }
}

extension StockRoom {
    fileprivate func imported(_ upload: HardwareUpload) async throws -> HardwareImport {
        try await store.importHardware([upload], into: shop, fromPublicBody: false, by: staff)[0]
    }
}

extension HardwareImport {
    fileprivate var newLabel: String? { if case .new(let label) = outcome { label } else { nil } }
    fileprivate var isKnown: Bool { if case .known = outcome { true } else { false } }
}
