import Postgres
public import Shop

/// Whether what comes back for a reason gives the right and the limit back, from a day on.
public struct ReturnRule: Hashable, Sendable, Codable {
    public let reason: RefundReason
    public let givesRightBack: Bool
    public let startsOn: Day

    public init(reason: RefundReason, givesRightBack: Bool, startsOn: Day) {
        self.reason = reason
        self.givesRightBack = givesRightBack
        self.startsOn = startsOn
    }

    /// « Ne fonctionne pas : le droit et le plafond reviennent. »
    public func words(in language: Language) -> String {
        let reason = reason.name(in: language)
        return givesRightBack
            ? language.choose(
                "\(reason)\u{A0}: le droit et le plafond reviennent.",
                "\(reason): right and limit are given back."
            )
            : language.choose(
                "\(reason)\u{A0}: le droit et le plafond ne reviennent pas.",
                "\(reason): right and limit are not given back."
            )
    }
}

extension Store {
    /// Every row of every reason, reason by reason, the newest first.
    public func returnRules() async throws -> [ReturnRule] {
        try await transaction { tx in
            try tx.query(
                "select reason, starts_on, gives_right_back from return_rules order by reason, starts_on desc"
            ).map { row in
                ReturnRule(
                    reason: try row["reason"],
                    givesRightBack: try row["gives_right_back"],
                    startsOn: try row["starts_on"]
                )
            }
        }
    }

    /// Says it of one reason from a day to come on, so that what comes back meanwhile is of the rule before. Throws
    /// `associationOnly` for whoever does not administer every shop, `startsTooSoon`, `changeAlreadyDated` when it changes
    /// that day already.
    public func setReturnRule(
        _ reason: RefundReason,
        givesRightBack: Bool,
        from day: Day,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> ReturnRule {
        let rule = ReturnRule(reason: reason, givesRightBack: givesRightBack, startsOn: day)
        return try await command(
            "set-return-rule",
            key: key,
            input: rule,
            by: staff,
            facts: ["day": .day(day)]
        ) { tx, now in
            try staff.checkHoldsEverywhere(.administrators)
            guard day > now.day else {
                throw Refusal(
                    .startsTooSoon,
                    ["field": .field(.startsOn), "day": .day(day), "today": .day(now.day)]
                )
            }
            try tx.execute(
                """
                insert into return_rules (reason, starts_on, gives_right_back, recorded_at, recorded_by)
                values (\(reason), \(day), \(givesRightBack), \(now), \(staff.id))
                """
            )
            return rule
        }
    }
}

extension [ReturnRule] {
    /// What holds on a day, a reason each.
    public func inForce(on day: Day) -> [ReturnRule] {
        RefundReason.allCases.compactMap { reason in
            first { $0.reason == reason && $0.startsOn <= day }
        }
    }
}
