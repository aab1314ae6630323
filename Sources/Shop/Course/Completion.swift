/// When a course is *achevé*: a dated row, so that a programme may change it without changing what was decided before.
/// The defaults of domain.md section 4: 6 modules, every basic one, 80 % of the planned minutes, half of a module.
public struct CompletionRule: Hashable, Codable, Dated {
    public let startsOn: Day
    public let modulesMin: Int
    public let basicModulesAll: Bool
    public let minutesPercentMin: Int
    /// From what share of its minutes on a module counts.
    public let modulePercentMin: Int
    public let base: Base

    /// What the percentages are taken of. Raw values are stored.
    public enum Base: String, CaseIterable, Sendable, Codable {
        /// What the course promises.
        case planned
        /// What the run gave: 15 h 30 where 16 h 30 were promised.
        case delivered
    }

    public init(
        startsOn: Day,
        modulesMin: Int,
        basicModulesAll: Bool,
        minutesPercentMin: Int,
        modulePercentMin: Int,
        base: Base
    ) {
        self.startsOn = startsOn
        self.modulesMin = modulesMin
        self.basicModulesAll = basicModulesAll
        self.minutesPercentMin = minutesPercentMin
        self.modulePercentMin = modulePercentMin
        self.base = base
    }
}

extension CompletionRule {
    /// A rule as someone sets it. Throws `quantityOutOfRange` for modules below zero or a percentage outside 0…100.
    public init(
        from startsOn: Day,
        modulesMin: Int,
        basicModulesAll: Bool,
        minutesPercentMin: Int,
        modulePercentMin: Int,
        base: Base
    ) throws(Refusal) {
        guard (0...60).contains(modulesMin) else {
            throw Refusal(.quantityOutOfRange, ["least": .number(0), "most": .number(60)])
        }
        guard [minutesPercentMin, modulePercentMin].allSatisfy({ (0...100).contains($0) }) else {
            throw Refusal(.quantityOutOfRange, ["least": .number(0), "most": .number(100)])
        }
        self.init(
            startsOn: startsOn,
            modulesMin: modulesMin,
            basicModulesAll: basicModulesAll,
            minutesPercentMin: minutesPercentMin,
            modulePercentMin: modulePercentMin,
            base: base
        )
    }
}

/// Whether a course is finished, and everything that a person needs to see why. Whole minutes, nothing rounded.
public struct CompletionDecision: Hashable, Sendable {
    public let finished: Bool
    public let modulesCounted: Int
    public let modulesNeeded: Int
    public let modulesTotal: Int
    /// By position: what does not count, whether missed or attended for too short a time.
    public let missing: [Module]
    /// Whether a missing module is one that the rule asks for.
    public let basicMissing: Bool
    /// Minutes of presence, each module's capped.
    public let minutesCounted: Int
    public let minutesNeeded: Int
    /// Minutes of presence as they were, for the attestation.
    public let minutesAttended: Int
}

/// Decides whether a parent finished. A module's sessions add up, a catch-up session among them, and are capped at the
/// module's minutes: one taken twice counts once, one cut in two counts whole. Of the delivered minutes no more than
/// the planned ones are asked for. A module that the parent never came to does not count, whatever the percentage.
public func decideCompletion(
    attended: [Attended],
    course: Course,
    rule: CompletionRule
) -> CompletionDecision {
    let sessions = Dictionary(grouping: attended, by: \.module)
    let counts = course.modules.map { module in
        let held = sessions[module.id] ?? []
        // What the parent's own run gave is asked of them; what another one gave, where the own one gave nothing.
        let own = held.filter { !$0.isElsewhere }
        let given = (own.isEmpty ? held : own).map(\.deliveredMinutes).reduce(0, +)
        let base =
            switch rule.base {
            case .planned: module.plannedMinutes
            case .delivered: min(module.plannedMinutes, given)
            }
        let minutes = min(base, held.map(\.minutes).reduce(0, +))
        return Count(
            module: module,
            base: base,
            minutes: minutes,
            counts: minutes > 0 && minutes * 100 >= base * rule.modulePercentMin
        )
    }
    let missing = counts.filter { !$0.counts }.map(\.module)
    let basicMissing = rule.basicModulesAll && missing.contains { $0.kind == .basic }
    let minutes = counts.map(\.minutes).reduce(0, +)
    let base = counts.map(\.base).reduce(0, +)
    let modules = counts.count - missing.count
    return CompletionDecision(
        finished: modules >= rule.modulesMin && !basicMissing
            && minutes * 100 >= base * rule.minutesPercentMin && minutes > 0,
        modulesCounted: modules,
        modulesNeeded: rule.modulesMin,
        modulesTotal: counts.count,
        missing: missing,
        basicMissing: basicMissing,
        minutesCounted: minutes,
        minutesNeeded: (base * rule.minutesPercentMin + 99) / 100,
        minutesAttended: attended.map(\.minutes).reduce(0, +)
    )
}

private struct Count {
    let module: Module
    let base: Int
    let minutes: Int
    let counts: Bool
}

extension CompletionDecision {
    /// “6 modules of 7 (6 needed), missing: Family procedures; 14 h 20 attended, 13 h 12 needed.”
    public func explained(in language: Language) -> String {
        switch language {
        case .french:
            "\(modulesCounted)\u{A0}\(modulesCounted > 1 ? "modules" : "module") sur \(modulesTotal)"
                + " (il en faut \(modulesNeeded))"
                + (missing.isEmpty ? "" : ", à rattraper\u{A0}: \(named(missing, in: language))")
                + (basicMissing ? " (le socle est exigé en entier)" : "")
                + "\u{202F}; \(Written.minutes(minutesCounted)) suivies,"
                + " il faut \(Written.minutes(minutesNeeded))."
        case .english:
            "\(modulesCounted) of \(modulesTotal) modules (\(modulesNeeded) needed)"
                + (missing.isEmpty ? "" : ", missing: \(named(missing, in: language))")
                + (basicMissing ? " (every basic one is needed)" : "")
                + "; \(Written.minutes(minutesCounted)) attended,"
                + " \(Written.minutes(minutesNeeded)) needed."
        }
    }

    private func named(_ modules: [Module], in language: Language) -> String {
        modules.map { "\($0.name) (\($0.kind.name(in: language)))" }.joined(separator: ", ")
    }
}
