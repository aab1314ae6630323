import Postgres
import Shop

extension Store {
    /// Ends this sign-in; with `everywhere` all of the user's, on every device.
    public func signOut(token: String, everywhere: Bool) async throws {
        let now = clock.now()
        let hash = tokenHash(token)
        try await transaction { tx in
            try tx.execute(
                everywhere
                    ? """
                    update sign_ins set ended_at = \(now) where ended_at is null
                      and user_id = (select user_id from sign_ins where token_hash = \(hash))
                    """
                    : "update sign_ins set ended_at = \(now) where token_hash = \(hash) and ended_at is null"
            )
        }
    }
}
