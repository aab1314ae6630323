import Shop
import Store

extension DevicePage {
    struct DiskLine: Sendable {
        let name: String
        let serial: String
        let tone: String
        let icon: String
        let words: String
        /// When and how it was erased; nil while it waits.
        let erasure: String?
        /// What the disk says of its own wear; nil when it said nothing.
        let health: Health?
        let removing: Removing?

        struct Health: Sendable {
            let tone: String
            let icon: String
            let words: String
            /// Hours, bad sectors, what is used up.
            let details: String
        }

        struct Removing: Sendable {
            let path: String
            let key: String
            let disk: String
        }
    }

    struct Failing: Sendable {
        let disks: [String]
        let help: String

        /// Nil where none is, and for what is nobody's to prepare.
        init?(_ source: DeviceSource) {
            guard source.mayWork, source.isInStock, !source.row.sound else { return nil }
            disks = source.card.disks.failing(source.words)
            help = source.words(
                source.isShelved ? "device_disk_off_shelf" : "device_disk_replace_help"
            )
        }
    }

    struct Erasing: Sendable {
        let path: String
        let key: String
        let disk: Choice
        let method: Choice
        let level: Choice
        let tool: Field
        let toolVersion: Field
        let isNext: Bool
    }
}

extension DevicePage.DiskLine {
    init(_ disk: DeviceCard.FittedDisk, _ words: Words, removing: Removing? = nil) {
        name = disk.shownName(words)
        serial = disk.serial
        if let erasure = disk.erasure {
            tone = "done"
            icon = "done"
            self.words = words("device_erased")
            self.erasure = words(
                "device_erased_on",
                [
                    "day": erasure.at.day.printed,
                    "method": erasure.method.name(in: words.language),
                    "level": erasure.level.name(in: words.language),
                ]
            )
        } else {
            tone = "warning"
            icon = "erase"
            self.words = words("device_to_erase")
            erasure = nil
        }
        health = disk.health.map { Health($0, words) }
        self.removing = removing
    }

    /// On a machine's page, where who prepares it takes a disk out.
    init(_ disk: DeviceCard.FittedDisk, _ source: DeviceSource) {
        self.init(
            disk,
            source.words,
            removing: source.mayPrepare
                ? Removing(
                    path: source.path + "/disks/removal",
                    key: source.key(),
                    disk: disk.id.text
                ) : nil
        )
    }
}

extension DevicePage.DiskLine.Health {
    init(_ health: DeviceCard.FittedDisk.Health, _ words: Words) {
        switch health.condition {
        case .good?: (tone, icon) = ("done", "done")
        case .watch?: (tone, icon) = ("warning", "warning")
        case .replace?: (tone, icon) = ("refused", "refused")
        case nil: (tone, icon) = ("", "info")
        }
        self.words =
            health.condition?.name(in: words.language) ?? words("device_disk_no_verdict")
        details =
            [
                health.wear.words(in: words.language),
                words("device_disk_told_on", ["day": health.recordedAt.day.printed]),
            ].filter { !$0.isEmpty }.joined(separator: " · ")
    }
}

extension [DeviceCard.FittedDisk] {
    /// Those that are to be replaced.
    func failing(_ words: Words) -> [String] {
        filter { $0.health?.condition == .replace }
            .map { words("device_disk_failing", ["disk": $0.named(words)]) }
    }
}

extension DeviceCard.FittedDisk {
    /// What it is and its serial.
    func named(_ words: Words) -> String {
        serial.isEmpty ? shownName(words) : "\(shownName(words)) \(serial)"
    }

    func shownName(_ words: Words) -> String {
        let kind = words("device_disk_\(kind.rawValue)")
        return sizeGB > 0
            ? "\(kind) \(gigabytes(sizeGB, in: words.language))"
            : words("device_disk_unread", ["kind": kind])
    }
}

extension DevicePage.Erasing {
    /// Nil where nothing waits for its erasure, and for who may not prepare it.
    init?(_ source: DeviceSource) {
        let disks = source.card.disks.filter { $0.erasure == nil }
        guard source.mayPrepare, !disks.isEmpty else { return nil }
        let words = source.words
        path = source.path + "/erasures"
        key = source.key()
        disk = Choice(
            "disk",
            label: words("device_disk"),
            options: disks.map { ($0.id.text, "\($0.shownName(words)) \($0.serial)") },
            chosen: disks.first?.id.text
        )
        let isFlash = disks.contains { $0.kind == .ssd || $0.kind == .nvme }
        method = Choice(
            "method",
            label: words("device_method"),
            options: ErasureMethod.allCases.map { ($0.rawValue, $0.name(in: words.language)) },
            chosen: (isFlash ? ErasureMethod.secureErase : .overwrite).rawValue
        )
        level = Choice(
            "level",
            label: words("device_level"),
            options: ErasureLevel.allCases.map { ($0.rawValue, $0.name(in: words.language)) },
            chosen: (isFlash ? ErasureLevel.purge : .clear).rawValue
        )
        tool = Field("tool", label: words("device_tool"), value: "nwipe")
        toolVersion = Field("tool_version", label: words("device_tool_version"), isRequired: false)
        isNext = source.row.sound && (source.row.inspected || source.card.inspection.isEmpty)
    }
}
