import HTTPTypes
import Shop
import Store

private let workers = Access.roles(.stockWorkers)

/// The forms on machines’ pages.
func deviceFormRoutes(_ store: Store) -> [Route] {
    deviceTakingIn(store) + deviceBenchForms(store) + deviceShelfForms(store)
        + deviceStockForms(store) + deviceLeavingForms(store)
}

/// Writes a machine down.
private func deviceTakingIn(_ store: Store) -> [Route] {
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
        }
    ]
}

/// What is done at the bench: tried, erased, graded, completed.
private func deviceBenchForms(_ store: Store) -> [Route] {
    [
        deviceForm(store, "inspections", .inspected, "Records what was tried.") {
            label,
            form,
            call,
            staff in
            _ = try await store.inspectDevice(
                label,
                results: try form.findings(
                    asked: try await store.inspectionList(for: label).items
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
    ]
}

/// What is done on the shelf.
private func deviceShelfForms(_ store: Store) -> [Route] {
    [
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
    ]
}

/// Where it lies, and for whom it is kept.
private func deviceStockForms(_ store: Store) -> [Route] {
    [
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
        deviceForm(store, "location/end", .cleared, "Says that a machine is not there.") {
            label,
            _,
            call,
            staff in
            _ = try await store.clearLocation(label, key: call.key(), by: staff)
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

/// How it leaves for good, and comes back.
private func deviceLeavingForms(_ store: Store) -> [Route] {
    [
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
    fileprivate func findings(asked: [InspectionItem]) throws(Refusal) -> [String:
        InspectionFinding]
    {
        let faults: Set<String> = self["all"] == "yes" ? [] : Set(all("failed"))
        var found: [String: InspectionFinding] = [:]
        for item in asked {
            found[item.item] = try InspectionFinding(
                passed: !faults.contains(item.item),
                remark: try ShortText.optional(
                    typed: self["remark-\(item.item)"],
                    field: .remark,
                    most: InspectionFinding.remarkMost
                ),
                of: item
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
