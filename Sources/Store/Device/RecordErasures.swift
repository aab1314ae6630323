import Foundation
import Postgres
public import Shop

/// What an import did with one drive of an erasure log, or would do.
public struct DriveImport: Hashable, Sendable, Codable {
    /// The drive's; absent when the log does not say it, or masks it.
    public let serial: String?
    public let model: String?
    public let level: ErasureLevel?
    public let outcome: Outcome

    public enum Outcome: Hashable, Sendable, Codable {
        case erased(label: String)
        case known(label: String)
        case refused(DriveRefusal)
    }

    var erasedLabel: String? { if case .erased(let label) = outcome { label } else { nil } }
    var knownLabel: String? { if case .known(let label) = outcome { label } else { nil } }

    public func words(in language: Language) -> String {
        let drive =
            serial ?? model ?? language.choose("Disque sans numéro", "Disk without a number")
        let told =
            switch outcome {
            case .erased(let label):
                [level?.name(in: language), label].compactMap(\.self).joined(separator: ", ")
            case .known(let label):
                language.choose("déjà noté pour \(label)", "recorded before for \(label)")
            case .refused(let refusal): refusal.words(in: language)
            }
        return language.choose("\(drive)\u{A0}: \(told).", "\(drive): \(told).")
    }
}

/// One drive of a log, as programs read it.
public struct ToldDrive: Codable, Sendable {
    public let serial: String?
    public let model: String?
    public let level: ErasureLevel?
    /// `erased`, `known` or `refused`.
    public let outcome: String
    /// The machine that holds it.
    public let label: String?
    /// Only when refused.
    public let reason: String?

    init(_ drive: DriveImport, in language: Language) {
        serial = drive.serial
        model = drive.model
        level = drive.level
        switch drive.outcome {
        case .erased(let label): (outcome, self.label, reason) = ("erased", label, nil)
        case .known(let label): (outcome, self.label, reason) = ("known", label, nil)
        case .refused(let refusal):
            (outcome, label, reason) = ("refused", nil, refusal.words(in: language))
        }
    }
}

extension Store {
    /// Records what a log proves, once, of disks that are in machines of shops where `staff` works the stock; the log is kept as
    /// it came when it proved something.
    func recordErasures(of upload: ReadUpload, by staff: Staff) async throws -> [DriveImport] {
        guard let log = upload.erasures else { return [] }
        let input = [upload.sha256]
        return try await command("record-erasures", key: newID(), input: input, by: staff) {
            tx,
            now in
            try tx.lockDevices(holding: log.serials)
            let drives = try tx.drives(of: upload, for: staff, at: now)
            let erased = drives.compactMap {
                drive,
                outcome -> (DriveErasure, FittedDisk, Instant)? in
                if case .erased(let disk, let at) = outcome { (drive, disk, at) } else { nil }
            }
            if !erased.isEmpty {
                try tx.execute(
                    """
                    insert into erasure_logs (sha256, name, document, imported_at, imported_by)
                    values (\(upload.sha256), \(upload.name), \(Data(upload.bytes)), \(now), \(staff.id))
                    on conflict (sha256) do nothing
                    """
                )
            }
            _ = try tx.pipeline(
                erased.compactMap { drive, disk, at in
                    drive.method.map { method in
                        """
                        insert into erasures (id, disk_id, disk_serial, unit_serial, method, level, tool, tool_version,
                                              verified, file_sha256, erased_at, recorded_at, recorded_by)
                        values (\(newID(Erasure.self)), \(disk.id), \(disk.serial),
                                (select serial from devices where id = \(disk.device)), \(method), \(method.level),
                                \(log.tool), \(log.toolVersion), \(drive.isVerified), \(upload.sha256), \(at), \(now),
                                \(staff.id))
                        """
                    }
                }
            )
            return drives.map(DriveImport.init)
        }
    }
}

extension DriveImport {
    init(_ drive: DriveErasure, _ outcome: DriveOutcome) {
        let told: Outcome =
            switch outcome {
            case .erased(let disk, _): .erased(label: disk.label)
            case .known(let disk): .known(label: disk.label)
            case .refused(let refusal): .refused(refusal)
            }
        self.init(
            serial: drive.serial?.text,
            model: drive.model,
            level: drive.level,
            outcome: told
        )
    }
}

/// A disk's serial as logs and records are compared: letters in capitals and digits alone.
private func normalisedSerial(_ disk: SQL) -> SQL {
    "upper(regexp_replace(\(disk).serial, '[^[:alnum:]]', '', 'g'))"
}

extension ErasureLog {
    fileprivate var serials: [String] { drives.compactMap { $0.serial?.normalised } }
}

extension Transaction {
    /// In the order of their ids, as every verb does.
    func lockDevices(holding serials: [String]) throws {
        try execute(
            """
            select id from devices where id in (
                select k.device_id from device_disks k
                where k.removed_at is null and \(normalisedSerial("k")) = any(\(serials)))
            order by id for no key update
            """
        )
    }

    /// Each drive of a file's log, with what it changes. Nothing for a file without one.
    func drives(
        of upload: ReadUpload,
        for staff: Staff?,
        at now: Instant
    ) throws -> [(DriveErasure, DriveOutcome)] {
        guard let log = upload.erasures, case .success = upload.content else { return [] }
        let disks = try fittedDisks(log.serials, recordedBy: upload.sha256, for: staff)
        return log.drives.map { ($0, $0.judged(against: disks, at: now)) }
    }

    /// The disks in machines that bear one of these serials, normalised.
    /// - Parameter file: the file of which it is asked whether it recorded their erasure.
    func fittedDisks(
        _ serials: [String],
        recordedBy file: Data,
        for staff: Staff?
    ) throws -> [FittedDisk] {
        let rows = try query(
            """
            select k.id, k.serial, d.id as device_id, d.label, \(LastStay.standsIn) as stands_in,
                   (select nullif(max(here_since(o.device_id)), '-infinity') from device_disks o
                    where \(normalisedSerial("o")) = \(normalisedSerial("k"))) as since,
                   exists (select from erasures e where e.disk_id = k.id and e.file_sha256 = \(file)
                           and e.verified) as is_recorded,
                   \(LastStay.columns)
            from device_disks k join devices d on d.id = k.device_id \(LastStay.joins)
            where k.removed_at is null and \(normalisedSerial("k")) = any(\(serials))
            order by d.id, k.id
            """
        )
        return try rows.map { row in
            FittedDisk(
                id: try row["id"],
                device: try row["device_id"],
                label: try row["label"],
                serial: try row["serial"],
                stage: DeviceStage(
                    stay: try row["ordinal"],
                    exit: try row["exit"],
                    cameBack: try row["came_back"],
                    removed: try (row["removed"] as DeviceExit?) != nil,
                    inTransit: try (row["transit"] as String?) != nil
                ),
                since: try row["since"],
                isRecorded: try row["is_recorded"],
                isOwn: try staff?.holds(anyOf: .stockWorkers, in: row["stands_in"]) ?? true
            )
        }
    }
}
