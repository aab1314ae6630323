import Postgres
public import Shop

/// An account for a prescriber, as a shop manager opens it.
public struct NewAccount: Encodable, Sendable {
    let prescriber: ID<Prescriber>
    let structure: ID<Structure>
    let login: String
    let language: Language

    public init(
        of prescriber: ID<Prescriber>,
        in structure: ID<Structure>,
        login: Login,
        language: Language
    ) {
        self.prescriber = prescriber
        self.structure = structure
        self.login = login.text
        self.language = language
    }
}

extension Store {
    /// Opens an account with which a prescriber signs vouchers, with its first password, and makes the structure's key
    /// where it has none; without a password nobody can sign in yet. Throws `associationOnly` for whoever does not manage
    /// every shop, `unknownThing`, `passwordTooWeak`, `nameTaken` for a login that is taken, `prescriberHasAccount`.
    public func openAccount(
        _ new: NewAccount,
        password: String? = nil,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> Created<User> {
        struct Input: Encodable {
            let account: NewAccount
            /// Keyed: the claim keeps a digest of it.
            let secret: [UInt8]
        }
        let login = try Login(typed: new.login)
        let secret = try await firstPassword(password, of: login)
        let id: ID<User> = newID()
        let first = newID(User.self).uuid
        return try await command(
            "open-account",
            key: key,
            input: Input(account: new, secret: secret.digest),
            by: staff,
            facts: ["text": .text(new.login)]
        ) { tx, now in
            // Structures are the association's: so is who may sign for them.
            try staff.checkHoldsEverywhere(.shopManagers)
            try tx.lock(new.structure)
            let rows = try tx.query(
                """
                select name from prescribers
                where id = \(new.prescriber) and structure_id = \(new.structure)
                """
            )
            guard let row = rows.first else {
                throw Refusal(
                    .unknownThing,
                    ["field": .field(.prescriber), "text": .text(new.prescriber.text)]
                )
            }
            try insertUser(id, new, named: row["name"], in: tx, at: now)
            try tx.execute(
                """
                insert into prescriber_accounts (user_id, prescriber_id, opened_at, opened_by)
                values (\(id), \(new.prescriber), \(now), \(staff.id))
                """
            )
            try ensureKey(of: new.structure, in: tx, at: now)
            if let hash = secret.hash {
                try tx.execute(credential(first, id, .password, hash, at: now, by: staff.id))
            }
            return Created(id: id, code: new.login)
        }
    }

    /// The operator's code of a prescriber is drawn: nobody types it.
    private func insertUser(
        _ id: ID<User>,
        _ new: NewAccount,
        named name: String,
        in tx: Transaction,
        at now: Instant
    ) throws {
        while true {
            let letters = randomness.bytes(5).map {
                PersonCode.alphabet[Int($0) % PersonCode.alphabet.count]
            }
            let code = try OperatorCode(typed: "RF" + String(letters))
            let taken = try tx.query("select from users where operator = \(code.text)")
            if !taken.isEmpty { continue }
            let user = NewUser(
                login: try Login(typed: new.login),
                operatorCode: code,
                name: try PersonName(typed: name, field: .name),
                language: new.language
            )
            try tx.execute(user.statement(id, at: now))
            return
        }
    }
}
