import Postgres
import Shop
import Store
import TestSupport

/// The shop of Lille with its defaults, a seller and a manager, on a day that the test chooses.
struct Counter: Sendable {
    let store: Store
    let owner: Pool
    let shop: ID<Shop>
    let seller: Staff
    let manager: Staff

    static let today = Day(year: 2026, month: 11, day: 23) ?? Day(0)

    /// The same counter at nine o’clock of another day.
    func at(_ day: Day) -> Counter {
        Counter(
            store: store.at(.standing(at: nine(day))),
            owner: owner,
            shop: shop,
            seller: seller,
            manager: manager
        )
    }

    func key() -> ID<Claim> { store.newID() }

    /// The manager, as an administrator of the association.
    var administrator: Staff {
        Staff(
            id: manager.id,
            operatorCode: manager.operatorCode,
            name: manager.name,
            language: .french,
            firstDay: false,
            roles: [.init(role: .administrator, shop: nil)],
            till: nil
        )
    }

    func count(_ sql: SQL) async throws -> Int {
        try await owner.withConnection { try $0.query(sql)[0][0] }
    }

    func structure(_ name: String = "Itinéraires", from day: Day = Day(19_000)) async throws -> ID<
        Structure
    > {
        try await store.createStructure(
            NewStructure(
                name: ShortText(typed: name, field: .name),
                kind: .prevention,
                quarter: "Lille-Sud",
                agreementStartsOn: day
            ),
            key: key(),
            by: seller
        )
    }

    func prescriber(of structure: ID<Structure>) async throws -> ID<Prescriber> {
        try await store.addPrescriber(
            NewPrescriber(name: PersonName(typed: "Inès Carlier", field: .prescriber)),
            to: structure,
            key: key(),
            by: seller
        )
    }

    /// Opens a file without looking for one like it.
    func person(
        _ given: String,
        _ family: String,
        phone: String? = nil,
        livesWith: ID<Person>? = nil
    ) async throws -> ID<Person> {
        try await store.createPerson(
            try newPerson(given, family, phone: phone, livesWith: livesWith),
            isSomebodyElse: true,
            key: key(),
            by: seller
        ).id
    }
}

func newPerson(
    _ given: String,
    _ family: String,
    phone: String? = nil,
    born: Int? = nil,
    livesWith: ID<Person>? = nil
) throws -> NewPerson {
    NewPerson(
        givenName: try .optional(typed: given, field: .givenName),
        familyName: try PersonName(typed: family, field: .familyName),
        phone: try .optional(typed: phone),
        birthYear: try born.map { try BirthYear($0, today: Counter.today) },
        livesWith: livesWith
    )
}

private func nine(_ day: Day) -> Instant {
    guard let instant = Instant(iso: day.iso + "T08:00:00Z") else { preconditionFailure("a day") }
    return instant
}

/// Runs the body in a database of its own.
func withCounter<T: Sendable>(_ body: (Counter) async throws -> T) async throws -> T {
    try await withStoreAndOwner(clock: .standing(at: nine(Counter.today))) { store, owner in
        let shop: ID<Shop> = store.newID()
        let at = "2022-01-01T09:00:00Z"
        _ = try await owner.withConnection {
            try $0.execute(
                """
                insert into shops (id, code, name, address, postal_code, city, siret, opened_at)
                values (\(shop), 'LI', 'Lille', 'Place', '59000', 'Lille', '12345678200010', \(at))
                """
            )
        }
        try await store.seedDefaults()
        let (seller, manager) = (
            try await user("samir", .volunteerSeller, shop, store, owner),
            try await user("maud", .shopManager, shop, store, owner)
        )
        return try await body(
            Counter(store: store, owner: owner, shop: shop, seller: seller, manager: manager)
        )
    }
}

private func user(
    _ login: String,
    _ role: Role,
    _ shop: ID<Shop>,
    _ store: Store,
    _ owner: Pool
) async throws -> Staff {
    let id: ID<User> = store.newID()
    let code = String(login.uppercased().prefix(2))
    _ = try await owner.withConnection {
        try $0.execute(
            """
            insert into users (id, login, operator, name, language, first_day, recorded_at)
            values (\(id), \(login), \(code), \(login), 'fr', false, '2022-01-01T09:00:00Z')
            """
        )
    }
    return Staff(
        id: id,
        operatorCode: code,
        name: login,
        language: .french,
        firstDay: false,
        roles: [.init(role: role, shop: shop)],
        till: nil
    )
}

/// What `body` was refused for; nil when it was not.
func refused(_ body: () async throws -> Void) async throws -> Refusal? {
    do {
        try await body()
        return nil
    } catch let refusal as Refusal {
        return refusal
    }
}
