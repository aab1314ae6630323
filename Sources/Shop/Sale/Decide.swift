/// What the till may do: made by `decide` alone, so that a sale without a decision does not compile.
public struct Allowed: Sendable {
    /// In the ticket's order.
    public let lines: [Line]
    public let buyer: Standing.Buyer?
    /// Versions of the rules that had a say, sorted: `computer-per-household@2022-01-01`.
    public let rules: [String]

    public struct Line: Sendable {
        public let goods: Goods
        public let quantity: Int
        public let unitPrice: Cents
        public let offer: Offer?
        public let tax: TaxRule
        /// The right it uses; nil when it needs none.
        public let right: Right?
        /// Codes that it takes out of the vault, one a unit; empty for what is handed over otherwise.
        public let codes: [ID<RechargeCode>]
        /// The exceptions that it takes, one a limit that refuses it; empty when the limits let it pass by themselves.
        public let overrides: [ID<Override>]
    }

    public enum Goods: Sendable {
        case device(DeviceFacts, stay: Int, grade: String)
        case product(ProductFacts)

        public var product: ProductFacts {
            switch self {
            case .device(let device, _, _): device.product
            case .product(let product): product
            }
        }
    }
}

/// What the ticket asks for, as the database has it now.
public struct Goods: Sendable {
    public let devices: [String: DeviceFacts]
    public let products: [String: ProductFacts]

    public init(devices: [String: DeviceFacts], products: [String: ProductFacts]) {
        self.devices = devices
        self.products = products
    }
}

/// Who may take what. Throws the first refusal: the voucher in hand, then line by line the thing itself, its price, its
/// right, its quotas. Lines above count for lines below; an exception that one takes is gone for the next.
public func decide(
    _ request: SaleRequest,
    standing: Standing,
    goods: Goods,
    in shop: ID<Shop>,
    on day: Day
) throws(Refusal) -> Allowed {
    if let refusal = standing.refusal(on: day, in: shop) { throw refusal }
    var uses = standing.uses
    var lines: [Allowed.Line] = []
    var versions: Set<String> = []
    var taken: [String: Int] = [:]
    var overrides = standing.overrides
    for line in request.lines {
        let found = try find(line, goods, standing, in: shop, on: day, taken: &taken)
        let product = found.goods.product
        guard let tax = product.taxes.rule(on: day) else {
            preconditionFailure("set-up seeds a tax rule for everything")
        }
        var right: Right?
        var lifting: [Override] = []
        if let category = product.category {
            let value = found.unitPrice * found.quantity
            let chosen: (right: Right, buyer: Standing.Buyer)
            do {
                chosen = try chooseRight(
                    category,
                    request.right,
                    standing,
                    uses,
                    units: found.quantity,
                    in: shop,
                    on: day
                )
            } catch {
                throw error.heldBack(
                    until: standing.nextDay(
                        of: Thing(
                            category: category,
                            machine: product.machine,
                            product: product.id,
                            units: found.quantity,
                            value: value
                        ),
                        uses,
                        by: request.kind,
                        in: shop,
                        on: day
                    )
                )
            }
            let use = Use(
                right: chosen.right.id,
                person: chosen.buyer.person,
                household: chosen.buyer.household,
                category: category,
                origin: chosen.right.kind,
                kind: request.kind,
                shop: shop,
                units: found.quantity,
                value: value,
                on: day,
                receipt: "…",
                machine: product.machine,
                product: product.id,
                structure: chosen.right.voucher?.structureID
            )
            let holder = standing.holder(chosen.buyer, by: chosen.right)
            for rule in standing.rules(on: day) where rule.limits(use) {
                do throws(Refusal) {
                    try rule.check(use, after: uses, of: holder)
                } catch {
                    guard let beyond = error.overrideNeed?.beyond,
                        let found = overrides.first(where: { $0.lifts(rule, by: beyond, for: use) })
                    else { throw error }
                    lifting.append(found)
                }
                versions.insert(rule.version)
            }
            overrides.removeAll { lifting.contains($0) }
            right = chosen.right
            uses.append(use)
        }
        lines.append(
            Allowed.Line(
                goods: found.goods,
                quantity: found.quantity,
                unitPrice: found.unitPrice,
                offer: found.offer,
                tax: tax,
                right: right,
                codes: found.codes,
                overrides: lifting.map(\.id)
            )
        )
    }
    return Allowed(lines: lines, buyer: standing.buyer, rules: versions.sorted())
}

extension Standing {
    /// The first day on which the limits would let this pass if a new voucher of the same structure opened it; nil when
    /// they would today.
    public func nextDay(
        of thing: Thing,
        _ uses: [Use],
        by kind: TicketKind,
        in shop: ID<Shop>,
        on day: Day
    ) -> Day? {
        guard let buyer, let right = rights.first(where: { $0.category == thing.category }) else {
            return nil
        }
        let holder = holder(buyer)
        let use = Use(
            right: right.id,
            person: buyer.person,
            household: buyer.household,
            category: thing.category,
            origin: .voucher,
            kind: kind,
            shop: shop,
            units: thing.units,
            value: thing.value,
            on: day,
            receipt: "…",
            machine: thing.machine,
            product: thing.product,
            structure: holder.structure
        )
        return rules(on: day)
            // A new voucher begins its own count.
            .filter { $0.holder != .voucher && $0.limits(use) }
            .compactMap { $0.holdsBack(use, after: uses, of: holder) }
            .max()
    }
}

/// What is asked for, whoever asks.
public struct Thing: Hashable, Sendable {
    public let category: Category
    public let machine: DeviceKind?
    public let product: ID<Product>?
    public let units: Int
    public let value: Cents

    public init(
        category: Category,
        machine: DeviceKind?,
        product: ID<Product>?,
        units: Int,
        value: Cents
    ) {
        self.category = category
        self.machine = machine
        self.product = product
        self.units = units
        self.value = value
    }
}

extension Refusal {
    /// A right that is used up sends nobody for a new voucher that a limit would hold back all the same.
    public func heldBack(until day: Day?) -> Refusal {
        guard reason == .rightUsedUp, let day else { return self }
        var facts = facts
        facts["next"] = .day(day)
        facts["advice"] = .explained(
            french:
                "Le plafond tient jusque-là\u{A0}: possible à partir du \(day.printed), avec un nouveau bon.",
            english: "The limit holds until then: possible from \(day.printed), with a new voucher."
        )
        return Refusal(.rightUsedUp, facts)
    }
}

private struct Found {
    let goods: Allowed.Goods
    let quantity: Int
    let unitPrice: Cents
    let offer: Offer?
    var codes: [ID<RechargeCode>] = []
}

/// The thing itself: there, here, free, priced. `taken` counts what the lines above took of a product.
private func find(
    _ line: SaleRequest.Line,
    _ goods: Goods,
    _ standing: Standing,
    in shop: ID<Shop>,
    on day: Day,
    taken: inout [String: Int]
) throws(Refusal) -> Found {
    switch line {
    case .device(let label):
        guard let device = goods.devices[label] else {
            throw Refusal(.deviceUnknown, ["label": .text(label)])
        }
        if let refusal = device.refusal(on: day, in: shop, for: standing.buyer?.person) {
            throw refusal
        }
        guard case .onShelf(let ordinal, _, _, let grade, let price) = device.state else {
            throw Refusal(.deviceNotOnShelf, ["label": .text(label)])
        }
        return Found(
            goods: .device(device, stay: ordinal, grade: grade),
            quantity: 1,
            unitPrice: price,
            offer: nil
        )
    case .product(let code, let quantity):
        guard let product = goods.products[code], product.kind != .device else {
            throw Refusal(.productUnknown, ["code": .text(code)])
        }
        guard let offer = product.offers.inForce(on: day), let price = offer.price else {
            throw Refusal(.productNotSold, ["code": .text(code)])
        }
        let asked = taken[code, default: 0] + quantity
        guard asked <= product.takable else {
            throw Refusal(
                .stockShort,
                [
                    "code": .text(product.name), "asked": .number(Int64(asked)),
                    "free": .number(Int64(product.takable)),
                ]
            )
        }
        taken[code] = asked
        return Found(
            goods: .product(product),
            quantity: quantity,
            unitPrice: price,
            offer: offer,
            codes: product.delivery == .code ? Array(product.codes[(asked - quantity)..<asked]) : []
        )
    }
}

/// The right that the seller chose, or the first that holds. When none holds, the refusal of the first that could have.
private func chooseRight(
    _ category: Category,
    _ chosen: ID<Right>?,
    _ standing: Standing,
    _ uses: [Use],
    units: Int,
    in shop: ID<Shop>,
    on day: Day
) throws(Refusal) -> (right: Right, buyer: Standing.Buyer) {
    let missing = Refusal(.rightMissing, ["what": category.fact])
    guard let buyer = standing.buyer else { throw missing }
    // A right that was chosen and is not there is refused: another one is never used up in its place.
    let picked = standing.rights.first { $0.id == chosen }
    guard chosen == nil || picked != nil else { throw missing }
    let candidates = standing.rights.filter {
        $0.category == category && (picked?.category != category || $0.id == chosen)
    }
    var first: Refusal?
    for right in candidates {
        guard
            let refusal = right.refusal(
                on: day,
                in: shop,
                units: units,
                uses: uses,
                presentedMonths: standing.numbers.presentedMonths(on: day)
            )
        else { return (right, buyer) }
        if first.map({ precedes(refusal, $0) }) ?? true { first = refusal }
    }
    throw first ?? missing
}

/// The order of `Reason` is precedence: the first listed is given.
private func precedes(_ left: Refusal, _ right: Refusal) -> Bool {
    order[left.reason, default: .max] < order[right.reason, default: .max]
}

private let order: [Reason: Int] = Dictionary(
    uniqueKeysWithValues: Reason.allCases.enumerated().map { ($0.element, $0.offset) }
)
