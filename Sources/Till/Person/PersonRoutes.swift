import HTTPTypes
import Shop
import Store

/// Who receives people: at the counter and in the courses.
let receivers = Access.roles(.receivers)

/// People and their households. No name stands in an address: a search is sent, a page is named by its code.
func personRoutes(_ store: Store) -> [Route] {
    personPageRoutes(store) + personFormRoutes(store) + mergeRoutes(store) + privacyRoutes(store)
        + personAPIRoutes(store)
}

private func personPageRoutes(_ store: Store) -> [Route] {
    [
        Route(.get, "/persons", for: receivers, "A form to search for a person.") { _, context in
            context.page(PersonsPage(context.words))
        },
        Route(.post, "/persons/search", for: receivers, "Whom a search finds.") { call, context in
            let form = try call.form()
            let typed = form["q"] ?? ""
            do {
                let found = try await store.searchPersons(typed, after: form["after"])
                if form["after"] == nil, found.next == nil, found.items.count == 1 {
                    return .see("/persons/\(found.items[0].code)")
                }
                return context.page(PersonsPage(context.words, typed: typed, found: found))
            } catch let refusal as Refusal {
                let page = PersonsPage(context.words, typed: typed, refusal: refusal)
                return context.page(page, refusal.status)
            }
        },
        Route(.get, "/persons/new", for: receivers, "A form to open a person’s file.") {
            _,
            context in
            context.page(
                NewPersonPage(
                    context.words,
                    Draft(),
                    key: store.newID(Claim.self).text,
                    structures: try await store.structures(limit: 200).items
                )
            )
        },
        Route(.get, "/persons/{code}", for: receivers, "A person’s page.") { call, context in
            try await personPage(store, call, context)
        },
    ]
}

/// What a form did, told once on the page that follows.
private enum DoneToPerson: String {
    case opened, corrected, recorded, joined, left, merged, accepted, declined
}

private func personPage(
    _ store: Store,
    _ call: Call,
    _ context: Context,
    _ draft: Draft = Draft()
) async throws -> Answer {
    let code = try PersonCode(call.piece("code")) ?? unknown()
    let id = try await store.person(coded: code)
    let card = try await store.person(id)
    guard card.person.code == code.text else { return .see("/persons/\(card.person.code)") }
    let shop = try await context.workplaces(store, where: .receivers).inView().id
    let standing = try await store.standing(of: .person(id), in: shop)
    let reach = try context.reach(.receivers)
    let page = PersonPage(
        context.words,
        card,
        standing,
        today: store.today,
        structures: try await store.structures(limit: 200).items,
        likely: try await store.likelyFiles(of: id),
        appointments: try await store.appointments(
            DeskFilter(in: reach, from: store.today, person: id),
            limit: 5
        ).items,
        visits: try await store.visits(DeskFilter(in: reach, person: id), limit: 5).items,
        mayMerge: try context.staff.holdsHere(anyOf: .shopManagers),
        draft,
        key: store.newID(Claim.self).text
    )
    let done = call.query["done"].flatMap(DoneToPerson.init(rawValue:))
    return context.page(
        page,
        draft.wrong.first?.refusal.status ?? .ok,
        notice: done.map { context.words("person_done_\($0.rawValue)") }
    )
}

private func unknown() throws(Refusal) -> PersonCode { throw Refusal(.personUnknown) }

private func personFormRoutes(_ store: Store) -> [Route] {
    [
        Route(.post, "/persons", for: receivers, "Opens a person’s file.") { call, context in
            var draft = Draft(try call.form())
            var likely: [PersonRow] = []
            if let person = try await draft.readPerson(store) {
                do {
                    let opened = try await store.createPerson(
                        person,
                        isSomebodyElse: draft.isTicked("somebody_else"),
                        key: call.key(),
                        by: context.staff
                    )
                    return .see("/persons/\(opened.code)?done=\(DoneToPerson.opened.rawValue)")
                } catch let refusal as Refusal {
                    draft.refuse(refusal)
                    if refusal.reason == .personLikelyKnown {
                        likely = try await store.likelyFiles(of: person)
                    }
                }
            }
            let page = NewPersonPage(
                context.words,
                draft,
                key: try call.key().text,
                structures: try await store.structures(limit: 200).items,
                likely: likely
            )
            return context.page(page, draft.wrong.first?.refusal.status ?? .ok)
        },
        personForm(store, "identity", .corrected, "Corrects what identifies a person.") {
            id,
            draft,
            call,
            staff in
            let given = draft.read("given_name") { text throws(Refusal) in
                try PersonName.optional(typed: text, field: .givenName)
            }
            let family = draft.read("family_name") { text throws(Refusal) in
                try PersonName(typed: text, field: .familyName)
            }
            let phone = draft.read("phone") { text throws(Refusal) in
                try Phone.optional(typed: text)
            }
            let language = draft.read("language") { text throws(Refusal) in
                try SpokenLanguage(typed: text)
            }
            guard let given, let family, let phone, let language else { return }
            let identity = CorrectedIdentity(
                givenName: given,
                familyName: family,
                phone: phone,
                language: language
            )
            _ = try await store.correctIdentity(
                of: id,
                to: identity,
                key: call.key(),
                by: staff
            )
        },
        personForm(store, "facts", .recorded, "Records what reports need of a person.") {
            id,
            draft,
            call,
            staff in
            let today = store.today
            let born = draft.read("birth_year") { text throws(Refusal) in
                try BirthYear.optional(typed: text, today: today)
            }
            let quarter = draft.read("quarter") { text throws(Refusal) in
                try ShortText.optional(typed: text, field: .quarter)
            }
            let structure = try await draft.readStructure(store, isRequired: false)
            guard draft.isFine, let born, let quarter else { return }
            let facts = PersonFacts(birthYear: born, quarter: quarter, structure: structure)
            _ = try await store.recordFacts(of: id, facts, key: call.key(), by: staff)
        },
        noticeForm(store, accepts: true, "A person was told of what is kept, and agrees."),
        noticeForm(
            store,
            accepts: false,
            "A person refuses that their name be kept: it is erased."
        ),
        personForm(store, "household", .joined, "A person lives with another from today.") {
            id,
            draft,
            call,
            staff in
            guard let other = try await draft.readPersonCode("lives_with", store) else {
                if draft.isFine { draft.refuse(Refusal(.personUnknown)) }
                return
            }
            _ = try await store.joinHousehold(of: other, id, key: call.key(), by: staff)
        },
        personForm(store, "household/leaving", .left, "A person leaves a household today.") {
            id,
            _,
            call,
            staff in
            _ = try await store.leaveHousehold(id, key: call.key(), by: staff)
        },
    ]
}

private func noticeForm(_ store: Store, accepts: Bool, _ summary: String) -> Route {
    personForm(
        store,
        accepts ? "notice/agreement" : "notice/refusal",
        accepts ? .accepted : .declined,
        summary
    ) { id, draft, call, staff in
        let told = draft.read("told") { text throws(Refusal) in
            try NoticeTold(typed: text, field: .told)
        }
        guard let told else { return }
        _ = try await store.answerNotice(
            id,
            accepted: accepts,
            told: told,
            key: call.key(),
            by: staff
        )
    }
}

/// A form on a person's page: what is refused is told there.
private func personForm(
    _ store: Store,
    _ what: String,
    _ done: DoneToPerson,
    _ summary: String,
    _ act: @escaping @Sendable (ID<Person>, inout Draft, Call, Staff) async throws -> Void
) -> Route {
    Route(.post, "/persons/{code}/\(what)", for: receivers, summary) { call, context in
        let code = try PersonCode(call.piece("code")) ?? unknown()
        let id = try await store.person(coded: code)
        var draft = Draft(try call.form())
        do {
            try await act(id, &draft, call, context.staff)
        } catch let refusal as Refusal {
            draft.refuse(refusal)
        }
        guard draft.isFine else { return try await personPage(store, call, context, draft) }
        return .see("/persons/\(code.text)?done=\(done.rawValue)")
    }
}
