import Shop
import Store

/// The form by which a machine is graded: what is known stands in it, and what the rules make of that is told first.
struct GradingForm: Sendable {
    let path: String
    let key: String
    /// What the chosen rules make of what is known; nil while something is to be typed.
    let why: GradingWhy?
    let rules: Choice
    let mark: Field
    let memory: Field
    /// Nil where looks weigh nothing.
    let weight: Field?
    let given: Choice
    let motive: Field
    /// Whether this is the step to do now.
    let isNext: Bool
    /// Whether it was sent, and came back refused.
    let isOpen: Bool
    /// Whether it was found not to be sold.
    let isUnsellable: Bool

    init(
        _ words: Words,
        _ proposal: GradingProposal,
        path: String,
        key: String,
        form: Form,
        isNext: Bool,
        isUnsellable: Bool
    ) {
        let language = words.language
        // What another form of the page sent is not this one's.
        let form = form["rules"] == nil ? Form(encoded: "") : form
        self.path = path
        self.key = key
        self.isNext = isNext
        isOpen = form["rules"] != nil
        self.isUnsellable = isUnsellable
        let chosen = proposal.rules.first { $0.code == form["rules"] } ?? proposal.rules.first
        why = chosen.flatMap { rules in
            rules.outcome.map { GradingWhy($0, by: rules.name(in: language), words) }
        }
        rules = Choice(
            "rules",
            label: FieldName.rules.label(in: language),
            options: proposal.rules.map { ($0.code, $0.name(in: language)) },
            chosen: chosen?.code
        )
        mark = Field(
            "mark",
            label: FieldName.mark.label(in: language),
            value: form["mark"] ?? proposal.mark.map { "\($0.mark)" } ?? "",
            hint: proposal.mark.map {
                words("grading_mark_known", ["source": $0.source, "day": $0.startsOn.printed])
            }
                ?? (proposal.processor.isEmpty
                    ? words("grading_mark_unread")
                    : words("grading_mark_unknown", ["processor": proposal.processor])),
            type: "number"
        )
        memory = Field(
            "memory_gb",
            label: FieldName.memory.label(in: language),
            value: form["memory_gb"] ?? proposal.wholeGigabytes.map { "\($0)" } ?? "",
            hint: proposal.memoryMB.map {
                words("grading_memory_read", ["memory": gigabytes(mebibytes: $0, in: language)])
            } ?? words("grading_memory_unread"),
            type: "number"
        )
        let range = proposal.rules.compactMap { rules in
            rules.weightLeast.flatMap { least in rules.weightMost.map { least...$0 } }
        }.first
        weight = range.map { range in
            Field(
                "looks",
                label: FieldName.looks.label(in: language),
                value: form["looks"] ?? "0",
                hint: words(
                    "grading_weight_hint",
                    [
                        "least": words.number(range.lowerBound),
                        "most": words.number(range.upperBound),
                    ]
                ),
                type: "number"
            )
        }
        given = Choice(
            "given",
            label: FieldName.givenGrade.label(in: language),
            options: [
                (
                    "",
                    chosen?.outcome.map {
                        words("grading_computed_is", ["grade": $0.verdict.name(in: language)])
                    } ?? words("grading_computed")
                )
            ] + Verdict.allCases.map { ($0.rawValue, $0.name(in: language)) },
            chosen: form["given"] ?? ""
        )
        motive = Field(
            "grading_motive",
            label: FieldName.motive.label(in: language),
            value: form["grading_motive"] ?? "",
            hint: words("grading_motive_hint"),
            isRequired: false
        )
    }
}

extension GradingProposal {
    /// Nil where it was not read, or is no whole number.
    fileprivate var wholeGigabytes: Int? {
        memoryMB.flatMap { $0 % 1024 == 0 ? $0 / 1024 : nil }
    }

    /// What is proposed for a grade in each price list; every grade of the counter's where none was given.
    func told(_ words: Words, _ grade: Grade?) -> [String] {
        let language = words.language
        var lines: [String] = []
        if let grade {
            let told = PriceChannel.allCases.compactMap { channel in
                price(of: grade, channel).map {
                    "\(channel.name(in: language)) \(Written.cents($0, in: language))"
                }
            }
            if !told.isEmpty {
                lines.append(words("grading_prices", ["prices": told.joined(separator: ", ")]))
            }
        } else {
            let told = Grade.allCases.compactMap { grade in
                price(of: grade).map {
                    "\(grade.name(in: language)) \(Written.cents($0, in: language))"
                }
            }
            if !told.isEmpty {
                lines.append(words("grading_prices", ["prices": told.joined(separator: ", ")]))
            }
        }
        if let ceiling {
            lines.append(
                words("grading_ceiling", ["most": Written.cents(ceiling, in: language)])
            )
        }
        return lines
    }
}

/// How a grade came about: points by part, total, cap.
struct GradingWhy: Sendable {
    let rules: String
    let parts: [Part]
    let total: String
    /// The cap that lowered it; nil when none did.
    let cap: String?
    let verdict: String

    struct Part: Sendable {
        let words: String
        let points: String
    }

    init(_ outcome: GradingOutcome, by rules: String, _ words: Words) {
        let language = words.language
        self.rules = rules
        func points(_ count: Int) -> String { pointsInWords(count, in: language) }
        var parts = outcome.parts.map { part in
            Part(words: part.words(in: language), points: points(part.points))
        }
        let disks = outcome.parts.dropFirst(2).map(\.points).reduce(0, +)
        if disks != outcome.diskPoints {
            parts.append(
                Part(words: words("grading_disks"), points: points(outcome.diskPoints))
            )
        }
        if outcome.weight != 0 {
            parts.append(
                Part(
                    words: FieldName.looks.label(in: language),
                    points: points(outcome.weight)
                )
            )
        }
        self.parts = parts
        total = points(outcome.total)
        cap = outcome.cap?.words(in: language)
        verdict = words(
            "grading_computed_is",
            ["grade": outcome.verdict.name(in: language)]
        )
    }
}

extension DevicePage {
    /// The last grading, with who did it and why.
    struct Graded: Sendable {
        let given: String
        /// Whether somebody gave another grade than the rules.
        let isOverridden: Bool
        let by: String
        let motive: String?
        let why: GradingWhy

        init(_ grading: Grading, _ words: Words) {
            let language = words.language
            given = grading.given.name(in: language)
            isOverridden = grading.isOverridden
            by = words(
                "grading_by",
                ["day": grading.gradedAt.day.printed, "operator": grading.operatorCode]
            )
            motive =
                grading.isOverridden
                ? words("grading_motive_is", ["motive": grading.motive]) : nil
            why = GradingWhy(grading.outcome, by: grading.rules.name(in: language), words)
        }
    }
}

extension NewGrading {
    init(_ form: Form) throws(Refusal) {
        func whole(
            _ name: String,
            _ field: FieldName,
            in range: ClosedRange<Int>
        ) throws(Refusal) -> Int? {
            guard let text = form[name], !text.isEmpty else { return nil }
            return try number(typed: text, field: field, in: range)
        }
        func text(_ name: String) -> String? { form[name].flatMap { $0.isEmpty ? nil : $0 } }
        try self.init(
            rules: text("rules").map { text throws(Refusal) in
                try ShortCode(typed: text, field: .rules)
            },
            mark: whole("mark", .mark, in: processorMarkRange),
            memoryGB: whole("memory_gb", .memory, in: 1...1024),
            weight: whole("looks", .looks, in: -100...100),
            given: text("given").map { text throws(Refusal) in
                try Verdict(typed: text, field: .givenGrade)
            },
            motive: text("grading_motive").map { text throws(Refusal) in
                try ShortText(typed: text, field: .motive, most: 500)
            }
        )
    }
}

/// An amount as somebody types it: `99` or `99,50`.
func typed(_ amount: Cents, _ words: Words) -> String {
    let (euros, rest) = (amount.count / 100, amount.count % 100)
    if rest == 0 { return "\(euros)" }
    return "\(euros)\(words.language.choose(",", "."))\(rest < 10 ? "0" : "")\(rest)"
}
