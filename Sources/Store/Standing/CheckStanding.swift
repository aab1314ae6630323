import Postgres
public import Shop

/// What the till knows of someone: who, which rights, which quotas, and why not.
public struct StandingAnswer: Sendable {
    public let buyer: Standing.Buyer?
    /// Whose identity is shown at the counter: the person, or those among whom the seller chooses.
    public let people: [Named]
    public let voucher: VoucherFacts?
    public let completionCode: String?
    public let rights: [RightLeft]
    public let quotas: [QuotaStanding]
    /// Nil: at least one right holds here today.
    public let refusal: Refusal?

    public struct Named: Sendable {
        public let id: ID<Person>
        public let code: String
        public let name: String
        public let householdSize: Int
    }

    public struct RightLeft: Sendable {
        public let right: Right
        /// Nil: as often as the quotas allow.
        public let usesLeft: Int?

        public init(right: Right, usesLeft: Int?) {
            self.right = right
            self.usesLeft = usesLeft
        }
    }

    public init(
        buyer: Standing.Buyer?,
        people: [Named],
        voucher: VoucherFacts?,
        completionCode: String?,
        rights: [RightLeft],
        quotas: [QuotaStanding],
        refusal: Refusal?
    ) {
        self.buyer = buyer
        self.people = people
        self.voucher = voucher
        self.completionCode = completionCode
        self.rights = rights
        self.quotas = quotas
        self.refusal = refusal
    }
}

extension Store {
    /// Checks a voucher, an attestation or a person as the till does, without locking anything. A voucher or an
    /// attestation that does not exist throws; one that opens nothing answers with its refusal.
    public func standing(of buyer: SaleRequest.Buyer, in shop: ID<Shop>) async throws
        -> StandingAnswer
    {
        let now = clock.now()
        let query = StandingQuery(buyer: buyer, labels: [], codes: [], shop: shop, around: now.day)
        return try await transaction(keepingPlans: true) { tx in
            let rows = try tx.finish(reading: query.reads + [people(buyer)])
            let people = try rows[rows.count - 1].map { try StandingAnswer.Named($0) }
            do {
                let standing = try query.standing(rows[0..<(rows.count - 1)])
                return StandingAnswer(standing, people, in: shop, on: now.day)
            } catch let refusal as Refusal where refusal.reason == .voucherPersonMissing {
                return StandingAnswer(
                    buyer: nil,
                    people: people,
                    voucher: nil,
                    completionCode: nil,
                    rights: [],
                    quotas: [],
                    refusal: refusal
                )
            }
        }
    }

    /// What the till would say to a sale, line by line, on the facts of this moment: the same function on the same facts
    /// as the sale, without its locks.
    public func preview(_ request: SaleRequest, by staff: Staff) async throws -> Preview {
        let place = try staff.place()
        let now = clock.now()
        let query = StandingQuery(
            buyer: request.buyer,
            labels: request.labels,
            codes: request.codes,
            units: request.units,
            shop: place.shop,
            around: now.day
        )
        return try await transaction(keepingPlans: true) { tx in
            let rows = try tx.finish(reading: query.reads)
            let standing = try query.standing(rows[...])
            let goods = try query.goods(rows[...])
            return Preview(request, standing, goods, in: place.shop, on: now.day)
        }
    }

    /// What is known of a machine or a product at the till, with why it may not be sold.
    public func goods(labels: [String], codes: [String], in shop: ID<Shop>) async throws -> Goods {
        let query = StandingQuery(
            buyer: nil,
            labels: labels,
            codes: codes,
            shop: shop,
            around: clock.now().day
        )
        return try await transaction(keepingPlans: true) { tx in
            try query.goods(tx.finish(reading: query.reads)[...])
        }
    }

    private func people(_ buyer: SaleRequest.Buyer) -> SQL {
        let condition: SQL =
            switch buyer {
            case .person(let id): "p.id = person_now(\(id))"
            case .completion(let code):
                "p.id = (select person_now(person_id) from completions where code = \(code))"
            case .voucher(let code, nil):
                """
                p.id in (select person_now(n.person_id) from voucher_persons n join vouchers v on v.id = n.voucher_id
                         where v.code = \(code))
                """
            case .voucher(_, let id?): "p.id = person_now(\(id))"
            }
        return """
            select p.id, p.code, coalesce(i.given_name || ' ' || i.family_name, p.code) as name,
                   (select count(*) from household_members m join household_members o using (household_id)
                    where m.person_id = p.id and m.left_on is null and o.left_on is null) as household
            from persons p left join identities i on i.person_id = p.id where \(condition) order by name, p.id limit 100
            """
    }
}

/// What the till would say to a sale.
public struct Preview: Sendable {
    /// One a line of the request, in its order.
    public let lines: [Line]
    public let total: Cents
    /// The first refusal; nil when the sale would be allowed.
    public let refusal: Refusal?
    /// Who buys; nil where nobody is named.
    public let person: ID<Person>?

    public struct Line: Sendable {
        public let description: String
        public let quantity: Int
        public let unitPrice: Cents?
        public let right: Right?
        public let refusal: Refusal?
    }

    /// Decides on growing tickets, so that each line's own refusal stands at its line.
    init(
        _ request: SaleRequest,
        _ standing: Standing,
        _ goods: Goods,
        in shop: ID<Shop>,
        on day: Day
    ) {
        var kept: [SaleRequest.Line] = []
        var lines: [Line] = []
        var first: Refusal?
        for line in request.lines {
            do {
                let tried = try SaleRequest(
                    buyer: request.buyer,
                    lines: kept + [line],
                    tender: request.tender,
                    right: request.right
                )
                let allowed = try decide(tried, standing: standing, goods: goods, in: shop, on: day)
                kept.append(line)
                lines.append(Line(allowed.lines[allowed.lines.count - 1], line, goods, on: day))
            } catch {
                first = first ?? error
                lines.append(Line(line, goods, refusal: error, on: day))
            }
        }
        self.lines = lines
        self.total = zip(lines, request.lines).compactMap { line, _ in
            line.refusal == nil ? line.unitPrice.map { $0 * line.quantity } : nil
        }.sum()
        self.refusal = first
        self.person = standing.buyer?.person
    }
}

extension Preview.Line {
    fileprivate init(_ line: Allowed.Line, _ asked: SaleRequest.Line, _ goods: Goods, on day: Day) {
        self.init(
            description: asked.description(goods),
            quantity: line.quantity,
            unitPrice: line.unitPrice,
            right: line.right,
            refusal: nil
        )
    }

    fileprivate init(_ asked: SaleRequest.Line, _ goods: Goods, refusal: Refusal, on day: Day) {
        self.init(
            description: asked.description(goods),
            quantity: asked.quantity,
            unitPrice: asked.unitPrice(goods, on: day),
            right: nil,
            refusal: refusal
        )
    }
}

extension SaleRequest.Line {
    fileprivate var quantity: Int {
        switch self {
        case .device: 1
        case .product(_, let quantity): quantity
        }
    }

    fileprivate func description(_ goods: Goods) -> String {
        switch self {
        case .device(let label):
            goods.devices[label].map { "\($0.label) \($0.maker) \($0.model)" } ?? label
        case .product(let code, _): goods.products[code]?.name ?? code
        }
    }

    fileprivate func unitPrice(_ goods: Goods, on day: Day) -> Cents? {
        switch self {
        case .device(let label):
            if case .onShelf(_, _, _, _, let price)? = goods.devices[label]?.state {
                price
            } else {
                nil
            }
        case .product(let code, _): goods.products[code]?.offers.inForce(on: day)?.price
        }
    }
}

extension StandingAnswer {
    fileprivate init(_ standing: Standing, _ people: [Named], in shop: ID<Shop>, on day: Day) {
        let months = standing.numbers.number("voucher_presented_months", on: day)
        let refusals = standing.rights.map {
            $0.refusal(on: day, in: shop, units: 1, uses: standing.uses, presentedMonths: months)
        }
        let hand = standing.refusal(on: day, in: shop)
        let open = zip(standing.rights, refusals).filter { $0.1 == nil }.map(\.0)
        let nothing =
            standing.rights.isEmpty
            ? Refusal(.rightMissing, ["what": .text("—")])
            : zip(standing.rights, refusals).lazy.compactMap { right, refusal in
                refusal?.heldBack(
                    until: standing.nextDay(
                        of: standing.lastThing(by: right),
                        standing.uses,
                        by: .sale,
                        in: shop,
                        on: day
                    )
                )
            }.first
        var code: String?
        for right in standing.rights {
            if case .completion(let id, let text, _) = right.origin, id == standing.completion {
                code = text
            }
        }
        self.init(
            buyer: standing.buyer,
            people: people,
            voucher: standing.voucher,
            completionCode: code,
            rights: open.map { right in
                RightLeft(
                    right: right,
                    usesLeft: right.usesMax.map { $0 - right.used(standing.uses) }
                )
            },
            quotas: standing.quotas(on: day, in: shop),
            refusal: hand ?? (open.isEmpty ? nothing : nil)
        )
    }
}

extension Standing {
    /// One more of what the right last gave.
    fileprivate func lastThing(by right: Right) -> Thing {
        let last = uses.last { $0.right == right.id }
        return Thing(
            category: right.category,
            machine: last?.machine,
            product: last?.product,
            units: 1,
            value: .zero
        )
    }
}

extension StandingAnswer.Named {
    fileprivate init(_ row: Row) throws {
        self.init(
            id: try row["id"],
            code: try row["code"],
            name: try row["name"],
            householdSize: try row["household"]
        )
    }
}
