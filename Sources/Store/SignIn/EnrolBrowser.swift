import Postgres
public import Shop

extension Store {
    /// Puts the browser of this sign-in at a till, from now on and for whoever signs in there; returns
    /// the token that it keeps. The user works in that till's shop. Throws `unknownThing`,
    /// `roleMissing`.
    public func enrolBrowser(
        at code: TillCode,
        token: String,
        by staff: Staff
    ) async throws -> String {
        let now = clock.now()
        let tillToken = newToken()
        let id = newID(SignIn.self).uuid
        try await transaction { tx in
            guard
                let row = try tx.query("select id, shop_id from tills where code = \(code.text)")
                    .first
            else { throw Refusal(.unknownThing, ["text": .text(code.text)]) }
            let till: ID<Till> = try row["id"]
            let shop: ID<Shop> = try row["shop_id"]
            guard staff.holds(anyOf: Set(Role.allCases), in: shop) else {
                throw Refusal(.unknownThing, ["text": .text(code.text)])
            }
            _ = try tx.pipeline([
                """
                insert into till_browsers (id, token_hash, till_id, enrolled_at, enrolled_by)
                values (\(id), \(tokenHash(tillToken)), \(till), \(now), \(staff.id))
                """,
                "update sign_ins set till_id = \(till) where token_hash = \(tokenHash(token)) and ended_at is null",
            ])
        }
        return tillToken
    }

    /// Takes the browser of this sign-in away from its till.
    public func withdrawBrowser(tillToken: String, of token: String) async throws {
        let now = clock.now()
        try await transaction { tx in
            _ = try tx.pipeline([
                """
                update till_browsers set ended_at = \(now)
                where token_hash = \(tokenHash(tillToken)) and ended_at is null
                """,
                "update sign_ins set till_id = null where token_hash = \(tokenHash(token)) and ended_at is null",
            ])
        }
    }

    /// The till at which a browser stands; nil when it stands at none.
    func enrolledTill(_ tillToken: String?) async throws -> ID<Till>? {
        guard let tillToken else { return nil }
        return try await transaction { tx in
            try tx.query(
                "select till_id from till_browsers where token_hash = \(tokenHash(tillToken)) and ended_at is null"
            ).first.map { try $0["till_id"] }
        }
    }

    /// Who may change to whom at this browser's till: users with a role in its shop who have a PIN or
    /// a badge. Empty where it stands at none.
    public func colleagues(tillToken: String?) async throws -> [Colleague] {
        guard let till = try await enrolledTill(tillToken) else { return [] }
        return try await transaction { tx in
            try tx.query(
                """
                select u.id, u.name, u.operator from users u
                where u.disabled_at is null
                  and exists (select from user_roles r join tills t on t.id = \(till)
                              where r.user_id = u.id and r.ended_at is null
                                and (r.shop_id is null or r.shop_id = t.shop_id))
                  and (select c.hash from credentials c where c.user_id = u.id and c.kind = 'pin'
                       order by c.set_at desc, c.id desc limit 1) is not null
                order by u.name, u.id limit 100
                """
            ).map { row in
                Colleague(
                    id: try row["id"],
                    name: try row["name"],
                    operatorCode: try row["operator"]
                )
            }
        }
    }
}

/// Someone who may take over at a till.
public struct Colleague: Codable, Sendable {
    public let id: ID<User>
    public let name: String
    public let operatorCode: String
}
