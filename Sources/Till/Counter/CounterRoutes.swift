import HTTPTypes
import Shop
import Store

/// Who sells: everyone who may stand at a till.
private let sellers = Access.roles(.sellers)

/// The counter: what was scanned, the ticket, the drawer as JSON under /api/v1, and its pages.
func counterRoutes(_ store: Store) -> [Route] {
    scanRoutes(store) + ticketRoutes(store) + receiptRoutes(store) + drawerRoutes(store)
        + closingRoutes(store)
        + counterPages(store)
}

private func scanRoutes(_ store: Store) -> [Route] {
    [
        Route(
            .get,
            "/api/v1/scan/{code}",
            for: sellers,
            "What a scanned or typed code is, with what it opens.",
            query: [.init("person", .text(format: "uuid"), "Which of the voucher's persons.")],
            gives: ToldScan.self
        ) { call, context in
            let place = try context.staff.place()
            let scan = try Scan(scanned: call.piece("code"))
            return try .json(
                try await told(scan, by: call.query["person"], store, place, context)
            )
        },
        Route(
            .get,
            "/api/v1/persons/{id}/standing",
            for: sellers,
            "What a person may take today.",
            gives: ToldStanding.self
        ) { call, context in
            let place = try context.staff.place()
            let answer = try await store.standing(
                of: .person(try call.id("id")),
                in: place.shop
            )
            return try .json(ToldStanding(answer, in: context.language))
        },
        Route(
            .get,
            "/api/v1/offers",
            for: sellers,
            "Recharges, SIM cards and accessories with a price today.",
            gives: Listing<ToldOffer>.self
        ) { _, context in
            let tiles = try await store.offerTiles(in: context.staff.place().shop)
            return try .json(
                Listing(
                    tiles.enumerated().map { index, tile in
                        ToldOffer(
                            code: tile.code,
                            name: tile.name(in: context.language),
                            priceCents: tile.price,
                            volumeMb: tile.volumeMB,
                            validDays: tile.validDays,
                            digit: index < 9 ? index + 1 : nil,
                            free: tile.free
                        )
                    }
                )
            )
        },
    ]
}

private func told(
    _ scan: Scan,
    by person: String?,
    _ store: Store,
    _ place: TillPlace,
    _ context: Context
) async throws -> ToldScan {
    let language = context.language
    func standing(
        _ kind: String,
        of buyer: SaleRequest.Buyer,
        code: VoucherCode? = nil
    ) async throws -> ToldScan {
        let answer = try await store.standing(of: buyer, in: place.shop)
        return ToldScan(
            kind: kind,
            code: code?.digits,
            standing: ToldStanding(answer, in: language)
        )
    }
    func standing(of code: VoucherCode) async throws -> ToldScan {
        let buyer = SaleRequest.Buyer.voucher(code.digits, person.flatMap { ID($0) })
        return try await standing("voucher", of: buyer, code: code)
    }
    switch scan {
    case .voucher(let code): return try await standing(of: code)
    case .signedVoucher(let signed):
        try await store.check(signed)
        return try await standing(of: signed.statement.code)
    case .completion(let code):
        return try await standing("completion", of: .completion(code.digits))
    case .person(let code):
        return try await standing("person", of: .person(try await store.person(coded: code)))
    case .device(let label):
        let goods = try await store.goods(labels: [label], codes: [], in: place.shop)
        guard let device = goods.devices[label] else {
            throw Refusal(.deviceUnknown, ["label": .text(label)])
        }
        let build = try await store.build(of: label)
        // Whether it is kept for someone is decided on the ticket, where it is known who buys.
        let refusal = device.refusal(
            on: store.today,
            in: place.shop,
            for: device.reserved?.person
        )
        return ToldScan(
            kind: "device",
            device: ToldDevice(device, build, refusal: refusal, in: language)
        )
    case .receipt(let code):
        let receipt = try await store.receipt(
            coded: code,
            in: context.reach(.ticketReaders)
        )
        return ToldScan(
            kind: "receipt",
            saleId: receipt.sale.id,
            url: "/receipts/\(code.text)"
        )
    }
}

private func ticketRoutes(_ store: Store) -> [Route] {
    [
        Route(
            .post,
            "/api/v1/sales/preview",
            for: sellers,
            "What the till would say to a ticket, line by line; nothing is recorded.",
            takes: AskedSale.self,
            gives: ToldPreview.self
        ) { call, context in
            let asked: AskedSale = try call.json()
            let preview = try await store.preview(asked.previewed(), by: context.staff)
            return try .json(ToldPreview(preview, in: context.language))
        },
        Route(
            .post,
            "/api/v1/sales",
            for: sellers,
            "Sells. The same key again gives the same ticket.",
            takes: AskedSale.self,
            gives: ToldSale.self
        ) { call, context in
            let asked: AskedSale = try call.json()
            let ticket = try await store.sell(asked.sale(), key: asked.claim(), by: context.staff)
            return try .json(ToldSale(ticket), .created)
        },
        Route(
            .post,
            "/api/v1/gifts",
            for: sellers,
            "Gives: a programme pays. The same key again gives the same ticket.",
            takes: AskedSale.self,
            gives: ToldSale.self
        ) { call, context in
            let asked: AskedSale = try call.json()
            let ticket = try await store.sell(asked.gift(), key: asked.claim(), by: context.staff)
            return try .json(ToldSale(ticket), .created)
        },
        Route(
            .get,
            "/api/v1/sales/{id}",
            for: sellers,
            "A ticket, with what remains of it.",
            gives: ToldSale.self
        ) { call, context in
            let sale = try await store.receipt(
                of: call.id("id"),
                in: context.reach(.ticketReaders)
            )
            return try .json(ToldSale(sale.ticket))
        },
        Route(
            .post,
            "/api/v1/refunds",
            for: sellers,
            "Takes units of a ticket back. The same key again gives the same refund.",
            takes: AskedRefund.self,
            gives: ToldRefund.self
        ) { call, context in
            let asked: AskedRefund = try call.json()
            let id = try await store.giveBack(asked.request(), key: asked.key, by: context.staff)
            let refund = try await store.refund(id)
            return try .json(
                ToldRefund(
                    refund: .init(
                        id: id,
                        number: refund.code.text,
                        totalCents: refund.record.total,
                        receiptUrl: "/receipts/\(refund.code.text)"
                    )
                ),
                .created
            )
        },
    ]
}

private func drawerRoutes(_ store: Store) -> [Route] {
    [
        Route(
            .get,
            "/api/v1/drawer",
            for: sellers,
            "How the drawer of this till stands.",
            gives: ToldDrawer.self
        ) { _, context in
            try .json(ToldDrawer(try await store.drawerStanding(of: context.staff.place())))
        },
        Route(
            .post,
            "/api/v1/drawers",
            for: sellers,
            "Opens the drawer with a counted float.",
            takes: AskedOpening.self,
            gives: ToldDrawer.self
        ) { call, context in
            let asked: AskedOpening = try call.json()
            _ = try await store.openDrawer(
                float: Cents(asked.floatCents),
                key: asked.key ?? call.key(),
                by: context.staff
            )
            return try .json(
                ToldDrawer(try await store.drawerStanding(of: context.staff.place())),
                .created
            )
        },
        Route(
            .post,
            "/api/v1/drawers/current/closing",
            for: sellers,
            "Closes the drawer over a count; a difference takes a reason.",
            takes: AskedClosing.self,
            gives: ToldDrawer.self
        ) { call, context in
            let asked: AskedClosing = try call.json()
            let reason = asked.reason.flatMap { $0.isEmpty ? nil : $0 }
            let count = try DrawerCount(
                cash: try asked.countedCashCents.map { cents throws(Refusal) in try Cents(cents) },
                pieces: asked.pieces ?? [],
                card: try Cents(asked.countedCardCents ?? 0),
                cheque: try asked.countedChequeCents.map { cents throws(Refusal) in try Cents(cents)
                },
                cheques: (asked.chequesCents ?? []).map { cents throws(Refusal) in try Cents(cents)
                },
                reason: try reason.map { text throws(Refusal) in
                    try DifferenceReason(typed: text, field: .reason)
                }
            )
            let place = try context.staff.place()
            let drawer = try await store.closeDrawer(
                count,
                key: asked.key ?? call.key(),
                by: context.staff
            )
            return try .json(
                ToldDrawer(
                    try await store.drawerStanding(of: place),
                    closing: ToldClosing(try await store.closing(of: place.code, drawer: drawer))
                ),
                .created
            )
        },
    ]
}
