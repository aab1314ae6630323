import HTTPTypes
import Shop
import Store

private let readers = Access.roles(.courseReaders)
private let writers = Access.roles(.courseKeepers)

/// Runs, sessions, attendance, completion, attestations.
func courseRoutes(_ store: Store) -> [Route] {
    listRoutes(store) + runRoutes(store) + completionRoutes(store) + planRoutes(store)
        + seatRoutes(store) + sheetRoutes(store)
        + courseAPIRoutes(store)
}

private func listRoutes(_ store: Store) -> [Route] {
    [
        Route(
            .get,
            "/runs",
            for: readers,
            "Runs, the latest first.",
            query: [.init("after", .text(most: 30), "The run after which the list goes on.")]
        ) { call, context in
            let after = call.query["after"]
            let runs = try await store.runs(after: after, in: context.reach(.courseReaders))
            return context.page(
                RunsPage(
                    context.words,
                    runs,
                    isFirst: after == nil,
                    mayWrite: context.mayOpen("/runs/new")
                )
            )
        },
        Route(.get, "/runs/new", for: writers, "The form that opens a run.") { call, context in
            try await newRun(store, context, call.query)
        },
        Route(.post, "/runs", for: writers, "Opens a run.") { call, context in
            let form = try call.form()
            let shops = try await context.workplaces(
                store,
                coded: form["shop"],
                where: .courseKeepers
            )
            let shop = try shops.certain()
            do {
                if form["redate"] != nil { return try await newRun(store, context, form) }
                let found = try await store.findMobilisers(
                    structure: form.required("structure"),
                    shop: shop.id,
                    facilitator: form.required("facilitator")
                )
                let new = try NewRun(
                    code: RunCode(typed: form.required("code")),
                    course: ShortCode(typed: form.required("course")),
                    programme: ShortCode(typed: form.required("programme")),
                    structure: found.structure,
                    shop: found.shop,
                    facilitator: found.facilitator,
                    place: form["place"] ?? "",
                    startsOn: Day(typed: form.required("starts_on"))
                )
                let run = try await store.mobiliseRun(new, key: call.key(), by: context.staff)
                return .see("/runs/\(run.code)?done=created")
            } catch let refusal as Refusal {
                return try await newRun(store, context, form, refusal)
            }
        },
    ]
}

private func newRun(
    _ store: Store,
    _ context: Context,
    _ form: Form,
    _ refusal: Refusal? = nil
) async throws -> Answer {
    let begins = form["starts_on"].flatMap { try? Day(typed: $0) } ?? store.today
    let shops = try await context.workplaces(store, coded: form["shop"], where: .courseKeepers)
    let shop = try shops.certain()
    return context.page(
        NewRunPage(
            context.words,
            key: store.newID(),
            workplace: WorkplaceBar(shops, shop, at: "/runs/new"),
            begins: begins,
            code: try await store.nextRunCode(of: shop.code, on: begins),
            courses: try await store.courses().items,
            programmes: try await store.programmes().items,
            structures: try await store.structures(limit: 200).items,
            facilitators: try await store.facilitators(first: context.staff),
            form: form,
            refusal: refusal.map { RefusalCard($0, in: context.language) }
        ),
        refusal?.status ?? .ok
    )
}

private func runRoutes(_ store: Store) -> [Route] {
    [
        Route(
            .get,
            "/runs/{code}",
            for: readers,
            "A run with its attendance and where each parent stands.",
            query: [
                .init("session", .text(), "The session whose attendance is shown, or new."),
                .init("done", .text(most: 20), "What has just been done."),
            ]
        ) { call, context in
            let session = call.query["session"]
            let asked = RunAsked(session: session.flatMap { ID($0) }, isNew: session == "new")
            let done = call.query["done"].flatMap { context.words.table["run_done_\($0)"] }
            return try await page(store, call, context, asked, notice: done)
        },
        Route(
            .post,
            "/runs/{code}/search",
            for: writers,
            "Finds whom to enrol. A name is never in an address."
        ) { call, context in
            let form = try call.form()
            return try await onRunPage(store, call, context, form) {
                let found = try await store.searchPersons(form["q"] ?? "").items
                return try await page(store, call, context, RunAsked(form: form, found: found))
            }
        },
        Route(.post, "/runs/{code}/sessions", for: writers, "Writes a session down.") {
            call,
            context in
            let form = try call.form()
            return try await onRunPage(store, call, context, form) {
                let minutes = try whole(form.required("delivered_minutes"), .minutes)
                let run = try RunCode(typed: call.piece("code"))
                let held = try HeldSession(
                    run: run,
                    planned: form["session"].map { try ID(typed: $0, field: .session) },
                    module: whole(form.required("module"), .module),
                    heldOn: Day(typed: form.required("held_on")),
                    deliveredMinutes: minutes,
                    exceptions: attendance(form).filter { $0.value != .whole }
                )
                _ = try await store.holdSession(held, key: call.key(), by: context.staff)
                return .see("/runs/\(run.text)?done=session#attendance")
            }
        },
        Route(
            .post,
            "/runs/{code}/sessions/{session}/attendance",
            for: writers,
            "Corrects the attendance of a session."
        ) { call, context in
            let form = try call.form()
            return try await onRunPage(store, call, context, form) {
                let session: ID<Session> = try call.id("session")
                let run = try RunCode(typed: call.piece("code"))
                _ = try await store.recordAttendance(
                    attendance(form),
                    at: session,
                    key: call.key(),
                    by: context.staff
                )
                return .see("/runs/\(run.text)?session=\(session)&done=attendance#attendance")
            }
        },
        Route(
            .post,
            "/runs/{code}/sessions/{session}/search",
            for: writers,
            "Finds who catches a session up. A name is never in an address."
        ) { call, context in
            let form = try call.form()
            return try await onRunPage(store, call, context, form) {
                let found = try await store.searchPersons(form["guest"] ?? "").items
                let asked = RunAsked(session: try call.id("session"), form: form, guests: found)
                return try await page(store, call, context, asked)
            }
        },
        Route(
            .post,
            "/runs/{code}/sessions/{session}/catch-ups",
            for: writers,
            "Writes down who catches a session up from another run."
        ) { call, context in
            let form = try call.form()
            return try await onRunPage(store, call, context, form) {
                guard let person = PersonCode(try form.required("person")) else {
                    throw Refusal(.personUnknown)
                }
                let (run, session): (RunCode, ID<Session>) = (
                    try RunCode(typed: call.piece("code")), try call.id("session")
                )
                _ = try await store.recordCatchUp(
                    of: store.person(coded: person),
                    at: session,
                    key: call.key(),
                    by: context.staff
                )
                return .see("/runs/\(run.text)?session=\(session)&done=caught_up#attendance")
            }
        },
    ]
}

private func completionRoutes(_ store: Store) -> [Route] {
    [
        Route(.post, "/runs/{code}/completions", for: writers, "Decides who has finished.") {
            call,
            context in
            let form = try call.form()
            return try await onRunPage(store, call, context, form) {
                let run = try RunCode(typed: call.piece("code"))
                var motives: [ID<Person>: ShortText] = [:]
                if form["person"] != nil {
                    let (person, motive) = try await motivated(form, store)
                    motives[person] = motive
                }
                _ = try await store.complete(
                    CompletionRequest(
                        run: run,
                        persons: motives.isEmpty ? nil : Array(motives.keys),
                        motives: motives
                    ),
                    key: call.key(),
                    by: context.staff
                )
                return .see("/runs/\(run.text)?done=completed#parents")
            }
        },
        Route(.post, "/runs/{code}/withdrawals", for: writers, "Takes a person off the list.") {
            call,
            context in
            let form = try call.form()
            return try await onRunPage(store, call, context, form) {
                let run = try RunCode(typed: call.piece("code"))
                let (person, motive) = try await motivated(form, store)
                _ = try await store.withdraw(
                    person,
                    from: run,
                    motive: motive,
                    key: call.key(),
                    by: context.staff
                )
                return .see("/runs/\(run.text)?done=withdrawn#parents")
            }
        },
        Route(
            .post,
            "/runs/{code}/revocations",
            for: .roles(.shopManagers),
            "Takes an attestation back."
        ) { call, context in
            let form = try call.form()
            return try await onRunPage(store, call, context, form) {
                let typed = try form.required("attestation")
                guard let code = CompletionCode(typed) else {
                    throw Refusal(.completionUnknown, ["code": .text(String(typed.prefix(40)))])
                }
                let revoked = try await store.revokeCompletion(
                    code,
                    motive: ShortText(
                        typed: form[form["motive"] ?? ""] ?? "",
                        field: .motive,
                        most: 500
                    ),
                    key: call.key(),
                    by: context.staff
                )
                let done = revoked.receipts.isEmpty ? "revoked" : "revoked_used"
                return .see("/runs/\(revoked.run)?done=\(done)#parents")
            }
        },
        Route(.get, "/attestations/{code}", for: readers, "An attestation, for paper.") {
            call,
            context in
            context.page(try await attestation(store, call, context))
        },
        Route(
            .get,
            "/attestations/{code}/attestation.pdf",
            for: readers,
            "An attestation as a PDF."
        ) { call, context in
            let page = try await attestation(store, call, context)
            return try await context.file(page, named: "attestation-\(call.piece("code"))")
        },
    ]
}

private func attestation(
    _ store: Store,
    _ call: Call,
    _ context: Context
) async throws -> AttestationPage {
    guard let code = CompletionCode(call.piece("code")) else {
        throw Refusal(.completionUnknown, ["code": .text(call.piece("code"))])
    }
    return AttestationPage(
        context.words,
        try await store.attestation(code, in: context.reach(.courseReaders))
    )
}

/// The parent whom a form is about, and why; the name of the motive's field stands beside, since each parent has one.
private func motivated(_ form: Form, _ store: Store) async throws -> (ID<Person>, ShortText) {
    guard let code = PersonCode(try form.required("person")) else {
        throw Refusal(.personUnknown)
    }
    let typed = form[form["motive"] ?? ""] ?? ""
    return (
        try await store.person(coded: code),
        try ShortText(typed: typed, field: .motive, most: 500)
    )
}

/// Shows the run again with why the answer is no, and what was typed.
func onRunPage(
    _ store: Store,
    _ call: Call,
    _ context: Context,
    _ form: Form,
    _ body: () async throws -> Answer
) async throws -> Answer {
    do { return try await body() } catch let refusal as Refusal {
        guard refusal.reason != .runUnknown else { throw refusal }
        let card = RefusalCard(refusal, in: context.language)
        let session = (call.pieces["session"] ?? form["session"]).flatMap { ID<Session>($0) }
        return try await page(
            store,
            call,
            context,
            RunAsked(
                session: session,
                isNew: session == nil && call.path.hasSuffix("/sessions"),
                form: form,
                refusal: card
            ),
            refusal.status
        )
    }
}

private func page(
    _ store: Store,
    _ call: Call,
    _ context: Context,
    _ asked: RunAsked,
    _ status: HTTPResponse.Status = .ok,
    notice: String? = nil
) async throws -> Answer {
    let sheet = try await store.sheet(
        of: RunCode(typed: call.piece("code")),
        in: context.reach(.courseReaders)
    )
    let mayWrite = context.mayOpen("/runs/new")
    return context.page(
        RunPage(
            context.words,
            sheet,
            asked,
            colleagues: mayWrite ? try await store.colleagues() : [],
            dueQuestionnaires: mayWrite
                ? try await store.dueCounts(run: RunCode(typed: sheet.run.code)) : [:],
            mayCorrect: context.visitor?.holdsHere(anyOf: .shopManagers) ?? false,
            today: store.today,
            mayWrite: mayWrite,
            newKey: { store.newID() }
        ),
        status,
        notice: notice
    )
}

/// How each was there, as the grid says it.
func attendance(_ form: Form) throws -> [ID<Person>: Presence] {
    var presences: [ID<Person>: Presence] = [:]
    for name in form.names where name.hasPrefix("presence-") {
        let text = String(name.dropFirst("presence-".count))
        guard let person = ID<Person>(text) else { continue }
        let chosen = form[name] ?? ""
        presences[person] =
            chosen == "late"
            ? .late(minutes: try whole(form["missed-\(text)"] ?? "", .minutes))
            : try Presence(typed: chosen)
    }
    return presences
}

private func whole(_ typed: String, _ field: FieldName) throws(Refusal) -> Int {
    guard let number = Int(typed.filter { !$0.isWhitespace }), (0...1440).contains(number) else {
        throw Refusal(
            .quantityOutOfRange,
            ["field": .field(field), "least": .number(0), "most": .number(1440)]
        )
    }
    return number
}
