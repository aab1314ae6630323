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
    /// Does with a file of a station what the stock page does once somebody confirmed: a machine is taken in or its parts
    /// are brought up to date, an erasure is recorded. Where the importer would ask somebody, the file is kept and waits
    /// for a person of the shop. The same file again makes nothing again.
    public func receiveFile(
        _ upload: HardwareUpload,
        from station: Staff
    ) async throws -> SentFile {
        guard case .shops(let shops) = station.reach(.stockWorkers), let shop = shops.first,
            shops.count == 1
        else { throw Refusal(.stationTokenWrong) }
        let read = try await read([upload])[0]
        if let doubt = try await doubt(of: read, from: station) {
            return .waiting(try await keep(read, doubt, from: station, in: shop))
        }
        let results = try await importRead(
            [read],
            into: shop,
            fromPublicBody: false,
            takesVirtual: true,
            by: station
        )
        return .imported(results[0])
    }

    private struct Doubtful: Sendable {
        let doubt: FileDoubt
        let label: String?
    }

    /// Why somebody is to be asked; nil where nobody is: what is taken in is plain, and what is refused is refused.
    private func doubt(of upload: ReadUpload, from station: Staff) async throws -> Doubtful? {
        let file: HardwareFile
        switch upload.content {
        case .failure, .success(.log), .success(.health): return nil
        case .success(.sheet): return Doubtful(doubt: .sheet, label: nil)
        case .success(.machine(let machine)): file = machine
        }
        let serial = file.hardware.serial?.normalised
        return try await transaction { tx in
            if case .known(let known) = try KnownHardware([upload], in: tx).result(
                of: upload,
                twin: nil,
                drives: []
            ).outcome, let label = known.label {
                guard try tx.stands(label, where: station) else {
                    return Doubtful(doubt: .elsewhere, label: nil)
                }
                if case .otherDisks = known { return Doubtful(doubt: .otherDisks, label: label) }
                return nil
            }
            if file.hardware.isVirtual { return Doubtful(doubt: .virtualMachine, label: nil) }
            guard let serial else { return Doubtful(doubt: .noTrueSerial, label: nil) }
            let same: String? = try tx.query(
                """
                select d.label from devices d \(LastStay.joins)
                where d.serial <> '' and upper(regexp_replace(d.serial, '[^[:alnum:]]', '', 'g')) = \(serial)
                  and d.identity is distinct from \(upload.identity)
                  and \(station.reach(.stockWorkers).condition(LastStay.standsIn))
                order by d.id limit 1
                """
            ).first?["label"]
            return same.map { Doubtful(doubt: .serialKnown, label: $0) }
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
            let rows = try tx.pipeline([
                """
                insert into waiting_files (id, station_id, shop_id, sha256, name, format, document, doubt, label, summary,
                                           received_at)
                values (\(id), \(station.id), \(shop), \(upload.sha256), \(upload.name), \(format),
                        \(Data(upload.bytes)), \(doubtful.doubt), \(doubtful.label ?? ""), \(summary), \(now))
                on conflict on constraint waiting_files_wait_once do nothing
                """,
                "\(WaitingFileRow.selected) where w.shop_id = \(shop) and w.sha256 = \(upload.sha256)",
            ])
            return try WaitingFileRow(rows[1][0])
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
