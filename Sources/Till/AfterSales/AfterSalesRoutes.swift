import HTTPTypes
import Shop
import Store

/// Who takes back what does not work.
let afterSalesKeepers = Access.roles(.afterSalesKeepers)

/// After-sales: the list and the search, opening a case, its page with one next step, its slip.
func afterSalesRoutes(_ store: Store) -> [Route] {
    afterSalesPageRoutes(store) + afterSalesFormRoutes(store) + afterSalesAPIRoutes(store)
}

let casesAsked: [Route.Parameter] = [
    .init("state", .choice(AfterSalesFilter.names), "How far they came; by default those open."),
    .init("label", .text(most: 40), "Of one machine."),
    .init("after", .text(format: "uuid"), "The last part’s next."),
]

private func afterSalesPageRoutes(_ store: Store) -> [Route] {
    [
        Route(
            .get,
            "/after-sales",
            for: afterSalesKeepers,
            "Cases of after-sales, the last opened first, and a search for what somebody brings.",
            query: casesAsked
        ) { call, context in
            let filter = try AfterSalesFilter(typed: call.query["state"] ?? "")
            let after = call.query["after"]
            let part = try await store.cases(
                filter,
                of: call.query["label"].map { text throws(Refusal) in
                    try DeviceLabel.typed(text)
                },
                in: context.reach(.afterSalesKeepers),
                after: after
            )
            return context.page(
                AfterSalesPage(
                    context.words,
                    part,
                    filter,
                    after: after,
                    today: store.today
                )
            )
        },
        Route(
            .post,
            "/after-sales/search",
            for: afterSalesKeepers,
            "Machines that somebody has, by label, serial, receipt or person."
        ) { call, context in
            try await found(store, call, context)
        },
        Route(
            .get,
            "/after-sales/new",
            for: afterSalesKeepers,
            "A form to open a case for a machine.",
            query: [.init("label", .text(most: 40), isRequired: true, "The machine.")]
        ) { call, context in
            try await newCasePage(store, context, call.query["label"] ?? "")
        },
        Route(.get, "/after-sales/{code}", for: afterSalesKeepers, "A case’s page.") {
            call,
            context in
            try await casePage(store, call, context)
        },
        Route(
            .get,
            "/after-sales/{code}/slip",
            for: afterSalesKeepers,
            "What whoever brought a machine takes home, to print."
        ) { call, context in
            let code = try AfterSalesCode.typed(call.piece("code"))
            let card = try await store.afterSalesCase(
                code,
                in: context.reach(.afterSalesKeepers)
            )
            return context.page(
                AfterSalesSlipPage(
                    context.words,
                    card,
                    association: try await store.association()?.name ?? "",
                    place: try await store.place(of: store.shop(coded: card.row.shopCode)),
                    isDemonstration: context.isDemonstration
                )
            )
        },
    ]
}

/// What a search finds: machines, and for who receives people those whom a name finds.
private func found(_ store: Store, _ call: Call, _ context: Context) async throws -> Answer {
    let form = try call.form()
    let typed = form["q"] ?? ""
    if let code = try? AfterSalesCode.typed(typed) { return .see("/after-sales/\(code)") }
    do {
        let part = try await store.handedOverDevices(
            matching: typed,
            in: context.reach(.afterSalesKeepers),
            by: context.staff,
            after: form["after"]
        )
        let people =
            part.items.isEmpty && form["after"] == nil && context.mayOpen("/persons")
            ? try await store.searchPersons(typed, limit: 10).items : []
        return context.page(
            AfterSalesPage(context.words, found: part, people, typed: typed)
        )
    } catch let refusal as Refusal {
        return context.page(
            AfterSalesPage(
                context.words,
                found: Paged(items: [], next: nil),
                [],
                typed: typed,
                refusal: refusal
            ),
            refusal.status
        )
    }
}

private func newCasePage(
    _ store: Store,
    _ context: Context,
    _ label: String,
    _ draft: Draft = Draft()
) async throws -> Answer {
    let device = try await store.handedOverDevice(
        DeviceLabel.typed(label),
        in: context.reach(.afterSalesKeepers)
    )
    if let code = device.openCase { return .see("/after-sales/\(code)") }
    let page = NewAfterSalesPage(
        context.words,
        device,
        try await store.diagnosisTree(),
        draft,
        key: store.newID(Claim.self).text,
        today: store.today
    )
    return context.page(page, draft.wrong.first?.refusal.status ?? .ok)
}

private func casePage(
    _ store: Store,
    _ call: Call,
    _ context: Context,
    _ draft: Draft = Draft()
) async throws -> Answer {
    let code = try AfterSalesCode.typed(call.piece("code"))
    let reach = try context.reach(.afterSalesKeepers)
    let card = try await store.afterSalesCase(code, in: reach)
    let tree = try await store.diagnosisTree(of: code, in: reach)
    let typed = draft.form["answers"] ?? call.query["answers"]
    let page = try AfterSalesCasePage(
        context.words,
        card,
        tree.walk(
            from: tree.symptom(typed: card.row.symptom.code),
            diagnosisAnswers(typed: typed ?? "")
        ),
        asksAgain: typed != nil,
        givesRightBack: try await store.refundGivesRightBack(),
        maySell: context.mayOpen("/till"),
        maySeePerson: context.mayOpen("/persons"),
        draft
    ) { store.newID(Claim.self).text }
    let done = call.done(
        "opened",
        "received",
        "diagnosed",
        "repaired",
        "refused",
        "handed_back",
        "closed",
        "exchanged",
        "refunded"
    )
    return context.page(
        page,
        draft.wrong.first?.refusal.status ?? .ok,
        notice: done.map { context.words("after_sales_done_\($0)") }
    )
}

private func afterSalesFormRoutes(_ store: Store) -> [Route] {
    [
        Route(.post, "/after-sales", for: afterSalesKeepers, "Opens a case for a machine.") {
            call,
            context in
            let form = try call.form()
            var draft = Draft(form)
            do {
                let done = try await store.openCase(
                    DeviceLabel.typed(form["label"] ?? ""),
                    symptom: form["symptom"] ?? "",
                    isHere: form["announced"] != "yes",
                    key: call.key(),
                    by: context.staff
                )
                return .see("/after-sales/\(done.code)?done=opened")
            } catch let refusal as Refusal {
                draft.refuse(refusal)
            }
            return try await newCasePage(store, context, form["label"] ?? "", draft)
        },
        Route(
            .post,
            "/after-sales/{code}/steps",
            for: afterSalesKeepers,
            "Does the next thing with a case that needs no ticket."
        ) { call, context in
            let code = try AfterSalesCode.typed(call.piece("code"))
            var draft = Draft(try call.form())
            do {
                let move = try draft.move()
                _ = try await store.advanceCase(code, move, key: call.key(), by: context.staff)
                return .see("/after-sales/\(code)?done=\(move.done)")
            } catch let refusal as Refusal {
                draft.refuse(refusal)
            }
            return try await casePage(store, call, context, draft)
        },
        Route(
            .post,
            "/after-sales/{code}/exchange",
            for: .roles(.sellers),
            "Gives another machine in the place of one that is covered."
        ) { call, context in
            let code = try AfterSalesCode.typed(call.piece("code"))
            var draft = Draft(try call.form())
            do {
                _ = try await store.exchangeDevice(
                    code,
                    for: DeviceLabel.typed(draft.value("replacement")),
                    key: call.key(),
                    by: context.staff
                )
                return .see("/after-sales/\(code)?done=exchanged")
            } catch let refusal as Refusal {
                draft.refuse(refusal.about(.replacement))
            }
            return try await casePage(store, call, context, draft)
        },
        Route(
            .post,
            "/after-sales/{code}/refund",
            for: .roles(.sellers),
            "Refunds a machine that is covered."
        ) { call, context in
            let code = try AfterSalesCode.typed(call.piece("code"))
            var draft = Draft(try call.form())
            do {
                _ = try await store.refundCase(
                    code,
                    // A gift gives nothing back, whatever the means.
                    by: draft.form["means"].map { text throws(Refusal) in
                        try Means(typed: text, field: .means)
                    } ?? .cash,
                    key: call.key(),
                    by: context.staff
                )
                return .see("/after-sales/\(code)?done=refunded")
            } catch let refusal as Refusal {
                draft.refuse(refusal)
            }
            return try await casePage(store, call, context, draft)
        },
    ]
}

extension Draft {
    /// Throws `choiceUnknown`, and what the fields’ own reading throws.
    fileprivate func move() throws(Refusal) -> AfterSalesMove {
        try AfterSalesMove(
            AfterSalesAct(typed: value("act"), field: .act),
            answers: value("answers"),
            work: value("work")
        )
    }
}

extension AfterSalesMove {
    /// What the page says of it afterwards.
    fileprivate var done: String {
        switch self {
        case .receive: "received"
        case .diagnose: "diagnosed"
        case .repair: "repaired"
        case .refuse: "refused"
        case .handBack: "handed_back"
        case .close: "closed"
        }
    }
}
