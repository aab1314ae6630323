import HTTPTypes
import Shop
import Store

/// Limits, each a dated row, told in sentences.
func quotaRoutes(_ store: Store) -> [Route] {
    returnRoutes(store) + [
        Route(
            .get,
            "/quotas",
            for: .everyRole,
            "The limits.",
            query: [
                .init("change", .text(most: 40), "The limit whose form is open."),
                .init("done", .text(most: 20), "What has just been done."),
            ] + limitFields
        ) { call, context in
            let rules = try await store.quotaRules().filter { $0.code == call.query["change"] }
            let shops = Dictionary(
                uniqueKeysWithValues: try await store.shops().map { ($0.id, $0.code) }
            )
            let changed = rules.inForce(on: store.today).map {
                Draft(changing: $0, shops: shops, today: store.today)
            }
            let typed = call.query["code"].map { _ in Draft(call.query) }
            return try await quotasPage(store, call, context, changed ?? typed ?? Draft())
        },
        Route(
            .post,
            "/quotas",
            for: .roles(.administrators),
            "Says what a limit would say, tries it on past tickets, or sets it from a day on."
        ) { call, context in
            var draft = Draft(try call.form())
            var preview: QuotaPreview?
            if let rule = try await draft.readQuotaRule(store) {
                do {
                    switch draft.value("step") {
                    case "preview":
                        preview = try await store.previewQuotaRule(rule, by: context.staff)
                    case "rehearse":
                        return .see("/quotas/rehearsal?" + draft.encoded(QuotasPage.fields))
                    default:
                        _ = try await store.setQuotaRule(rule, key: call.key(), by: context.staff)
                        return .see("/quotas?done=set")
                    }
                } catch let refusal as Refusal {
                    draft.refuse(refusal)
                }
            }
            return try await quotasPage(store, call, context, draft, preview)
        },
        Route(
            .get,
            "/quotas/rehearsal",
            for: .roles(.administrators),
            "What a limit would have refused of past tickets; nothing is written.",
            query: limitFields + rehearsalDays
        ) { call, context in
            var draft = Draft(call.query)
            var rehearsed: RehearsedQuota?
            let days = draft.readDays()
            if let rule = try await draft.readQuotaRule(store), let days {
                do {
                    rehearsed = try await store.rehearse(
                        rule,
                        from: days.from,
                        to: days.to,
                        after: call.query["after"],
                        by: context.staff,
                        goesOn: untilTooLong()
                    )
                } catch let refusal as Refusal {
                    draft.refuse(refusal)
                }
            }
            let page = RehearsalPage(
                context.words,
                rehearsed,
                draft,
                today: store.today,
                key: store.newID(Claim.self).text,
                mayOpen: context.mayOpen
            )
            return context.page(page, draft.wrong.first?.refusal.status ?? .ok)
        },
        Route(
            .get,
            "/api/v1/quotas",
            for: .everyRole,
            "Every version of every limit, by code, the newest first.",
            gives: Listing<QuotaDocument>.self
        ) { _, context in
            let rules = try await store.quotaRules()
            return try .json(Listing(rules.map { QuotaDocument($0, in: context.language) }))
        },
        Route(
            .post,
            "/api/v1/quotas",
            for: .roles(.administrators),
            "Sets a limit from a day on.",
            takes: AskedQuota.self,
            gives: QuotaDocument.self
        ) { call, context in
            let asked: AskedQuota = try call.json()
            let version = try await store.setQuotaRule(
                asked.rule(today: store.today),
                key: call.key(),
                by: context.staff
            )
            let rules = try await store.quotaRules()
            guard let set = rules.first(where: { $0.version == version }) else {
                preconditionFailure("the limit that was set is not there")
            }
            return try .json(QuotaDocument(set, in: context.language), .created)
        },
        Route(
            .post,
            "/api/v1/quotas/preview",
            for: .roles(.administrators),
            "What a limit would say and how it would stand beside the others; nothing is written.",
            takes: AskedQuota.self,
            gives: QuotaPreviewDocument.self
        ) { call, context in
            let asked: AskedQuota = try call.json()
            let preview = try await store.previewQuotaRule(
                asked.rule(today: store.today),
                by: context.staff
            )
            return try .json(QuotaPreviewDocument(preview, in: context.language))
        },
        Route(
            .post,
            "/api/v1/quotas/rehearsal",
            for: .roles(.administrators),
            "What a limit would have refused of past tickets; nothing is written.",
            query: rehearsalDays + [.init("limit", .integer(least: 1, most: 1000), "How many.")],
            takes: AskedQuota.self,
            gives: RehearsedDocument.self
        ) { call, context in
            let asked: AskedQuota = try call.json()
            var draft = Draft(call.query)
            guard let days = draft.readDays() else { throw draft.wrong[0].refusal }
            let rehearsed = try await store.rehearse(
                asked.rule(today: store.today),
                from: days.from,
                to: days.to,
                after: call.query["after"],
                limit: call.query["limit"].flatMap { Int($0) } ?? 50,
                by: context.staff,
                goesOn: untilTooLong()
            )
            return try .json(RehearsedDocument(rehearsed, in: context.language))
        },
    ]
}

/// A page waits for a trial half a minute; the answer says that it is not whole, and the command line has no such end.
private func untilTooLong() -> @Sendable (Int, Int) -> Bool {
    let end = ContinuousClock.now + .seconds(30)
    return { _, _ in ContinuousClock.now < end }
}

/// What a limit's form holds, as an address gives it.
private let limitFields: [Route.Parameter] = QuotasPage.fields.sorted().map {
    .init($0, .text(most: 100), "A field of the limit's form.")
}

private let rehearsalDays: [Route.Parameter] = [
    .init(
        "from",
        .text(format: "date"),
        "The first day of the tickets; three months before the last by default."
    ),
    .init("to", .text(format: "date"), "The last day of the tickets; today by default."),
    .init("after", .text(most: 60), "The last part's next."),
]

private func quotasPage(
    _ store: Store,
    _ call: Call,
    _ context: Context,
    _ draft: Draft = Draft(),
    _ preview: QuotaPreview? = nil
) async throws -> Answer {
    let visitor = try context.staff
    let mayWrite = visitor.holdsHere(anyOf: .administrators)
    let page = QuotasPage(
        context.words,
        try await store.quotaRules(),
        today: store.today,
        choices: .init(
            shops: try await store.shops(),
            products: mayWrite ? try await store.products(limit: 200).items : [],
            programmes: mayWrite ? try await store.programmes(limit: 200).items : []
        ),
        mayWrite: mayWrite,
        overrides: context.mayOpen("/overrides") ? "/overrides" : nil,
        draft,
        preview,
        key: store.newID(Claim.self).text
    )
    return context.page(
        page,
        draft.wrong.first?.refusal.status ?? .ok,
        notice: call.query["done"] == "set" ? context.words("quota_done_set") : nil
    )
}

extension Draft {
    /// The days of a rehearsal; nil, with what is wrong kept, when one cannot be read.
    fileprivate mutating func readDays() -> (from: Day?, to: Day?)? {
        func day(_ text: String, _ field: FieldName) throws(Refusal) -> Day? {
            text.isEmpty ? nil : try Day(typed: text, field: field)
        }
        let from = read("from") { text throws(Refusal) in try day(text, .startsOn) }
        let to = read("to") { text throws(Refusal) in try day(text, .endsOn) }
        guard let from, let to else { return nil }
        return (from, to)
    }

    /// Nil, with what is wrong kept, when a field cannot be read. Throws `unknownThing` for no shop of that code.
    fileprivate mutating func readQuotaRule(_ store: Store) async throws -> NewQuotaRule? {
        let code = read("code") { text throws(Refusal) in try ShortCode(typed: text) }
        let starts = read("starts_on") { text throws(Refusal) in
            try Day(typed: text, field: .startsOn)
        }
        let category = read("category") { text throws(Refusal) in
            try Category(typed: text, field: .category)
        }
        let machines = read("kinds") { text throws(Refusal) -> Set<DeviceKind>? in
            let kinds = try text.split(separator: ",").map { kind throws(Refusal) in
                try DeviceKind(typed: String(kind), field: .deviceKind)
            }
            return kinds.isEmpty ? nil : Set(kinds)
        }
        let product = read("product") { text throws(Refusal) -> ShortCode? in
            text.isEmpty ? nil : try ShortCode(typed: text, field: .product)
        }
        let programme = read("programme") { text throws(Refusal) -> ShortCode? in
            text.isEmpty ? nil : try ShortCode(typed: text, field: .programme)
        }
        let holder = read("holder") { text throws(Refusal) in
            try QuotaRule.Holder(typed: text, field: .holder)
        }
        let months = read("months") { text throws(Refusal) -> Int? in
            text.isEmpty ? nil : try number(typed: text, field: .months, in: 1...120)
        }
        let units = read("units") { text throws(Refusal) -> Int? in
            text.isEmpty ? nil : try number(typed: text, field: .limit, in: 0...1000)
        }
        let euros = read("euros") { text throws(Refusal) -> Cents? in
            text.isEmpty ? nil : try Cents(typed: text)
        }
        let origin = read("origin") { text throws(Refusal) -> RightOrigin? in
            text.isEmpty ? nil : try RightOrigin(typed: text, field: .counted)
        }
        let exit = read("exit") { text throws(Refusal) -> TicketKind? in
            text.isEmpty ? nil : try TicketKind(typed: text, field: .counted)
        }
        guard isFine, let code, let starts, let category, let machines, let holder, let months,
            let units, let euros, let origin, let exit, let product, let programme
        else { return nil }
        let shop = value("shop").isEmpty ? nil : try await store.shop(coded: value("shop"))
        return readAll {
            () throws(Refusal) in
            try NewQuotaRule(
                code: code,
                startsOn: starts,
                category: category,
                holder: holder,
                months: months,
                unitsMax: units,
                centsMax: euros,
                origins: origin.map { [$0] } ?? Set(RightOrigin.allCases),
                kinds: exit.map { [$0] } ?? Set(TicketKind.allCases),
                shop: shop,
                machines: machines,
                product: product,
                programme: programme
            )
        }
    }
}

struct AskedQuota: Codable, Sendable {
    let code: String
    let startsOn: Day?
    let category: Category
    /// Absent: everything of the category.
    let deviceKinds: [DeviceKind]?
    /// The one product that it counts, by its code.
    let product: String?
    let holder: QuotaRule.Holder
    let months: Int?
    /// Instead of months: during this programme, by its code.
    let programme: String?
    let unitsMax: Int?
    let centsMax: Cents?
    let origins: [RightOrigin]?
    let exits: [TicketKind]?
    let shop: ID<Shop>?

    func rule(today: Day) throws -> NewQuotaRule {
        try NewQuotaRule(
            code: try ShortCode(typed: code),
            startsOn: startsOn ?? today,
            category: category,
            holder: holder,
            months: months,
            unitsMax: unitsMax,
            centsMax: centsMax,
            origins: Set(origins ?? RightOrigin.allCases),
            kinds: Set(exits ?? TicketKind.allCases),
            shop: shop,
            machines: deviceKinds.map { Set($0) },
            product: product.map { try ShortCode(typed: $0, field: .product) },
            programme: programme.map { try ShortCode(typed: $0, field: .programme) }
        )
    }
}
