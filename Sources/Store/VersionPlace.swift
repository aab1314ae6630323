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
