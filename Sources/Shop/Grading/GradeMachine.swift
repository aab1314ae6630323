/// What the rules look at in a machine.
public struct GradedMachine: Hashable, Sendable {
    /// Of the processor, in the test that the thresholds are of.
    public let mark: Int
    public let memoryMB: Int
    /// Those in it that were read.
    public let disks: [Disk]
    /// For how it looks; 0 where the rules have none.
    public let weight: Int

    public struct Disk: Hashable, Sendable {
        public let kind: DiskKind
        public let sizeGB: Int

        public init(kind: DiskKind, sizeGB: Int) {
            self.kind = kind
            self.sizeGB = sizeGB
        }
    }

    public init(mark: Int, memoryMB: Int, disks: [Disk], weight: Int = 0) {
        self.mark = mark
        self.memoryMB = memoryMB
        self.disks = disks
        self.weight = weight
    }
}

/// What the rules make of a machine, and how.
public struct GradingOutcome: Hashable, Sendable, Codable {
    /// The processor, the memory, then each disk.
    public let parts: [Scored]
    /// Of all disks, not above the most that they bring.
    public let diskPoints: Int
    public let weight: Int
    public let total: Int
    /// The one that lowered the grade most; nil when none did.
    public let cap: GradingRules.Cap?
    public let verdict: Verdict

    public struct Scored: Hashable, Sendable, Codable {
        public let part: GradingRules.Part
        /// A mark, or gigabytes.
        public let amount: Int
        public let points: Int

        public init(part: GradingRules.Part, amount: Int, points: Int) {
            self.part = part
            self.amount = amount
            self.points = points
        }
    }

    public init(
        parts: [Scored],
        diskPoints: Int,
        weight: Int,
        total: Int,
        cap: GradingRules.Cap?,
        verdict: Verdict
    ) {
        self.parts = parts
        self.diskPoints = diskPoints
        self.weight = weight
        self.total = total
        self.cap = cap
        self.verdict = verdict
    }
}

extension GradingRules {
    /// Grades a machine. Source of the first set: Emmaüs Connect's sheet of September 2023. Throws `memoryNotWhole`, then
    /// `quantityOutOfRange` for a weight beyond what the rules allow.
    ///
    /// A disk of which nobody knows what it is made counts as a hard disk. A cap raises nothing.
    public func grade(_ machine: GradedMachine) throws(Refusal) -> GradingOutcome {
        if wantsWholeGigabytes, machine.memoryMB % 1024 != 0 {
            throw Refusal(
                .memoryNotWhole,
                [
                    "field": .field(.memory), "found": .number(Int64(machine.memoryMB)),
                    "rules": .explained(french: french, english: english),
                ]
            )
        }
        let allowed = weight ?? 0...0
        guard allowed ~= machine.weight else {
            throw Refusal(
                .quantityOutOfRange,
                [
                    "field": .field(.looks), "least": .number(Int64(allowed.lowerBound)),
                    "most": .number(Int64(allowed.upperBound)),
                ]
            )
        }
        let processor = scored(.processor, machine.mark)
        let memory = scored(.memory, machine.memoryMB / 1024)
        let disks = machine.disks.map { scored(Part($0.kind), $0.sizeGB) }
        let diskPoints = min(disks.map(\.points).reduce(0, +), diskPointsMost)
        let total = processor.points + memory.points + diskPoints + machine.weight
        let earned = value(total, among: grades.map { ($0.below, $0.verdict) })
        let storage: Storage =
            machine.disks.contains { $0.kind == .ssd || $0.kind == .nvme } ? .flash : .hdd
        let strictest =
            caps
            .filter { $0.storage == storage && machine.mark < $0.processorBelow }
            .max { Verdict($1.best).atMost(Verdict($0.best)) == Verdict($1.best) }
        let verdict = strictest.map { earned.atMost(Verdict($0.best)) } ?? earned
        return GradingOutcome(
            parts: [processor, memory] + disks,
            diskPoints: diskPoints,
            weight: machine.weight,
            total: total,
            cap: verdict == earned ? nil : strictest,
            verdict: verdict
        )
    }

    private func scored(_ part: Part, _ amount: Int) -> GradingOutcome.Scored {
        let thresholds = points[part] ?? []
        return GradingOutcome.Scored(
            part: part,
            amount: amount,
            points: value(amount, among: thresholds.map { ($0.below, $0.points) })
        )
    }

    /// The last row is open, so that there is always one.
    private func value<Value>(_ amount: Int, among rows: [(below: Int?, value: Value)]) -> Value {
        guard let row = rows.first(where: { $0.below.map { amount < $0 } ?? true }) else {
            preconditionFailure("rules whose last row is not open")
        }
        return row.value
    }
}

extension GradingRules.Part {
    fileprivate init(_ kind: DiskKind) {
        self =
            switch kind {
            case .hdd, .unknown: .hdd
            case .ssd: .ssd
            case .nvme: .nvme
            }
    }

    public func name(in language: Language) -> String {
        switch self {
        case .processor: language.choose("Processeur", "Processor")
        case .memory: language.choose("Mémoire", "Memory")
        case .hdd: language.choose("Disque dur", "Hard disk")
        case .ssd: "SSD"
        case .nvme: "NVMe"
        }
    }
}

extension GradingOutcome.Scored {
    /// `Processeur, indice 3 300` or `SSD, 256 Go`.
    public func words(in language: Language) -> String {
        let amount =
            switch part {
            case .processor:
                language.choose("indice ", "mark ") + Written.number(amount, in: language)
            case .memory, .hdd, .ssd, .nvme:
                Written.number(amount, in: language) + "\u{A0}" + language.choose("Go", "GB")
            }
        return "\(part.name(in: language)), \(amount)"
    }
}

extension GradingRules.Cap {
    /// Why a grade is no better, as a sentence.
    public func words(in language: Language) -> String {
        let mark = Written.number(processorBelow, in: language)
        let best = best.name(in: language)
        return switch storage {
        case .flash:
            language.choose(
                "Sous l’indice \(mark), au mieux \(best).",
                "Under a mark of \(mark), \(best) at best."
            )
        case .hdd:
            language.choose(
                "Sous l’indice \(mark) et sans SSD, au mieux \(best).",
                "Under a mark of \(mark) and without an SSD, \(best) at best."
            )
        }
    }
}

/// Points as they are counted: `3 points`, `1 point`, `−8 points`.
public func pointsInWords(_ points: Int, in language: Language) -> String {
    let isOne = language.isOne(abs(points))
    return Written.number(points, in: language) + "\u{A0}"
        + language.choose(isOne ? "point" : "points", isOne ? "point" : "points")
}
