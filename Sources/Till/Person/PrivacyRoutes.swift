import HTTPTypes
import Shop
import Store

/// The privacy notice, and what people said to it.
func privacyRoutes(_ store: Store) -> [Route] {
    [
        Route(
            .get,
            "/privacy",
            for: receivers,
            "What people are told of what is kept about them."
        ) { call, context in
            try await privacyPage(store, call, context)
        },
        Route(.post, "/privacy", for: .roles(.administrators), "Sets a newer notice.") {
            call,
            context in
            var draft = Draft(try call.form())
            let day = draft.read("starts_on") { text throws(Refusal) in
                try Day(typed: text, field: .startsOn)
            }
            let french = draft.read("french") { text throws(Refusal) in
                try LongText(typed: text, field: .frenchText)
            }
            let english = draft.read("english") { text throws(Refusal) in
                try LongText(typed: text, field: .englishText)
            }
            if let day, let french, let english {
                do {
                    _ = try await store.setPrivacyNotice(
                        french: french,
                        english: english,
                        from: day,
                        key: call.key(),
                        by: context.staff
                    )
                    return .see("/privacy?done=set")
                } catch let refusal as Refusal {
                    draft.refuse(refusal)
                }
            }
            return try await privacyPage(store, call, context, draft)
        },
        Route(
            .get,
            "/api/v1/privacy-notices",
            for: receivers,
            "Every version of the privacy notice, the newest first.",
            gives: ToldNotices.self
        ) { _, _ in
            try .json(ToldNotices(items: try await store.privacyNotices(), next: nil))
        },
        Route(
            .post,
            "/api/v1/privacy-notices",
            for: .roles(.administrators),
            "Sets a newer notice, from a day on.",
            takes: AskedNotice.self,
            gives: ToldNotices.self
        ) { call, context in
            let asked: AskedNotice = try call.json()
            _ = try await store.setPrivacyNotice(
                french: LongText(typed: asked.french, field: .frenchText),
                english: LongText(typed: asked.english, field: .englishText),
                from: asked.startsOn ?? store.today,
                key: call.key(),
                by: context.staff
            )
            return try .json(
                ToldNotices(items: try await store.privacyNotices(), next: nil),
                .created
            )
        },
        Route(
            .post,
            "/api/v1/persons/{id}/notice-answers",
            for: receivers,
            "Writes down what a person said to the notice; whoever refuses is served under a code alone.",
            takes: AskedNoticeAnswer.self,
            gives: PersonCard.self
        ) { call, context in
            let asked: AskedNoticeAnswer = try call.json()
            let person = try await store.answerNotice(
                store.person(typed: call.piece("id")),
                accepted: asked.accepted,
                told: asked.told,
                key: call.key(),
                by: context.staff
            )
            return try .json(try await store.person(person), .created)
        },
    ]
}

private func privacyPage(
    _ store: Store,
    _ call: Call,
    _ context: Context,
    _ draft: Draft = Draft()
) async throws -> Answer {
    let page = PrivacyPage(
        context.words,
        try await store.privacyNotices(),
        association: try await store.association()?.name ?? "",
        today: store.today,
        mayWrite: try context.staff.holdsHere(anyOf: .administrators),
        draft,
        key: store.newID(Claim.self).text
    )
    return context.page(
        page,
        draft.wrong.first?.refusal.status ?? .ok,
        notice: call.done("set").map { context.words("privacy_done_\($0)") }
    )
}

struct ToldNotices: Codable, Sendable {
    let items: [PrivacyNotice]
    let next: String?
}

struct AskedNotice: Codable, Sendable {
    /// Absent: today.
    let startsOn: Day?
    let french: String
    let english: String
}

struct AskedNoticeAnswer: Codable, Sendable {
    let accepted: Bool
    let told: NoticeTold
}
