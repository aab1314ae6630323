import HTTPTypes
import NIOCore
import Shop
import Store

/// By what machines are graded, and what each grade is offered at.
func gradingRoutes(_ store: Store) -> [Route] {
    gradingPageRoutes(store) + gradingAPIRoutes(store)
}

private let keepers = Access.roles(.stockWorkers)

private func gradingPageRoutes(_ store: Store) -> [Route] {
    [
        Route(
            .get,
            "/grading",
            for: .everyRole,
            "The rules by which machines are graded, and the marks of processors.",
            query: [
                .init("q", .text(most: 200), "Words in a processor’s name."),
                .init("after", .text(most: 400), "The last part’s next."),
            ]
        ) { call, context in
            try await rulesPage(store, call, context)
        },
        Route(
            .post,
            "/grading/marks",
            for: keepers,
            "Says what a pasted table of marks would do, or takes it in.",
            bodyMost: 1 << 20
        ) { call, context in
            var draft = Draft(try call.form())
            let source = draft.read("source") { text throws(Refusal) in
                try ShortText(typed: text, field: .source)
            }
            var result: MarksImport?
            if let source {
                do {
                    let file = try await store.readMarks(
                        Array(draft.value("table").utf8),
                        source: source
                    )
                    if draft.value("step") == "preview" {
                        result = try await store.previewMarks(file)
                    } else {
                        let done = try await store.importMarks(
                            file,
                            key: call.key(),
                            by: context.staff
                        )
                        if done.count(.refused) == 0 { return .see("/grading?done=marks") }
                        result = done
                    }
                } catch let refusal as Refusal {
                    draft.refuse(refusal.field == nil ? refusal.about(.marksTable) : refusal)
                }
            }
            return try await rulesPage(store, call, context, draft, result)
        },
        Route(
            .get,
            "/grade-prices",
            for: .everyRole,
            "What each kind and grade is offered at."
        ) { call, context in
            try await pricesPage(store, call, context)
        },
        Route(.post, "/grade-prices", for: keepers, "Sets a price of the table from a day on.") {
            call,
            context in
            var draft = Draft(try call.form())
            if let price = draft.readGradePrice() {
                do {
                    _ = try await store.setGradePrice(price, key: call.key(), by: context.staff)
                    return .see("/grade-prices?done=set")
                } catch let refusal as Refusal {
                    draft.refuse(refusal)
                }
            }
            return try await pricesPage(store, call, context, draft)
        },
    ]
}

private func rulesPage(
    _ store: Store,
    _ call: Call,
    _ context: Context,
    _ draft: Draft = Draft(),
    _ result: MarksImport? = nil
) async throws -> Answer {
    let (search, after) = (call.query["q"] ?? "", call.query["after"])
    let mayTake = context.visitor?.reach(.stockWorkers) == .everyShop
    let page = GradingPage(
        context.words,
        try await store.gradingRules(),
        try await store.processorMarks(matching: search, after: after),
        search: search,
        after: after,
        today: store.today,
        taking: mayTake
            ? .init(context.words, draft, result, key: store.newID(Claim.self).text) : nil
    )
    return context.page(
        page,
        draft.wrong.first?.refusal.status ?? .ok,
        notice: call.done("marks").map { _ in context.words("grading_marks_done") }
    )
}

private func pricesPage(
    _ store: Store,
    _ call: Call,
    _ context: Context,
    _ draft: Draft = Draft()
) async throws -> Answer {
    let page = GradePricesPage(
        context.words,
        try await store.gradePrices(),
        today: store.today,
        mayWrite: context.visitor?.reach(.stockWorkers) == .everyShop,
        draft,
        key: store.newID(Claim.self).text
    )
    return context.page(
        page,
        draft.wrong.first?.refusal.status ?? .ok,
        notice: call.done("set").map { _ in context.words("grade_price_done") }
    )
}

extension Draft {
    fileprivate mutating func readGradePrice() -> NewGradePrice? {
        let kind = read("device_kind") { text throws(Refusal) in
            try DeviceKind(typed: text, field: .deviceKind)
        }
        let grade = read("grade") { text throws(Refusal) in try Grade(typed: text, field: .grade) }
        let channel = read("channel") { text throws(Refusal) in
            try PriceChannel(typed: text, field: .channel)
        }
        let price = read("price") { text throws(Refusal) -> Cents? in
            text.isEmpty ? nil : try Cents(typed: text)
        }
        let starts = read("starts_on") { text throws(Refusal) in
            try Day(typed: text, field: .startsOn)
        }
        guard let kind, let grade, let channel, let price, let starts else { return nil }
        return NewGradePrice(
            deviceKind: kind,
            grade: grade,
            channel: channel,
            startsOn: starts,
            price: price
        )
    }
}

private func gradingAPIRoutes(_ store: Store) -> [Route] {
    [
        Route(
            .get,
            "/api/v1/grading-rules",
            for: .everyRole,
            "Every version of every set of rules, by code, the newest first.",
            gives: Listing<GradingRulesDocument>.self
        ) { _, _ in
            try .json(Listing(try await store.gradingRules().map { GradingRulesDocument($0) }))
        },
        Route(
            .post,
            "/api/v1/grading-rules",
            for: keepers,
            "Writes a version of a set of rules down, from a day on.",
            takes: GradingRulesDocument.self,
            gives: GradingRulesDocument.self
        ) { call, context in
            let asked: GradingRulesDocument = try call.json()
            let rules = try asked.rules(today: store.today)
            _ = try await store.setGradingRules(rules, key: call.key(), by: context.staff)
            return try .json(GradingRulesDocument(rules), .created)
        },
        Route(
            .get,
            "/api/v1/processor-marks",
            for: .everyRole,
            "Marks of processors, by name, the newest of each.",
            query: [
                .init("q", .text(most: 200), "Words in the name."),
                .init("after", .text(most: 400), "The last part’s next."),
                .init("limit", .integer(least: 1, most: 200), "How many."),
            ],
            gives: Listing<ProcessorMark>.self
        ) { call, _ in
            let part = try await store.processorMarks(
                matching: call.query["q"] ?? "",
                after: call.query["after"],
                limit: call.query["limit"].flatMap { Int($0) } ?? 50
            )
            return try .json(Listing(part.items, next: part.next))
        },
        Route(
            .post,
            "/api/v1/processor-marks",
            for: keepers,
            "Takes in the marks of processors that a CSV file gives; the body is the file as it is.",
            query: [
                .init("name", .text(most: 200), isRequired: true, "The file's name."),
                .init(
                    "source",
                    .text(most: 200),
                    "Where the marks come from; by default the name."
                ),
                .init("preview", .choice(["yes"]), "Say what would be done, and write nothing."),
            ],
            gives: ToldMarksImport.self,
            bodyMost: ProcessorMarksFile.bytesMost + 1
        ) { call, context in
            let name = call.query["name"] ?? ""
            let file = try await store.readMarks(
                Array(call.body.readableBytesView),
                source: ShortText(typed: call.query["source"] ?? name, field: .source)
            )
            let result =
                call.query["preview"] == "yes"
                ? try await store.previewMarks(file)
                : try await store.importMarks(file, key: call.key(), by: context.staff)
            return try .json(ToldMarksImport(result, file: name, in: context.language))
        },
        Route(
            .get,
            "/api/v1/grade-prices",
            for: .everyRole,
            "What each kind and grade is offered at, as a day has it.",
            query: [.init("on", .text(format: "date"), "The day; today by default.")],
            gives: Listing<GradePrice>.self
        ) { call, _ in
            let day = try call.query["on"].map { text throws(Refusal) in
                try Day(typed: text, field: .startsOn)
            }
            return try .json(Listing(try await store.gradePrices(on: day)))
        },
        Route(
            .post,
            "/api/v1/grade-prices",
            for: keepers,
            "Sets a price of the table from a day on.",
            takes: AskedGradePrice.self,
            gives: GradePrice.self
        ) { call, context in
            let asked: AskedGradePrice = try call.json()
            let price = NewGradePrice(
                deviceKind: asked.deviceKind,
                grade: asked.grade,
                channel: asked.channel ?? .standard,
                startsOn: asked.startsOn ?? store.today,
                price: asked.priceCents
            )
            return try .json(
                try await store.setGradePrice(price, key: call.key(), by: context.staff),
                .created
            )
        },
    ]
}

struct AskedGradePrice: Codable, Sendable {
    let deviceKind: DeviceKind
    let grade: Grade
    /// Absent: standard.
    let channel: PriceChannel?
    /// Absent: nothing is proposed any more.
    let priceCents: Cents?
    /// Absent: today.
    let startsOn: Day?
}
