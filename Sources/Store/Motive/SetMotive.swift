import Postgres
public import Shop

extension Store {
    /// Writes a motive down, from a day on: a new one, other words for one, or its end. Throws `associationOnly` for whoever
    /// does not manage every shop, `startsInPast` before today, `changeAlreadyDated` when it changes that day already.
    public func setMotive(
        _ motive: NewMotive,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> Motive {
        try await command(
            "set-motive",
            key: key,
            input: motive,
            by: staff,
            facts: ["day": .day(motive.startsOn)]
        ) { tx, now in
            try staff.checkHoldsEverywhere(.shopManagers)
            try checkNotPast(motive.startsOn, today: now.day)
            try tx.execute(
                """
                insert into motives (code, starts_on, name_fr, name_en, withdrawn, recorded_at, recorded_by)
                values (\(motive.code), \(motive.startsOn), \(motive.french), \(motive.english), \(motive.isWithdrawn),
                        \(now), \(staff.id))
                """
            )
            return Motive(
                code: motive.code.text,
                startsOn: motive.startsOn,
                french: motive.french.text,
                english: motive.english.text,
                isWithdrawn: motive.isWithdrawn
            )
        }
    }
}
