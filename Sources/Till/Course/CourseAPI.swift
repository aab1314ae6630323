import HTTPTypes
import Shop
import Store

private let readers = Access.roles(.courseReaders)
private let writers = Access.roles(.courseKeepers)

/// Runs as programs read and write them. Persons bear their codes, never a name.
func courseAPIRoutes(_ store: Store) -> [Route] {
    [
        Route(
            .get,
            "/api/v1/runs",
            for: readers,
            "Runs, the latest first.",
            query: [
                .init("programme", .text(most: 40), "Of one programme only."),
                .init("after", .text(most: 30), "The run after which the list goes on."),
            ],
            gives: ToldRuns.self
        ) { call, context in
            let runs = try await store.runs(
                of: call.query["programme"],
                after: call.query["after"],
                in: context.reach(.courseReaders)
            )
            return try .json(ToldRuns(items: runs.items.map(ToldRun.init), next: runs.next))
        },
        Route(
            .get,
            "/api/v1/runs/{code}",
            for: readers,
            "A run: sessions, minutes by parent, and why each has finished or not.",
            gives: ToldSheet.self
        ) { call, context in
            let sheet = try await store.sheet(
                of: RunCode(typed: call.piece("code")),
                in: context.reach(.courseReaders)
            )
            return try .json(ToldSheet(sheet, in: context.language))
        },
        Route(
            .post,
            "/api/v1/runs/{code}/completions",
            for: writers,
            "Decides for a whole run who has finished.",
            takes: AskedCompletion.self,
            gives: CompletionOutcome.self
        ) { call, context in
            let asked: AskedCompletion = try call.json()
            var persons: [ID<Person>] = []
            for code in asked.persons ?? [] { persons.append(try await store.person(typed: code)) }
            var motives: [ID<Person>: ShortText] = [:]
            for exception in asked.motives ?? [] {
                motives[try await store.person(typed: exception.person)] =
                    try ShortText(typed: exception.motive, field: .motive, most: 500)
            }
            let outcome = try await store.complete(
                CompletionRequest(
                    run: RunCode(typed: call.piece("code")),
                    persons: persons.isEmpty ? nil : persons,
                    motives: motives
                ),
                key: call.key(),
                by: context.staff
            )
            return try .json(outcome, .created)
        },
        Route(
            .post,
            "/api/v1/attestations/{code}/revocation",
            for: .roles(.shopManagers),
            "Takes an attestation back, with a motive; what was sold with it stays, and is named.",
            takes: AskedReason.self,
            gives: CompletionRevoked.self
        ) { call, context in
            let asked: AskedReason = try call.json()
            guard let code = CompletionCode(call.piece("code")) else {
                throw Refusal(.completionUnknown, ["code": .text(call.piece("code"))])
            }
            let revoked = try await store.revokeCompletion(
                code,
                motive: ShortText(typed: asked.motive, field: .motive, most: 500),
                key: call.key(),
                by: context.staff
            )
            return try .json(revoked, .created)
        },
        Route(
            .post,
            "/api/v1/runs/{code}/withdrawals",
            for: writers,
            "Takes a person off a run's list, with a motive.",
            takes: AskedMotive.self,
            gives: Withdrawn.self
        ) { call, context in
            let asked: AskedMotive = try call.json()
            let withdrawn = try await store.withdraw(
                store.person(typed: asked.person),
                from: RunCode(typed: call.piece("code")),
                motive: ShortText(typed: asked.motive, field: .motive, most: 500),
                key: call.key(),
                by: context.staff
            )
            return try .json(withdrawn, .created)
        },
        Route(
            .post,
            "/api/v1/sessions/{session}/attendance",
            for: writers,
            "Writes how each was there; a correction is a new revision.",
            takes: [AskedPresence].self,
            gives: AttendanceRecorded.self
        ) { call, context in
            let asked: [AskedPresence] = try call.json()
            let recorded = try await store.recordAttendance(
                store.presences(asked),
                at: call.id("session"),
                key: call.key(),
                by: context.staff
            )
            return try .json(recorded, .created)
        },
        Route(
            .post,
            "/api/v1/sessions/{session}/catch-ups",
            for: writers,
            "Writes down who catches a session up from another run of the same course.",
            takes: AskedPresence.self,
            gives: AttendanceRecorded.self
        ) { call, context in
            let asked: AskedPresence = try call.json()
            let recorded = try await store.recordCatchUp(
                of: store.person(typed: asked.person),
                asked.presence(),
                at: call.id("session"),
                key: call.key(),
                by: context.staff
            )
            return try .json(recorded, .created)
        },
    ]
}

struct AskedCompletion: Codable, Sendable {
    /// Codes; absent for everybody who reaches the rule.
    let persons: [String]?
    let motives: [AskedMotive]?
}

struct AskedMotive: Codable, Sendable {
    let person: String
    let motive: String
}

/// Minutes of presence, or a status as the national tool has it; `seen` without minutes is all of the session.
struct AskedPresence: Codable, Sendable {
    let person: String
    let status: PresenceStatus?
    let minutes: Int?
    /// Minutes that were missed of the session.
    let missedMinutes: Int?

    /// Throws `fieldMissing` where nothing is said.
    func presence() throws(Refusal) -> Presence {
        switch (status, minutes, missedMinutes) {
        case (.excused, _, _): return .excused
        case (.noshow, _, _): return .noshow
        case (_, let minutes?, _): return .seen(minutes: minutes)
        case (_, nil, let missed?): return .late(minutes: missed)
        case (.seen, nil, nil): return .whole
        case (nil, nil, nil): throw Refusal(.fieldMissing, ["field": .field(.presence)])
        }
    }
}

extension Store {
    /// Throws `personUnknown`, `fieldMissing`.
    func presences(_ asked: [AskedPresence]) async throws -> [ID<Person>: Presence] {
        var presences: [ID<Person>: Presence] = [:]
        for line in asked {
            presences[try await person(typed: line.person)] = try line.presence()
        }
        return presences
    }
}

struct ToldRuns: Codable, Sendable {
    let items: [ToldRun]
    let next: String?
}

struct ToldRun: Codable, Sendable {
    let code: String
    let course: String
    let programme: String
    let structure: String
    let shop: String
    let place: String
    let startsOn: Day
    let sessions: Int
    let deliveredMinutes: Int
    let plannedMinutes: Int
    let enrolled: Int
    let completed: Int
    /// How many it takes; absent: as many as come.
    let seats: Int?
    let waiting: Int
    /// Whether every structure may enrol its people.
    let isOpen: Bool

    init(_ run: RunSummary) {
        code = run.code
        course = run.course
        programme = run.programme
        structure = run.structureName
        shop = run.shop
        place = run.place
        startsOn = run.startsOn
        sessions = run.sessions
        deliveredMinutes = run.deliveredMinutes
        plannedMinutes = run.plannedMinutes
        enrolled = run.enrolled
        completed = run.completed
        seats = run.seats
        waiting = run.waiting
        isOpen = run.isOpen
    }
}

struct ToldSheet: Codable, Sendable {
    let run: ToldRun
    let sessions: [ToldSession]
    /// What was planned and not held, called off ones among them.
    let planned: [SessionDocument]
    let parents: [ToldParent]
    /// Codes of the persons who wait for a seat, the first first.
    let waiting: [String]
    let helpers: [Helper]

    init(_ sheet: RunSheet, in language: Language) {
        run = ToldRun(sheet.run)
        sessions = sheet.sessions.map { held in
            ToldSession(
                id: held.id,
                module: sheet.course.modules.first { $0.id == held.module }?.position ?? 0,
                heldOn: held.heldOn,
                deliveredMinutes: held.deliveredMinutes,
                isFrozen: !held.sheets.isEmpty
            )
        }
        planned = sheet.planned.map(SessionDocument.init)
        waiting = sheet.waiting.map(\.code)
        helpers = sheet.helpers
        parents = sheet.parents.map { parent in
            ToldParent(
                person: parent.code,
                structure: parent.structure,
                enrolledOn: parent.enrolledOn,
                attendance: sheet.sessions.map { parent.marks[$0.id].map(ToldMark.init) },
                minutesCounted: parent.decision.minutesCounted,
                minutesNeeded: parent.decision.minutesNeeded,
                modulesCounted: parent.decision.modulesCounted,
                finished: parent.decision.finished,
                explained: parent.decision.explained(in: language),
                attestation: parent.completion?.code,
                enrolledBy: parent.enrolledBy,
                revokedOn: parent.revoked?.revokedOn
            )
        }
    }
}

struct ToldSession: Codable, Sendable {
    let id: ID<Session>
    let module: Int
    let heldOn: Day
    let deliveredMinutes: Int
    /// Whether its signed sheet is attached.
    let isFrozen: Bool
}

struct ToldMark: Codable, Sendable {
    let status: PresenceStatus
    let minutes: Int

    init(_ mark: RunSheet.Mark) {
        status = mark.status
        minutes = mark.minutes
    }
}

struct ToldParent: Codable, Sendable {
    let person: String
    let structure: String
    let enrolledOn: Day
    /// How they were at each session, in the order of the sessions; null where nothing was written.
    let attendance: [ToldMark?]
    let minutesCounted: Int
    let minutesNeeded: Int
    let modulesCounted: Int
    let finished: Bool
    let explained: String
    let attestation: String?
    /// The structure, where it enrolled them itself in the portal.
    let enrolledBy: String?
    /// When the last attestation was taken back, for who has none now.
    let revokedOn: Day?
}
