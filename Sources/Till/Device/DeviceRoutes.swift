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

private func devicePage(
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
        reserved, released, gone, back, pictured, placed, unplaced
    case pictureOff = "picture_off"
    case pictureShown = "picture_shown"
    case pictureHidden = "picture_hidden"
}

private func deviceFormRoutes(_ store: Store) -> [Route] {
    [
        Route(.post, "/devices", for: workers, "Writes a machine down.") { call, context in
            let form = try call.form()
            let shops = try await context.workplaces(
                store,
                coded: form["shop"],
                where: .stockWorkers
            )
            let shop = try shops.certain()
            do {
                let label = try await store.takeInDevice(
                    try NewDevice(form),
                    into: shop.id,
                    of: try form["batch"].flatMap { text throws(Refusal) in
                        text.isEmpty ? nil : try BatchCode.typed(text)
                    },
                    key: call.key(),
                    by: context.staff
                )
                return .see("/devices/\(label)?done=\(DoneToDevice.taken.rawValue)")
            } catch let refusal as Refusal {
                let page = NewDevicePage(
                    context.words,
                    key: store.newID(Claim.self).text,
                    workplace: WorkplaceBar(shops, shop, at: "/devices/new"),
                    form: form,
                    refusal: refusal
                )
                return context.page(page, refusal.status)
            }
        },
        deviceForm(store, "inspections", .inspected, "Records what was tried.") {
            label,
            form,
            call,
            staff in
            _ = try await store.inspectDevice(
                label,
                results: try form.findings(
                    asked: try await store.inspectionList(for: label).items.map(\.item)
                ),
                following: try form["list"].map { text throws(Refusal) in
                    try Day(typed: text, field: .startsOn)
                },
                key: call.key(),
                by: staff
            )
        },
        deviceForm(store, "erasures", .erased, "Records an erasure.") { label, form, call, staff in
            _ = try await store.eraseDisk(
                of: label,
                try NewErasure(form),
                key: call.key(),
                by: staff
            )
        },
        deviceForm(store, "disks/removal", .removed, "Takes a disk off the record.") {
            label,
            form,
            call,
            staff in
            _ = try await store.removeDisk(form["disk"], of: label, key: call.key(), by: staff)
        },
        deviceForm(store, "gradings", .graded, "Grades a machine.") { label, form, call, staff in
            _ = try await store.gradeDevice(
                label,
                try NewGrading(form),
                key: call.key(),
                by: staff
            )
        },
        deviceForm(store, "kit", .whole, "Says which parts of its kit are with a machine.") {
            label,
            form,
            call,
            staff in
            let parts = try await store.device(label, in: staff.reach(.stockWorkers)).kit
            _ = try await store.checkKit(
                of: label,
                form.kit(of: parts),
                key: call.key(),
                by: staff
            )
        },
        deviceForm(store, "stays", .shelved, "Puts a machine on the shelf.") {
            label,
            form,
            call,
            staff in
            _ = try await store.shelveDevice(
                label,
                grade: try form["grade"].map { text throws(Refusal) in
                    try Grade(typed: text, field: .grade)
                },
                price: try Cents(typed: form.required("price")),
                isUnusualMeant: form["meant"] == "yes",
                key: call.key(),
                by: staff
            )
        },
        deviceForm(store, "price", .repriced, "Asks another price for a machine on the shelf.") {
            label,
            form,
            call,
            staff in
            _ = try await store.repriceDevice(
                label,
                price: try Cents(typed: form.required("price")),
                isUnusualMeant: form["meant"] == "yes",
                key: call.key(),
                by: staff
            )
        },
        deviceForm(store, "withdrawal", .withdrawn, "Takes a machine off the shelf.") {
            label,
            form,
            call,
            staff in
            _ = try await store.takeOffShelf(
                label,
                motive: try ShortText(typed: form["motive"] ?? "", field: .motive, most: 500),
                key: call.key(),
                by: staff
            )
        },
        deviceForm(store, "reservations", .reserved, "Keeps a machine for a person.") {
            label,
            form,
            call,
            staff in
            guard let code = PersonCode(try form.required("person")) else {
                throw Refusal(.personUnknown)
            }
            _ = try await store.reserveDevice(
                label,
                for: try await store.person(coded: code),
                until: try Day(typed: form.required("until")),
                key: call.key(),
                by: staff
            )
        },
        deviceForm(store, "removals", .gone, "Takes a machine out of the stock for good.") {
            label,
            form,
            call,
            staff in
            _ = try await store.removeDevice(
                label,
                try Removal(
                    Removal.Kind(typed: form["removal"] ?? "", field: .removalKind),
                    on: Day(typed: form["removed_on"] ?? "", field: .removedOn),
                    collector: form["collector"],
                    slip: form["slip"],
                    weight: .optional(typedKilograms: form["weight"]),
                    motive: form["removal_motive"]
                ),
                key: call.key(),
                by: staff
            )
        },
        deviceForm(store, "removals/reversal", .back, "Takes back that a machine is gone.") {
            label,
            form,
            call,
            staff in
            _ = try await store.reverseRemoval(
                of: label,
                motive: try ShortText(typed: form["motive"] ?? "", field: .motive, most: 500),
                key: call.key(),
                by: staff
            )
        },
        deviceForm(store, "location", .placed, "Puts a machine on the shelf that was scanned.") {
            label,
            form,
            call,
            staff in
            _ = try await store.placeDevice(
                label,
                at: LocationCode.typed(form["scanned"] ?? ""),
                key: call.key(),
                by: staff
            )
        },
        deviceForm(store, "location/end", .unplaced, "Says that a machine is not there.") {
            label,
            _,
            call,
            staff in
            _ = try await store.unplaceDevice(label, key: call.key(), by: staff)
        },
        deviceForm(store, "reservations/end", .released, "Lets a machine go before its day.") {
            label,
            _,
            call,
            staff in
            _ = try await store.endReservation(of: label, key: call.key(), by: staff)
        },
    ]
}

/// A form on a machine's page: refused, the page comes back and says why; done, it is read anew.
func deviceForm(
    _ store: Store,
    _ path: String,
    _ done: DoneToDevice,
    _ summary: String,
    _ body: @escaping @Sendable (DeviceLabel, Form, Call, Staff) async throws -> Void
) -> Route {
    Route(.post, "/devices/{label}/\(path)", for: workers, summary) { call, context in
        let label = try DeviceLabel.typed(call.piece("label"))
        let form = try call.form()
        do {
            try await body(label, form, call, context.staff)
            // An erasure that nobody checked is kept, and the machine waits all the same.
            let told: DoneToDevice =
                switch done {
                case .erased where form["verified"] != "yes": .unverified
                case .pictureShown where form["shown"] != "yes": .pictureHidden
                default: done
                }
            return .see("/devices/\(label)?done=\(told.rawValue)")
        } catch let refusal as Refusal where refusal.reason != .deviceUnknown {
            return try await devicePage(store, call, context, form: form, refusal: refusal)
        }
    }
}

extension Form {
    /// What was found of each item asked: those ticked are at fault, unless everything works.
    fileprivate func findings(asked: [String]) throws(Refusal) -> [String: InspectionFinding] {
        let faults: Set<String> = self["all"] == "yes" ? [] : Set(all("failed"))
        var found: [String: InspectionFinding] = [:]
        for item in asked {
            found[item] = try InspectionFinding(
                passed: !faults.contains(item),
                remark: try ShortText.optional(
                    typed: self["remark-\(item)"],
                    field: .remark,
                    most: InspectionFinding.remarkMost
                )
            )
        }
        return found
    }
}

extension NewDevice {
    fileprivate init(_ form: Form) throws(Refusal) {
        var disks: [NewDisk] = []
        if let storage = form["storage"], !storage.isEmpty {
            disks = [
                NewDisk(
                    kind: .ssd,
                    sizeGB: try number(typed: storage, field: .disk, in: 0...100_000),
                    serial: try ShortText.optional(typed: form["storage_serial"], field: .serial)
                )
            ]
        }
        let label = form["label"] ?? ""
        try self.init(
            kind: try DeviceKind(typed: form["kind"] ?? "", field: .deviceKind),
            maker: try ShortText(typed: form["maker"] ?? "", field: .maker),
            model: try ShortText(typed: form["model"] ?? "", field: .model),
            serial: try ShortText.optional(typed: form["serial"], field: .serial),
            label: label.isEmpty ? nil : label,
            disks: disks,
            fromPublicBody: form["public"] == "yes"
        )
    }
}

extension NewErasure {
    fileprivate init(_ form: Form) throws(Refusal) {
        self.init(
            disk: form["disk"],
            method: try ErasureMethod(typed: form["method"] ?? "", field: .erasureMethod),
            level: try ErasureLevel(typed: form["level"] ?? "", field: .erasureLevel),
            tool: try ShortText(typed: form["tool"] ?? "", field: .tool, most: 100),
            toolVersion: try ShortText.optional(
                typed: form["tool_version"],
                field: .tool,
                most: 40
            ),
            verified: form["verified"] == "yes",
            erasedAt: nil,
            certificate: nil
        )
    }
}
