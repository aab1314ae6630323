import Postgres
public import Shop

/// What somebody says of a machine to have it graded. What is left out is what the machine's page knows.
public struct NewGrading: Hashable, Sendable, Encodable {
    /// By which rules; nil: the newest in force.
    public let rules: ShortCode?
    /// Of the processor; nil: that of the table.
    public let mark: Int?
    /// Nil: what was read.
    public let memoryGB: Int?
    /// For looks; nil: none.
    public let weight: Int?
    /// Nil: what the rules give.
    public let given: Verdict?
    /// Why another than the rules give.
    public let motive: ShortText?

    /// Throws `quantityOutOfRange`.
    public init(
        rules: ShortCode? = nil,
        mark: Int? = nil,
        memoryGB: Int? = nil,
        weight: Int? = nil,
        given: Verdict? = nil,
        motive: ShortText? = nil
    ) throws(Refusal) {
        for (field, value, range) in [
            (FieldName.mark, mark, processorMarkRange), (.memory, memoryGB, 1...1024),
        ] {
            guard range ~= value ?? range.lowerBound else {
                throw Refusal(
                    .quantityOutOfRange,
                    [
                        "field": .field(field), "least": .number(Int64(range.lowerBound)),
                        "most": .number(Int64(range.upperBound)),
                    ]
                )
            }
        }
        self.rules = rules
        self.mark = mark
        self.memoryGB = memoryGB
        self.weight = weight
        self.given = given
        self.motive = motive
    }
}

/// A grading as it was recorded.
public struct Grading: Hashable, Sendable, Codable {
    public let label: String
    /// One after the other, of a machine.
    public let ordinal: Int
    public let rules: Rules
    public let mark: Int
    /// Where the mark comes from; empty when who graded typed it.
    public let markSource: String
    public let memoryMB: Int
    public let outcome: GradingOutcome
    public let given: Verdict
    /// Why it is another than the rules gave; empty when it is not.
    public let motive: String
    public let gradedAt: Instant
    /// Who did it, as the journal says it.
    public let operatorCode: String

    /// The version that was applied.
    public struct Rules: Hashable, Sendable, Codable {
        public let code: String
        public let startsOn: Day
        public let french: String
        public let english: String

        public func name(in language: Language) -> String { language.choose(french, english) }
    }

    public var isOverridden: Bool { given != outcome.verdict }
}

extension Store {
    /// Records what the rules make of a machine, and what it is given. Throws `deviceUnknown`, `deviceGone`,
    /// `deviceRecycled`, `deviceOnShelf`, `gradingRulesUnknown`, `processorMarkUnknown`, `memoryUnknown`, `storageUnread`, what the rules throw,
    /// and `gradeDiffers` when another grade is given without a motive.
    public func gradeDevice(
        _ label: DeviceLabel,
        _ grading: NewGrading,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> Grading {
        struct Input: Encodable {
            let label: String
            let grading: NewGrading
        }
        return try await command(
            "grade-device",
            key: key,
            input: Input(label: label.description, grading: grading),
            by: staff,
            facts: ["label": .text(label.description)]
        ) { tx, now in
            let device = try tx.lockDevice(label.description, for: staff)
            try device.checkHere()
            if device.stage == .onShelf { throw Refusal(.deviceOnShelf, device.facts) }
            let rules = try tx.rules(grading.rules, for: device, on: now.day)
            let facts = try tx.gradedFacts(of: device.id, on: now.day)
            guard let mark = grading.mark ?? facts.mark?.mark else {
                throw Refusal(
                    .processorMarkUnknown,
                    device.facts.merging([
                        "processor": .text(facts.processor.isEmpty ? "?" : facts.processor),
                        "field": .field(.mark),
                    ]) { _, new in new }
                )
            }
            guard let memoryMB = grading.memoryGB.map({ $0 * 1024 }) ?? facts.memoryMB else {
                throw Refusal(.memoryUnknown, device.facts).about(.memory)
            }
            // Who names the grade has looked; the rules cannot.
            if facts.hasUnreadDisk, grading.given == nil {
                throw Refusal(.storageUnread, device.facts)
            }
            let outcome = try rules.grade(
                GradedMachine(
                    mark: mark,
                    memoryMB: memoryMB,
                    disks: facts.disks,
                    weight: grading.weight ?? 0
                )
            )
            return try tx.record(
                Grading(
                    label: device.label,
                    ordinal: try tx.nextGrading(of: device.id),
                    rules: .init(rules),
                    mark: mark,
                    markSource: mark == facts.mark?.mark ? facts.mark?.source ?? "" : "",
                    memoryMB: memoryMB,
                    outcome: outcome,
                    given: grading.given ?? outcome.verdict,
                    motive: grading.motive?.text ?? "",
                    gradedAt: now,
                    operatorCode: staff.operatorCode
                ),
                of: device.id,
                by: staff
            )
        }
    }
}

/// What is known of a machine for its grading.
struct GradedFacts {
    let processor: String
    let mark: ProcessorMark?
    let memoryMB: Int?
    /// In it and read.
    let disks: [GradedMachine.Disk]
    /// Whether a disk is in it that no tool has read: its points are not known, and are not none.
    let hasUnreadDisk: Bool
}

extension Transaction {
    /// The rules of this code, or the newest, of those that grade the machine's kind on a day. Throws `gradingRulesUnknown`.
    fileprivate func rules(
        _ code: ShortCode?,
        for device: LockedDevice,
        on day: Day
    ) throws -> GradingRules {
        let present = try gradingRules().inForce(for: device.kind, on: day)
        let chosen = code.map { code in present.first { $0.code == code.text } } ?? present.first
        guard let chosen else {
            let codes = present.map(\.code).joined(separator: ", ")
            throw Refusal(
                .gradingRulesUnknown,
                device.facts.merging([
                    "choices": .text(codes.isEmpty ? "—" : codes), "field": .field(.rules),
                ]) { _, new in new }
            )
        }
        return chosen
    }

    func gradedFacts(of device: ID<Device>, on day: Day) throws -> GradedFacts {
        let rows = try pipeline([
            "select processor, memory_mb from devices where id = \(device)",
            """
            select kind, size_gb from device_disks where device_id = \(device) and removed_at is null
            order by fitted_at, id
            """,
        ])
        let processor: String = try rows[0][0]["processor"]
        let disks = try rows[1].map {
            GradedMachine.Disk(kind: try $0["kind"], sizeGB: try $0["size_gb"])
        }
        return GradedFacts(
            processor: processor,
            mark: try ProcessorName(read: processor).flatMap { try processorMark(of: $0, on: day) },
            memoryMB: try rows[0][0]["memory_mb"],
            disks: disks.filter { $0.sizeGB > 0 },
            hasUnreadDisk: disks.contains { $0.sizeGB == 0 }
        )
    }

    func nextGrading(of device: ID<Device>) throws -> Int {
        let last: Int? = try query(
            "select max(ordinal) as last from gradings where device_id = \(device)"
        )[0]["last"]
        return (last ?? 0) + 1
    }

    /// Writes a grading down; a motive stays only where it is needed. Throws `gradeDiffers` when it is needed and not there.
    func record(_ asked: Grading, of device: ID<Device>, by staff: Staff) throws -> Grading {
        if asked.isOverridden, asked.motive.isEmpty {
            throw Refusal(
                .gradeDiffers,
                [
                    "label": .text(asked.label), "field": .field(.motive),
                    "grade": .explained(
                        french: asked.outcome.verdict.name(in: .french),
                        english: asked.outcome.verdict.name(in: .english)
                    ),
                ]
            )
        }
        let grading = asked.isOverridden ? asked : asked.withoutMotive
        let outcome = grading.outcome
        _ = try pipeline(
            [
                """
                insert into gradings (device_id, ordinal, set_code, set_starts_on, processor_mark, mark_source, memory_mb,
                    weight, disk_points, total, cap_below, cap_storage, computed, given, motive, graded_at, recorded_by)
                values (\(device), \(grading.ordinal), \(grading.rules.code), \(grading.rules.startsOn), \(grading.mark),
                    \(grading.markSource), \(grading.memoryMB), \(outcome.weight), \(outcome.diskPoints), \(outcome.total),
                    \(outcome.cap?.processorBelow), \(outcome.cap?.storage), \(outcome.verdict), \(grading.given),
                    \(grading.motive), \(grading.gradedAt), \(staff.id))
                """
            ]
                + outcome.parts.enumerated().map { index, part in
                    """
                    insert into grading_parts (device_id, ordinal, position, part, amount, points)
                    values (\(device), \(grading.ordinal), \(index + 1), \(part.part), \(part.amount), \(part.points))
                    """
                }
        )
        return grading
    }
}

extension Grading {
    fileprivate var withoutMotive: Grading {
        given(given, because: "", at: gradedAt, by: operatorCode, ordinal: ordinal)
    }

    /// The same findings, and what somebody gives the machine after them.
    func given(
        _ verdict: Verdict,
        because motive: String,
        at instant: Instant,
        by operatorCode: String,
        ordinal: Int
    ) -> Grading {
        Grading(
            label: label,
            ordinal: ordinal,
            rules: rules,
            mark: mark,
            markSource: markSource,
            memoryMB: memoryMB,
            outcome: outcome,
            given: verdict,
            motive: motive,
            gradedAt: instant,
            operatorCode: operatorCode
        )
    }
}

extension Grading.Rules {
    init(_ rules: GradingRules) {
        self.init(
            code: rules.code,
            startsOn: rules.startsOn,
            french: rules.french,
            english: rules.english
        )
    }
}
