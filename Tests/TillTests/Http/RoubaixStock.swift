import Shop
import Store

extension TwoShops {
    /// A slip of a third shop, under which a machine is on its way to Roubaix.
    func order() async throws -> String {
        try await served.store.placeOrder(
            NewOrder(
                supplier: ShortText(typed: "Grossiste", field: .supplier),
                expectedOn: served.store.today,
                products: ProductCounts([ShortCode(typed: "petite-souris"): 2])
            ),
            for: roubaix,
            key: served.store.newID(),
            by: served.store.staff(login: "admin", till: nil)
        )
    }

    func transfer() async throws -> String {
        let store = served.store
        let staff = try await store.staff(login: "admin", till: nil)
        let sender = try await thirdShop()
        let label = try await store.takeInDevice(
            NewDevice(
                kind: .smartphone,
                maker: ShortText(typed: "Fairphone", field: .maker),
                model: ShortText(typed: "4", field: .model),
                serial: "",
                label: nil,
                disks: [],
                fromPublicBody: false
            ),
            into: sender,
            key: store.newID(),
            by: staff
        )
        return try await store.sendTransfer(
            of: DeviceLabels([DeviceLabel.typed("\(label)")]),
            ProductCounts([:]),
            from: sender,
            to: roubaix,
            key: store.newID(),
            by: staff
        )
    }

    /// A slip on which a machine is missing, and that machine.
    func missing() async throws -> (slip: String, label: String) {
        let slip = try await transfer()
        let code = try TransferCode.typed(slip)
        _ = try await served.store.receiveTransfer(
            code,
            Arrival(
                devices: DeviceLabels([]),
                products: ProductCounts([:]),
                isLast: true,
                motive: "Absent"
            ),
            key: served.store.newID(),
            by: served.store.staff(login: Self.login(.stockManager, in: "RO"), till: nil)
        )
        return (slip, try await served.store.transfer(code).devices[0].label)
    }

    private func thirdShop() async throws -> ID<Shop> {
        let store = served.store
        do { return try await store.shop(named: "TO", field: .shop) } catch {}
        return try await store.openShop(
            NewShop(
                code: ShopCode(typed: "TO"),
                name: ShortText(typed: "Tourcoing", field: .name),
                address: ShortText(typed: "3 rue de Lille", field: .address),
                postalCode: PostalCode(typed: "59200"),
                city: ShortText(typed: "Tourcoing", field: .city),
                siret: Siret(typed: "12345678200010")
            ),
            key: store.newID(),
            by: store.staff(login: "admin", till: nil)
        ).id
    }

    /// A count of Roubaix, of which the counting was stopped by somebody else than whoever asks.
    func count(isClosed: Bool) async throws -> String {
        try await endCounts()
        let store = served.store
        let staff = try await store.staff(login: "admin", till: nil)
        let code = try await store.openCount(of: .all, in: roubaix, key: store.newID(), by: staff)
        if isClosed {
            _ = try await store.closeCount(CountCode.typed(code), key: store.newID(), by: staff)
        }
        return code
    }

    /// A room of Roubaix in which nothing lies.
    func location() async throws -> String {
        let store = served.store
        return try await store.openLocations(
            NewLocations(room: store.newID(Claim.self).text, shelves: ""),
            in: roubaix,
            key: store.newID(),
            by: try await store.staff(login: "admin", till: nil)
        ).codes[0]
    }

    /// One count a shop at a time: the one before is given up.
    func endCounts() async throws {
        let store = served.store
        let staff = try await store.staff(login: "admin", till: nil)
        for count in try await store.counts(in: .shops([roubaix])).items where count.endedAt == nil
        {
            _ = try await store.abandonCount(
                CountCode.typed(count.code),
                because: ShortText(typed: "Essai", field: .motive),
                key: store.newID(),
                by: staff
            )
        }
    }
}
