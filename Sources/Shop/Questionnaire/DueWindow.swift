/// How long somebody is asked for, as the dated numbers say it.
public struct DueNumbers: Hashable, Sendable {
    /// After the first session that somebody could attend, so many days more for the questionnaire of entry.
    public let entryDays: Int
    /// So many months after the course was over.
    public let monthsAfter: Int
    /// For so many months the last two are asked for.
    public let windowMonths: Int
    /// A run is over once every module had its session, or nothing was held or planned for more than so many days.
    public let quietDays: Int

    public init(entryDays: Int, monthsAfter: Int, windowMonths: Int, quietDays: Int) {
        self.entryDays = entryDays
        self.monthsAfter = monthsAfter
        self.windowMonths = windowMonths
        self.quietDays = quietDays
    }
}

/// When a moment is asked for. Both ends still count.
///
/// At entry: from the day of enrolment on, until `entryDays` after the first session held since. At the end: from the day on
/// which the course was over for somebody, which is the one of their completion, else of the run's last session. Six
/// months after: `monthsAfter` that day. The last two for `windowMonths`.
public enum DueWindow {
    /// From when until when; the end is nil while no session was held.
    public static func entry(
        enrolledOn: Day,
        firstHeldOn: Day?,
        _ numbers: DueNumbers
    ) -> (from: Day, until: Day?) {
        (enrolledOn, firstHeldOn.map { $0.adding(days: numbers.entryDays) })
    }

    public static func after(
        overOn: Day,
        _ moment: Moment,
        _ numbers: DueNumbers
    ) -> ClosedRange<Day> {
        let from = begins(overOn: overOn, moment, numbers)
        return from...from.adding(months: numbers.windowMonths)
    }

    /// The days on which a course may have been over for whom it is asked today: since months have unlike lengths,
    /// several days may lead to the same one, and all of them count. Nil when there is none.
    public static func overOn(
        dueAt moment: Moment,
        on today: Day,
        _ numbers: DueNumbers
    ) -> ClosedRange<Day>? {
        let latest = latestBegun(moment, on: today, numbers)
        let earliest = edge(
            near: today.adding(
                months: -numbers.windowMonths - (moment == .end ? 0 : numbers.monthsAfter)
            )
        ) { after(overOn: $0, moment, numbers).upperBound >= today }
        return earliest <= latest ? earliest...latest : nil
    }

    /// The last day on which a course may have been over for whom the moment has begun by today.
    public static func latestBegun(
        _ moment: Moment,
        on today: Day,
        _ numbers: DueNumbers
    ) -> Day {
        edge(near: today.adding(months: moment == .end ? 0 : -numbers.monthsAfter)) {
            begins(overOn: $0, moment, numbers) > today
        }.adding(days: -1)
    }

    private static func begins(overOn: Day, _ moment: Moment, _ numbers: DueNumbers) -> Day {
        moment == .end ? overOn : overOn.adding(months: numbers.monthsAfter)
    }

    /// The first day for which `holds`, which holds for every later one: a few days around the guess.
    private static func edge(near guess: Day, _ holds: (Day) -> Bool) -> Day {
        var day = guess
        while holds(day.adding(days: -1)) { day = day.adding(days: -1) }
        while !holds(day) { day = day.adding(days: 1) }
        return day
    }
}
