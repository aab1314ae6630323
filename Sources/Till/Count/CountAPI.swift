import HTTPTypes
import Shop
import Store

/// Stock counts for programs, and for the page that scans.
func countAPIRoutes(_ store: Store) -> [Route] {
    countReadingAPI(store) + countWritingAPI(store)
}

private let workers = Access.roles(.stockWorkers)

private func countReadingAPI(_ store: Store) -> [Route] {
    [
        Route(
            .get,
            "/api/v1/counts",
            for: workers,
            "Stock counts, the last opened first.",
            query: [
                .init("after", .text(format: "uuid"), "The last part’s next."),
                .init("limit", .integer(least: 1, most: 200), "How many."),
            ],
            gives: Listing<CountRow>.self
        ) { call, context in
            let part = try await store.counts(
                in: context.reach(.stockWorkers),
                after: call.query["after"],
                limit: call.query["limit"].flatMap { Int($0) } ?? 50
            )
            return try .json(Listing(part.items, next: part.next))
        },
        Route(
            .get,
            "/api/v1/counts/{code}",
            for: workers,
            "A stock count; its differences once counting stopped.",
            gives: CountCard.self
        ) { call, context in
            let code = try CountCode.typed(call.piece("code"))
            return try .json(try await store.count(code, in: context.reach(.stockWorkers)))
        },
        Route(
            .get,
            "/api/v1/counts/{code}/devices",
            for: workers,
            "The devices of which a stock count says one thing.",
            query: [
                .init(
                    "outcome",
                    .choice(CountOutcome.allCases.map(\.rawValue)),
                    isRequired: true,
                    "Which devices."
                ),
                .init("after", .text(format: "uuid"), "The last part’s next."),
                .init("limit", .integer(least: 1, most: 200), "How many."),
            ],
            gives: DeviceList.self
        ) { call, context in
            let part = try await store.devices(
                CountOutcome(typed: call.query["outcome"] ?? "", field: .count),
                of: CountCode.typed(call.piece("code")),
                in: context.reach(.stockWorkers),
                after: call.query["after"],
                limit: call.query["limit"].flatMap { Int($0) } ?? 50
            )
            return try .json(DeviceList(items: part.items, next: part.next))
        },
    ]
}

private func countWritingAPI(_ store: Store) -> [Route] {
    [
        Route(
            .post,
            "/api/v1/counts",
            for: workers,
            "Opens a stock count.",
            takes: AskedCount.self,
            gives: CountCard.self
        ) { call, context in
            let asked: AskedCount = try call.json()
            let code = try await store.openCount(
                of: asked.scope ?? .all,
                in: store.shop(coded: asked.shop, where: .stockWorkers, of: context.staff),
                key: call.key(),
                by: context.staff
            )
            return try .json(try await store.count(CountCode.typed(code)), .created)
        },
        Route(
            .post,
            "/api/v1/counts/{code}/scans",
            for: workers,
            "Counts a device by its label; twice is once. A location’s code says where the next are found.",
            takes: AskedScan.self,
            gives: ToldScan.self
        ) { call, context in
            let asked: AskedScan = try call.json()
            let told = try await store.scan(
                asked.scanned,
                in: CountCode.typed(call.piece("code")),
                key: call.key(),
                by: context.staff
            )
            return try .json(told, .created)
        },
        Route(
            .post,
            "/api/v1/counts/{code}/units",
            for: workers,
            "Writes down how many of each article one counted; the last number stands.",
            takes: AskedCountUnits.self,
            gives: CountedUnits.self
        ) { call, context in
            let asked: AskedCountUnits = try call.json()
            let told = try await store.countUnits(
                ProductCounts(asked.products, least: 0),
                in: CountCode.typed(call.piece("code")),
                key: call.key(),
                by: context.staff
            )
            return try .json(told, .created)
        },
        Route(
            .post,
            "/api/v1/counts/{code}/closing",
            for: workers,
            "Stops the counting: the differences are seen.",
            gives: CountCard.self
        ) { call, context in
            let code = try await store.closeCount(
                CountCode.typed(call.piece("code")),
                key: call.key(),
                by: context.staff
            )
            return try .json(try await store.count(CountCode.typed(code)), .created)
        },
        Route(
            .post,
            "/api/v1/counts/{code}/application",
            for: workers,
            "Applies the differences; another person than who stopped the counting.",
            gives: AppliedCount.self
        ) { call, context in
            let told = try await store.applyCount(
                CountCode.typed(call.piece("code")),
                key: call.key(),
                by: context.staff
            )
            return try .json(told, .created)
        },
        Route(
            .post,
            "/api/v1/counts/{code}/abandonment",
            for: workers,
            "Gives a stock count up: it changes nothing.",
            takes: AskedWithdrawal.self,
            gives: CountCard.self
        ) { call, context in
            let asked: AskedWithdrawal = try call.json()
            let code = try await store.abandonCount(
                CountCode.typed(call.piece("code")),
                because: ShortText(typed: asked.motive, field: .motive, most: 500),
                key: call.key(),
                by: context.staff
            )
            return try .json(try await store.count(CountCode.typed(code)), .created)
        },
    ]
}

struct AskedCount: Codable, Sendable {
    /// The code of the shop that is counted; absent: where one works.
    let shop: String?
    /// Absent: all.
    let scope: CountScope?
}

struct AskedScan: Codable, Sendable {
    /// As scanned: a label, alone or in an address.
    let scanned: String
}

struct AskedCountUnits: Codable, Sendable {
    let products: [AskedArticle]
}
