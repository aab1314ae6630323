import HTTPTypes
import Shop
import Store

private let writers = Access.roles(.courseKeepers)

/// Who is on a run's list, who waits for a seat, and who helps.
func seatRoutes(_ store: Store) -> [Route] {
    seatFormRoutes(store) + seatAPIRoutes(store)
}

private func seatFormRoutes(_ store: Store) -> [Route] {
    [
        Route(.post, "/runs/{code}/enrolments", for: writers, "Enrols a person, or lets them wait.")
        { call, context in
            let form = try call.form()
            return try await onRunPage(store, call, context, form) {
                guard let person = PersonCode(try form.required("person")) else {
                    throw Refusal(.personUnknown)
                }
                let enrolled = try await store.enrol(
                    store.person(coded: person),
                    in: RunCode(typed: call.piece("code")),
                    key: call.key(),
                    by: context.staff
                )
                let done = enrolled.place == nil ? "enrolled" : "waiting"
                return .see("/runs/\(enrolled.run)?done=\(done)#parents")
            }
        },
        Route(
            .post,
            "/runs/{code}/admissions",
            for: writers,
            "Puts whoever waits first on the list."
        ) { call, context in
            let form = try call.form()
            return try await onRunPage(store, call, context, form) {
                let run = try RunCode(typed: call.piece("code"))
                _ = try await store.admitFirst(to: run, key: call.key(), by: context.staff)
                return .see("/runs/\(run.text)?done=enrolled#parents")
            }
        },
        Route(.post, "/runs/{code}/seats", for: writers, "Sets how many a run takes.") {
            call,
            context in
            let form = try call.form()
            return try await onRunPage(store, call, context, form) {
                let run = try RunCode(typed: call.piece("code"))
                let typed = form["seats"] ?? ""
                let count =
                    typed.isEmpty ? nil : try number(typed: typed, field: .seats, in: 1...1000)
                _ = try await store.setSeats(
                    Seats(count),
                    of: run,
                    key: call.key(),
                    by: context.staff
                )
                return .see("/runs/\(run.text)?done=seats")
            }
        },
        Route(
            .post,
            "/runs/{code}/opening",
            for: writers,
            "Opens a run to every structure, or keeps it for the one that mobilises."
        ) { call, context in
            let form = try call.form()
            return try await onRunPage(store, call, context, form) {
                let set = try await store.setOpening(
                    form.required("open") == "yes",
                    of: RunCode(typed: call.piece("code")),
                    key: call.key(),
                    by: context.staff
                )
                return .see("/runs/\(set.run)?done=\(set.isOpen ? "opened" : "closed")")
            }
        },
        Route(.post, "/runs/{code}/helpers", for: writers, "Takes a user into a run's team.") {
            call,
            context in
            let form = try call.form()
            return try await onRunPage(store, call, context, form) {
                let run = try RunCode(typed: call.piece("code"))
                _ = try await store.addHelper(
                    form.required("login"),
                    as: Helper.Part(typed: form.required("part"), field: .part),
                    to: run,
                    key: call.key(),
                    by: context.staff
                )
                return .see("/runs/\(run.text)?done=team")
            }
        },
        Route(
            .post,
            "/runs/{code}/helpers/{login}/end",
            for: writers,
            "Takes a user out of a run's team."
        ) { call, context in
            let form = try call.form()
            return try await onRunPage(store, call, context, form) {
                let run = try RunCode(typed: call.piece("code"))
                _ = try await store.endHelper(
                    call.piece("login"),
                    of: run,
                    key: call.key(),
                    by: context.staff
                )
                return .see("/runs/\(run.text)?done=team")
            }
        },
    ]
}

private func seatAPIRoutes(_ store: Store) -> [Route] {
    [
        Route(
            .post,
            "/api/v1/runs/{code}/enrolments",
            for: writers,
            "Enrols a person; where every seat is taken, they wait: place says where.",
            takes: AskedEnrolment.self,
            gives: Enrolled.self
        ) { call, context in
            let asked: AskedEnrolment = try call.json()
            let enrolled = try await store.enrol(
                store.person(typed: asked.person),
                in: RunCode(typed: call.piece("code")),
                key: call.key(),
                by: context.staff
            )
            return try .json(enrolled, .created)
        },
        Route(
            .post,
            "/api/v1/runs/{code}/admissions",
            for: writers,
            "Puts whoever waits first on the list.",
            gives: Enrolled.self
        ) { call, context in
            let enrolled = try await store.admitFirst(
                to: RunCode(typed: call.piece("code")),
                key: call.key(),
                by: context.staff
            )
            return try .json(enrolled, .created)
        },
        Route(
            .post,
            "/api/v1/runs/{code}/seats",
            for: writers,
            "Sets how many a run takes; without seats, as many as come.",
            takes: AskedSeats.self,
            gives: SeatsSet.self
        ) { call, context in
            let asked: AskedSeats = try call.json()
            let set = try await store.setSeats(
                Seats(asked.seats),
                of: RunCode(typed: call.piece("code")),
                key: call.key(),
                by: context.staff
            )
            return try .json(set, .created)
        },
        Route(
            .post,
            "/api/v1/runs/{code}/opening",
            for: writers,
            "Opens a run to every structure, or to the one that mobilises it alone.",
            takes: AskedRunOpening.self,
            gives: OpeningSet.self
        ) { call, context in
            let asked: AskedRunOpening = try call.json()
            let set = try await store.setOpening(
                asked.isOpen,
                of: RunCode(typed: call.piece("code")),
                key: call.key(),
                by: context.staff
            )
            return try .json(set, .created)
        },
        Route(
            .post,
            "/api/v1/runs/{code}/helpers",
            for: writers,
            "Takes a user into a run's team.",
            takes: AskedHelper.self,
            gives: TeamChanged.self
        ) { call, context in
            let asked: AskedHelper = try call.json()
            let changed = try await store.addHelper(
                asked.login,
                as: asked.part,
                to: RunCode(typed: call.piece("code")),
                key: call.key(),
                by: context.staff
            )
            return try .json(changed, .created)
        },
        Route(
            .post,
            "/api/v1/runs/{code}/helpers/{login}/end",
            for: writers,
            "Takes a user out of a run's team.",
            gives: TeamChanged.self
        ) { call, context in
            let changed = try await store.endHelper(
                call.piece("login"),
                of: RunCode(typed: call.piece("code")),
                key: call.key(),
                by: context.staff
            )
            return try .json(changed, .created)
        },
    ]
}

struct AskedEnrolment: Codable, Sendable {
    /// The person's code.
    let person: String
}

struct AskedSeats: Codable, Sendable {
    let seats: Int?
}

struct AskedRunOpening: Codable, Sendable {
    let isOpen: Bool
}

struct AskedHelper: Codable, Sendable {
    let login: String
    let part: Helper.Part
}
