import HTTPTypes
import NIOCore
import Shop
import Store

/// Test benches for programs: what a bench itself sends, and what people do with it.
func stationAPIRoutes(_ store: Store) -> [Route] {
    benchRoutes(store) + keeperRoutes(store) + waitingFileAPI(store)
}

/// How many files one bench may send within a minute, so that it leaves the counter its share of the service: three times what
/// a shop’s benches make in a morning. What it may fill is a dated number.
private let filesMost = 1_800

private func benchRoutes(_ store: Store) -> [Route] {
    let meter = Meter(most: filesMost)
    return [
        Route(
            .post,
            "/api/v1/stations/files",
            for: .stations,
            "Sends one file of a test bench; the body is the file as it is. The same file again makes nothing again.",
            query: [.init("name", .text(most: 200), "The file's name.")],
            takesFile: true,
            gives: ToldSending.self,
            bodyMost: 5 << 20,
            guarded: .byBearer
        ) { call, context in
            let station = try context.station
            try meter.count(station.id.text)
            let sent = try await store.receiveFile(
                HardwareUpload(
                    path: call.query["name"] ?? "",
                    bytes: Array(call.body.readableBytesView)
                ),
                from: station
            )
            let told = try ToldSending(sent, in: context.language)
            let status: HTTPResponse.Status =
                switch told.outcome {
                case .new: .created
                case .known, .aside: .ok
                case .waiting: .accepted
                }
            return try .json(told, status)
        }
    ]
}

private func keeperRoutes(_ store: Store) -> [Route] {
    let workers = Access.roles(.stockWorkers)
    return [
        Route(
            .get,
            "/api/v1/stations",
            for: workers,
            "Test benches, the last opened first.",
            query: [
                .init("after", .text(format: "uuid"), "The last part’s next."),
                .init("limit", .integer(least: 1, most: 200), "How many."),
            ],
            gives: Listing<StationRow>.self
        ) { call, context in
            let part = try await store.stations(
                in: context.reach(.stockWorkers),
                after: call.query["after"],
                limit: call.query["limit"].flatMap { Int($0) } ?? 50
            )
            return try .json(Listing(part.items, next: part.next))
        },
        Route(
            .post,
            "/api/v1/stations",
            for: workers,
            "Opens a station for a test bench; its token is told here and never again.",
            takes: AskedStation.self,
            gives: OpenedStation.self
        ) { call, context in
            let asked: AskedStation = try call.json()
            let opened = try await store.openStation(
                named: ShortText(typed: asked.name, field: .name),
                in: try await store.shop(
                    coded: asked.shop,
                    where: .stockWorkers,
                    of: context.staff
                ),
                key: call.key(),
                by: context.staff
            )
            return try .json(opened, .created)
        },
        Route(
            .post,
            "/api/v1/stations/{code}/batch",
            for: workers,
            "Puts a lot on a test bench: the machines that it takes in from now on come with it.",
            takes: AskedStationBatch.self,
            gives: StationRow.self
        ) { call, context in
            let asked: AskedStationBatch = try call.json()
            let code = try OperatorCode(typed: call.piece("code"))
            _ = try await store.setStationBatch(
                code,
                to: try asked.batch.map { text throws(Refusal) in try BatchCode.typed(text) },
                key: call.key(),
                by: context.staff
            )
            return try .json(try await store.station(code, in: context.reach(.stockWorkers)))
        },
        Route(
            .post,
            "/api/v1/stations/{code}/revocation",
            for: workers,
            "Refuses what a test bench sends from now on.",
            gives: StationRow.self
        ) { call, context in
            let code = try OperatorCode(typed: call.piece("code"))
            _ = try await store.revokeStation(code, key: call.key(), by: context.staff)
            return try .json(try await store.station(code, in: context.reach(.stockWorkers)))
        },
    ]
}

private func waitingFileAPI(_ store: Store) -> [Route] {
    let workers = Access.roles(.stockWorkers)
    return [
        Route(
            .get,
            "/api/v1/waiting-files",
            for: workers,
            "Files of test benches that wait for a person, the first received first.",
            query: [
                .init("after", .text(format: "uuid"), "The last part’s next."),
                .init("limit", .integer(least: 1, most: 200), "How many."),
            ],
            gives: Listing<WaitingFileRow>.self
        ) { call, context in
            let part = try await store.waitingFiles(
                in: context.reach(.stockWorkers),
                after: call.query["after"],
                limit: call.query["limit"].flatMap { Int($0) } ?? 50
            )
            return try .json(Listing(part.items, next: part.next))
        },
        Route(
            .post,
            "/api/v1/waiting-files/{id}/taking",
            for: workers,
            "Takes in what a waiting file describes.",
            takes: AskedTaking.self,
            gives: ToldImport.self
        ) { call, context in
            let asked: AskedTaking = try call.json()
            let result = try await store.takeWaitingFile(
                call.id("id"),
                of: asked.batch.map { text throws(Refusal) in try BatchCode.typed(text) },
                fromPublicBody: asked.isPublic ?? false,
                key: call.key(),
                by: context.staff
            )
            return try .json(ToldImport(result, in: context.language))
        },
        Route(
            .post,
            "/api/v1/waiting-files/{id}/aside",
            for: workers,
            "Leaves a waiting file out of the stock."
        ) { call, context in
            _ = try await store.putWaitingFileAside(
                call.id("id"),
                key: call.key(),
                by: context.staff
            )
            return .empty
        },
    ]
}

struct AskedStation: Codable, Sendable {
    let name: String
    /// Absent: the till’s.
    let shop: String?
}

struct AskedStationBatch: Codable, Sendable {
    /// The lot’s code; absent takes the lot off the bench.
    let batch: String?
}

struct AskedTaking: Codable, Sendable {
    /// The lot with which the machine came.
    let batch: String?
    /// Whether a public body gave it; false when absent.
    let isPublic: Bool?

    enum CodingKeys: String, CodingKey {
        case batch
        case isPublic = "public"
    }
}
