import Foundation

@testable import Shop

// Fixtures are people and things that one remembers.

func anID<Noun>(_ number: Int, _ noun: Noun.Type = Noun.self) -> ID<Noun> {
    let tail = String(repeating: "0", count: 12 - String(number).count) + String(number)
    guard let id = ID<Noun>("00000000-0000-7000-8000-" + tail) else {
        preconditionFailure("a fixture's id is a UUID")
    }
    return id
}

func cents(_ count: Int64) -> Cents { Cents(unchecked: count) }

/// The reason of what the body throws; nil when it throws nothing.
func reason(_ body: () throws(Refusal) -> Void) -> Reason? {
    do {
        try body()
        return nil
    } catch {
        return error.reason
    }
}

func refusal(_ body: () throws(Refusal) -> Void) -> Refusal? {
    do {
        try body()
        return nil
    } catch {
        return error
    }
}

let lille: ID<Shop> = anID(1)
let roubaix: ID<Shop> = anID(2)
/// 22 November 2026.
let today = Day(year: 2026, month: 11, day: 22) ?? Day(0)

extension VoucherFacts {
    static func signed(
        _ signedOn: Day = today.adding(days: -3),
        until: Day = today.adding(months: 9),
        presented: Day = today,
        revoked: Day? = nil,
        shop: ID<Shop>? = nil
    ) -> VoucherFacts {
        VoucherFacts(
            id: anID(10),
            code: "123456789015",
            structure: "Centre social",
            structureID: anID(11),
            signedOn: signedOn,
            validUntil: until,
            presentedOn: presented,
            revokedOn: revoked,
            shop: shop,
            shopName: shop == nil ? nil : "Roubaix"
        )
    }
}

extension Right {
    static func voucher(
        _ category: Category = .equipment,
        number: Int = 20,
        voucher: VoucherFacts = .signed(),
        until: Day = today.adding(months: 9),
        uses: Int? = 1
    ) -> Right {
        Right(
            id: anID(number),
            category: category,
            origin: .voucher(voucher),
            startsOn: today.adding(days: -3),
            endsOn: until,
            usesMax: uses
        )
    }

    static func completion(number: Int = 30, until: Day = today.adding(months: 9)) -> Right {
        Right(
            id: anID(number),
            category: .equipment,
            origin: .completion(anID(31), code: "1234567890128"),
            startsOn: today.adding(days: -10),
            endsOn: until,
            usesMax: 1
        )
    }
}

extension QuotaRule {
    static let computer = QuotaRule(
        code: "computer-per-household",
        startsOn: Day(0),
        category: .equipment,
        holder: .household,
        span: .slidingMonths(24),
        unitsMax: 1,
        centsMax: nil,
        origins: Set(Origin.allCases),
        kinds: Set(TicketKind.allCases),
        shop: nil,
        machines: DeviceKind.computers
    )
    static let smartphone = QuotaRule(
        code: "smartphone-per-person",
        startsOn: Day(0),
        category: .equipment,
        holder: .person,
        span: .slidingMonths(24),
        unitsMax: 1,
        centsMax: nil,
        origins: Set(Origin.allCases),
        kinds: Set(TicketKind.allCases),
        shop: nil,
        machines: [.smartphone]
    )
    static let recharges = QuotaRule(
        code: "recharges-per-month",
        startsOn: Day(0),
        category: .connection,
        holder: .person,
        span: .calendarMonth,
        unitsMax: nil,
        centsMax: Cents(unchecked: 3000),
        origins: Set(Origin.allCases),
        kinds: Set(TicketKind.allCases),
        shop: nil
    )
}

let amina: ID<Person> = anID(40)
let bruno: ID<Person> = anID(41)
let home: ID<Household> = anID(50)

extension Use {
    static func of(
        _ category: Category,
        by person: ID<Person> = amina,
        household: ID<Household> = home,
        right: ID<Right> = anID(99),
        units: Int = 1,
        value: Int64 = 9000,
        on day: Day,
        origin: Origin = .voucher,
        kind: TicketKind = .sale,
        machine: DeviceKind? = .laptop
    ) -> Use {
        Use(
            right: right,
            person: person,
            household: household,
            category: category,
            origin: origin,
            kind: kind,
            shop: lille,
            units: units,
            value: cents(value),
            on: day,
            receipt: "LI1-V-000001",
            machine: category == .equipment ? machine : nil
        )
    }
}

extension Standing {
    static func amina(
        rights: [Right] = [.voucher(), .voucher(.connection, number: 21, uses: nil)],
        uses: [Use] = [],
        rules: [QuotaRule] = [.computer, .recharges],
        voucher: VoucherFacts? = .signed()
    ) -> Standing {
        Standing(
            buyer: Buyer(person: ShopTests.amina, household: home, members: [ShopTests.amina]),
            voucher: voucher,
            completion: nil,
            rights: rights,
            uses: uses,
            rules: rules,
            numbers: .defaults
        )
    }
}

extension DatedNumbers {
    static let defaults = DatedNumbers(
        [
            ("voucher_presented_months", 3), ("guarantee_months", 24), ("presumption_months", 12),
            ("gift_guarantee_months", 12),
        ].map { Row(name: $0.0, startsOn: Day(0), amount: $0.1) }
    )
}

extension ProductFacts {
    static let exempt = TaxRule(
        startsOn: Day(0),
        regime: .exempt,
        rateBasisPoints: 0,
        narrowness: 0
    )
    static let laptop = ProductFacts(
        id: anID(60),
        code: "laptop",
        kind: .device,
        category: .equipment,
        name: "Ordinateur portable",
        offers: [],
        taxes: [exempt],
        free: nil,
        machine: .laptop
    )
    static func recharge(free: Int = 10, price: Int64? = 500) -> ProductFacts {
        ProductFacts(
            id: anID(61),
            code: "recharge-5",
            kind: .recharge,
            category: .connection,
            name: "Recharge 5 €",
            offers: [
                Offer(
                    startsOn: Day(0),
                    price: price.map(cents),
                    volumeMB: 20_000,
                    validDays: 30
                )
            ],
            taxes: [exempt],
            free: free
        )
    }
    static let mouse = ProductFacts(
        id: anID(62),
        code: "mouse",
        kind: .accessory,
        category: nil,
        name: "Souris",
        offers: [Offer(startsOn: Day(0), price: cents(300), volumeMB: nil, validDays: nil)],
        taxes: [exempt],
        free: 4
    )
}

extension DeviceFacts {
    static func laptop(
        _ number: Int = 70,
        state: State? = nil,
        reserved: Reservation? = nil,
        isFailing: Bool = false,
        product: ProductFacts = .laptop
    ) -> DeviceFacts {
        DeviceFacts(
            id: anID(number),
            label: "LIPC26-00\(number)",
            product: product,
            maker: "Lenovo",
            model: "ThinkPad T430",
            state: state
                ?? .onShelf(
                    ordinal: 1,
                    shop: lille,
                    shopName: "Lille",
                    grade: "b",
                    price: cents(9000)
                ),
            reserved: reserved,
            isFailing: isFailing
        )
    }
}

extension Goods {
    static func shelf(
        _ devices: [DeviceFacts] = [.laptop(), .laptop(71)],
        _ products: [ProductFacts] = [.recharge(), .mouse]
    ) -> Goods {
        Goods(
            devices: Dictionary(uniqueKeysWithValues: devices.map { ($0.label, $0) }),
            products: Dictionary(uniqueKeysWithValues: products.map { ($0.code, $0) })
        )
    }
}
