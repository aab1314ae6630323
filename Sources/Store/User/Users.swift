import Postgres
public import Shop

/// A user in a list.
public struct ListedUser: Codable, Sendable {
    public let id: ID<User>
    public let login: String
    public let operatorCode: String
    public let name: String
    public let language: Language
    public let roles: [HeldRole]
    /// What they may sign in with: `password`, `pin`, `badge`.
    public let credentials: [String]
    /// When they were shut out, the latest first; one without an end lasts.
    public let disablements: [ListedDisablement]

    public var isDisabled: Bool { disablements.contains { $0.endedAt == nil } }
}

/// A stretch during which a user was shut out. Who did it is an operator code.
public struct ListedDisablement: Codable, Hashable, Sendable {
    public let disabledAt: Instant
    public let disabledBy: String
    /// Nil while it lasts.
    public let endedAt: Instant?
    public let endedBy: String?

    public init(disabledAt: Instant, disabledBy: String, endedAt: Instant?, endedBy: String?) {
        self.disabledAt = disabledAt
        self.disabledBy = disabledBy
        self.endedAt = endedAt
        self.endedBy = endedBy
    }
}

/// A role, and the shop in which it is held; no shop holds everywhere.
public struct HeldRole: Codable, Hashable, Sendable {
    public let role: Role
    public let shop: String?
}

extension Store {
    /// Users by login, fifty at a time, from after the login given: those with a role in one of the shops.
    public func users(
        after: String? = nil,
        limit: Int = 50,
        in reach: Reach = .everyShop
    ) async throws -> Paged<ListedUser> {
        let users = try await transaction { tx in
            let rows = try tx.query(
                """
                \(listedUsers) where u.login > \(after ?? "") and \(reach.holdsARole(of: "u.id"))
                  and \(isNoStation)
                order by u.login limit \(limit + 1)
                """
            )
            let disablements = try tx.disablements(of: rows.map { try $0["id"] })
            return try rows.map { try ListedUser($0, disablements[$0["id"]] ?? []) }
        }
        return Paged(users, limit: limit) { $0.login }
    }

    /// Throws `unknownThing`, also for a user whose roles are not all held in these shops.
    public func user(_ login: Login, in reach: Reach = .everyShop) async throws -> ListedUser {
        try await transaction { tx in
            let rows = try tx.query(
                """
                \(listedUsers) where u.login = \(login.text) and \(reach.holdsAllRoles(of: "u.id")) and \(isNoStation)
                """
            )
            guard let row = rows.first else {
                throw Refusal(.unknownThing, ["text": .text(login.text)])
            }
            let id: ID<User> = try row["id"]
            return try ListedUser(row, tx.disablements(of: [id])[id] ?? [])
        }
    }

    /// What a user chose for their own screens.
    public func setPreferences(
        language: Language,
        firstDay: Bool,
        by staff: Staff
    ) async throws {
        try await transaction { tx in
            try tx.execute(
                "update users set language = \(language), first_day = \(firstDay) where id = \(staff.id)"
            )
        }
    }

    /// The login of a user.
    public func login(of staff: Staff) async throws -> Login {
        try await transaction { tx in
            let rows = try tx.query("select login from users where id = \(staff.id)")
            guard let row = rows.first else { throw Refusal(.signInNeeded) }
            return try Login(typed: row["login"])
        }
    }
}

extension Transaction {
    fileprivate func disablements(
        of users: [ID<User>]
    ) throws -> [ID<User>: [ListedDisablement]] {
        let rows = try query(
            """
            select d.user_id, d.disabled_at, b.operator as disabled_by, d.ended_at, e.operator as ended_by
            from disablements d join users b on b.id = d.disabled_by left join users e on e.id = d.ended_by
            where d.user_id = any(\(users)) order by d.disabled_at desc, d.id desc
            """
        )
        var listed: [ID<User>: [ListedDisablement]] = [:]
        for row in rows {
            listed[try row["user_id"], default: []].append(
                ListedDisablement(
                    disabledAt: try row["disabled_at"],
                    disabledBy: try row["disabled_by"],
                    endedAt: try row["ended_at"],
                    endedBy: try row["ended_by"]
                )
            )
        }
        return listed
    }
}

private let listedUsers: SQL = """
    select u.id, u.login, u.operator, u.name, u.language,
           array(select r.role || ' ' || coalesce(h.code, '') from user_roles r left join shops h on h.id = r.shop_id
                 where r.user_id = u.id and r.ended_at is null order by 1) as roles,
           array(select c.kind from (select distinct on (kind) kind, hash from credentials
                                     where user_id = u.id order by kind, set_at desc, id desc) c
                 where c.hash is not null order by 1) as credentials
    from users u
    """

extension ListedUser {
    fileprivate init(_ row: Row, _ disablements: [ListedDisablement]) throws {
        let held: [String] = try row["roles"]
        self.init(
            id: try row["id"],
            login: try row["login"],
            operatorCode: try row["operator"],
            name: try row["name"],
            language: try row["language"],
            roles: held.compactMap { text in
                let halves = text.split(separator: " ", omittingEmptySubsequences: false)
                return Role(rawValue: String(halves[0])).map {
                    HeldRole(role: $0, shop: halves[1].isEmpty ? nil : String(halves[1]))
                }
            },
            credentials: try row["credentials"],
            disablements: disablements
        )
    }
}
