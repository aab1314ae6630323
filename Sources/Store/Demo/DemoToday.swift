import Shop

/// What makes the first sale work on the day when the demonstration is loaded.
struct DemoToday: Sendable {
    let store: Store
    let keys: DemoKeys
    let history: DemoHistory
    let played: DemoHistory.Played

    init(_ store: Store, _ keys: DemoKeys, _ played: DemoHistory.Played) {
        self.store = store
        self.keys = keys
        history = DemoHistory(store, keys)
        self.played = played
    }

    func play() async throws -> Demonstration {
        let seller = try await store.staff(login: "espace", till: "LI1")
        let facilitator = try await store.staff(login: "parcours", till: nil)
        // A load that goes on the day after goes on from the same day.
        let day = (try await store.taken(keys["programme today"]) ?? store.clock.now()).day
        let programme = try await openProgramme(on: day, facilitator)
        let (run, attestation, given) = try await playRun(until: day, programme, facilitator)
        let signed = try await signVouchers(on: day)
        let vouchers = try await recordVouchers(on: day, seller) + signed
        try await openRun(after: day, programme, facilitator, naming: signed[1].person)
        let lot = try await DemoLots(store, keys, in: played.shop).play(on: day)
        let devices = try await fillShelf(seller, with: lot)
        try await DemoGift(store, keys, history, in: played.shop).give(
            to: given,
            of: RunCode(typed: run),
            paidBy: programme,
            on: day.adding(days: -1),
            facilitator
        )
        try await DemoDesk(store, keys, history, played).play(on: day)
        return Demonstration(
            users: Demonstration.users + [Demonstration.prescriber],
            vouchers: vouchers,
            attestations: [attestation],
            devices: devices,
            run: run,
            programmes: ["lille", programme]
        )
    }

    private func openProgramme(on day: Day, _ staff: Staff) async throws -> String {
        let year = day.parts.year
        let code = "lille-suite"
        _ = try await store.createProgramme(
            NewProgramme(
                code: ShortCode(typed: code),
                name: ShortText(
                    typed: "Parents d’élèves — Lille, la suite (inventée)",
                    field: .name
                ),
                territory: ShortText(typed: "Lille", field: .territory),
                startsOn: Day(typed: "\(year - 1)-09-01"),
                endsOn: Day(typed: "\(year + 1)-08-31"),
                parentsTarget: 100,
                runsTarget: 16,
                funders: LilleFacts.funders
            ),
            key: keys["programme today"],
            by: staff
        )
        return code
    }

    /// A run that ended yesterday: one parent is called finished today, one reaches the rule and waits for the decision, one
    /// misses too much and may catch up tomorrow; the last one is to be given a computer.
    private func playRun(
        until day: Day,
        _ programme: String,
        _ facilitator: Staff
    ) async throws -> (run: String, attestation: Demonstration.Paper, given: ID<Person>) {
        let structure = played.structures[4]
        let code = try RunCode(typed: "LI-\(day.parts.year)-01")
        let first = day.adding(days: -43)
        try await history.open(
            code,
            of: structure,
            at: LilleFacts.structures[4].name,
            for: programme,
            on: first,
            in: played.shop,
            facilitator
        )
        var parents: [OpenedPerson] = []
        for (number, customer) in (Invented.customers.prefix(3) + [Invented.given]).enumerated() {
            parents.append(
                try await history.at(first).createPerson(
                    customer.person(100 + number, from: structure),
                    isSomebodyElse: true,
                    key: keys["customer \(number)"],
                    by: facilitator
                )
            )
        }
        try await history.enrol(parents.map(\.id), in: code, on: first, facilitator)
        try await history.ask(
            parents.map(\.id),
            .entry,
            in: code,
            on: first,
            from: 100,
            facilitator
        )
        for (index, module) in ParentsCourse.modules.enumerated() {
            try await history.hold(
                code,
                module: index + 1,
                on: first.adding(days: 7 * index),
                minutes: module.minutes,
                (4...6).contains(index) ? [parents[2].id] : [],
                facilitator
            )
        }
        // For the one who missed too much: a session to come, so that the week and its signing sheet have something to show.
        _ = try await history.at(day).planSession(
            SessionPlan(
                module: 5,
                plannedOn: day.adding(days: 1),
                startsAt: TimeOfDay(typed: "14:00")
            ),
            in: code,
            key: keys["plan today"],
            by: facilitator
        )
        let outcome = try await store.complete(
            CompletionRequest(run: code, persons: [parents[0].id], on: day),
            key: keys["complete today"],
            by: facilitator
        )
        guard let done = outcome.completed.first else { throw Refusal(.notFinished) }
        let paper = Demonstration.Paper(
            code: done.code,
            person: done.person,
            shows: .init(
                fr: "parcours achevé : ouvre un équipement, sans bon",
                en: "finished course: opens one piece of equipment, without a voucher"
            )
        )
        return (code.text, paper, parents[3].id)
    }

    /// A run to come that every structure may fill: the prescriber who may be tried has somebody on it.
    private func openRun(
        after day: Day,
        _ programme: String,
        _ facilitator: Staff,
        naming person: String
    ) async throws {
        let first = day.adding(days: 10)
        let code = try RunCode(typed: "LI-\(first.parts.year)-02")
        let then = history.at(day.adding(days: -2))
        _ = try await then.mobiliseRun(
            NewRun(
                code: code,
                course: ShortCode(typed: ParentsCourse.code),
                programme: ShortCode(typed: programme),
                structure: played.structures[0],
                shop: played.shop,
                facilitator: facilitator.id,
                place: "",
                startsOn: first
            ),
            key: keys["open run"],
            by: facilitator
        )
        _ = try await then.planSession(
            SessionPlan(module: 1, plannedOn: first, startsAt: TimeOfDay(typed: "14:00")),
            in: code,
            key: keys["open run session"],
            by: facilitator
        )
        _ = try await then.setSeats(
            Seats(8),
            of: code,
            key: keys["open run seats"],
            by: facilitator
        )
        _ = try await then.setOpening(
            true,
            of: code,
            key: keys["open run opening"],
            by: facilitator
        )
        _ = try await then.enrolOwn(
            PersonCode(typed: person),
            in: code,
            key: keys["open run enrolment"],
            by: store.staff(login: Demonstration.prescriber.login, till: nil)
        )
    }

    private func recordVouchers(on day: Day, _ seller: Staff) async throws -> [Demonstration.Paper]
    {
        let papers: [(days: Int, size: Int, services: Set<Category>, fr: String, en: String)] = [
            (
                2, 4, [.equipment, .connection], "équipement et connexion",
                "equipment and connection"
            ),
            (
                1, 1, [.connection], "connexion seulement : pas d’ordinateur",
                "connection only: no computer"
            ),
            (290, 2, [.equipment, .connection], "échu : refusé", "lapsed: refused"),
        ]
        var recorded: [Demonstration.Paper] = []
        for (number, paper) in papers.enumerated() {
            let customer = Invented.customers[3 + number]
            let structure = number % played.structures.count
            let person = try customer.person(200 + number, from: played.structures[structure])
            let voucher = try await store.recordVoucher(
                NewVoucher(
                    structure: played.structures[structure],
                    prescriber: .known(played.prescribers[structure]),
                    persons: [.new(person, isSomebodyElse: true, livesWithFirst: false)],
                    householdSize: paper.size,
                    services: paper.services,
                    signedOn: day.adding(days: -paper.days),
                    originalKept: true,
                    signatureSeen: true
                ),
                key: keys["voucher \(number)"],
                by: seller
            )
            recorded.append(
                Demonstration.Paper(
                    code: voucher.code,
                    person: voucher.persons.map(\.code).joined(separator: ", "),
                    shows: .init(fr: paper.fr, en: paper.en)
                )
            )
        }
        return recorded
    }

    /// What the prescriber who may be tried signed: one that is soon over, one of this week, one taken back.
    private func signVouchers(on day: Day) async throws -> [Demonstration.Paper] {
        try await openAccount(on: day.adding(days: -300))
        let papers: [(days: Int, size: Int, services: Set<Category>, fr: String, en: String)] = [
            (
                255, 3, [.equipment, .connection], "signé en ligne, bientôt échu",
                "signed online, soon over"
            ),
            (
                3, 2, [.equipment, .connection, .course], "signé en ligne cette semaine",
                "signed online this week"
            ),
            (20, 1, [.connection], "signé en ligne, puis annulé", "signed online, then revoked"),
        ]
        var signed: [Demonstration.Paper] = []
        let prescriber = try await store.staff(login: Demonstration.prescriber.login, till: nil)
        for (number, paper) in papers.enumerated() {
            let customer = Invented.referred[number]
            let then = history.at(day.adding(days: -paper.days))
            let voucher = try await then.signVoucher(
                NewReferral(
                    persons: [.new(try customer.person(300 + number), livesWithFirst: false)],
                    householdSize: paper.size,
                    services: paper.services,
                    details: ReferralDetails(
                        motives: ["parent", "no-equipment"],
                        wish: .laptop,
                        remarks: number == 1 ? "Disponible le mercredi" : ""
                    )
                ),
                key: keys["signed \(number)"],
                by: prescriber
            )
            signed.append(
                Demonstration.Paper(
                    code: voucher.code,
                    person: voucher.persons.map(\.code).joined(separator: ", "),
                    shows: .init(fr: paper.fr, en: paper.en)
                )
            )
        }
        _ = try await history.at(day.adding(days: -19)).revokeOwnVoucher(
            VoucherCode(scanned: signed[2].code),
            motive: ShortText(typed: "La personne a déménagé", field: .motive),
            key: keys["signed taken back"],
            by: prescriber
        )
        return signed
    }

    private func openAccount(on day: Day) async throws {
        guard
            let place = LilleFacts.structures.firstIndex(where: {
                $0.name == Demonstration.prescriber.refersFor
            })
        else { return }
        _ = try await history.at(day).openAccount(
            NewAccount(
                of: played.prescribers[place],
                in: played.structures[place],
                login: Login(typed: Demonstration.prescriber.login),
                language: .french
            ),
            password: Demonstration.prescriber.password,
            key: keys["account"],
            by: store.staff(login: "admin", till: nil)
        )
    }

    private func fillShelf(
        _ seller: Staff,
        with lot: BatchCode
    ) async throws -> [Demonstration.Shelf] {
        var devices: [Demonstration.Shelf] = []
        try await fillDrawers(seller)
        for (place, machine) in DemoMachine.shelf.enumerated() {
            let label = try await history.shelve(
                machine,
                in: played.shop,
                isBare: place == 0,
                store
            )
            devices.append(shown(machine, label, fr: "en rayon", en: "on the shelf"))
        }
        let untouched = try await history.takeIn(
            DemoMachine.untouched,
            in: played.shop,
            of: lot,
            store
        )
        devices.append(
            shown(
                DemoMachine.untouched,
                untouched,
                fr: "ni contrôlé ni effacé : refusé",
                en: "neither inspected nor erased: refused"
            )
        )
        return devices
    }

    /// What is kept by quantity. Few chargers are left: some are ordered.
    private func fillDrawers(_ seller: Staff) async throws {
        let stock = [
            ("recharge-2", 40), ("recharge-3", 40), ("recharge-5", 40), ("sim-kit", 40),
            ("mouse", 40),
            ("bag", 40), ("laptop-charger", 6), ("usb-charger", 12), ("power-cable", 15),
            ("keyboard", 10),
        ]
        for (code, units) in stock {
            _ = try await store.receiveStock(
                of: ShortCode(typed: code),
                units: units,
                in: played.shop,
                key: keys["stock \(code)"],
                by: seller
            )
        }
        let charger = try ShortCode(typed: "laptop-charger")
        _ = try await store.setThreshold(
            of: charger,
            5,
            in: played.shop,
            key: keys["threshold"],
            by: seller
        )
        _ = try await store.placeOrder(
            NewOrder(
                supplier: ShortText(typed: "Grossiste du Nord (inventé)", field: .supplier),
                reference: "BC-2041",
                expectedOn: store.today.adding(days: 4),
                products: ProductCounts([charger: 20])
            ),
            for: played.shop,
            key: keys["order"],
            by: seller
        )
    }

    private func shown(
        _ machine: DemoMachine,
        _ label: String,
        fr: String,
        en: String
    ) -> Demonstration.Shelf {
        Demonstration.Shelf(
            label: label,
            model: "\(machine.maker) \(machine.model)",
            price: Cents(unchecked: machine.cents),
            shows: .init(fr: fr, en: en)
        )
    }
}
