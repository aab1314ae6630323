import Postgres
public import Shop

extension Store {
    /// Every version of every set of rules, by code, the newest first. A few rows: a set changes once in years.
    public func gradingRules() async throws -> [GradingRules] {
        try await transaction { tx in try tx.gradingRules() }
    }
}

extension Transaction {
    func gradingRules() throws -> [GradingRules] {
        let rows = try pipeline([
            """
            select code, starts_on, name_fr, name_en, device_kinds, disk_points_most, whole_gigabytes, weight_least,
                   weight_most, withdrawn
            from grading_rule_sets order by code, starts_on desc
            """,
            "select code, starts_on, part, below, points from grading_points order by below nulls last",
            "select code, starts_on, below, verdict from grading_grades order by below nulls last",
            """
            select code, starts_on, processor_below, storage, best from grading_caps order by processor_below, storage
            """,
        ])
        func byVersion(_ rows: Rows) throws -> [String: [Row]] {
            try Dictionary(grouping: rows) { try version($0) }
        }
        let (points, grades, caps) = (
            try byVersion(rows[1]), try byVersion(rows[2]), try byVersion(rows[3])
        )
        return try rows[0].map { row in
            let version = try version(row)
            return try GradingRules(
                row,
                points: points[version] ?? [],
                grades: grades[version] ?? [],
                caps: caps[version] ?? []
            )
        }
    }
}

private func version(_ row: Row) throws -> String {
    let (code, startsOn): (String, Day) = (try row["code"], try row["starts_on"])
    return "\(code) \(startsOn.iso)"
}

extension GradingRules {
    fileprivate init(_ row: Row, points: [Row], grades: [Row], caps: [Row]) throws {
        let kinds: [DeviceKind] = try row["device_kinds"]
        let least: Int? = try row["weight_least"]
        let most: Int? = try row["weight_most"]
        try self.init(
            code: try row["code"],
            startsOn: try row["starts_on"],
            french: try row["name_fr"],
            english: try row["name_en"],
            kinds: Set(kinds),
            diskPointsMost: try row["disk_points_most"],
            wantsWholeGigabytes: try row["whole_gigabytes"],
            weight: least.flatMap { least in most.map { least...$0 } },
            points: try Dictionary(grouping: points) { try $0["part"] as Part }
                .mapValues { rows in
                    try rows.map { Threshold(below: try $0["below"], points: try $0["points"]) }
                },
            grades: try grades.map {
                TotalGrade(below: try $0["below"], verdict: try $0["verdict"])
            },
            caps: try caps.map {
                Cap(
                    processorBelow: try $0["processor_below"],
                    storage: try $0["storage"],
                    best: try $0["best"]
                )
            },
            isWithdrawn: try row["withdrawn"]
        )
    }
}
