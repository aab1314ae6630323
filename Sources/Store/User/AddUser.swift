import NIOPosix
import Postgres
public import Shop

/// A user as an administrator writes them down.
public struct NewUser: Encodable, Sendable {
    let login: String
    let operatorCode: String
    let name: String
    let language: Language

    public init(login: Login, operatorCode: OperatorCode, name: PersonName, language: Language) {
        self.login = login.text
        self.operatorCode = operatorCode.text
        self.name = name.text
        self.language = language
    }

    /// Help on the first day is shown until its reader turns it off.
    func statement(_ id: ID<User>, at now: Instant) -> SQL {
        """
        insert into users (id, login, operator, name, language, first_day, recorded_at)
        values (\(id), \(login), \(operatorCode), \(name), \(language), true, \(now))
        """
    }
}

/// A role to give, in one shop or in every one.
public struct Grant: Hashable, Sendable, Encodable {
    let role: Role
    let shop: String?

    public init(_ role: Role, in shop: ShopCode?) {
        self.role = role
        self.shop = shop?.text
    }
}

extension Store {
    /// Adds a user with their first roles and password, all or nothing; without a password they cannot sign in yet.
    /// Throws `passwordTooWeak`, `nameTaken`, `unknownThing` for a shop that `staff` does not administer, and
    /// `associationOnly` for a role in every shop, or none at all, when they administer some.
    public func addUser(
        _ new: NewUser,
        holding grants: [Grant] = [],
        password: String? = nil,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> Created<User> {
        struct Input: Encodable {
            let user: NewUser
            let grants: [Grant]
            /// Keyed: the claim keeps a digest of it.
            let secret: [UInt8]
        }
        let secret = try await firstPassword(password, of: Login(typed: new.login))
        let id: ID<User> = newID()
        let first = newID(User.self).uuid
        let given = grants.map { (grant: $0, id: newID(User.self).uuid) }
        let input = Input(
            user: new,
            grants: grants,
            secret: secret.digest
        )
        return try await command(
            "add-user",
            key: key,
            input: input,
            by: staff,
            facts: ["text": .text(new.login)]
        ) { tx, now in
            if grants.isEmpty { try staff.checkHoldsEverywhere(.administrators) }
            try tx.execute(new.statement(id, at: now))
            for (grant, row) in given {
                try tx.give(grant, to: id, as: row, by: staff, at: now)
            }
            if let hash = secret.hash {
                try tx.execute(credential(first, id, .password, hash, at: now, by: staff.id))
            }
            return Created(id: id, code: new.login)
        }
    }

    /// A new user's password: its slow hash, and the keyed digest by which a repeated request is known. Throws
    /// `passwordTooWeak`.
    func firstPassword(_ password: String?, of login: Login) async throws
        -> (hash: String?, digest: [UInt8])
    {
        let secret = try password.map { try NewPassword(typed: $0, of: login).text }
        let digest = Array(keys.blindIndex("secret", secret ?? ""))
        guard let secret else { return (nil, digest) }
        let salt = randomness.bytes(16)
        let hash = try await hashing.runIfActive { [slowHash] in
            try slowHash.make(secret, salt: salt)
        }
        return (hash, digest)
    }
}
