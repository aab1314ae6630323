import HTTPTypes
import Shop
import Store

/// Where prescribers see the runs that take their structure's people, enrol them and take them off again.
func portalRunRoutes(_ store: Store) -> [Route] {
    runPageRoutes(store) + runFormRoutes(store) + runAPIRoutes(store)
}

private func runPageRoutes(_ store: Store) -> [Route] {
    [
        Route(
            .get,
            "/portal/runs",
            for: .prescribers,
            "Runs that take the structure's people, and those on which it has some.",
            query: [.init("after", .text(most: 30), "The run after which the list goes on.")]
        ) { call, context in
            let after = call.query["after"]
            return context.page(
                OwnRunsPage(
                    context.words,
                    try await store.ownRuns(by: context.staff, after: after),
                    structure: try context.staff.referring().structureName,
                    isFirst: after == nil
                )
            )
        },
        Route(
            .get,
            "/portal/runs/{code}",
            for: .prescribers,
            "A run, with the structure's own people on it."
        ) { call, context in try await ownRunPage(store, call, context) },
    ]
}

private func ownRunPage(
    _ store: Store,
    _ call: Call,
    _ context: Context,
    searched: String? = nil,
    _ refusal: Refusal? = nil
) async throws -> Answer {
    let run = try await store.ownRun(RunCode(typed: call.piece("code")), by: context.staff)
    let agreement = try await store.ownStructure(by: context.staff).agreement
    let done = call.done("enrolled", "waiting", "withdrawn")
    return context.page(
        OwnRunPage(
            context.words,
            run,
            people: run.takesPeople
                ? try await store.ownPeople(
                    matching: searched ?? "",
                    notOn: RunCode(typed: run.code),
                    by: context.staff
                ) : [],
            searched: searched,
            ended: agreement.ended(context.words, on: store.today),
            refusal: refusal.map { RefusalCard($0, in: context.language) },
            newKey: { store.newID() }
        ),
        refusal?.status ?? .ok,
        notice: done.map { context.words("portal_run_done_\($0)") }
    )
}

/// Shows the run again with why the answer is no. A run that is not there stays so.
private func onOwnRun(
    _ store: Store,
    _ call: Call,
    _ context: Context,
    _ body: (RunCode, Form) async throws -> Answer
) async throws -> Answer {
    do {
        return try await body(RunCode(typed: call.piece("code")), call.form())
    } catch let refusal as Refusal where refusal.reason != .runUnknown {
        return try await ownRunPage(store, call, context, refusal)
    }
}

private func runFormRoutes(_ store: Store) -> [Route] {
    [
        Route(
            .post,
            "/portal/runs/{code}/search",
            for: .prescribers,
            "Finds whom to enrol among the structure's own people. A name is never in an address."
        ) { call, context in
            try await onOwnRun(store, call, context) { _, form in
                try await ownRunPage(
                    store,
                    call,
                    context,
                    searched: form["q"].flatMap { $0.isEmpty ? nil : $0 }
                )
            }
        },
        Route(
            .post,
            "/portal/runs/{code}/enrolments",
            for: .prescribers,
            "Enrols one of the structure's own people, or lets them wait."
        ) { call, context in
            try await onOwnRun(store, call, context) { run, form in
                let enrolled = try await store.enrolOwn(
                    PersonCode(typed: form.required("person")),
                    in: run,
                    key: call.key(),
                    by: context.staff
                )
                let done = enrolled.place == nil ? "enrolled" : "waiting"
                return .see("/portal/runs/\(run.text)?done=\(done)")
            }
        },
        Route(
            .post,
            "/portal/runs/{code}/withdrawals",
            for: .prescribers,
            "Takes somebody whom the structure enrolled off the list."
        ) { call, context in
            try await onOwnRun(store, call, context) { run, form in
                _ = try await store.withdrawOwn(
                    PersonCode(typed: form.required("person")),
                    from: run,
                    motive: ShortText(
                        typed: form[form["motive"] ?? ""] ?? "",
                        field: .motive,
                        most: 500
                    ),
                    key: call.key(),
                    by: context.staff
                )
                return .see("/portal/runs/\(run.text)?done=withdrawn")
            }
        },
    ]
}

private func runAPIRoutes(_ store: Store) -> [Route] {
    [
        Route(
            .get,
            "/api/v1/portal/runs",
            for: .prescribers,
            "Runs that take the structure's people, and those on which it has some, the latest first.",
            query: [
                .init("after", .text(most: 30), "The run after which the list goes on."),
                .init("limit", .integer(least: 1, most: 200), "How many."),
            ],
            gives: Listing<OwnRun>.self
        ) { call, context in
            let part = try await store.ownRuns(
                by: context.staff,
                after: call.query["after"],
                limit: call.query["limit"].flatMap { Int($0) } ?? 50
            )
            return try .json(Listing(part.items, next: part.next))
        },
        Route(
            .get,
            "/api/v1/portal/runs/{code}",
            for: .prescribers,
            "A run, with the structure's own people on it.",
            gives: OwnRun.self
        ) { call, context in
            let run = try RunCode(typed: call.piece("code"))
            return try .json(try await store.ownRun(run, by: context.staff))
        },
        Route(
            .post,
            "/api/v1/portal/runs/{code}/enrolments",
            for: .prescribers,
            "Enrols one of the structure's own people; where every seat is taken, they wait: place says where.",
            takes: AskedEnrolment.self,
            gives: Enrolled.self
        ) { call, context in
            let asked: AskedEnrolment = try call.json()
            let enrolled = try await store.enrolOwn(
                PersonCode(typed: asked.person),
                in: RunCode(typed: call.piece("code")),
                key: call.key(),
                by: context.staff
            )
            return try .json(enrolled, .created)
        },
        Route(
            .post,
            "/api/v1/portal/runs/{code}/withdrawals",
            for: .prescribers,
            "Takes somebody whom the structure enrolled off a run, until it begins.",
            takes: AskedMotive.self,
            gives: OwnWithdrawn.self
        ) { call, context in
            let asked: AskedMotive = try call.json()
            let withdrawn = try await store.withdrawOwn(
                PersonCode(typed: asked.person),
                from: RunCode(typed: call.piece("code")),
                motive: ShortText(typed: asked.motive, field: .motive, most: 500),
                key: call.key(),
                by: context.staff
            )
            return try .json(withdrawn, .created)
        },
    ]
}
