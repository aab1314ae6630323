import Testing

@testable import Shop

@Suite("lshw, as its versions and machines differ")
struct LshwTests {
    /// A laptop whose board holds `core`, in the shape that `lshw -json` prints.
    static func system(
        vendor: String = "LENOVO",
        product: String = "20BV001BFR (LENOVO_MT_20BV)",
        serial: String = "PC05T1X9",
        chassis: String = "notebook",
        extra: String = "",
        core: String = ""
    ) -> String {
        """
        {"id": "poste", "class": "system", "claimed": true, "handle": "DMI:0001", "description": "Notebook",
         "product": "\(product)", "vendor": "\(vendor)", "serial": "\(serial)"\(extra),
         "configuration": {"chassis": "\(chassis)", "sku": "LENOVO_MT_20BV", "family": "NONE"},
         "children": [{"id": "core", "class": "bus", "description": "Motherboard", "vendor": "ASRock",
                       "product": "B450M Pro4", "children": [\(core)]}]}
        """
    }

    static func disk(
        _ name: String,
        product: String,
        size: String? = "240057409536",
        more: String = ""
    ) -> String {
        let size = size.map { "\"units\": \"bytes\", \"size\": \($0)," } ?? ""
        return """
            {"id": "disk", "class": "disk", "claimed": true, "description": "ATA Disk", \(size)
             "product": "\(product)", "logicalname": "\(name)", "serial": "50026B7782F1A2C4"\(more)}
            """
    }

    @Test("the root may stand alone or in a list")
    func roots() throws {
        #expect(try read(Self.system()) == read("[\(Self.system())]"))
    }

    @Test("a list of several computers is refused, and so is a part of one")
    func wrongRoots() {
        #expect(
            refusal("[\(Self.system()), \(Self.system())]".utf8)?.cause
                == .severalComputers(count: 2)
        )
        #expect(
            refusal("[\(Self.disk("/dev/sda", product: "X"))]".utf8)?.cause
                == .partOfAComputer(field: "class", value: "disk")
        )
    }

    @Test(
        "the model is the name on the lid, without the stock number",
        arguments: [
            (
                "LENOVO", "20BV001BFR (LENOVO_MT_20BV)", ", \"version\": \"ThinkPad T450\"",
                "ThinkPad T450"
            ),
            (
                "LENOVO", "20BV001BFR (LENOVO_MT_20BV)", ", \"version\": \"0B98401 WIN\"",
                "20BV001BFR"
            ),
            ("HP", "HP ProBook 450 G5 (LENOVO_MT_20BV)", "", "HP ProBook 450 G5"),
            ("HP", "HP Compaq 6000 Pro (SFF)", "", "HP Compaq 6000 Pro (SFF)"),
            ("System manufacturer", "System Product Name", "", "B450M Pro4"),
            ("To Be Filled By O.E.M.", "To Be Filled By O.E.M.", "", "B450M Pro4"),
        ]
    )
    func model(vendor: String, product: String, extra: String, expected: String) throws {
        let hardware = try read(Self.system(vendor: vendor, product: product, extra: extra))
        #expect(hardware.model == expected)
        #expect(hardware.maker == (expected == "B450M Pro4" ? "ASRock" : vendor))
    }

    @Test("memory is what it says, else the sum of its banks; firmware and caches are no memory")
    func memory() throws {
        let bank =
            "{\"id\": \"bank:0\", \"class\": \"memory\", \"units\": \"bytes\", \"size\": 4294967296}"
        let firmware = """
            {"id": "firmware", "class": "memory", "units": "bytes", "size": 65536, "capacity": 16777216},
            {"id": "memory:1", "class": "memory", "description": "Flash Memory", "size": 8388608,
             "children": [{"id": "bank", "class": "memory", "description": "FLASH Non-volatile", "size": 8388608}]},
            {"id": "memory:2", "class": "memory", "description": "RAM memory", "businfo": "pci@0000:00:00.0"}
            """
        let sized = """
            {"id": "memory:0", "class": "memory", "description": "Mémoire Système", "size": 8589934592,
             "children": [\(bank), \(bank)]}
            """
        let unsized =
            "{\"id\": \"memory\", \"class\": \"memory\", \"children\": [\(bank), \(bank), \(bank)]}"
        #expect(try read(Self.system(core: "\(firmware), \(sized)")).memoryMB == 8192)
        #expect(try read(Self.system(core: "\(firmware), \(unsized)")).memoryMB == 12288)
        let none = try read(Self.system(core: firmware))
        #expect(none.memoryMB == nil)
        #expect(none.remarks.contains(.memoryUnread))
    }

    @Test("sockets are counted, cores and empty sockets are not")
    func processor() throws {
        func cpu(_ handle: String, _ product: String, _ more: String = "") -> String {
            "{\"id\": \"cpu\", \"class\": \"processor\", \"handle\": \"\(handle)\", \"product\": \"\(product)\"\(more)}"
        }
        let xeon = "Intel(R) Xeon(R) CPU           E5520  @ 2.27GHz"
        let clean = "Intel(R) Xeon(R) CPU E5520 @ 2.27GHz"
        let empty = cpu("DMI:0005", "CPU", ", \"disabled\": true, \"description\": \"CPU [empty]\"")
        let two = "\(cpu("DMI:0004", xeon)), \(cpu("DMI:0005", xeon))"
        #expect(try read(Self.system(core: two)).processor == "2 × \(clean)")
        #expect(
            try read(Self.system(core: "\(empty), \(cpu("DMI:0004", xeon))")).processor == clean
        )
        #expect(
            try read(Self.system(core: "\(cpu("", xeon)), \(cpu("", xeon))")).processor == clean
        )
    }

    @Test("what is plugged in, pulled out or made of other disks is no disk of the machine")
    func outsideDisks() throws {
        let card = """
            {"id": "card", "class": "disk", "description": "SD Card", "businfo": "mmc@1:aaaa",
             "logicalname": "/dev/mmcblk1", "size": 31914983424}
            """
        let outside = [
            Self.disk("/dev/sdb", product: "Elements", more: ", \"businfo\": \"usb@1:2\""),
            Self.disk(
                "/dev/sdc",
                product: "Reader",
                more: ", \"capabilities\": {\"removable\": \"x\"}"
            ),
            Self.disk("/dev/sdd", product: "PERC", size: nil),
            Self.disk("/dev/md0", product: "array"),
            Self.disk("/dev/zram0", product: "zram"),
            Self.disk("/dev/sde", product: "Passport", more: ", \"businfo\": \"scsi@6:0.0.0\""),
            "{\"id\": \"usb:0\", \"class\": \"storage\", \"businfo\": \"usb@2:1\", \"logicalname\": \"scsi6\"}",
            "{\"id\": \"cdrom\", \"class\": \"disk\", \"logicalname\": [\"/dev/cdrom\", \"/dev/sr0\"], \"size\": 4700000000}",
            card,
        ]
        #expect(try read(Self.system(core: outside.joined(separator: ","))).disks.isEmpty)
    }

    @Test(
        "a disk shows its kind by its turning, its bus or its maker's series; its parts are not disks"
    )
    func kinds() throws {
        let volume =
            ", \"children\": [{\"id\": \"medium\", \"class\": \"disk\", \"size\": 500107862016}]"
        let core = [
            Self.disk("/dev/sda", product: "KINGSTON SA400S37240G", more: volume),
            Self.disk(
                "/dev/sdb",
                product: "PERC H710",
                more: ", \"capabilities\": {\"15000rpm\": \"x\"}"
            ),
            Self.disk("/dev/sdc", product: "ST500LM021-1KJ15", size: "500107862016"),
            Self.disk("/dev/sdd", product: "VBOX HARDDISK", size: "\"21474836480\""),
        ]
        let disks = try read(Self.system(core: core.joined(separator: ","))).disks
        #expect(disks.map(\.kind) == [.ssd, .hdd, .hdd, .unknown])
        #expect(disks.map(\.sizeGB) == [240, 240, 500, 21])
    }

    @Test("an NVMe drive is one disk: its namespaces carry the size, its controller the serial")
    func nvme() throws {
        let drive = """
            {"id": "nvme", "class": "storage", "description": "NVMe device", "product": "SAMSUNG MZVLB256HBHQ",
             "logicalname": "/dev/nvme0", "serial": "S4ELNX0M123456", "configuration": {"driver": "nvme"},
             "children": [
              {"id": "namespace:0", "class": "disk", "description": "NVMe disk", "logicalname": "hwmon1"},
              {"id": "namespace:1", "class": "disk", "description": "NVMe disk", "logicalname": "/dev/ng0n1"},
              {"id": "namespace:2", "class": "disk", "description": "NVMe disk", "businfo": "nvme@0:1",
               "logicalname": ["/dev/nvme0n1", "/"], "units": "bytes", "size": 256060514304}]}
            """
        let unread = """
            {"id": "storage", "class": "storage", "description": "Non-Volatile memory controller",
             "product": "NVMe SSD Controller SM981", "businfo": "pci@0000:01:00.0",
             "configuration": {"driver": "nvme"}}
            """
        #expect(try read(Self.system(core: drive)).disks == [Disk(.nvme, 256, "S4ELNX0M123456")])
        let old = try read(Self.system(core: unread))
        #expect(old.disks == [Disk(.nvme, nil, nil)])
        #expect(old.remarks.contains(.storageUnread))
    }

    @Test("soldered flash counts as a disk, in either shape that lshw gives it")
    func emmc() throws {
        let newer = """
            {"id": "card", "class": "disk", "description": "SD/MMC Device", "businfo": "mmc@0:0001",
             "logicalname": "/dev/mmcblk0", "serial": "1234567812", "size": 62537072640}
            """
        let older = """
            {"id": "device", "class": "generic", "businfo": "mmc@0:0001", "serial": "1234567812", "children": [
              {"id": "interface:0", "class": "generic", "logicalname": "/dev/mmcblk0rpmb"},
              {"id": "interface:1", "class": "disk", "logicalname": "/dev/mmcblk0", "size": 62537072640}]}
            """
        for core in [newer, older] {
            #expect(try read(Self.system(core: core)).disks == [Disk(.ssd, 63, "1234567812")])
        }
    }

    @Test("read without an administrator's rights, an empty list of disks proves nothing")
    func withoutRights() throws {
        let bare = "{\"id\": \"poste\", \"class\": \"system\", \"description\": \"Computer\"}"
        #expect(try read(bare).remarks == [.noTrueSerial, .storageUnread, .memoryUnread])
    }

    @Test("the lid's definition is told, a desk's screen is not")
    func screen() throws {
        let display = """
            {"id": "display", "class": "display", "configuration": {"driver": "i915", "resolution": "1366,768"}}
            """
        #expect(try read(Self.system(core: display)).screen == "1366x768")
        #expect(try read(Self.system(chassis: "tower", core: display)).screen == nil)
    }
}
