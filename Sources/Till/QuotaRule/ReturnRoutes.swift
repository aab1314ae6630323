import HTTPTypes
import Shop
import Store

/// Whether what comes back gives right and limit back.
func returnRoutes(_ store: Store) -> [Route] {
    [
        Route(
            .get,
            "/quotas/returns",
            for: .everyRole,
            "What comes back, and whether it gives right and limit back."
        ) { call, context in
            try await returnsPage(store, call, context)
        },
        Route(
            .post,
            "/quotas/returns",
            for: .roles(.administrators),
            "Says of one reason from a day on whether what comes back gives right and limit back."
        ) { call, context in
            var draft = Draft(try call.form())
            if let rule = draft.readReturnRule() {
                do {
                    _ = try await store.setReturnRule(
                        rule.reason,
                        givesRightBack: rule.givesRightBack,
                        from: rule.startsOn,
                        key: call.key(),
                        by: context.staff
                    )
                    return .see("/quotas/returns?done=set")
                } catch let refusal as Refusal {
                    draft.refuse(refusal)
                }
            }
            return try await returnsPage(store, call, context, draft)
        },
        Route(
            .get,
            "/api/v1/quotas/returns",
            for: .everyRole,
            "Every row of every reason, the newest first.",
            gives: Listing<ReturnRule>.self
        ) { _, _ in try .json(Listing(try await store.returnRules())) },
        Route(
            .post,
            "/api/v1/quotas/returns",
            for: .roles(.administrators),
            "Says of one reason from a day on whether what comes back gives right and limit back.",
            takes: AskedReturnRule.self,
            gives: ReturnRule.self
        ) { call, context in
            let asked: AskedReturnRule = try call.json()
            let set = try await store.setReturnRule(
                asked.reason,
                givesRightBack: asked.givesRightBack,
                from: asked.startsOn ?? store.today.adding(days: 1),
                key: call.key(),
                by: context.staff
            )
            return try .json(set, .created)
        },
    ]
}

struct AskedReturnRule: Codable, Sendable {
    let reason: RefundReason
    let givesRightBack: Bool
    /// Absent: tomorrow.
    let startsOn: Day?
}

private func returnsPage(
    _ store: Store,
    _ call: Call,
    _ context: Context,
    _ draft: Draft = Draft()
) async throws -> Answer {
    let page = ReturnsPage(
        context.words,
        try await store.returnRules(),
        today: store.today,
        mayWrite: context.visitor?.reach(.administrators) == .everyShop,
        draft,
        key: store.newID(Claim.self).text
    )
    return context.page(
        page,
        draft.wrong.first?.refusal.status ?? .ok,
        notice: call.done("set").map { _ in context.words("returns_done") }
    )
}

extension Draft {
    fileprivate mutating func readReturnRule()
        -> (reason: RefundReason, givesRightBack: Bool, startsOn: Day)?
    {
        let reason = read("reason") { text throws(Refusal) in
            try RefundReason(typed: text, field: .reason)
        }
        let gives = read("gives_right_back") { text throws(Refusal) in
            try YesOrNo(typed: text, field: .givesRightBack)
        }
        let starts = read("starts_on") { text throws(Refusal) in
            try Day(typed: text, field: .startsOn)
        }
        guard let reason, let gives, let starts else { return nil }
        return (reason, gives == .yes, starts)
    }
}
