import Postgres
public import Shop

extension Store {
    /// Gives a role, in one shop or in every one. To give what is held already changes nothing. Throws
    /// `unknownThing`.
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
            let user = try tx.user(login)
            let place = try shop.map { try tx.shop($0) }
            try tx.execute(
                """
                insert into user_roles (id, user_id, role, shop_id, granted_at, granted_by)
                select \(id), \(user), \(role), \(place), \(now), \(staff.id)
                where not exists (select from user_roles where user_id = \(user) and role = \(role)
                                  and shop_id is not distinct from \(place) and ended_at is null)
                """
            )
            return Created(id: user, code: login.text)
        }
    }

    /// Takes a role back. Throws `unknownThing`, `alreadyEnded`, `lastAdministrator`.
    public func endRole(
        _ role: Role,
        in shop: ShopCode?,
        of login: Login,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> Created<User> {
        let input = [role.rawValue, shop?.text ?? "", login.text]
        return try await command("end-role", key: key, input: input, by: staff) { tx, now in
            let user = try tx.user(login)
            let place = try shop.map { try tx.shop($0) }
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
    /// Throws `unknownThing`.
    func shop(_ code: ShopCode) throws -> ID<Shop> {
        guard let row = try query("select id from shops where code = \(code.text)").first else {
            throw Refusal(.unknownThing, ["text": .text(code.text)])
        }
        return try row["id"]
    }
}
