import Postgres
public import Shop

extension Store {
    /// Every row of both lists, by list and code, the newest first. A few dozen at most.
    public func helpDeskCodes() async throws -> [HelpDeskCode] {
        try await transaction { tx in try tx.helpDeskCodes() }
    }

    /// Writes down a word of one of the lists, from a day on: a new one, other words for one, or its end. Throws
    /// `associationOnly` for whoever does not manage every shop, `startsInPast` before today, `changeAlreadyDated` when it
    /// changes that day already.
    public func setHelpDeskCode(
        _ code: NewHelpDeskCode,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> HelpDeskCode {
        try await command(
            "set-help-desk-code",
            key: key,
            input: code,
            by: staff,
            facts: ["day": .day(code.startsOn)]
        ) { tx, now in
            try staff.checkHoldsEverywhere(.shopManagers)
            try checkNotPast(code.startsOn, today: now.day)
            try tx.execute(
                """
                insert into help_desk_codes (list, code, starts_on, name_fr, name_en, withdrawn, recorded_at, recorded_by)
                values (\(code.list), \(code.code), \(code.startsOn), \(code.french), \(code.english), \(code.isWithdrawn),
                        \(now), \(staff.id))
                """
            )
            return HelpDeskCode(
                list: code.list,
                code: code.code,
                startsOn: code.startsOn,
                french: code.french.text,
                english: code.english.text,
                isWithdrawn: code.isWithdrawn
            )
        }
    }
}

extension Transaction {
    func helpDeskCodes() throws -> [HelpDeskCode] {
        try query(
            """
            select list, code, starts_on, name_fr, name_en, withdrawn from help_desk_codes
            order by list, code, starts_on desc
            """
        ).map { row in
            HelpDeskCode(
                list: try row["list"],
                code: try row["code"],
                startsOn: try row["starts_on"],
                french: try row["name_fr"],
                english: try row["name_en"],
                isWithdrawn: try row["withdrawn"]
            )
        }
    }
}
