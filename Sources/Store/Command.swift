import Crypto
import Foundation
import Logging
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
        try await chaining(verb, key: key, input: input, by: staff, facts: facts) { tx, now in
            let (output, entry) = try body(tx, now)
            return (output, entry.map { [$0] } ?? [])
        }
    }

    /// A command that adds any number of entries, in their order.
    func chaining<Input: Encodable & Sendable, Output: Codable & Sendable>(
        _ verb: String,
        key: ID<Claim>,
        input: Input,
        by staff: Staff?,
        facts: [String: Refusal.Fact] = [:],
        _ body: @escaping @Sendable (Transaction, Instant) throws -> (Output, [SealedEntry])
    ) async throws -> Output {
        let now = clock.now()
        guard let staff else {
            // Set-up has no user yet, hence nobody to claim for: what it makes is unique by itself.
            return try await transaction(facts) { tx in try body(tx, now).0 }
        }
        let hash = try keys.claimDigest(verb, input, by: staff)
        return try await transaction(facts) { tx in
            let rows = try tx.pipeline([
                claimStatement(key, verb: verb, hash: hash, by: staff, at: now),
                claimResult(key),
            ])
            if rows[0].affected == 0 {
                let result = try twinResult(rows[1], hash: hash)
                try keepHeads()
                return try JSONDecoder().decode(Output.self, from: Data(result.utf8))
            }
            var (output, entries) = try body(tx, now)
            if settingVerbs.contains(verb) {
                // Neither what was set nor for whom: the rows that bear the same moment say it.
                let event = try record(
                    .parameterChanged,
                    verb,
                    "\(key)",
                    at: nil,
                    by: staff.id,
                    now: now,
                    in: tx
                )
                entries.append(event)
            }
            let result = String(decoding: try JSONEncoder().encode(output), as: UTF8.self)
            _ = try tx.finish(["update claims set result = \(JSONB(result)) where key = \(key)"])
            try keepHeads(of: entries)
            return output
        }
    }

    /// Once the transaction is committed, before the reply. Where the line cannot be written, what is recorded stays
    /// recorded, and the person is told to press again: the twin answers when the line is there. Throws `outcomeUnknown`.
    func keepHead(of entry: SealedEntry) throws { try keepHeads(of: [entry]) }

    /// The same of all entries of the transaction: each has its line, or none has been answered for.
    func keepHeads(of entries: [SealedEntry]) throws {
        try keepingHeads { try heads.append(entries) }
    }

    /// What a twin does before it answers: heads that are still to be written go first. Throws `outcomeUnknown`.
    func keepHeads() throws {
        try keepingHeads { try heads.flush() }
    }

    private func keepingHeads(_ write: () throws -> Void) throws {
        do { try write() } catch {
            logger.error("a chain's head was not written", metadata: ["error": "\(error)"])
            throw Refusal(.outcomeUnknown)
        }
    }

    /// One transaction at the counter, with what a person can hit told as a `Refusal`.
    ///
    /// `keepingPlans` plans each statement once a connection, whatever its values: for the sale and what it reads, whose
    /// statements all go by key, and of which planning anew was two thirds of the server's work. Not for searches, whose
    /// plan depends on what is searched: those are planned each time (`planningAnew`), since after five times the server
    /// would keep a plan that knows nothing of it, and a list of two hundredths of a second takes two seconds.
    @discardableResult
    func transaction<T: Sendable>(
        _ facts: [String: Refusal.Fact] = [:],
        keepingPlans: Bool = false,
        planningAnew: Bool = false,
        _ body: @escaping @Sendable (Transaction) throws -> T
    ) async throws -> T {
        do {
            return try await pool.transaction(
                local: keepingPlans
                    ? [("plan_cache_mode", "force_generic_plan")]
                    : planningAnew ? [("plan_cache_mode", "force_custom_plan")] : [],
                body
            )
        } catch let error as PostgresError {
            throw error.refusal(facts) ?? error as any Error
        }
    }
}

/// Commands that set how the shop works: prices, rules, numbers, places, people's roles. The journal says that they ran (A11).
private let settingVerbs: Set<String> = [
    "open-shop", "open-till", "add-user", "disable-user", "enable-user", "grant-role", "end-role",
    "make-badge",
    "set-scan-gap", "withdraw-browser", "create-product", "set-offer", "set-threshold",
    "set-grade-price",
    "set-grading-rules", "set-inspection-list", "set-kit", "set-quota-rule", "set-return-rule",
    "set-motive",
    "set-impact-factor", "set-diagnosis-tree", "set-completion-rule", "set-hand-over-terms",
    "set-help-desk-code",
    "set-privacy-notice", "set-questionnaire", "add-override-motive", "end-override-motive",
    "withdraw-version",
    "declare-code-format", "reprice-device", "set-password", "set-pin", "create-programme",
    "change-structure-key", "open-station",
    "revoke-station", "set-account",
]

extension Keys {
    /// Digest of verb, input, user and till: the same request gives the same bytes, because the names are sorted. It is
    /// keyed, since inputs hold names and telephone numbers that nobody may guess from a dump.
    func claimDigest(_ verb: String, _ input: some Encodable, by staff: Staff) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        var digest = HMAC<SHA256>(key: blind)
        let till = staff.till.map { "\($0.id)" } ?? ""
        digest.update(data: Data("claim\n\(verb)\n\(staff.id)\n\(till)\n".utf8))
        digest.update(data: try encoder.encode([input]))
        return Data(digest.finalize())
    }
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

/// The first one's result, for a twin. Throws `keyReused` when the input, the user or the till is another.
func twinResult(_ rows: Rows, hash: Data) throws -> String {
    guard let row = rows.first else { throw Refusal(.outcomeUnknown) }
    let first: Data = try row["input_hash"]
    guard first == hash else { throw Refusal(.keyReused) }
    guard let result: JSONB = try row["result"] else { throw Refusal(.outcomeUnknown) }
    return result.text
}
