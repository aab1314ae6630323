import Postgres
public import Shop

extension Store {
    /// Writes a version of a set of rules down, from a day on: a new set, other numbers for one, or its end. What was graded
    /// keeps the version of its day. Throws `associationOnly` for whoever does not work the stock of every shop, `startsInPast`
    /// before today, `changeAlreadyDated` when it changes that day already.
    public func setGradingRules(
        _ rules: GradingRules,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> String {
        let facts: [String: Refusal.Fact] = [
            "field": .field(.startsOn), "day": .day(rules.startsOn), "text": .text(rules.code),
        ]
        return try await command(
            "set-grading-rules",
            key: key,
            input: rules,
            by: staff,
            facts: facts
        ) { tx, now in
            try staff.checkHoldsEverywhere(.stockWorkers)
            try checkNotPast(rules.startsOn, today: now.day)
            _ = try tx.pipeline(rules.rows(at: now, by: staff.id))
            return rules.code
        }
    }
}

extension GradingRules {
    /// The statements that write a version down. `user` is absent for what comes with the installation.
    func rows(at now: Instant, by user: ID<User>?) -> [SQL] {
        let version: SQL = "\(code), \(startsOn)"
        let thresholds = Part.allCases.flatMap { part in
            (points[part] ?? []).map { (part: part, below: $0.below, points: $0.points) }
        }
        let own: [SQL] = [
            """
            insert into grading_rule_sets (code, starts_on, name_fr, name_en, device_kinds, disk_points_most, whole_gigabytes,
                weight_least, weight_most, withdrawn, recorded_at, recorded_by)
            values (\(version), \(french), \(english), \(kinds), \(diskPointsMost), \(wantsWholeGigabytes),
                \(weight?.lowerBound), \(weight?.upperBound), \(isWithdrawn), \(now), \(user))
            """
        ]
        let thresholdRows: [SQL] = thresholds.map { row in
            """
            insert into grading_points (code, starts_on, part, below, points)
            values (\(version), \(row.part), \(row.below), \(row.points))
            """
        }
        let totalRows: [SQL] = grades.map { row in
            """
            insert into grading_grades (code, starts_on, below, verdict)
            values (\(version), \(row.below), \(row.verdict))
            """
        }
        let capRows: [SQL] = caps.map { cap in
            """
            insert into grading_caps (code, starts_on, processor_below, storage, best)
            values (\(version), \(cap.processorBelow), \(cap.storage), \(cap.best))
            """
        }
        return own + thresholdRows + totalRows + capRows
    }
}
