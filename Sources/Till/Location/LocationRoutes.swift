import HTTPTypes
import Shop
import Store

private let workers = Access.roles(.stockWorkers)

/// Rooms and shelves of a shop, and what lies there.
func locationRoutes(_ store: Store) -> [Route] {
    locationPageRoutes(store) + locationFormRoutes(store) + locationAPIRoutes(store)
}

private func locationPageRoutes(_ store: Store) -> [Route] {
    [
        Route(
            .get,
            "/locations",
            for: workers,
            "Rooms and shelves in use, by shop and name.",
            query: [
                .init("after", .text(most: 40), "The last part’s next."),
                .init("codes", .text(most: 2000), "Those just opened, commas between their codes."),
            ]
        ) { call, context in
            try await locationsPage(store, call, context)
        },
        Route(
            .get,
            "/locations/labels",
            for: workers,
            "Labels of rooms and shelves, to print.",
            query: [
                .init("shop", .text(most: 2), "The shop’s code."),
                .init("codes", .text(most: 2000), "Those alone, commas between their codes."),
                .init("after", .text(most: 40), "The last part’s next."),
            ]
        ) { call, context in
            let shop = call.query["shop"]
            if let codes = call.locationCodes {
                let named = try await store.locations(
                    coded: codes,
                    in: context.reach(.stockWorkers)
                )
                return context.page(
                    LocationLabelsPage(
                        Paged(items: named, next: nil),
                        of: shop,
                        isDemonstration: context.isDemonstration
                    )
                )
            }
            let part = try await store.locations(
                in: context.reach(.stockWorkers),
                of: shop,
                after: call.query["after"]
            )
            return context.page(
                LocationLabelsPage(part, of: shop, isDemonstration: context.isDemonstration)
            )
        },
        Route(
            .get,
            "/locations/{code}",
            for: workers,
            "A room’s or shelf’s page.",
            query: [.init("after", .text(format: "uuid"), "The last part’s next.")]
        ) { call, context in
            try await locationPage(store, call, context)
        },
    ]
}

extension Call {
    /// The locations that the address names; nil where it names none.
    fileprivate var locationCodes: [LocationCode]? {
        query["codes"]?.split(separator: ",").compactMap { LocationCode(scanned: String($0)) }
    }
}

private func locationsPage(
    _ store: Store,
    _ call: Call,
    _ context: Context,
    _ draft: Draft = Draft()
) async throws -> Answer {
    let after = call.query["after"]
    let page = LocationsPage(
        context.words,
        try await store.locations(in: context.reach(.stockWorkers), after: after),
        after: after,
        shops: try await context.workplaces(
            store,
            coded: draft.form["shop"],
            where: .stockWorkers
        ),
        opened: call.locationCodes ?? [],
        draft,
        key: store.newID(Claim.self).text
    )
    let done = call.done("closed")
    return context.page(
        page,
        draft.wrong.first?.refusal.status ?? .ok,
        notice: done.map { context.words("location_done_\($0)") }
    )
}

private func locationPage(
    _ store: Store,
    _ call: Call,
    _ context: Context,
    _ draft: Draft = Draft()
) async throws -> Answer {
    let code = try LocationCode.typed(call.piece("code"))
    let reach = try context.reach(.stockWorkers)
    let after = call.query["after"]
    let page = LocationPage(
        context.words,
        try await store.location(code, in: reach),
        try await store.devices(at: code, in: reach, after: after),
        after: after,
        draft
    ) { store.newID(Claim.self).text }
    let label = call.query["label"].flatMap { DeviceLabel(scanned: $0)?.description }
    let notice = label.flatMap { label in
        call.done("placed", "again").map {
            context.words("location_done_\($0)", ["label": label])
        }
    }
    return context.page(page, draft.wrong.first?.refusal.status ?? .ok, notice: notice)
}

private func locationFormRoutes(_ store: Store) -> [Route] {
    [
        Route(.post, "/locations", for: workers, "Opens a room’s shelves.") { call, context in
            var draft = Draft(try call.form())
            let shops = try await context.workplaces(
                store,
                coded: draft.form["shop"],
                where: .stockWorkers
            )
            let (room, shelves) = (draft.value("room"), draft.value("shelves"))
            let new = draft.readAll { () throws(Refusal) in
                try NewLocations(room: room, shelves: shelves)
            }
            if let new {
                do {
                    let opened = try await store.openLocations(
                        new,
                        in: shops.certain().id,
                        key: call.key(),
                        by: context.staff
                    )
                    return .see("/locations?codes=" + opened.codes.joined(separator: ","))
                } catch let refusal as Refusal where refusal.reason != .shopUnclear {
                    draft.refuse(refusal)
                }
            }
            return try await locationsPage(store, call, context, draft)
        },
        Route(
            .post,
            "/locations/{code}/devices",
            for: workers,
            "Puts a device there; the code of another location opens that one."
        ) { call, context in
            var draft = Draft(try call.form())
            let code = try LocationCode.typed(call.piece("code"))
            if let other = LocationCode(scanned: draft.value("scanned")) {
                return .see("/locations/\(other)")
            }
            let label = draft.read("scanned") { text throws(Refusal) in
                try DeviceLabel.typed(text)
            }
            if let label {
                do {
                    let placed = try await store.placeDevice(
                        label,
                        at: code,
                        key: call.key(),
                        by: context.staff
                    )
                    let done = placed.isAgain ? "again" : "placed"
                    return .see("/locations/\(code)?done=\(done)&label=\(label)")
                } catch let refusal as Refusal where refusal.reason != .locationUnknown {
                    draft.refuse(refusal.about(FieldName.scanned))
                }
            }
            return try await locationPage(store, call, context, draft)
        },
        Route(.post, "/locations/{code}/closing", for: workers, "Closes a location.") {
            call,
            context in
            let code = try LocationCode.typed(call.piece("code"))
            do {
                _ = try await store.closeLocation(code, key: call.key(), by: context.staff)
                return .see("/locations?done=closed")
            } catch let refusal as Refusal where refusal.reason != .locationUnknown {
                var draft = Draft()
                draft.refuse(refusal)
                return try await locationPage(store, call, context, draft)
            }
        },
    ]
}
