import Foundation
import Postgres
import Shop
import TestSupport
import Testing

@testable import Store

@Suite("Questionnaires: who is due")
struct DueTests {
    /// Months as Foundation's calendar adds them, which shares no line with ours.
    private static func later(_ day: Day, months: Int) -> Day {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        let date = Date(timeIntervalSince1970: Double(day.number) * 86_400)
        let moved = calendar.date(byAdding: .month, value: months, to: date) ?? date
        return Day(Int((moved.timeIntervalSince1970 / 86_400).rounded()))
    }

    /// What is known of one enrolment, for computing by hand.
    private struct Known {
        let person: String
        let enrolledOn: Day
        let firstHeldOn: Day?
        /// The day of completion, or the run's last session with the first day on which the run is known to be over.
        let overOn: Day
        let knownFrom: Day

        func isDue(_ moment: Moment, on today: Day) -> Bool {
            let isOver = today >= knownFrom
            switch moment {
            case .entry:
                let last = [firstHeldOn, isOver ? overOn : nil].compactMap(\.self).min()
                return enrolledOn <= today && last.map { today <= $0.adding(days: 14) } ?? true
            case .end:
                return isOver && overOn <= today && today <= later(overOn, months: 2)
            case .sixMonths:
                let from = later(overOn, months: 6)
                return isOver && from <= today && today <= later(from, months: 2)
            }
        }
    }

    @Test(
        "each day of fifteen months, whoever the calendar says is due is on the list, and nobody else"
    )
    func everyDay() async throws {
        try await withLille { lille in
            try await lille.furnishQuestionnaires()
            func day(_ text: String) throws -> Day { try Day(typed: text) }
            let whole = try await lille.run()
            for module in 1...7 { try await lille.hold(whole, module: module, minutes: 130) }
            let open = try await lille.run("LI-2022-02", with: [lille.chloe])
            for module in 1...3 { try await lille.hold(open, module: module, minutes: 130) }
            // Amina finished on the last day of a long month; Bruno did not.
            _ = try await lille.at(day("2022-10-31")).complete(
                CompletionRequest(run: whole, persons: [lille.amina], on: day("2022-10-31")),
                key: lille.key(),
                by: lille.staff
            )
            let known = [
                Known(
                    person: "P-222222",
                    enrolledOn: try day("2022-09-01"),
                    firstHeldOn: try day("2022-09-01"),
                    overOn: try day("2022-10-31"),
                    knownFrom: Day(0)
                ),
                Known(
                    person: "P-222223",
                    enrolledOn: try day("2022-09-01"),
                    firstHeldOn: try day("2022-09-01"),
                    overOn: try day("2022-09-07"),
                    knownFrom: try day("2022-09-07")
                ),
                // Three modules of seven: over once nothing came for more than thirty days.
                Known(
                    person: "P-222224",
                    enrolledOn: try day("2022-09-01"),
                    firstHeldOn: try day("2022-09-01"),
                    overOn: try day("2022-09-03"),
                    knownFrom: try day("2022-10-04")
                ),
            ]
            for offset in 0..<460 {
                let today = try day("2022-08-30").adding(days: offset)
                for moment in Moment.allCases {
                    let found = try await lille.at(today).dueQuestionnaires(DueFilter(moment)).items
                        .map(\.due.person)
                    let wanted = known.filter { $0.isDue(moment, on: today) }.map(\.person)
                    guard Set(found) == Set(wanted), found.count == wanted.count else {
                        Issue.record("\(moment) on \(today.iso): \(found), expected \(wanted)")
                        return
                    }
                }
            }
        }
    }

    @Test("a planned session that is still to come keeps the run open, one called off does not")
    func planned() async throws {
        try await withLille { lille in
            try await lille.furnishQuestionnaires()
            let run = try await lille.run()
            for module in 1...7 { try await lille.hold(run, module: module, minutes: 130) }
            let store = lille.at(try Day(typed: "2022-09-08"))
            #expect(try await store.dueCounts(run: run) == [.entry: 2, .end: 2, .sixMonths: 0])
            let planned = try await store.planSession(
                SessionPlan(
                    module: 7,
                    plannedOn: Day(typed: "2022-09-20"),
                    startsAt: TimeOfDay(typed: "14:00")
                ),
                in: run,
                key: lille.key(),
                by: lille.staff
            )
            #expect(try await store.dueCounts(run: run)[.end] == 0)
            _ = try await store.cancelSession(
                planned.id,
                motive: ShortText(typed: "Vacances", field: .motive),
                key: lille.key(),
                by: lille.staff
            )
            #expect(try await store.dueCounts(run: run)[.end] == 2)
        }
    }

    @Test("the list is paged by key, of one run where it is named, and of one's own shops")
    func pages() async throws {
        try await withLille { lille in
            try await lille.furnishQuestionnaires()
            let people = try await lille.persons(7)
            let (one, two) = (
                try await lille.run("LI-2022-01", with: Array(people[..<5])),
                try await lille.run("LI-2022-02", with: Array(people[5...]))
            )
            let store = lille.at(try Day(typed: "2022-09-02"))
            var seen: [ID<Enrolment>] = []
            var after: String?
            repeat {
                let part = try await store.dueQuestionnaires(
                    DueFilter(.entry),
                    after: after,
                    limit: 3
                )
                seen += part.items.map(\.due.enrolment)
                after = part.next
            } while after != nil
            #expect(seen.count == 7 && Set(seen).count == 7)
            #expect(try await store.dueCounts(run: one)[.entry] == 5)
            let ofTwo = try await store.dueQuestionnaires(DueFilter(.entry, run: two)).items
            #expect(ofTwo.map(\.due.run) == [two.text, two.text])
            #expect(ofTwo.allSatisfy { $0.due.until == nil })
            let elsewhere = DueFilter(.entry, in: .shops([store.newID()]))
            #expect(try await store.dueQuestionnaires(elsewhere).items.isEmpty)
        }
    }
}
