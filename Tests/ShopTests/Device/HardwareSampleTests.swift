import Testing

@testable import Shop

@Suite(
    "Real hardware files come out as they read",
    .enabled(if: HardwareSamples.areThere, "the sample files are not beside the project")
)
struct HardwareSampleTests {
    struct Expected: Sendable, CustomTestStringConvertible {
        let file: String
        let maker: String
        let model: String
        var serial: String?
        let chassis: Chassis
        var processor: String?
        let memoryMB: Int?
        var disks: [Disk] = []
        var battery: Int?
        var screen: String?
        var remarks: [HardwareRemark] = []
        var testDescription: String { file }
    }

    @Test(arguments: [
        Expected(
            file: "lshw-json/e5530.lshw.json",
            maker: "Dell Inc.",
            model: "Latitude E5530 non-vPro",
            serial: "D8FTRY1",
            chassis: .laptop,
            processor: "Intel(R) Core(TM) i5-3340M CPU @ 2.70GHz",
            memoryMB: 8192,
            disks: [Disk(.hdd, 500, "TF755AWHKL0LHM")]
        ),
        Expected(
            file: "lshw-json/1000h.lshw.json",
            maker: "ASUSTeK Computer INC.",
            model: "1000H",
            serial: "8BOAAQ191999",
            chassis: .laptop,
            processor: "Intel(R) Atom(TM) CPU N270 @ 1.60GHz",
            memoryMB: 2048,
            disks: [Disk(.ssd, 32, "C304332411")]
        ),
        Expected(
            file: "lshw-json/acer-happy.lshw.json",
            maker: "Acer",
            model: "AOHAPPY",
            serial: "LUSEA0D010038879A01601",
            chassis: .laptop,
            processor: "Intel(R) Atom(TM) CPU N450 @ 1.66GHz",
            memoryMB: 1024,
            disks: [Disk(.hdd, 160, "WD-WX11A80W7430")]
        ),
        Expected(
            file: "lshw-json/optiplex-745.lshw.json",
            maker: "Dell Inc.",
            model: "OptiPlex 745",
            serial: "HQ5583J",
            chassis: .desktop,
            processor: "Intel(R) Core(TM)2 CPU 6400 @ 2.13GHz",
            memoryMB: 2048,
            disks: [Disk(.hdd, 320, "WD-WMAV2W580992")]
        ),
        Expected(
            file: "lshw-json/virtualbox-no-hdd.lshw.json",
            maker: "innotek GmbH",
            model: "VirtualBox",
            chassis: .unknown,
            processor: "Intel(R) Core(TM) i7-2620M CPU @ 2.70GHz",
            memoryMB: 1016,
            remarks: [.virtualMachine, .noTrueSerial]
        ),
        Expected(
            file: "glpi-json/computer_1.json",
            maker: "Dell Inc.",
            model: "XPS 13 9350",
            serial: "640HP72",
            chassis: .laptop,
            processor: "Intel(R) Core(TM) i5-6200U CPU @ 2.30GHz",
            memoryMB: 8192,
            disks: [Disk(.nvme, 256, "S29NNXAH146409")],
            battery: 88,
            screen: "13.3\" 1920x1080"
        ),
        Expected(
            file: "glpi-json/computer_2.json",
            maker: "Dell Inc.",
            model: "XPS 13 9350",
            serial: "2FAGP34",
            chassis: .laptop,
            memoryMB: 7830,
            remarks: [.storageUnread]
        ),
        Expected(
            file: "fusioninventory-xml/1.xml",
            maker: "TOSHIBA",
            model: "PORTEGE Z30-A",
            serial: "9E113232I",
            chassis: .laptop,
            processor: "Intel(R) Core(TM) i5-4210U CPU @ 1.70GHz",
            memoryMB: 8192,
            disks: [Disk(.ssd, 250, nil)],
            screen: "13.2\" 1366x768"
        ),
        Expected(
            file: "fusioninventory-xml/2.xml",
            maker: "Hewlett-Packard",
            model: "HP EliteBook 2540p",
            serial: "CZC0479792",
            chassis: .laptop,
            processor: "Intel(R) Core(TM) i5 CPU M 540 @ 2.53GHz",
            memoryMB: 4096,
            disks: [Disk(.hdd, 250, "101024PCK204VJJVAMYJ")]
        ),
        Expected(
            file: "dmidecode/optiplex-3050.txt",
            maker: "Dell Inc.",
            model: "OptiPlex 3050",
            chassis: .desktop,
            processor: "Intel(R) Core(TM) i5-7500 CPU @ 3.40GHz",
            memoryMB: 20480,
            remarks: [.noTrueSerial, .storageUnread]
        ),
        Expected(
            file: "dmidecode/thinkpad-t430.txt",
            maker: "LENOVO",
            model: "ThinkPad T430",
            chassis: .laptop,
            processor: "Intel(R) Core(TM) i5-3380M CPU @ 2.90GHz",
            memoryMB: 8192,
            remarks: [.noTrueSerial, .storageUnread]
        ),
        Expected(
            file: "ereuse-snapshot/optiplex-745.snapshot.json",
            maker: "Dell Inc.",
            model: "OptiPlex 745",
            serial: "HQ5583J",
            chassis: .tower,
            processor: "Intel Core2 CPU 6400 @ 2.13GHz",
            memoryMB: 2048,
            disks: [Disk(.hdd, 320, "WD-WMAV2W580992")]
        ),
        Expected(
            file: "ereuse-snapshot/erase-sectors-2-hdd.snapshot.yaml",
            maker: "bar",
            model: "baz",
            chassis: .tower,
            processor: "Intel Core i3-2100 CPU @ 3.10GHz",
            memoryMB: 4096,
            disks: [Disk(.hdd, 320, "WD-WCAV29008961"), Disk(.hdd, 320, "WD-WCAV27984668")],
            remarks: [.noTrueSerial]
        ),
        Expected(
            file: "ereuse-snapshot/virtualbox-no-hdd.snapshot.json",
            maker: "innotek GmbH",
            model: "VirtualBox",
            chassis: .unknown,
            memoryMB: nil,
            remarks: [.virtualMachine, .noTrueSerial, .memoryUnread]
        ),
    ])
    func reads(_ expected: Expected) throws {
        let hardware = try HardwareSamples.hardware(expected.file)
        #expect(hardware.maker == expected.maker)
        #expect(hardware.model == expected.model)
        #expect(hardware.serial?.text == expected.serial)
        #expect(hardware.chassis == expected.chassis)
        #expect(hardware.processor == expected.processor)
        #expect(hardware.memoryMB == expected.memoryMB)
        #expect(hardware.disks == expected.disks)
        #expect(hardware.batteryHealthPercent == expected.battery)
        #expect(hardware.screen == expected.screen)
        #expect(hardware.remarks == expected.remarks)
    }

    @Test(
        "what is not a computer is refused by its own word",
        arguments: [("glpi-json/phone_1.json", "Phone"), ("glpi-json/printer_1.json", "Printer")]
    )
    func refuses(file: String, value: String) throws {
        let refused = refusal(try HardwareSamples.bytes(file))
        #expect(refused?.cause == .notAComputer(field: "itemtype", value: value))
        #expect(refused?.format == .glpi)
        let told = refused?.refusal.told(in: .english)
        #expect(told?.why == "According to the file it is something else: “\(value)”.")
    }

    @Test("a phone's XML inventory is refused by the system that it runs")
    func refusesPhone() throws {
        let refused = refusal(try HardwareSamples.bytes("fusioninventory-xml/13.xml"))
        #expect(refused?.format == .fusionInventory)
        #expect(
            refused?.cause
                == .notAComputer(
                    field: "content.operatingsystem.full_name",
                    value: "Snow Cone Android 12.0 api 31"
                )
        )
    }

    @Test(
        "what disks say of themselves is evidence, and no computer",
        arguments: [
            (
                "smartctl-json/smart-ata.json",
                DiskHealth(
                    model: "WDC WD140EDFZ-11A0VA0",
                    serial: nil,
                    kind: .hdd,
                    sizeGB: 14001,
                    passed: true,
                    powerOnHours: 1730,
                    reallocatedSectors: 0,
                    pendingSectors: 0,
                    percentageUsed: nil
                )
            ),
            (
                "smartctl-json/smart-fail2.json",
                DiskHealth(
                    model: "Hitachi HDS721050DLE630",
                    serial: Serial(read: "MSK423Y20S3HBC"),
                    kind: .hdd,
                    sizeGB: 500,
                    passed: false,
                    powerOnHours: 65592,
                    reallocatedSectors: 1975,
                    pendingSectors: 8,
                    percentageUsed: nil
                )
            ),
            (
                "smartctl-json/smart-nvme-failed.json",
                DiskHealth(
                    model: "Samsung SSD 970 EVO 500GB",
                    serial: Serial(read: "S466NX0M776250H"),
                    kind: .nvme,
                    sizeGB: 500,
                    passed: true,
                    powerOnHours: 12798,
                    reallocatedSectors: nil,
                    pendingSectors: nil,
                    percentageUsed: 3
                )
            ),
        ]
    )
    func health(file: String, expected: DiskHealth) throws {
        let bytes = try HardwareSamples.bytes(file)
        let read = try EquipmentFile.read(bytes, named: file)
        #expect(read.health == [expected])
        #expect(read.content == .evidence && read.format == .smartctl)
    }

    @Test("a snapshot's erasures stand beside its computer, a drive each")
    func erasures() throws {
        let bytes = try HardwareSamples.bytes("ereuse-snapshot/erase-sectors-2-hdd.snapshot.yaml")
        let log = try #require(try EquipmentFile.read(bytes, named: "x").erasures)
        #expect(log.tool == "Workbench" && log.toolVersion == "11.0a3")
        #expect(log.drives.map(\.serial?.text) == ["WD-WCAV29008961", "WD-WCAV27984668"])
        #expect(log.drives.map(\.durationSeconds) == [3730, 3652])
        #expect(log.drives[0].started?.iso == "2018-07-13T10:52:45Z")
        #expect(log.drives[0].ended?.iso == "2018-07-13T11:54:55Z")
        for drive in log.drives {
            #expect(drive.isProven && !drive.isVerified)
            #expect(drive.method == .overwrite && drive.level == .clear)
            #expect(drive.methodName == "EraseBasic" && drive.sizeGB == 320)
        }
    }

    @Test(
        "cut anywhere, or with a byte changed, a real file is read or refused, and never stops the shop"
    )
    func survivesDamage() throws {
        var random = SeededRandom(seed: 26)
        for file in ["lshw-json/1000h.lshw.json", "glpi-json/computer_1.json"] {
            let bytes = try HardwareSamples.bytes(file)
            for _ in 0..<40 {
                let cut = Int.random(in: 1..<bytes.count - 2, using: &random)
                #expect(refusal(bytes[..<cut])?.refusal.reason == .fileTruncated)
                var changed = bytes
                changed[Int.random(in: bytes.indices, using: &random)] = UInt8.random(
                    in: 0...255,
                    using: &random
                )
                _ = refusal(changed)
            }
        }
    }

    @Test(
        "whatever number stands in a real file, what is read of it fits the shop's columns",
        arguments: [
            "-9223372036854775808", "9223372036854775807", "-1", "0", "1e400", "-0.5",
            "999999999999999", "1000000000000000", "999999999999999999999999999999",
            "35184372088832", "35184372088833", "4294967295", "2147483648", "\"12\u{20E3}\"",
            "1.\(String(repeating: "9", count: 5_000))",
        ]
    )
    func survivesNumbers(number: String) throws {
        for file in ["lshw-json/1000h.lshw.json", "glpi-json/computer_1.json"] {
            let text = String(decoding: try HardwareSamples.bytes(file), as: UTF8.self)
            let numbers = text.matches(of: /: ?"?(-?[0-9]+)"?(?=[,\s])/)
            #expect(numbers.count > 20)
            var all = text
            for (place, match) in numbers.enumerated().reversed() {
                var one = text
                one.replaceSubrange(match.range, with: ": \(number)")
                all.replaceSubrange(match.range, with: ": \(number)")
                if place.isMultiple(of: 9) { try fits(one) }
            }
            try fits(all)
        }
    }

    private func fits(_ text: String) throws {
        guard let hardware = try? read(text) else { return }
        #expect(hardware.memoryMB.map { 1...33_554_432 ~= $0 } ?? true)
        #expect(hardware.batteryHealthPercent.map { 0...100 ~= $0 } ?? true)
        #expect(hardware.disks.allSatisfy { 0...1_000_000 ~= $0.sizeGB ?? 0 })
    }
}

/// The same numbers on each run. Source: Marsaglia, "Xorshift RNGs", 2003.
struct SeededRandom: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return state
    }
}
