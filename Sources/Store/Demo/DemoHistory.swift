import Shop

/// Plays the programme's history, each act on its own day.
struct DemoHistory: Sendable {
    let store: Store
    let keys: DemoKeys

    init(_ store: Store, _ keys: DemoKeys) {
        self.store = store
        self.keys = keys
    }

    /// What today goes on from.
    struct Played: Sendable {
        let shop: ID<Shop>
        /// In the order of `LilleFacts.structures`.
        let structures: [ID<Structure>]
        let prescribers: [ID<Prescriber>]
    }

    func play() async throws -> Played {
        if try await store.association() == nil { try await foundAssociation() }
        let admin = try await store.staff(login: "admin", till: "LI1")
        guard let shop = admin.till?.shop else {
            throw Refusal(.unknownThing, ["text": .text("LI1")])
        }
        try await addUsers(admin)
        try await openProgramme(admin)
        let (structures, prescribers) = try await agree(with: LilleFacts.structures, admin)
        let parents = try await openFiles(structures, admin)
        let facilitator = try await store.staff(login: "parcours", till: nil)
        var firstParent = 0
        for (index, run) in LilleFacts.runs.enumerated() {
            let enrolled = Array(parents[firstParent..<firstParent + run.parents])
            firstParent += run.parents
            let attestations = try await play(
                run,
                of: structures[index],
                at: LilleFacts.structures[index].name,
                enrolled,
                first: firstParent - run.parents,
                in: shop,
                facilitator
            )
            if run.code == LilleFacts.buyer.run {
                let buyer = enrolled[LilleFacts.buyer.parent]
                try await sellComputer(to: buyer, attestations, structures[index], shop)
            }
        }
        return Played(shop: shop, structures: structures, prescribers: prescribers)
    }

    /// The store at ten in the morning of a day, in summer and in winter time.
    func at(_ day: Day) -> Store {
        store.at(
            .standing(at: Instant(microseconds: (Int64(day.number) * 86_400 + 32_400) * 1_000_000))
        )
    }

    private func at(_ day: String) throws -> Store { at(try Day(typed: day)) }

    private func foundAssociation() async throws {
        guard let admin = Demonstration.users.last else { return }
        try await at("2022-05-02").setUp(
            FirstDay(
                association: ShortText(typed: "Comptoir solidaire (démonstration)", field: .name),
                siret: Siret(typed: "999 990 005 00012"),
                kind: .demonstration,
                regime: .exempt,
                shop: NewShop(
                    code: ShopCode(typed: "LI"),
                    name: ShortText(typed: "Espace solidarité numérique de Lille", field: .name),
                    address: ShortText(typed: "1 place de la Démonstration", field: .address),
                    postalCode: PostalCode(typed: "59000"),
                    city: ShortText(typed: "Lille", field: .city),
                    siret: Siret(typed: "999 990 005 00012")
                ),
                till: NewTill(
                    code: TillCode(typed: "LI1"),
                    name: ShortText(typed: "Caisse 1", field: .name)
                ),
                administrator: newUser(admin),
                password: admin.password,
                course: ParentsCourse.template()
            )
        )
    }

    private func newUser(_ user: Demonstration.User) throws -> NewUser {
        try NewUser(
            login: Login(typed: user.login),
            operatorCode: OperatorCode(typed: user.operatorCode),
            name: PersonName(typed: user.name, field: .name),
            language: .french
        )
    }

    private func addUsers(_ admin: Staff) async throws {
        let store = try at("2022-05-02")
        _ = try await store.openTill(
            NewTill(
                code: TillCode(typed: "LI2"),
                name: ShortText(typed: "Caisse 2", field: .name)
            ),
            key: keys["till LI2"],
            by: admin
        )
        for user in Demonstration.users where user.login != "admin" {
            let login = try Login(typed: user.login)
            let step = "user \(user.login)"
            _ = try await store.addUser(newUser(user), key: keys[step], by: admin)
            for role in user.roles {
                _ = try await store.grantRole(
                    role,
                    in: nil,
                    to: login,
                    key: keys["\(step) \(role.rawValue)"],
                    by: admin
                )
            }
            _ = try await store.setPassword(
                of: login,
                to: user.password,
                key: keys["\(step) password"],
                by: admin
            )
            if let pin = user.pin {
                _ = try await store.setPIN(
                    of: login,
                    to: PIN(typed: pin),
                    key: keys["\(step) pin"],
                    by: admin
                )
            }
        }
    }

    private func openProgramme(_ admin: Staff) async throws {
        let store = try at("2022-06-01")
        _ = try await store.createProgramme(
            NewProgramme(
                code: ShortCode(typed: "lille"),
                name: ShortText(typed: "Parents d’élèves — Lille", field: .name),
                territory: ShortText(typed: "Lille", field: .territory),
                startsOn: Day(typed: "2022-06-01"),
                endsOn: Day(typed: "2023-06-30"),
                parentsTarget: 100,
                runsTarget: 16,
                funders: LilleFacts.funders
            ),
            key: keys["programme"],
            by: admin
        )
    }

    private func agree(
        with partners: [PartnerStructure],
        _ admin: Staff
    ) async throws -> ([ID<Structure>], [ID<Prescriber>]) {
        let store = try at("2022-06-01")
        var structures: [ID<Structure>] = []
        var prescribers: [ID<Prescriber>] = []
        for partner in partners {
            let structure = try await store.createStructure(
                NewStructure(
                    name: ShortText(typed: partner.name, field: .name),
                    kind: partner.kind,
                    quarter: partner.quarter,
                    agreementStartsOn: Day(typed: "2022-06-01")
                ),
                key: keys["structure \(partner.name)"],
                by: admin
            )
            structures.append(structure)
            prescribers.append(
                try await store.addPrescriber(
                    NewPrescriber(
                        name: PersonName(typed: partner.prescriber, field: .prescriber),
                        post: partner.post
                    ),
                    to: structure,
                    key: keys["prescriber \(partner.name)"],
                    by: admin
                )
            )
        }
        return (structures, prescribers)
    }

    private func openFiles(
        _ structures: [ID<Structure>],
        _ admin: Staff
    ) async throws -> [ID<Person>] {
        var parents: [ID<Person>] = []
        for (index, run) in LilleFacts.runs.enumerated() {
            for _ in 0..<run.parents {
                let number = parents.count
                let opened = try await at(run.startsOn).createPerson(
                    Invented.parents[number].person(number, from: structures[index]),
                    isSomebodyElse: true,
                    key: keys["parent \(number)"],
                    by: admin
                )
                parents.append(opened.id)
            }
        }
        return parents
    }
}
