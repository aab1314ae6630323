import Postgres
import Shop
import Store
import TestSupport
import Testing

@Suite("A module caught up with another run")
struct CatchUpTests {
    @Test("counts for the person's own enrolment, once, and is marked in both runs")
    func counts() async throws {
        try await withLille { lille in
            let own = try await lille.run()
            let host = try await lille.run("LI-2022-02", with: [lille.chloe])
            try await lille.hold(own, module: 1, minutes: 150, except: [lille.bruno: 0])
            let session = try await lille.hold(host, module: 1, minutes: 120)
            let store = lille.at(Lille.today)
            for (presence, written) in [(Presence.late(minutes: 20), 1), (.seen(minutes: 100), 0)] {
                let recorded = try await store.recordCatchUp(
                    of: lille.bruno,
                    presence,
                    at: session,
                    key: lille.key(),
                    by: lille.staff
                )
                #expect(recorded.written == written)
            }
            let bruno = try await store.sheet(of: own).parents[1]
            #expect(bruno.decision.modulesCounted == 1 && bruno.decision.minutesCounted == 100)
            #expect(bruno.catchUps.map(\.run) == [host.text])
            let guests = try await store.sheet(of: host).guests
            #expect(guests.map(\.person) == [lille.bruno] && guests[0].run == own.text)
            // From then on the guest stands in the session's own grid.
            _ = try await store.recordAttendance(
                [lille.bruno: .excused, lille.chloe: .noshow],
                at: session,
                key: lille.key(),
                by: lille.staff
            )
            #expect(try await store.sheet(of: own).parents[1].decision.modulesCounted == 0)
            #expect(
                try await lille.count(
                    "select count(*) from report_parents where started_on = '2022-09-01'"
                ) == 1
            )
        }
    }

    @Test("is of somebody enrolled in another run of the same course, never of the run itself")
    func refused() async throws {
        try await withLille { lille in
            let (own, host) = (
                try await lille.run(), try await lille.run("LI-2022-02", with: [])
            )
            let (here, there) = (
                try await lille.hold(own, module: 1, minutes: 150),
                try await lille.hold(host, module: 1, minutes: 150)
            )
            let store = lille.at(Lille.today)
            for (person, session, reason) in [
                (lille.amina, here, Reason.enrolledTwice),
                (lille.chloe, there, .catchUpNotEnrolled),
            ] {
                let told = await #expect(throws: Refusal.self) {
                    try await store.recordCatchUp(
                        of: person,
                        at: session,
                        key: lille.key(),
                        by: lille.staff
                    )
                }
                #expect(told?.reason == reason)
            }
            let told = await #expect(throws: Refusal.self) {
                try await store.recordCatchUp(
                    of: lille.amina,
                    .seen(minutes: 151),
                    at: there,
                    key: lille.key(),
                    by: lille.staff
                )
            }
            #expect(told == Refusal(.attendanceTooLong, ["most": .minutes(150)]))
        }
    }

    @Test("the database itself refuses minutes beyond the session")
    func gate() async throws {
        try await withLille { lille in
            let run = try await lille.run()
            try await lille.hold(run, module: 1, minutes: 60)
            await #expect {
                try await lille.execute(
                    """
                    insert into attendances (session_id, enrolment_id, revision, status, minutes, recorded_at, recorded_by)
                    select session_id, enrolment_id, 2, 'seen', 61, recorded_at, recorded_by from attendances limit 1
                    """
                )
            } throws: {
                ($0 as? PostgresError)?.constraint == "attendances_fit_the_session"
            }
        }
    }
}
