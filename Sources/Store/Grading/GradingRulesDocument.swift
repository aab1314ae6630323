public import Shop

/// A version of a set of rules, as files, commands and programs read and write it.
public struct GradingRulesDocument: Codable, Sendable {
    public let code: String
    /// Absent when it is written: today.
    public let startsOn: Day?
    public let nameFr: String
    public let nameEn: String
    public let deviceKinds: [DeviceKind]
    public let diskPointsMost: Int
    /// Absent: yes.
    public let wholeGigabytes: Bool?
    /// These two absent: looks weigh nothing.
    public let weightLeast: Int?
    public let weightMost: Int?
    public let points: [Points]
    public let grades: [TotalGrade]
    public let caps: [Cap]
    /// From its day on nobody grades by it any more. Absent: no.
    public let withdrawn: Bool?

    public struct Points: Codable, Sendable {
        public let part: GradingRules.Part
        /// Absent: all that is left.
        public let below: Int?
        public let points: Int
    }

    public struct TotalGrade: Codable, Sendable {
        public let below: Int?
        public let grade: Verdict
    }

    public struct Cap: Codable, Sendable {
        public let processorBelow: Int
        public let storage: GradingRules.Storage
        public let best: Grade
    }

    public init(_ rules: GradingRules) {
        code = rules.code
        startsOn = rules.startsOn
        nameFr = rules.french
        nameEn = rules.english
        deviceKinds = rules.kinds
        diskPointsMost = rules.diskPointsMost
        wholeGigabytes = rules.wantsWholeGigabytes
        weightLeast = rules.weight?.lowerBound
        weightMost = rules.weight?.upperBound
        points = GradingRules.Part.allCases.flatMap { part in
            (rules.points[part] ?? []).map {
                Points(part: part, below: $0.below, points: $0.points)
            }
        }
        grades = rules.grades.map { TotalGrade(below: $0.below, grade: $0.verdict) }
        caps = rules.caps.map {
            Cap(processorBelow: $0.processorBelow, storage: $0.storage, best: $0.best)
        }
        withdrawn = rules.isWithdrawn
    }

    /// Throws `codeUnreadable`, `fieldMissing`, `gradingRulesUneven`.
    public func rules(today: Day) throws(Refusal) -> GradingRules {
        var weight: ClosedRange<Int>?
        if let least = weightLeast, let most = weightMost, least <= most { weight = least...most }
        if weight == nil, weightLeast != nil || weightMost != nil {
            throw Refusal(.gradingRulesUneven, ["part": .text("weight")])
        }
        return try GradingRules(
            code: ShortCode(typed: code).text,
            startsOn: startsOn ?? today,
            french: ShortText(typed: nameFr, field: .nameFrench).text,
            english: ShortText(typed: nameEn, field: .nameEnglish).text,
            kinds: Set(deviceKinds),
            diskPointsMost: diskPointsMost,
            wantsWholeGigabytes: wholeGigabytes ?? true,
            weight: weight,
            points: Dictionary(grouping: points, by: \.part).mapValues { rows in
                rows.map { GradingRules.Threshold(below: $0.below, points: $0.points) }
            },
            grades: grades.map { GradingRules.TotalGrade(below: $0.below, verdict: $0.grade) },
            caps: caps.map {
                GradingRules.Cap(
                    processorBelow: $0.processorBelow,
                    storage: $0.storage,
                    best: $0.best
                )
            },
            isWithdrawn: withdrawn ?? false
        )
    }
}
