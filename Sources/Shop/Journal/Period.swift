/// What is closed for ever at a till once it is over.
public enum Period: String, CaseIterable, Sendable, Codable {
    case day, month, year

    public func name(in language: Language) -> String {
        switch self {
        case .day: language.choose("journée", "day")
        case .month: language.choose("mois", "month")
        case .year: language.choose("année", "year")
        }
    }

    /// The last day of the period that `day` is in.
    public func end(of day: Day) -> Day {
        switch self {
        case .day: day
        case .month: day.firstOfMonth.adding(months: 1).adding(days: -1)
        case .year: day.firstOfMonth.adding(months: 13 - day.parts.month).adding(days: -1)
        }
    }
}

extension Instant {
    /// The day of business of a moment: a day lasts until so many minutes after midnight, by the shop's clock.
    public func businessDay(endingAt minutes: Int) -> Day {
        guard minutes > 0 else { return day }
        let parts = clock.split(separator: ":").compactMap { Int($0) }
        return parts[0] * 60 + parts[1] < minutes ? day.adding(days: -1) : day
    }
}

/// How far a till's periods are closed.
public struct ClosedPeriods: Sendable {
    /// The last day that is closed, by period; absent where none ever was.
    public let ends: [Period: Day]
    /// The last day before today of the drawers that no closing covers; nil when all are covered.
    public let openDay: Day?
    /// Today, where a drawer of it is covered by no closing.
    public let openToday: Day?
    /// Whether one of these drawers is still open.
    public let hasOpenDrawer: Bool

    public init(ends: [Period: Day], openDay: Day?, openToday: Day?, hasOpenDrawer: Bool) {
        self.ends = ends
        self.openDay = openDay
        self.openToday = openToday
        self.hasOpenDrawer = hasOpenDrawer
    }

    /// A period to close: the day that was worked last, or the month or year of it.
    public struct Due: Hashable, Sendable {
        public let period: Period
        public let endsOn: Day
    }

    /// What is over on `today` and not closed yet, in the order in which it is closed: the day, its month, its year. One of each
    /// at most, since no drawer opens on a later day before.
    public func due(on today: Day) -> [Due] {
        if hasOpenDrawer { return [] }
        var due = openDay.map { [Due(period: .day, endsOn: $0)] } ?? []
        guard let worked = openDay ?? ends[.day] else { return due }
        for period in [Period.month, .year] {
            let end = period.end(of: worked)
            if end < today, ends[period].map({ $0 < end }) ?? true {
                due.append(Due(period: period, endsOn: end))
            }
        }
        return due
    }

    /// The day that is closed before `today` is over, since nothing more is sold on it. Throws `closingNeedsDrawer` while the drawer is open,
    /// `nothingToClose` when no drawer was opened since.
    public func dayToClose() throws(Refusal) -> Due {
        guard let day = openDay ?? openToday else { throw Refusal(.nothingToClose) }
        if hasOpenDrawer { throw Refusal(.closingNeedsDrawer, ["on": .day(day)]) }
        return Due(period: .day, endsOn: day)
    }

    /// The month or year that is to be closed. Throws `closingNeedsDay` while one of its days is open, `closingTooSoon` before it is
    /// over, `nothingToClose`.
    public func toClose(_ period: Period, on today: Day) throws(Refusal) -> Due {
        guard period != .day else { return try dayToClose() }
        let open = openDay ?? openToday
        guard let worked = open ?? ends[.day] else { throw Refusal(.nothingToClose) }
        let end = period.end(of: worked)
        if let last = ends[period], last >= end { throw Refusal(.nothingToClose) }
        guard end < today else { throw Refusal(.closingTooSoon, ["on": .day(end)]) }
        if let open { throw Refusal(.closingNeedsDay, ["on": .day(open)]) }
        // The last month that was worked, not December: no month is closed that had no day.
        let month = Period.month.end(of: worked)
        if period == .year, ends[.month].map({ $0 < month }) ?? true {
            throw Refusal(.closingNeedsDay, ["on": .day(month)])
        }
        return Due(period: period, endsOn: end)
    }
}
