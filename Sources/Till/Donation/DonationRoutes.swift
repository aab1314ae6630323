import HTTPTypes
import Shop
import Store

/// Who keeps lots and the register: those who work the stock.
let batchKeepers = Access.roles(.stockWorkers)

/// Donors, their lots, and the second-hand register.
func donationRoutes(_ store: Store, _ origin: PublicAddress) -> [Route] {
    donorRoutes(store) + batchPageRoutes(store, origin) + batchFormRoutes(store)
        + batchPaperRoutes(store)
        + registerRoutes(store) + donationAPIRoutes(store)
}

private func donorRoutes(_ store: Store) -> [Route] {
    [
        Route(
            .get,
            "/donors",
            for: batchKeepers,
            "Donors, the last written down first.",
            query: [
                .init("q", .text(most: 200), "Words that the name holds."),
                .init("after", .text(format: "uuid"), "The last part’s next."),
            ]
        ) { call, context in
            let typed = call.query["q"] ?? ""
            let after = call.query["after"]
            let part = try await store.donors(
                matching: typed,
                in: context.reach(.stockWorkers),
                after: after
            )
            return context.page(DonorsPage(context.words, part, search: typed, after: after))
        },
        Route(.get, "/donors/new", for: batchKeepers, "A form to write a donor down.") {
            _,
            context in
            context.page(NewDonorPage(context.words, Draft(), key: store.newID(Claim.self).text))
        },
        Route(.post, "/donors", for: batchKeepers, "Writes a donor down.") { call, context in
            var draft = Draft(try call.form())
            if let donor = draft.readNewDonor() {
                do {
                    let id = try await store.addDonor(donor, key: call.key(), by: context.staff)
                    return .see("/donors/\(id)?done=created")
                } catch let refusal as Refusal {
                    draft.refuse(refusal)
                }
            }
            let page = NewDonorPage(context.words, draft, key: try call.key().text)
            return context.page(page, draft.wrong.first?.refusal.status ?? .ok)
        },
        Route(.get, "/donors/{id}", for: batchKeepers, "A donor’s page.") { call, context in
            try await donorPage(store, call, context)
        },
        Route(.post, "/donors/{id}/card", for: batchKeepers, "Corrects what is written of a donor.")
        {
            call,
            context in
            let id = try call.id("id", of: Donor.self)
            var draft = Draft(try call.form())
            if let facts = draft.readNewDonor() {
                do {
                    _ = try await store.correctDonor(
                        id,
                        facts,
                        key: call.key(),
                        by: context.staff
                    )
                } catch let refusal as Refusal {
                    draft.refuse(refusal)
                }
            }
            guard draft.isFine else { return try await donorPage(store, call, context, draft) }
            return .see("/donors/\(id)?done=corrected")
        },
        Route(
            .post,
            "/donors/{id}/card/erase",
            for: .roles(.shopManagers),
            "Erases how a donor is reached, and a private person’s name."
        ) { call, context in
            let id = try call.id("id", of: Donor.self)
            _ = try await store.eraseDonorCard(of: id, key: call.key(), by: context.staff)
            return .see("/donors/\(id)?done=erased")
        },
    ]
}

private func donorPage(
    _ store: Store,
    _ call: Call,
    _ context: Context,
    _ draft: Draft = Draft()
) async throws -> Answer {
    let id = try call.id("id", of: Donor.self)
    let card = try await store.donor(id, in: context.reach(.stockWorkers))
    let batches = try await store.batches(of: id, in: context.reach(.stockWorkers), limit: 20)
    let page = DonorPage(
        context.words,
        card,
        batches,
        mayErase: context.visitor?.holdsHere(anyOf: .shopManagers) ?? false,
        draft
    ) { store.newID(Claim.self).text }
    let done = call.done("created", "corrected", "erased")
    return context.page(
        page,
        draft.wrong.first?.refusal.status ?? .ok,
        notice: done.map { context.words("donor_done_\($0)") }
    )
}

private func batchPageRoutes(_ store: Store, _ origin: PublicAddress) -> [Route] {
    [
        Route(
            .get,
            "/batches",
            for: batchKeepers,
            "Lots, the last written down first.",
            query: [
                .init("stage", .choice(BatchStage.allCases.map(\.rawValue)), "How far they came."),
                .init("donor", .text(format: "uuid"), "Of one donor."),
                .init("after", .text(format: "uuid"), "The last part’s next."),
            ]
        ) { call, context in
            let stage = call.query["stage"].flatMap(BatchStage.init(rawValue:))
            let donor = call.query["donor"].flatMap { ID<Donor>($0) }
            let after = call.query["after"]
            let part = try await store.batches(
                of: donor,
                stage: stage,
                in: context.reach(.stockWorkers),
                after: after
            )
            return context.page(
                BatchesPage(context.words, part, stage: stage, donor: donor, after: after)
            )
        },
        Route(
            .get,
            "/batches/new",
            for: batchKeepers,
            "A form to write down a lot that a donor promises.",
            query: [.init("donor", .text(format: "uuid"), isRequired: true, "The donor.")]
        ) { call, context in
            let donor = try ID<Donor>(typed: call.query["donor"] ?? "", field: .donor)
            return try await newBatchPage(store, context, of: donor)
        },
        Route(.get, "/batches/{code}", for: batchKeepers, "A lot’s page.") { call, context in
            try await batchPage(store, call, context)
        },
        Route(
            .get,
            "/batches/{code}/labels.zpl",
            for: batchKeepers,
            "The labels of a lot for a printer that takes ZPL.",
            query: [.labelSize, .init("after", .text(format: "uuid"), "The last part’s next.")]
        ) { call, context in
            let code = try BatchCode.typed(call.piece("code"))
            let cards = try await labelled(store, code, call, context)
            return .zpl("\(code).zpl", cards, at: origin, call, context)
        },
        Route(.get, "/batches/{code}/labels", for: batchKeepers, "The labels of a lot, to print.") {
            call,
            context in
            let code = try BatchCode.typed(call.piece("code"))
            let cards = try await labelled(store, code, call, context)
            return context.page(
                DeviceLabelPage(
                    context.words,
                    cards,
                    back: "/batches/\(code)",
                    file: "/batches/\(code)/labels.zpl"
                        + (call.query["after"].map { "?after=\(percentEncoded($0))" } ?? ""),
                    at: origin.publicURL,
                    isDemonstration: context.isDemonstration
                )
            )
        },
    ]
}

/// The machines of a part of a lot, to be labelled.
private func labelled(
    _ store: Store,
    _ code: BatchCode,
    _ call: Call,
    _ context: Context
) async throws -> [DeviceCard] {
    let reach = try context.reach(.stockWorkers)
    let devices = try await store.devices(of: code, in: reach, after: call.query["after"])
    var cards: [DeviceCard] = []
    for device in devices.items {
        cards.append(try await store.device(DeviceLabel.typed(device.label)))
    }
    return cards
}

private func newBatchPage(
    _ store: Store,
    _ context: Context,
    of donor: ID<Donor>,
    shop: String? = nil,
    _ draft: Draft = Draft()
) async throws -> Answer {
    let shops = try await context.workplaces(store, coded: shop, where: .stockWorkers)
    let page = NewBatchPage(
        context.words,
        try await store.donor(donor, in: context.reach(.stockWorkers)).donor,
        draft,
        key: store.newID(Claim.self).text,
        today: store.today,
        workplace: WorkplaceBar(
            shops,
            try shops.certain(),
            at: "/batches/new?donor=\(donor)"
        )
    )
    return context.page(page, draft.wrong.first?.refusal.status ?? .ok)
}

private func batchPage(
    _ store: Store,
    _ call: Call,
    _ context: Context,
    _ draft: Draft = Draft()
) async throws -> Answer {
    let code = try BatchCode.typed(call.piece("code"))
    let reach = try context.reach(.stockWorkers)
    let after = call.query["after"]
    let page = BatchPage(
        context.words,
        try await store.batch(code, in: reach),
        try await store.devices(of: code, in: reach, after: after),
        after: after,
        today: store.today,
        draft
    ) { store.newID(Claim.self).text }
    let done = call.done("created", "received", "added")
    return context.page(
        page,
        draft.wrong.first?.refusal.status ?? .ok,
        notice: done.map { context.words("batch_done_\($0)") }
    )
}

private func batchFormRoutes(_ store: Store) -> [Route] {
    [
        Route(.post, "/batches", for: batchKeepers, "Writes a promised lot down.") {
            call,
            context in
            let form = try call.form()
            var draft = Draft(form)
            let donor = try ID<Donor>(typed: form["donor"] ?? "", field: .donor)
            if let batch = draft.readNewBatch(of: donor) {
                do {
                    let shops = try await context.workplaces(
                        store,
                        coded: form["shop"],
                        where: .stockWorkers
                    )
                    let code = try await store.promiseBatch(
                        batch,
                        to: shops.certain().id,
                        key: call.key(),
                        by: context.staff
                    )
                    return .see("/batches/\(code)?done=created")
                } catch let refusal as Refusal where refusal.reason != .shopUnclear {
                    draft.refuse(refusal)
                }
            }
            return try await newBatchPage(store, context, of: donor, shop: form["shop"], draft)
        },
        batchForm(store, "deliveries", "received", "Records what came of a lot.") {
            card,
            draft,
            call,
            staff in
            guard let delivery = draft.readDelivery(of: card.batch) else { return }
            _ = try await store.receiveBatch(
                BatchCode.typed(card.batch.code),
                delivery,
                key: call.key(),
                by: staff
            )
        },
        batchForm(store, "devices", "added", "Says with which lot a machine came.") {
            card,
            draft,
            call,
            staff in
            let label = draft.read("label") { text throws(Refusal) in try DeviceLabel.typed(text) }
            guard let label else { return }
            _ = try await store.addDevice(
                label,
                to: BatchCode.typed(card.batch.code),
                key: call.key(),
                by: staff
            )
        },
    ]
}

private func batchForm(
    _ store: Store,
    _ what: String,
    _ done: String,
    _ summary: String,
    _ act: @escaping @Sendable (BatchCard, inout Draft, Call, Staff) async throws -> Void
) -> Route {
    Route(.post, "/batches/{code}/\(what)", for: batchKeepers, summary) { call, context in
        let code = try BatchCode.typed(call.piece("code"))
        let card = try await store.batch(code, in: context.reach(.stockWorkers))
        var draft = Draft(try call.form())
        do {
            try await act(card, &draft, call, context.staff)
        } catch let refusal as Refusal {
            draft.refuse(refusal)
        }
        guard draft.isFine else { return try await batchPage(store, call, context, draft) }
        return .see("/batches/\(code)?done=\(done)")
    }
}

private func batchPaperRoutes(_ store: Store) -> [Route] {
    [
        Route(
            .get,
            "/batches/{code}/receipt.pdf",
            for: batchKeepers,
            "What the donor gets for a lot."
        ) { call, context in
            let code = try BatchCode.typed(call.piece("code"))
            let receipt = try await store.donationReceipt(code, in: context.reach(.stockWorkers))
            return .file(
                "don-\(code).pdf",
                type: "application/pdf",
                try await context.papers.donationReceipt(receipt)
            )
        },
        Route(
            .get,
            "/batches/{code}/certificate.pdf",
            for: batchKeepers,
            "What was done to the data on the machines of a lot."
        ) { call, context in
            let code = try BatchCode.typed(call.piece("code"))
            let certificate = try await store.erasureCertificate(
                code,
                in: context.reach(.stockWorkers)
            )
            return .file(
                "effacement-\(code).pdf",
                type: "application/pdf",
                try await context.papers.erasureCertificate(certificate)
            )
        },
    ]
}

private func registerRoutes(_ store: Store) -> [Route] {
    [
        Route(
            .get,
            "/register",
            for: batchKeepers,
            "The second-hand register, by ordinal number.",
            query: registerQuery
        ) { call, context in
            try await registerPage(store, call, context)
        },
        Route(
            .get,
            "/register.csv",
            for: batchKeepers,
            "The entries of one day, for a spreadsheet.",
            query: Array(registerQuery.prefix(2))
        ) { call, context in
            let (shop, _) = try await call.registerShop(store, context)
            let day = try call.registerDay() ?? store.today
            let table = try await store.registerTable(of: shop.id, on: day, by: context.staff)
            return .file(
                "registre-\(shop.code)-\(day.iso).csv",
                type: "text/csv; charset=utf-8",
                Array(CSV(table).text.utf8)
            )
        },
        Route(
            .get,
            "/register/{shop}/{ordinal}",
            for: .roles(.shopManagers),
            "Who gave or sold, as their document said it."
        ) { call, context in
            let shop = try await store.shop(
                coded: call.piece("shop"),
                where: .shopManagers,
                of: context.staff
            )
            guard let ordinal = Int64(call.piece("ordinal")) else {
                throw Refusal(.unknownThing, ["field": .field(.ordinal), "text": .text("–")])
            }
            let seller = try await store.seller(ordinal, of: shop, by: context.staff)
            return context.page(SellerPage(context.words, seller, ordinal: ordinal))
        },
        Route(
            .post,
            "/register/corrections",
            for: batchKeepers,
            "Writes what was wrong in an entry under a number of its own."
        ) { call, context in
            let form = try call.form()
            var draft = Draft(form)
            let ordinal = draft.read("ordinal") { text throws(Refusal) in
                try number(typed: text, field: .ordinal, in: 1...999_999_999)
            }
            let correction = draft.read("correction") { text throws(Refusal) in
                try ShortText(typed: text, field: .correction, most: 500)
            }
            if let ordinal, let correction {
                do {
                    let (shop, _) = try await call.registerShop(store, context, form)
                    _ = try await store.correctRegister(
                        Int64(ordinal),
                        of: shop.id,
                        correction,
                        key: call.key(),
                        by: context.staff
                    )
                    return .see("/register?shop=\(shop.code)&done=corrected")
                } catch let refusal as Refusal where refusal.reason != .shopUnclear {
                    draft.refuse(refusal)
                }
            }
            return try await registerPage(store, call, context, form, draft)
        },
    ]
}

private let registerQuery: [Route.Parameter] = [
    .init("shop", .text(pattern: "^[A-Z]{2}$"), "Whose register; by default the till’s."),
    .init("day", .text(format: "date"), "Of one day."),
    .init("after", .text(pattern: "^[0-9]{1,12}$"), "The last part’s next."),
]

extension Call {
    fileprivate func registerShop(
        _ store: Store,
        _ context: Context,
        _ form: Form? = nil
    ) async throws -> (Workplace, Workplaces) {
        let shops = try await context.workplaces(
            store,
            coded: form?["shop"] ?? query["shop"],
            where: .stockWorkers
        )
        return (try shops.certain(), shops)
    }

    fileprivate func registerDay() throws(Refusal) -> Day? {
        guard let text = query["day"], !text.isEmpty else { return nil }
        return try Day(typed: text, field: .day)
    }
}

private func registerPage(
    _ store: Store,
    _ call: Call,
    _ context: Context,
    _ form: Form? = nil,
    _ draft: Draft = Draft()
) async throws -> Answer {
    let (shop, shops) = try await call.registerShop(store, context, form)
    let day = try call.registerDay()
    let after = call.query["after"]
    let page = RegisterPage(
        context.words,
        try await store.register(of: shop.id, on: day, after: after, by: context.staff),
        of: shop,
        on: day,
        after: after,
        today: store.today,
        workplace: WorkplaceBar(shops, shop, at: "/register"),
        maySeeSellers: try context.staff.holds(anyOf: .shopManagers, in: shop.id),
        draft,
        key: store.newID(Claim.self).text
    )
    return context.page(
        page,
        draft.wrong.first?.refusal.status ?? .ok,
        notice: call.done("corrected").map { context.words("register_done_\($0)") }
    )
}
