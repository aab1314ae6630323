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
            let outside = try heads.heads()
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
                order by code
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
            let rows = try tx.pipeline(
                [
                    """
                    select e.position, e.kind, e.number, e.happened_at, e.payload, e.previous_hash, e.hash, e.key_id,
                           e.signature
                    from journal_entries e where \(here("e")) order by e.position
                    """
                ] + SaleRows.statements(here("s")) + RefundRows.statements(here("r"))
                    + DrawerRows.statements(here("d"), here("c"))
                    + [OverrideRows.statement(here("o")), HandOverRows.statement(here("w"))]
            )
            guard !rows[0].isEmpty else { return nil }
            return try Stretch(rows)
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
                    union all select 'event', chain_id, position from overrides
                    union all select 'event', chain_id, position from hand_overs
                    union all select 'closing', chain_id, position from closings) t
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
    let tickets: [Int64: String]
    let refunds: [Int64: String]
    /// Openings, closings, exceptions and acts.
    let events: [Int64: String]
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

    init(_ rows: [Rows]) throws {
        self.entries = try rows[0].map { row in
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
        // Two rows at one position are as no entry seals them.
        self.tickets = Dictionary(
            try SaleRows.records(Array(rows[1...3])).map { ($0.link.position, $0.canonical.text) },
            uniquingKeysWith: +
        )
        self.refunds = Dictionary(
            try RefundRows.records(Array(rows[4...5])).map {
                ($0.link.position, $0.canonical.text)
            },
            uniquingKeysWith: +
        )
        self.events = Dictionary(
            try DrawerRows.texts(Array(rows[6...7])) + OverrideRows.texts(rows[8])
                + HandOverRows.texts(rows[9]),
            uniquingKeysWith: +
        )
        self.undocumented = try HandOverRows.undocumented(rows[9])
    }

    /// What the rows say that the entry should hold; nil when the row is not there.
    func expected(_ entry: Entry) -> String?? {
        switch entry.kind {
        case .sale, .gift: .some(tickets[entry.position])
        case .refund: .some(refunds[entry.position])
        case .event, .closing: .some(events[entry.position])
        case .duplicate, .archive: nil
        }
    }
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
        if !text.hasPrefix(link.canonical.text) {
            let beginning =
                text.split(separator: "\n", omittingEmptySubsequences: false)
                .prefix(5).joined(separator: "\n") + "\n"
            let field = Canonical.firstDifference(beginning, link.canonical.text) ?? "kind"
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
        guard let expected = batch.expected(entry) else { return }
        guard let expected else { return found.fault("row_missing", place) }
        let text = String(decoding: entry.payload, as: UTF8.self)
        if let field = Canonical.firstDifference(text, expected) {
            found.fault("row", "\(place) \(field)")
        }
    }
}
