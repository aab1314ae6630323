import HTTPTypes
import Shop
import Store

/// Partner structures and who signs for them.
func structureRoutes(_ store: Store) -> [Route] {
    structurePageRoutes(store) + structureFormRoutes(store) + structureAPIRoutes(store)
}

extension Context {
    fileprivate var mayKeep: Bool {
        visitor?.holdsHere(anyOf: .structureKeepers) ?? false
    }
}

private func structurePageRoutes(_ store: Store) -> [Route] {
    [
        Route(
            .get,
            "/structures",
            for: receivers,
            "Structures in the order of their names.",
            query: [
                .init("q", .text(most: 200), "Words that the name holds."),
                .init("after", .text(format: "uuid"), "The last part’s next."),
            ]
        ) { call, context in
            let typed = call.query["q"] ?? ""
            let after = call.query["after"]
            let part = try await store.structures(matching: typed, after: after)
            return context.page(
                StructuresPage(
                    context.words,
                    part,
                    search: typed,
                    after: after,
                    today: store.today,
                    mayWrite: context.mayKeep
                )
            )
        },
        Route(
            .get,
            "/structures/new",
            for: .roles(.structureKeepers),
            "A form to write a structure down."
        ) {
            _,
            context in
            context.page(
                NewStructurePage(
                    context.words,
                    Draft(),
                    key: store.newID(Claim.self).text,
                    today: store.today
                )
            )
        },
        Route(
            .get,
            "/structures/import",
            for: .roles(.structureKeepers),
            "A file of structures, looked at before it is taken in."
        ) { _, context in context.page(try StructureImportPage(context.words)) },
        Route(.get, "/structures/{id}", for: receivers, "A structure’s page.") { call, context in
            try await structurePage(store, call, context)
        },
    ]
}

private func structurePage(
    _ store: Store,
    _ call: Call,
    _ context: Context,
    _ draft: Draft = Draft()
) async throws -> Answer {
    let id = try call.id("id", of: Structure.self)
    let card = try await store.structure(id)
    let vouchers = try await store.vouchers(of: id, limit: 20).items
    let mayOpenAccounts = context.visitor?.reach(.shopManagers) == .everyShop
    let page = StructurePage(
        context.words,
        card,
        vouchers,
        keys: mayOpenAccounts ? try await store.structureKeys(of: id) : [],
        today: store.today,
        mayWrite: context.mayKeep,
        mayOpenAccounts: mayOpenAccounts,
        draft,
        key: store.newID(Claim.self).text
    )
    let done = call.done(
        "created",
        "added",
        "ended",
        "opened",
        "key",
        "renewed",
        "contact",
        "corrected"
    )
    return context.page(
        page,
        draft.wrong.first?.refusal.status ?? .ok,
        notice: done.map { context.words("structure_done_\($0)") }
    )
}

private func structureFormRoutes(_ store: Store) -> [Route] {
    [
        Route(.post, "/structures", for: .roles(.structureKeepers), "Writes a structure down.") {
            call,
            context in
            var draft = Draft(try call.form())
            if let structure = draft.readNewStructure() {
                do {
                    let id = try await store.createStructure(
                        structure,
                        key: call.key(),
                        by: context.staff
                    )
                    return .see("/structures/\(id)?done=created")
                } catch let refusal as Refusal {
                    draft.refuse(refusal)
                }
            }
            let page = NewStructurePage(
                context.words,
                draft,
                key: try call.key().text,
                today: store.today
            )
            return context.page(page, draft.wrong.first?.refusal.status ?? .ok)
        },
        structureForm(store, "prescribers", "added", "Adds a professional who signs.") {
            id,
            draft,
            call,
            staff in
            guard let prescriber = draft.readPrescriber() else { return }
            _ = try await store.addPrescriber(prescriber, to: id, key: call.key(), by: staff)
        },
        structureForm(
            store,
            "accounts",
            "opened",
            "Opens an account for a prescriber.",
            for: .shopManagers
        ) {
            id,
            draft,
            call,
            staff in
            let prescriber = draft.read("account_of") { text throws(Refusal) in
                try ID<Prescriber>(typed: text, field: .prescriber)
            }
            let login = draft.read("login") { text throws(Refusal) in try Login(typed: text) }
            guard let prescriber, let login else { return }
            _ = try await store.openAccount(
                NewAccount(of: prescriber, in: id, login: login, language: .french),
                password: draft.value("password"),
                key: call.key(),
                by: staff
            )
        },
        structureForm(
            store,
            "key",
            "key",
            "Replaces the key with which the structure signs, or revokes it.",
            for: .shopManagers
        ) {
            id,
            draft,
            call,
            staff in
            let end = draft.read("end") { text throws(Refusal) in
                try StructureKey.End(typed: text, field: .keyEnd)
            }
            guard let end else { return }
            _ = try await store.changeStructureKey(of: id, end, key: call.key(), by: staff)
        },
        structureForm(store, "facts", "corrected", "Corrects what a structure is.") {
            id,
            draft,
            call,
            staff in
            guard let facts = draft.readStructureFacts() else { return }
            _ = try await store.correctStructure(id, facts, key: call.key(), by: staff)
        },
        structureForm(store, "contacts", "contact", "Adds someone to call.") {
            id,
            draft,
            call,
            staff in
            guard let contact = draft.readStructureContact() else { return }
            _ = try await store.addContact(contact, to: id, key: call.key(), by: staff)
        },
        structureForm(store, "contacts/end", "contact", "Takes someone to call off the page.") {
            id,
            draft,
            call,
            staff in
            let contact = draft.read("contact_of") { text throws(Refusal) in
                try ID<StructureContact>(typed: text, field: .contact)
            }
            guard let contact else { return }
            _ = try await store.endContact(contact, of: id, key: call.key(), by: staff)
        },
        structureForm(store, "agreements", "renewed", "Writes down the agreement that follows.") {
            id,
            draft,
            call,
            staff in
            let starts = draft.read("starts_on") { text throws(Refusal) in
                try Day(typed: text, field: .startsOn)
            }
            let until = draft.read("until") { text throws(Refusal) -> Day? in
                text.isEmpty ? nil : try Day(typed: text, field: .endsOn)
            }
            guard let starts, let until else { return }
            _ = try await store.renewAgreement(
                of: id,
                Agreement(startsOn: starts, endsOn: until),
                key: call.key(),
                by: staff
            )
        },
        structureForm(store, "agreement", "ended", "Sets the last day of an agreement.") {
            id,
            draft,
            call,
            staff in
            let day = draft.read("ends_on") { text throws(Refusal) in
                try Day(typed: text, field: .endsOn)
            }
            guard let day else { return }
            _ = try await store.endAgreement(of: id, on: day, key: call.key(), by: staff)
        },
    ]
}

private func structureForm(
    _ store: Store,
    _ what: String,
    _ done: String,
    _ summary: String,
    for roles: Set<Role> = .structureKeepers,
    _ act: @escaping @Sendable (ID<Structure>, inout Draft, Call, Staff) async throws -> Void
) -> Route {
    Route(.post, "/structures/{id}/\(what)", for: .roles(roles), summary) {
        call,
        context in
        let id = try call.id("id", of: Structure.self)
        var draft = Draft(try call.form())
        do {
            try await act(id, &draft, call, context.staff)
        } catch let refusal as Refusal {
            draft.refuse(refusal)
        }
        guard draft.isFine else { return try await structurePage(store, call, context, draft) }
        return .see("/structures/\(id)?done=\(done)")
    }
}

extension Draft {
    fileprivate mutating func readNewStructure() -> NewStructure? {
        let name = read("name") { text throws(Refusal) in
            try ShortText(typed: text, field: .name)
        }
        let kind = read("kind") { text throws(Refusal) in
            try StructureKind(typed: text, field: .structureKind)
        }
        let quarter = read("quarter") { text throws(Refusal) in
            try ShortText.optional(typed: text, field: .quarter)
        }
        let address = read("address") { text throws(Refusal) in
            try ShortText.optional(typed: text, field: .address)
        }
        let (phone, email) = readContact()
        let starts = read("starts_on") { text throws(Refusal) in
            try Day(typed: text, field: .startsOn)
        }
        let ends = read("ends_on") { text throws(Refusal) -> Day? in
            text.isEmpty ? nil : try Day(typed: text, field: .endsOn)
        }
        guard isFine, let name, let kind, let quarter, let address, let starts else { return nil }
        return NewStructure(
            name: name,
            kind: kind,
            quarter: quarter,
            address: address,
            phone: phone ?? nil,
            email: email ?? nil,
            agreementStartsOn: starts,
            agreementEndsOn: ends ?? nil
        )
    }

    fileprivate mutating func readPrescriber() -> NewPrescriber? {
        let name = read("prescriber") { text throws(Refusal) in
            try PersonName(typed: text, field: .prescriber)
        }
        let post = read("post") { text throws(Refusal) in
            try ShortText.optional(typed: text, field: .post)
        }
        let (phone, email) = readContact()
        guard isFine, let name, let post else { return nil }
        return NewPrescriber(name: name, post: post, phone: phone ?? nil, email: email ?? nil)
    }

    fileprivate mutating func readStructureContact() -> NewContact? {
        let name = read("contact") { text throws(Refusal) in
            try PersonName(typed: text, field: .contact)
        }
        let post = read("contact_post") { text throws(Refusal) in
            try ShortText.optional(typed: text, field: .post)
        }
        let (phone, email) = readContact("contact_")
        guard isFine, let name, let post else { return nil }
        return NewContact(name: name, post: post, phone: phone ?? nil, email: email ?? nil)
    }

    fileprivate mutating func readStructureFacts() -> StructureFacts? {
        let kind = read("fact_kind") { text throws(Refusal) in
            try StructureKind(typed: text, field: .structureKind)
        }
        let quarter = read("fact_quarter") { text throws(Refusal) in
            try ShortText.optional(typed: text, field: .quarter)
        }
        let address = read("fact_address") { text throws(Refusal) in
            try ShortText.optional(typed: text, field: .address)
        }
        let (phone, email) = readContact("fact_")
        guard isFine, let kind, let quarter, let address else { return nil }
        return StructureFacts(
            kind: kind,
            quarter: quarter,
            address: address,
            phone: phone ?? nil,
            email: email ?? nil
        )
    }

    /// - Parameter prefix: what the names of the form's fields begin with.
    private mutating func readContact(_ prefix: String = "") -> (Phone??, EmailAddress??) {
        let phone = read("\(prefix)phone") { text throws(Refusal) in try Phone.optional(typed: text)
        }
        let email = read("\(prefix)email") { text throws(Refusal) in
            try EmailAddress.optional(typed: text)
        }
        return (phone, email)
    }
}
