import Postgres
public import Shop

/// An article for the price list.
public struct NewProduct: Hashable, Sendable, Encodable {
    public let code: ShortCode
    public let kind: ProductFacts.Kind
    /// Machines alone have one.
    public let deviceKind: DeviceKind?
    /// The right that it needs; nil: sold to anybody.
    public let category: Category?
    public let nameFrench: ShortText
    public let nameEnglish: ShortText
    /// Who carries the recharge: SFR.
    public let operatorName: String
    /// How a recharge is handed over; nil for everything else.
    public let delivery: RechargeDelivery?

    /// Throws `fieldMissing` when a machine has no kind, or when what is no accessory names no right; `choiceUnknown`
    /// for a right that no ticket takes;
    /// `fieldMissing` where codes name no operator.
    public init(
        code: ShortCode,
        kind: ProductFacts.Kind,
        deviceKind: DeviceKind? = nil,
        category: Category?,
        nameFrench: ShortText,
        nameEnglish: ShortText,
        operatorName: String = "",
        delivery: RechargeDelivery? = nil
    ) throws(Refusal) {
        guard (kind == .device) == (deviceKind != nil) else {
            throw Refusal(.fieldMissing, ["field": .field(.deviceKind)])
        }
        guard kind == .accessory || category != nil else {
            throw Refusal(.fieldMissing, ["field": .field(.category)])
        }
        guard category != .course, category != .helpDesk else {
            throw Refusal(
                .choiceUnknown,
                [
                    "field": .field(.category), "text": .text(category?.rawValue ?? ""),
                    "choices": .text("equipment, connection"),
                ]
            )
        }
        self.code = code
        self.kind = kind
        self.deviceKind = deviceKind
        self.category = category
        self.nameFrench = nameFrench
        self.nameEnglish = nameEnglish
        let delivery = kind == .recharge ? delivery ?? .card : nil
        guard delivery != .code || !operatorName.isEmpty else {
            throw Refusal(.fieldMissing, ["field": .field(.operatorName)])
        }
        self.operatorName = operatorName
        self.delivery = delivery
    }
}

extension Store {
    /// Puts an article on the list. It is sold once it has a price (`setOffer`), a machine once it is on a shelf.
    /// Throws `nameTaken`.
    public func createProduct(
        _ product: NewProduct,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> ID<Product> {
        let facts: [String: Refusal.Fact] = [
            "field": .field(.code), "text": .text(product.code.text),
        ]
        return try await command(
            "create-product",
            key: key,
            input: product,
            by: staff,
            facts: facts
        ) { tx, now in
            let id = newID(Product.self)
            try tx.execute(
                """
                insert into products (id, code, kind, device_kind, category, name_fr, name_en, operator, delivery,
                    recorded_at)
                values (\(id), \(product.code), \(product.kind), \(product.deviceKind?.rawValue), \(product.category),
                    \(product.nameFrench), \(product.nameEnglish), \(product.operatorName), \(product.delivery),
                    \(now))
                """
            )
            return id
        }
    }
}
