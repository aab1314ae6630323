import Shop

/// Where a list of what holds for kinds of machines goes on, by kind and the last version first: `laptop.2026-01-01`.
struct VersionPlace {
    let kind: DeviceKind
    let startsOn: Day

    var text: String { "\(kind.rawValue).\(startsOn.iso)" }

    init(kind: DeviceKind, startsOn: Day) {
        self.kind = kind
        self.startsOn = startsOn
    }

    /// Nil for what no list said.
    init?(_ text: String) {
        let parts = text.split(separator: ".")
        guard parts.count == 2, let kind = DeviceKind(rawValue: String(parts[0])),
            let startsOn = Day(iso: String(parts[1]))
        else { return nil }
        self.init(kind: kind, startsOn: startsOn)
    }
}

/// Today or a day to come, within a year: nobody would see a slip in the year, and nothing would change. Throws
/// `startsInPast`, `startsTooFar`.
func checkSoon(_ day: Day, today: Day) throws(Refusal) {
    try checkNotPast(day, today: today)
    let last = today.adding(months: 12)
    guard day <= last else {
        throw Refusal(
            .startsTooFar,
            ["field": .field(.startsOn), "day": .day(day), "last": .day(last)]
        )
    }
}
