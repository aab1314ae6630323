import Postgres
public import Shop

/// A shop in which someone works.
public struct Workplace: Hashable, Sendable {
    public let id: ID<Shop>
    public let code: String
    public let name: String

    public init(id: ID<Shop>, code: String, name: String) {
        self.id = id
        self.code = code
        self.name = name
    }
}

/// Where someone may work under some roles, and where they do.
public struct Workplaces: Sendable {
    /// By name; of a person at their till, that till's shop alone.
    public let all: [Workplace]
    /// Nil where it could be one of several and nobody said which.
    public let current: Workplace?
    /// The one whose figures are shown where nobody said which: the first to have opened.
    let first: Workplace?

    public var areSeveral: Bool { all.count > 1 }

    /// The one that is shown. Throws `unknownThing` where there is none.
    public func inView() throws(Refusal) -> Workplace {
        if let shop = current ?? first { return shop }
        throw nowhere("")
    }

    /// The one in which something is done. Throws `unknownThing` where there is none, and `shopUnclear` where it could be
    /// one of several.
    public func certain() throws(Refusal) -> Workplace {
        if let current { return current }
        guard areSeveral else { throw nowhere("") }
        throw Refusal(
            .shopUnclear,
            ["shops": .text(all.prefix(10).map(\.code).joined(separator: ", "))]
        )
    }
}

extension Store {
    /// The shops in which someone holds one of `roles`, and the one where they work: the one named, else that of their
    /// till, else the one that they chose where they hold such a role, else the only one. Throws `unknownThing` for a
    /// named one where they hold none.
    public func workplaces(
        coded code: String? = nil,
        where roles: Set<Role>,
        of staff: Staff,
        chosen: ShopCode? = nil
    ) async throws -> Workplaces {
        if code == nil, let till = staff.till, staff.holds(anyOf: roles, in: till.shop) {
            let shop = Workplace(id: till.shop, code: till.shopCode, name: till.shopName)
            return Workplaces(all: [shop], current: shop, first: shop)
        }
        let found = try await shops(in: staff.reach(roles))
        let all = found.map(\.shop)
        func named(_ code: String?) -> Workplace? { all.first { $0.code == code } }
        let first = found.min { $0.place < $1.place }?.shop
        guard let code else {
            let current = named(chosen?.text) ?? (all.count == 1 ? first : nil)
            return Workplaces(all: all, current: current, first: first)
        }
        guard let current = named(code.uppercased()) else { throw nowhere(code) }
        return Workplaces(all: all, current: current, first: first)
    }

    /// The shop in which something is done. Throws `unknownThing`, `shopUnclear`.
    ///
    /// Never inlined: Swift 6.3.1 in release crashes on routes into which it was.
    @inline(never)
    public func shop(
        coded code: String?,
        where roles: Set<Role>,
        of staff: Staff
    ) async throws -> ID<Shop> {
        try await workplaces(coded: code, where: roles, of: staff).certain().id
    }

    /// The shop of this code, in any case of letters; the first of the association for nil. Throws `unknownThing`.
    public func shop(coded code: String?) async throws -> ID<Shop> {
        try await transaction { tx in
            let rows = try tx.query(
                """
                select id from shops where \(code)::text is null or code = upper(\(code))
                order by opened_at, id limit 1
                """
            )
            guard let row = rows.first else { throw nowhere(code ?? "") }
            return try row["id"]
        }
    }

    /// By name, each with its place in the order in which they opened.
    private func shops(in reach: Reach) async throws -> [(shop: Workplace, place: Int)] {
        try await transaction { tx in
            try tx.query(
                """
                select id, code, name, row_number() over (order by opened_at, id)::int as place
                from shops where \(reach.condition("id")) order by name collate "fr-x-icu", code
                """
            ).map { row in
                let shop = Workplace(
                    id: try row["id"],
                    code: try row["code"],
                    name: try row["name"]
                )
                return (shop, try row["place"])
            }
        }
    }
}

private func nowhere(_ code: String) -> Refusal {
    Refusal(.unknownThing, ["field": .field(.shop), "text": .text(String(code.prefix(40)))])
}
