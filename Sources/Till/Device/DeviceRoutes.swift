import HTTPTypes
import Shop
import Store

/// Who works in the stock room.
private let workers = Access.roles(.stockWorkers)

/// Machines, one by one: the stock list, a machine's page, its label, and the files of the tools that read it.
func deviceRoutes(_ store: Store, _ origin: PublicAddress) -> [Route] {
    devicePageRoutes(store, origin) + deviceFormRoutes(store) + deviceAPIRoutes(store)
        + deviceWorkAPIRoutes(store)
}

extension Context {
    /// Whether the reader may prepare machines, not only look.
    fileprivate var mayWorkStock: Bool {
        visitor?.holdsHere(anyOf: .stockWorkers) ?? false
    }
}

private func devicePageRoutes(_ store: Store, _ origin: PublicAddress) -> [Route] {
    [
        Route(.get, "/devices", for: .everyRole, "The stock.") { call, context in
            let search = call.query["q"] ?? ""
            if context.mayWorkStock, let place = LocationCode(scanned: search) {
                return .see("/locations/\(place)")
            }
            let filter = call.query["stage"].flatMap(DeviceFilter.init(rawValue:))
            // How long is asked of what waits alone.
            let olderThan =
                filter == .stage(.left)
                ? nil
                : call.query["older_than"].flatMap { Int($0) }.flatMap { days in
                    0...36_500 ~= days ? days : nil
                }
            let after = call.query["after"]
            let page = try await store.devices(
                matching: search,
                at: filter,
                olderThan: olderThan,
                in: context.reach(.everyone),
                after: after
            )
            let takers =
                context.mayWorkStock
                ? try await context.workplaces(store, where: .stockWorkers) : nil
            let batch = try await droppedBatch(store, call, context)
            let waiting =
                context.mayWorkStock
                ? try await store.countWaitingFiles(in: context.reach(.stockWorkers)) : 0
            var (low, late) = (0, 0)
            if let shop = takers?.current {
                low = try await store.countLowProducts(in: shop.id)
                late = try await store.countLateOrders(in: shop.id)
            }
            return context.page(
                try DevicesPage(
                    context.words,
                    page,
                    search: search,
                    at: filter,
                    olderThan: olderThan,
                    after: after,
                    today: store.today,
                    takers: takers,
                    batch: batch,
                    mayServe: context.mayOpen("/after-sales"),
                    waiting: waiting,
                    low: low,
                    late: late
                )
            )
        },
        Route(
            .get,
            "/devices/list.csv",
            for: .everyRole,
            "The stock's list, whole, as a table for a spreadsheet.",
            query: deviceListQuery
        ) { call, context in try await deviceListFile(.csv, store, call, context) },
        Route(
            .get,
            "/devices/list.xlsx",
            for: .everyRole,
            "The stock's list, whole, as a workbook.",
            query: deviceListQuery
        ) { call, context in try await deviceListFile(.xlsx, store, call, context) },
        Route(
            .get,
            "/devices/board",
            for: .everyRole,
            "What waits, where, and since when."
        ) { _, context in
            context.page(
                DeviceBoardPage(
                    context.words,
                    try await store.deviceBoard(in: context.reach(.everyone)),
                    today: store.today
                )
            )
        },
        Route(.get, "/devices/new", for: workers, "A form to write a machine down by hand.") {
            call,
            context in
            let shops = try await context.workplaces(
                store,
                coded: call.query["shop"],
                where: .stockWorkers
            )
            return context.page(
                NewDevicePage(
                    context.words,
                    key: store.newID(Claim.self).text,
                    workplace: WorkplaceBar(shops, try shops.certain(), at: "/devices/new"),
                    form: call.query["batch"].map { Form(encoded: "batch=" + percentEncoded($0)) }
                )
            )
        },
        Route(.get, "/devices/{label}", for: .everyRole, "A machine's page.") { call, context in
            try await devicePage(store, call, context)
        },
        Route(.get, "/devices/{label}/label", for: .everyRole, "A machine's label, to print.") {
            call,
            context in
            let card = try await store.device(
                DeviceLabel.typed(call.piece("label")),
                in: context.reach(.everyone)
            )
            return context.page(
                DeviceLabelPage(
                    context.words,
                    [card],
                    at: origin.publicURL,
                    isDemonstration: context.isDemonstration
                )
            )
        },
        Route(
            .get,
            "/devices/{label}/label.zpl",
            for: .everyRole,
            "A machine's label for a printer that takes ZPL.",
            query: [.labelSize]
        ) { call, context in
            let card = try await store.device(
                DeviceLabel.typed(call.piece("label")),
                in: context.reach(.everyone)
            )
            return .zpl("\(card.device.label).zpl", [card], at: origin, call, context)
        },
        Route(
            .get,
            "/api/v1/devices/{label}/label",
            for: .everyRole,
            "A device's label, drawn and for printers that take ZPL.",
            query: [.labelSize],
            gives: ToldLabel.self
        ) { call, context in
            let card = try await store.device(
                DeviceLabel.typed(call.piece("label")),
                in: context.reach(.everyone)
            )
            return try .json(ToldLabel(card, at: origin, call, context))
        },
    ]
}

/// The lot that the address names, for whoever works the stock.
private func droppedBatch(
    _ store: Store,
    _ call: Call,
    _ context: Context
) async throws -> BatchRow? {
    guard let code = call.query["batch"], context.mayWorkStock else { return nil }
    return try await store.batch(BatchCode.typed(code), in: context.reach(.stockWorkers)).batch
}

func devicePage(
    _ store: Store,
    _ call: Call,
    _ context: Context,
    form: Form = Form(encoded: ""),
    refusal: Refusal? = nil
) async throws -> Answer {
    let card = try await store.device(
        DeviceLabel.typed(call.piece("label")),
        in: context.reach(.everyone)
    )
    let isPrepared = context.mayWorkStock && card.device.stage == .inWork
    let page = DevicePage(
        context.words,
        card,
        mayWork: context.mayWorkStock,
        mayOpenTickets: context.mayOpen("/receipts"),
        mayServe: context.mayOpen("/after-sales"),
        today: store.today,
        pictures: try PictureSection(
            context.words,
            try await store.pictures(
                of: DeviceLabel.typed(card.device.label),
                in: context.reach(.everyone)
            ),
            of: card.device.label,
            most: context.mayWorkStock ? try await store.picturesMost() : nil,
            key: { store.newID(Claim.self).text }
        ),
        proposal: isPrepared
            ? try await store.gradingProposal(
                DeviceLabel.typed(card.device.label),
                in: context.reach(.everyone)
            ) : nil,
        form: form,
        refusal: refusal
    ) {
        store.newID(Claim.self).text
    }
    let done = call.query["done"].flatMap(DoneToDevice.init(rawValue:))
    return context.page(
        page,
        refusal?.status ?? .ok,
        notice: done.map { context.words("device_done_\($0.rawValue)") }
    )
}

/// What a form did, told once on the page that follows.
enum DoneToDevice: String {
    case taken, inspected, erased, unverified, removed, graded, whole, shelved, repriced, withdrawn,
        reserved, released, gone, back, pictured, placed, cleared
    case partBack = "part_back"
    case pictureOff = "picture_off"
    case pictureShown = "picture_shown"
    case pictureHidden = "picture_hidden"
}
