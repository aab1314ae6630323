import Testing

@testable import Shop

@Suite("BOLC sheets of refurbishers")
struct BOLCSheetTests {
    static let computers = [
        "Numéro Lot", "Identifiant unique", "Type matériel", "Constructeur", "Model", "N° Serie",
        "Processeur", "Type disque 1", "Taille disque 1", "Type disque 2", "taille disque 2", "RAM",
        "DVD", "Webcam", "ECRAN", "REMARQUES", "Grade esth.", "Catégorie", "Erreur calcul",
    ]
    static let phones = [
        "Numéro Lot", "Identifiant unique", "Type matériel", "Constructeur", "Model", "IMEI",
        "Processeur", "OS", "Taille stockage", "RAM", "État Batterie", "Taille écran", "Résolution",
        "Chargeur", "Opérateur", "Statut", "Commentaire", "Couleur", "Grade esth.", "Catégorie",
        "erreur",
    ]
    static let laptop = [
        "L24-07", "LILPC24-0102", "Portable", "Dell", "Latitude E6440", "3QX8M12",
        "Intel Core i5-4300M",
        "SSD", "256 Go", "HDD", "1 To", "8", "oui", "oui", "14\"", "charnière usée", "B", "A", "",
    ]
    static let phone = [
        "L24-08", "LILSM24-0007", "Smartphone", "Samsung", "Galaxy A12", "356938035643809",
        "Helio P35", "Android 11", "64", "4 Go", "87%", "6,5", "720x1600", "non", "libre", "testé",
        "rayure", "noir", "B", "B", "",
    ]

    static func sheet(_ header: [String], _ rows: [[String]]) throws -> BOLCSheet {
        let titles = [["Modèle BOLC v2"], [], ["", "à remplir"]]
        let all = (titles + [header] + rows).enumerated()
            .map { SheetRow(number: $0.offset + 1, cells: $0.element) }
        return try #require(BOLCSheet(all))
    }

    static func device(_ cells: [String], in header: [String] = computers) throws -> BOLCDevice {
        let row = try #require(try sheet(header, [cells]).rows.first)
        return try row.read.get()
    }

    /// The laptop with one cell changed.
    static func laptop(_ column: String, _ value: String) throws -> BOLCDevice {
        var cells = laptop
        cells[try #require(computers.firstIndex(of: column))] = value
        return try device(cells)
    }

    @Test("a row of computers is a machine")
    func computer() throws {
        #expect(Self.computers.count == 19)
        let device = try Self.device(Self.laptop)
        #expect(device.batch == "L24-07" && device.reference == "LILPC24-0102")
        #expect(device.kind == .laptop && device.maker == "Dell")
        #expect(device.model == "Latitude E6440" && device.serial?.text == "3QX8M12")
        #expect(device.processor == "Intel Core i5-4300M" && device.memoryMB == 8192)
        #expect(device.disks == [Disk(.ssd, 256, nil), Disk(.hdd, 1000, nil)])
        #expect(device.screen == "14.0\"" && device.remarks == "charnière usée")
        #expect(device.cosmeticGrade == "B" && device.category == .a)
        #expect(device.others == ["DVD": "oui", "Webcam": "oui"])
    }

    @Test("a row of phones is a machine")
    func phone() throws {
        #expect(Self.phones.count == 21)
        let sheet = try Self.sheet(Self.phones, [Self.phone])
        #expect(sheet.kind == .phones && sheet.format == .bolcPhones)
        let device = try sheet.rows[0].read.get()
        #expect(device.kind == .smartphone && device.imei == "356938035643809")
        #expect(device.storageGB == 64 && device.memoryMB == 4096)
        #expect(device.batteryHealthPercent == 87 && device.screen == "6.5\" 720x1600")
        #expect(device.remarks == "rayure" && device.category == .b)
        #expect(
            device.others == [
                "OS": "Android 11", "Chargeur": "non", "Opérateur": "libre", "Statut": "testé",
                "Couleur": "noir",
            ]
        )
    }

    @Test(
        "the header is found among titles, in any order, with accents or without, and nowhere else",
        arguments: [
            (computers, BOLCSheet.Kind.computers), (computers.reversed(), .computers),
            (computers.map { $0.uppercased() }, .computers), (phones, .phones),
            (["Nom", "Type"], nil), (Array(computers.prefix(5)), nil), ([], nil),
        ] as [([String], BOLCSheet.Kind?)]
    )
    func headers(header: [String], kind: BOLCSheet.Kind?) {
        let rows = [[], ["BOLC"], [], header].enumerated()
            .map { SheetRow(number: $0.offset + 1, cells: $0.element) }
        #expect(BOLCSheet(rows)?.kind == kind)
    }

    @Test("a header below the twentieth row is none")
    func lowHeader() {
        func rows(_ titles: Int) -> [SheetRow] {
            (Array(repeating: ["x"], count: titles) + [Self.computers]).enumerated()
                .map { SheetRow(number: $0.offset + 1, cells: $0.element) }
        }
        #expect(BOLCSheet(rows(19)) != nil)
        #expect(BOLCSheet(rows(20)) == nil)
    }

    @Test(
        "drives are read as people write them",
        arguments: [
            ("NVMe", "512", Disk(.nvme, 512, nil)), ("SSD NVME", "0,5 To", Disk(.nvme, 500, nil)),
            ("M.2", "128Go", Disk(.ssd, 128, nil)), ("eMMC", "32 GB", Disk(.ssd, 32, nil)),
            ("hdd", "1 TB", Disk(.hdd, 1000, nil)), ("SATA", "320.0", Disk(.hdd, 320, nil)),
            ("Mécanique", "250", Disk(.hdd, 250, nil)),
            ("", "250", Disk(.unknown, 250, nil)), ("SSD", "", Disk(.ssd, nil, nil)),
            ("aucun", "", nil), ("", "0", nil), ("-", "-", nil), ("", "", nil),
        ] as [(String, String, Disk?)]
    )
    func drives(kind: String, size: String, expected: Disk?) throws {
        var cells = Self.laptop
        cells[7] = kind
        cells[8] = size
        cells[9] = ""
        cells[10] = ""
        #expect(try Self.device(cells).disks == [expected].compactMap { $0 })
    }

    @Test(
        "kinds and categories are read as people write them",
        arguments: [
            ("Type matériel", "PC Portable", "laptop"), ("Type matériel", "UC", "desktop"),
            ("Type matériel", "Unité centrale", "desktop"),
            ("Type matériel", "Tout-en-un", "all_in_one"),
            ("Type matériel", "Écran", "screen"), ("Type matériel", "TABLETTE", "tablet"),
            ("Catégorie", "premium", "premium"), ("Catégorie", "HC", "hc"), ("Catégorie", "", "-"),
            ("Catégorie", "INVENDABLE", "-"), ("Catégorie", "MARAUDE", "-"),
            ("Erreur calcul", "CPU inconnu", "-"), ("Erreur calcul", "0", "a"),
        ]
    )
    func words(column: String, value: String, expected: String) throws {
        let device = try Self.laptop(column, value)
        #expect(
            (column == "Type matériel" ? device.kind.rawValue : device.category?.rawValue ?? "-")
                == expected
        )
    }

    @Test(
        "a cell that says nothing sensible refuses its row, and names its column",
        arguments: [
            ("RAM", "7,5", Reason.cellUnreadable), ("RAM", "-8", .cellUnreadable),
            ("RAM", "beaucoup", .cellUnreadable), ("RAM", "999999", .cellUnreadable),
            ("Taille disque 1", "-256", .cellUnreadable),
            ("Taille disque 1", "grand", .cellUnreadable),
            ("Taille disque 1", "9999999999999", .cellUnreadable),
            ("Type disque 1", "disquette", .cellUnreadable),
            ("Type matériel", "grille-pain", .cellUnreadable),
            ("Type matériel", "", .cellUnreadable),
            ("Catégorie", "Z", .cellUnreadable),
            ("Constructeur", "", .fieldMissing), ("Model", " ", .fieldMissing),
            ("N° Serie", String(repeating: "A1", count: 2_000), .fieldTooLong),
        ]
    )
    func refuses(column: String, value: String, reason: Reason) throws {
        var cells = Self.laptop
        cells[try #require(Self.computers.firstIndex(of: column))] = value
        let sheet = try Self.sheet(Self.computers, [Self.laptop, cells, ["", ""], Self.phone])
        #expect(sheet.rows.map(\.number) == [5, 6, 8])
        guard case .failure(let fault) = sheet.rows[1].read else {
            Issue.record("the row was read")
            return
        }
        #expect(fault.field == column && fault.refusal.reason == reason)
        let told = fault.refusal.told(in: .french)
        #expect(!(told.what + told.why + told.now).contains("{"))
    }

    @Test("a phone's number is 15 digits with their key, the first where there are two")
    func imei() {
        func imei(_ text: String) -> String {
            var cells = Self.phone
            cells[5] = text
            do { return try Self.device(cells, in: Self.phones).imei ?? "none" } catch {
                return "refused"
            }
        }
        #expect(imei("35 693803 564380 9") == "356938035643809")
        #expect(imei("356938035643809 / 490154203237518") == "356938035643809")
        #expect(imei("") == "none" && imei("-") == "none")
        #expect(imei("356938035643808") == "refused" && imei("3569380356438") == "refused")
    }

    @Test("a machine that stands twice is refused the second time")
    func twice() throws {
        var other = Self.laptop
        other[1] = "LILPC24-0103"
        other[5] = ""
        var sameSerial = Self.laptop
        sameSerial[1] = "LILPC24-0104"
        let sheet = try Self.sheet(Self.computers, [Self.laptop, other, Self.laptop, sameSerial])
        let reasons: [Reason?] = sheet.rows.map { row in
            if case .failure(let fault) = row.read { return fault.refusal.reason }
            return nil
        }
        #expect(reasons == [nil, nil, .rowRepeated, .rowRepeated])
    }

    @Test(
        "saved as CSV it reads the same, between any delimiters, in UTF-8 or as Excel writes it in France",
        arguments: [";", ",", "\t"]
    )
    func csv(delimiter: String) throws {
        func line(_ cells: [String]) -> String {
            cells.map { "\"\($0.replacing("\"", with: "\"\""))\"" }.joined(separator: delimiter)
        }
        var bad = Self.laptop
        bad[11] = "x"
        let lines = [
            "Modèle BOLC v2", "", "À remplir par l'atelier", line(Self.computers),
            line(Self.laptop),
            line(bad), "\"un guillemet",
            line(Self.laptop.map { $0.replacing("0102", with: "0110") }),
        ]
        let text = lines.joined(separator: "\r\n")
        let ansi = text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
        for bytes in [Array(text.utf8), ansi, [0xEF, 0xBB, 0xBF] + Array(text.utf8)] {
            let file = try EquipmentFile.read(bytes, named: "x")
            guard case .sheet(let sheet) = file.content else {
                Issue.record("no sheet")
                continue
            }
            #expect(file.format == .bolcComputers)
            #expect(sheet.rows.map(\.number) == [5, 6, 7, 8])
            let read = sheet.rows.map { try? $0.read.get() }
            #expect(read[0]?.remarks == "charnière usée" && read[1] == nil && read[2] == nil)
            #expect(read[3]?.reference == "LILPC24-0110" || read[3] == nil)
        }
    }

    @Test("a name that holds markup is text")
    func markup() throws {
        #expect(try Self.laptop("Model", "<b>E6440</b>").model == "<b>E6440</b>")
    }
}
