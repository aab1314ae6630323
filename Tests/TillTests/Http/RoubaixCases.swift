import Shop
import Store

extension TwoShops {
    /// A charger out of Roubaix’ stock, with a phone that stands there.
    func takeCharger(for label: String) async throws {
        let store = served.store
        let staff = try await store.staff(login: "admin", till: "RO1")
        let charger = try ShortCode(typed: "usb-charger")
        _ = try await store.receiveStock(
            of: charger,
            units: 1,
            in: roubaix,
            key: store.newID(),
            by: staff
        )
        _ = try await store.checkKit(
            of: DeviceLabel.typed(label),
            [charger: .stock],
            key: store.newID(),
            by: staff
        )
    }

    /// A phone that was prepared at Roubaix, and sold to whoever finished the course there.
    static func phone(
        _ store: Store,
        _ roubaix: ID<Shop>,
        _ person: ID<Person>
    ) async throws -> DeviceLabel {
        let staff = try await store.staff(login: "admin", till: "RO1")
        let label = try await DeviceLabel.typed(
            store.takeInDevice(
                NewDevice(
                    kind: .smartphone,
                    maker: ShortText(typed: "Fairphone", field: .maker),
                    model: ShortText(typed: "5", field: .model),
                    serial: "",
                    label: nil,
                    disks: [],
                    fromPublicBody: false
                ),
                into: roubaix,
                key: store.newID(),
                by: staff
            )
        )
        let items = try await store.inspectionList(for: label).items.map {
            ($0.item, InspectionFinding.passed)
        }
        _ = try await store.inspectDevice(
            label,
            results: Dictionary(uniqueKeysWithValues: items),
            key: store.newID(),
            by: staff
        )
        _ = try await store.checkKit(
            of: label,
            [ShortCode(typed: "usb-charger"): .present],
            key: store.newID(),
            by: staff
        )
        _ = try await store.shelveDevice(
            label,
            grade: .b,
            price: Cents(5000),
            in: roubaix,
            key: store.newID(),
            by: staff
        )
        _ = try await store.sell(
            SaleRequest(
                buyer: .person(person),
                lines: [.device(label.description)],
                tender: .payments([.init(means: .cash, tendered: Cents(5000))])
            ),
            key: store.newID(),
            by: staff
        )
        return label
    }

    /// A case of Roubaix for that phone, whose last one is over.
    func afterSales() async throws -> String {
        let store = served.store
        let staff = try await store.staff(login: "admin", till: nil)
        if let last = try await store.cases(.open, of: phone).items.first {
            _ = try await store.advanceCase(
                AfterSalesCode.typed(last.code),
                .handBack,
                key: store.newID(),
                by: staff
            )
        }
        return try await store.openCase(
            phone,
            symptom: "other",
            key: store.newID(),
            by: staff
        ).code
    }
}
