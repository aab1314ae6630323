import Shop

extension DemoHistory {
    /// One run from its list to its attestations, a session a week. Returns the attestations' codes.
    func play(
        _ run: PlayedRun,
        of structure: ID<Structure>,
        at place: String,
        _ parents: [ID<Person>],
        first: Int,
        in shop: ID<Shop>,
        _ facilitator: Staff
    ) async throws -> [CompletionOutcome.Completed] {
        let startsOn = try Day(typed: run.startsOn)
        let code = try RunCode(typed: run.code)
        try await open(
            code,
            of: structure,
            at: place,
            for: "lille",
            on: startsOn,
            in: shop,
            facilitator
        )
        try await enrol(parents, in: code, on: startsOn, facilitator)
        try await ask(parents, .entry, in: code, on: startsOn, from: first, facilitator)
        var day = startsOn
        for (index, minutes) in run.minutes.enumerated() {
            while LilleFacts.holidays.contains(day.iso) { day = day.adding(days: 7) }
            let module = index + 1
            let absent = run.short.filter { $0.modules.contains(module) }.map { parents[$0.parent] }
            try await hold(code, module: module, on: day, minutes: minutes, absent, facilitator)
            if module < run.minutes.count { day = day.adding(days: 7) }
        }
        let outcome = try await at(day).complete(
            CompletionRequest(run: code, on: day),
            key: keys["complete \(run.code)"],
            by: facilitator
        )
        try await ask(parents, .end, in: code, on: day, from: first, facilitator)
        let later = day.adding(months: 6)
        try await ask(parents, .sixMonths, in: code, on: later, from: first, facilitator)
        return outcome.completed
    }

    func open(
        _ code: RunCode,
        of structure: ID<Structure>,
        at place: String,
        for programme: String,
        on day: Day,
        in shop: ID<Shop>,
        _ facilitator: Staff
    ) async throws {
        _ = try await at(day).mobiliseRun(
            NewRun(
                code: code,
                course: ShortCode(typed: ParentsCourse.code),
                programme: ShortCode(typed: programme),
                structure: structure,
                shop: shop,
                facilitator: facilitator.id,
                place: place,
                startsOn: day
            ),
            key: keys["run \(code.text)"],
            by: facilitator
        )
    }

    func enrol(
        _ parents: [ID<Person>],
        in code: RunCode,
        on day: Day,
        _ facilitator: Staff
    ) async throws {
        for (number, parent) in parents.enumerated() {
            _ = try await at(day).enrol(
                parent,
                in: code,
                key: keys["enrol \(code.text) \(number)"],
                by: facilitator
            )
        }
    }

    func hold(
        _ code: RunCode,
        module: Int,
        on day: Day,
        minutes: Int,
        _ absent: [ID<Person>],
        _ facilitator: Staff
    ) async throws {
        _ = try await at(day).holdSession(
            HeldSession(
                run: code,
                module: module,
                heldOn: day,
                deliveredMinutes: minutes,
                exceptions: Dictionary(uniqueKeysWithValues: absent.map { ($0, .noshow) })
            ),
            key: keys["session \(code.text) \(module)"],
            by: facilitator
        )
    }

    /// The one purchase that the article tells of: a computer after the course, with the right that finishing opened.
    func sellComputer(
        to buyer: ID<Person>,
        _ attestations: [CompletionOutcome.Completed],
        _ structure: ID<Structure>,
        _ shop: ID<Shop>
    ) async throws {
        let day = try Day(typed: LilleFacts.buyer.on)
        let store = at(day)
        let admin = try await store.staff(login: "admin", till: nil)
        _ = try await store.createPerson(
            Invented.child.person(900, from: structure, with: buyer),
            isSomebodyElse: true,
            key: keys["child"],
            by: admin
        )
        let machine = DemoMachine(
            "laptop 2022",
            .laptop,
            "Lenovo",
            "ThinkPad T430",
            "R9-XK41T",
            9000,
            .b
        )
        let label = try await shelve(machine, in: shop, at(day.adding(days: -20)))
        let code = try await self.store.person(buyer).person.code
        guard let attestation = attestations.first(where: { $0.person == code }) else {
            throw Refusal(.completionUnknown, ["code": .text(code)])
        }
        let seller = try await store.staff(login: "vente", till: "LI1")
        _ = try await store.openDrawer(
            float: Cents(5000),
            key: keys["drawer open"],
            by: seller
        )
        _ = try await store.sell(
            SaleRequest(
                buyer: .completion(attestation.code),
                lines: [.device(label)],
                tender: .payments([.init(means: .cash, tendered: Cents(10_000))])
            ),
            key: keys["sale"],
            by: seller
        )
        _ = try await store.closeDrawer(
            DrawerCount(cash: Cents(14_000), card: .zero, cheque: .zero, reason: nil),
            key: keys["drawer close"],
            by: seller
        )
    }
}
