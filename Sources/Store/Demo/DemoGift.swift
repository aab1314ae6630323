import Shop

/// A parent who finished with the others yesterday and went home with a computer that the programme pays: the gift waits
/// for its act to be signed.
struct DemoGift: Sendable {
    private let store: Store
    private let keys: DemoKeys
    private let history: DemoHistory
    private let shop: ID<Shop>

    init(_ store: Store, _ keys: DemoKeys, _ history: DemoHistory, in shop: ID<Shop>) {
        self.store = store
        self.keys = keys
        self.history = history
        self.shop = shop
    }

    func give(
        to parent: ID<Person>,
        of run: RunCode,
        paidBy programme: String,
        on day: Day,
        _ facilitator: Staff
    ) async throws {
        let then = history.at(day)
        let outcome = try await then.complete(
            CompletionRequest(run: run, persons: [parent], on: day),
            key: keys["complete the gift"],
            by: facilitator
        )
        guard let done = outcome.completed.first else { throw Refusal(.notFinished) }
        let label = try await history.shelve(.given, in: shop, history.at(day.adding(days: -6)))
        let seller = try await store.staff(login: "espace", till: "LI1")
        _ = try await then.openDrawer(
            float: Cents(5000),
            key: keys["gift drawer open"],
            by: seller
        )
        _ = try await then.sell(
            SaleRequest(
                buyer: .completion(done.code),
                lines: [.device(label)],
                tender: .gift(programme)
            ),
            key: keys["gift"],
            by: seller
        )
        _ = try await then.closeDrawer(
            DrawerCount(cash: Cents(5000), card: .zero, cheque: .zero, reason: nil),
            key: keys["gift drawer close"],
            by: seller
        )
    }
}
