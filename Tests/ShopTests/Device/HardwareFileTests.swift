import Testing

@testable import Shop

@Suite("Hardware files that cannot be taken")
struct HardwareFileTests {
    static func nested(_ depth: Int) -> String {
        String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }

    @Test(
        "each is refused by its own reason",
        arguments: [
            ("", HardwareRefusal.Cause.empty),
            (" \n", .empty),
            ("{", .truncated(line: 1)),
            ("{\"id\": \"x\",\n\"class\": \"sys", .truncated(line: 2)),
            ("[1", .truncated(line: 1)),
            ("{\"id\": tru", .truncated(line: 1)),
            ("{\"id\": x}", .malformed(line: 1, column: 8)),
            ("{\"id\": 1}}", .malformed(line: 1, column: 10)),
            ("{\n \"id\" 1}", .malformed(line: 2, column: 7)),
            ("{\"id\": \"\\q\"}", .malformed(line: 1, column: 10)),
            ("{\"a\": [1, 2,]}", .malformed(line: 1, column: 13)),
            (nested(64), .unknownFormat),
            (nested(65), .tooDeep),
            (nested(100_000), .tooDeep),
            (String(repeating: "{\"a\":", count: 100_000), .tooDeep),
            ("[" + String(repeating: "0,", count: 500_001) + "0]", .tooManyValues(most: 500_000)),
            ("[]", .unknownFormat),
            ("{\"name\": \"a web app\"}", .unknownFormat),
            ("Bonjour", .unknownFormat),
            ("%PDF-1.7 \u{0}", .notText),
        ]
    )
    func refuses(text: String, reason: HardwareRefusal.Cause) {
        #expect(refusal(text.utf8)?.cause == reason)
    }

    @Test("a file above the limit is refused before it is read, one at the limit is read")
    func limits() {
        let most = [UInt8](repeating: UInt8(ascii: " "), count: HardwareFile.bytesMax)
        #expect(refusal(most)?.cause == .empty)
        #expect(refusal(most + [0x7B])?.cause == .tooLarge(bytes: HardwareFile.bytesMax + 1))
    }

    @Test("an accent reads the same in UTF-8, with its mark, in UTF-16 and in Latin-1")
    func encodings() throws {
        let text = LshwTests.system(vendor: "Société É")
        let units = Array(text.utf16)
        let little = units.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }
        let big = units.flatMap { [UInt8($0 >> 8), UInt8(truncatingIfNeeded: $0)] }
        let forms: [[UInt8]] = [
            Array(text.utf8), [0xEF, 0xBB, 0xBF] + Array(text.utf8), [0xFF, 0xFE] + little,
            [0xFE, 0xFF] + big, little, big, text.unicodeScalars.map { UInt8($0.value) },
        ]
        for form in forms {
            #expect(try HardwareFile.read(form, named: "x").hardware.maker == "Société É")
        }
    }

    @Test(
        "bytes that are no text are refused",
        arguments: [
            [0x50, 0x4B, 0x03, 0x04, 0xFF], [0x89, 0x50, 0x4E, 0x47, 0xFF],
            [0xFF, 0xD8, 0xFF, 0xE0],
            [0xFF, 0xFE, 0x00, 0xD8], [0x00], [0x1F, 0x8B, 0x08, 0x00],
        ] as [[UInt8]]
    )
    func noText(bytes: [UInt8]) {
        #expect(refusal(bytes)?.cause == .notText)
    }

    @Test("one byte-order mark is taken off; a file of nothing else is no inventory")
    func manyMarks() {
        let marks = Array(repeating: [0xEF, 0xBB, 0xBF] as [UInt8], count: 20_000).flatMap { $0 }
        #expect(refusal(marks + Array(LshwTests.system().utf8))?.cause == .unknownFormat)
    }

    @Test("more parts than any machine has are refused, as many as the limit are read")
    func manyParts() throws {
        func flash(_ count: Int) -> String {
            (0..<count).map { index in
                """
                {"class": "disk", "businfo": "mmc@0:0001", "logicalname": "/dev/mmcblk\(index)", "size": 62537072640}
                """
            }.joined(separator: ",")
        }
        func storages(_ count: Int) -> String {
            (0..<count).map { "{\"name\": \"mmcblk\($0)\", \"disksize\": 1000}" }
                .joined(separator: ",")
        }
        let most = HardwareFile.partsMax
        #expect(try read(LshwTests.system(core: flash(most - 2))).disks.count == most - 2)
        let tooMany = HardwareRefusal.Cause.tooManyValues(most: most)
        #expect(refusal(LshwTests.system(core: flash(most - 1)).utf8)?.cause == tooMany)
        let glpi = GLPIInventoryTests.inventory
        _ = try read(glpi(", \"storages\": [\(storages(most))]", "\"itemtype\": \"Computer\""))
        for section in ["storages", "memories", "cpus", "batteries", "monitors", "videos"] {
            let text = glpi(
                ", \"\(section)\": [\(storages(most + 1))]",
                "\"itemtype\": \"Computer\""
            )
            #expect(refusal(text.utf8)?.cause == tooMany)
        }
    }

    @Test("a name of megabytes is refused for its length, whatever it is made of")
    func hugeNames() {
        let unseen = String(repeating: "\u{200B}", count: 1_000_000)
        let cause = refusal(LshwTests.system(product: unseen).utf8)?.cause
        #expect(cause == .fieldTooLong(field: "product", start: "", length: 1_000_000))
    }

    @Test("memory is told up to what any machine holds, and is unread beyond")
    func memory() throws {
        func banks(_ count: Int, _ size: String, _ units: String = "bytes") -> String {
            let bank = """
                {"id": "memory", "class": "memory", "description": "System Memory", "units": "\(units)",
                 "size": \(size)}
                """
            return Array(repeating: bank, count: count).joined(separator: ",")
        }
        let most = "35184372088832"
        #expect(try read(LshwTests.system(core: banks(1, most))).memoryMB == 33_554_432)
        #expect(try read(LshwTests.system(core: banks(1, "35184372088833"))).memoryMB == nil)
        #expect(try read(LshwTests.system(core: banks(2, most))).memoryMB == nil)
        let huge = banks(10, "999999999999999", "KiB")
        #expect(try read(LshwTests.system(core: huge)).memoryMB == nil)
        let seen = GLPIInventoryTests.inventory("").replacing("7800", with: "99999999999")
        #expect(try read(seen).memoryMB == nil)
        let modules = Array(repeating: "{\"capacity\": 33554432}", count: 2).joined(separator: ",")
        #expect(
            try read(GLPIInventoryTests.inventory(", \"memories\": [\(modules)]")).memoryMB == 7800
        )
    }

    @Test("a stock number that melts into the bracket before it takes nothing else away")
    func meltingStockNumber() throws {
        let text = LshwTests.system(product: "(\u{301})")
            .replacing("\"sku\": \"LENOVO_MT_20BV\"", with: "\"sku\": \"\u{301}\"")
        #expect(try read(text).maker == "LENOVO")
    }

    @Test("a name of 200 characters is taken, one of 10,000 is refused by field, start and length")
    func longNames() throws {
        let most = String(repeating: "é", count: 200)
        #expect(try read(LshwTests.system(product: most)).model == most)
        let refused = refusal(LshwTests.system(product: String(repeating: "x", count: 10_000)).utf8)
        #expect(refused?.refusal.facts["field"] == .text("product"))
        #expect(
            refused?.cause
                == .fieldTooLong(
                    field: "product",
                    start: String(repeating: "x", count: 40),
                    length: 10_000
                )
        )
        let stacked = "e" + String(repeating: "\u{301}", count: 10_000)
        #expect(
            refusal(LshwTests.system(product: stacked).utf8)?.refusal.reason == .fileValueOutOfRange
        )
    }

    @Test(
        "names keep their words and lose what cannot be seen",
        arguments: [
            ("'; drop table devices; --", "'; drop table devices; --"),
            ("<script>alert(1)</script>", "<script>alert(1)</script>"),
            ("\\u202EkooBorP\\u202C", "kooBorP"),
            ("Pro\\u0000Book\\u0007", "ProBook"),
            ("  Pro \\t\\n Book ", "Pro Book"),
            ("محمول", "محمول"),
            ("Pro\\ud83d\\ude00 \\ud83d", "Pro😀"),
        ]
    )
    func names(written: String, expected: String) throws {
        let model = try read(LshwTests.system(product: written)).model
        #expect(model == expected)
    }

    @Test("a number that no machine word holds is passed over")
    func hugeNumbers() throws {
        let core = LshwTests.disk("/dev/sda", product: "X", size: "18446744073709551104")
        #expect(try read(LshwTests.system(core: core)).disks.isEmpty)
    }

    @Test("every refusal names the file, and every fact that its words ask for is there")
    func words() {
        let causes: [HardwareRefusal.Cause] =
            [
                .empty, .tooLarge(bytes: 50_000_000), .notText, .unknownFormat, .truncated(line: 3),
                .malformed(line: 3, column: 4), .tooDeep, .tooManyValues(most: 500_000),
                .severalComputers(count: 2),
                .partOfAComputer(field: "class", value: "disk"),
                .notAComputer(field: "itemtype", value: "Phone"),
                .fieldTooLong(field: "product", start: "x", length: 300), .expands,
                .diskHealth, .spreadsheet,
            ] + HardwareRefusal.OtherFormat.allCases.map { .otherFormat($0) }
        for cause in causes {
            let refused = HardwareRefusal(file: "fiche.json", format: nil, cause: cause).refusal
            for language in Language.allCases {
                let told = refused.told(in: language)
                #expect(told.what.hasPrefix("fiche.json"))
                #expect(!(told.what + told.why + told.now).contains("{"))
            }
        }
    }

    @Test("a disguised machine keeps its whole contract in JSON")
    func contract() throws {
        let core = LshwTests.disk("/dev/sda", product: "KINGSTON SA400S37240G")
        let hardware = try read(LshwTests.system(product: "ProBook", serial: "0", core: core))
        #expect(
            try json(hardware)
                == #"{"chassis":"laptop","disks":[{"kind":"ssd","serial":"50026B7782F1A2C4","size_gb":240}],"#
                + #""maker":"LENOVO","model":"ProBook","remarks":["no_true_serial","memory_unread"]}"#
        )
    }
}
