import HTTPTypes
import Shop
import Store

/// After-sales for programs.
func afterSalesAPIRoutes(_ store: Store) -> [Route] {
    readAPI(store) + writeAPI(store)
}

private func readAPI(_ store: Store) -> [Route] {
    [
        Route(
            .get,
            "/api/v1/handed-over-devices",
            for: afterSalesKeepers,
            "Machines that somebody has, the last handed over first.",
            query: [
                .init(
                    "q",
                    .text(most: 200),
                    isRequired: true,
                    "A label, a receipt, a person’s code, or words of serial, maker and model."
                ),
                .init("after", .text(most: 100), "The last part’s next."),
                .init("limit", .integer(least: 1, most: 100), "How many."),
            ],
            gives: Listing<HandedOverDevice>.self
        ) { call, context in
            let part = try await store.handedOverDevices(
                matching: call.query["q"] ?? "",
                in: context.reach(.afterSalesKeepers),
                by: context.staff,
                after: call.query["after"],
                limit: call.query["limit"].flatMap { Int($0) } ?? 20
            )
            return try .json(Listing(part.items, next: part.next))
        },
        Route(
            .get,
            "/api/v1/diagnosis-tree",
            for: afterSalesKeepers,
            "The symptoms and questions in force today.",
            gives: DiagnosisTree.self
        ) { _, _ in
            try .json(try await store.diagnosisTree())
        },
        Route(
            .get,
            "/api/v1/after-sales",
            for: afterSalesKeepers,
            "Cases of after-sales, the last opened first.",
            query: casesAsked + [.init("limit", .integer(least: 1, most: 200), "How many.")],
            gives: Listing<AfterSalesRow>.self
        ) { call, context in
            let part = try await store.cases(
                AfterSalesFilter(typed: call.query["state"] ?? ""),
                of: call.query["label"].map { text throws(Refusal) in
                    try DeviceLabel.typed(text)
                },
                in: context.reach(.afterSalesKeepers),
                after: call.query["after"],
                limit: call.query["limit"].flatMap { Int($0) } ?? 50
            )
            return try .json(Listing(part.items, next: part.next))
        },
        Route(
            .get,
            "/api/v1/after-sales/{code}",
            for: afterSalesKeepers,
            "A case: what the guarantee comes to, what can be done next, what happened.",
            gives: AfterSalesCard.self
        ) { call, context in
            let code = try AfterSalesCode.typed(call.piece("code"))
            return try .json(
                try await store.afterSalesCase(code, in: context.reach(.afterSalesKeepers))
            )
        },
    ]
}

private func writeAPI(_ store: Store) -> [Route] {
    [
        Route(
            .post,
            "/api/v1/diagnosis-tree",
            for: .roles(.stockWorkers),
            "Writes other symptoms and questions down, from a day on.",
            takes: DiagnosisTree.self,
            gives: DiagnosisTree.self
        ) { call, context in
            let asked: DiagnosisTree = try call.json()
            let tree = try await store.setDiagnosisTree(
                asked,
                key: call.key(),
                by: context.staff
            )
            return try .json(tree, .created)
        },
        Route(
            .post,
            "/api/v1/after-sales",
            for: afterSalesKeepers,
            "Opens a case for a machine that somebody has.",
            takes: AskedCase.self,
            gives: AfterSalesCard.self
        ) { call, context in
            let asked: AskedCase = try call.json()
            let done = try await store.openCase(
                DeviceLabel.typed(asked.label),
                symptom: asked.symptom,
                isHere: asked.here ?? true,
                key: call.key(),
                by: context.staff
            )
            return try .json(
                try await store.afterSalesCase(AfterSalesCode.typed(done.code)),
                .created
            )
        },
        Route(
            .post,
            "/api/v1/after-sales/{code}/steps",
            for: afterSalesKeepers,
            "Does the next thing with a case that needs no ticket: receive, diagnose, repair, refuse, hand_back or close.",
            takes: AskedStep.self,
            gives: AfterSalesCard.self
        ) { call, context in
            let asked: AskedStep = try call.json()
            let code = try AfterSalesCode.typed(call.piece("code"))
            _ = try await store.advanceCase(
                code,
                AfterSalesMove(asked.act, answers: asked.answers, work: asked.work),
                key: call.key(),
                by: context.staff
            )
            return try .json(try await store.afterSalesCase(code), .created)
        },
        Route(
            .post,
            "/api/v1/after-sales/{code}/exchange",
            for: .roles(.sellers),
            "Gives another machine in the place of one that is covered, by a ticket that costs nothing.",
            takes: AskedExchange.self,
            gives: AfterSalesCard.self
        ) { call, context in
            let asked: AskedExchange = try call.json()
            let code = try AfterSalesCode.typed(call.piece("code"))
            _ = try await store.exchangeDevice(
                code,
                for: DeviceLabel.typed(asked.replacement),
                key: call.key(),
                by: context.staff
            )
            return try .json(try await store.afterSalesCase(code), .created)
        },
        Route(
            .post,
            "/api/v1/after-sales/{code}/refund",
            for: .roles(.sellers),
            "Refunds a machine that is covered, at this till.",
            takes: AskedCaseRefund.self,
            gives: AfterSalesCard.self
        ) { call, context in
            let asked: AskedCaseRefund = try call.json()
            let code = try AfterSalesCode.typed(call.piece("code"))
            _ = try await store.refundCase(
                code,
                by: asked.means ?? .cash,
                key: call.key(),
                by: context.staff
            )
            return try .json(try await store.afterSalesCase(code), .created)
        },
    ]
}

struct AskedCase: Codable, Sendable {
    let label: String
    /// A code of the tree in force.
    let symptom: String
    /// Whether the machine is taken in at once; true when absent.
    let here: Bool?
}

struct AskedStep: Codable, Sendable {
    let act: AfterSalesAct
    /// `2-1-3`, an answer a question; for `diagnose`.
    let answers: String?
    /// What was done to the machine; for `repair`.
    let work: String?
}

struct AskedExchange: Codable, Sendable {
    /// The label of a machine on the shelf.
    let replacement: String
}

struct AskedCaseRefund: Codable, Sendable {
    /// How the money goes back; cash when absent. A gift gives none back.
    let means: Means?
}
