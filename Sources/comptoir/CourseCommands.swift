import ArgumentParser
import Shop
import Store

/// The course: what is taught, who came, who finished.
struct CourseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "course",
        abstract: "The course: templates, runs, sessions, attendance, completion.",
        subcommands: [
            Create.self, List.self, Rule.self, MobiliseRunCommand.self, RunsCommand.self,
            ShowRunCommand.self, EnrolCommand.self, AdmitCommand.self, SeatsCommand.self,
            OpenRunCommand.self,
            HelperCommand.self, WithdrawCommand.self, HoldCommand.self,
            AttendCommand.self, AttachCommand.self, SheetsCommand.self, OriginalCommand.self,
            CorrectCommand.self, CatchUpCommand.self, PlanCommand.self, MoveSessionCommand.self,
            CancelSessionCommand.self, WeekCommand.self, CalendarCommand.self,
            CompleteCommand.self, AttestationCommand.self, AttestationPaperCommand.self,
            RevokeCompletionCommand.self,
        ]
    )

    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Writes a course down, or the next version of one."
        )
        @OptionGroup var shared: Shared
        @Argument(help: "Its short name: parents.") var code: String
        @Option(help: "Its name.") var name: String
        @Option(help: "A module in its turn, KIND:MINUTES:NAME with kind basic or thematic.")
        var module: [String]

        func run() async throws {
            try await shared.run { store, staff in
                let new = try NewCourse(
                    code: ShortCode(typed: code),
                    name: ShortText(typed: name, field: .name),
                    modules: module.map(readModule)
                )
                let key = shared.requestKey(store)
                return CreatedAnswer(try await store.createCourse(new, key: key, by: staff))
            }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lists courses by code.",
            discussion: PagedHelp.parts
        )
        @OptionGroup var shared: Shared
        @Option(help: "From after this code on.") var after = ""

        func run() async throws {
            try await shared.run { store, _ in
                let courses = try await store.courses(after: after)
                return PagedAnswer(
                    items: courses.items.map(CourseAnswer.init),
                    next: courses.next
                )
            }
        }
    }

    struct Rule: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Sets when a course is finished, from a day on."
        )
        @OptionGroup var shared: Shared
        @Argument(help: "The course.") var code: String
        @Option(help: "The first day on which it decides.") var from: String
        @Option(help: "Modules at least.") var modules: Int
        @Flag(inversion: .prefixedNo, help: "Whether every basic module is needed.")
        var basic = true
        @Option(help: "Percentage of the minutes at least.") var minutesPercent = 80
        @Option(help: "From what percentage of its minutes on a module counts.")
        var modulePercent = 50
        @Option(help: "What percentages are taken of: planned or delivered.")
        var base = CompletionRule.Base.planned

        func run() async throws {
            try await shared.run { store, staff in
                let rule = try CompletionRule(
                    from: Day(typed: from),
                    modulesMin: modules,
                    basicModulesAll: basic,
                    minutesPercentMin: minutesPercent,
                    modulePercentMin: modulePercent,
                    base: base
                )
                let set = try await store.setCompletionRule(
                    rule,
                    of: ShortCode(typed: code),
                    key: shared.requestKey(store),
                    by: staff
                )
                return RuleAnswer(rule: set)
            }
        }
    }
}

private func readModule(_ typed: String) throws -> NewModule {
    let parts = typed.split(separator: ":", maxSplits: 2).map(String.init)
    guard parts.count == 3, let kind = Module.Kind(rawValue: parts[0]), let minutes = Int(parts[1])
    else {
        throw Refusal(
            .choiceUnknown,
            [
                "field": .field(.module), "text": .text(String(typed.prefix(40))),
                "choices": .text("basic:150:…, thematic:130:…"),
            ]
        )
    }
    return try NewModule(
        kind: kind,
        name: ShortText(typed: parts[2], field: .module),
        plannedMinutes: minutes
    )
}

private struct CourseAnswer: Output {
    let code: String
    let version: Int
    let name: String
    let plannedMinutes: Int
    let modules: [ModulePart]

    struct ModulePart: Encodable {
        let position: Int
        let kind: Module.Kind
        let name: String
        let plannedMinutes: Int
    }

    init(_ course: Course) {
        code = course.code
        version = course.version
        name = course.name
        plannedMinutes = course.plannedMinutes
        modules = course.modules.map {
            ModulePart(
                position: $0.position,
                kind: $0.kind,
                name: $0.name,
                plannedMinutes: $0.plannedMinutes
            )
        }
    }

    func words(in language: Language) -> String {
        let head = "\(code) (v\(version))  \(name), \(Written.minutes(plannedMinutes))"
        let lines = modules.map {
            "  \($0.position). \($0.name) (\($0.kind.name(in: language))), "
                + Written.minutes($0.plannedMinutes)
        }
        return ([head] + lines).joined(separator: "\n")
    }
}

private struct RuleAnswer: Output {
    let rule: CompletionRule

    func words(in language: Language) -> String {
        language.choose(
            "À partir du \(rule.startsOn.printed)\u{A0}: \(rule.modulesMin) modules au moins, "
                + "\(rule.minutesPercentMin)\u{A0}% des minutes.",
            "From \(rule.startsOn.printed): \(rule.modulesMin) modules at least, "
                + "\(rule.minutesPercentMin)% of the minutes."
        )
    }
}
