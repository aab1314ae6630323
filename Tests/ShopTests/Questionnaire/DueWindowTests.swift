import Foundation
import Shop
import Testing

@Suite("Questionnaires: when somebody is asked")
struct DueWindowTests {
    private let numbers = DueNumbers(
        entryDays: 14,
        monthsAfter: 6,
        windowMonths: 2,
        quietDays: 30
    )

    /// Months as Foundation's calendar adds them, which shares no line with ours.
    private func later(_ day: Day, months: Int) -> Day {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        let date = Date(timeIntervalSince1970: Double(day.number) * 86_400)
        guard let moved = calendar.date(byAdding: .month, value: months, to: date) else {
            return day
        }
        return Day(Int((moved.timeIntervalSince1970 / 86_400).rounded()))
    }

    @Test(
        "the days on which a course may have been over are those that lead to today, over two years with their leap day",
        arguments: [Moment.end, .sixMonths]
    )
    func leadsToToday(moment: Moment) throws {
        let first = try #require(Day(year: 2023, month: 6, day: 1))
        for numbers in [
            numbers, DueNumbers(entryDays: 0, monthsAfter: 1, windowMonths: 1, quietDays: 0),
        ] {
            // From when until when each day leads, by the other calendar.
            let windows = Dictionary(
                uniqueKeysWithValues: (-400..<770).map { offset in
                    let over = first.adding(days: offset)
                    let from = moment == .end ? over : later(over, months: numbers.monthsAfter)
                    return (over, (from: from, until: later(from, months: numbers.windowMonths)))
                }
            )
            for today in (0..<760).map(first.adding(days:)) {
                let found = DueWindow.overOn(dueAt: moment, on: today, numbers)
                let latest = DueWindow.latestBegun(moment, on: today, numbers)
                for back in -3..<400 where !(moment == .end && back > 100) {
                    let over = today.adding(days: -back)
                    let window = try #require(windows[over])
                    let isDue = window.from <= today && today <= window.until
                    guard isDue == (found?.contains(over) ?? false),
                        (window.from <= today) == (over <= latest)
                    else {
                        Issue.record("over on \(over.iso), asked on \(today.iso)")
                        return
                    }
                }
            }
        }
    }

    @Test("a window without length may have no day: nobody is asked then")
    func noDay() throws {
        let none = DueNumbers(entryDays: 0, monthsAfter: 6, windowMonths: 0, quietDays: 0)
        let lastOfMarch = try #require(Day(year: 2026, month: 3, day: 31))
        #expect(DueWindow.overOn(dueAt: .sixMonths, on: lastOfMarch, none) == nil)
        let lastOfFebruary = try #require(Day(year: 2026, month: 2, day: 28))
        let days = DueWindow.overOn(dueAt: .sixMonths, on: lastOfFebruary, none)
        #expect(days?.lowerBound.iso == "2025-08-28" && days?.upperBound.iso == "2025-08-31")
    }
}
