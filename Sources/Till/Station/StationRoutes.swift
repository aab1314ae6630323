import HTTPTypes
import Shop
import Store

/// Who opens stations: those who work the stock.
private let workers = Access.roles(.stockWorkers)

/// Test benches that send their files by themselves, and the files of theirs that wait for a person.
func stationRoutes(_ store: Store, _ origin: PublicAddress) -> [Route] {
    stationPageRoutes(store, origin) + waitingFileRoutes(store) + stationAPIRoutes(store)
}

private func stationPageRoutes(_ store: Store, _ origin: PublicAddress) -> [Route] {
    [
        Route(
            .get,
            "/stations",
            for: workers,
            "Test benches, the last opened first.",
            query: [.init("after", .text(format: "uuid"), "The last part’s next.")]
        ) { call, context in
            try await stationsPage(store, call, context)
        },
        Route(.post, "/stations", for: workers, "Opens a station for a test bench.") {
            call,
            context in
            let form = try call.form()
            let shops = try await context.workplaces(
                store,
                coded: form["shop"],
                where: .stockWorkers
            )
            let shop = try shops.certain()
            do {
                let opened = try await store.openStation(
                    named: ShortText(typed: form["name"] ?? "", field: .name),
                    in: shop.id,
                    key: call.key(),
                    by: context.staff
                )
                // The token is shown on this answer and on no page that can be opened again.
                let station = try await store.station(
                    OperatorCode(typed: opened.code),
                    in: context.reach(.stockWorkers)
                )
                let page = StationPage(
                    context.words,
                    station,
                    token: opened.token,
                    at: origin.written(for: call)
                ) { store.newID(Claim.self).text }
                return context.page(page, .created, notice: context.words("station_done_opened"))
            } catch let refusal as Refusal {
                return try await stationsPage(store, call, context, form, refusal)
            }
        },
        Route(.get, "/stations/{code}", for: workers, "A test bench’s page.") { call, context in
            try await stationPage(store, origin, call, context)
        },
        Route(
            .post,
            "/stations/{code}/batch",
            for: workers,
            "Puts a lot on a test bench: what it takes in comes with it."
        ) { call, context in
            let form = try call.form()
            do {
                let code = try OperatorCode(typed: call.piece("code"))
                let lot = form["batch"] ?? ""
                _ = try await store.setStationBatch(
                    code,
                    to: lot.isEmpty ? nil : BatchCode.typed(lot),
                    key: call.key(),
                    by: context.staff
                )
                return .see("/stations/\(code.text)?done=batch")
            } catch let refusal as Refusal where refusal.reason != .unknownThing {
                return try await stationPage(store, origin, call, context, form, refusal)
            }
        },
        Route(
            .post,
            "/stations/{code}/revocation",
            for: workers,
            "Refuses what a test bench sends from now on."
        ) { call, context in
            let code = try OperatorCode(typed: call.piece("code"))
            _ = try await store.revokeStation(code, key: call.key(), by: context.staff)
            return .see("/stations/\(code.text)?done=revoked")
        },
    ]
}

private func stationPage(
    _ store: Store,
    _ origin: PublicAddress,
    _ call: Call,
    _ context: Context,
    _ form: Form? = nil,
    _ refusal: Refusal? = nil
) async throws -> Answer {
    let station = try await store.station(
        OperatorCode(typed: call.piece("code")),
        in: context.reach(.stockWorkers)
    )
    let page = StationPage(
        context.words,
        station,
        at: origin.written(for: call),
        form: form,
        refusal: refusal
    ) { store.newID(Claim.self).text }
    let done = call.done("revoked", "batch")
    return context.page(
        page,
        refusal?.status ?? .ok,
        notice: done.map { context.words("station_done_\($0)") }
    )
}

private func stationsPage(
    _ store: Store,
    _ call: Call,
    _ context: Context,
    _ form: Form? = nil,
    _ refusal: Refusal? = nil
) async throws -> Answer {
    let shops = try await context.workplaces(store, coded: form?["shop"], where: .stockWorkers)
    let after = call.query["after"]
    let page = StationsPage(
        context.words,
        try await store.stations(in: context.reach(.stockWorkers), after: after),
        after: after,
        waiting: try await store.countWaitingFiles(in: context.reach(.stockWorkers)),
        shops: shops,
        key: store.newID(Claim.self).text,
        form: form,
        refusal: refusal
    )
    return context.page(page, refusal?.status ?? .ok)
}

private func waitingFileRoutes(_ store: Store) -> [Route] {
    [
        Route(
            .get,
            "/waiting-files",
            for: workers,
            "Files of test benches that wait for a person.",
            query: [.init("after", .text(format: "uuid"), "The last part’s next.")]
        ) { call, context in
            try await waitingPage(store, call, context)
        },
        Route(
            .post,
            "/waiting-files/{id}/taking",
            for: workers,
            "Takes in what a waiting file describes."
        ) { call, context in
            let form = try call.form()
            do {
                let result = try await store.takeWaitingFile(
                    call.id("id"),
                    of: try form["batch"].flatMap { text throws(Refusal) in
                        text.isEmpty ? nil : try BatchCode.typed(text)
                    },
                    fromPublicBody: form["public"] == "yes",
                    key: call.key(),
                    by: context.staff
                )
                guard let label = result.label else { return .see("/waiting-files?done=taken") }
                return .see("/devices/\(label)?done=taken")
            } catch let refusal as Refusal where refusal.reason != .unknownThing {
                return try await waitingPage(store, call, context, form, refusal)
            }
        },
        Route(
            .post,
            "/waiting-files/{id}/aside",
            for: workers,
            "Leaves a waiting file out of the stock."
        ) { call, context in
            _ = try await store.putWaitingFileAside(
                call.id("id"),
                key: call.key(),
                by: context.staff
            )
            return .see("/waiting-files?done=aside")
        },
    ]
}

private func waitingPage(
    _ store: Store,
    _ call: Call,
    _ context: Context,
    _ form: Form? = nil,
    _ refusal: Refusal? = nil
) async throws -> Answer {
    let after = call.query["after"]
    let page = WaitingFilesPage(
        context.words,
        try await store.waitingFiles(in: context.reach(.stockWorkers), after: after, limit: 20),
        after: after,
        form: form,
        refusal: refusal
    ) { store.newID(Claim.self).text }
    let done = call.done("taken", "aside")
    return context.page(
        page,
        refusal?.status ?? .ok,
        notice: done.map { context.words("station_done_\($0)") }
    )
}

extension PublicAddress {
    /// Where whoever asks reaches this service: what a bench is to be told.
    func written(for call: Call) -> String {
        publicURL ?? "http://" + (call.authority ?? "localhost:8080")
    }
}
