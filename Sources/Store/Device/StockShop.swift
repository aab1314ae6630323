import Postgres
public import Shop

extension Store {
    /// The shop in which someone works under one of `roles`: the one named, else that of their till, else the only one
    /// where they hold such a role. Throws `unknownThing` where they hold none or there is no shop of that code, and
    /// `shopUnclear` when it could be one of several.
    public func shop(
        coded code: String?,
        where roles: Set<Role>,
        of staff: Staff
    ) async throws -> ID<Shop> {
        if code == nil, let till = staff.till, staff.holds(anyOf: roles, in: till.shop) {
            return till.shop
        }
        let found = try await shops(coded: code, in: staff.reach(roles))
        if found.count > 1 {
            throw Refusal(
                .shopUnclear,
                ["shops": .text(found.prefix(10).map(\.code).joined(separator: ", "))]
            )
        }
        return try one(found, code)
    }

    /// The shop whose figures someone is shown: as above, and the first to have opened where it could be one of several.
    public func shopInView(of staff: Staff, where roles: Set<Role>) async throws -> ID<Shop> {
        if let till = staff.till, staff.holds(anyOf: roles, in: till.shop) { return till.shop }
        return try one(await shops(coded: nil, in: staff.reach(roles)), nil)
    }

    /// The shop of this code, in any case of letters; the first of the association for nil. Throws `unknownThing`.
    public func shop(coded code: String?) async throws -> ID<Shop> {
        try one(await shops(coded: code, in: .everyShop), code)
    }

    private func one(
        _ found: [(id: ID<Shop>, code: String)],
        _ code: String?
    ) throws(Refusal) -> ID<Shop> {
        guard let shop = found.first else {
            throw Refusal(
                .unknownThing,
                ["field": .field(.shop), "text": .text(String((code ?? "").prefix(40)))]
            )
        }
        return shop.id
    }

    /// The first to have opened first.
    private func shops(
        coded code: String?,
        in reach: Reach
    ) async throws -> [(id: ID<Shop>, code: String)] {
        try await transaction { tx in
            try tx.query(
                """
                select id, code from shops
                where (\(code)::text is null or code = upper(\(code))) and \(reach.condition("id"))
                order by opened_at, id
                """
            ).map { (try $0["id"], try $0["code"]) }
        }
    }
}
