/// A machine as the till finds it.
public struct DeviceFacts: Hashable, Sendable {
    public let id: ID<Device>
    public let label: String
    public let product: ProductFacts
    public let maker: String
    public let model: String
    public let state: State
    /// Kept for this person until this day.
    public let reserved: Reservation?
    /// Whether a disk in it is failing on that day.
    public let isFailing: Bool

    public enum State: Hashable, Sendable {
        case onShelf(ordinal: Int, shop: ID<Shop>, shopName: String, grade: String, price: Cents)
        /// It left by a ticket; `receipt` is the ticket's number.
        case gone(receipt: String, at: Instant, operatorCode: String)
        case recycled
        /// What is missing before it may be shelved.
        case inWork(inspected: Bool, erased: Bool)
    }

    public struct Reservation: Hashable, Sendable {
        public let person: ID<Person>
        public let until: Day

        public init(person: ID<Person>, until: Day) {
            self.person = person
            self.until = until
        }
    }

    public init(
        id: ID<Device>,
        label: String,
        product: ProductFacts,
        maker: String,
        model: String,
        state: State,
        reserved: Reservation?,
        isFailing: Bool
    ) {
        self.id = id
        self.label = label
        self.product = product
        self.maker = maker
        self.model = model
        self.state = state
        self.reserved = reserved
        self.isFailing = isFailing
    }

    /// Why it may not leave by this ticket; nil when it may. The order is that of `Reason`.
    public func refusal(on day: Day, in here: ID<Shop>, for person: ID<Person>?) -> Refusal? {
        let name: [String: Refusal.Fact] = ["label": .text(label)]
        func refuse(_ reason: Reason, _ facts: [String: Refusal.Fact] = [:]) -> Refusal {
            Refusal(reason, name.merging(facts) { first, _ in first })
        }
        switch state {
        case .gone(let receipt, let at, let operatorCode):
            return refuse(
                .deviceGone,
                ["receipt": .text(receipt), "on": .instant(at), "operator": .text(operatorCode)]
            )
        case .recycled: return refuse(.deviceRecycled)
        case .inWork(let inspected, let erased):
            if !inspected { return refuse(.deviceNotInspected) }
            return refuse(erased ? .deviceNotOnShelf : .deviceNotErased)
        case .onShelf(_, let shop, let shopName, _, _):
            if shop != here { return refuse(.deviceElsewhere, ["shop": .text(shopName)]) }
            if let reserved, reserved.until >= day, reserved.person != person {
                return refuse(.deviceReserved, ["until": .day(reserved.until)])
            }
            return isFailing ? refuse(.deviceDiskFailing) : nil
        }
    }
}

/// What is on the price list: what it is, what right it needs, how it is taxed.
public struct ProductFacts: Hashable, Sendable {
    public let id: ID<Product>
    public let code: String
    public let kind: Kind
    /// What kind of machine it is; nil for what is counted.
    public let machine: DeviceKind?
    /// Nil: sold without a right.
    public let category: Category?
    public let name: String
    public let offers: [Offer]
    public let taxes: [TaxRule]
    /// Units in the shop; nil for machines, which are counted one by one.
    public let free: Int?
    /// Nil for what is no recharge.
    public let delivery: RechargeDelivery?
    /// Codes of the vault that a ticket takes, the first to expire first: as many as it asks for, or all that there are.
    public let codes: [ID<RechargeCode>]

    public enum Kind: String, CaseIterable, Sendable, Codable {
        case device, recharge, sim, accessory
    }

    public init(
        id: ID<Product>,
        code: String,
        kind: Kind,
        category: Category?,
        name: String,
        offers: [Offer],
        taxes: [TaxRule],
        free: Int?,
        machine: DeviceKind? = nil,
        delivery: RechargeDelivery? = nil,
        codes: [ID<RechargeCode>] = []
    ) {
        self.id = id
        self.code = code
        self.kind = kind
        self.machine = machine
        self.category = category
        self.name = name
        self.offers = offers
        self.taxes = taxes
        self.free = free
        self.delivery = delivery
        self.codes = codes
    }

    /// How many a ticket may take.
    public var takable: Int { delivery == .code ? codes.count : free ?? 0 }
}

/// Price, gigabytes and days from a day on. A line freezes what it applied. No price: no longer sold.
public struct Offer: Hashable, Sendable, Dated {
    public let startsOn: Day
    public let price: Cents?
    public let volumeMB: Int?
    public let validDays: Int?

    public init(startsOn: Day, price: Cents?, volumeMB: Int?, validDays: Int?) {
        self.startsOn = startsOn
        self.price = price
        self.volumeMB = volumeMB
        self.validDays = validDays
    }
}

/// Which tax applies from a day on. The narrower row goes first: shop and kind, shop, kind, everything.
public struct TaxRule: Hashable, Sendable, Dated {
    public let startsOn: Day
    public let regime: Regime
    /// Basis points: 2000 is 20 %.
    public let rateBasisPoints: Int
    /// 0 for everything, 1 when it names a kind, 2 a shop, 3 both.
    public let narrowness: Int

    public enum Regime: String, CaseIterable, Sendable, Codable {
        case exempt = "exempt_261_7"
        case franchise = "franchise_293_b"
        case margin
        case normal
    }

    public init(startsOn: Day, regime: Regime, rateBasisPoints: Int, narrowness: Int) {
        self.startsOn = startsOn
        self.regime = regime
        self.rateBasisPoints = rateBasisPoints
        self.narrowness = narrowness
    }

    /// The tax inside a price that holds it, to the nearest cent. Under the margin scheme what was given cost nothing,
    /// so that the whole price is margin.
    func tax(in price: Cents) -> Cents {
        let rate = Int64(rateBasisPoints)
        guard rate > 0 else { return .zero }
        let base = 10_000 + rate
        return Cents(unchecked: (price.count * rate * 2 + base) / (base * 2))
    }
}

extension Sequence<TaxRule> {
    func rule(on day: Day) -> TaxRule? {
        Dictionary(grouping: self.filter { $0.startsOn <= day }, by: \.narrowness)
            .max { $0.key < $1.key }?.value.inForce(on: day)
    }
}

/// A machine with its id: `Device` here is the key's noun; what a machine is made of is `Hardware`.
public enum Device {}

extension TaxRule.Regime {
    /// What the law wants printed where no tax is shown.
    public func mention(in language: Language) -> String {
        switch self {
        case .exempt:
            language.choose(
                "Exonération de TVA, article 261, 7-1° b du CGI",
                "VAT exempt, article 261, 7-1° b of the French tax code"
            )
        case .franchise:
            language.choose(
                "TVA non applicable, article 293 B du CGI",
                "VAT not applicable, article 293 B of the French tax code"
            )
        case .margin:
            language.choose(
                "Régime particulier – Biens d’occasion",
                "Margin scheme – Second-hand goods"
            )
        case .normal: language.choose("TVA comprise", "VAT included")
        }
    }
}
