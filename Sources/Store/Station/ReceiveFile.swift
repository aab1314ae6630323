import Foundation
import Postgres
public import Shop

/// What became of a file that a station sent.
public enum SentFile: Sendable {
    /// The importer needed nobody: new, known or refused.
    case imported(HardwareImport)
    case waiting(WaitingFileRow)
}

/// The same as programs read it.
public struct ToldSending: Codable, Sendable {
    public let file: String
    public let format: HardwareFormat?
    public let outcome: Outcome
    /// The machine that was taken in or found; absent while a person is asked.
    public let label: String?
    public let reason: String?
    public let device: Hardware?
    /// What a person should know before trusting the device, told.
    public let notes: [String]
    /// What it proves of drives that were erased.
    public let drives: [ToldDrive]
    /// What it says of the wear of disks.
    public let healths: [ToldHealth]

    public enum Outcome: String, CaseIterable, Sendable, Codable {
        case new, known
        /// It was kept until somebody takes it in or puts it aside.
        case waiting
        /// Somebody put it aside.
        case aside
    }

    /// Throws the refusal of a file that was refused.
    public init(_ sent: SentFile, in language: Language) throws(Refusal) {
        switch sent {
        case .imported(let result):
            if case .refused(let refusal) = result.outcome { throw refusal }
            let told = ToldImport(result, in: language)
            file = told.file
            format = told.format
            if case .new = result.outcome { outcome = .new } else { outcome = .known }
            label =
                told.label
                ?? (told.drives.compactMap(\.label) + told.healths.compactMap(\.label)).first
            reason = told.reason
            device = told.device
            notes = told.notes
            drives = told.drives
            healths = told.healths
        case .waiting(let row):
            file = row.name
            format = row.format
            outcome = row.endedHow == .aside ? .aside : .waiting
            label = nil
            reason = row.doubt.words(row.label, in: language)
            device = nil
            notes = []
            drives = []
            healths = []
        }
    }
}

extension Store {
    /// Does with a file of a station what the stock page does once somebody confirmed: a machine is taken in, with the lot
    /// that stands on the bench, or its parts are brought up to date, an erasure is recorded. Where the importer would ask
    /// somebody, the file is kept and waits for a person of the shop. The same file again makes nothing again. Throws
    /// `stationFilesWait`, `stationDayFull` and `stationBytesFull` for what is beyond a bench’s bounds.
    public func receiveFile(
        _ upload: HardwareUpload,
        from station: Staff
    ) async throws -> SentFile {
        guard case .shops(let shops) = station.reach(.stockWorkers), let shop = shops.first,
            shops.count == 1
        else { throw Refusal(.stationTokenWrong) }
        let read = try await read([upload])[0]
        try await checkBytes(of: station)
        let batch: BatchCode?
        switch try await judge(read, from: station) {
        case .doubtful(let doubtful):
            return .waiting(try await keep(read, doubtful, from: station, in: shop))
        case .new(let code): batch = code
        case .plain: batch = nil
        }
        let results = try await importRead(
            [read],
            into: shop,
            fromPublicBody: false,
            batch: batch,
            takesVirtual: true,
            by: station
        )
        return .imported(results[0])
    }

    private enum Judged: Sendable {
        /// Somebody is to be asked.
        case doubtful(Doubtful)
        /// A machine that the shop has not, and the lot on the bench.
        case new(BatchCode?)
        /// A machine that the shop has, evidence, and what is refused.
        case plain
    }

    private struct Doubtful: Sendable {
        let doubt: FileDoubt
        let label: String?
    }

    /// Throws `stationBytesFull` for a bench that sent as much as one may in a day, of whatever kind.
    private func checkBytes(of station: Staff) async throws {
        let now = clock.now()
        try await transaction { tx in
            let most = try tx.number("station_megabytes_a_day", on: now.day)
            let morning: SQL = "\(now.day)::timestamp at time zone 'Europe/Paris'"
            let kept: [SQL] = ["hardware_files", "health_files", "erasure_logs"].map { table in
                """
                (select coalesce(sum(octet_length(document)), 0) from \(identifier: table)
                 where imported_by = \(station.id) and imported_at >= \(morning))
                """
            }
            let sent: Int64 = try tx.query(
                "select (\(kept[0]) + \(kept[1]) + \(kept[2]))::bigint as sent"
            )[0]["sent"]
            guard sent < Int64(most) * 1_000_000 else {
                throw Refusal(.stationBytesFull, ["most": .number(Int64(most))])
            }
        }
    }

    private func judge(_ upload: ReadUpload, from station: Staff) async throws -> Judged {
        let file: HardwareFile
        switch upload.content {
        case .failure, .success(.log), .success(.health): return .plain
        case .success(.sheet): return .doubtful(Doubtful(doubt: .sheet, label: nil))
        case .success(.machine(let machine)): file = machine
        }
        let now = clock.now()
        let serial = file.hardware.serial?.normalised
        return try await transaction { tx in
            if case .known(let known) = try KnownHardware([upload], in: tx).result(
                of: upload,
                twin: nil,
                drives: []
            ).outcome, let label = known.label {
                guard try tx.stands(label, where: station) else {
                    return .doubtful(Doubtful(doubt: .elsewhere, label: nil))
                }
                if case .otherDisks = known {
                    return .doubtful(Doubtful(doubt: .otherDisks, label: label))
                }
                return .plain
            }
            if file.hardware.isVirtual {
                return .doubtful(Doubtful(doubt: .virtualMachine, label: nil))
            }
            guard let serial else {
                return .doubtful(Doubtful(doubt: .noTrueSerial, label: nil))
            }
            let same: String? = try tx.query(
                """
                select d.label from devices d \(LastStay.joins)
                where d.serial <> '' and upper(regexp_replace(d.serial, '[^[:alnum:]]', '', 'g')) = \(serial)
                  and d.identity is distinct from \(upload.identity)
                  and \(station.reach(.stockWorkers).condition(LastStay.standsIn))
                order by d.id limit 1
                """
            ).first?["label"]
            if let same { return .doubtful(Doubtful(doubt: .serialKnown, label: same)) }
            try tx.checkDay(of: station, at: now)
            return .new(try tx.batch(on: station))
        }
    }

    /// Kept once: what somebody decided of this very file stays decided.
    private func keep(
        _ upload: ReadUpload,
        _ doubtful: Doubtful,
        from station: Staff,
        in shop: ID<Shop>
    ) async throws -> WaitingFileRow {
        let now = clock.now()
        let id = newID(WaitingFile.self)
        let (format, summary) = upload.told
        return try await transaction { tx in
            let most = try tx.number("station_files_waiting", on: now.day)
            let rows = try tx.pipeline([
                "select from stations where user_id = \(station.id) for no key update",
                """
                insert into waiting_files (id, station_id, shop_id, sha256, name, format, document, doubt, label, summary,
                                           received_at)
                select \(id), \(station.id), \(shop), \(upload.sha256), \(upload.name), \(format),
                       \(Data(upload.bytes)), \(doubtful.doubt), \(doubtful.label ?? ""), \(summary), \(now)
                where (select count(*) from waiting_files where station_id = \(station.id) and ended_at is null) < \(most)
                on conflict on constraint waiting_files_wait_once do nothing
                """,
                "\(WaitingFileRow.selected) where w.shop_id = \(shop) and w.sha256 = \(upload.sha256)",
            ])
            guard let row = rows[2].first else {
                throw Refusal(.stationFilesWait, ["most": .number(Int64(most))])
            }
            return try WaitingFileRow(row)
        }
    }
}

extension ReadUpload {
    /// What it is and what it describes, in a line that names nobody.
    fileprivate var told: (format: HardwareFormat, summary: String) {
        switch content {
        case .success(.machine(let file)):
            let hardware = file.hardware
            let parts = [hardware.maker, hardware.model, hardware.serial?.text].compactMap(\.self)
            return (file.format, parts.joined(separator: " "))
        case .success(.sheet(let format, let entries)): return (format, "× \(entries.count)")
        case .success(.log(let format, _)), .success(.health(let format)): return (format, "")
        case .failure: preconditionFailure("what is refused does not wait")
        }
    }
}

extension Transaction {
    /// Throws `stationDayFull` for a bench that took in as many machines as one may in a day. Files that come at one time
    /// may go beyond by as many as are read side by side.
    fileprivate func checkDay(of station: Staff, at now: Instant) throws {
        let most = try number("station_devices_a_day", on: now.day)
        let today: Int = try query(
            """
            select count(*) as count from devices
            where recorded_by = \(station.id) and recorded_at >= \(now.day)::timestamp at time zone 'Europe/Paris'
            """
        )[0]["count"]
        guard today < most else {
            throw Refusal(.stationDayFull, ["most": .number(Int64(most))])
        }
    }

    /// The lot with which the new machines of a bench come.
    fileprivate func batch(on station: Staff) throws -> BatchCode? {
        let code: String? = try query(
            """
            select b.code from (select batch_id from station_batches where station_id = \(station.id)
                                order by ordinal desc limit 1) s
            join batches b on b.id = s.batch_id
            """
        ).first?["code"]
        return try code.map { text throws(Refusal) in try BatchCode.typed(text) }
    }

    /// Whether the machine of this label stands where the station is.
    fileprivate func stands(_ label: String, where station: Staff) throws -> Bool {
        try !query(
            """
            select from devices d \(LastStay.joins)
            where d.label = \(label) and \(station.reach(.stockWorkers).condition(LastStay.standsIn))
            """
        ).isEmpty
    }
}
