/// What a disk says of its own wear. A number is absent where the disk does not say it.
public struct DiskWear: Hashable, Sendable, Codable {
    /// The disk's own verdict.
    public let passed: Bool?
    public let powerOnHours: Int?
    /// Sectors that went bad and were replaced by spare ones.
    public let reallocatedSectors: Int?
    /// Sectors that could not be read and wait to be replaced.
    public let pendingSectors: Int?
    /// How much of the writing that flash was made for is used up.
    public let percentageUsed: Int?

    public init(
        passed: Bool?,
        powerOnHours: Int?,
        reallocatedSectors: Int?,
        pendingSectors: Int?,
        percentageUsed: Int?
    ) {
        self.passed = passed
        self.powerOnHours = powerOnHours
        self.reallocatedSectors = reallocatedSectors
        self.pendingSectors = pendingSectors
        self.percentageUsed = percentageUsed
    }
}

/// From when a disk is to be watched, and replaced: dated numbers.
public struct DiskLimits: Hashable, Sendable {
    let watchPercent: Int
    let replacePercent: Int
    let replaceSectors: Int

    public init(watchPercent: Int, replacePercent: Int, replaceSectors: Int) {
        self.watchPercent = watchPercent
        self.replacePercent = replacePercent
        self.replaceSectors = replaceSectors
    }
}

/// What a disk's wear comes to. Raw values are sent: never rename or reuse one.
public enum DiskCondition: String, CaseIterable, Sendable, Codable {
    case good, watch, replace

    public func name(in language: Language) -> String {
        switch self {
        case .good: language.choose("En bonne santé", "In good health")
        case .watch: language.choose("À surveiller", "To be watched")
        case .replace: language.choose("À remplacer", "To be replaced")
        }
    }
}

extension DiskWear {
    /// Its own verdict goes first, then what is used up, then what went bad. Nil where the disk says nothing of it.
    public func condition(within limits: DiskLimits) -> DiskCondition? {
        let bad = [reallocatedSectors, pendingSectors].compactMap(\.self)
        let sectors = bad.reduce(0, +)
        if passed == false { return .replace }
        if let percentageUsed, percentageUsed >= limits.replacePercent { return .replace }
        if sectors >= limits.replaceSectors { return .replace }
        if let percentageUsed, percentageUsed >= limits.watchPercent { return .watch }
        if sectors > 0 { return .watch }
        return passed == nil && percentageUsed == nil && bad.isEmpty ? nil : .good
    }

    /// `12 345 h · 8 secteurs réalloués · usure 14 %`: what is known, in this order.
    public func words(in language: Language) -> String {
        [
            powerOnHours.map { "\(Written.number($0, in: language))\u{A0}h" },
            reallocatedSectors.map {
                language.choose("secteurs réalloués\u{A0}: \($0)", "reallocated sectors: \($0)")
            },
            pendingSectors.map {
                language.choose("secteurs illisibles\u{A0}: \($0)", "unreadable sectors: \($0)")
            },
            percentageUsed.map {
                language.choose("usure\u{A0}: \($0)\u{A0}%", "worn: \($0)\u{A0}%")
            },
        ].compactMap(\.self).joined(separator: " · ")
    }
}

/// What a disk's report changes.
public enum HealthOutcome: Hashable, Sendable {
    /// It is of this disk.
    case told(FittedDisk)
    /// The same report was kept before.
    case known(FittedDisk)
    case refused(DriveRefusal)
}

extension DiskHealth {
    public var wear: DiskWear {
        DiskWear(
            passed: passed,
            powerOnHours: powerOnHours,
            reallocatedSectors: reallocatedSectors,
            pendingSectors: pendingSectors,
            percentageUsed: percentageUsed
        )
    }

    /// Which of `disks` this report is of, by the serial alone.
    /// - Parameter kept: the disks of which this very file was kept before.
    public func judged(against disks: [FittedDisk], kept: Set<ID<Disk>>) -> HealthOutcome {
        guard let serial else { return .refused(.doubtful(.serialUnknown)) }
        do throws(DriveRefusal) {
            let disk = try serial.disk(among: disks)
            return kept.contains(disk.id) ? .known(disk) : .told(disk)
        } catch {
            return .refused(error)
        }
    }
}
