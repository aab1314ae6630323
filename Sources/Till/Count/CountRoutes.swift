import HTTPTypes
import Shop
import Store

private let workers = Access.roles(.stockWorkers)

/// Counts of what stands in a shop.
func countRoutes(_ store: Store) -> [Route] {
    countPageRoutes(store) + countFormRoutes(store) + countAPIRoutes(store)
}

private func countPageRoutes(_ store: Store) -> [Route] {
    [
        Route(
            .get,
            "/counts",
            for: workers,
            "Stock counts, the last opened first.",
            query: [.init("after", .text(format: "uuid"), "The last part’s next.")]
        ) { call, context in
            try await countsPage(store, call, context)
        },
        Route(
            .get,
            "/counts/{code}",
            for: workers,
            "A stock count’s page.",
            query: [
                .init("outcome", .choice(CountOutcome.allCases.map(\.rawValue)), "Which machines."),
                .init("after", .text(format: "uuid"), "The last part’s next."),
            ]
        ) { call, context in
            try await countPage(store, call, context)
        },
    ]
}

private func countsPage(
    _ store: Store,
    _ call: Call,
    _ context: Context,
    _ draft: Draft = Draft()
) async throws -> Answer {
    let after = call.query["after"]
    let page = CountsPage(
        context.words,
        try await store.counts(in: context.reach(.stockWorkers), after: after),
        after: after,
        shops: try await context.workplaces(
            store,
            coded: draft.form["shop"],
            where: .stockWorkers
        ),
        draft,
        key: store.newID(Claim.self).text
    )
    return context.page(page, draft.wrong.first?.refusal.status ?? .ok)
}

private func countPage(
    _ store: Store,
    _ call: Call,
    _ context: Context,
    _ draft: Draft = Draft()
) async throws -> Answer {
    let code = try CountCode.typed(call.piece("code"))
    let reach = try context.reach(.stockWorkers)
    let card = try await store.count(code, in: reach)
    let outcome = call.query["outcome"].flatMap(CountOutcome.init(rawValue:)) ?? .missing
    let after = call.query["after"]
    let page = try CountPage(
        context.words,
        card,
        card.count.isOpen
            ? nil : try await store.devices(outcome, of: code, in: reach, after: after),
        of: outcome,
        after: after,
        products: card.count.stage == .open
            ? try await store.offeredProducts(
                of: .counted,
                matching: draft.article,
                named: draft.namedArticles
            ) : OfferedProducts(shown: [], hasMore: false),
        reader: context.staff.operatorCode,
        draft
    ) { store.newID(Claim.self).text }
    let done = call.done(
        "opened",
        "scanned",
        "again",
        "stray",
        "place",
        "units",
        "closed",
        "applied",
        "abandoned"
    )
    return context.page(
        page,
        draft.wrong.first?.refusal.status ?? .ok,
        notice: done.map { context.words("count_done_\($0)") }
    )
}

private func countFormRoutes(_ store: Store) -> [Route] {
    [
        Route(.post, "/counts", for: workers, "Opens a stock count.") { call, context in
            var draft = Draft(try call.form())
            let shops = try await context.workplaces(
                store,
                coded: draft.form["shop"],
                where: .stockWorkers
            )
            let scope = draft.read("scope") { text throws(Refusal) in
                try CountScope(typed: text, field: .scope)
            }
            if let scope {
                do {
                    let code = try await store.openCount(
                        of: scope,
                        in: shops.certain().id,
                        key: call.key(),
                        by: context.staff
                    )
                    return .see("/counts/\(code)?done=opened")
                } catch let refusal as Refusal where refusal.reason != .shopUnclear {
                    draft.refuse(refusal)
                }
            }
            return try await countsPage(store, call, context, draft)
        },
        countForm(store, "scans", "Counts a machine.") { code, draft, call, staff in
            let told = try await store.scan(
                draft.value("scanned"),
                in: code,
                key: call.key(),
                by: staff
            )
            switch told.outcome {
            case .counted: return "scanned"
            case .again: return "again"
            case .stray: return "stray"
            case .place: return "place"
            }
        },
        countForm(store, "units", "Writes down how many of each article were counted.") {
            code,
            draft,
            call,
            staff in
            guard draft.article == nil, let units = draft.readProductCounts(least: 0) else {
                return nil
            }
            _ = try await store.countUnits(units, in: code, key: call.key(), by: staff)
            return "units"
        },
        countForm(store, "closing", "Stops the counting.") { code, _, call, staff in
            _ = try await store.closeCount(code, key: call.key(), by: staff)
            return "closed"
        },
        countForm(store, "application", "Applies the differences.") { code, _, call, staff in
            _ = try await store.applyCount(code, key: call.key(), by: staff)
            return "applied"
        },
        countForm(store, "abandonment", "Gives a stock count up.") { code, draft, call, staff in
            let motive = draft.read("motive") { text throws(Refusal) in
                try ShortText(typed: text, field: .motive, most: 500)
            }
            guard let motive else { return nil }
            _ = try await store.abandonCount(code, because: motive, key: call.key(), by: staff)
            return "abandoned"
        },
    ]
}

/// A form on a count's page. `act` gives what was done, nil where the draft says what is wrong.
private func countForm(
    _ store: Store,
    _ what: String,
    _ summary: String,
    _ act: @escaping @Sendable (CountCode, inout Draft, Call, Staff) async throws -> String?
) -> Route {
    Route(.post, "/counts/{code}/\(what)", for: workers, summary) { call, context in
        let code = try CountCode.typed(call.piece("code"))
        var draft = Draft(try call.form())
        do {
            if let done = try await act(code, &draft, call, context.staff) {
                return .see("/counts/\(code)?done=\(done)")
            }
        } catch let refusal as Refusal where refusal.reason != .countUnknown {
            draft.refuse(refusal)
        }
        return try await countPage(store, call, context, draft)
    }
}
