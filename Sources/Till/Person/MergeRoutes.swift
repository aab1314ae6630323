import HTTPTypes
import Shop
import Store

private let mergers = Access.roles(.shopManagers)

/// Where two files of one person become one.
func mergeRoutes(_ store: Store) -> [Route] {
    [
        Route(
            .get,
            "/persons/{code}/merge",
            for: mergers,
            "Two files of one person, side by side.",
            query: [.init("with", .text(most: 40), "The code of the file that would end.")]
        ) { call, context in
            let with = call.query["with"] ?? ""
            return try await mergePage(
                store,
                call,
                context,
                Draft(Form(encoded: "with=\(percentEncoded(with))")),
                asked: !with.isEmpty
            )
        },
        Route(
            .post,
            "/persons/{code}/merges",
            for: mergers,
            "Makes another file one with this one, which goes on."
        ) { call, context in
            var draft = Draft(try call.form())
            do {
                let merged = try await store.mergePersons(
                    store.file(typed: draft.value("with")),
                    into: store.file(typed: call.piece("code")),
                    key: call.key(),
                    by: context.staff
                )
                let card = try await store.person(merged)
                return .see("/persons/\(card.person.code)?done=merged")
            } catch let refusal as Refusal {
                draft.refuse(refusal)
                return try await mergePage(store, call, context, draft, asked: false)
            }
        },
    ]
}

/// `asked`: whether the other file is named, and the two are compared.
private func mergePage(
    _ store: Store,
    _ call: Call,
    _ context: Context,
    _ draft: Draft,
    asked: Bool
) async throws -> Answer {
    var draft = draft
    let goesOn = try await store.person(typed: call.piece("code"))
    var preview: MergePreview?
    if asked {
        do {
            preview = try await store.previewMerge(
                of: store.file(typed: draft.value("with")),
                into: goesOn,
                by: context.staff
            )
        } catch let refusal as Refusal {
            draft.refuse(refusal)
        }
    }
    let page = MergePage(
        context.words,
        try await store.person(goesOn).person,
        preview: preview,
        draft,
        key: store.newID(Claim.self).text
    )
    return context.page(page, draft.wrong.first?.refusal.status ?? .ok)
}
