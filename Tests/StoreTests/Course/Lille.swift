import Postgres
import Shop
import Store
import TestSupport

/// A shop at Lille with its facilitator, a programme, a course of seven modules and three parents: Amina, Bruno, Chloé.
struct Lille: Sendable {
    let store: Store
    let sql: Pool
    let staff: Staff
    let shop: ID<Shop>
    let structure: ID<Structure>
    let amina: ID<Person>
    let bruno: ID<Person>
    let chloe: ID<Person>

    static let today = Day(year: 2022, month: 12, day: 5) ?? Day(0)

    func at(_ day: Day) -> Store {
        store.at(.standing(at: Instant(iso: day.iso + "T09:00:00Z") ?? Instant(microseconds: 0)))
    }

    func key() -> ID<Claim> { store.newID() }

    func execute(_ sql: SQL) async throws {
        _ = try await self.sql.withConnection { try $0.execute(sql) }
    }

    func count(_ sql: SQL) async throws -> Int {
        try await self.sql.withConnection { try $0.query(sql)[0][0] }
    }
}

/// Runs the body in a database of its own.
func withLille<T: Sendable>(_ body: (Lille) async throws -> T) async throws -> T {
    try await withStoreAndOwner { store, owner in
        try await body(try await furnish(store, owner))
    }
}

private func furnish(_ store: Store, _ sql: Pool) async throws -> Lille {
    let at = "2022-01-01T09:00:00Z"
    let (shop, user, structure): (ID<Shop>, ID<User>, ID<Structure>) = (
        store.newID(), store.newID(), store.newID()
    )
    let persons: [ID<Person>] = (0..<3).map { _ in store.newID() }
    let names = ["Amina", "Bruno", "Chloé"]
    try await sql.withConnection { connection in
        try connection.execute(
            """
            insert into shops (id, code, name, address, postal_code, city, siret, opened_at)
            values (\(shop), 'LI', 'Lille', 'Place', '59000', 'Lille', '12345678900012', \(at))
            """
        )
        try connection.execute(
            """
            insert into users (id, login, operator, name, language, first_day, recorded_at)
            values (\(user), 'nadia', 'NA', 'Nadia', 'fr', false, \(at))
            """
        )
        try connection.execute(
            """
            insert into structures (id, name, kind, agreement_starts_on, recorded_at)
            values (\(structure), 'Itinéraires', 'association', '2022-01-01', \(at))
            """
        )
        try connection.execute(
            """
            insert into dated_numbers (name, starts_on, amount, recorded_at)
            values ('right_completion_months', '2000-01-01', 9, \(at)), ('signed_sheets_most', '2000-01-01', 20, \(at)),
                   ('structure_enrolments_most', '2000-01-01', 2, \(at))
            """
        )
        for (index, person) in persons.enumerated() {
            let household: ID<Household> = store.newID()
            let member: ID<Household> = store.newID()
            try connection.execute(
                "insert into persons (id, code, recorded_at) values (\(person), \("P-22222\(index + 2)"), \(at))"
            )
            try connection.execute(
                """
                insert into identities (person_id, given_name, family_name)
                values (\(person), \(names[index]), 'Martin')
                """
            )
            try connection.execute(
                "insert into households (id, recorded_at) values (\(household), \(at))"
            )
            try connection.execute(
                """
                insert into household_members (id, household_id, person_id, joined_on, recorded_at)
                values (\(member), \(household), \(person), '2022-01-01', \(at))
                """
            )
        }
    }
    let staff = Staff(
        id: user,
        operatorCode: "NA",
        name: "Nadia",
        language: .french,
        firstDay: false,
        roles: [Staff.Held(role: .facilitator, shop: nil)],
        till: nil
    )
    let lille = Lille(
        store: store,
        sql: sql,
        staff: staff,
        shop: shop,
        structure: structure,
        amina: persons[0],
        bruno: persons[1],
        chloe: persons[2]
    )
    try await lille.furnishCourse()
    return lille
}

extension Lille {
    fileprivate func furnishCourse() async throws {
        let then = at(Day(year: 2022, month: 6, day: 1) ?? Day(0))
        _ = try await then.createProgramme(
            NewProgramme(
                code: ShortCode(typed: "lille"),
                name: ShortText(typed: "Parents d’élèves", field: .name),
                territory: ShortText(typed: "Lille", field: .territory),
                startsOn: Day(typed: "2022-06-01"),
                endsOn: Day(typed: "2023-06-30"),
                parentsTarget: 100,
                runsTarget: 16,
                funders: [Funder(typed: "Ville de Lille:commune"), Funder(typed: "État:etat")]
            ),
            key: key(),
            by: staff
        )
        _ = try await then.createCourse(
            NewCourse(
                code: ShortCode(typed: "parents"),
                name: ShortText(typed: "Parents", field: .name),
                modules: try (1...7).map { position in
                    try NewModule(
                        kind: position <= 4 ? .basic : .thematic,
                        name: ShortText(typed: "Module \(position)", field: .module),
                        plannedMinutes: position <= 4 ? 150 : 130
                    )
                }
            ),
            key: key(),
            by: staff
        )
    }

    /// A run that begins in September 2022, with Amina and Bruno on its list unless others are named.
    func run(
        _ code: String = "LI-2022-01",
        with parents: [ID<Person>]? = nil
    ) async throws -> RunCode {
        let code = try RunCode(typed: code)
        let then = at(try Day(typed: "2022-09-01"))
        _ = try await then.mobiliseRun(
            NewRun(
                code: code,
                course: ShortCode(typed: "parents"),
                programme: ShortCode(typed: "lille"),
                structure: structure,
                shop: shop,
                facilitator: staff.id,
                place: "Salle des fêtes",
                startsOn: Day(typed: "2022-09-01")
            ),
            key: key(),
            by: staff
        )
        for person in parents ?? [amina, bruno] {
            _ = try await then.enrol(person, in: code, key: key(), by: staff)
        }
        return code
    }

    /// Further parents, each a household of their own.
    func persons(_ count: Int) async throws -> [ID<Person>] {
        var persons: [ID<Person>] = []
        for number in 0..<count {
            persons.append(
                try await store.createPerson(
                    NewPerson(
                        givenName: nil,
                        familyName: PersonName(typed: "Essai \(number)", field: .familyName),
                        phone: nil,
                        birthYear: nil,
                        livesWith: nil
                    ),
                    isSomebodyElse: true,
                    key: key(),
                    by: staff
                ).id
            )
        }
        return persons
    }

    /// Holds a module on its day of September, everybody there but the exceptions.
    @discardableResult
    func hold(
        _ run: RunCode,
        module: Int,
        minutes: Int,
        except exceptions: [ID<Person>: Int] = [:]
    ) async throws -> ID<Session> {
        try await at(Lille.today).holdSession(
            HeldSession(
                run: run,
                module: module,
                heldOn: Day(typed: "2022-09-0\(module)"),
                deliveredMinutes: minutes,
                exceptions: exceptions.mapValues { .seen(minutes: $0) }
            ),
            key: key(),
            by: staff
        ).id
    }
}
