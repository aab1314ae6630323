import Postgres
public import Shop

/// What whoever grants an exception chooses from, and until when it may last.
public struct OverrideChoices: Sendable {
    /// In the association's order.
    public let motives: [OverrideMotive]
    public let today: Day
    public let last: Day

    public init(motives: [OverrideMotive], today: Day, last: Day) {
        self.motives = motives
        self.today = today
        self.last = last
    }
}

extension Store {
    public func overrideChoices() async throws -> OverrideChoices {
        let today = clock.now().day
        return try await transaction { tx in
            OverrideChoices(
                motives: try tx.query(motivesOf(today)).map { row in
                    OverrideMotive(
                        code: try row["code"],
                        french: try row["name_fr"],
                        english: try row["name_en"]
                    )
                },
                today: today,
                last: today.adding(days: try tx.number("override_days", on: today))
            )
        }
    }
}

/// The motives that may be chosen on a day.
func motivesOf(_ day: Day) -> SQL {
    """
    select code, name_fr, name_en from override_motives
    where starts_on <= \(day) and (ends_on is null or ends_on >= \(day)) order by position, code
    """
}
