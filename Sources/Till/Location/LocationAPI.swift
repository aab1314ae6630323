import HTTPTypes
import Shop
import Store

/// Rooms and shelves for programs.
func locationAPIRoutes(_ store: Store) -> [Route] {
    locationReadingAPI(store) + locationWritingAPI(store)
}

private let workers = Access.roles(.stockWorkers)

private func locationReadingAPI(_ store: Store) -> [Route] {
    [
        Route(
            .get,
            "/api/v1/locations",
            for: workers,
            "Rooms and shelves in use, by shop and name.",
            query: [
                .init("shop", .text(most: 2), "The shop’s code; absent: all."),
                .init("after", .text(most: 40), "The last part’s next."),
                .init("limit", .integer(least: 1, most: 200), "How many."),
            ],
            gives: Listing<LocationRow>.self
        ) { call, context in
            let part = try await store.locations(
                in: context.reach(.stockWorkers),
                of: call.query["shop"],
                after: call.query["after"],
                limit: call.query["limit"].flatMap { Int($0) } ?? 50
            )
            return try .json(Listing(part.items, next: part.next))
        },
        Route(
            .get,
            "/api/v1/locations/{code}",
            for: workers,
            "A room or a shelf.",
            gives: LocationRow.self
        ) { call, context in
            let code = try LocationCode.typed(call.piece("code"))
            return try .json(try await store.location(code, in: context.reach(.stockWorkers)))
        },
        Route(
            .get,
            "/api/v1/locations/{code}/devices",
            for: workers,
            "The devices that lie there, the last taken in first.",
            query: [
                .init("after", .text(format: "uuid"), "The last part’s next."),
                .init("limit", .integer(least: 1, most: 200), "How many."),
            ],
            gives: DeviceList.self
        ) { call, context in
            let part = try await store.devices(
                at: LocationCode.typed(call.piece("code")),
                in: context.reach(.stockWorkers),
                after: call.query["after"],
                limit: call.query["limit"].flatMap { Int($0) } ?? 50
            )
            return try .json(DeviceList(items: part.items, next: part.next))
        },
    ]
}

private func locationWritingAPI(_ store: Store) -> [Route] {
    [
        Route(
            .post,
            "/api/v1/locations",
            for: workers,
            "Opens a room’s shelves, each under a code.",
            takes: AskedLocations.self,
            gives: OpenedLocations.self
        ) { call, context in
            let asked: AskedLocations = try call.json()
            let opened = try await store.openLocations(
                NewLocations(
                    room: asked.room,
                    shelves: (asked.shelves ?? []).joined(separator: "\n")
                ),
                in: store.shop(coded: asked.shop, where: .stockWorkers, of: context.staff),
                key: call.key(),
                by: context.staff
            )
            return try .json(opened, .created)
        },
        Route(
            .post,
            "/api/v1/locations/{code}/devices",
            for: workers,
            "Writes down that a device lies there.",
            takes: AskedScan.self,
            gives: PlacedDevice.self
        ) { call, context in
            let asked: AskedScan = try call.json()
            let placed = try await store.placeDevice(
                DeviceLabel.typed(asked.scanned),
                at: LocationCode.typed(call.piece("code")),
                key: call.key(),
                by: context.staff
            )
            return try .json(placed, .created)
        },
        Route(
            .post,
            "/api/v1/devices/{label}/location/end",
            for: workers,
            "Writes down that a device is not where it was said to lie.",
            gives: ClearedLocation.self
        ) { call, context in
            let cleared = try await store.clearLocation(
                DeviceLabel.typed(call.piece("label")),
                key: call.key(),
                by: context.staff
            )
            return try .json(cleared, .created)
        },
        Route(
            .post,
            "/api/v1/locations/{code}/closing",
            for: workers,
            "Closes a location that holds nothing.",
            gives: LocationRow.self
        ) { call, context in
            let code = try LocationCode.typed(call.piece("code"))
            _ = try await store.closeLocation(code, key: call.key(), by: context.staff)
            return try .json(try await store.location(code, in: context.reach(.stockWorkers)))
        },
    ]
}

struct AskedLocations: Codable, Sendable {
    /// The code of the shop; absent: where one works.
    let shop: String?
    let room: String
    /// Absent or empty: the room as a whole.
    let shelves: [String]?
}
