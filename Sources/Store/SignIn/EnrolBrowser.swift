import Postgres
public import Shop

extension Store {
    /// Puts the browser of this sign-in at a till, from now on and for whoever signs in there; returns
    /// the token that it keeps. The user sells in that till's shop. Throws `unknownThing`.
    public func enrolBrowser(
        at code: TillCode,
        token: String,
        by staff: Staff
    ) async throws -> String {
        let now = clock.now()
        let tillToken = newToken()
        let id: ID<TillBrowser> = newID()
        try await transaction { tx in
            guard
                let row = try tx.query("select id, shop_id from tills where code = \(code.text)")
                    .first, staff.holds(anyOf: .sellers, in: try row["shop_id"])
            else { throw Refusal(.unknownThing, ["text": .text(code.text)]) }
            let till: ID<Till> = try row["id"]
            _ = try tx.pipeline([
                """
                insert into till_browsers (id, token_hash, till_id, enrolled_at, enrolled_by)
                values (\(id), \(tokenHash(tillToken)), \(till), \(now), \(staff.id))
                """,
                """
                update sign_ins set till_id = \(till), browser_id = \(id)
                where token_hash = \(tokenHash(token)) and ended_at is null
                """,
            ])
        }
        return tillToken
    }

    /// Takes the browser of this sign-in away from its till.
    public func leaveTill(tillToken: String, of token: String) async throws {
        let now = clock.now()
        try await transaction { tx in
            _ = try tx.pipeline([
                """
                update till_browsers set ended_at = \(now)
                where token_hash = \(tokenHash(tillToken)) and ended_at is null
                """,
                """
                update sign_ins set till_id = null, browser_id = null
                where token_hash = \(tokenHash(token)) and ended_at is null
                """,
            ])
        }
    }

    /// The browsers that stand at the tills of these shops, by till, the latest first: five hundred at most.
    public func browsersAtTills(in reach: Reach) async throws -> [BrowserAtTill] {
        try await transaction { tx in
            try tx.query(
                """
                select b.id, t.code as till, h.code as shop, b.enrolled_at, u.operator,
                       (select max(seen_at) from sign_ins where browser_id = b.id) as seen_at
                from till_browsers b join tills t on t.id = b.till_id join shops h on h.id = t.shop_id
                     join users u on u.id = b.enrolled_by
                where b.ended_at is null and \(reach.condition("h.id"))
                order by h.code, length(t.code), t.code, b.enrolled_at desc, b.id limit 500
                """
            ).map { row in
                BrowserAtTill(
                    id: try row["id"],
                    till: try row["till"],
                    shop: try row["shop"],
                    enrolledAt: try row["enrolled_at"],
                    enrolledBy: try row["operator"],
                    seenAt: try row["seen_at"]
                )
            }
        }
    }

    /// Takes a browser away from its till, wherever it is now: a machine that was stolen or lent. What others have open in
    /// it ends. Throws `unknownThing`, also for a till of a shop that `staff` does not manage, and `alreadyEnded`.
    public func withdrawBrowser(
        _ browser: ID<TillBrowser>,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> ID<TillBrowser> {
        try await command("withdraw-browser", key: key, input: [browser], by: staff) { tx, now in
            let rows = try tx.query(
                """
                select b.ended_at from till_browsers b join tills t on t.id = b.till_id
                where b.id = \(browser) and \(staff.reach(.shopManagers).condition("t.shop_id"))
                for no key update of b
                """
            )
            guard let row = rows.first else {
                throw Refusal(.unknownThing, ["text": .text(browser.text)])
            }
            let ended: Instant? = try row["ended_at"]
            guard ended == nil else { throw Refusal(.alreadyEnded) }
            _ = try tx.pipeline([
                "update till_browsers set ended_at = \(now), ended_by = \(staff.id) where id = \(browser)",
                """
                update sign_ins set ended_at = \(now)
                where browser_id = \(browser) and ended_at is null and user_id <> \(staff.id)
                """,
                """
                update sign_ins set till_id = null, browser_id = null
                where browser_id = \(browser) and ended_at is null and user_id = \(staff.id)
                """,
            ])
            return browser
        }
    }

    /// At which till a browser stands; nil when it stands at none.
    func atTill(_ tillToken: String?) async throws -> AtTill? {
        guard let tillToken else { return nil }
        return try await transaction { tx in
            try tx.query(
                """
                select id, till_id from till_browsers
                where token_hash = \(tokenHash(tillToken)) and ended_at is null
                """
            ).first.map { AtTill(browser: try $0["id"], till: try $0["till_id"]) }
        }
    }

    /// Who may change to whom at this browser's till: users with a role in its shop who have a PIN or
    /// a badge. Empty where it stands at none.
    public func colleagues(tillToken: String?) async throws -> [Colleague] {
        guard let till = try await atTill(tillToken)?.till else { return [] }
        return try await transaction { tx in
            try tx.query(
                """
                select u.id, u.name, u.operator from users u
                where \(isLetIn)
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

/// A browser and the till at which it stands.
struct AtTill: Sendable {
    let browser: ID<TillBrowser>
    let till: ID<Till>
}

/// A browser at a till, for whoever manages the shop.
public struct BrowserAtTill: Codable, Sendable {
    public let id: ID<TillBrowser>
    public let till: String
    public let shop: String
    public let enrolledAt: Instant
    /// The operator code of whoever put it there.
    public let enrolledBy: String
    /// When someone last worked in it; nil where nobody has yet.
    public let seenAt: Instant?

    public init(
        id: ID<TillBrowser>,
        till: String,
        shop: String,
        enrolledAt: Instant,
        enrolledBy: String,
        seenAt: Instant?
    ) {
        self.id = id
        self.till = till
        self.shop = shop
        self.enrolledAt = enrolledAt
        self.enrolledBy = enrolledBy
        self.seenAt = seenAt
    }
}

/// Someone who may take over at a till.
public struct Colleague: Codable, Sendable {
    public let id: ID<User>
    public let name: String
    public let operatorCode: String
}
