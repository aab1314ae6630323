import Postgres
public import Shop

/// A user in a list.
public struct ListedUser: Codable, Sendable {
    public let id: ID<User>
    public let login: String
    public let operatorCode: String
    public let name: String
    public let language: Language
    public let isDisabled: Bool
    public let roles: [HeldRole]
    /// What they may sign in with: `password`, `pin`, `badge`.
    public let credentials: [String]
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
        let rows = try await transaction { tx in
            try tx.query(
                """
                \(listedUsers) where u.login > \(after ?? "") and \(reach.holdsARole(of: "u.id"))
                order by u.login limit \(limit + 1)
                """
            ).map { try ListedUser($0) }
        }
        return Paged(rows, limit: limit) { $0.login }
    }

    /// Throws `unknownThing`, also for a user whose roles are not all held in these shops.
    public func user(_ login: Login, in reach: Reach = .everyShop) async throws -> ListedUser {
        try await transaction { tx in
            let rows = try tx.query(
                "\(listedUsers) where u.login = \(login.text) and \(reach.holdsAllRoles(of: "u.id"))"
            )
            guard let row = rows.first else {
                throw Refusal(.unknownThing, ["text": .text(login.text)])
            }
            return try ListedUser(row)
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

private let listedUsers: SQL = """
    select u.id, u.login, u.operator, u.name, u.language, u.disabled_at is not null as disabled,
           array(select r.role || ' ' || coalesce(h.code, '') from user_roles r left join shops h on h.id = r.shop_id
                 where r.user_id = u.id and r.ended_at is null order by 1) as roles,
           array(select c.kind from (select distinct on (kind) kind, hash from credentials
                                     where user_id = u.id order by kind, set_at desc, id desc) c
                 where c.hash is not null order by 1) as credentials
    from users u
    """

extension ListedUser {
    init(_ row: Row) throws {
        let held: [String] = try row["roles"]
        self.init(
            id: try row["id"],
            login: try row["login"],
            operatorCode: try row["operator"],
            name: try row["name"],
            language: try row["language"],
            isDisabled: try row["disabled"],
            roles: held.compactMap { text in
                let halves = text.split(separator: " ", omittingEmptySubsequences: false)
                return Role(rawValue: String(halves[0])).map {
                    HeldRole(role: $0, shop: halves[1].isEmpty ? nil : String(halves[1]))
                }
            },
            credentials: try row["credentials"]
        )
    }
}
