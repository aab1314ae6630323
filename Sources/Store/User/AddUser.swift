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

extension Store {
    /// Adds a user, who has no role and cannot sign in yet. Throws `nameTaken`.
    public func addUser(
        _ new: NewUser,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> Created<User> {
        let id: ID<User> = newID()
        return try await command(
            "add-user",
            key: key,
            input: new,
            by: staff,
            facts: ["text": .text(new.login)]
        ) { tx, now in
            try tx.execute(new.statement(id, at: now))
            return Created(id: id, code: new.login)
        }
    }
}
