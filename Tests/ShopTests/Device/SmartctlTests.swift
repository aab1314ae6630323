import Testing

@testable import Shop

@Suite("What disks say of their own wear")
struct SmartctlTests {
    static func disk(
        _ fields: String,
        name: String = "\"model_name\": \"WDC WDS240G2G0A\", \"serial_number\": \"21234A801234\""
    ) -> String {
        "{\"smartctl\": {\"version\": [7, 3], \"exit_status\": 0}, \(name), \(fields)}"
    }

    static func health(_ text: String) throws -> [DiskHealth] {
        try EquipmentFile.read(Array(text.utf8), named: "x").health
    }

    @Test("a disk's own verdict is what it says, and nothing when it says none")
    func passed() throws {
        let told = try Self.health(Self.disk("\"smart_status\": {\"passed\": false}"))
        #expect(told.map(\.passed) == [false])
        let silent = try Self.health(Self.disk("\"smart_status\": {}"))
        #expect(silent[0].passed == nil && silent[0].powerOnHours == nil)
    }

    @Test(
        "the kind is its bus, its turning, then its series",
        arguments: [
            ("\"device\": {\"protocol\": \"NVMe\"}", DiskKind.nvme),
            ("\"device\": {\"protocol\": \"ATA\"}, \"rotation_rate\": 0", .ssd),
            ("\"device\": {\"protocol\": \"ATA\"}, \"rotation_rate\": 5400", .hdd),
            ("\"device\": {\"protocol\": \"ATA\"}", .ssd),
        ]
    )
    func kinds(fields: String, kind: DiskKind) throws {
        #expect(try Self.health(Self.disk(fields))[0].kind == kind)
    }

    @Test(
        "wear stands where each kind of disk puts it",
        arguments: [
            ("\"nvme_smart_health_information_log\": {\"percentage_used\": 104}", 104),
            ("\"endurance_used\": {\"current_percent\": 12}", 12),
            (
                #""ata_device_statistics": {"pages": [{"table": [{"name": "Percentage Used Endurance Indicator", "value": 7}]}]}"#,
                7
            ),
            ("\"scsi_percentage_used_endurance_indicator\": 1", 1),
            ("\"x\": 0", nil),
            ("\"endurance_used\": {\"current_percent\": -1}", nil),
        ] as [(String, Int?)]
    )
    func wear(fields: String, percent: Int?) throws {
        #expect(try Self.health(Self.disk(fields))[0].percentageUsed == percent)
    }

    @Test("a SCSI disk counts its grown defects")
    func scsi() throws {
        let name = "\"scsi_vendor\": \"SEAGATE\", \"scsi_product\": \"ST600MM0006\""
        let health = try Self.health(Self.disk("\"scsi_grown_defect_list\": 3", name: name))
        #expect(health[0].reallocatedSectors == 3 && health[0].model == "ST600MM0006")
    }

    @Test("a list of disks is read whole; a disk that did not answer is refused")
    func lists() throws {
        let two = "[\(Self.disk("\"x\": 1")), \(Self.disk("\"x\": 2"))]"
        #expect(try Self.health(two).count == 2)
        let silent = #"{"smartctl": {"exit_status": 2}, "device": {"name": "/dev/sda"}}"#
        #expect(refusal(silent.utf8)?.cause == .partOfAComputer(field: "model_name", value: ""))
    }

    @Test("it is told as fields in order")
    func contract() throws {
        let health = try Self.health(Self.disk("\"smart_status\": {\"passed\": true}"))
        #expect(
            try json(health)
                == #"[{"kind":"ssd","model":"WDC WDS240G2G0A","passed":true,"serial":"21234A801234"}]"#
        )
    }
}
