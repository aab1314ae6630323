import Postgres
public import Shop

extension Store {
    /// The shop whose stock is worked on: the one named, else that of the till, else the only one where this person has
    /// a role, else the first of the association. Throws `unknownThing` when there is none of that code.
    public func stockShop(_ code: String?, for staff: Staff) async throws -> ID<Shop> {
        if code == nil, let till = staff.till { return till.shop }
        let own = Set(staff.roles.compactMap(\.shop))
        if code == nil, own.count == 1, let shop = own.first { return shop }
        return try await shop(coded: code)
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
            guard let row = rows.first else {
                throw Refusal(
                    .unknownThing,
                    ["field": .field(.shop), "text": .text(String((code ?? "").prefix(40)))]
                )
            }
            return try row["id"]
        }
    }
}
