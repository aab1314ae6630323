import Crypto
import Foundation
import Postgres
import Shop

extension Store {
    /// Runs a command once. The first statement claims `key`; a twin waits there, then gets the first one's result.
    /// The same key with another input is refused (`keyReused`); a refusal rolls the claim back, so that the key may
    /// succeed later. The body is synchronous and may run again: no side effect before commit.
    ///
    /// `facts` are put into the words when a constraint refuses.
    func command<Input: Encodable & Sendable, Output: Codable & Sendable>(
        _ verb: String,
        key: ID<Claim>,
        input: Input,
        by staff: Staff?,
        facts: [String: Refusal.Fact] = [:],
        _ body: @escaping @Sendable (Transaction, Instant) throws -> Output
    ) async throws -> Output {
        try await sealing(verb, key: key, input: input, by: staff, facts: facts) { tx, now in
            (try body(tx, now), nil)
        }
    }

    /// A command that adds to a till's chain: the entry's head goes to its file outside the database once the transaction
    /// is committed, before the reply.
    func sealing<Input: Encodable & Sendable, Output: Codable & Sendable>(
        _ verb: String,
        key: ID<Claim>,
        input: Input,
        by staff: Staff?,
        facts: [String: Refusal.Fact] = [:],
        _ body: @escaping @Sendable (Transaction, Instant) throws -> (Output, SealedEntry?)
    ) async throws -> Output {
        let hash = try inputHash(verb, input)
        let now = clock.now()
        return try await transaction(facts) { tx in
            // Set-up has no user yet, hence nobody to claim for: what it makes is unique by itself.
            guard let staff else { return try body(tx, now).0 }
            let rows = try tx.pipeline([
                claimStatement(key, verb: verb, hash: hash, by: staff, at: now),
                claimResult(key),
            ])
            if rows[0].affected == 0 {
                return try JSONDecoder().decode(
                    Output.self,
                    from: Data(twinResult(rows[1], hash: hash).utf8)
                )
            }
            let (output, entry) = try body(tx, now)
            let result = String(decoding: try JSONEncoder().encode(output), as: UTF8.self)
            _ = try tx.finish(["update claims set result = \(JSONB(result)) where key = \(key)"])
            if let entry { try heads.append(entry) }
            return output
        }
    }

    /// One transaction at the counter, with what a person can hit told as a `Refusal`.
    @discardableResult
    func transaction<T: Sendable>(
        _ facts: [String: Refusal.Fact] = [:],
        _ body: @escaping @Sendable (Transaction) throws -> T
    ) async throws -> T {
        do {
            return try await pool.transaction(body)
        } catch let error as PostgresError {
            throw error.refusal(facts) ?? error as any Error
        }
    }
}

/// Digest of verb and input: the same request gives the same bytes, because the keys are sorted.
func inputHash(_ verb: String, _ input: some Encodable) throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    var digest = SHA256()
    digest.update(data: Data((verb + "\n").utf8))
    digest.update(data: try encoder.encode([input]))
    return Data(digest.finalize())
}

func claimStatement(
    _ key: ID<Claim>,
    verb: String,
    hash: Data,
    by staff: Staff,
    at now: Instant
) -> SQL {
    """
    insert into claims (key, verb, input_hash, user_id, till_id, claimed_at)
    values (\(key), \(verb), \(hash), \(staff.id), \(staff.till?.id), \(now))
    on conflict do nothing
    """
}

func claimResult(_ key: ID<Claim>) -> SQL {
    "select input_hash, result from claims where key = \(key)"
}

/// The first one's result, for a twin. Throws `keyReused` when the input is another.
func twinResult(_ rows: Rows, hash: Data) throws -> String {
    guard let row = rows.first else { throw Refusal(.outcomeUnknown) }
    let first: Data = try row["input_hash"]
    guard first == hash else { throw Refusal(.keyReused) }
    guard let result: JSONB = try row["result"] else { throw Refusal(.outcomeUnknown) }
    return result.text
}
