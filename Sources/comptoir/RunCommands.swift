import ArgumentParser
import Shop
import Store
import Till

struct MobiliseRunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mobilise",
        abstract: "Opens a run that a structure mobilises."
    )
    @OptionGroup var shared: Shared
    @Argument(help: "The run's code: LI-2022-06.") var code: String
    @Option(help: "The course that it follows.") var course: String
    @Option(help: "The programme that it counts for.") var programme: String
    @Option(help: "The structure that mobilises the parents: name or id.") var structure: String
    @Option(help: "The shop that runs it: its code.") var shop: String
    @Option(help: "Who leads it: a login.") var facilitator: String
    @Option(help: "Where it is held.") var place = ""
    @Option(help: "Its first day.") var from: String

    func run() async throws {
        try await shared.run { store, staff in
            let found = try await store.findMobilisers(
                structure: structure,
                shop: store.shop(coded: shop, where: .courseKeepers, of: staff),
                facilitator: facilitator
            )
            let new = try NewRun(
                code: RunCode(typed: code),
                course: ShortCode(typed: course),
                programme: ShortCode(typed: programme),
                structure: found.structure,
                shop: found.shop,
                facilitator: found.facilitator,
                place: place,
                startsOn: Day(typed: from)
            )
            let key = shared.requestKey(store)
            return CreatedAnswer(try await store.mobiliseRun(new, key: key, by: staff))
        }
    }
}

struct RunsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "runs",
        abstract: "Lists runs, the latest first.",
        discussion: PagedHelp.parts
    )
    @OptionGroup var shared: Shared
    @Option(help: "Of one programme only.") var programme: String?
    @Option(help: "From after this run on.") var after: String?

    func run() async throws {
        try await shared.run { store, _ in
            let runs = try await store.runs(of: programme, after: after)
            return PagedAnswer(items: runs.items.map(RunAnswer.init), next: runs.next)
        }
    }
}

struct ShowRunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract:
            "Shows a run: sessions, parents by code, minutes, and why each has finished or not."
    )
    @OptionGroup var shared: Shared
    @Argument(help: "The run's code.") var run: String
    @Option(help: "As it stood at the end of a day.") var asOf: String?

    func run() async throws {
        try await shared.run { store, _ in
            let day = try asOf.map { try Day(typed: $0) }
            return SheetAnswer(try await store.sheet(of: RunCode(typed: run), on: day))
        }
    }
}

struct EnrolCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "enrol",
        abstract:
            "Puts a person on a run's list, or among those who wait where every seat is taken."
    )
    @OptionGroup var shared: Shared
    @Argument(help: "The run's code.") var run: String
    @Argument(help: "The person's code: P-72D3BX.") var person: String
    @Option(help: "Since when. By default today.") var on: String?

    func run() async throws {
        try await shared.run { store, staff in
            EnrolledAnswer(
                enrolled: try await store.enrol(
                    store.person(typed: person),
                    in: RunCode(typed: run),
                    on: on.map { try Day(typed: $0) },
                    key: shared.requestKey(store),
                    by: staff
                )
            )
        }
    }
}

struct AdmitCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "admit",
        abstract: "Puts whoever waits first on a run's list."
    )
    @OptionGroup var shared: Shared
    @Argument(help: "The run's code.") var run: String

    func run() async throws {
        try await shared.run { store, staff in
            EnrolledAnswer(
                enrolled: try await store.admitFirst(
                    to: RunCode(typed: run),
                    key: shared.requestKey(store),
                    by: staff
                )
            )
        }
    }
}

struct SeatsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "seats",
        abstract: "Sets how many a run takes; without a number, as many as come."
    )
    @OptionGroup var shared: Shared
    @Argument(help: "The run's code.") var run: String
    @Argument(help: "How many.") var seats: Int?

    func run() async throws {
        try await shared.run { store, staff in
            SeatsAnswer(
                set: try await store.setSeats(
                    Seats(seats),
                    of: RunCode(typed: run),
                    key: shared.requestKey(store),
                    by: staff
                )
            )
        }
    }
}

struct OpenRunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "open",
        abstract:
            "Lets every structure enrol its people in a run, or with --end only the one that mobilises it."
    )
    @OptionGroup var shared: Shared
    @Argument(help: "The run's code.") var run: String
    @Flag(help: "Close it again to the others; whoever is on the list stays.") var end = false

    func run() async throws {
        try await shared.run { store, staff in
            OpeningAnswer(
                set: try await store.setOpening(
                    !end,
                    of: RunCode(typed: run),
                    key: shared.requestKey(store),
                    by: staff
                )
            )
        }
    }
}

struct HelperCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "helper",
        abstract: "Takes a user into a run's team, or out of it with --end."
    )
    @OptionGroup var shared: Shared
    @Argument(help: "The run's code.") var run: String
    @Argument(help: "The user: a login.") var login: String
    @Option(help: "As what: facilitator or volunteer.") var part = Helper.Part.volunteer
    @Flag(help: "Take them out; that they were in it stays written.") var end = false

    func run() async throws {
        try await shared.run { store, staff in
            let (run, key) = (try RunCode(typed: run), shared.requestKey(store))
            return TeamAnswer(
                changed: end
                    ? try await store.endHelper(login, of: run, key: key, by: staff)
                    : try await store.addHelper(login, as: part, to: run, key: key, by: staff)
            )
        }
    }
}

struct WithdrawCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "withdraw",
        abstract: "Takes a person off a run's list, or off those who wait, with a motive."
    )
    @OptionGroup var shared: Shared
    @Argument(help: "The run's code.") var run: String
    @Argument(help: "The person's code: P-72D3BX.") var person: String
    @Option(help: "Why; it stays written.") var motive: String

    func run() async throws {
        try await shared.run { store, staff in
            WithdrawnAnswer(
                withdrawn: try await store.withdraw(
                    store.person(typed: person),
                    from: RunCode(typed: run),
                    motive: ShortText(typed: motive, field: .motive, most: 500),
                    key: shared.requestKey(store),
                    by: staff
                )
            )
        }
    }
}

struct HoldCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hold",
        abstract: "Writes a session down; everybody was there but the exceptions."
    )
    @OptionGroup var shared: Shared
    @Argument(help: "The run's code.") var run: String
    @Option(help: "The module's place in the course, from 1.") var module: Int
    @Option(help: "The day.") var on: String
    @Option(help: "How long it lasted, in minutes.") var minutes: Int
    @Option(help: "The session that was planned: its id.") var session: ID<Session>?
    @Option(
        help:
            "Who was not there for all of it: PERSON=40, =late:15, =excused, =noshow; may be repeated."
    )
    var except: [String] = []

    func run() async throws {
        try await shared.run { store, staff in
            let held = try await HeldSession(
                run: RunCode(typed: run),
                planned: session,
                module: module,
                heldOn: Day(typed: on),
                deliveredMinutes: minutes,
                exceptions: store.presences(typed: except)
            )
            let key = shared.requestKey(store)
            return CreatedAnswer(try await store.holdSession(held, key: key, by: staff))
        }
    }
}

struct AttendCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "attend",
        abstract: "Corrects the attendance of a session."
    )
    @OptionGroup var shared: Shared
    @Argument(help: "The session's id.") var session: ID<Session>
    @Argument(help: "PERSON=seen, =40, =late:15, =excused, =noshow; may be repeated.")
    var presence: [String]

    func run() async throws {
        try await shared.run { store, staff in
            let recorded = try await store.recordAttendance(
                store.presences(typed: presence),
                at: session,
                key: shared.requestKey(store),
                by: staff
            )
            return AttendanceAnswer(session: session.text, written: recorded.written)
        }
    }
}

struct CatchUpCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "catch-up",
        abstract: "Writes down who catches a session up from another run of the same course."
    )
    @OptionGroup var shared: Shared
    @Argument(help: "The session's id.") var session: ID<Session>
    @Argument(help: "The person's code: P-72D3BX.") var person: String
    @Option(help: "How they were there: seen, 40, late:15, excused, noshow.")
    var presence = "seen"

    func run() async throws {
        try await shared.run { store, staff in
            let recorded = try await store.recordCatchUp(
                of: store.person(typed: person),
                Presence(typed: presence),
                at: session,
                key: shared.requestKey(store),
                by: staff
            )
            return AttendanceAnswer(session: session.text, written: recorded.written)
        }
    }
}

struct CompleteCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "complete",
        abstract: "Decides who finished, for a whole run or for the persons named."
    )
    @OptionGroup var shared: Shared
    @Argument(help: "The run's code.") var run: String
    @Option(help: "Only this person; may be repeated.") var person: [String] = []
    @Option(help: "PERSON=MOTIVE for whoever does not reach the rule; may be repeated.")
    var motive: [String] = []
    @Option(help: "The day of completion. By default today.") var on: String?

    func run() async throws {
        try await shared.run { store, staff in
            var persons: [ID<Person>] = []
            for code in person { persons.append(try await store.person(typed: code)) }
            var motives: [ID<Person>: ShortText] = [:]
            for pair in motive {
                let (code, text) = try halves(pair)
                motives[try await store.person(typed: code)] =
                    try ShortText(typed: text, field: .motive, most: 500)
            }
            let request = try CompletionRequest(
                run: RunCode(typed: run),
                persons: persons.isEmpty ? nil : persons,
                motives: motives,
                on: on.map { try Day(typed: $0) }
            )
            let key = shared.requestKey(store)
            return CompletionAnswer(
                outcome: try await store.complete(request, key: key, by: staff)
            )
        }
    }
}

struct AttestationPaperCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "attestation-pdf",
        abstract: "Writes an attestation as a PDF, for paper; it bears the person's name."
    )
    @OptionGroup var shared: Shared
    @OptionGroup var paper: PaperFile
    @Argument(help: "The attestation's code, 13 digits.") var code: String

    func run() async throws {
        try await shared.run { store, staff in
            let attestation = try await store.attestation(
                completionCode(code),
                in: staff.reach(.courseReaders)
            )
            return try await paper.write(store) { try await $0.attestation(attestation) }
        }
    }
}

private func completionCode(_ text: String) throws(Refusal) -> CompletionCode {
    guard let code = CompletionCode(text) else {
        throw Refusal(.completionUnknown, ["code": .text(String(text.prefix(40)))])
    }
    return code
}

struct AttestationCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "attestation",
        abstract: "Says what an attestation proves; it names nobody."
    )
    @OptionGroup var shared: Shared
    @Argument(help: "The attestation's code, 13 digits.") var code: String

    func run() async throws {
        try await shared.run { store, _ in
            AttestationAnswer(try await store.attestation(completionCode(code)))
        }
    }
}

struct RevokeCompletionCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "revoke",
        abstract:
            "Takes an attestation back, with a motive; what was sold with it stays, and is named."
    )
    @OptionGroup var shared: Shared
    @Argument(help: "The attestation's code, 13 digits.") var code: String
    @Option(help: "Why; it stays written.") var motive: String

    func run() async throws {
        try await shared.run { store, staff in
            guard let code = CompletionCode(code) else {
                throw Refusal(.completionUnknown, ["code": .text(String(self.code.prefix(40)))])
            }
            return RevokedAnswer(
                revoked: try await store.revokeCompletion(
                    code,
                    motive: ShortText(typed: motive, field: .motive, most: 500),
                    key: shared.requestKey(store),
                    by: staff
                )
            )
        }
    }
}

extension Store {
    /// Reads `P-72D3BX=40`, each.
    func presences(typed pairs: [String]) async throws -> [ID<Person>: Presence] {
        var presences: [ID<Person>: Presence] = [:]
        for pair in pairs {
            let (code, text) = try halves(pair)
            presences[try await person(typed: code)] = try Presence(typed: text)
        }
        return presences
    }
}

private func halves(_ pair: String) throws -> (String, String) {
    let parts = pair.split(separator: "=", maxSplits: 1).map(String.init)
    guard parts.count == 2 else {
        throw Refusal(.inputUnreadable, ["text": .text(String(pair.prefix(40)))])
    }
    return (parts[0], parts[1])
}
