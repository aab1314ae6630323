/// Reads what `smartctl -j` prints of one disk, since version 7.0: ATA, NVMe or SCSI.
struct Smartctl {
    private let document: JSON

    static func recognises(_ document: JSON) -> Bool {
        document["smartctl"]?.isObject ?? false
    }

    /// Refused when the disk did not answer: the file names none.
    init(_ document: JSON) throws(HardwareRefusal.Cause) {
        let names = ["model_name", "scsi_model_name", "scsi_product", "serial_number"]
        guard names.contains(where: { document[$0]?.string != nil }) else {
            throw .partOfAComputer(field: "model_name", value: "")
        }
        self.document = document
    }

    /// Of one document, or of a list of them.
    static func health(ofAll document: JSON) throws(HardwareRefusal.Cause) -> [DiskHealth] {
        let disks = document.elements
        if disks.count > HardwareFile.partsMax { throw .tooManyValues(most: HardwareFile.partsMax) }
        var healths: [DiskHealth] = []
        for disk in disks { healths.append(try Smartctl(disk).health()) }
        return healths
    }

    func health() throws(HardwareRefusal.Cause) -> DiskHealth {
        let model = try ReadName.genuine(anyOf: [
            (document["model_name"], "model_name"),
            (document["scsi_model_name"], "scsi_model_name"),
            (document["scsi_product"], "scsi_product"),
        ])
        let serial = try ReadName.clean(document["serial_number"], field: "serial_number")
        return DiskHealth(
            model: model,
            serial: serial.flatMap { Serial(read: $0, beside: [model]) },
            kind: kind(model),
            sizeGB: sizeGB,
            passed: document["smart_status"]?["passed"]?.truth,
            powerOnHours: powerOnHours,
            reallocatedSectors: attribute(5) ?? number(document["scsi_grown_defect_list"]),
            pendingSectors: attribute(197),
            percentageUsed: percentageUsed
        )
    }

    /// Whether it hangs on a USB plug, which a disk in a machine does not.
    var isPluggedIn: Bool {
        let device = document["device"]
        return (device?["info_name"]?.string ?? "").contains("[USB")
            || (device?["type"]?.string ?? "").hasPrefix("usb")
    }

    private func kind(_ model: String?) -> DiskKind {
        let device = document["device"]
        if device?["protocol"]?.string == "NVMe" || device?["type"]?.string == "nvme" {
            return .nvme
        }
        if let turns = document["rotation_rate"]?.whole { return turns > 0 ? .hdd : .ssd }
        return model.map { DiskKind(model: $0) } ?? .unknown
    }

    private var sizeGB: Int? {
        let bytes =
            document["user_capacity"]?["bytes"]?.whole
            ?? document["nvme_total_capacity"]?.whole
        return bytes.flatMap {
            1..<1_000_000_000_000_000 ~= $0 ? ($0 + 500_000_000) / 1_000_000_000 : nil
        }
    }

    /// The attribute's raw value is packed with minutes by some makers: the hours stand apart.
    private var powerOnHours: Int? {
        number(document["power_on_time"]?["hours"])
            ?? number(document["nvme_smart_health_information_log"]?["power_on_hours"])
    }

    private var percentageUsed: Int? {
        number(document["nvme_smart_health_information_log"]?["percentage_used"])
            ?? number(document["endurance_used"]?["current_percent"])
            ?? number(document["scsi_percentage_used_endurance_indicator"])
            ?? statistic("Percentage Used Endurance Indicator")
    }

    private func attribute(_ id: Int) -> Int? {
        let table = document["ata_smart_attributes"]?["table"]?.elements ?? []
        return number(table.first { $0["id"]?.whole == id }?["raw"]?["value"])
    }

    private func statistic(_ name: String) -> Int? {
        let pages = document["ata_device_statistics"]?["pages"]?.elements ?? []
        return pages.lazy.flatMap { $0["table"]?.elements ?? [] }
            .first { $0["name"]?.string == name }.flatMap { number($0["value"]) }
    }

    /// What fits a column; what no disk says was not read.
    private func number(_ json: JSON?) -> Int? {
        json?.whole.flatMap { 0..<1_000_000_000 ~= $0 ? $0 : nil }
    }
}
