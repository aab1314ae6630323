import Crypto
import Foundation
import Postgres
public import Shop

/// What an entry of the register hangs on.
enum RegisterSubject {
    case receipt(ID<BatchReceipt>)
    case machine(ID<Batch>, ID<Device>)
    case correction(of: Int64, text: String)
}

extension Store {
    /// Seals the next entry of a shop's second-hand register and gives its ordinal number. The register's head is locked
    /// until commit: a shop is a queue there, as it should be.
    func register(
        _ content: RegisterRecord.Content,
        of subject: RegisterSubject,
        in shop: ID<Shop>,
        on day: Day,
        in tx: Transaction,
        by staff: Staff,
        at now: Instant
    ) throws -> Int64 {
        let head = try tx.pipeline([
            "insert into registers (shop_id) values (\(shop)) on conflict do nothing",
            "select ordinal, hash from registers where shop_id = \(shop) for no key update",
        ])[1][0]
        let last: Int64 = try head["ordinal"]
        let previous: Data = try head["hash"]
        let record = RegisterRecord(
            shop: shop,
            ordinal: last + 1,
            happenedOn: day,
            recordedAt: now,
            operatorCode: staff.operatorCode,
            content: content
        )
        let payload = Data(record.canonical.text.utf8)
        let digest = entryDigest(after: previous, payload)
        let hash = Data(digest)
        let signature = try keys.journal.signature(for: digest).rawRepresentation
        var receipt: ID<BatchReceipt>?
        var machine: (batch: ID<Batch>, device: ID<Device>)?
        var correction: (of: Int64, text: String)?
        switch subject {
        case .receipt(let id): receipt = id
        case .machine(let batch, let device): machine = (batch, device)
        case .correction(let ordinal, let text): correction = (ordinal, text)
        }
        _ = try tx.pipeline([
            """
            insert into register_entries (shop_id, ordinal, previous_ordinal, kind, happened_on, receipt_id, batch_id,
                device_id, corrects, correction, payload, previous_hash, hash, key_id, signature, recorded_at, recorded_by)
            values (\(shop), \(last + 1), \(last == 0 ? nil : last), \(content.kind), \(day), \(receipt),
                    \(machine?.batch), \(machine?.device), \(correction?.of), \(correction?.text), \(payload),
                    \(previous), \(hash), \(keys.journalID), \(signature), \(now), \(staff.id))
            """,
            "update registers set ordinal = \(last + 1), hash = \(hash) where shop_id = \(shop)",
        ])
        return last + 1
    }

    /// Writes what was wrong in an entry of the register under a number of its own; the entry stays as it is. Throws
    /// `unknownThing` without such an entry, or for a shop where `staff` does not work the stock.
    public func correctRegister(
        _ ordinal: Int64,
        of shop: ID<Shop>,
        _ correction: ShortText,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> Int64 {
        struct Input: Encodable {
            let ordinal: Int64
            let shop: ID<Shop>
            let correction: ShortText
        }
        let input = Input(ordinal: ordinal, shop: shop, correction: correction)
        let facts: [String: Refusal.Fact] = [
            "field": .field(.ordinal), "text": .number(ordinal),
        ]
        return try await command(
            "correct-register",
            key: key,
            input: input,
            by: staff,
            facts: facts
        ) { tx, now in
            try staff.checkHolds(.stockWorkers, in: shop)
            guard
                try !tx.query(
                    "select from register_entries where shop_id = \(shop) and ordinal = \(ordinal)"
                ).isEmpty
            else { throw Refusal(.unknownThing, facts) }
            return try register(
                .correction(of: ordinal, text: correction.text),
                of: .correction(of: ordinal, text: correction.text),
                in: shop,
                on: now.day,
                in: tx,
                by: staff,
                at: now
            )
        }
    }
}
