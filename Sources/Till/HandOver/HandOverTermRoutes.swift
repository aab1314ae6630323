import HTTPTypes
import Shop
import Store

private let writers = Access.roles(.termKeepers)

/// The terms under which gifts are handed over.
func handOverTermRoutes(_ store: Store) -> [Route] {
    [
        Route(.get, "/hand-over-terms", for: writers, "The terms of gifts, version by version.") {
            call,
            context in
            try await termsPage(store, call, context)
        },
        Route(.post, "/hand-over-terms", for: writers, "Sets a newer version of the terms.") {
            call,
            context in
            var draft = Draft(try call.form())
            let day = draft.read("starts_on") { text throws(Refusal) in
                try Day(typed: text, field: .startsOn)
            }
            let lines = draft.read("lines") { text throws(Refusal) in
                try TermLine.lines(typed: text)
            }
            if let day, let lines {
                do {
                    _ = try await store.setHandOverTerms(
                        lines,
                        from: day,
                        key: call.key(),
                        by: context.staff
                    )
                    return .see("/hand-over-terms?done=set")
                } catch let refusal as Refusal {
                    draft.refuse(refusal)
                }
            }
            return try await termsPage(store, call, context, draft)
        },
        Route(
            .post,
            "/hand-over-terms/texts",
            for: writers,
            "Adds a language to a version of the terms."
        ) { call, context in
            var draft = Draft(try call.form())
            let day = draft.read("version") { text throws(Refusal) in
                try Day(typed: text, field: .startsOn)
            }
            let language = draft.read("language") { text throws(Refusal) in
                try SpokenLanguage(typed: text)
            }
            let sentences = draft.read("sentences") { text throws(Refusal) in
                try TermLine.sentences(typed: text)
            }
            if let day, let language, let sentences {
                do {
                    _ = try await store.translateHandOverTerms(
                        of: day,
                        into: language,
                        sentences,
                        key: call.key(),
                        by: context.staff
                    )
                    return .see("/hand-over-terms?done=added")
                } catch let refusal as Refusal {
                    draft.refuse(refusal)
                }
            }
            return try await termsPage(store, call, context, draft, isAdding: true)
        },
        Route(
            .get,
            "/api/v1/hand-over-terms",
            for: .roles(.sellers),
            "Every version of the terms, the newest first, with its languages.",
            gives: ToldTerms.self
        ) { _, _ in try .json(try await ToldTerms(store)) },
        Route(
            .post,
            "/api/v1/hand-over-terms",
            for: writers,
            "Sets a newer version of the terms, in French, from a day on.",
            takes: AskedTerms.self,
            gives: ToldTerms.self
        ) { call, context in
            let asked: AskedTerms = try call.json()
            _ = try await store.setHandOverTerms(
                asked.parsed(),
                from: asked.startsOn ?? store.today,
                key: call.key(),
                by: context.staff
            )
            return try .json(try await ToldTerms(store), .created)
        },
        Route(
            .post,
            "/api/v1/hand-over-terms/{day}/texts",
            for: writers,
            "Adds a language to the version of that day, a sentence for each French one.",
            takes: AskedTermsText.self,
            gives: ToldTerms.self
        ) { call, context in
            let asked: AskedTermsText = try call.json()
            _ = try await store.translateHandOverTerms(
                of: Day(typed: call.piece("day"), field: .startsOn),
                into: SpokenLanguage(typed: asked.language),
                TermLine.sentences(asked.sentences),
                key: call.key(),
                by: context.staff
            )
            return try .json(try await ToldTerms(store), .created)
        },
    ]
}

private func termsPage(
    _ store: Store,
    _ call: Call,
    _ context: Context,
    _ draft: Draft = Draft(),
    isAdding: Bool = false
) async throws -> Answer {
    let page = HandOverTermsPage(
        context.words,
        try await store.handOverTerms(),
        today: store.today,
        draft,
        isAdding: isAdding,
        newKey: { store.newID() }
    )
    return context.page(
        page,
        draft.wrong.first?.refusal.status ?? .ok,
        notice: call.done("set", "added").map { context.words("act_terms_done_\($0)") }
    )
}

struct ToldTerms: Codable, Sendable {
    let items: [HandOverTerms]
    let next: String?

    init(_ store: Store) async throws {
        items = try await store.handOverTerms()
        next = nil
    }
}

struct AskedTerms: Codable, Sendable {
    /// Absent: today.
    let startsOn: Day?
    let lines: [Line]

    struct Line: Codable, Sendable {
        let pictogram: String
        let sentence: String
    }

    func parsed() throws(Refusal) -> [TermLine] {
        var parsed: [TermLine] = []
        for line in lines {
            parsed.append(try TermLine(pictogram: line.pictogram, sentence: line.sentence))
        }
        return parsed
    }
}

struct AskedTermsText: Codable, Sendable {
    /// Two letters.
    let language: String
    let sentences: [String]
}
