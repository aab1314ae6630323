import ArgumentParser
import Shop
import Store

/// When and where, as `plan` and `move` take it.
struct PlanArguments: ParsableArguments {
    @Option(help: "The module's place in the course, from 1.") var module: Int
    @Option(help: "The day.") var on: String
    @Option(help: "When it begins, by the clock of Paris: 14:00.") var at: String
    @Option(help: "How long it is to last, in minutes. By default the module's.") var minutes: Int?
    @Option(help: "Where. By default where the run is held.") var place: String?

    func plan() throws(Refusal) -> SessionPlan {
        try SessionPlan(
            module: module,
            plannedOn: Day(typed: on, field: .plannedOn),
            startsAt: TimeOfDay(typed: at),
            minutes: minutes,
            place: place
        )
    }
}

struct PlanCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract: "Plans a session of a run."
    )
    @OptionGroup var shared: Shared
    @OptionGroup var plan: PlanArguments
    @Argument(help: "The run's code.") var run: String

    func run() async throws {
        try await shared.run { store, staff in
            let planned = try await store.planSession(
                plan.plan(),
                in: RunCode(typed: run),
                key: shared.requestKey(store),
                by: staff
            )
            return CreatedAnswer(planned)
        }
    }
}

struct MoveSessionCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "move",
        abstract: "Moves a session that was not held yet; what was planned before stays written."
    )
    @OptionGroup var shared: Shared
    @OptionGroup var plan: PlanArguments
    @Argument(help: "The session's id.") var session: ID<Session>

    func run() async throws {
        try await shared.run { store, staff in
            PlanChangedAnswer(
                changed: try await store.moveSession(
                    session,
                    to: plan.plan(),
                    key: shared.requestKey(store),
                    by: staff
                )
            )
        }
    }
}

struct CancelSessionCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cancel",
        abstract: "Calls off a session that was not held yet, with a motive."
    )
    @OptionGroup var shared: Shared
    @Argument(help: "The session's id.") var session: ID<Session>
    @Option(help: "Why; it stays written.") var motive: String

    func run() async throws {
        try await shared.run { store, staff in
            PlanChangedAnswer(
                changed: try await store.cancelSession(
                    session,
                    motive: ShortText(typed: motive, field: .motive, most: 500),
                    key: shared.requestKey(store),
                    by: staff
                )
            )
        }
    }
}

struct WeekCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "week",
        abstract: "Lists the sessions of a week: planned, held, called off.",
        discussion: PagedHelp.parts
    )
    @OptionGroup var shared: Shared
    @Option(help: "A day of the week. By default today.") var of: String?
    @Option(help: "From after this session on.") var after: ID<Session>?

    func run() async throws {
        try await shared.run { store, _ in
            let monday = try (of.map { try Day(typed: $0) } ?? store.today).firstOfWeek
            let sessions = try await store.sessions(
                from: monday,
                to: monday.adding(days: 6),
                after: after
            )
            return PagedAnswer(
                items: sessions.items.map(SessionAnswer.init),
                next: sessions.next
            )
        }
    }
}

struct CalendarCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "calendar",
        abstract: "Prints a run's sessions for a telephone's calendar (iCalendar); it names nobody."
    )
    @OptionGroup var shared: Shared
    @Argument(help: "The run's code.") var run: String

    func run() async throws {
        try await shared.run { store, staff in
            let calendar = try await store.calendar(
                of: RunCode(typed: run),
                language: staff.language
            )
            return CalendarAnswer(run: run, calendar: calendar.text)
        }
    }
}

private struct PlanChangedAnswer: Output {
    let changed: PlanChanged

    func encode(to encoder: any Encoder) throws { try changed.encode(to: encoder) }

    func words(in language: Language) -> String { "\(changed.run)  \(changed.session)" }
}

private struct SessionAnswer: Output {
    let session: SessionDocument

    init(_ row: SessionRow) {
        session = SessionDocument(row)
    }

    func encode(to encoder: any Encoder) throws { try session.encode(to: encoder) }

    func words(in language: Language) -> String {
        "\(session.day.printed) \(session.startsAt?.clock ?? "–")  \(session.run)  "
            + "\(session.module). \(session.moduleName), \(Written.minutes(session.minutes)), "
            + "\(session.state.rawValue)  \(session.id)"
    }
}

private struct CalendarAnswer: Output {
    let run: String
    let calendar: String

    /// As a file has it: the terminal's own LF ends the last line. To Swift, CR LF is one character.
    func words(in language: Language) -> String { String(calendar.dropLast()) + "\r" }
}
