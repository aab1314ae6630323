import HTTPTypes
import Shop
import Store

/// What is tried on machines of each kind, and from which day on.
func inspectionListRoutes(_ store: Store) -> [Route] {
    inspectionListPageRoutes(store) + inspectionListAPIRoutes(store)
}

private let keepers = Access.roles(.stockWorkers)

private func inspectionListPageRoutes(_ store: Store) -> [Route] {
    [
        Route(
            .get,
            "/inspection-lists",
            for: .everyRole,
            "What is tried on machines of each kind."
        ) { call, context in
            try await listsPage(store, call, context)
        },
        Route(
            .get,
            "/inspection-lists/{kind}",
            for: keepers,
            "A form that writes the list of a kind anew."
        ) { call, context in
            try await listPage(store, call, context)
        },
        Route(
            .post,
            "/inspection-lists/{kind}",
            for: keepers,
            "Says what another list would change, or sets it from a day on.",
            bodyMost: 1 << 18
        ) { call, context in
            var draft = Draft(try call.form())
            var change: InspectionListChange?
            if let list = draft.readInspectionList(of: try call.deviceKind()) {
                do {
                    if draft.value("step") == "preview" {
                        change = try await store.previewInspectionList(list, by: context.staff)
                    } else {
                        _ = try await store.setInspectionList(
                            list,
                            key: call.key(),
                            by: context.staff
                        )
                        return .see("/inspection-lists?done=set")
                    }
                } catch let refusal as Refusal {
                    draft.refuse(refusal)
                }
            }
            return try await listPage(store, call, context, draft, change)
        },
        Route(
            .post,
            "/inspection-lists/{kind}/withdrawal",
            for: keepers,
            "Takes back a version of the list of a kind before its day."
        ) { call, context in
            let form = try call.form()
            do {
                _ = try await store.withdrawInspectionList(
                    of: try call.deviceKind(),
                    from: Day(typed: form["starts_on"] ?? "", field: .startsOn),
                    key: call.key(),
                    by: context.staff
                )
                return .see("/inspection-lists?done=withdrawn")
            } catch let refusal as Refusal {
                return try await listsPage(store, call, context, refusal)
            }
        },
    ]
}

private func listsPage(
    _ store: Store,
    _ call: Call,
    _ context: Context,
    _ refusal: Refusal? = nil
) async throws -> Answer {
    let page = InspectionListsPage(
        context.words,
        try await store.inspectionLists(),
        today: store.today,
        mayWrite: context.mayKeepLists,
        refusal: refusal
    ) { store.newID(Claim.self).text }
    return context.page(
        page,
        refusal?.status ?? .ok,
        notice: call.done("set").map { _ in context.words("inspection_list_done") }
            ?? call.done("withdrawn").map { _ in context.words("inspection_list_gone") }
    )
}

private func listPage(
    _ store: Store,
    _ call: Call,
    _ context: Context,
    _ draft: Draft = Draft(),
    _ change: InspectionListChange? = nil
) async throws -> Answer {
    // One that is to come already is what the next one begins from.
    let kind = try call.deviceKind()
    let lists = try await store.inspectionLists(of: kind)
    guard let list = lists.first(where: { $0.withdrawn == nil })?.list else {
        throw Refusal(.unknownThing)
    }
    let page = InspectionListPage(
        context.words,
        list,
        today: store.today,
        draft,
        change,
        key: store.newID(Claim.self).text
    )
    return context.page(page, draft.wrong.first?.refusal.status ?? .ok)
}

extension Context {
    /// Whether the reader works the stock of every shop.
    fileprivate var mayKeepLists: Bool { visitor?.reach(.stockWorkers) == .everyShop }
}

extension Call {
    /// The kind that the path names. Throws `unknownThing`.
    func deviceKind() throws(Refusal) -> DeviceKind {
        guard let kind = DeviceKind(rawValue: piece("kind")) else { throw Refusal(.unknownThing) }
        return kind
    }
}

private func inspectionListAPIRoutes(_ store: Store) -> [Route] {
    [
        Route(
            .get,
            "/api/v1/inspection-lists",
            for: .everyRole,
            "Every version of every list of what is tried, by kind, the newest first.",
            query: [
                .init("kind", .choice(DeviceKind.allCases.map(\.rawValue)), "One kind alone.")
            ],
            gives: Listing<InspectionListDocument>.self
        ) { call, _ in
            let lists = try await store.inspectionLists(
                of: call.query["kind"].flatMap(DeviceKind.init(rawValue:))
            )
            return try .json(Listing(lists.map { InspectionListDocument($0) }))
        },
        Route(
            .post,
            "/api/v1/inspection-lists",
            for: keepers,
            "Writes a version of the list of a kind down, from a day on; says what it changes.",
            query: [
                .init("preview", .choice(["yes"]), "Say what would change, and write nothing.")
            ],
            takes: InspectionListDocument.self,
            gives: InspectionListChange.self
        ) { call, context in
            let asked: InspectionListDocument = try call.json()
            let list = try asked.list(today: store.today)
            if call.query["preview"] == "yes" {
                return try .json(
                    try await store.previewInspectionList(list, by: context.staff)
                )
            }
            return try .json(
                try await store.setInspectionList(list, key: call.key(), by: context.staff),
                .created
            )
        },
        Route(
            .post,
            "/api/v1/inspection-lists/{kind}/withdrawals",
            for: keepers,
            "Takes back a version of the list of a kind before its day.",
            takes: AskedVersionWithdrawal.self,
            gives: WithdrawnVersion.self
        ) { call, context in
            let asked: AskedVersionWithdrawal = try call.json()
            let withdrawn = try await store.withdrawInspectionList(
                of: try call.deviceKind(),
                from: asked.startsOn,
                key: call.key(),
                by: context.staff
            )
            return try .json(withdrawn, .created)
        },
        Route(
            .post,
            "/api/v1/devices/{label}/inspections",
            for: keepers,
            "Records what was tried on a device: every item of the list passed, save those named.",
            takes: AskedInspection.self,
            gives: InspectionResult.self
        ) { call, context in
            let asked: AskedInspection = try call.json()
            let label = try DeviceLabel.typed(call.piece("label"))
            let result = try await store.inspectDevice(
                label,
                results: try asked.findings(
                    of: try await store.inspectionList(for: label).items.map(\.item)
                ),
                following: asked.listStartsOn,
                key: call.key(),
                by: context.staff
            )
            return try .json(result, .created)
        },
    ]
}

/// Which version is taken back: its kind stands in the path.
struct AskedVersionWithdrawal: Codable, Sendable {
    let startsOn: Day
}

struct AskedInspection: Codable, Sendable {
    /// The version that was gone through: what a newer one asks was not tried.
    let listStartsOn: Day
    /// What did not pass. Absent: everything passed.
    let faults: [Fault]?

    struct Fault: Codable, Sendable {
        let item: String
        let remark: String?
    }

    func findings(of asked: [String]) throws(Refusal) -> [String: InspectionFinding] {
        var found = Dictionary(asked.map { ($0, InspectionFinding.passed) }) { first, _ in first }
        for fault in faults ?? [] {
            found[fault.item] = try InspectionFinding(
                passed: false,
                remark: try ShortText.optional(
                    typed: fault.remark,
                    field: .remark,
                    most: InspectionFinding.remarkMost
                )
            )
        }
        return found
    }
}
