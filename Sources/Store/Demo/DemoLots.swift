import Shop

/// Where the demonstration's machines come from: a lot that came this week, of which one machine is taken in, and one that a
/// company promises.
struct DemoLots: Sendable {
    private let store: Store
    private let keys: DemoKeys
    private let shop: ID<Shop>

    init(_ store: Store, _ keys: DemoKeys, in shop: ID<Shop>) {
        self.store = store
        self.keys = keys
        self.shop = shop
    }

    /// Gives the code of the lot that came.
    func play(on day: Day) async throws -> BatchCode {
        let came = try await promise(
            .publicBody,
            "Mairie de Saint-Lin (inventée)",
            contact: "Service informatique",
            KindCounts([.laptop: 12, .screen: 4]),
            on: day.adding(days: -21)
        )
        let staff = try await store.staff(login: "stock", till: nil)
        _ = try await store.receiveBatch(
            came,
            NewBatchReceipt(
                receivedOn: day.adding(days: -1),
                units: KindCounts([.laptop: 11, .screen: 4]),
                weight: Grams(count: 42_500)
            ),
            key: keys["lot came"],
            by: staff
        )
        _ = try await promise(
            .company,
            "Assurances du Beffroi (inventées)",
            contact: "Direction des achats",
            KindCounts([.laptop: 25]),
            on: day.adding(days: -2)
        )
        return came
    }

    private func promise(
        _ kind: DonorKind,
        _ name: String,
        contact: String,
        _ promised: KindCounts,
        on day: Day
    ) async throws -> BatchCode {
        let staff = try await store.staff(login: "stock", till: nil)
        let donor = try await store.addDonor(
            NewDonor(
                kind: kind,
                name: ShortText(typed: name, field: .name),
                siret: nil,
                card: DonorFacts(contact: contact, address: "Lille", phone: nil, email: nil)
            ),
            key: keys["donor \(kind.rawValue)"],
            by: staff
        )
        let code = try await store.promiseBatch(
            NewBatch(
                donor: donor,
                acquisition: .gift,
                agreement: "Convention \(day.parts.year)",
                promisedOn: day,
                promised: promised,
                weight: nil,
                declaredValue: nil
            ),
            to: shop,
            key: keys["lot of \(kind.rawValue)"],
            by: staff
        )
        return try BatchCode.typed(code)
    }
}
