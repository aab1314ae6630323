import HTTPTypes
import Shop
import Store

private let workers = Access.roles(.stockWorkers)

/// Machines and articles on their way between shops.
func transferRoutes(_ store: Store) -> [Route] {
    transferPageRoutes(store) + transferFormRoutes(store) + transferAPIRoutes(store)
}

private func transferPageRoutes(_ store: Store) -> [Route] {
    [
        Route(
            .get,
            "/transfers",
            for: workers,
            "Transfers from and to the reader’s shops, the last sent first; the scanned code of a slip opens it.",
            query: [
                .init("stage", .choice(TransferStage.allCases.map(\.rawValue)), "How far."),
                .init("code", .text(most: 40), "The code of a slip."),
                .init("after", .text(format: "uuid"), "The last part’s next."),
            ]
        ) { call, context in
            let reach = try context.reach(.stockWorkers)
            let typed = call.query["code"] ?? ""
            var refusal: Refusal?
            if !typed.isEmpty {
                do {
                    let card = try await store.transfer(TransferCode.typed(typed), in: reach)
                    return .see("/transfers/\(card.transfer.code)")
                } catch let unknown as Refusal { refusal = unknown }
            }
            let stage = call.query["stage"].flatMap(TransferStage.init(rawValue:))
            let after = call.query["after"]
            let part = try await store.transfers(stage: stage, in: reach, after: after)
            return context.page(
                TransfersPage(
                    context.words,
                    part,
                    stage: stage,
                    after: after,
                    typed: typed,
                    refusal: refusal
                ),
                refusal?.status ?? .ok
            )
        },
        Route(.get, "/transfers/new", for: workers, "A form to send things to another shop.") {
            call,
            context in
            try await newTransferPage(store, context, shop: call.query["shop"])
        },
        Route(.get, "/transfers/{code}", for: workers, "A transfer’s page.") { call, context in
            try await transferPage(store, call, context)
        },
        Route(.get, "/transfers/{code}/slip", for: workers, "The slip that travels, to print.") {
            call,
            context in
            let code = try TransferCode.typed(call.piece("code"))
            let card = try await store.transfer(code, in: context.reach(.stockWorkers))
            return context.page(
                TransferSlipPage(context.words, card, isDemonstration: context.isDemonstration)
            )
        },
    ]
}

private func newTransferPage(
    _ store: Store,
    _ context: Context,
    shop code: String? = nil,
    _ draft: Draft = Draft()
) async throws -> Answer {
    let shops = try await context.workplaces(store, coded: code, where: .stockWorkers)
    let shop = try shops.certain()
    let page = NewTransferPage(
        context.words,
        from: shop,
        to: try await store.receivers(from: shop.id),
        try await store.offeredProducts(
            of: .counted,
            matching: draft.article,
            named: draft.namedArticles,
            in: shop.id,
            isFree: true
        ),
        draft,
        key: store.newID(Claim.self).text,
        workplace: WorkplaceBar(shops, shop, at: "/transfers/new")
    )
    return context.page(page, draft.wrong.first?.refusal.status ?? .ok)
}

private func transferPage(
    _ store: Store,
    _ call: Call,
    _ context: Context,
    _ draft: Draft = Draft()
) async throws -> Answer {
    let code = try TransferCode.typed(call.piece("code"))
    let reach = try context.reach(.stockWorkers)
    let card = try await store.transfer(code, in: reach)
    let page = TransferPage(
        context.words,
        card,
        receives: reach.includes(card.toShop),
        sends: reach.includes(card.fromShop),
        draft
    ) { store.newID(Claim.self).text }
    let done = call.done("sent", "ticked", "ended", "back", "found")
    return context.page(
        page,
        draft.wrong.first?.refusal.status ?? .ok,
        notice: done.map { context.words("transfer_done_\($0)") }
    )
}

private func transferFormRoutes(_ store: Store) -> [Route] {
    [
        Route(.post, "/transfers", for: workers, "Sends things to another shop.") {
            call,
            context in
            let form = try call.form()
            var draft = Draft(form)
            let shops = try await context.workplaces(
                store,
                coded: form["shop"],
                where: .stockWorkers
            )
            let shop = try shops.certain()
            if draft.article != nil {
                return try await newTransferPage(store, context, shop: form["shop"], draft)
            }
            let labels = draft.readLabels()
            let units = draft.readProductCounts()
            if let labels, let units {
                do {
                    let code = try await store.sendTransfer(
                        of: labels,
                        units,
                        from: shop.id,
                        to: store.shop(named: form["to"], field: .toShop),
                        key: call.key(),
                        by: context.staff
                    )
                    return .see("/transfers/\(code)?done=sent")
                } catch let refusal as Refusal {
                    draft.refuse(refusal)
                }
            }
            return try await newTransferPage(store, context, shop: form["shop"], draft)
        },
        Route(
            .post,
            "/transfers/{code}/arrivals",
            for: workers,
            "Ticks off what came of a transfer, or takes it back."
        ) { call, context in
            let code = try TransferCode.typed(call.piece("code"))
            var draft = Draft(try call.form())
            if let arrival = draft.readArrival() {
                do {
                    let told = try await store.receiveTransfer(
                        code,
                        arrival,
                        key: call.key(),
                        by: context.staff
                    )
                    let done = arrival.takesBack ? "back" : told.open == 0 ? "ended" : "ticked"
                    return .see("/transfers/\(code)?done=\(done)")
                } catch let refusal as Refusal {
                    draft.refuse(refusal)
                }
            }
            return try await transferPage(store, call, context, draft)
        },
        Route(
            .post,
            "/transfers/{code}/findings",
            for: workers,
            "Says that machines which were missing are there after all."
        ) { call, context in
            let code = try TransferCode.typed(call.piece("code"))
            var draft = Draft(try call.form())
            if let labels = draft.readLabels() {
                do {
                    _ = try await store.findMissing(
                        labels,
                        of: code,
                        key: call.key(),
                        by: context.staff
                    )
                    return .see("/transfers/\(code)?done=found")
                } catch let refusal as Refusal where refusal.reason != .transferUnknown {
                    draft.refuse(refusal)
                }
            }
            return try await transferPage(store, call, context, draft)
        },
    ]
}

extension Draft {
    /// By the button that was pressed: what is named arrived; all of it did; the rest is missing; all of it is taken back.
    fileprivate mutating func readArrival() -> Arrival? {
        let act = value("act")
        let labels = readLabels()
        let units = readProductCounts(least: 0)
        let motive = read("motive") { text throws(Refusal) in
            try ShortText.optional(typed: text, field: .motive, most: 500)
        }
        guard let labels, let units, let motive else { return nil }
        return Arrival(
            devices: labels,
            products: units,
            isAll: act == "all" || act == "back",
            isLast: act == "last",
            motive: motive,
            takesBack: act == "back"
        )
    }
}
