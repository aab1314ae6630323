import Foundation
import Postgres
import Shop
import Store
import TestSupport
import Testing

@Suite("Sessions before they are held")
struct PlanTests {
    private static let monday = Day(year: 2022, month: 12, day: 5) ?? Day(0)

    private func plan(_ day: Day, at time: String = "14:00", module: Int = 1) throws -> SessionPlan
    {
        try SessionPlan(module: module, plannedOn: day, startsAt: TimeOfDay(typed: time))
    }

    private func refusal(_ act: () async throws -> Void) async throws -> Reason? {
        do {
            try await act()
            return nil
        } catch let refusal as Refusal {
            return refusal.reason
        }
    }

    @Test(
        "a planned session is moved by a further row, held under its id, and then moves no more (X8)"
    )
    func life() async throws {
        try await withLille { lille in
            let run = try await lille.run()
            let store = lille.at(Self.monday)
            let session = try await store.planSession(
                plan(Self.monday),
                in: run,
                key: lille.key(),
                by: lille.staff
            ).id
            _ = try await store.moveSession(
                session,
                to: plan(Self.monday.adding(days: 1), at: "9h30"),
                key: lille.key(),
                by: lille.staff
            )
            let moved = try await store.sheet(of: run).planned[0]
            #expect(moved.day.iso == "2022-12-06" && moved.startsAt?.clock == "09:30")
            #expect(moved.minutes == 150 && moved.place == "Salle des fêtes" && moved.moves == 1)
            #expect(try await lille.count("select count(*) from session_plans") == 2)
            let tuesday = lille.at(Self.monday.adding(days: 1))
            let held = try HeldSession(
                run: run,
                planned: session,
                module: 1,
                heldOn: Self.monday.adding(days: 1),
                deliveredMinutes: 120
            )
            #expect(
                try await tuesday.holdSession(held, key: lille.key(), by: lille.staff).id
                    == session
            )
            let sheet = try await tuesday.sheet(of: run)
            #expect(sheet.planned.isEmpty && sheet.sessions.map(\.id) == [session])
            let twice = try await refusal {
                _ = try await tuesday.holdSession(held, key: lille.key(), by: lille.staff)
            }
            #expect(twice == .sessionHeld)
            let move = try await refusal {
                _ = try await tuesday.moveSession(
                    session,
                    to: plan(Self.monday.adding(days: 9)),
                    key: lille.key(),
                    by: lille.staff
                )
            }
            #expect(move == .sessionHeld)
            let off = try await refusal {
                _ = try await tuesday.cancelSession(
                    session,
                    motive: ShortText(typed: "Grève", field: .motive),
                    key: lille.key(),
                    by: lille.staff
                )
            }
            #expect(off == .sessionHeld)
        }
    }

    @Test("what is called off is neither moved nor held, and says so in the calendar")
    func cancelled() async throws {
        try await withLille { lille in
            let run = try await lille.run()
            let store = lille.at(Self.monday)
            let session = try await store.planSession(
                plan(Self.monday),
                in: run,
                key: lille.key(),
                by: lille.staff
            ).id
            for expected in [nil, Reason.sessionCancelled] {
                let told = try await refusal {
                    _ = try await store.cancelSession(
                        session,
                        motive: ShortText(typed: "Grève", field: .motive),
                        key: lille.key(),
                        by: lille.staff
                    )
                }
                #expect(told == expected)
            }
            let held = try await refusal {
                _ = try await store.holdSession(
                    HeldSession(
                        run: run,
                        planned: session,
                        module: 1,
                        heldOn: Self.monday,
                        deliveredMinutes: 60
                    ),
                    key: lille.key(),
                    by: lille.staff
                )
            }
            #expect(held == .sessionCancelled)
            let text = try await store.calendar(of: run, language: .french).text
            #expect(text.contains("UID:\(session)@comptoir\r\n"))
            #expect(text.contains("STATUS:CANCELLED\r\n"))
            #expect(!text.contains("Amina") && !text.contains("Martin") && !text.contains("P-2"))
        }
    }

    @Test(
        "a session is planned for today or later, never before its run",
        arguments: [
            ("2022-12-04", Reason.startsInPast), ("2022-12-05", nil), ("2022-12-06", nil),
        ] as [(String, Reason?)]
    )
    func days(day: String, expected: Reason?) async throws {
        try await withLille { lille in
            let run = try await lille.run()
            let told = try await refusal {
                _ = try await lille.at(Self.monday).planSession(
                    plan(Day(typed: day)),
                    in: run,
                    key: lille.key(),
                    by: lille.staff
                )
            }
            #expect(told == expected)
            let early = try await refusal {
                _ = try await lille.at(Day(typed: "2022-08-01")).planSession(
                    plan(Day(typed: "2022-08-31")),
                    in: run,
                    key: lille.key(),
                    by: lille.staff
                )
            }
            #expect(early == .sessionBeforeRun)
        }
    }

    @Test("a week lists every run's sessions by day and hour, in parts that lose none")
    func week() async throws {
        try await withLille { lille in
            let (one, two) = (try await lille.run(), try RunCode(typed: "LI-2022-02"))
            let store = lille.at(Self.monday)
            _ = try await store.mobiliseRun(
                NewRun(
                    code: two,
                    course: ShortCode(typed: "parents"),
                    programme: ShortCode(typed: "lille"),
                    structure: lille.structure,
                    shop: lille.shop,
                    facilitator: lille.staff.id,
                    place: "",
                    startsOn: Self.monday
                ),
                key: lille.key(),
                by: lille.staff
            )
            for (run, days, time) in [
                (one, 1, "14:00"), (two, 1, "09:00"), (one, 6, "10:00"), (two, 7, "10:00"),
            ] {
                _ = try await store.planSession(
                    plan(Self.monday.adding(days: days), at: time),
                    in: run,
                    key: lille.key(),
                    by: lille.staff
                )
            }
            _ = try await store.holdSession(
                HeldSession(run: one, module: 2, heldOn: Self.monday, deliveredMinutes: 60),
                key: lille.key(),
                by: lille.staff
            )
            var shown: [String] = []
            var after: ID<Session>?
            repeat {
                let part = try await store.sessions(
                    from: Self.monday,
                    to: Self.monday.adding(days: 6),
                    after: after,
                    limit: 1
                )
                shown += part.items.map {
                    "\($0.day.iso) \($0.startsAt?.clock ?? "–") \($0.run) \($0.state.rawValue)"
                }
                after = part.next.flatMap { ID($0) }
            } while after != nil
            #expect(
                shown == [
                    "2022-12-05 – LI-2022-01 held", "2022-12-06 09:00 LI-2022-02 planned",
                    "2022-12-06 14:00 LI-2022-01 planned", "2022-12-11 10:00 LI-2022-01 planned",
                ]
            )
            #expect(
                try await store.sessions(
                    from: Self.monday,
                    to: Self.monday.adding(days: 6),
                    in: .shops([])
                ).items.isEmpty
            )
            let first = try Day(typed: "0001-01-01").firstOfWeek
            #expect(
                try await store.sessions(from: first, to: first.adding(days: 6)).items.isEmpty
            )
        }
    }

    @Test("ten hands hold one planned session: it is held once, with one attendance a person")
    func race() async throws {
        try await withLille { lille in
            let run = try await lille.run()
            let store = lille.at(Self.monday)
            let session = try await store.planSession(
                plan(Self.monday),
                in: run,
                key: lille.key(),
                by: lille.staff
            ).id
            let told = try await TestSupport.race(10) { _ in
                _ = try await store.holdSession(
                    HeldSession(
                        run: run,
                        planned: session,
                        module: 1,
                        heldOn: Self.monday,
                        deliveredMinutes: 60
                    ),
                    key: lille.key(),
                    by: lille.staff
                )
            }
            #expect(told.count { $0 == nil } == 1)
            #expect(told.compactMap { $0?.reason } == Array(repeating: .sessionHeld, count: 9))
            #expect(try await lille.count("select count(*) from attendances") == 2)
        }
    }
}
