import Crypto
import Foundation
import Postgres
import Shop

/// What `comptoir verify` found. The first fault of each kind stands with where it is.
public struct Verification: Sendable, Codable {
    public var ok: Bool { faults.isEmpty }
    public var chains = 0
    public var entries = 0
    public var tickets = 0
    public var refunds = 0
    public var stockLevels = 0
    public var registerEntries = 0
    public var codes = 0
    public private(set) var faults: [Fault] = []

    public struct Fault: Sendable, Codable, Hashable {
        /// What is wrong: `hash`, `signature`, `gap`, `head`, `truncated`, `row`, `row_missing`, `entry_missing`,
        /// `document`, `use`, `exit`, `movement`, `claim`, `stock`, `code_exit`, `free_code`,
        /// `code_level`, `code`.
        public let kind: String
        /// Where: chain, position and, for a row, the field.
        public let place: String
    }

    mutating func fault(_ kind: String, _ place: String) {
        guard !faults.contains(where: { $0.kind == kind }) else { return }
        faults.append(Fault(kind: kind, place: place))
    }
}

extension Store {
    /// Proves the journal, the tickets and the stock against each other, a few hundred entries at a time. Tills may go on
    /// selling: each chain is walked to where it ended when this began.
    public func verify(
        journal: Bool = true,
        stock: Bool = true,
        codes: Bool = true
    ) async throws -> Verification {
        var found = Verification()
        if journal {
            // The file first: what is sold meanwhile is then in the database, not the other way round.
            let outside = try await headsOutside()
            let chains = try await chainsToVerify()
            for chain in chains {
                found.chains += 1
                try await verify(chain, outside: outside[chain.id] ?? [:], into: &found)
            }
            let registers = try await verifyRegisters(outside, into: &found)
            let others = outside.keys.filter { !registers.contains($0) }
            try await verifyChains(chains, outside: others, into: &found)
            try await verifyOrphans(into: &found)
            try await verifyConsequences(into: &found)
        }
        if stock { try await verifyStock(into: &found) }
        if codes { try await verifyCodes(into: &found) }
        return found
    }

    /// What the copies outside the database say. What a backup that was put back took away, as the journal itself says, is gone from them.
    private func headsOutside() async throws -> [ID<Chain>: [Int64: Set<Data>]] {
        var told = try heads.heads()
        let resumed = try await resumedPositions()
        for (chain, positions) in try heads.aside() {
            let gone = resumed[chain] ?? []
            for (position, hashes) in positions
            where !gone.contains(where: { $0.contains(position) }) {
                told[chain, default: [:]][position, default: []].formUnion(hashes)
            }
        }
        return told
    }

    private func chainsToVerify() async throws -> [VerifiedChain] {
        try await reports.transaction { tx in
            try tx.query(
                """
                select h.id, h.position, h.hash, h.last_at, h.sale_number, h.refund_number, h.gift_number,
                       h.duplicate_number, h.closing_number, h.event_number, h.archive_number, h.drawer_ordinal,
                       coalesce((select max(position) from journal_entries e where e.chain_id = h.id), 0) as last,
                       coalesce((select max(ordinal) from drawers d where d.till_id = h.till_id
                                 and d.training = h.training), 0) as last_drawer
                from chain_heads h order by h.id
                """
            ).map { try VerifiedChain($0) }
        }
    }

    private func verify(
        _ chain: VerifiedChain,
        outside: [Int64: Set<Data>],
        into found: inout Verification
    ) async throws {
        var walk = Walk(chain: chain, outside: outside, trusted: keys.trusted)
        do {
            while let batch = try await batch(of: chain, after: walk.position) {
                walk.check(batch, into: &found)
            }
        } catch let error as PostgresError where error.kind == .unreadable {
            // A column holds what nobody of ours writes: as good as altered.
            found.fault("row", "\(chain.id) \(walk.position + 1)… \(error.message)")
            return
        }
        if let field = walk.firstDifference(from: chain) {
            found.fault("head", "\(chain.id) \(field)")
        }
        if let last = outside.keys.max(), last > walk.position {
            found.fault("truncated", "\(chain.id) \(walk.position + 1)…\(last)")
        }
    }

    /// No chain is gone with its head, and no till is without one.
    private func verifyChains(
        _ chains: [VerifiedChain],
        outside: some Sequence<ID<Chain>>,
        into found: inout Verification
    ) async throws {
        let there = Set(chains.map(\.id))
        for chain in outside where !there.contains(chain) {
            found.fault("truncated", "\(chain) 1…")
        }
        let tills: [String] = try await reports.transaction { tx in
            try tx.query(
                """
                select code from tills t where not exists (select from chain_heads h where h.till_id = t.id and not training)
                union all
                select h.id::text from chain_heads h
                where case when h.till_id is null then h.training else not exists (select from tills t where t.id = h.till_id) end
                order by 1
                """
            ).map { try $0["code"] }
        }
        for till in tills { found.fault("head", till) }
    }

    private func batch(of chain: VerifiedChain, after position: Int64) async throws -> Stretch? {
        guard position < chain.position else { return nil }
        let (from, to) = (position + 1, min(position + 500, chain.position))
        @Sendable func here(_ table: String) -> SQL {
            """
            \(identifier: table).chain_id = \(chain.id)
            and \(identifier: table).position between \(from) and \(to)
            """
        }
        return try await reports.transaction { tx in
            let sealed = SealedRows.all
            let statements = sealed.map { $0.statements(here) }
            var rows = try tx.pipeline(
                [
                    """
                    select e.position, e.kind, e.number, e.happened_at, e.payload, e.previous_hash, e.hash, e.key_id,
                           e.signature
                    from journal_entries e where \(here("e")) order by e.position
                    """
                ] + statements.flatMap(\.self)
            )[...]
            let entries = rows.removeFirst()
            guard !entries.isEmpty else { return nil }
            var said: [(Int64, Canonical)] = []
            var undocumented: [Int64] = []
            for (sealed, statements) in zip(sealed, statements) {
                let own = Array(rows.prefix(statements.count))
                rows = rows.dropFirst(statements.count)
                said += try sealed.canonicals(own)
                undocumented += try sealed.undocumented(own)
            }
            return try Stretch(entries, said, undocumented)
        }
    }

    /// Tickets, refunds, openings, closings, exceptions and acts that no entry seals.
    private func verifyOrphans(into found: inout Verification) async throws {
        let orphans = try await reports.transaction { tx in
            try tx.query(
                """
                select t.kind, t.chain_id, t.position from (
                    select kind, chain_id, position from sales
                    union all select 'refund', chain_id, position from refunds
                    union all select 'event', chain_id, position from drawers
                    union all select 'event', chain_id, position from cash_moves
                    union all select 'event', chain_id, position from journal_events
                    union all select 'archive', chain_id, position from archives
                    union all select case copy when 0 then 'event' else 'duplicate' end, chain_id, position from receipt_prints
                    union all select 'event', chain_id, position from overrides
                    union all select 'event', chain_id, position from hand_overs
                    union all select 'closing', chain_id, position from closings
                    union all select 'closing', chain_id, position from period_closings) t
                left join journal_entries e on e.chain_id = t.chain_id and e.position = t.position and e.kind = t.kind
                where e.position is null limit 1
                """
            ).map { row -> String in
                let chain: ID<Chain> = try row["chain_id"]
                let position: Int64 = try row["position"]
                return "\(chain) \(position)"
            }
        }
        for place in orphans { found.fault("entry_missing", place) }
    }

    /// Every level is the sum of its movements, and what is in the shop's hands, or on its shelf, is listed as such and nothing
    /// else is.
    private func verifyStock(into found: inout Verification) async throws {
        let (count, faults) = try await reports.transaction { tx -> (Int, [String]) in
            let rows = try tx.pipeline([
                "select count(*) as count from stock_levels",
                """
                select h.code as shop, p.code as product
                from (select shop_id, product_id, free from stock_levels) l
                full join (select shop_id, product_id, sum(units) as units from stock_movements group by 1, 2) m
                    using (shop_id, product_id)
                join shops h on h.id = shop_id join products p on p.id = product_id
                where coalesce(l.free, 0) <> coalesce(m.units, 0) order by 1, 2
                """,
                """
                select coalesce(h.device_id, w.device_id)::text as device
                from (select h.device_id, y.device_id is not null as on_shelf
                      from held_devices h left join (
                          select y.device_id from stays y left join exits x using (device_id, ordinal)
                          where x.device_id is null) y using (device_id)) h
                full join waiting_devices w using (device_id)
                where h.on_shelf is distinct from w.on_shelf limit 1
                """,
            ])
            return (
                try rows[0][0]["count"],
                try rows[1].map { row in
                    let shop: String = try row["shop"]
                    let product: String = try row["product"]
                    return shop + " " + product
                } + rows[2].map { try $0["device"] }
            )
        }
        found.stockLevels = count
        for place in faults { found.fault("stock", place) }
    }
}

private struct VerifiedChain: Sendable {
    let id: ID<Chain>
    /// As the head says.
    let position: Int64
    let hash: Data
    let lastAt: Instant
    let numbers: [EntryKind: Int64]
    let drawer: Int
    /// The last entry's position, and the ordinal of the last drawer.
    let last: Int64
    let lastDrawer: Int

    init(_ row: Row) throws {
        self.id = try row["id"]
        self.position = try row["position"]
        self.hash = try row["hash"]
        self.lastAt = try row["last_at"]
        self.numbers = try Dictionary(
            uniqueKeysWithValues: EntryKind.allCases.map { ($0, try row[$0.rawValue + "_number"]) }
        )
        self.drawer = try row["drawer_ordinal"]
        self.last = try row["last"]
        self.lastDrawer = try row["last_drawer"]
    }
}

/// A stretch of a chain with the rows that its entries seal, by position.
private struct Stretch: Sendable {
    let entries: [Entry]
    /// Two rows at one position are as no entry seals them.
    let said: [Int64: [Canonical]]
    /// Acts whose document is missing or another.
    let undocumented: [Int64]

    struct Entry: Sendable {
        let position: Int64
        let kind: EntryKind
        let number: Int64
        let at: Instant
        let payload: Data
        let previous: Data
        let hash: Data
        let key: String
        let signature: Data
    }

    init(_ entries: Rows, _ said: [(Int64, Canonical)], _ undocumented: [Int64]) throws {
        self.entries = try entries.map { row in
            Entry(
                position: try row["position"],
                kind: try row["kind"],
                number: try row["number"],
                at: try row["happened_at"],
                payload: try row["payload"],
                previous: try row["previous_hash"],
                hash: try row["hash"],
                key: try row["key_id"],
                signature: try row["signature"]
            )
        }
        self.said = Dictionary(grouping: said, by: \.0).mapValues { $0.map(\.1) }
        self.undocumented = undocumented
    }
}

/// A table whose rows entries seal: how they are read for a stretch of a chain, and what each should have sealed.
struct SealedRows: Sendable {
    /// Takes what chooses a stretch of the chain from a table by its short name.
    let statements: @Sendable ((String) -> SQL) -> [SQL]
    /// By position.
    let canonicals: @Sendable ([Rows]) throws -> [(Int64, Canonical)]
    /// Positions whose document is missing or another.
    var undocumented: @Sendable ([Rows]) throws -> [Int64] = { _ in [] }

    static let all = [
        SealedRows { here in
            SaleRows.statements(here("s"))
        } canonicals: { rows in
            try SaleRows.records(rows).map { ($0.link.position, $0.canonical) }
        },
        SealedRows { here in
            RefundRows.statements(here("r"))
        } canonicals: { rows in
            try RefundRows.records(rows).map { ($0.link.position, $0.canonical) }
        },
        SealedRows { here in
            DrawerRows.statements(here("d"), here("c"))
        } canonicals: { rows in
            try DrawerRows.canonicals(rows)
        },
        SealedRows { here in
            PeriodClosingRows.statements(here("p"))
        } canonicals: { rows in
            try PeriodClosingRows.records(rows).map { ($0.link.position, $0.canonical) }
        },
        SealedRows { here in
            [CashMoveRows.statement(here("v"))]
        } canonicals: { rows in
            try CashMoveRows.records(rows[0]).map { ($0.link.position, $0.canonical) }
        },
        SealedRows { here in
            [EventRows.events(here("v")), EventRows.prints(here("k"))]
        } canonicals: { rows in
            try EventRows.events(rows[0]).map { ($0.link.position, $0.canonical) }
                + EventRows.prints(rows[1]).map { ($0.link.position, $0.canonical) }
        },
        SealedRows { here in
            [ArchiveRows.statement(here("a"))]
        } canonicals: { rows in
            try ArchiveRows.records(rows[0]).map { ($0.link.position, $0.canonical) }
        },
        SealedRows { here in
            [OverrideRows.statement(here("o"))]
        } canonicals: { rows in
            try OverrideRows.canonicals(rows[0])
        },
        SealedRows { here in
            [HandOverRows.statement(here("w"))]
        } canonicals: { rows in
            try HandOverRows.canonicals(rows[0])
        } undocumented: { rows in
            try HandOverRows.undocumented(rows[0])
        },
    ]
}

extension [String: P256.Signing.PublicKey] {
    /// Bytes that are no signature are as good as none, as is a key that nobody trusts.
    func isSigned(_ digest: SHA256.Digest, _ signature: Data, by key: String) -> Bool {
        guard let key = self[key],
            let signature = try? P256.Signing.ECDSASignature(rawRepresentation: signature)
        else { return false }
        return key.isValidSignature(signature, for: digest)
    }
}

/// Walks a chain from its beginning.
private struct Walk {
    let chain: VerifiedChain
    /// What the file outside the database says, by position.
    let outside: [Int64: Set<Data>]
    /// Whose signatures count.
    let trusted: [String: P256.Signing.PublicKey]
    var position: Int64 = 0
    var hash = Data(repeating: 0, count: 32)
    var numbers: [EntryKind: Int64] = [:]
    var lastAt = Instant(microseconds: .min)

    mutating func check(_ batch: Stretch, into found: inout Verification) {
        for entry in batch.entries {
            let place = "\(chain.id) \(entry.position)"
            found.entries += 1
            if entry.position != position + 1 || entry.number != numbers[entry.kind, default: 0] + 1
                || entry.at < lastAt
            {
                found.fault("gap", place)
            }
            let digest = entryDigest(after: entry.previous, entry.payload)
            if entry.previous != hash || Data(digest) != entry.hash { found.fault("hash", place) }
            if !isSigned(entry, digest) { found.fault("signature", place) }
            if let told = outside[entry.position], told != [entry.hash] {
                found.fault("head", place)
            }
            checkHeader(entry, place, into: &found)
            checkRow(batch, entry, place, into: &found)
            if batch.undocumented.contains(entry.position) { found.fault("document", place) }
            position = entry.position
            hash = entry.hash
            numbers[entry.kind] = entry.number
            lastAt = entry.at
        }
    }

    /// The column of the head that does not say where this walk ended; nil when all do.
    func firstDifference(from head: VerifiedChain) -> String? {
        if head.position != position || head.last != position { return "position" }
        if head.hash != hash { return "hash" }
        // Before its first entry a head says when it was made.
        if position > 0, head.lastAt != lastAt { return "last_at" }
        if head.drawer != head.lastDrawer { return "drawer_ordinal" }
        return EntryKind.allCases.first { head.numbers[$0] != numbers[$0, default: 0] }
            .map { $0.rawValue + "_number" }
    }

    private func isSigned(_ entry: Stretch.Entry, _ digest: SHA256.Digest) -> Bool {
        trusted.isSigned(digest, entry.signature, by: entry.key)
    }

    /// The columns beside the payload say what the payload says.
    private func checkHeader(
        _ entry: Stretch.Entry,
        _ place: String,
        into found: inout Verification
    ) {
        let link = Link(
            chain: chain.id,
            position: entry.position,
            kind: entry.kind,
            number: entry.number,
            at: entry.at
        )
        let text = String(decoding: entry.payload, as: UTF8.self)
        guard let version = Canonical.version(of: text) else {
            return found.fault("row", "\(place) version")
        }
        let header = link.canonical.text(version: version)
        if !text.hasPrefix(header) {
            let beginning =
                text.split(separator: "\n", omittingEmptySubsequences: false)
                .prefix(5).joined(separator: "\n") + "\n"
            let field = Canonical.firstDifference(beginning, header) ?? "kind"
            found.fault("row", "\(place) \(field)")
        }
    }

    private func checkRow(
        _ batch: Stretch,
        _ entry: Stretch.Entry,
        _ place: String,
        into found: inout Verification
    ) {
        switch entry.kind {
        case .sale, .gift: found.tickets += 1
        case .refund: found.refunds += 1
        case .event, .closing, .duplicate, .archive: break
        }
        guard let said = batch.said[entry.position] else {
            return found.fault("row_missing", place)
        }
        let text = String(decoding: entry.payload, as: UTF8.self)
        let field =
            said.count == 1
            ? said[0].firstDifference(from: text)
            : Canonical.firstDifference(text, said.map(\.text).joined())
        if let field { found.fault("row", "\(place) \(field)") }
    }
}
