import HTTPTypes
import Shop
import Store

/// Vouchers: recorded from paper, shown, printed, revoked.
func voucherRoutes(_ store: Store) -> [Route] {
    voucherPageRoutes(store) + voucherFormRoutes(store) + voucherAPIRoutes(store)
}

private func voucherPageRoutes(_ store: Store) -> [Route] {
    [
        Route(
            .get,
            "/vouchers",
            for: receivers,
            "Vouchers, the last recorded first.",
            query: [.init("after", .text(format: "uuid"), "The last part’s next.")]
        ) { call, context in
            try await vouchersPage(store, context, after: call.query["after"])
        },
        Route(.get, "/vouchers/new", for: receivers, "A form to record a voucher from its paper.") {
            call,
            context in
            var given = "count=1"
            if let code = call.query["person"].flatMap({ PersonCode($0) }) {
                given += "&person_1=\(code.text)"
            }
            return try await newVoucherPage(
                store,
                context,
                Draft(Form(encoded: given)),
                key: store.newID(Claim.self)
            )
        },
        Route(.get, "/vouchers/{code}", for: receivers, "A voucher’s page.") { call, context in
            try await voucherPage(store, call, context)
        },
        Route(.get, "/vouchers/{code}/print", for: receivers, "A voucher, to print.") {
            call,
            context in
            let card = try await store.voucher(VoucherCode(scanned: call.piece("code")))
            return context.page(
                VoucherPrintPage(
                    context.words,
                    card,
                    association: try await store.association()?.name ?? "",
                    place: try await store.place(
                        of: context.workplaces(store, where: .receivers).inView().id
                    )
                )
            )
        },
    ]
}

private func vouchersPage(
    _ store: Store,
    _ context: Context,
    after: String? = nil,
    typed: String = "",
    refusal: Refusal? = nil
) async throws -> Answer {
    let part = try await store.vouchers(after: after)
    let page = VouchersPage(
        context.words,
        part,
        after: after,
        today: store.today,
        typed: typed,
        refusal: refusal,
        maySeeStructures: context.mayOpen("/structures")
    )
    return context.page(page, refusal?.status ?? .ok)
}

private func newVoucherPage(
    _ store: Store,
    _ context: Context,
    _ draft: Draft,
    key: ID<Claim>,
    likely: [Int: [PersonRow]] = [:]
) async throws -> Answer {
    var draft = draft
    let found = try await draft.readFound(store)
    let page = NewVoucherPage(
        context.words,
        draft,
        key: key.text,
        structures: try await store.structures(limit: 200).items,
        motives: try await store.motives().offered(on: store.today),
        likely: likely,
        found: found,
        here: try context.staff.till?.shopName,
        today: store.today
    )
    return context.page(page, draft.wrong.first?.refusal.status ?? .ok)
}

private func voucherPage(
    _ store: Store,
    _ call: Call,
    _ context: Context,
    _ draft: Draft = Draft()
) async throws -> Answer {
    let card = try await store.voucher(VoucherCode(scanned: call.piece("code")))
    let staff = try context.staff
    let page = VoucherPage(
        context.words,
        card,
        in: try await context.workplaces(store, where: .receivers).inView().id,
        today: store.today,
        maySell: context.mayOpen("/till"),
        mayRevoke: staff.mayRevoke(heldIn: card.shopID),
        draft,
        key: store.newID(Claim.self).text
    )
    let done = call.done("recorded", "revoked")
    return context.page(
        page,
        draft.wrong.first?.refusal.status ?? .ok,
        notice: done.map { context.words("voucher_done_\($0)") }
    )
}

private func voucherFormRoutes(_ store: Store) -> [Route] {
    [
        Route(.post, "/vouchers/search", for: receivers, "Opens the voucher of a code.") {
            call,
            context in
            let typed = try call.form()["code"] ?? ""
            do {
                let code = try VoucherCode(scanned: typed)
                _ = try await store.voucher(code)
                return .see("/vouchers/\(code.digits)")
            } catch let refusal as Refusal {
                return try await vouchersPage(store, context, typed: typed, refusal: refusal)
            }
        },
        Route(.post, "/vouchers", for: receivers, "Records a voucher from its paper.") {
            call,
            context in
            var draft = Draft(try call.form())
            let key = try call.key()
            if draft.isTicked("more") || draft.isSearching {
                return try await newVoucherPage(store, context, draft, key: key)
            }
            let shop = try context.staff.till?.shop
            let read = try await draft.readVoucher(store, shop: shop)
            guard let voucher = read.voucher else {
                return try await newVoucherPage(
                    store,
                    context,
                    draft,
                    key: key,
                    likely: read.likely
                )
            }
            do {
                let recorded = try await store.recordVoucher(voucher, key: key, by: context.staff)
                return .see("/vouchers/\(recorded.code)?done=recorded")
            } catch let refusal as Refusal {
                draft.refuse(refusal)
                return try await newVoucherPage(store, context, draft, key: key)
            }
        },
        Route(
            .post,
            "/vouchers/{code}/revocation",
            for: .roles(.shopManagers),
            "Takes a voucher back."
        ) { call, context in
            var draft = Draft(try call.form())
            let code = try VoucherCode(scanned: call.piece("code"))
            if let motive = draft.readMotive() {
                do {
                    _ = try await store.revokeVoucher(
                        code,
                        motive: motive,
                        key: call.key(),
                        by: context.staff
                    )
                } catch let refusal as Refusal {
                    draft.refuse(refusal)
                }
            }
            guard draft.isFine else { return try await voucherPage(store, call, context, draft) }
            return .see("/vouchers/\(code.digits)?done=revoked")
        },
    ]
}
