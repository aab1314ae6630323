import Postgres
import Shop
import Store
import TestSupport
import Testing

@Suite("Structures enrol their own people")
struct StructureEnrolmentTests {
    private func refusal(_ act: () async throws -> Void) async throws -> Refusal? {
        do {
            try await act()
            return nil
        } catch let refusal as Refusal {
            return refusal
        }
    }

    private func left() throws -> ShortText { try ShortText(typed: "Déménagement", field: .motive) }

    @Test(
        "a structure enrols whom its vouchers name; beyond the seats they wait, and it sees the place"
    )
    func enrols() async throws {
        try await withLille { lille in
            let run = try await lille.comingRun()
            let store = lille.at(Lille.today)
            let ines = try await lille.prescriber("ines", naming: [lille.amina, lille.bruno])
            _ = try await store.setSeats(Seats(1), of: run, key: lille.key(), by: lille.staff)
            let key = lille.key()
            func enrol(_ person: ID<Person>, _ key: ID<Claim>) async throws -> Enrolled {
                try await store.enrolOwn(lille.code(person), in: run, key: key, by: ines)
            }
            let first = try await enrol(lille.amina, key)
            #expect(first.place == nil && first.enrolment != nil)
            #expect(try await enrol(lille.amina, key) == first)
            #expect(try await enrol(lille.bruno, lille.key()).place == 1)
            let own = try await store.ownRun(run, by: ines)
            #expect(own.seatsLeft == 0 && own.waiting == 1 && own.isFull && !own.hasBegun)
            #expect(own.people.map(\.state) == [.enrolled, .waiting])
            #expect(own.people.map(\.place) == [nil, 1])
            #expect(own.people.map(\.name) == ["Amina Martin", "Bruno Martin"])
            // The shop reads by whom, and who wrote it is kept.
            let sheet = try await store.sheet(of: run)
            #expect(sheet.parents.map(\.enrolledBy) == ["Itinéraires"])
            #expect(sheet.waiting.map(\.enrolledBy) == ["Itinéraires"])
            let kept: SQL = """
                select (select count(*) from enrolments where recorded_by = \(ines.id))
                       + (select count(*) from waitings where recorded_by = \(ines.id))
                """
            #expect(try await lille.count(kept) == 2)
            // The shop gives whoever waited the seat: it stays the structure's own.
            _ = try await store.setSeats(Seats(2), of: run, key: lille.key(), by: lille.staff)
            _ = try await store.admitFirst(to: run, key: lille.key(), by: lille.staff)
            let after = try await store.ownRun(run, by: ines)
            #expect(after.people.map(\.state) == [.enrolled, .enrolled])
            let withdrawn = try await store.withdrawOwn(
                lille.code(lille.bruno),
                from: run,
                motive: left(),
                key: lille.key(),
                by: ines
            )
            #expect(withdrawn.leftOn == Lille.today)
            #expect(
                try await store.ownRun(run, by: ines).people.map(\.state)
                    == [.enrolled, .withdrawn]
            )
        }
    }

    @Test(
        "a run is offered to whom mobilises it, to others while it is open, to nobody once it is over"
    )
    func offers() async throws {
        try await withLille { lille in
            let run = try await lille.comingRun()
            let store = lille.at(Lille.today)
            let ines = try await lille.prescriber("ines", naming: [lille.amina])
            let marc = try await lille.prescriber("marc", of: "Solfa", naming: [lille.bruno])
            func offered(_ staff: Staff) async throws -> [String] {
                try await store.ownRuns(by: staff).items.map(\.code)
            }
            func enrol() async throws -> Refusal? {
                try await refusal {
                    _ = try await store.enrolOwn(
                        lille.code(lille.bruno),
                        in: run,
                        key: lille.key(),
                        by: marc
                    )
                }
            }
            func open(_ isOpen: Bool) async throws {
                _ = try await store.setOpening(isOpen, of: run, key: lille.key(), by: lille.staff)
            }
            #expect(try await offered(ines) == [run.text])
            #expect(try await offered(marc) == [])
            #expect(try await enrol()?.reason == .runUnknown)
            try await open(true)
            try await open(true)
            #expect(try await store.sheet(of: run).run.isOpen)
            #expect(try await offered(marc) == [run.text])
            #expect(try await enrol() == nil)
            try await open(false)
            // Its people are on it: it still sees them, and enrols nobody more.
            let seen = try await store.ownRun(run, by: marc)
            #expect(!seen.takesPeople && seen.people.map(\.name) == ["Bruno Martin"])
            #expect(try await enrol()?.reason == .runTakesNobody)
            // A run that is not offered and one that does not exist are one to whoever asks what comes behind them.
            let hidden = try await lille.comingRun("LI-2023-02")
            for code in [hidden.text, "LI-2099-01"] {
                #expect(try await store.ownRuns(by: marc, after: code).items.isEmpty)
            }
            // Whoever mobilised it sees its own alone.
            #expect(try await store.ownRun(run, by: ines).people == [])
            let later = lille.at(try Day(typed: "2023-07-01"))
            #expect(try await later.ownRuns(by: ines).items.isEmpty)
            #expect(try await later.ownRuns(by: marc).items.map(\.takesPeople) == [false])
        }
    }

    @Test(
        "of a run that another structure mobilises one takes a bounded number of seats, enrolled or waiting"
    )
    func bounded() async throws {
        try await withLille { lille in
            let run = try await lille.comingRun()
            let store = lille.at(Lille.today)
            let people = [lille.amina, lille.bruno, lille.chloe]
            let ines = try await lille.prescriber("ines", naming: people)
            let marc = try await lille.prescriber("marc", of: "Solfa", naming: people)
            _ = try await store.setOpening(true, of: run, key: lille.key(), by: lille.staff)
            _ = try await store.setSeats(Seats(1), of: run, key: lille.key(), by: lille.staff)
            func enrolAll(by staff: Staff) async throws -> [Reason?] {
                var told: [Reason?] = []
                for person in people {
                    let code = try await lille.code(person)
                    told.append(
                        try await refusal {
                            _ = try await store.enrolOwn(code, in: run, key: lille.key(), by: staff)
                        }?.reason
                    )
                }
                return told
            }
            #expect(try await enrolAll(by: marc) == [nil, nil, .ownEnrolmentsTooMany])
            // Whoever mobilises it is not bounded: the one that is left is enrolled.
            #expect(try await enrolAll(by: ines) == [.enrolmentAskShop, .enrolmentAskShop, nil])
        }
    }

    @Test("of what others did with a person nothing is told: one answer, whatever they did (F2)")
    func tellsNothing() async throws {
        try await withLille { lille in
            let (run, other) = (
                try await lille.comingRun(), try await lille.comingRun("LI-2023-02")
            )
            let store = lille.at(Lille.today)
            let people = [lille.amina, lille.bruno, lille.chloe]
            let ines = try await lille.prescriber("ines", naming: people)
            let marc = try await lille.prescriber("marc", of: "Solfa", naming: people)
            for code in [run, other] {
                _ = try await store.setOpening(true, of: code, key: lille.key(), by: lille.staff)
            }
            func enrol(_ person: ID<Person>, in run: RunCode, by staff: Staff) async throws
                -> Refusal?
            {
                try await refusal {
                    _ = try await store.enrolOwn(
                        lille.code(person),
                        in: run,
                        key: lille.key(),
                        by: staff
                    )
                }
            }
            // The shop has Amina on this run, under the name of the structure that mobilises it; the other structure has Bruno on
            // another run of the course, and Chloé among those who wait for this one.
            _ = try await store.enrol(lille.amina, in: run, key: lille.key(), by: lille.staff)
            #expect(try await enrol(lille.bruno, in: other, by: marc) == nil)
            _ = try await store.setSeats(Seats(1), of: run, key: lille.key(), by: lille.staff)
            #expect(try await enrol(lille.chloe, in: run, by: marc) == nil)
            for person in people {
                let told = try await enrol(person, in: run, by: ines)
                #expect(told == Refusal(.enrolmentAskShop))
            }
            #expect(try await store.ownRun(run, by: ines).people == [])
            // Nobody is taken off whom the structure did not enrol, on the list or not.
            for person in people {
                let told = try await refusal {
                    _ = try await store.withdrawOwn(
                        lille.code(person),
                        from: run,
                        motive: left(),
                        key: lille.key(),
                        by: ines
                    )
                }
                #expect(told == Refusal(.ownNotEnrolled))
            }
            // What it did itself it is told in whole.
            #expect(try await enrol(lille.bruno, in: other, by: marc)?.reason == .enrolledTwice)
            #expect(
                try await enrol(lille.bruno, in: run, by: marc)
                    == Refusal(.ownEnrolledElsewhere, ["run": .text(other.text)])
            )
            #expect(try await enrol(lille.chloe, in: run, by: marc)?.reason == .waitingAlready)
            // Known to the shop and to nobody's voucher here, or to nobody at all: the same.
            let stranger = try await lille.persons(1)[0]
            for code in [try await lille.code(stranger), try #require(PersonCode("P-999999"))] {
                let told = try await refusal {
                    _ = try await store.enrolOwn(code, in: run, key: lille.key(), by: ines)
                }
                #expect(told == Refusal(.ownPersonUnknown))
            }
        }
    }

    @Test(
        "a file that was merged stands on the list under the one that goes on, and the structure sees its own"
    )
    func merged() async throws {
        try await withLille { lille in
            let run = try await lille.comingRun()
            let store = lille.at(Lille.today)
            let ines = try await lille.prescriber("ines", naming: [lille.amina])
            try await lille.execute(
                """
                insert into person_merges (person_id, into_id, merged_at, merged_by)
                values (\(lille.amina), \(lille.chloe), '2022-01-01', \(lille.staff.id))
                """
            )
            let own = try await lille.code(lille.amina)
            let told = try await store.enrolOwn(own, in: run, key: lille.key(), by: ines)
            #expect(told.person == own.text)
            #expect(try await store.sheet(of: run).parents.map(\.person) == [lille.chloe])
            let seen = try await store.ownRun(run, by: ines).people
            #expect(seen.map(\.code) == [own.text] && seen.map(\.name) == ["Amina Martin"])
            _ = try await store.withdrawOwn(
                own,
                from: run,
                motive: left(),
                key: lille.key(),
                by: ines
            )
            #expect(try await store.sheet(of: run).parents.isEmpty)
        }
    }

    @Test("a structure takes people off until the first session begins; from then on the shop does")
    func begins() async throws {
        try await withLille { lille in
            let run = try await lille.comingRun()
            let ines = try await lille.prescriber("ines", naming: [lille.amina, lille.bruno])
            _ = try await lille.at(Lille.today).planSession(
                SessionPlan(
                    module: 1,
                    plannedOn: Day(typed: "2023-01-10"),
                    startsAt: TimeOfDay(typed: "14:00")
                ),
                in: run,
                key: lille.key(),
                by: lille.staff
            )
            let store = lille.at(Lille.today)
            for person in [lille.amina, lille.bruno] {
                _ = try await store.enrolOwn(
                    lille.code(person),
                    in: run,
                    key: lille.key(),
                    by: ines
                )
            }
            let first = try #require(try await store.ownRun(run, by: ines).firstSession)
            #expect(first.day.iso == "2023-01-10" && first.startsAt?.clock == "14:00")
            func withdraw(_ person: ID<Person>, at instant: String) async throws -> Refusal? {
                let then = lille.store.at(
                    .standing(at: try #require(Instant(iso: instant)))
                )
                return try await refusal {
                    _ = try await then.withdrawOwn(
                        lille.code(person),
                        from: run,
                        motive: left(),
                        key: lille.key(),
                        by: ines
                    )
                }
            }
            // 13:59 in Paris, then 14:00.
            #expect(try await withdraw(lille.amina, at: "2023-01-10T12:59:00Z") == nil)
            #expect(
                try await withdraw(lille.bruno, at: "2023-01-10T13:00:00Z")
                    == Refusal(.withdrawalTooLate, ["run": .text(run.text)])
            )
        }
    }

    @Test("a structure whose agreement is over sees its people and enrols nobody more")
    func agreement() async throws {
        try await withLille { lille in
            let run = try await lille.comingRun()
            let store = lille.at(Lille.today)
            let ines = try await lille.prescriber("ines", naming: [lille.amina, lille.bruno])
            func enrol(_ person: ID<Person>) async throws {
                let code = try await lille.code(person)
                _ = try await store.enrolOwn(code, in: run, key: lille.key(), by: ines)
            }
            try await enrol(lille.amina)
            try await lille.execute(
                "update structures set agreement_ends_on = '2022-12-04' where id = \(lille.structure)"
            )
            let told = try await refusal { try await enrol(lille.bruno) }
            #expect(told?.reason == .ownAgreementOver)
            let seen = try await store.ownRun(run, by: ines).people.map(\.code)
            #expect(seen == [try await lille.code(lille.amina).text])
        }
    }

    @Test(
        "the last seat, from the portal and at the counter at once: one is on the list, one waits"
    )
    func race() async throws {
        for _ in 0..<5 {
            try await withLille { lille in
                let run = try await lille.comingRun()
                let store = lille.at(Lille.today)
                let ines = try await lille.prescriber("ines", naming: [lille.amina])
                _ = try await store.setSeats(Seats(1), of: run, key: lille.key(), by: lille.staff)
                let own = try await lille.code(lille.amina)
                let told = try await TestSupport.race(2) { number in
                    if number == 0 {
                        _ = try await store.enrolOwn(own, in: run, key: lille.key(), by: ines)
                    } else {
                        _ = try await store.enrol(
                            lille.bruno,
                            in: run,
                            key: lille.key(),
                            by: lille.staff
                        )
                    }
                }
                #expect(told == [nil, nil])
                let sheet = try await store.sheet(of: run)
                #expect(sheet.run.enrolled == 1 && sheet.run.waiting == 1)
            }
        }
    }

    @Test("one person, from the portal and at the counter at once: once on the list, and a refusal")
    func raceOfOne() async throws {
        try await withLille { lille in
            let run = try await lille.comingRun()
            let store = lille.at(Lille.today)
            let ines = try await lille.prescriber("ines", naming: [lille.amina])
            let own = try await lille.code(lille.amina)
            let told = try await TestSupport.race(10) { number in
                if number % 2 == 0 {
                    _ = try await store.enrolOwn(own, in: run, key: lille.key(), by: ines)
                } else {
                    _ = try await store.enrol(
                        lille.amina,
                        in: run,
                        key: lille.key(),
                        by: lille.staff
                    )
                }
            }
            #expect(told.count { $0 == nil } == 1)
            #expect(
                told.compactMap(\.?.reason).allSatisfy {
                    [.enrolledTwice, .enrolmentAskShop].contains($0)
                }
            )
            #expect(try await store.sheet(of: run).run.enrolled == 1)
        }
    }

    @Test(
        "people are picked from the structure's own vouchers, by any word of their name or by code"
    )
    func people() async throws {
        try await withLille { lille in
            let store = lille.at(Lille.today)
            let ines = try await lille.prescriber("ines", naming: [lille.amina, lille.chloe])
            func names(_ text: String) async throws -> [String?] {
                try await store.ownPeople(matching: text, by: ines).map(\.name).sorted {
                    ($0 ?? "") < ($1 ?? "")
                }
            }
            #expect(try await names("") == ["Amina Martin", "Chloé Martin"])
            #expect(try await names("chloe mart") == ["Chloé Martin"])
            #expect(try await names("bruno") == [])
            #expect(try await names(lille.code(lille.amina).text) == ["Amina Martin"])
            #expect(try await names(lille.code(lille.bruno).text) == [])
            #expect(try await names("%") == [])
        }
    }
}

extension Lille {
    /// A run that begins on 10 January 2023.
    fileprivate func comingRun(_ code: String = "LI-2023-01") async throws -> RunCode {
        let code = try RunCode(typed: code)
        _ = try await at(Lille.today).mobiliseRun(
            NewRun(
                code: code,
                course: ShortCode(typed: "parents"),
                programme: ShortCode(typed: "lille"),
                structure: structure,
                shop: shop,
                facilitator: staff.id,
                place: "",
                startsOn: Day(typed: "2023-01-10")
            ),
            key: key(),
            by: staff
        )
        return code
    }

    fileprivate func code(_ person: ID<Person>) async throws -> PersonCode {
        let text: String = try await sql.withConnection {
            try $0.query("select code from persons where id = \(person)")[0][0]
        }
        return try #require(PersonCode(text))
    }

    /// A prescriber with an account, and a voucher of the structure that names `persons`; of the structure that mobilises the
    /// runs unless another is named.
    fileprivate func prescriber(
        _ login: String,
        of name: String? = nil,
        naming persons: [ID<Person>]
    ) async throws -> Staff {
        let at = "2022-01-01T09:00:00Z"
        let (user, prescriber, other, voucher):
            (ID<User>, ID<Prescriber>, ID<Structure>, ID<Voucher>) = (
                store.newID(), store.newID(), store.newID(), store.newID()
            )
        let structure = name == nil ? structure : other
        if let name {
            try await execute(
                """
                insert into structures (id, name, kind, agreement_starts_on, recorded_at)
                values (\(structure), \(name), 'association', '2022-01-01', \(at))
                """
            )
        }
        try await execute(
            """
            insert into users (id, login, operator, name, language, first_day, recorded_at)
            values (\(user), \(login), \(login.uppercased()), \(login), 'fr', false, \(at))
            """
        )
        try await execute(
            """
            insert into prescribers (id, structure_id, name, recorded_at)
            values (\(prescriber), \(structure), \(login), \(at))
            """
        )
        try await execute(
            """
            insert into prescriber_accounts (user_id, prescriber_id, opened_at, opened_by)
            values (\(user), \(prescriber), \(at), \(staff.id))
            """
        )
        let digits = login == "ines" ? "100000000008" : "100000000016"
        try await execute(
            """
            insert into vouchers (id, code, structure_id, prescriber_id, household_size, signed_on, valid_until,
                original_kept, signature_seen, recorded_at, recorded_by)
            values (\(voucher), \(digits), \(structure), \(prescriber), 1, '2022-01-01', '2022-12-31',
                false, true, \(at), \(user))
            """
        )
        for person in persons {
            try await execute(
                "insert into voucher_persons (voucher_id, person_id) values (\(voucher), \(person))"
            )
        }
        return Staff(
            id: user,
            operatorCode: login.uppercased(),
            name: login,
            language: .french,
            firstDay: false,
            roles: [],
            refers: Referring(
                prescriber: prescriber,
                structure: structure,
                structureName: name ?? "Itinéraires"
            ),
            till: nil
        )
    }
}
