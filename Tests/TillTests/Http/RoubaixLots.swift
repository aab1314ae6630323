import Shop
import Store

extension TwoShops {
    func donor(_ kind: DonorKind = .company) async throws -> ID<Donor> {
        let store = served.store
        return try await store.addDonor(
            NewDonor(
                kind: kind,
                name: ShortText(typed: "Donateur \(store.newID(Donor.self))", field: .name),
                siret: nil,
                card: DonorFacts(contact: "", address: "", phone: "", email: "")
            ),
            key: store.newID(),
            by: store.staff(login: "admin", till: nil)
        )
    }

    /// A lot that came to Roubaix, and its number in the register there.
    func lot(of kind: DonorKind = .company) async throws -> Registered {
        let store = served.store
        let staff = try await store.staff(login: "admin", till: nil)
        let code = try await store.promiseBatch(
            NewBatch(
                donor: donor(kind),
                acquisition: .gift,
                agreement: "",
                promisedOn: store.today,
                promised: KindCounts([:]),
                weight: nil,
                declaredValue: nil
            ),
            to: roubaix,
            key: store.newID(),
            by: staff
        )
        let seller = SellerIdentity(
            name: try PersonName(typed: "Ana Lima", field: .sellerName),
            address: try ShortText(typed: "Roubaix", field: .sellerAddress),
            document: .passport,
            number: try ShortText(typed: "12AB34567", field: .documentNumber),
            issuedOn: store.today,
            issuedBy: try ShortText(typed: "Roubaix", field: .issuedBy)
        )
        return try await store.receiveBatch(
            BatchCode.typed(code),
            NewBatchReceipt(
                receivedOn: store.today,
                units: KindCounts([.smartphone: 2]),
                weight: nil,
                seller: kind == .person ? seller : nil
            ),
            key: store.newID(),
            by: staff
        )
    }
}
