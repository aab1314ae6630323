import HTTPTypes
import Shop
import Store

/// Limits, each a dated row, told in sentences.
func quotaRoutes(_ store: Store) -> [Route] {
    [
        Route(
            .get,
            "/quotas",
            for: .everyRole,
            "The limits.",
            query: [
                .init("change", .text(most: 40), "The limit whose form is open."),
                .init("done", .text(most: 20), "What has just been done."),
            ]
        ) { call, context in
            let rules = try await store.quotaRules().filter { $0.code == call.query["change"] }
            let draft = rules.inForce(on: store.today).map {
                Draft(changing: $0, today: store.today)
            }
            return try await quotasPage(store, call, context, draft ?? Draft())
        },
        Route(.post, "/quotas", for: .roles(.administrators), "Sets a limit from a day on.") {
            call,
            context in
            var draft = Draft(try call.form())
            if let rule = draft.readQuotaRule() {
                do {
                    _ = try await store.setQuotaRule(rule, key: call.key(), by: context.staff)
                    return .see("/quotas?done=set")
                } catch let refusal as Refusal {
                    draft.refuse(refusal)
                }
            }
            return try await quotasPage(store, call, context, draft)
        },
        Route(
            .get,
            "/api/v1/quotas",
            for: .everyRole,
            "Every version of every limit, by code, the newest first.",
            gives: Listing<ToldQuota>.self
        ) { _, context in
            let rules = try await store.quotaRules()
            return try .json(Listing(rules.map { ToldQuota($0, in: context.language) }))
        },
        Route(
            .post,
            "/api/v1/quotas",
            for: .roles(.administrators),
            "Sets a limit from a day on.",
            takes: AskedQuota.self,
            gives: ToldQuota.self
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
            return try .json(ToldQuota(set, in: context.language), .created)
        },
    ]
}

private func quotasPage(
    _ store: Store,
    _ call: Call,
    _ context: Context,
    _ draft: Draft = Draft()
) async throws -> Answer {
    let visitor = try context.staff
    let page = QuotasPage(
        context.words,
        try await store.quotaRules(),
        today: store.today,
        mayWrite: visitor.holdsHere(anyOf: .administrators),
        overrides: context.mayOpen("/overrides") ? "/overrides" : nil,
        draft,
        key: store.newID(Claim.self).text
    )
    return context.page(
        page,
        draft.wrong.first?.refusal.status ?? .ok,
        notice: call.query["done"] == "set" ? context.words("quota_done_set") : nil
    )
}

extension Draft {
    fileprivate mutating func readQuotaRule() -> NewQuotaRule? {
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
            let units,
            let euros, let origin, let exit
        else { return nil }
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
                machines: machines
            )
        }
    }
}

struct ToldQuota: Codable, Sendable {
    let code: String
    let startsOn: Day
    let category: Category
    /// Absent: everything of the category.
    let deviceKinds: [DeviceKind]?
    let holder: QuotaRule.Holder
    /// Absent: the calendar month.
    let months: Int?
    let unitsMax: Int?
    let centsMax: Cents?
    let origins: [RightOrigin]
    let exits: [TicketKind]
    let shop: ID<Shop>?
    let sentence: String

    init(_ rule: QuotaRule, in language: Language) {
        code = rule.code
        startsOn = rule.startsOn
        category = rule.category
        deviceKinds = rule.machines.map { DeviceKind.allCases.filter($0.contains) }
        holder = rule.holder
        months = rule.span.months
        unitsMax = rule.unitsMax
        centsMax = rule.centsMax
        origins = RightOrigin.allCases.filter(rule.origins.contains)
        exits = TicketKind.allCases.filter(rule.kinds.contains)
        shop = rule.shop
        sentence = rule.sentence(in: language)
    }
}

struct AskedQuota: Codable, Sendable {
    let code: String
    let startsOn: Day?
    let category: Category
    /// Absent: everything of the category.
    let deviceKinds: [DeviceKind]?
    let holder: QuotaRule.Holder
    let months: Int?
    let unitsMax: Int?
    let centsMax: Cents?
    let origins: [RightOrigin]?
    let exits: [TicketKind]?
    let shop: ID<Shop>?

    func rule(today: Day) throws(Refusal) -> NewQuotaRule {
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
            machines: deviceKinds.map { Set($0) }
        )
    }
}
