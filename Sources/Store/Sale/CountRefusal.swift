import Logging
import Postgres
import Shop

extension Store {
    /// What is done at the counter. A refusal leaves nothing but a count of its reason by shop and day, written after the
    /// rollback and telling of nobody.
    func counting<T: Sendable>(
        at shop: ID<Shop>,
        _ act: () async throws -> T
    ) async throws -> T {
        do {
            return try await act()
        } catch let refusal as Refusal where refusal.reason.kind != .unavailable {
            await count(refusal, at: shop)
            throw refusal
        }
    }

    /// What could not be counted is logged: the person's answer is the refusal all the same.
    private func count(_ refusal: Refusal, at shop: ID<Shop>) async {
        let today = clock.now().day
        do {
            try await transaction { tx in
                try tx.execute(
                    """
                    insert into refusal_counts (refused_on, shop_id, code, times)
                    values (\(today), \(shop), \(refusal.reason.rawValue), 1)
                    on conflict (refused_on, shop_id, code) do update set times = refusal_counts.times + 1
                    """
                )
            }
        } catch {
            logger.warning("a refusal was not counted", metadata: ["error": "\(error)"])
        }
    }
}
