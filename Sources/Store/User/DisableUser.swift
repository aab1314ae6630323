import Postgres
public import Shop

extension Store {
    /// Shuts a user out, and ends what they have open, everywhere. Their work keeps their operator
    /// code. A browser that they put at a till stands there no longer: it could be their own. Throws `unknownThing`,
    /// `alreadyEnded`, and `lastAdministrator` when nobody would be left to
    /// let anyone in.
    public func disableUser(
        _ login: Login,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> Created<User> {
        let disablement: ID<Disablement> = newID()
        return try await command("disable-user", key: key, input: [login.text], by: staff) {
            tx,
            now in
            let user = try tx.user(login, under: staff)
            _ = try tx.pipeline([
                """
                insert into disablements (id, user_id, disabled_at, disabled_by)
                values (\(disablement), \(user), \(now), \(staff.id))
                """,
                "update sign_ins set ended_at = \(now) where user_id = \(user) and ended_at is null",
                """
                update till_browsers set ended_at = \(now), ended_by = \(staff.id)
                where enrolled_by = \(user) and ended_at is null
                """,
            ])
            try tx.checkAdministrator()
            return Created(id: user, code: login.text)
        }
    }
}

extension Store {
    /// Lets a user in again, with the roles and the ways in that they had; that they were shut out stays written.
    /// Throws `unknownThing`, and `alreadyEnded` when nobody shut them out.
    public func enableUser(
        _ login: Login,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> Created<User> {
        try await command("enable-user", key: key, input: [login.text], by: staff) { tx, now in
            let user = try tx.user(login, under: staff)
            let ended = try tx.execute(
                """
                update disablements set ended_at = \(now), ended_by = \(staff.id)
                where user_id = \(user) and ended_at is null
                """
            )
            guard ended == 1 else { throw Refusal(.alreadyEnded) }
            return Created(id: user, code: login.text)
        }
    }
}

extension Transaction {
    /// Throws `lastAdministrator` when no administrator of every shop is left.
    func checkAdministrator() throws {
        // Two administrators who shut each other out in the same moment wait here for one another.
        _ = try query("select pg_advisory_xact_lock(hashtextextended('administrators', 0))")
        let left = try query(
            """
            select from user_roles r join users u on u.id = r.user_id
            where r.role = 'administrator' and r.shop_id is null and r.ended_at is null and \(isLetIn)
            limit 1
            """
        )
        if left.isEmpty { throw Refusal(.lastAdministrator) }
    }
}

/// Whether user `u` may sign in: nobody shuts them out now, and they are no station.
let isLetIn: SQL = """
    (not exists (select from disablements d where d.user_id = u.id and d.ended_at is null) and \(isNoStation))
    """

/// Whether user `u` is somebody: a station sends files, and is none of those who work here.
let isNoStation: SQL = "not exists (select from stations z where z.user_id = u.id)"
