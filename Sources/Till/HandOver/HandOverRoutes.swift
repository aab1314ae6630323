import HTTPTypes
import Shop
import Store

private let signers = Access.roles(.sellers)

/// Gifts on their way to the person: the list, the act to read and to sign, its document.
func handOverRoutes(_ store: Store) -> [Route] {
    handOverPageRoutes(store) + handOverAPIRoutes(store) + handOverTermRoutes(store)
}

private func handOverPageRoutes(_ store: Store) -> [Route] {
    [
        Route(
            .get,
            "/hand-overs",
            for: signers,
            "The acts of gifts: what waits for a signature first.",
            query: handOversAsked
        ) { call, context in
            var draft = Draft(call.query)
            let after = call.query["after"]
            let part = try await draft.handOvers(store, context)
            let reach = try context.reach(.sellers)
            let page = HandOversPage(
                context.words,
                part ?? Paged(items: [], next: nil),
                draft,
                shops: try await store.shops().filter { reach.includes($0.id) },
                after: after,
                mayOpen: context.mayOpen
            )
            return context.page(page, draft.wrong.first?.refusal.status ?? .ok)
        },
        Route(
            .get,
            "/hand-overs/{ticket}",
            for: signers,
            "The act of a gift, to read and to sign.",
            query: [.init("language", .text(most: 2), "Which language beside French.")]
        ) { call, context in
            try await handOverPage(store, call, context)
        },
        Route(
            .post,
            "/hand-overs/{ticket}",
            for: signers,
            "Hands a gift over: signed on the screen, on paper, or refused before a witness.",
            bodyMost: 128 * 1024
        ) { call, context in
            let draft = Draft(try call.form())
            do {
                let request = try await asked(draft, call, store, context)
                _ = try await context.papers.sign(
                    request,
                    in: store,
                    key: call.key(),
                    by: context.staff
                )
                return .see("/hand-overs/\(request.ticket.text)?done=signed")
            } catch let refusal as Refusal {
                var draft = draft
                draft.refuse(refusal)
                return try await handOverPage(store, call, context, draft)
            }
        },
        Route(
            .get,
            "/hand-overs/{ticket}/paper.pdf",
            for: signers,
            "The act of a gift to sign on paper, as a PDF.",
            query: [.init("language", .text(most: 2), "Which language beside French.")]
        ) { call, context in
            let act = try await store.handOverAct(
                call.ticket(),
                in: call.language(call.query),
                reach: context.reach(.sellers)
            )
            return .file(
                "acte-\(act.ticket)-a-signer.pdf",
                type: "application/pdf",
                try await context.papers.handOver(act)
            )
        },
        Route(
            .get,
            "/hand-overs/{ticket}/act.pdf",
            for: signers,
            "The document of an act, as it was sealed."
        ) { call, context in
            let ticket = try call.ticket()
            return .file(
                "acte-\(ticket.text).pdf",
                type: "application/pdf",
                try await store.handOverDocument(ticket, in: context.reach(.sellers))
            )
        },
        Route(
            .get,
            "/hand-overs/{ticket}/sheets/{sheet}",
            for: signers,
            "A signed paper as it was attached to its act."
        ) { call, context in
            let ticket = try call.ticket()
            let sheet = try await store.handOverSheet(
                call.id("sheet"),
                of: ticket,
                in: context.reach(.sellers)
            )
            return .file(
                "acte-\(ticket.text)-signe.\(sheet.kind.ending)",
                type: sheet.kind.rawValue,
                sheet.bytes
            )
        },
    ]
}

private func handOverPage(
    _ store: Store,
    _ call: Call,
    _ context: Context,
    _ draft: Draft = Draft()
) async throws -> Answer {
    let ticket = try call.ticket()
    let reach = try context.reach(.sellers)
    let handedOver = try await store.handedOver(ticket, in: reach)
    let asked = try call.language(draft.form["language"] == nil ? call.query : draft.form)
    // Once signed, the page shows the terms in the language in which they were read.
    let read = try handedOver.signed.map { try SpokenLanguage(typed: $0.language) }
    let act = try await store.handOverAct(ticket, in: read ?? asked, reach: reach)
    let page = HandOverPage(
        context.words,
        act,
        handedOver,
        written: try await store.handOverTerms(),
        asked: asked,
        draft,
        mayOpen: context.mayOpen,
        newKey: { store.newID() }
    )
    return context.page(
        page,
        draft.wrong.first?.refusal.status ?? .ok,
        notice: call.done("signed", "attached").map { context.words("act_done_\($0)") }
    )
}

/// What the form says. A witness proves who they are as for an exception: by password, delayed after wrong ones.
private func asked(
    _ draft: Draft,
    _ call: Call,
    _ store: Store,
    _ context: Context
) async throws -> HandOverRequest {
    let signature: HandOverSignature
    switch try HandOverWay(typed: draft.value("way"), field: .way) {
    case .screen: signature = .screen(try Strokes(typed: draft.value("strokes")))
    case .paper: signature = .paper
    case .refused:
        signature = try await .refused(
            witness: witness(draft.value("login"), draft.value("password"), store, context)
        )
    }
    let termsOn = draft.value("terms_on")
    return HandOverRequest(
        ticket: try call.ticket(),
        termsOn: termsOn.isEmpty ? nil : try Day(typed: termsOn, field: .startsOn),
        language: try call.language(draft.form),
        signature: signature
    )
}

func witness(
    _ login: String,
    _ password: String,
    _ store: Store,
    _ context: Context
) async throws -> Staff.Witness {
    Staff.Witness(
        try await store.secondPerson(
            login: String(login.prefix(100)),
            password: String(password.prefix(300)),
            address: context.address,
            for: context.staff
        )
    )
}

extension Call {
    /// The ticket in the path. Throws `saleUnknown`.
    func ticket() throws(Refusal) -> ReceiptCode {
        let text = piece("ticket")
        guard let code = ReceiptCode(text) else {
            throw Refusal(.saleUnknown, ["receipt": .text(String(text.prefix(40)))])
        }
        return code
    }

    /// Nil where none is asked for. Throws `choiceUnknown`.
    fileprivate func language(_ form: Form) throws(Refusal) -> SpokenLanguage? {
        guard let text = form["language"], !text.isEmpty else { return nil }
        return try SpokenLanguage(typed: text)
    }
}
