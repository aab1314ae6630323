extension Day {
    /// As a sheet for people says it: `1er mars 2026`, `1 March 2026`.
    public func spelled(in language: Language) -> String {
        let (year, month, day) = parts
        let months = language == .french ? Self.frenchMonths : Self.englishMonths
        let number = day == 1 ? language.choose("1er", "1") : String(day)
        return "\(number)\u{A0}\(months[month - 1])\u{A0}\(year)"
    }

    /// `lundi 1er mars`, `Monday 1 March`: a day of the week that is shown.
    public func spelledInWeek(in language: Language) -> String {
        let names = language == .french ? Self.frenchDays : Self.englishDays
        let name = names[number(since: Day.monday)]
        return
            "\(name) \(spelled(in: language).split(separator: "\u{A0}").dropLast().joined(separator: "\u{A0}"))"
    }

    /// The Monday of this day's week.
    public var firstOfWeek: Day {
        adding(days: -number(since: Day.monday))
    }

    /// "novembre 2026".
    public func spelledMonth(in language: Language) -> String {
        let months =
            switch language {
            case .french: Day.frenchMonths
            case .english: Day.englishMonths
            }
        return "\(months[parts.month - 1]) \(parts.year)"
    }

    /// A Monday: 5 January 1970.
    private static let monday = Day(4)

    /// 0 on the same day of the week, 6 on the one before.
    private func number(since first: Day) -> Int {
        let rest = (number - first.number) % 7
        return rest < 0 ? rest + 7 : rest
    }

    private static let frenchDays = [
        "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche",
    ]
    private static let englishDays = [
        "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
    ]
    private static let frenchMonths = [
        "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre",
        "octobre", "novembre", "décembre",
    ]
    private static let englishMonths = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September",
        "October", "November", "December",
    ]
}
