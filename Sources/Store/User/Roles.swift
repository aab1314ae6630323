import Foundation
import Postgres
public import Shop

extension Store {
    /// Gives a role, in one shop or in every one. To give what is held already changes nothing. Throws `unknownThing`
    /// for a user or a shop that `staff` does not administer, and `associationOnly` for every shop when they administer
    /// some.
    public func grantRole(
        _ role: Role,
        in shop: ShopCode?,
        to login: Login,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> Created<User> {
        let id = newID(User.self).uuid
        let input = [role.rawValue, shop?.text ?? "", login.text]
        return try await command("grant-role", key: key, input: input, by: staff) { tx, now in
            let user = try tx.user(login, under: staff)
            try tx.give(Grant(role, in: shop), to: user, as: id, by: staff, at: now)
            return Created(id: user, code: login.text)
        }
    }

    /// Takes a role back. Throws as `grantRole` does, `alreadyEnded`, `lastAdministrator`.
    public func endRole(
        _ role: Role,
        in shop: ShopCode?,
        of login: Login,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> Created<User> {
        let input = [role.rawValue, shop?.text ?? "", login.text]
        return try await command("end-role", key: key, input: input, by: staff) { tx, now in
            let user = try tx.user(login, under: staff)
            let place = try tx.place(shop?.text, administeredBy: staff)
            let ended = try tx.execute(
                """
                update user_roles set ended_at = \(now), ended_by = \(staff.id)
                where user_id = \(user) and role = \(role) and shop_id is not distinct from \(place)
                  and ended_at is null
                """
            )
            guard ended > 0 else { throw Refusal(.alreadyEnded) }
            try tx.checkAdministrator()
            return Created(id: user, code: login.text)
        }
    }
}

extension Transaction {
    func give(_ grant: Grant, to user: ID<User>, as id: UUID, by staff: Staff, at now: Instant)
        throws
    {
        let place = try place(grant.shop, administeredBy: staff)
        try execute(
            """
            insert into user_roles (id, user_id, role, shop_id, granted_at, granted_by)
            select \(id), \(user), \(grant.role), \(place), \(now), \(staff.id)
            where not exists (select from user_roles where user_id = \(user) and role = \(grant.role)
                              and shop_id is not distinct from \(place) and ended_at is null)
            """
        )
    }

    /// The shop of this code, nil for every one. Throws `unknownThing`, `associationOnly`.
    fileprivate func place(_ code: String?, administeredBy staff: Staff) throws -> ID<Shop>? {
        guard let code else {
            try staff.checkHoldsEverywhere(.administrators)
            return nil
        }
        let shop = try shop(ShopCode(typed: code))
        guard staff.holds(anyOf: .administrators, in: shop) else {
            throw Refusal(.unknownThing, ["text": .text(code)])
        }
        return shop
    }

    /// The user of this login, locked, so that what is decided about their roles and what is done come one after the
    /// other. An administrator of some shops has those users alone whose every role is held there; who holds none is the
    /// association's. Throws `unknownThing`.
    func user(_ login: Login, under staff: Staff, orSelf: Bool = false) throws -> ID<User> {
        let rows = try query(
            """
            select u.id from users u where u.login = \(login.text) and \(isNoStation)
              and (\(staff.reach(.administrators).holdsAllRoles(of: "u.id")) or (\(orSelf) and u.id = \(staff.id)))
            for no key update
            """
        )
        guard let row = rows.first else {
            throw Refusal(.unknownThing, ["text": .text(login.text)])
        }
        return try row["id"]
    }

    /// Throws `unknownThing`.
    func shop(_ code: ShopCode) throws -> ID<Shop> {
        guard let row = try query("select id from shops where code = \(code.text)").first else {
            throw Refusal(.unknownThing, ["text": .text(code.text)])
        }
        return try row["id"]
    }
}

extension Reach {
    /// Whether every role of a user is held in these shops, and one at least.
    func holdsAllRoles(of user: SQL) -> SQL {
        guard self != .everyShop else { return "true" }
        return """
            (select coalesce(bool_and(coalesce(\(condition("r.shop_id")), false)), false) from user_roles r
             where r.user_id = \(user) and r.ended_at is null)
            """
    }

    /// Whether some role of a user is held in one of these shops.
    func holdsARole(of user: SQL) -> SQL {
        guard self != .everyShop else { return "true" }
        return """
            exists (select from user_roles r where r.user_id = \(user) and r.ended_at is null
                    and \(condition("r.shop_id")))
            """
    }
}
