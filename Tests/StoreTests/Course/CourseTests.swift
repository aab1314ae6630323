import Postgres
import Shop
import Store
import Testing

@Suite("A course from its first session to the attestation")
struct CourseTests {
    @Test("a programme keeps its funders in order, and its code names one programme")
    func programme() async throws {
        try await withLille { lille in
            let programme = try await lille.store.readProgramme("lille")
            #expect(programme.funders.map(\.name) == ["Ville de Lille", "État"])
            #expect(programme.funders.map(\.kind) == [.commune, .etat])
            #expect(try await lille.store.programmes().items.map(\.code) == ["lille"])
            await #expect(throws: Refusal(.programmeUnknown, ["code": .text("nord")])) {
                try await lille.store.readProgramme("nord")
            }
        }
    }

    @Test("a new version of a course leaves the runs of the old one alone")
    func version() async throws {
        try await withLille { lille in
            let run = try await lille.run()
            _ = try await lille.store.createCourse(
                NewCourse(
                    code: ShortCode(typed: "parents"),
                    name: ShortText(typed: "Parents", field: .name),
                    modules: [
                        NewModule(
                            kind: .basic,
                            name: ShortText(typed: "Tout", field: .module),
                            plannedMinutes: 600
                        )
                    ]
                ),
                key: lille.key(),
                by: lille.staff
            )
            #expect(try await lille.store.course("parents").version == 2)
            #expect(try await lille.store.sheet(of: run).course.version == 1)
        }
    }

    @Test("everybody is present but the exceptions, and a correction is a new revision")
    func attendance() async throws {
        try await withLille { lille in
            let run = try await lille.run()
            let session = try await lille.hold(
                run,
                module: 1,
                minutes: 150,
                except: [lille.bruno: 40]
            )
            func minutes() async throws -> [Int?] {
                try await lille.store.sheet(of: run, on: Lille.today).parents.map {
                    $0.minutes[session]
                }
            }
            #expect(try await minutes() == [150, 40])
            let corrected = try await lille.store.recordAttendance(
                [lille.amina: .whole, lille.bruno: .seen(minutes: 150)],
                at: session,
                key: lille.key(),
                by: lille.staff
            )
            #expect(corrected.written == 1)
            #expect(try await minutes() == [150, 150])
            #expect(try await lille.count("select count(*) from attendances") == 3)
        }
    }

    @Test(
        "a run begins on a day of its programme, the first and the last among them",
        arguments: [
            ("2022-05-31", false), ("2022-06-01", true), ("2023-06-30", true),
            ("2023-07-01", false),
        ]
    )
    func programmeOpen(day: String, isOpen: Bool) async throws {
        try await withLille { lille in
            let new = try NewRun(
                code: RunCode(typed: "LI-2022-77"),
                course: ShortCode(typed: "parents"),
                programme: ShortCode(typed: "lille"),
                structure: lille.structure,
                shop: lille.shop,
                facilitator: lille.staff.id,
                place: "",
                startsOn: Day(typed: day)
            )
            do {
                _ = try await lille.store.mobiliseRun(new, key: lille.key(), by: lille.staff)
                #expect(isOpen)
            } catch let refusal as Refusal {
                #expect(refusal.reason == .runOutsideProgramme && !isOpen)
            }
        }
    }

    @Test("the next run's code follows the shop's last of the year")
    func nextCode() async throws {
        try await withLille { lille in
            let day = try Day(typed: "2022-09-01")
            let first = try await lille.store.nextRunCode(of: "ZZ", on: day)
            #expect(first == "ZZ-2022-01")
            let run = try await lille.run()
            let stem = String(run.text.prefix(8))
            let next = try await lille.store.nextRunCode(of: String(stem.prefix(2)), on: day)
            #expect(next > run.text && next.hasPrefix(stem))
        }
    }

    @Test(
        "who is taken off the list is gone from it, keeps a motive, and may come back; who finished stays"
    )
    func withdrawal() async throws {
        try await withLille { lille in
            let run = try await lille.run()
            let store = lille.at(Lille.today)
            func codes() async throws -> [ID<Person>] {
                try await store.sheet(of: run, on: Lille.today).parents.map(\.person)
            }
            let motive = try ShortText(typed: "Inscrite par erreur", field: .motive)
            _ = try await store.withdraw(
                lille.amina,
                from: run,
                motive: motive,
                key: lille.key(),
                by: lille.staff
            )
            #expect(try await codes() == [lille.bruno])
            await #expect(throws: Refusal(.notEnrolled)) {
                try await store.withdraw(
                    lille.amina,
                    from: run,
                    motive: motive,
                    key: lille.key(),
                    by: lille.staff
                )
            }
            await #expect(throws: Refusal(.notEnrolled)) {
                try await store.complete(
                    CompletionRequest(run: run, motives: [lille.amina: motive]),
                    key: lille.key(),
                    by: lille.staff
                )
            }
            for _ in 1...2 {
                _ = try await store.enrol(lille.amina, in: run, key: lille.key(), by: lille.staff)
                await #expect(throws: Refusal(.enrolledTwice)) {
                    try await store.enrol(
                        lille.amina,
                        in: run,
                        key: lille.key(),
                        by: lille.staff
                    )
                }
                if try await lille.count("select count(*) from withdrawals") == 1 {
                    _ = try await store.withdraw(
                        lille.amina,
                        from: run,
                        motive: motive,
                        key: lille.key(),
                        by: lille.staff
                    )
                }
            }
            let done = try await store.complete(
                CompletionRequest(run: run, motives: [lille.bruno: motive]),
                key: lille.key(),
                by: lille.staff
            )
            await #expect(
                throws: Refusal(.finishedAlready, ["code": .text(done.completed[0].code)])
            ) {
                try await store.withdraw(
                    lille.bruno,
                    from: run,
                    motive: motive,
                    key: lille.key(),
                    by: lille.staff
                )
            }
        }
    }

    @Test("attendance is never longer than the session, nor of someone who is not enrolled")
    func refusals() async throws {
        try await withLille { lille in
            let run = try await lille.run()
            let session = try await lille.hold(run, module: 1, minutes: 150)
            let store = lille.at(Lille.today)
            await #expect(throws: Refusal(.attendanceTooLong, ["most": .minutes(150)])) {
                try await store.recordAttendance(
                    [lille.amina: .seen(minutes: 151)],
                    at: session,
                    key: lille.key(),
                    by: lille.staff
                )
            }
            await #expect(throws: Refusal(.notEnrolled)) {
                try await store.recordAttendance(
                    [lille.chloe: .seen(minutes: 10)],
                    at: session,
                    key: lille.key(),
                    by: lille.staff
                )
            }
            await #expect(throws: Refusal(.enrolledTwice)) {
                try await store.enrol(lille.amina, in: run, key: lille.key(), by: lille.staff)
            }
            let begins = try Day(typed: "2022-09-01")
            await #expect(throws: Refusal(.sessionBeforeRun, ["from": .day(begins)])) {
                try await store.holdSession(
                    HeldSession(
                        run: run,
                        module: 1,
                        heldOn: Day(typed: "2022-08-31"),
                        deliveredMinutes: 60
                    ),
                    key: lille.key(),
                    by: lille.staff
                )
            }
            #expect(throws: Refusal(.attendanceTooLong, ["most": .minutes(60)])) {
                try HeldSession(
                    run: run,
                    module: 1,
                    heldOn: Lille.today,
                    deliveredMinutes: 60,
                    exceptions: [lille.amina: .seen(minutes: 61)]
                )
            }
        }
    }

    @Test(
        "a class is decided at once: who reaches the rule gets a code and a right, who does not is named"
    )
    func completesClass() async throws {
        try await withLille { lille in
            let run = try await lille.run()
            for module in 1...4 { try await lille.hold(run, module: module, minutes: 150) }
            for module in 5...7 {
                try await lille.hold(run, module: module, minutes: 130, except: [lille.bruno: 0])
            }
            let store = lille.at(Lille.today)
            let key = lille.key()
            let outcome = try await store.complete(
                CompletionRequest(run: run),
                key: key,
                by: lille.staff
            )
            #expect(outcome.completed.map(\.person) == ["P-222222"])
            #expect(outcome.completed.map(\.byRule) == [true])
            #expect(outcome.completed.map(\.rightEndsOn.iso) == ["2023-09-05"])
            #expect(outcome.unfinished == ["P-222223"])
            let again = try await store.complete(
                CompletionRequest(run: run),
                key: key,
                by: lille.staff
            )
            #expect(again.completed.map(\.code) == outcome.completed.map(\.code))
            #expect(
                try await lille.count(
                    """
                    select count(*) from rights where completion_id is not null
                    and category = 'equipment' and uses_max = 1 and starts_on = '2022-12-05'
                    """
                ) == 1
            )
            let code = try #require(CompletionCode(outcome.completed[0].code))
            let attestation = try await store.attestation(code)
            #expect(attestation.minutesAttended == 990)
            #expect(attestation.name == "Amina Martin")
            #expect(attestation.modulesCounted == 7)
        }
    }

    @Test(
        "a named person decides with a motive; without one the refusal explains, and twice is refused"
    )
    func completesWithMotive() async throws {
        try await withLille { lille in
            let run = try await lille.run()
            for module in 1...5 { try await lille.hold(run, module: module, minutes: 130) }
            let store = lille.at(Lille.today)
            let refused = await #expect(throws: Refusal.self) {
                try await store.complete(
                    CompletionRequest(run: run, persons: [lille.bruno]),
                    key: lille.key(),
                    by: lille.staff
                )
            }
            #expect(refused?.reason == .notFinished)
            #expect(
                refused?.told(in: .french).why.hasPrefix("5\u{A0}modules sur 7 (il en faut 6)")
                    == true
            )
            let motive = try ShortText(typed: "Hospitalisé, a tout repris chez lui", field: .motive)
            let outcome = try await store.complete(
                CompletionRequest(run: run, persons: [lille.bruno], motives: [lille.bruno: motive]),
                key: lille.key(),
                by: lille.staff
            )
            #expect(outcome.completed.map(\.byRule) == [false])
            #expect(
                try await lille.count(
                    "select count(*) from completions where motive is not null"
                ) == 1
            )
            await #expect(
                throws: Refusal(.finishedAlready, ["code": .text(outcome.completed[0].code)])
            ) {
                try await store.complete(
                    CompletionRequest(run: run, persons: [lille.bruno]),
                    key: lille.key(),
                    by: lille.staff
                )
            }
        }
    }

    @Test("ten hands finish a class at once: each parent has one attestation and one right")
    func race() async throws {
        try await withLille { lille in
            let run = try await lille.run()
            for module in 1...7 { try await lille.hold(run, module: module, minutes: 150) }
            let store = lille.at(Lille.today)
            let keys = (0..<10).map { _ in lille.key() }
            let completed = try await withThrowingTaskGroup(of: Int.self) { group in
                for key in keys {
                    group.addTask {
                        try await store.complete(
                            CompletionRequest(run: run),
                            key: key,
                            by: lille.staff
                        ).completed.count
                    }
                }
                return try await group.reduce(0, +)
            }
            #expect(completed == 2)
            #expect(try await lille.count("select count(*) from completions") == 2)
            #expect(try await lille.count("select count(*) from rights") == 2)
        }
    }
}
