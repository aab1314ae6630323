import Postgres
import Shop
import Store
import TestSupport
import Testing

@Suite("Seats of a run, and who waits for one")
struct SeatsTests {
    private func refusal(_ act: () async throws -> Void) async throws -> Refusal? {
        do {
            try await act()
            return nil
        } catch let refusal as Refusal {
            return refusal
        }
    }

    private func left() throws -> ShortText { try ShortText(typed: "Déménagement", field: .motive) }

    @Test("beyond the seats one waits in order; a free seat is taken by an act, not by itself")
    func waits() async throws {
        try await withLille { lille in
            let run = try await lille.run()
            let store = lille.at(Lille.today)
            _ = try await store.setSeats(Seats(2), of: run, key: lille.key(), by: lille.staff)
            let others = try await lille.persons(2)
            let first = try await store.enrol(others[0], in: run, key: lille.key(), by: lille.staff)
            #expect(first.place == 1 && first.enrolment == nil)
            let second = try await store.enrol(
                others[1],
                in: run,
                key: lille.key(),
                by: lille.staff
            )
            #expect(second.place == 2)
            let again = try await refusal {
                _ = try await store.enrol(others[0], in: run, key: lille.key(), by: lille.staff)
            }
            #expect(again?.reason == .waitingAlready)
            let full = try await refusal {
                _ = try await store.admitFirst(to: run, key: lille.key(), by: lille.staff)
            }
            #expect(full == Refusal(.runFull, ["seats": .number(2)]))
            let withdrawn = try await store.withdraw(
                lille.amina,
                from: run,
                motive: left(),
                key: lille.key(),
                by: lille.staff
            )
            #expect(withdrawn.nextWaiting == first.person)
            // The seat is free, and nobody moved up by themselves; who comes now waits behind.
            #expect(try await store.sheet(of: run).parents.map(\.person) == [lille.bruno])
            let late = try await store.enrol(
                lille.amina,
                in: run,
                key: lille.key(),
                by: lille.staff
            )
            #expect(late.place == 3)
            let admitted = try await store.admitFirst(to: run, key: lille.key(), by: lille.staff)
            #expect(admitted.person == first.person && admitted.enrolment != nil)
            let sheet = try await store.sheet(of: run)
            #expect(sheet.waiting.map(\.person) == [others[1], lille.amina])
            #expect(sheet.run.enrolled == 2 && sheet.run.seats == 2 && sheet.run.waiting == 2)
        }
    }

    @Test("who waits may leave with a motive, and then nobody waits")
    func leaves() async throws {
        try await withLille { lille in
            let run = try await lille.run()
            let store = lille.at(Lille.today)
            _ = try await store.setSeats(Seats(1), of: run, key: lille.key(), by: lille.staff)
            _ = try await store.enrol(lille.chloe, in: run, key: lille.key(), by: lille.staff)
            _ = try await store.withdraw(
                lille.chloe,
                from: run,
                motive: left(),
                key: lille.key(),
                by: lille.staff
            )
            let nobody = try await refusal {
                _ = try await store.admitFirst(to: run, key: lille.key(), by: lille.staff)
            }
            #expect(nobody?.reason == .nobodyWaits)
            #expect(
                try await lille.count(
                    "select count(*) from waitings where ended_how = 'left' and motive is not null"
                ) == 1
            )
        }
    }

    @Test("one follows one run of a course at a time; the refusal names the other one")
    func elsewhere() async throws {
        try await withLille { lille in
            let (one, two) = (
                try await lille.run(), try await lille.run("LI-2022-02", with: [])
            )
            let store = lille.at(Lille.today)
            let told = try await refusal {
                _ = try await store.enrol(lille.amina, in: two, key: lille.key(), by: lille.staff)
            }
            #expect(told == Refusal(.enrolledElsewhere, ["run": .text(one.text)]))
            _ = try await store.withdraw(
                lille.amina,
                from: one,
                motive: left(),
                key: lille.key(),
                by: lille.staff
            )
            _ = try await store.enrol(lille.amina, in: two, key: lille.key(), by: lille.staff)
            // Whoever finished one may follow the course again.
            _ = try await store.complete(
                CompletionRequest(run: one, motives: [lille.bruno: left()]),
                key: lille.key(),
                by: lille.staff
            )
            _ = try await store.enrol(lille.bruno, in: two, key: lille.key(), by: lille.staff)
        }
    }

    @Test("ten come at once for three seats: three are on the list, seven wait in places 1 to 7")
    func race() async throws {
        try await withLille { lille in
            let run = try await lille.run("LI-2022-02", with: [])
            let store = lille.at(Lille.today)
            _ = try await store.setSeats(Seats(3), of: run, key: lille.key(), by: lille.staff)
            let people = try await lille.persons(10)
            let places = try await withThrowingTaskGroup(of: Int?.self) { group in
                for person in people {
                    group.addTask {
                        try await store.enrol(person, in: run, key: lille.key(), by: lille.staff)
                            .place
                    }
                }
                return try await group.reduce(into: [Int?]()) { $0.append($1) }
            }
            #expect(places.count { $0 == nil } == 3)
            #expect(places.compactMap(\.self).sorted() == Array(1...7))
            #expect(try await lille.count("select count(*) from enrolments") == 3)
        }
    }

    @Test("ten hands give the one free seat: one who waits gets it, nine are told that it is full")
    func raceToAdmit() async throws {
        try await withLille { lille in
            let run = try await lille.run("LI-2022-02", with: [])
            let store = lille.at(Lille.today)
            _ = try await store.setSeats(Seats(1), of: run, key: lille.key(), by: lille.staff)
            for person in try await lille.persons(4) {
                _ = try await store.enrol(person, in: run, key: lille.key(), by: lille.staff)
            }
            _ = try await store.setSeats(Seats(2), of: run, key: lille.key(), by: lille.staff)
            let told = try await TestSupport.race(10) { _ in
                _ = try await store.admitFirst(to: run, key: lille.key(), by: lille.staff)
            }
            #expect(told.count { $0 == nil } == 1)
            #expect(told.compactMap { $0?.reason } == Array(repeating: .runFull, count: 9))
            #expect(try await store.sheet(of: run).run.enrolled == 2)
        }
    }

    @Test("one person in two runs of a course at once: one list has them, the other names it")
    func raceElsewhere() async throws {
        try await withLille { lille in
            let runs = [
                try await lille.run("LI-2022-01", with: []),
                try await lille.run("LI-2022-02", with: []),
            ]
            let store = lille.at(Lille.today)
            let told = try await TestSupport.race(10) { number in
                _ = try await store.enrol(
                    lille.chloe,
                    in: runs[number % 2],
                    key: lille.key(),
                    by: lille.staff
                )
            }
            #expect(told.count { $0 == nil } == 1)
            #expect(told.count { $0?.reason == .enrolledTwice } == 4)
            #expect(told.count { $0?.reason == .enrolledElsewhere } == 5)
        }
    }

    @Test("a team has several helpers, each once, and keeps who left it")
    func team() async throws {
        try await withLille { lille in
            let run = try await lille.run()
            func add() async throws -> Reason? {
                try await refusal {
                    _ = try await lille.store.addHelper(
                        "nadia",
                        as: .volunteer,
                        to: run,
                        key: lille.key(),
                        by: lille.staff
                    )
                }?.reason
            }
            #expect(try await add() == nil)
            #expect(try await add() == .helpsAlready)
            #expect(try await lille.store.sheet(of: run).helpers.map(\.part) == [.volunteer])
            _ = try await lille.store.endHelper(
                "nadia",
                of: run,
                key: lille.key(),
                by: lille.staff
            )
            #expect(try await lille.store.sheet(of: run).helpers.isEmpty)
            #expect(try await add() == nil)
            #expect(try await lille.count("select count(*) from run_helpers") == 2)
        }
    }
}
