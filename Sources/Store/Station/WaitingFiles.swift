import Foundation
public import Postgres
public import Shop

/// A file of a station that waits for a person, or waited.
public struct WaitingFileRow: Hashable, Sendable, Codable {
    public let id: ID<WaitingFile>
    /// The code of the station and that of its shop.
    public let station: String
    public let stationName: String
    public let shop: String
    public let name: String
    public let format: HardwareFormat
    public let doubt: FileDoubt
    /// The machine that it may be of.
    public let label: String?
    /// What it describes, in a line; empty where it says nothing.
    public let summary: String
    public let receivedAt: Instant
    /// Nil while it waits.
    public let endedHow: End?

    public enum End: String, CaseIterable, Sendable, Codable {
        case taken, aside
    }

    init(_ row: Row) throws {
        id = try row["id"]
        station = try row["station"]
        stationName = try row["station_name"]
        shop = try row["shop"]
        name = try row["name"]
        format = try row["format"]
        doubt = try row["doubt"]
        let label: String = try row["label"]
        self.label = label.isEmpty ? nil : label
        summary = try row["summary"]
        receivedAt = try row["received_at"]
        endedHow = try row["ended_how"]
    }

    static let selected: SQL = """
        select w.id, u.operator as station, u.name as station_name, h.code as shop, w.name, w.format, w.doubt, w.label,
               w.summary, w.received_at, w.ended_how
        from waiting_files w join users u on u.id = w.station_id join shops h on h.id = w.shop_id
        """
}

extension WaitingFileRow.End: Bindable, Readable {}

extension Store {
    /// Files of stations that wait for a person of these shops, the first received first.
    /// - Parameter after: the last part's `next`.
    public func waitingFiles(
        in reach: Reach = .everyShop,
        after: String? = nil,
        limit: Int = 50
    ) async throws -> Paged<WaitingFileRow> {
        let limit = min(max(limit, 1), 200)
        let last = after.flatMap { ID<WaitingFile>($0) }
        return try await transaction { tx in
            let rows = try tx.query(
                """
                \(WaitingFileRow.selected)
                where w.ended_at is null and (\(last)::uuid is null or w.id > \(last)) and \(reach.condition("w.shop_id"))
                order by w.id limit \(limit + 1)
                """
            )
            return Paged(try rows.map { try WaitingFileRow($0) }, limit: limit) { $0.id.text }
        }
    }

    /// How many wait, a hundred at most.
    public func countWaitingFiles(in reach: Reach) async throws -> Int {
        try await transaction { tx in
            try tx.query(
                """
                select count(*) as count from (select from waiting_files w
                    where w.ended_at is null and \(reach.condition("w.shop_id")) limit 100) w
                """
            )[0]["count"]
        }
    }

    /// Takes in what a waiting file describes, as the stock page does of a file that somebody confirmed; taken already, it
    /// finds the machine again. Throws `unknownThing`, also for a file of another shop, `alreadyEnded` for one that was put
    /// aside, `fileOtherDisks` for a machine whose disks do not change where it is, and what the import refuses.
    /// - Parameters:
    ///   - batch: the lot with which the machine came.
    ///   - fromPublicBody: a public body gave it; where a lot is named, its donor says it.
    public func takeWaitingFile(
        _ id: ID<WaitingFile>,
        of batch: BatchCode? = nil,
        fromPublicBody: Bool = false,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> HardwareImport {
        let (upload, shop) = try await transaction { tx in
            let row = try tx.waitingFile(id, for: staff)
            let ended: WaitingFileRow.End? = try row["ended_how"]
            guard ended != .aside else { throw Refusal(.alreadyEnded) }
            let document: Data = try row["document"]
            let shop: ID<Shop> = try row["shop_id"]
            return (HardwareUpload(path: try row["name"], bytes: Array(document)), shop)
        }
        let result = try await importHardware(
            [upload],
            into: shop,
            fromPublicBody: fromPublicBody,
            batch: batch,
            takesVirtual: true,
            by: staff
        )[0]
        switch result.outcome {
        case .refused(let refusal): throw refusal
        case .known(.otherDisks(let label, let stage, let gone, let new)):
            let known = HardwareImport.Known.otherDisks(
                label: label,
                stage: stage,
                gone: gone,
                new: new
            )
            throw Refusal(
                .fileOtherDisks,
                [
                    "file": .text(upload.name),
                    "why": .explained(
                        french: known.words(in: .french),
                        english: known.words(in: .english)
                    ),
                ]
            )
        case .new, .known: break
        }
        _ = try await end(id, .taken, key: key, by: staff)
        return result
    }

    /// Leaves a waiting file out of the stock; it is kept all the same. Throws `unknownThing`, also for a file of another
    /// shop, and `alreadyEnded`.
    public func putWaitingFileAside(
        _ id: ID<WaitingFile>,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> ID<WaitingFile> {
        try await end(id, .aside, key: key, by: staff)
    }

    private func end(
        _ id: ID<WaitingFile>,
        _ how: WaitingFileRow.End,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> ID<WaitingFile> {
        let input = [id.text, how.rawValue]
        return try await command("end-waiting-file", key: key, input: input, by: staff) { tx, now in
            let row = try tx.waitingFile(id, for: staff, isLocked: true)
            let ended: WaitingFileRow.End? = try row["ended_how"]
            if let ended {
                guard ended == how, how == .taken else { throw Refusal(.alreadyEnded) }
                return id
            }
            try tx.execute(
                """
                update waiting_files set ended_at = \(now), ended_by = \(staff.id), ended_how = \(how) where id = \(id)
                """
            )
            return id
        }
    }
}

extension Transaction {
    fileprivate func waitingFile(
        _ id: ID<WaitingFile>,
        for staff: Staff,
        isLocked: Bool = false
    ) throws -> Row {
        let lock: SQL = isLocked ? "for no key update" : ""
        let rows = try query(
            """
            select name, document, shop_id, ended_how from waiting_files
            where id = \(id) and \(staff.reach(.stockWorkers).condition("shop_id")) \(lock)
            """
        )
        guard let row = rows.first else { throw Refusal(.unknownThing, ["text": .text(id.text)]) }
        return row
    }
}
