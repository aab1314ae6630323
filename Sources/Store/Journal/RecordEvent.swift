import Foundation
import Postgres
public import Shop

extension Store {
    /// Seals an event in a till's chain, or in the association's own where it happens at no till, as the last thing of a transaction.
    /// `subject` and `detail` name no person.
    func record(
        _ event: JournalEvent,
        _ subject: String = "",
        _ detail: String = "",
        at till: ID<Till>?,
        by user: ID<User>?,
        now: Instant,
        in tx: Transaction
    ) throws -> SealedEntry {
        var chain = OpenChain(
            try till.map { try ChainHead(tx.query(headLock(of: $0))) }
                ?? associationHead(in: tx, at: now)
        )
        return try record(event, subject, detail, by: user, now: now, &chain, in: tx)
    }

    /// The same behind the last entry of a chain whose head is locked already.
    func record(
        _ event: JournalEvent,
        _ subject: String,
        _ detail: String,
        by user: ID<User>?,
        now: Instant,
        _ chain: inout OpenChain,
        in tx: Transaction
    ) throws -> SealedEntry {
        let (record, entry) = try chain.add(.event, at: now, in: self) { link in
            EventRecord(
                event: event.rawValue,
                subject: String(subject.prefix(200)),
                detail: String(detail.prefix(500)),
                user: user,
                link: link
            )
        } _: {
            $0.canonical
        }
        try tx.pipeline(
            entry.statements + [
                """
                insert into journal_events (chain_id, position, event, subject, detail, happened_at, user_id)
                values (\(record.link.chain), \(record.link.position), \(record.event), \(record.subject), \(record.detail),
                        \(record.link.at), \(record.user))
                """
            ]
        )
        return entry
    }

    /// An event that is a transaction of its own.
    func record(
        _ event: JournalEvent,
        _ subject: String = "",
        _ detail: String = "",
        at till: ID<Till>?,
        by user: ID<User>?
    ) async throws {
        let now = clock.now()
        let entry = try await transaction { tx in
            try record(event, subject, detail, at: till, by: user, now: now, in: tx)
        }
        try keepHead(of: entry)
    }
}

extension Store {
    /// Journals that the clock went back behind the chain's last entry by more than the tolerance, once (E8): what follows bears that
    /// entry's time until the clock has caught up.
    func noteJump(
        to now: Instant,
        at till: TillPlace,
        by staff: Staff,
        _ chain: inout OpenChain,
        in tx: Transaction
    ) throws {
        let last = chain.head.lastAt
        guard now < last, chain.head.position > 0 else { return }
        let tolerance = try tx.number("clock_tolerance_seconds", on: now.day)
        guard now.adding(seconds: tolerance) < last else { return }
        let noted = try tx.query(
            """
            select from journal_events where chain_id = \(chain.head.id) and event = 'clock_jumped' and happened_at = \(last)
            """
        )
        guard noted.isEmpty else { return }
        _ = try record(
            .clockJumped,
            till.code,
            "\(now.iso) < \(last.iso)",
            by: staff.id,
            now: last,
            &chain,
            in: tx
        )
    }

    /// What was taken off a ticket before it was one: a line, or all of it. `cents` is what it would have cost.
    public func recordVoid(
        _ event: JournalEvent,
        lines: Int,
        cents: Cents,
        key: ID<Claim>,
        by staff: Staff
    ) async throws {
        let place = try staff.place()
        struct Input: Encodable {
            let event: JournalEvent
            let lines: Int
            let cents: Cents
        }
        let input = Input(event: event, lines: lines, cents: cents)
        _ = try await sealing("record-void", key: key, input: input, by: staff) { tx, now in
            let entry = try record(
                event,
                "\(lines)",
                "\(cents.count)",
                at: place.id,
                by: staff.id,
                now: now,
                in: tx
            )
            return (true, entry)
        }
    }
}

extension Store {
    /// Locks the head of the association's own chain; the first event makes it.
    func associationHead(in tx: Transaction, at now: Instant) throws -> ChainHead {
        let key = journalKey
        let rows = try tx.pipeline([
            """
            insert into journal_keys (id, public_key, starts_at) values (\(key.id), \(key.bytes), \(now))
            on conflict do nothing
            """,
            """
            insert into chain_heads (id, till_id, training, position, hash, last_at, drawer_ordinal, sale_number, refund_number,
                gift_number, duplicate_number, closing_number, event_number, archive_number)
            values (\(newID(Chain.self)), null, false, 0, \(Data(repeating: 0, count: 32)), \(now), 0, 0, 0, 0, 0, 0, 0, 0)
            on conflict do nothing
            """,
            """
            select id, position, hash, last_at, drawer_ordinal, sale_number, refund_number, gift_number, duplicate_number,
                   closing_number, event_number, archive_number
            from chain_heads where till_id is null and not training for no key update
            """,
        ])
        return try ChainHead(rows[2])
    }
}

/// An event as a list shows it.
public struct JournalEventRow: Codable, Sendable {
    /// Absent: of no till.
    public let till: String?
    public let position: Int64
    public let event: String
    public let subject: String
    public let detail: String
    public let happenedAt: Instant
    /// Absent: the installation by itself.
    public let operatorCode: String?
}

extension Store {
    /// Events, the latest first. `after` is the last part's `next`. Throws `associationOnly`.
    public func journalEvents(
        kind: JournalEvent? = nil,
        after: String? = nil,
        limit: Int = 50,
        by staff: Staff
    ) async throws -> Paged<JournalEventRow> {
        try staff.checkHoldsEverywhere(.archivists)
        let limit = min(max(limit, 1), 200)
        let last = after.flatMap(EventKey.init)
        return try await transaction { tx in
            let before: SQL =
                last.map {
                    "and (v.happened_at, v.chain_id, v.position) < (\($0.at)::timestamptz, \($0.chain)::uuid, \($0.position)::bigint)"
                } ?? ""
            let of: SQL = kind.map { "and v.event = \($0.rawValue)" } ?? ""
            let rows = try tx.query(
                """
                select v.chain_id, v.position, v.event, v.subject, v.detail, v.happened_at, t.code, u.operator
                from journal_events v join chain_heads h on h.id = v.chain_id left join tills t on t.id = h.till_id
                left join users u on u.id = v.user_id
                where true \(of) \(before)
                order by v.happened_at desc, v.chain_id desc, v.position desc limit \(limit + 1)
                """
            )
            let items = try rows.prefix(limit).map { row in
                JournalEventRow(
                    till: try row["code"],
                    position: try row["position"],
                    event: try row["event"],
                    subject: try row["subject"],
                    detail: try row["detail"],
                    happenedAt: try row["happened_at"],
                    operatorCode: try row["operator"]
                )
            }
            let next = rows.count > limit ? try EventKey(rows[limit - 1]).text : nil
            return Paged(items: items, next: next)
        }
    }
}

/// Where a part of the list of events ends.
private struct EventKey {
    let at: Instant
    let chain: ID<Chain>
    let position: Int64

    init(_ row: Row) throws {
        at = try row["happened_at"]
        chain = try row["chain_id"]
        position = try row["position"]
    }

    init?(_ text: String) {
        let parts = text.split(separator: "_").map(String.init)
        guard parts.count == 3, let at = Instant(iso: parts[0]), let chain = ID<Chain>(parts[1]),
            let position = Int64(parts[2])
        else { return nil }
        self.at = at
        self.chain = chain
        self.position = position
    }

    var text: String { "\(at.iso)_\(chain)_\(position)" }
}

/// Events and prints read back as they were written.
struct EventRows {
    static func events(_ condition: SQL) -> SQL {
        """
        select v.chain_id, v.position, v.event, v.subject, v.detail, v.happened_at, v.user_id,
               (select e.number from journal_entries e
                where e.chain_id = v.chain_id and e.position = v.position) as number
        from journal_events v where \(condition)
        """
    }

    static func prints(_ condition: SQL) -> SQL {
        """
        select k.chain_id, k.position, k.original_position, k.copy, k.printed_at, k.printed_by,
               (select e.number from journal_entries e
                where e.chain_id = k.chain_id and e.position = k.position) as number
        from receipt_prints k where \(condition)
        """
    }

    static func events(_ rows: Rows) throws -> [EventRecord] {
        try rows.map { row in
            EventRecord(
                event: try row["event"],
                subject: try row["subject"],
                detail: try row["detail"],
                user: try row["user_id"],
                link: try DrawerRows.link(row, .event, "happened_at")
            )
        }
    }

    static func prints(_ rows: Rows) throws -> [PrintRecord] {
        try rows.map { row in
            let copy: Int = try row["copy"]
            return PrintRecord(
                original: try row["original_position"],
                copy: copy,
                by: try row["printed_by"],
                link: try DrawerRows.link(row, copy == 0 ? .event : .duplicate, "printed_at")
            )
        }
    }
}
