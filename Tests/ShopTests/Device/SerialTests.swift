import Testing

@testable import Shop

@Suite("Serials and identity")
struct SerialTests {
    @Test(
        "what factories and masks leave is no serial",
        arguments: [
            "", " ", "0", "00000000", "FFFFFFFF", "........", "--", "None", "none ", "N/A", "NA",
            "OEM", "O.E.M.",
            "System Serial Number", "To be filled by O.E.M.", "To Be Filled By O.E.M.",
            "Default string",
            "SN 123456789ABC", "123456789", "1234567890", "0123456789", "EeePC-0123456789",
            "Not Specified",
            "Not Applicable", "Chassis Serial Number", "Base Board Serial Number", "Unknown",
            "INVALID", "6",
            "XXXXXXXX", "xxxxxxxxxxx", "????", "5CG****1AB", "5CGXXXXXX", "9RK1XXXX", "SerNum0",
            "System Product Name",
            "Type1ProductSerialNumber", "Standard", "Empty", "AB1",
        ]
    )
    func junk(text: String) {
        #expect(Serial(read: text) == nil)
    }

    @Test(
        "what makers write is one",
        arguments: [
            "D8FTRY1", "8BOAAQ191999", "LUSEA0D010038879A01601", "640HP72", "HQ5583J",
            "WD-WMAV2W580992",
            "R90N1X2", "5CD8123ABC", "TF755AWHKL0LHM", "C304332411", "2FAGP34", "VMware-56 4d 0a",
            "1S20BV001BFRPC05T1X9",
        ]
    )
    func serials(text: String) {
        #expect(Serial(read: text)?.text == text)
    }

    @Test("a model's own name in the place of the serial is none")
    func modelAsSerial() {
        #expect(Serial(read: "OptiPlex 745", beside: ["Dell Inc.", "OptiPlex 745"]) == nil)
    }

    @Test("one machine keeps one identity, however a tool spells it")
    func identity() throws {
        func identity(_ maker: String, _ model: String, _ serial: String) throws -> String {
            DeviceIdentity(maker: maker, model: model, serial: try #require(Serial(read: serial)))
                .key
        }
        #expect(
            try identity("Dell Inc.", "XPS 13 9350", "640HP72")
                == identity("DELL", "xps 13  9350", "640-hp72")
        )
        #expect(
            try identity("Hewlett-Packard", "8470p", "5CB123") == identity("HP", "8470p", "5CB123")
        )
        #expect(
            try identity("ASUSTeK COMPUTER INC.", "1000H", "8BOAAQ1")
                == identity("ASUS", "1000H", "8BOAAQ1")
        )
        #expect(
            try identity("Dell", "XPS 13 9350", "640HP72")
                != identity("Dell", "XPS 13 9350", "640HP73")
        )
        #expect(try identity("Dell", "XPS 13", "640HP72") != identity("HP", "XPS 13", "640HP72"))
    }

    @Test("a machine without a true serial has no identity")
    func noIdentity() throws {
        #expect(try read(LshwTests.system(serial: "System Serial Number")).identity == nil)
        #expect(try read(LshwTests.system()).identity != nil)
    }
}

@Suite("What words in a file mean")
struct ReadWordsTests {
    @Test(
        "a chassis has one word",
        arguments: [
            ("notebook", Chassis.laptop), ("Laptop", .laptop), ("Portable", .laptop),
            ("Sub Notebook", .laptop),
            ("Convertible", .laptop), ("Detachable", .laptop), ("desktop", .desktop),
            ("low-profile", .desktop),
            ("Low Profile Desktop", .desktop), ("Space-saving", .desktop), ("Tower", .tower),
            ("mini-tower", .tower), ("Mini PC", .mini), ("All in One", .allInOne),
            ("all-in-one", .allInOne),
            ("Tablet", .tablet), ("Rack Mount Chassis", .server), ("Other", .unknown),
            ("", .unknown),
        ]
    )
    func chassis(text: String, expected: Chassis) {
        #expect(Chassis(read: text) == expected)
    }

    @Test(
        "a disk's series tells its kind",
        arguments: [
            ("HGST HTS725050A7", DiskKind.hdd), ("WDC WD1600BEVT-2", .hdd),
            ("WDC WDS240G2G0A-00JH30", .ssd),
            ("ST3500413AS", .hdd), ("ST1000LX015 SSHD", .hdd), ("TOSHIBA MQ01ABF050", .hdd),
            ("TS32GSSD370S", .ssd),
            ("SAMSUNG HD103SJ", .hdd), ("SAMSUNG MZ7LN256HMJP", .ssd),
            ("Samsung SSD 860 EVO", .ssd),
            ("INTEL SSDSC2KW256G8", .ssd), ("INTEL SSDPEKKF256G8L", .nvme),
            ("KXG50ZNV256G NVMe TOSHIBA", .nvme),
            ("Crucial_CT275MX300SSD1", .ssd), ("Hitachi HDS721050CLA362", .hdd),
            ("FUJITSU MHZ2160BH", .hdd),
            ("PERC H710", .unknown), ("QEMU HARDDISK", .unknown), ("", .unknown),
        ]
    )
    func diskKind(model: String, expected: DiskKind) {
        #expect(DiskKind(model: model) == expected)
    }
}
