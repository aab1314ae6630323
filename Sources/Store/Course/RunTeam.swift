import Postgres
public import Shop

/// Who leads a run beside its facilitator, and who helps.
public struct Helper: Hashable, Sendable, Codable {
    public let login: String
    public let name: String
    public let part: Part

    /// Raw values are stored.
    public enum Part: String, CaseIterable, Sendable, Codable {
        case facilitator, volunteer

        public func name(in language: Language) -> String {
            switch self {
            case .facilitator: language.choose("animation", "facilitator")
            case .volunteer: language.choose("bénévole", "volunteer")
            }
        }
    }

    public init(login: String, name: String, part: Part) {
        self.login = login
        self.name = name
        self.part = part
    }
}

/// A change of a run's team.
public struct TeamChanged: Codable, Sendable {
    public let run: String
    public let login: String
}

extension Store {
    /// Takes a user into a run's team. Throws `runUnknown`, `unknownThing` for a user who is not there,
    /// `helpsAlready`.
    public func addHelper(
        _ login: String,
        as part: Helper.Part,
        to run: RunCode,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> TeamChanged {
        let id: ID<Helper> = newID()
        let input = Input(run: run.text, login: login, part: part)
        return try await command("add-helper", key: key, input: input, by: staff) { tx, now in
            let found = try tx.run(input.run, in: staff.reach(.courseKeepers))
            let user = try tx.user(login)
            try tx.execute(
                """
                insert into run_helpers (id, run_id, user_id, part, started_at, started_by)
                values (\(id), \(found.id), \(user), \(part), \(now), \(staff.id))
                """
            )
            return TeamChanged(run: input.run, login: login)
        }
    }

    /// Takes a user out of a run's team; that they were in it stays written.
    /// Throws `runUnknown`, `unknownThing` for who is not in it.
    public func endHelper(
        _ login: String,
        of run: RunCode,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> TeamChanged {
        let input = Input(run: run.text, login: login, part: nil)
        return try await command("end-helper", key: key, input: input, by: staff) { tx, now in
            let found = try tx.run(input.run, in: staff.reach(.courseKeepers))
            let ended = try tx.execute(
                """
                update run_helpers set ended_at = \(now), ended_by = \(staff.id)
                where run_id = \(found.id) and user_id = \(tx.user(login)) and ended_at is null
                """
            )
            guard ended == 1 else {
                throw Refusal(.unknownThing, ["text": .text(String(login.prefix(80)))])
            }
            return TeamChanged(run: input.run, login: login)
        }
    }

    /// Whom a run's team may take in: who works here now and refers for no structure, by name.
    public func colleagues() async throws -> [Facilitator] {
        try await transaction { tx in
            try tx.query(
                """
                select u.login, u.name from users u
                where \(isLetIn) and exists (select from user_roles r where r.user_id = u.id and r.ended_at is null)
                order by u.name collate "fr-x-icu", u.login limit 200
                """
            ).map { Facilitator(login: try $0["login"], name: try $0["name"]) }
        }
    }
}

extension Transaction {
    /// By name.
    func helpers(of run: ID<Run>) throws -> [Helper] {
        try query(
            """
            select u.login, u.name, h.part from run_helpers h join users u on u.id = h.user_id
            where h.run_id = \(run) and h.ended_at is null order by u.name collate "fr-x-icu", u.login
            """
        ).map { Helper(login: try $0["login"], name: try $0["name"], part: try $0["part"]) }
    }

    /// Throws `unknownThing`.
    fileprivate func user(_ login: String) throws -> ID<User> {
        let rows = try query("select id from users where login = lower(\(login))")
        guard let row = rows.first else {
            throw Refusal(.unknownThing, ["text": .text(String(login.prefix(80)))])
        }
        return try row["id"]
    }
}

private struct Input: Encodable, Sendable {
    let run: String
    let login: String
    let part: Helper.Part?
}
