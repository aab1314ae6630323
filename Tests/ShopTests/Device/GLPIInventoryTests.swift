import Testing

@testable import Shop

@Suite("GLPI inventories, as their systems differ")
struct GLPIInventoryTests {
    static func inventory(_ content: String, head: String = "\"itemtype\": \"Computer\"") -> String
    {
        """
        {"action": "inventory", "deviceid": "poste-2026-01-05-10-00-00", \(head), "content": {
          "bios": {"smanufacturer": "HP", "smodel": "HP ProBook 450 G5", "ssn": "5CD8123ABC"},
          "hardware": {"chassis_type": "Notebook", "memory": 7800, "vmsystem": "Physical"}\(content)}}
        """
    }

    static func disks(_ storages: String) throws -> [Disk] {
        try read(inventory(", \"storages\": [\(storages)]")).disks
    }

    @Test(
        "sizes are 10^6 bytes; kinds come from type, interface and model, whichever system wrote them"
    )
    func kinds() throws {
        let disks = try Self.disks(
            """
            {"name": "sda", "type": "disk", "interface": "SATA", "model": "ST1000LM035-1RK172",
             "disksize": 1000204, "serial": "WKP1ABCD"},
            {"name": "PhysicalDisk0", "type": "SSD", "interface": "RAID", "model": "Micron_1100_MTFDDAV256TBN",
             "disksize": "256060", "serial": "17471A2B3C4D"},
            {"name": "PhysicalDisk1", "type": "SSD", "interface": "NVMe", "model": "KBG30ZMV256G",
             "disksize": 256060},
            {"name": "disk0", "type": "Disk drive", "interface": "SATA", "model": "APPLE HDD HTS541010A9E662",
             "disksize": 1000205, "serialnumber": "J8400078G8AAAA"},
            {"name": "\\\\\\\\.\\\\PHYSICALDRIVE0", "type": "Fixed hard disk media", "interface": "IDE",
             "model": "WDC WD5000LPCX-60VHAT0", "disksize": 500105}
            """
        )
        #expect(disks.map(\.kind) == [.hdd, .ssd, .nvme, .hdd, .hdd])
        #expect(disks.map(\.sizeGB) == [1000, 256, 256, 1000, 500])
        #expect(disks[3].serial?.text == "J8400078G8AAAA")
    }

    @Test(
        "what can be unplugged or pulled out is no disk of the machine",
        arguments: [
            #"{"name": "sdb", "type": "removable", "model": "Cruzer", "disksize": 16000}"#,
            #"{"name": "sdb", "type": "disk", "interface": "USB", "model": "Elements", "disksize": 1000000}"#,
            #"{"name": "sdb", "type": "disk", "description": "USB", "model": "Elements", "disksize": 1000000}"#,
            #"{"name": "PHYSICALDRIVE1", "type": "External hard disk media", "model": "X", "disksize": 500000}"#,
            #"{"name": "X", "interface": "IDE", "model": "Generic USB SD Reader USB Device", "disksize": 500}"#,
            #"{"name": "sr0", "type": "cd/dvd", "model": "DVD RW", "disksize": 4700}"#,
            #"{"name": "\\\\.\\CDROM0", "type": "CD-ROM", "model": "HL-DT-ST DVDRAM", "disksize": 4700}"#,
            #"{"name": "disk2", "type": "SD Card", "disksize": 32000}"#,
            #"{"name": "mmcblk0", "type": "disk", "description": "MMC", "disksize": 31914}"#,
            #"{"name": "vda", "description": "Virtual", "type": "disk"}"#,
        ]
    )
    func outside(storage: String) throws {
        let hardware = try read(Self.inventory(", \"storages\": [\(storage)]"))
        #expect(hardware.disks.isEmpty)
        #expect(hardware.remarks.isEmpty)
    }

    @Test("soldered flash is known by the boot partitions beside it")
    func emmc() throws {
        let disks = try Self.disks(
            """
            {"name": "mmcblk0", "type": "disk", "description": "MMC", "disksize": 62537, "serial": "0x41a2b3c4"},
            {"name": "mmcblk0boot0", "type": "disk", "description": "MMC", "disksize": 4}
            """
        )
        #expect(disks == [Disk(.ssd, 63, "0x41a2b3c4")])
    }

    @Test("a disk that says no size is told, not forgotten")
    func unread() throws {
        let hardware = try read(Self.inventory(#", "storages": [{"name": "sda", "type": "disk"}]"#))
        #expect(hardware.disks.isEmpty)
        #expect(hardware.remarks == [.storageUnread])
    }

    @Test("memory sums its modules; without modules it is what the system sees")
    func memory() throws {
        let modules =
            #", "memories": [{"capacity": 8192}, {"capacity": "4096"}, {"caption": "DIMM2"}, "#
            + #"{"capacity": 16, "type": "Flash"}]"#
        #expect(try read(Self.inventory(modules)).memoryMB == 12288)
        #expect(try read(Self.inventory("")).memoryMB == 7800)
    }

    @Test(
        "a battery's health is what it holds of what it held new",
        arguments: [
            (#"{"capacity": 50000, "real_capacity": 41000}"#, 82),
            (
                #"{"capacity": 20000, "real_capacity": 10000}, {"capacity": 40000, "real_capacity": 40000}"#,
                83
            ),
            (#"{"capacity": 50000, "real_capacity": 50600}"#, 100),
            (#"{"capacity": 50000, "real_capacity": 0}"#, 0),
            (#"{"capacity": 0, "real_capacity": 0}"#, nil),
            (#"{"capacity": 93}"#, nil),
            (#"{"chemistry": "Li-ION"}"#, nil),
        ] as [(String, Int?)]
    )
    func battery(batteries: String, percent: Int?) throws {
        #expect(
            try read(Self.inventory(", \"batteries\": [\(batteries)]")).batteryHealthPercent
                == percent
        )
    }

    @Test("the panel in the lid is told, the screen beside it is not")
    func screen() throws {
        let beside =
            "AP///////wAmzQthYwMAAAYZAQOANB14KizFpFZQoSgPUFS/7wDRwIGAlQCzAIFAcU+VDwEBAjqAGHE4LUBYLEUACSUhAAAeAAAA"
            + "/QA3TB5TEQAKICAgICAgAAAA/wAxMTE4Mk01MjAwODY3AAAA/ABQTDI0ODBICiAgICAgAUs="
        let lid =
            "AP///////wANrlUTAAAAAAsXAQSVHRF4AlPVmFhSkCchUFQAAAABAQEBAQEBAQEBAQEBAQEB2h1W4lAAIDBELUcAJaUQAAAYAAAA"
            + "/gBOMTMzQkdFLUVBQQogAAAA/gBDTU4KICAgICAgICAgAAAA/gBOMTMzQkdFLUVBQQogAGw="
        let monitors = ", \"monitors\": [{\"base64\": \"\(beside)\"}, {\"base64\": \"\(lid)\"}]"
        #expect(try read(Self.inventory(monitors)).screen == "13.2\" 1366x768")
        let videos =
            #", "videos": [{"name": "x"}, {"resolution": "1366x768"}], "monitors": [{"base64": "??"}]"#
        #expect(try read(Self.inventory(videos)).screen == "1366x768")
    }

    @Test("a machine inside another is flagged")
    func virtual() throws {
        let text = Self.inventory("").replacing("Physical", with: "VMware")
        #expect(try read(text).isVirtual)
        #expect(try !read(Self.inventory("")).isVirtual)
    }

    @Test(
        "what is no whole computer is refused, and the field that said so is named",
        arguments: [
            (#""itemtype": "NetworkEquipment""#, "", Reason.fileNotAComputer, "itemtype"),
            (#""itemtype": "Unmanaged""#, "", .fileNotAComputer, "itemtype"),
            (
                #""x": 1"#, #", "network_device": {"type": "Printer"}"#, .fileNotAComputer,
                "content.network_device.type"
            ),
            (
                #""x": 1"#, #", "operatingsystem": {"full_name": "Q Android 10.0"}"#,
                .fileNotAComputer,
                "content.operatingsystem.full_name"
            ),
            (#""x": 1"#, #", "simcards": [{"state": "x"}]"#, .fileNotAComputer, "content.simcards"),
            (#""partial": true"#, "", .filePartOfAComputer, "partial"),
        ]
    )
    func refuses(head: String, content: String, reason: Reason, field: String) {
        let refused = refusal(Self.inventory(content, head: head).utf8)?.refusal
        #expect(refused?.reason == reason)
        #expect(refused?.facts["field"] == .text(field))
    }

    @Test("an inventory that holds none of a computer's parts is refused")
    func empty() {
        let refused = refusal(#"{"content": {"versionclient": "x"}}"#.utf8)?.refusal
        #expect(refused?.reason == .filePartOfAComputer)
    }
}
