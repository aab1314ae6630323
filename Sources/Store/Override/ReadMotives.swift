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

/// A motive as the association adds it: from a day on.
public struct NewOverrideMotive: Hashable, Sendable, Encodable {
    public let code: ShortCode
    public let french: ShortText
    public let english: ShortText
    public let startsOn: Day

    public init(code: ShortCode, french: ShortText, english: ShortText, startsOn: Day) {
        self.code = code
        self.french = french
        self.english = english
        self.startsOn = startsOn
    }
}

extension Store {
    /// Adds a motive at the end of the list. Throws `associationOnly`, `startsInPast`, `nameTaken`.
    public func addOverrideMotive(
        _ motive: NewOverrideMotive,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> String {
        try staff.checkHoldsEverywhere(.administrators)
        return try await command(
            "add-override-motive",
            key: key,
            input: motive,
            by: staff,
            facts: ["field": .field(.code), "text": .text(motive.code.text)]
        ) { tx, now in
            try checkNotPast(motive.startsOn, today: now.day)
            try tx.execute(
                """
                insert into override_motives (code, position, name_fr, name_en, starts_on)
                select \(motive.code), coalesce(max(position), 0) + 1, \(motive.french.text), \(motive.english.text),
                       \(motive.startsOn)
                from override_motives
                """
            )
            return motive.code.text
        }
    }

    /// The last day on which a motive may be chosen; what was granted for it stays. Throws `associationOnly`,
    /// `startsInPast`, `unknownThing`, `alreadyEnded`.
    public func endOverrideMotive(
        _ code: ShortCode,
        on day: Day,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> String {
        try staff.checkHoldsEverywhere(.administrators)
        return try await command(
            "end-override-motive",
            key: key,
            input: [code.text, day.iso],
            by: staff
        ) { tx, now in
            try checkNotPast(day, today: now.day)
            let ended = try tx.execute(
                "update override_motives set ends_on = \(day) where code = \(code) and ends_on is null"
            )
            if ended == 0 {
                let known = try tx.query("select from override_motives where code = \(code)")
                throw Refusal(
                    known.isEmpty ? .unknownThing : .alreadyEnded,
                    ["text": .text(code.text)]
                )
            }
            return code.text
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
