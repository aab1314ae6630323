import HTTPTypes
import Shop
import Store

/// Why people are referred: the shop's own list, each row dated.
func motiveRoutes(_ store: Store) -> [Route] {
    [
        Route(
            .get,
            "/motives",
            for: .roles(.shopManagers),
            "The motives of a referral.",
            query: [.init("change", .text(most: 40), "The motive whose form is open.")]
        ) { call, context in
            try await motivesPage(store, call, context)
        },
        Route(.post, "/motives", for: .roles(.shopManagers), "Sets a motive from a day on.") {
            call,
            context in
            var draft = Draft(try call.form())
            if let motive = draft.readMotiveOfList() {
                do {
                    _ = try await store.setMotive(motive, key: call.key(), by: context.staff)
                    return .see("/motives?done=set")
                } catch let refusal as Refusal {
                    draft.refuse(refusal)
                }
            }
            return try await motivesPage(store, call, context, draft)
        },
        Route(
            .get,
            "/api/v1/motives",
            for: .everyRole,
            "Every row of every motive, by code, the newest first.",
            gives: Listing<Motive>.self
        ) { _, _ in try .json(Listing(try await store.motives())) },
        Route(
            .post,
            "/api/v1/motives",
            for: .roles(.shopManagers),
            "Sets a motive from a day on.",
            takes: AskedReferralMotive.self,
            gives: Motive.self
        ) { call, context in
            let asked: AskedReferralMotive = try call.json()
            let set = try await store.setMotive(
                asked.motive(today: store.today),
                key: call.key(),
                by: context.staff
            )
            return try .json(set, .created)
        },
    ]
}

private func motivesPage(
    _ store: Store,
    _ call: Call,
    _ context: Context,
    _ draft: Draft = Draft()
) async throws -> Answer {
    let motives = try await store.motives()
    let page = MotivesPage(
        context.words,
        motives,
        today: store.today,
        mayWrite: context.visitor?.reach(.shopManagers) == .everyShop,
        changing: motives.first { $0.code == call.query["change"] },
        draft,
        key: store.newID(Claim.self).text
    )
    return context.page(
        page,
        draft.wrong.first?.refusal.status ?? .ok,
        notice: call.done("set").map { _ in context.words("motive_done") }
    )
}

extension Draft {
    fileprivate mutating func readMotiveOfList() -> NewMotive? {
        let code = read("code") { text throws(Refusal) in try ShortCode(typed: text) }
        let french = read("name_fr") { text throws(Refusal) in
            try ShortText(typed: text, field: .nameFrench)
        }
        let english = read("name_en") { text throws(Refusal) in
            try ShortText(typed: text, field: .nameEnglish)
        }
        let starts = read("starts_on") { text throws(Refusal) in
            try Day(typed: text, field: .startsOn)
        }
        guard let code, let french, let english, let starts else { return nil }
        let isWithdrawn = isTicked("withdrawn")
        return readAll { () throws(Refusal) in
            try NewMotive(
                code: code,
                startsOn: starts,
                french: french,
                english: english,
                isWithdrawn: isWithdrawn
            )
        }
    }
}

struct AskedReferralMotive: Codable, Sendable {
    let code: String
    let french: String
    let english: String
    let startsOn: Day?
    /// From its day on nobody is referred for it any more.
    let isWithdrawn: Bool?

    func motive(today: Day) throws(Refusal) -> NewMotive {
        try NewMotive(
            code: ShortCode(typed: code),
            startsOn: startsOn ?? today,
            french: ShortText(typed: french, field: .nameFrench),
            english: ShortText(typed: english, field: .nameEnglish),
            isWithdrawn: isWithdrawn ?? false
        )
    }
}
