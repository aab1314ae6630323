import ArgumentParser
import Shop
import Store

/// Who is expected at the help desk.
struct AppointmentCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "appointment",
        abstract: "Appointments: book, move, cancel, end, list.",
        subcommands: [Book.self, Move.self, Cancel.self, Missed.self, Came.self, List.self]
    )

    struct Book: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Books an appointment for somebody who has a file."
        )
        @OptionGroup var shared: Shared
        @OptionGroup var time: AppointmentArguments
        @Option(help: "The shop's code; by default where one works.") var shop: String?
        @Option(help: "P-XXXXXX.") var person: String
        @Option(help: "visit, diagnostic or sale.") var kind = AppointmentKind.visit.rawValue

        func run() async throws {
            try await shared.run { store, staff in
                let appointment = NewAppointment(
                    shop: try await store.shop(coded: shop, where: .receivers, of: staff),
                    person: try await store.person(typed: person),
                    kind: try AppointmentKind(typed: kind, field: .visitKind),
                    time: try time.time(),
                    receiver: time.with
                )
                return AppointmentChangedAnswer(
                    changed: try await store.bookAppointment(
                        appointment,
                        key: shared.requestKey(store),
                        by: staff
                    )
                )
            }
        }
    }

    struct Move: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Moves one that has not ended; what was planned before stays written."
        )
        @OptionGroup var shared: Shared
        @OptionGroup var time: AppointmentArguments
        @Argument(help: "The appointment's id.") var appointment: ID<Appointment>

        func run() async throws {
            try await shared.run { store, staff in
                AppointmentChangedAnswer(
                    changed: try await store.moveAppointment(
                        appointment,
                        to: time.time(),
                        receiver: time.with,
                        key: shared.requestKey(store),
                        by: staff
                    )
                )
            }
        }
    }

    struct Cancel: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Cancels one that has not ended; its time is free again."
        )
        @OptionGroup var shared: Shared
        @Argument(help: "The appointment's id.") var appointment: ID<Appointment>
        @Option(help: "person, shop or slip.") var motive: String

        func run() async throws {
            try await shared.run { store, staff in
                AppointmentChangedAnswer(
                    changed: try await store.cancelAppointment(
                        appointment,
                        for: CancellationMotive(typed: motive, field: .motive),
                        key: shared.requestKey(store),
                        by: staff
                    )
                )
            }
        }
    }

    struct Missed: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Writes down that somebody did not come, on the day or after."
        )
        @OptionGroup var shared: Shared
        @Argument(help: "The appointment's id.") var appointment: ID<Appointment>

        func run() async throws { try await ended(appointment, came: false, shared) }
    }

    struct Came: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Writes down that somebody came to buy.",
            discussion: "Whoever was received is written down by visit record --appointment."
        )
        @OptionGroup var shared: Shared
        @Argument(help: "The appointment's id.") var appointment: ID<Appointment>

        func run() async throws { try await ended(appointment, came: true, shared) }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lists who is expected, in the order of days and hours.",
            discussion: PagedHelp.parts
        )
        @OptionGroup var shared: Shared
        @OptionGroup var days: DeskDays

        func run() async throws {
            try await shared.run { store, staff in
                let part = try await store.appointments(
                    days.filter(store, staff),
                    after: days.after.map { try ID(typed: $0, field: .code) },
                    limit: days.limit
                )
                return PagedAnswer(items: part.items.map(AppointmentAnswer.init), next: part.next)
            }
        }
    }
}

/// When somebody is expected and with whom, as `book` and `move` take it.
struct AppointmentArguments: ParsableArguments {
    @Option(help: "The day.") var on: String
    @Option(help: "When it begins, by the clock of Paris: 14:00.") var at: String
    @Option(help: "How long, in minutes: 1 to 480.") var minutes = 30
    @Option(help: "The login of whoever receives; by default whoever is there.") var with: String?

    func time() throws(Refusal) -> AppointmentTime {
        try AppointmentTime(
            plannedOn: Day(typed: on, field: .appointmentOn),
            startsAt: TimeOfDay(typed: at, field: .appointmentAt),
            minutes: minutes
        )
    }
}

private func ended(_ appointment: ID<Appointment>, came: Bool, _ shared: Shared) async throws {
    try await shared.run { store, staff in
        AppointmentChangedAnswer(
            changed: try await store.endAppointment(
                appointment,
                came: came,
                key: shared.requestKey(store),
                by: staff
            )
        )
    }
}

private struct AppointmentChangedAnswer: Output {
    let changed: AppointmentChanged

    func encode(to encoder: any Encoder) throws { try changed.encode(to: encoder) }

    func words(in language: Language) -> String {
        "\(changed.appointment)  \(changed.plannedOn.printed)  \(changed.state.name(in: language))"
    }
}

private struct AppointmentAnswer: Output {
    let row: AppointmentRow

    init(_ row: AppointmentRow) {
        self.row = row
    }

    func encode(to encoder: any Encoder) throws { try row.encode(to: encoder) }

    func words(in language: Language) -> String {
        "\(row.plannedOn.printed) \(row.startsAt.clock)  \(Written.minutes(row.minutes))  \(row.shop)  "
            + "\(row.kind.name(in: language))  \(row.person)  \(row.receiverOperator ?? "–")  "
            + row.state.name(in: language)
    }
}
