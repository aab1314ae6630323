/// A version of a set of rules by which machines are graded: points for the processor, the memory and each disk, the grade
/// of their total, and caps. What a grading applied is named by code and first day.
public struct GradingRules: Hashable, Sendable, Encodable {
    public let code: String
    public let startsOn: Day
    public let french: String
    public let english: String
    /// What it grades, in the order of their cases.
    public let kinds: [DeviceKind]
    /// However many disks there are, they bring no more.
    public let diskPointsMost: Int
    /// Whether memory that is no whole number of gigabytes is refused; rounded down otherwise.
    public let wantsWholeGigabytes: Bool
    /// What somebody may add or take off for how the machine looks; nil: nothing.
    public let weight: ClosedRange<Int>?
    /// Of each part, ascending, the open one last.
    public let points: [Part: [Threshold]]
    /// Ascending, the open one last.
    public let grades: [TotalGrade]
    public let caps: [Cap]
    /// From its day on nobody grades by it any more.
    public let isWithdrawn: Bool

    /// Raw values are stored: never rename or reuse one.
    public enum Part: String, CaseIterable, Sendable, Codable, CodingKeyRepresentable {
        case processor, memory, hdd, ssd, nvme
    }

    /// What is under `below` is worth `points`; without `below`, all that is left.
    public struct Threshold: Hashable, Sendable, Codable {
        public let below: Int?
        public let points: Int

        public init(below: Int?, points: Int) {
            self.below = below
            self.points = points
        }
    }

    /// A total under `below` is graded `verdict`; without `below`, all that is left.
    public struct TotalGrade: Hashable, Sendable, Codable {
        public let below: Int?
        public let verdict: Verdict

        public init(below: Int?, verdict: Verdict) {
            self.below = below
            self.verdict = verdict
        }
    }

    /// The best grade of a machine whose processor has a mark under `processorBelow`.
    public struct Cap: Hashable, Sendable, Codable {
        public let processorBelow: Int
        public let storage: Storage
        public let best: Grade

        public init(processorBelow: Int, storage: Storage, best: Grade) {
            self.processorBelow = processorBelow
            self.storage = storage
            self.best = best
        }
    }

    /// Raw values are stored: never rename or reuse one.
    public enum Storage: String, CaseIterable, Sendable, Codable {
        /// An SSD or NVMe disk is in it, whatever else.
        case flash
        /// Nothing faster than a hard disk.
        case hdd
    }

    /// Throws `fieldMissing` when it grades nothing, `gradingRulesUneven` when a part or the totals leave a value out, say one
    /// twice, or go beyond what points may be.
    public init(
        code: String,
        startsOn: Day,
        french: String,
        english: String,
        kinds: Set<DeviceKind>,
        diskPointsMost: Int,
        wantsWholeGigabytes: Bool,
        weight: ClosedRange<Int>?,
        points: [Part: [Threshold]],
        grades: [TotalGrade],
        caps: [Cap],
        isWithdrawn: Bool
    ) throws(Refusal) {
        guard !kinds.isEmpty else {
            throw Refusal(.fieldMissing, ["field": .field(.deviceKind)])
        }
        for part in Part.allCases {
            let thresholds = points[part] ?? []
            guard isWhole(thresholds.map(\.below), in: 1...10_000_000),
                thresholds.allSatisfy({ pointsRange ~= $0.points })
            else { throw uneven(part.rawValue) }
        }
        guard isWhole(grades.map(\.below), in: -1000...1000) else { throw uneven("grades") }
        let marks = caps.map { "\($0.processorBelow) \($0.storage)" }
        guard Set(marks).count == caps.count,
            caps.allSatisfy({ 1...1_000_000 ~= $0.processorBelow }), caps.count <= 20
        else { throw uneven("caps") }
        guard 0...100 ~= diskPointsMost else { throw uneven("disk_points_most") }
        if let weight {
            guard -100...0 ~= weight.lowerBound, 0...100 ~= weight.upperBound else {
                throw uneven("weight")
            }
        }
        self.code = code
        self.startsOn = startsOn
        self.french = french
        self.english = english
        self.kinds = DeviceKind.allCases.filter(kinds.contains)
        self.diskPointsMost = diskPointsMost
        self.wantsWholeGigabytes = wantsWholeGigabytes
        self.weight = weight
        self.points = points
        self.grades = grades
        self.caps = caps
        self.isWithdrawn = isWithdrawn
    }

    public func name(in language: Language) -> String { language.choose(french, english) }
}

private let pointsRange = -100...100

/// Each value once, ascending, and the open one last.
private func isWhole(_ belows: [Int?], in range: ClosedRange<Int>) -> Bool {
    let closed = belows.dropLast().compactMap(\.self)
    return belows.count <= 50 && belows.last == .some(nil) && closed.count == belows.count - 1
        && closed.allSatisfy(range.contains) && zip(closed, closed.dropFirst()).allSatisfy(<)
}

private func uneven(_ part: String) -> Refusal {
    Refusal(.gradingRulesUneven, ["part": .text(part)])
}

extension [GradingRules] {
    /// The version of each code that is in force on a day, the newest first, without those withdrawn.
    public func inForce(on day: Day) -> [GradingRules] {
        Dictionary(grouping: filter { $0.startsOn <= day }, by: \.code)
            .compactMap { $1.max { $0.startsOn < $1.startsOn } }
            .filter { !$0.isWithdrawn }
            .sorted { ($1.startsOn, $0.code) < ($0.startsOn, $1.code) }
    }

    /// Those that grade machines of a kind on a day, the newest first.
    public func inForce(for kind: DeviceKind, on day: Day) -> [GradingRules] {
        inForce(on: day).filter { $0.kinds.contains(kind) }
    }
}
