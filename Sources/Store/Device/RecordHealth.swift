import Foundation
import Postgres
public import Shop

/// What an import did with what one disk says of its own wear, or would do.
public struct HealthImport: Hashable, Sendable, Codable {
    /// The disk's; absent when the report does not say it, or masks it.
    public let serial: String?
    public let model: String?
    public let wear: DiskWear
    public let outcome: Outcome

    public enum Outcome: Hashable, Sendable, Codable {
        case told(label: String)
        case known(label: String)
        case refused(DriveRefusal)
    }

    var toldLabel: String? { if case .told(let label) = outcome { label } else { nil } }
    var knownLabel: String? { if case .known(let label) = outcome { label } else { nil } }

    public func words(in language: Language) -> String {
        let disk =
            serial ?? model ?? language.choose("Disque sans numéro", "Disk without a number")
        let told =
            switch outcome {
            case .told(let label): [label, wear.words(in: language)].joined(separator: " · ")
            case .known(let label):
                language.choose("déjà noté pour \(label)", "recorded before for \(label)")
            case .refused(let refusal): refusal.words(in: language)
            }
        return language.choose("\(disk)\u{A0}: \(told).", "\(disk): \(told).")
    }
}

/// What one disk says of its own wear, as programs read it.
public struct ToldHealth: Codable, Sendable {
    public let serial: String?
    public let model: String?
    public let wear: DiskWear
    /// `told`, `known` or `refused`.
    public let outcome: String
    /// The machine that holds it.
    public let label: String?
    /// Only when refused.
    public let reason: String?

    init(_ health: HealthImport, in language: Language) {
        serial = health.serial
        model = health.model
        wear = health.wear
        switch health.outcome {
        case .told(let label): (outcome, self.label, reason) = ("told", label, nil)
        case .known(let label): (outcome, self.label, reason) = ("known", label, nil)
        case .refused(let refusal):
            (outcome, label, reason) = ("refused", nil, refusal.words(in: language))
        }
    }
}

extension Store {
    /// Records what disks say of their wear, once, of disks that are in machines of shops where `staff` works the stock. A
    /// report that is a file of its own is kept as it came when it told something.
    func recordHealth(of upload: ReadUpload, by staff: Staff) async throws -> [HealthImport] {
        guard !upload.health.isEmpty else { return [] }
        let input = [upload.sha256]
        return try await command("record-health", key: newID(), input: input, by: staff) {
            tx,
            now in
            try tx.lockDevices(holding: upload.health.compactMap { $0.serial?.normalised })
            let healths = try tx.health(of: upload, for: staff)
            let told = healths.compactMap { health, outcome -> (DiskWear, FittedDisk)? in
                if case .told(let disk) = outcome { (health.wear, disk) } else { nil }
            }
            if !told.isEmpty, upload.isEvidence {
                try tx.execute(
                    """
                    insert into health_files (sha256, name, document, imported_at, imported_by)
                    values (\(upload.sha256), \(upload.name), \(Data(upload.bytes)), \(now), \(staff.id))
                    on conflict (sha256) do nothing
                    """
                )
            }
            _ = try tx.pipeline(
                told.map { wear, disk in
                    """
                    insert into disk_healths (disk_id, file_sha256, passed, power_on_hours, reallocated_sectors,
                                              pending_sectors, percentage_used, recorded_at, recorded_by)
                    values (\(disk.id), \(upload.sha256), \(wear.passed), \(wear.powerOnHours),
                            \(wear.reallocatedSectors), \(wear.pendingSectors), \(wear.percentageUsed), \(now),
                            \(staff.id))
                    on conflict on constraint disk_healths_are_kept_once do nothing
                    """
                }
            )
            return healths.map(HealthImport.init)
        }
    }
}

extension HealthImport {
    init(_ health: DiskHealth, _ outcome: HealthOutcome) {
        let told: Outcome =
            switch outcome {
            case .told(let disk): .told(label: disk.label)
            case .known(let disk): .known(label: disk.label)
            case .refused(let refusal): .refused(refusal)
            }
        self.init(
            serial: health.serial?.text,
            model: health.model,
            wear: health.wear,
            outcome: told
        )
    }
}

extension Transaction {
    /// Each disk of a file's reports, with what it changes. Nothing for a file without one.
    func health(
        of upload: ReadUpload,
        for staff: Staff?
    ) throws -> [(DiskHealth, HealthOutcome)] {
        guard !upload.health.isEmpty else { return [] }
        let disks = try fittedDisks(
            upload.health.compactMap { $0.serial?.normalised },
            recordedBy: upload.sha256,
            for: staff
        )
        let kept: [ID<Disk>] = try query(
            "select disk_id from disk_healths where file_sha256 = \(upload.sha256) and disk_id = any(\(disks.map(\.id)))"
        ).map { try $0["disk_id"] }
        return upload.health.map { ($0, $0.judged(against: disks, kept: Set(kept))) }
    }
}
