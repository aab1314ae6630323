import Crypto
import Foundation
import Postgres
import Shop

extension Store {
    /// Who is signed in under this token; nil when nobody is, or no longer: signed out, idle for too
    /// long, at the end of its hours, or of a user who was disabled.
    public func staff(token: String) async throws -> Staff? {
        let now = clock.now()
        // One trip, planned once a connection: every request asks this first.
        let rows = try await transaction(keepingPlans: true) { tx in
            try tx.finish([
                """
                select \(staffColumns), s.id as sign_in, s.seen_at, s.locked_at
                from sign_ins s join users u on u.id = s.user_id
                left join tills t on t.id = s.till_id left join shops h on h.id = t.shop_id
                where s.token_hash = \(tokenHash(token)) and s.ended_at is null and s.expires_at > \(now)
                  and \(isLetIn)
                  and s.seen_at > \(now)::timestamptz - \(inForce("sign_in_idle_minutes", now.day)) * interval '1 minute'
                """
            ])[0]
        }
        guard let row = rows.first else { return nil }
        // Written once a minute: who works has been seen often enough.
        let seen: Instant = try row["seen_at"]
        if seen.adding(seconds: 60) < now {
            let id: ID<SignIn> = try row["sign_in"]
            try await transaction { tx in
                try tx.finish(["update sign_ins set seen_at = \(now) where id = \(id)"])
            }
        }
        return try Staff(row, lockedAt: row["locked_at"])
    }

    /// Locks this sign-in until its browser proves anew who sits there; signed out or locked already, nothing changes.
    public func lock(token: String) async throws {
        let now = clock.now()
        try await transaction { tx in
            try tx.execute(
                """
                update sign_ins set locked_at = \(now)
                where token_hash = \(tokenHash(token)) and ended_at is null and locked_at is null
                """
            )
        }
    }

    /// Who acts on the command line: the user of that login, by default the first administrator, at
    /// the till of that code, by default the first of the shops where they hold a role. Whoever may run the command owns the
    /// installation's files already. Throws `notSetUp`, `unknownThing`.
    public func staff(login: String?, till: String?) async throws -> Staff {
        try await transaction { tx in
            if try tx.query("select from association").isEmpty { throw Refusal(.notSetUp) }
            if let till, try tx.query("select from tills where code = upper(\(till))").isEmpty {
                throw Refusal(.unknownThing, ["text": .text(till)])
            }
            let rows = try tx.query(
                """
                select \(staffColumns) from users u
                left join lateral (select * from tills
                    where case when \(till)::text is null
                      then exists (select from user_roles r where r.user_id = u.id and r.ended_at is null
                                     and (r.shop_id is null or r.shop_id = tills.shop_id))
                      else code = upper(\(till)) end
                    order by code limit 1) t on true
                left join shops h on h.id = t.shop_id
                where \(isLetIn) and case when \(login)::text is null
                  then exists (select from user_roles r where r.user_id = u.id and r.role = 'administrator'
                                 and r.shop_id is null and r.ended_at is null)
                  else u.login = \(login) end
                order by u.recorded_at, u.id limit 1
                """
            )
            guard let row = rows.first else {
                throw Refusal(.unknownThing, ["text": .text(login ?? "administrator")])
            }
            return try Staff(row)
        }
    }
}

/// What `Staff` is read from: users `u`, tills `t` and shops `h` outer-joined.
let staffColumns: SQL = """
    u.id, u.operator, u.name, u.language, u.first_day,
    array(select r.role || ' ' || coalesce(r.shop_id::text, '') from user_roles r
          where r.user_id = u.id and r.ended_at is null order by 1) as roles,
    (select array[p.id::text, s.id::text, s.name] from prescriber_accounts a join prescribers p on p.id = a.prescriber_id
     join structures s on s.id = p.structure_id where a.user_id = u.id) as refers,
    t.id as till_id, t.code as till_code, t.name as till_name,
    h.id as shop_id, h.code as shop_code, h.name as shop_name
    """

extension Staff {
    init(_ row: Row, lockedAt: Instant? = nil) throws {
        let held: [String] = try row["roles"]
        var place: TillPlace?
        if let till: ID<Till> = try row["till_id"] {
            place = TillPlace(
                id: till,
                code: try row["till_code"],
                name: try row["till_name"],
                shop: try row["shop_id"],
                shopCode: try row["shop_code"],
                shopName: try row["shop_name"]
            )
        }
        self.init(
            id: try row["id"],
            operatorCode: try row["operator"],
            name: try row["name"],
            language: try row["language"],
            firstDay: try row["first_day"],
            roles: held.compactMap { text in
                let halves = text.split(separator: " ", omittingEmptySubsequences: false)
                return Role(rawValue: String(halves[0])).map {
                    Held(role: $0, shop: ID<Shop>(String(halves[1])))
                }
            },
            refers: try Referring(row["refers"]),
            till: place,
            lockedAt: lockedAt
        )
    }
}

extension Referring {
    /// Prescriber, structure and its name, as `staffColumns` gives them.
    fileprivate init?(_ parts: [String]?) {
        guard let parts, parts.count == 3, let prescriber = ID<Prescriber>(parts[0]),
            let structure = ID<Structure>(parts[1])
        else { return nil }
        self.init(prescriber: prescriber, structure: structure, structureName: parts[2])
    }
}

/// What the table keeps of a token: with the table alone nobody signs in.
func tokenHash(_ token: String) -> Data { Data(SHA256.hash(data: Data(token.utf8))) }

/// A dated number inside a statement.
func inForce(_ name: String, _ day: Day) -> SQL {
    """
    (select amount from dated_numbers where name = \(name) and starts_on <= \(day) order by starts_on desc limit 1)
    """
}
