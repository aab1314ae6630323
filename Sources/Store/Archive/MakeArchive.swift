import Crypto
import Foundation
import Postgres
public import Shop

/// What was written out, and where.
public struct MadeArchive: Codable, Sendable {
    public let kind: ArchiveManifest.Kind
    public let from: Day
    public let to: Day
    public let entries: Int
    public let chains: Int
    /// SHA-256 of `manifest.json`, in hex: the journal seals it of an archive.
    public let fingerprint: String
    /// The key that signed it.
    public let key: String
    public let folder: String
}

/// An archive that was made before.
public struct ArchiveRow: Codable, Sendable {
    public let id: String
    public let from: Day
    public let to: Day
    public let entries: Int
    public let chains: Int
    public let fingerprint: String
    public let madeAt: Instant
    public let madeBy: String
}

/// An archive as it is sealed. Every column of `archives` is here.
public struct ArchiveRecord: Hashable, Sendable {
    public let id: ID<ArchiveRecord>
    public let from: Day
    public let to: Day
    public let entries: Int64
    public let chains: Int
    public let digest: String
    public let by: ID<User>
    public let link: Link

    var canonical: Canonical {
        var entry = link.canonical
        entry.put("id", id)
        entry.put("from_on", from)
        entry.put("to_on", to)
        entry.put("entries", entries)
        entry.put("chains", chains)
        entry.put("manifest_digest", digest)
        entry.put("made_by", by)
        return entry
    }
}

extension Store {
    /// Writes the journal of some days into a new folder, with sheets, fingerprints, a signed manifest and a page that explains them; then
    /// seals the archive in the journal, or notes the export. What was written by a run that was stopped is written anew.
    ///
    /// An archive is of days that are over and closed, a year at most (A12). Throws `associationOnly`, `periodReversed`, `archiveTooLong`,
    /// `archiveTooSoon`, `archiveNeedsClosing`, `folderThere` for a folder that is there already, `archiveUnreadable`, `keyReused`.
    /// - Parameter progress: called with the entries written so far and those to write.
    public func makeArchive(
        _ kind: ArchiveManifest.Kind,
        from: Day,
        to: Day,
        into folder: String,
        key: ID<Claim>,
        by staff: Staff,
        progress: @Sendable (Int, Int) -> Void = { _, _ in }
    ) async throws -> MadeArchive {
        try await checkArchivable(kind, from: from, to: to, by: staff)
        let place = URL(fileURLWithPath: folder).standardizedFileURL
        guard !FileManager.default.fileExists(atPath: place.path) else {
            throw Refusal(.folderThere, ["text": .text(folder)])
        }
        let draft = URL(fileURLWithPath: place.path + ".partial")
        if FileManager.default.fileExists(atPath: draft.path) {
            try FileManager.default.removeItem(at: draft)
        }
        try FileManager.default.createDirectory(
            at: draft,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
        let manifest = try await write(kind, from: from, to: to, in: draft, by: staff, progress)
        let bytes = try manifest.bytes()
        let digest = SHA256.hash(data: bytes)
        try bytes.write(to: draft.appending(path: ArchiveManifest.name))
        let signature = try keys.journal.signature(for: digest).rawRepresentation
        try Data("\(keys.journalID) \(hexadecimal(signature))\n".utf8)
            .write(to: draft.appending(path: ArchiveManifest.signatureName))
        let made = MadeArchive(
            kind: kind,
            from: from,
            to: to,
            entries: manifest.entries,
            chains: manifest.chains.count,
            fingerprint: hexadecimal(digest),
            key: keys.journalID,
            folder: folder
        )
        try FileManager.default.moveItem(at: draft, to: place)
        do { try await seal(made, key: key, by: staff) } catch {
            // What the journal does not know is no archive.
            try FileManager.default.removeItem(at: place)
            throw error
        }
        return made
    }

    /// Archives that were made, the last days first. `after` is the last part's `next`. Throws `associationOnly`.
    public func archives(
        after: String? = nil,
        limit: Int = 50,
        by staff: Staff
    ) async throws -> Paged<ArchiveRow> {
        try staff.checkHoldsEverywhere(.archivists)
        let limit = min(max(limit, 1), 200)
        let last = after.flatMap { ID<ArchiveRecord>($0) }
        return try await transaction { tx in
            let rows = try tx.query(
                """
                select a.id, a.from_on, a.to_on, a.entries, a.chains, a.manifest_digest, a.made_at, u.operator
                from archives a join users u on u.id = a.made_by
                where \(last)::uuid is null
                   or (a.to_on, a.id) < (select b.to_on, b.id from archives b where b.id = \(last)::uuid)
                order by a.to_on desc, a.id desc limit \(limit + 1)
                """
            )
            let items = try rows.prefix(limit).map { row -> ArchiveRow in
                let id: ID<ArchiveRecord> = try row["id"]
                let digest: Data = try row["manifest_digest"]
                return ArchiveRow(
                    id: id.text,
                    from: try row["from_on"],
                    to: try row["to_on"],
                    entries: try row["entries"],
                    chains: try row["chains"],
                    fingerprint: hexadecimal(digest),
                    madeAt: try row["made_at"],
                    madeBy: try row["operator"]
                )
            }
            return Paged(items: items, next: rows.count > limit ? items.last?.id : nil)
        }
    }

    private func checkArchivable(
        _ kind: ArchiveManifest.Kind,
        from: Day,
        to: Day,
        by staff: Staff
    ) async throws {
        try staff.checkHoldsEverywhere(.archivists)
        guard from <= to else {
            throw Refusal(.periodReversed, ["from": .day(from), "to": .day(to)])
        }
        guard kind == .archive else { return }
        guard to.number - from.number < 366 else {
            throw Refusal(.archiveTooLong, ["from": .day(from), "to": .day(to)])
        }
        guard to < today else { throw Refusal(.archiveTooSoon, ["on": .day(to)]) }
        let open = try await transaction { tx in
            try tx.query(
                """
                select t.code, d.business_on as on from drawers d join tills t on t.id = d.till_id
                where d.business_on <= \(to) and d.position > coalesce((
                    select max(p.last_position) from period_closings p where p.till_id = d.till_id and p.period = 'day'), 0)
                order by 2, 1 limit 1
                """
            ).first.map { row -> (String, Day) in (try row["code"], try row["on"]) }
        }
        if let (till, day) = open {
            throw Refusal(.archiveNeedsClosing, ["till": .text(till), "on": .day(day)])
        }
    }

    private func seal(_ made: MadeArchive, key: ID<Claim>, by staff: Staff) async throws {
        struct Input: Encodable {
            let kind: ArchiveManifest.Kind
            let from: Day
            let to: Day
            let fingerprint: String
        }
        let input = Input(
            kind: made.kind,
            from: made.from,
            to: made.to,
            fingerprint: made.fingerprint
        )
        let id: ID<ArchiveRecord> = newID()
        _ = try await sealing("make-archive", key: key, input: input, by: staff) { tx, now in
            guard made.kind == .archive else {
                let entry = try record(
                    .exported,
                    "journal",
                    "\(made.from.iso) \(made.to.iso) \(made.fingerprint)",
                    at: nil,
                    by: staff.id,
                    now: now,
                    in: tx
                )
                return (true, entry)
            }
            var chain = OpenChain(try associationHead(in: tx, at: now))
            let (record, entry) = try chain.add(.archive, at: now, in: self) { link in
                ArchiveRecord(
                    id: id,
                    from: made.from,
                    to: made.to,
                    entries: Int64(made.entries),
                    chains: made.chains,
                    digest: made.fingerprint,
                    by: staff.id,
                    link: link
                )
            } _: {
                $0.canonical
            }
            try tx.pipeline(
                entry.statements + [
                    """
                    insert into archives (id, from_on, to_on, entries, chains, manifest_digest, made_at, made_by, chain_id, position)
                    values (\(record.id), \(record.from), \(record.to), \(record.entries), \(record.chains),
                            decode(\(record.digest), 'hex'), \(record.link.at), \(record.by), \(record.link.chain),
                            \(record.link.position))
                    """
                ]
            )
            return (true, entry)
        }
    }
}

/// Archives read back as they were sealed, whatever is chosen from `archives a`.
struct ArchiveRows {
    static func statement(_ condition: SQL) -> SQL {
        """
        select a.id, a.from_on, a.to_on, a.entries, a.chains, encode(a.manifest_digest, 'hex') as digest, a.made_at, a.made_by,
               a.chain_id, a.position,
               (select e.number from journal_entries e
                where e.chain_id = a.chain_id and e.position = a.position) as number
        from archives a where \(condition)
        """
    }

    static func records(_ rows: Rows) throws -> [ArchiveRecord] {
        try rows.map { row in
            ArchiveRecord(
                id: try row["id"],
                from: try row["from_on"],
                to: try row["to_on"],
                entries: try row["entries"],
                chains: try row["chains"],
                digest: try row["digest"],
                by: try row["made_by"],
                link: try DrawerRows.link(row, .archive, "made_at")
            )
        }
    }
}
