import Foundation
import Testing

@testable import Shop

@Suite("Snapshots of Workbench, as its versions differ")
struct WorkbenchTests {
    /// A snapshot of version 11 in YAML.
    static func yaml(
        device: String = "  type: Laptop\n  chassis: Netbook",
        components: String = ""
    ) -> String {
        """
        # taken at the refurbisher's
        type: Snapshot
        uuid: 5387668a-8d21-4053-a1ac-36efb97fc3ea
        software: Workbench
        version: '11.0b9'
        closed: yes
        endTime: 0001-01-01 00:00:00+00:00
        device:
          manufacturer: ASUSTeK Computer INC.
          model: 1001PXD
          serialNumber: B8OAAS048286
        \(device)
        components:
          - type: Processor
            model: "Intel Atom CPU N455 @ 1.66GHz"
            serialNumber: ~
          - {type: RamModule, size: 1024, manufacturer: null}
        \(components)
        """
    }

    static func lite(_ data: String, software: String = "Workbench") -> String {
        """
        {"timestamp": "2022-05-13 13:09:11.8", "type": "Snapshot", "software": "\(software)",
         "version": "2022.5.2-beta", "schema_api": "1.0.0", "data": {\(data)}}
        """
    }

    /// The text as a JSON string.
    static func quoted(_ text: String) -> String {
        String(decoding: (try? JSONEncoder().encode(text)) ?? Data(), as: UTF8.self)
    }

    static let disk = """
        {"smartctl": {"version": [7, 2]}, "device": {"name": "/dev/sda", "type": "sat", "protocol": "ATA"},
         "model_name": "Unheard Of", "serial_number": "50026B7782F1A2C4", "rotation_rate": 0,
         "user_capacity": {"bytes": 240057409536}, "smart_status": {"passed": true}, "power_on_time": {"hours": 12}}
        """

    @Test("YAML says what JSON says: its numbers, its nothings, its two ways to write a list")
    func readsYAML() throws {
        let text = Self.yaml(
            components: """
                  - type: SolidStateDrive
                    model: KINGSTON SA400S3
                    serialNumber: 50026B7782F1A2C4
                    size: 240057.0
                  - type: HardDrive
                    interface: USB
                    size: 500107
                """
        )
        let file = try HardwareFile.read(Array(text.utf8), named: "x")
        #expect(file.format == .workbench)
        let hardware = file.hardware
        #expect(hardware.maker == "ASUSTeK Computer INC." && hardware.model == "1001PXD")
        #expect(hardware.serial?.text == "B8OAAS048286" && hardware.chassis == .laptop)
        #expect(hardware.processor == "Intel Atom CPU N455 @ 1.66GHz")
        #expect(hardware.memoryMB == 1024)
        #expect(hardware.disks == [Disk(.ssd, 240, "50026B7782F1A2C4")])
        #expect(hardware.remarks.isEmpty)
    }

    @Test(
        "a size is what drives are sold in, whichever way a version divided",
        arguments: [
            (320_073, 320), (305_245, 320), (500_107, 500), (476_940, 500), (152_627, 160),
            (228_936, 240), (123_456, 123),
        ]
    )
    func sizes(written: Int, expected: Int) throws {
        let drive = "  - {type: HardDrive, size: \(written)}"
        #expect(try read(Self.yaml(components: drive)).disks == [Disk(.hdd, expected, nil)])
    }

    @Test("a screen and a battery are told by the components")
    func parts() throws {
        let components = """
              - {type: Display, size: 15.6, resolutionWidth: 1366, resolutionHeight: 768}
              - {type: Battery, size: 5000, actions: [{type: MeasureBattery, size: 4100}]}
            """
        let hardware = try read(Self.yaml(components: components))
        #expect(hardware.screen == "15.6\" 1366x768")
        #expect(hardware.batteryHealthPercent == 82)
    }

    @Test("what is no computer is refused by its own word")
    func refusesPhone() {
        let text = Self.yaml(device: "  type: Smartphone")
        #expect(
            refusal(text.utf8)?.cause == .notAComputer(field: "device.type", value: "Smartphone")
        )
    }

    @Test("a lite snapshot is read from lshw first, as a document or as its text")
    func lshw() throws {
        let system = LshwTests.system(core: LshwTests.disk("/dev/sda", product: "Unheard Of"))
        for part in [system, Self.quoted(system), "[\(system)]"] {
            let text = Self.lite(
                "\"lshw\": \(part), \"smart\": [\(Self.disk)], \"lspci\": \"00:00.0\""
            )
            let file = try EquipmentFile.read(Array(text.utf8), named: "x")
            guard case .computer(let hardware) = file.content else {
                Issue.record("no computer")
                continue
            }
            #expect(hardware.maker == "LENOVO" && hardware.serial?.text == "PC05T1X9")
            // smartctl knows the kind, which the model's name does not tell.
            #expect(hardware.disks == [Disk(.ssd, 240, "50026B7782F1A2C4")])
            #expect(file.health.map(\.powerOnHours) == [12])
        }
    }

    @Test("what lshw leaves out, dmidecode says")
    func completes() throws {
        let system = LshwTests.system(serial: "0")
        let dump = DmidecodeTests.dump(maker: "LENOVO", serial: "PC05T1X9")
        let text = Self.lite("\"lshw\": \(system), \"dmidecode\": \(Self.quoted(dump))")
        let hardware = try read(text)
        #expect(hardware.serial?.text == "PC05T1X9" && hardware.memoryMB == 2048)
        #expect(hardware.remarks.isEmpty)
    }

    @Test("without lshw, dmidecode and smartctl as text make a machine with its drives")
    func strings() throws {
        let dump = DmidecodeTests.dump()
        let stick = Self.disk.replacing("\"type\": \"sat\"", with: "\"type\": \"usbjmicron\"")
        let data =
            "\"dmidecode\": \(Self.quoted(dump)), \"smartctl\": \(Self.quoted("[\(Self.disk), \(stick)]"))"
            + ", \"inxi\": \"\", \"lshw\": \"\""
        for text in [
            Self.lite(data, software: "workbench-script"),
            """
            {"type": ["VerifiableCredential"], "credentialSubject": {"software": "workbench-script"},
             "evidence": [{"operation": "dmidecode", "output": \(Self.quoted(dump))},
                          {"operation": "smartctl", "output": \(Self.quoted("[\(Self.disk)]"))}]}
            """,
        ] {
            let hardware = try read(text)
            #expect(hardware.model == "HP Compaq 8200 Elite CMT PC" && hardware.memoryMB == 2048)
            #expect(hardware.disks == [Disk(.ssd, 240, "50026B7782F1A2C4")])
            #expect(hardware.remarks.isEmpty)
        }
    }

    @Test("inxi's ordered names are read where nothing better is there")
    func inxi() throws {
        let sections = """
            [{"000#1#0#Machine": [
                {"000#1#0#Type": "Laptop", "001#0#1#System": "Dell", "002#0#2#product": "Latitude E6440",
                 "003#0#3#v": "01", "004#0#3#serial": "3QX8M12"},
                {"000#1#0#Mobo": "Dell", "001#0#1#model": "0159N7", "002#0#2#serial": "/3QX8M12/CN"}]},
             {"001#1#0#Battery": [{"000#1#0#ID-1": "BAT0", "002#0#2#condition": "41.2/50.0 Wh (82.4%)"}]},
             {"002#1#0#CPU": [{"001#0#1#model": "Intel Core i5-4300M"}]},
             {"003#1#0#Graphics": [{"000#1#0#Monitor-1": "LVDS-1", "001#0#1#res": "1366x768"}]},
             {"004#1#0#Memory": [{"000#1#0#System RAM": "", "001#0#1#total": "8 GiB"},
                {"000#1#0#Device-1": "DIMM A", "003#0#2#size": "4 GiB"},
                {"000#1#0#Device-2": "DIMM B", "003#0#2#size": "4 GiB"}]},
             {"005#1#0#Drives": [{"000#1#0#Local Storage": "", "001#0#1#total": "238.47 GiB"},
                {"000#1#0#ID-1": "/dev/sda", "001#0#1#vendor": "Samsung", "002#0#1#model": "MZ7LN256HMJP",
                 "004#0#2#size": "238.47 GiB", "008#0#2#tech": "SSD", "009#0#2#serial": "S2YXNX0H123456"},
                {"000#1#0#ID-2": "/dev/sdb", "001#0#1#type": "USB", "004#0#2#size": "14.9 GiB"}]}]
            """
        let hardware = try read(
            Self.lite("\"inxi\": \(Self.quoted(sections))", software: "workbench-script")
        )
        #expect(hardware.maker == "Dell" && hardware.model == "Latitude E6440")
        #expect(hardware.serial?.text == "3QX8M12" && hardware.chassis == .laptop)
        #expect(hardware.processor == "Intel Core i5-4300M" && hardware.memoryMB == 8192)
        #expect(hardware.disks == [Disk(.ssd, 256, "S2YXNX0H123456")])
        #expect(hardware.batteryHealthPercent == 82 && hardware.screen == "1366x768")
    }

    @Test(
        "a snapshot whose parts say no machine is refused",
        arguments: [
            lite("\"hwinfo\": \"01: None 00.0\""), lite(""), lite("\"lshw\": \"{\\\"id\\\": \""),
            lite("\"lshw\": null, \"dmidecode\": \"sh: dmidecode: not found\""),
            "{\"type\": \"Snapshot\"}",
        ]
    )
    func empty(text: String) {
        let refused = refusal(text.utf8)
        #expect(refused?.refusal.reason == .filePartOfAComputer)
        #expect(refused?.format == .workbench)
    }

    @Test("a part that is broken does not hide what the others say")
    func brokenPart() throws {
        let huge = LshwTests.system(product: String(repeating: "x", count: 10_000))
        let dump = Self.quoted(DmidecodeTests.dump())
        let hardware = try read(Self.lite("\"lshw\": \(huge), \"dmidecode\": \(dump)"))
        #expect(hardware.model == "HP Compaq 8200 Elite CMT PC")
        #expect(
            refusal(Self.lite("\"lshw\": \(huge)").utf8)?.refusal.reason == .fileValueOutOfRange
        )
    }

    static func erased(
        type: String = "EraseSectors",
        serial: String = "WD-WCAV29008961",
        severity: String = "Info",
        step: String = "{type: StepZero, severity: Info}",
        end: String = "2018-07-13T11:54:55+00:00"
    ) -> String {
        yaml(
            components: """
                  - type: HardDrive
                    model: WDC WD3200AAJS-2
                    serialNumber: \(serial)
                    size: 320073
                    actions:
                      - {type: EraseBasic, severity: Error, startTime: "2018-07-12T10:00:00Z"}
                      - type: \(type)
                        severity: \(severity)
                        startTime: 2018-07-13T10:52:45+00:00
                        endTime: \(end)
                        steps: [\(step)]
                """
        )
    }

    @Test(
        "an erasure proves what its steps, its time and its drive's serial prove",
        arguments: [
            (erased(), [] as [ErasureDoubt]),
            (erased(type: "EraseBasic"), []),
            (erased(severity: "Error"), [.failed, .errors]),
            (erased(step: "{type: StepZero, severity: Warning}"), [.errors]),
            (erased(step: "{type: StepZero, error: true}"), [.errors]),
            (erased(step: ""), [.unfinished]),
            (erased(type: "EraseMagic"), [.methodUnknown]),
            (erased(end: "2018-07-13T10:53:45+00:00"), [.tooQuick]),
            (erased(end: "2018-07-12T10:53:45+00:00"), [.tooQuick]),
            (erased(end: "~"), [.unfinished]),
            (erased(serial: "XXXXXXXX"), [.serialUnknown]),
        ]
    )
    func erasures(text: String, doubts: [ErasureDoubt]) throws {
        let log = try #require(try EquipmentFile.read(Array(text.utf8), named: "x").erasures)
        #expect(log.drives.map(\.doubts) == [doubts])
        #expect(
            log.drives[0].isVerified == (text.contains("EraseSectors") && !doubts.contains(.errors))
        )
    }

    static func nested(_ open: String, _ count: Int, _ close: String = "") -> String {
        let deep = String(repeating: open, count: count) + String(repeating: close, count: count)
        return "type: Snapshot\na: " + deep
    }

    static let badDocuments: [(String, HardwareRefusal.Cause)] = [
        ("type: Snapshot\na: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]", .expands),
        ("type: Snapshot\ndevice: {&a a: 1}", .expands),
        ("type: Snapshot\ndevice: {\"a\":&a [x, x]}", .expands),
        ("type: Snapshot\na: [1, 2", .malformed(line: 3, column: 1)),
        ("type: Snapshot\na: b: c", .malformed(line: 2, column: 5)),
        ("type: Snapshot\na: \"x", .malformed(line: 3, column: 1)),
        ("type: Snapshot\ntype: Snapshot", .malformed(line: 1, column: 1)),
        ("type: Snapshot\na: *b", .malformed(line: 2, column: 4)),
        ("type: Snapshot\n? [a]\n: b", .malformed(line: 2, column: 1)),
        (nested("[", 10_000), .tooDeep), (nested("- ", 10_000), .tooDeep),
        (nested("{a: ", 10_000), .tooDeep), (nested("[", 70, "]"), .tooDeep),
        (nested("1,", 500_001), .tooManyValues(most: 500_000)),
    ]

    @Test("each bad YAML document is refused by its own reason", arguments: badDocuments)
    func refusesYAML(text: String, cause: HardwareRefusal.Cause) {
        let refused = refusal(text.utf8)?.cause
        if case .malformed = cause, case .malformed? = refused {
            // Where the parser stumbles is its own affair.
        } else {
            #expect(refused == cause)
        }
    }

    @Test("an ampersand in a text is no anchor")
    func ampersand() throws {
        let text = Self.yaml().replacing("1001PXD", with: "R&D \"& Co\" 1001")
        #expect(try read(text).model == "R&D \"& Co\" 1001")
    }
}
