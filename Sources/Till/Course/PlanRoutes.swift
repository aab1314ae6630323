import HTTPTypes
import NIOCore
import Shop
import Store

private let readers = Access.roles(.courseReaders)
private let writers = Access.roles(.courseKeepers)

/// Sessions before they are held, and the calendars that show them.
func planRoutes(_ store: Store) -> [Route] {
    calendarRoutes(store) + planFormRoutes(store) + planAPIRoutes(store)
}

private func calendarRoutes(_ store: Store) -> [Route] {
    [
        Route(
            .get,
            "/runs/week",
            for: readers,
            "The sessions of a week, by day.",
            query: [
                .init("from", .text(format: "date"), "A day of the week; by default today."),
                .init("after", .text(format: "uuid"), "The session after which the week goes on."),
            ]
        ) { call, context in
            let monday =
                (try call.query["from"].map { try Day(typed: $0, field: .day) }
                ?? store.today).firstOfWeek
            let after = try call.query["after"].map { try ID<Session>(typed: $0, field: .session) }
            let sessions = try await store.sessions(
                from: monday,
                to: monday.adding(days: 6),
                after: after,
                in: context.reach(.courseReaders)
            )
            return context.page(
                WeekPage(
                    context.words,
                    sessions,
                    from: monday,
                    isFirst: after == nil,
                    today: store.today
                )
            )
        },
        Route(
            .get,
            "/runs/{code}/calendar.ics",
            for: readers,
            "A run's sessions for a telephone's calendar (iCalendar); it names nobody."
        ) { call, context in
            let run = try RunCode(typed: call.piece("code"))
            let calendar = try await store.calendar(
                of: run,
                language: context.language,
                in: context.reach(.courseReaders)
            )
            return .file(
                "\(run.text.lowercased()).ics",
                type: "text/calendar; charset=utf-8",
                Array(calendar.text.utf8)
            )
        },
    ]
}

private func planFormRoutes(_ store: Store) -> [Route] {
    [
        Route(.post, "/runs/{code}/plans", for: writers, "Plans a session.") { call, context in
            let form = try call.form()
            return try await onRunPage(store, call, context, form) {
                let run = try RunCode(typed: call.piece("code"))
                _ = try await store.planSession(
                    plan(form),
                    in: run,
                    key: call.key(),
                    by: context.staff
                )
                return .see("/runs/\(run.text)?done=planned#planned")
            }
        },
        Route(.post, "/runs/{code}/plans/{session}", for: writers, "Moves a planned session.") {
            call,
            context in
            let form = try call.form()
            return try await onRunPage(store, call, context, form) {
                let changed = try await store.moveSession(
                    call.id("session"),
                    to: plan(form),
                    key: call.key(),
                    by: context.staff
                )
                return .see("/runs/\(changed.run)?done=moved#planned")
            }
        },
        Route(
            .post,
            "/runs/{code}/plans/{session}/cancellation",
            for: writers,
            "Calls a planned session off."
        ) { call, context in
            let form = try call.form()
            return try await onRunPage(store, call, context, form) {
                let changed = try await store.cancelSession(
                    call.id("session"),
                    motive: ShortText(
                        typed: form[form["motive"] ?? ""] ?? "",
                        field: .motive,
                        most: 500
                    ),
                    key: call.key(),
                    by: context.staff
                )
                return .see("/runs/\(changed.run)?done=cancelled#planned")
            }
        },
    ]
}

/// The fields of a plan's form; each bears the session's id behind its name where a page holds several.
private func plan(_ form: Form) throws -> SessionPlan {
    let suffix = form["suffix"] ?? ""
    func required(_ name: String) throws -> String { try form.required(name + suffix) }
    let minutes = form["planned_minutes\(suffix)"] ?? ""
    return try SessionPlan(
        module: number(typed: required("module"), field: .module, in: 1...60),
        plannedOn: Day(typed: required("planned_on"), field: .plannedOn),
        startsAt: TimeOfDay(typed: required("starts_at")),
        minutes: minutes.isEmpty ? nil : number(typed: minutes, field: .minutes, in: 1...1440),
        place: form["place\(suffix)"]
    )
}

private func planAPIRoutes(_ store: Store) -> [Route] {
    [
        Route(
            .get,
            "/api/v1/sessions",
            for: readers,
            "Sessions of some days, in their order: planned, held, called off.",
            query: [
                .init("from", .text(format: "date"), "The first day; by default this Monday."),
                .init("to", .text(format: "date"), "The last day; by default six days later."),
                .init("after", .text(format: "uuid"), "The session after which the list goes on."),
            ],
            gives: Listing<SessionDocument>.self
        ) { call, context in
            let from =
                try call.query["from"].map { try Day(typed: $0, field: .day) }
                ?? store.today.firstOfWeek
            let sessions = try await store.sessions(
                from: from,
                to: call.query["to"].map { try Day(typed: $0, field: .day) }
                    ?? from.adding(days: 6),
                after: call.query["after"].map { try ID<Session>(typed: $0, field: .session) },
                in: context.reach(.courseReaders)
            )
            return try .json(
                Listing(sessions.items.map(SessionDocument.init), next: sessions.next)
            )
        },
        Route(
            .post,
            "/api/v1/runs/{code}/plans",
            for: writers,
            "Plans a session.",
            takes: AskedPlan.self,
            gives: PlanChanged.self
        ) { call, context in
            let asked: AskedPlan = try call.json()
            let run = try RunCode(typed: call.piece("code"))
            let planned = try await store.planSession(
                asked.plan,
                in: run,
                key: call.key(),
                by: context.staff
            )
            return try .json(PlanChanged(session: planned.id, run: run.text), .created)
        },
        Route(
            .post,
            "/api/v1/sessions/{session}/plan",
            for: writers,
            "Moves a planned session.",
            takes: AskedPlan.self,
            gives: PlanChanged.self
        ) { call, context in
            let asked: AskedPlan = try call.json()
            let changed = try await store.moveSession(
                call.id("session"),
                to: asked.plan,
                key: call.key(),
                by: context.staff
            )
            return try .json(changed, .created)
        },
        Route(
            .post,
            "/api/v1/sessions/{session}/cancellation",
            for: writers,
            "Calls a planned session off, with a motive.",
            takes: AskedReason.self,
            gives: PlanChanged.self
        ) { call, context in
            let asked: AskedReason = try call.json()
            let changed = try await store.cancelSession(
                call.id("session"),
                motive: ShortText(typed: asked.motive, field: .motive, most: 500),
                key: call.key(),
                by: context.staff
            )
            return try .json(changed, .created)
        },
        Route(
            .post,
            "/api/v1/runs/{code}/sessions",
            for: writers,
            "Writes down a session that was held: everybody was there but the exceptions.",
            takes: AskedSession.self,
            gives: PlanChanged.self
        ) { call, context in
            let asked: AskedSession = try call.json()
            let run = try RunCode(typed: call.piece("code"))
            let held = try await store.holdSession(
                try await HeldSession(
                    run: run,
                    planned: asked.session,
                    module: asked.module,
                    heldOn: asked.heldOn,
                    deliveredMinutes: asked.deliveredMinutes,
                    exceptions: store.presences(asked.exceptions ?? [])
                ),
                key: call.key(),
                by: context.staff
            )
            return try .json(PlanChanged(session: held.id, run: run.text), .created)
        },
    ]
}

struct AskedPlan: Codable, Sendable {
    let module: Int
    let plannedOn: Day
    let startsAt: TimeOfDay
    /// By default as long as the module.
    let minutes: Int?
    /// By default where the run is held.
    let place: String?

    var plan: SessionPlan {
        get throws(Refusal) {
            try SessionPlan(
                module: module,
                plannedOn: plannedOn,
                startsAt: startsAt,
                minutes: minutes,
                place: place
            )
        }
    }
}

struct AskedReason: Codable, Sendable {
    let motive: String
}

struct AskedSession: Codable, Sendable {
    /// The session that was planned; absent for one that was not.
    let session: ID<Session>?
    let module: Int
    let heldOn: Day
    let deliveredMinutes: Int
    let exceptions: [AskedPresence]?
}

extension TimeOfDay: Described {
    static var schema: Schema { .text(pattern: "^[0-2][0-9]:[0-5][0-9]$") }
    static var example: TimeOfDay {
        guard let noon = TimeOfDay(minutes: 720) else { preconditionFailure("noon is of the day") }
        return noon
    }
}
