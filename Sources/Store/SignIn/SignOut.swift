import Postgres
import Shop

extension Store {
    /// Ends this sign-in; with `everywhere` all of the user's, on every device.
    public func signOut(token: String, everywhere: Bool) async throws {
        let now = clock.now()
        let hash = tokenHash(token)
        let entry = try await transaction { tx -> SealedEntry? in
            let open = try tx.query(
                "select user_id, till_id from sign_ins where token_hash = \(hash) and ended_at is null"
            ).first
            try tx.execute(
                everywhere
                    ? """
                    update sign_ins set ended_at = \(now) where ended_at is null
                      and user_id = (select user_id from sign_ins where token_hash = \(hash))
                    """
                    : "update sign_ins set ended_at = \(now) where token_hash = \(hash) and ended_at is null"
            )
            return try open.map { row in
                try record(
                    .signedOut,
                    everywhere ? "everywhere" : "",
                    at: try row["till_id"],
                    by: try row["user_id"],
                    now: now,
                    in: tx
                )
            }
        }
        if let entry { try keepHead(of: entry) }
    }
}
