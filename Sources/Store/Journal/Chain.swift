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
}

/// Locks the head of a till's chain: one till is a queue, as it should be.
func headLock(of till: ID<Till>, training: Bool = false) -> SQL {
    """
    select id, position, hash, last_at, drawer_ordinal, sale_number, refund_number, gift_number, duplicate_number,
           closing_number, event_number, archive_number
    from chain_heads where till_id = \(till) and training = \(training) for no key update
    """
}

/// The open drawer's ordinal, or no row. Read after the head is locked; a close locks the head too.
func drawerNow(of till: ID<Till>) -> SQL {
    """
    select d.ordinal from drawers d
    where d.till_id = \(till)
      and d.ordinal = (select drawer_ordinal from chain_heads where till_id = \(till) and not training)
      and not exists (select from closings c where c.till_id = d.till_id and c.ordinal = d.ordinal)
    """
}

/// An entry with its hash and signature, ready to be written with the head that follows from it.
struct SealedEntry: Sendable {
    let link: Link
    let hash: Data
    let statements: [SQL]
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
