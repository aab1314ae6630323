import Crypto
import Foundation
import Postgres
import Shop

/// The head of a chain, locked: what the next entry follows.
struct ChainHead {
    let id: ID<Chain>
    let position: Int64
    let hash: Data
    let lastAt: Instant
    let drawer: Int
    private let numbers: [EntryKind: Int64]

    private init(after entry: SealedEntry, _ head: ChainHead) {
        self.id = head.id
        self.position = entry.link.position
        self.hash = entry.hash
        self.lastAt = entry.link.at
        self.drawer = head.drawer
        self.numbers = head.numbers.merging([entry.link.kind: entry.link.number]) { $1 }
    }

    /// Throws `unknownThing` when the till has no chain, which set-up makes with the till.
    init(_ rows: Rows) throws {
        guard let row = rows.first else { throw Refusal(.unknownThing, ["text": .text("till")]) }
        self.id = try row["id"]
        self.position = try row["position"]
        self.hash = try row["hash"]
        self.lastAt = try row["last_at"]
        self.drawer = try row["drawer_ordinal"]
        self.numbers = try Dictionary(
            uniqueKeysWithValues: EntryKind.allCases.map { ($0, try row[$0.rawValue + "_number"]) }
        )
    }

    /// The link of the next entry of `kind`.
    func next(_ kind: EntryKind, at now: Instant) -> Link {
        Link(
            chain: id,
            position: position + 1,
            kind: kind,
            number: numbers[kind, default: 0] + 1,
            at: now
        )
    }

    /// The head once `entry` stands behind it.
    func followed(by entry: SealedEntry) -> ChainHead { ChainHead(after: entry, self) }
}

/// Locks the head of a till's chain: one till is a queue, as it should be.
func headLock(of till: ID<Till>, training: Bool = false) -> SQL {
    """
    select id, position, hash, last_at, drawer_ordinal, sale_number, refund_number, gift_number, duplicate_number,
           closing_number, event_number, archive_number
    from chain_heads where till_id = \(till) and training = \(training) for no key update
    """
}

/// The open drawer, or no row. Read after the head is locked; a close locks the head too.
func drawerNow(of till: ID<Till>) -> SQL {
    """
    select d.ordinal, d.business_on, \(dayEnds(on: "d.business_on")) as ends_minutes
    from drawers d
    where d.till_id = \(till)
      and d.ordinal = (select drawer_ordinal from chain_heads where till_id = \(till) and not training)
      and not exists (select from closings c where c.till_id = d.till_id and c.ordinal = d.ordinal)
    """
}

/// How many minutes after midnight a day of business ends, as it is in force on `day`.
func dayEnds(on day: SQL) -> SQL {
    """
    (select n.amount from dated_numbers n where n.name = 'day_ends_minutes' and n.starts_on <= \(day)
     order by n.starts_on desc limit 1)
    """
}

/// The open drawer of a till.
struct OpenDrawer {
    let ordinal: Int
    /// Everything in it is of this day of business.
    let businessOn: Day
    private let endsMinutes: Int

    /// Reads `drawerNow`. Throws `drawerClosed`; `dayUnclosed` once the drawer's day is over (A9).
    init(_ rows: Rows, of till: TillPlace, at now: Instant) throws {
        guard let row = rows.first else {
            throw Refusal(.drawerClosed, ["till": .text(till.code)])
        }
        self.ordinal = try row["ordinal"]
        self.businessOn = try row["business_on"]
        self.endsMinutes = try row["ends_minutes"] ?? 0
        guard now.businessDay(endingAt: endsMinutes) <= businessOn else {
            throw Refusal(.dayUnclosed, ["till": .text(till.code), "on": .day(businessOn)])
        }
    }
}

/// An entry with its hash and signature, ready to be written with the head that follows from it.
struct SealedEntry: Sendable {
    let link: Link
    let hash: Data
    let statements: [SQL]
}

/// Entries that follow one another in one transaction.
struct OpenChain {
    private(set) var head: ChainHead
    private(set) var entries: [SealedEntry] = []

    init(_ head: ChainHead) {
        self.head = head
    }

    /// Seals the next entry of `kind`. Its statements are yet to be run, in the order of the entries.
    mutating func add<Record>(
        _ kind: EntryKind,
        at now: Instant,
        in store: Store,
        _ record: (Link) throws -> Record,
        _ canonical: (Record) -> Canonical
    ) throws -> (Record, SealedEntry) {
        let record = try record(head.next(kind, at: max(now, head.lastAt)))
        let next = canonical(record)
        let entry = try store.seal(
            next,
            head.next(kind, at: max(now, head.lastAt)),
            after: head.hash
        )
        head = head.followed(by: entry)
        entries.append(entry)
        return (record, entry)
    }
}

extension Store {
    /// Chains and signs: the hash is SHA-256 of the previous hash and the canonical bytes; the signature is over the hash.
    func seal(_ canonical: Canonical, _ link: Link, after previous: Data) throws -> SealedEntry {
        let payload = Data(canonical.text.utf8)
        let digest = entryDigest(after: previous, payload)
        let hash = Data(digest)
        let signature = try keys.journal.signature(for: digest).rawRepresentation
        let counter = SQL.quoted(identifier: link.kind.rawValue + "_number")
        return SealedEntry(
            link: link,
            hash: hash,
            statements: [
                """
                insert into journal_entries (chain_id, position, kind, number, happened_at, payload, previous_hash, hash,
                                             key_id, signature)
                values (\(link.chain), \(link.position), \(link.kind), \(link.number), \(link.at), \(payload),
                        \(previous), \(hash), \(keys.journalID), \(signature))
                """,
                """
                update chain_heads set position = \(link.position), hash = \(hash), last_at = \(link.at),
                    \(raw: counter) = \(link.number)
                where id = \(link.chain)
                """,
            ]
        )
    }
}

func entryDigest(after previous: Data, _ payload: Data) -> SHA256.Digest {
    var digest = SHA256()
    digest.update(data: previous)
    digest.update(data: payload)
    return digest.finalize()
}
