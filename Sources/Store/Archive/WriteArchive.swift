import Crypto
import Foundation
import Postgres
import Shop

/// A stretch of a chain that an archive holds.
private struct ArchivedStretch: Sendable {
    let chain: ID<Chain>
    let till: String
    let isTraining: Bool
    let first: Int64
    let last: Int64
    let previousHash: String
    let lastHash: String
}

extension Store {
    /// Writes everything but the manifest into `folder`.
    func write(
        _ kind: ArchiveManifest.Kind,
        from: Day,
        to: Day,
        in folder: URL,
        by staff: Staff,
        _ progress: @Sendable (Int, Int) -> Void
    ) async throws -> ArchiveManifest {
        let madeAt = clock.now()
        let stretches = try await stretches(kind, from: from, to: to)
        let total = stretches.reduce(0) { $0 + Int($1.last - $1.first + 1) }
        let journal = try ArchiveWriter(ArchiveManifest.journalName, in: folder)
        let sheets = try ArchiveSheets(in: folder)
        var written = 0
        progress(0, total)
        for stretch in stretches {
            var position = stretch.first
            while position <= stretch.last {
                try Task.checkCancellation()
                let entries = try await entries(of: stretch, from: position)
                guard let last = entries.last else { break }
                for entry in entries {
                    try journal.write(ArchivedEntry.encoder.encode(entry))
                    try journal.write("\n")
                    guard let fields = SealedFields(entry.payload) else {
                        throw Refusal(
                            .archiveUnreadable,
                            ["text": .text("\(stretch.till) \(entry.position)")]
                        )
                    }
                    try sheets.write(entry, fields, at: stretch.till)
                }
                written += entries.count
                position = last.position + 1
                progress(written, total)
            }
        }
        let keyFile = try ArchiveWriter(ArchiveManifest.keysName, in: folder)
        let publicKeys = keys.trusted.sorted { $0.key < $1.key }.map {
            ArchivedKey(id: $0.key, publicKey: hexadecimal($0.value.x963Representation))
        }
        try keyFile.write(ArchivedEntry.encoder.encode(publicKeys))
        try keyFile.write("\n")
        let identity = try await identity()
        func manifest(_ files: [ArchiveManifest.File]) -> ArchiveManifest {
            ArchiveManifest(
                format: "comptoir-journal",
                formatVersion: ArchiveManifest.version,
                kind: kind,
                association: identity.name,
                siret: identity.siret,
                from: from,
                to: to,
                madeAt: madeAt,
                madeBy: staff.operatorCode,
                software: softwareVersion,
                entries: written,
                chains: stretches.map { stretch in
                    .init(
                        id: stretch.chain.text,
                        till: stretch.till,
                        isTraining: stretch.isTraining,
                        firstPosition: stretch.first,
                        lastPosition: stretch.last,
                        previousHash: stretch.previousHash,
                        lastHash: stretch.lastHash
                    )
                },
                files: files
            )
        }
        let readMe = try ArchiveWriter("LISEZMOI.txt", in: folder)
        try readMe.write(archiveReadMe(manifest([])))
        let files = try [journal.close()] + sheets.close() + [keyFile.close(), readMe.close()]
        return manifest(files)
    }

    /// One stretch a chain: of a till from behind the last closing before these days to the last closing of one of them, so that a day is
    /// there with its closing, whenever that was made; an export goes on to what was sealed since. Of the association by the calendar.
    private func stretches(_ kind: ArchiveManifest.Kind, from: Day, to: Day) async throws
        -> [ArchivedStretch]
    {
        let begin = Instant(shopClock: from.number * 86_400)
        let end = Instant(shopClock: (to.number + 1) * 86_400)
        let until: SQL = kind == .export ? "e.happened_at < \(end)" : "false"
        return try await reports.transaction { tx in
            try tx.query(
                """
                select h.id, coalesce(t.code, '-') as till, h.training, s.first, s.last,
                       encode(f.previous_hash, 'hex') as previous_hash, encode(l.hash, 'hex') as last_hash
                from chain_heads h left join tills t on t.id = h.till_id
                cross join lateral (
                    select coalesce((select max(p.position) from period_closings p
                                     where p.chain_id = h.id and p.ends_on < \(from)), 0) + 1 as first,
                           greatest(
                               (select max(p.position) from period_closings p where p.chain_id = h.id and p.ends_on <= \(to)),
                               (select e.position from journal_entries e where e.chain_id = h.id and \(until)
                                order by e.position desc limit 1)) as last
                    where h.till_id is not null
                    union all
                    select min(e.position), max(e.position) from journal_entries e
                    where h.till_id is null and e.chain_id = h.id and e.happened_at >= \(begin) and e.happened_at < \(end)) s
                join journal_entries f on f.chain_id = h.id and f.position = s.first
                join journal_entries l on l.chain_id = h.id and l.position = s.last
                where s.last >= s.first
                order by t.code nulls last, h.training, h.id
                """
            ).map { row in
                ArchivedStretch(
                    chain: try row["id"],
                    till: try row["till"],
                    isTraining: try row["training"],
                    first: try row["first"],
                    last: try row["last"],
                    previousHash: try row["previous_hash"],
                    lastHash: try row["last_hash"]
                )
            }
        }
    }

    private func entries(of stretch: ArchivedStretch, from position: Int64) async throws
        -> [ArchivedEntry]
    {
        let to = min(position + 999, stretch.last)
        return try await reports.transaction { tx in
            try tx.query(
                """
                select position, kind, number, happened_at, payload, previous_hash, hash, key_id, signature
                from journal_entries where chain_id = \(stretch.chain) and position between \(position) and \(to)
                order by position
                """
            ).map { row in
                let at: Instant = try row["happened_at"]
                let payload: Data = try row["payload"]
                let previous: Data = try row["previous_hash"]
                let hash: Data = try row["hash"]
                let signature: Data = try row["signature"]
                return ArchivedEntry(
                    chain: stretch.chain.text,
                    position: try row["position"],
                    kind: try row["kind"],
                    number: try row["number"],
                    happenedAt: at.iso,
                    payload: String(decoding: payload, as: UTF8.self),
                    previousHash: hexadecimal(previous),
                    hash: hexadecimal(hash),
                    key: try row["key_id"],
                    signature: hexadecimal(signature)
                )
            }
        }
    }

    private func identity() async throws -> (name: String, siret: String) {
        try await transaction { tx in
            let row = try tx.query("select name, siret from association")[0]
            return (try row["name"], try row["siret"])
        }
    }
}
