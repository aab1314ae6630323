import HTTPTypes
import Shop
import Store

private let workers = Access.roles(.stockWorkers)

/// What goes with a machine: the rules, and what is with each.
func kitRoutes(_ store: Store) -> [Route] {
    [
        Route(
            .get,
            "/kits",
            for: workers,
            "What goes with machines of each kind.",
            query: [
                .init(
                    "kind",
                    .choice(DeviceKind.allCases.map(\.rawValue)),
                    "Whose rule is changed."
                ),
                .init("after", .text(most: 40), "The last part’s next."),
            ]
        ) { call, context in
            try await kitsPage(
                store,
                call,
                context,
                changing: call.query["kind"].flatMap(DeviceKind.init(rawValue:))
            )
        },
        Route(
            .post,
            "/kits",
            for: workers,
            "Says what goes with machines of a kind, from a day on."
        ) { call, context in
            let form = try call.form()
            var draft = Draft(form)
            if draft.article != nil {
                let kind = DeviceKind(rawValue: draft.value("device_kind"))
                return try await kitsPage(store, call, context, changing: kind, draft)
            }
            let kind = draft.read("device_kind") { text throws(Refusal) in
                try DeviceKind(typed: text, field: .deviceKind)
            }
            let startsOn = draft.read("starts_on") { text throws(Refusal) in
                try Day(typed: text, field: .startsOn)
            }
            let isNothing = draft.isTicked("none")
            let parts = draft.readAll { () throws(Refusal) -> [ShortCode] in
                var codes: [ShortCode] = []
                for text in form.all("part") {
                    codes.append(try ShortCode(typed: text, field: .kitPart))
                }
                // What was not ticked may have been forgotten.
                guard !codes.isEmpty || isNothing else {
                    throw Refusal(.fieldMissing, ["field": .field(.kitPart)])
                }
                guard codes.isEmpty || !isNothing else {
                    throw Refusal(.kitContradicts, ["field": .field(.kitPart)])
                }
                return codes
            }
            if let kind, let startsOn, let parts {
                do {
                    _ = try await store.setKit(
                        of: kind,
                        parts,
                        from: startsOn,
                        key: call.key(),
                        by: context.staff
                    )
                    return .see("/kits?done=saved")
                } catch let refusal as Refusal { draft.refuse(refusal) }
            }
            return try await kitsPage(store, call, context, changing: kind, draft)
        },
        Route(
            .post,
            "/kits/{kind}/withdrawal",
            for: workers,
            "Takes back a rule of what goes with machines of a kind before its day."
        ) { call, context in
            var draft = Draft(try call.form())
            do {
                _ = try await store.withdrawKit(
                    of: call.deviceKind(),
                    from: Day(typed: draft.value("starts_on"), field: .startsOn),
                    key: call.key(),
                    by: context.staff
                )
                return .see("/kits?done=withdrawn")
            } catch let refusal as Refusal { draft.refuse(refusal) }
            return try await kitsPage(store, call, context, draft)
        },
        Route(
            .get,
            "/api/v1/kits",
            for: .everyRole,
            "What goes with machines of each kind, the last rule first.",
            query: [
                .init("in_force", .boolean, "Those alone that hold today."),
                .init("after", .text(most: 40), "The last part’s next."),
            ],
            gives: Listing<KitRule>.self
        ) { call, _ in
            let part = try await store.kits(
                isInForce: call.query["in_force"] == "true",
                after: call.query["after"]
            )
            return try .json(Listing(part.items, next: part.next))
        },
        Route(
            .post,
            "/api/v1/kits/{kind}/withdrawals",
            for: workers,
            "Takes back a rule of what goes with machines of a kind before its day.",
            takes: AskedVersionWithdrawal.self,
            gives: WithdrawnVersion.self
        ) { call, context in
            let asked: AskedVersionWithdrawal = try call.json()
            let withdrawn = try await store.withdrawKit(
                of: call.deviceKind(),
                from: asked.startsOn,
                key: call.key(),
                by: context.staff
            )
            return try .json(withdrawn, .created)
        },
        Route(
            .post,
            "/api/v1/kits",
            for: workers,
            "Says what goes with machines of a kind, from a day on.",
            takes: AskedKit.self,
            gives: KitRule.self
        ) { call, context in
            let asked: AskedKit = try call.json()
            let rule = try await store.setKit(
                of: asked.deviceKind,
                asked.codes(),
                from: asked.startsOn ?? store.today,
                key: call.key(),
                by: context.staff
            )
            return try .json(rule, .created)
        },
        Route(
            .post,
            "/api/v1/devices/{label}/kit",
            for: workers,
            "Says which parts of its kit are with a machine, and takes from the stock what is put with it.",
            takes: AskedKitCheck.self,
            gives: CheckedKit.self
        ) { call, context in
            let asked: AskedKitCheck = try call.json()
            let checked = try await store.checkKit(
                of: DeviceLabel.typed(call.piece("label")),
                asked.found(),
                key: call.key(),
                by: context.staff
            )
            return try .json(checked, .created)
        },
        deviceForm(
            store,
            "kit/returns",
            .partBack,
            "Puts a part back into the stock that was taken from it for a machine."
        ) { label, form, call, staff in
            _ = try await store.putPartBack(
                ShortCode(typed: form["part_back"] ?? "", field: .kitPart),
                of: label,
                because: ShortText(typed: form["part_motive"] ?? "", field: .motive, most: 500),
                key: call.key(),
                by: staff
            )
        },
        Route(
            .post,
            "/api/v1/devices/{label}/kit/returns",
            for: workers,
            "Puts a part back into the stock that was taken from it for a machine.",
            takes: AskedPartBack.self,
            gives: PutBackPart.self
        ) { call, context in
            let asked: AskedPartBack = try call.json()
            let part = try await store.putPartBack(
                ShortCode(typed: asked.product, field: .kitPart),
                of: DeviceLabel.typed(call.piece("label")),
                because: ShortText(typed: asked.motive, field: .motive, most: 500),
                key: call.key(),
                by: context.staff
            )
            return try .json(part, .created)
        },
    ]
}

struct AskedKit: Codable, Sendable {
    let deviceKind: DeviceKind
    /// Codes of accessories; none: nothing goes with it.
    let parts: [String]
    /// Absent: today.
    let startsOn: Day?

    func codes() throws(Refusal) -> [ShortCode] {
        var codes: [ShortCode] = []
        for part in parts { codes.append(try ShortCode(typed: part, field: .kitPart)) }
        return codes
    }
}

struct AskedPartBack: Codable, Sendable {
    /// The article's code.
    let product: String
    let motive: String
}

struct AskedKitCheck: Codable, Sendable {
    let parts: [Part]

    struct Part: Codable, Sendable {
        let product: String
        let found: KitFinding
    }

    func found() throws(Refusal) -> [ShortCode: KitFinding] {
        var found: [ShortCode: KitFinding] = [:]
        for part in parts {
            found[try ShortCode(typed: part.product, field: .kitPart)] = part.found
        }
        return found
    }
}

private func kitsPage(
    _ store: Store,
    _ call: Call,
    _ context: Context,
    changing kind: DeviceKind? = nil,
    _ draft: Draft = Draft()
) async throws -> Answer {
    let after = call.query["after"]
    var current: KitRule?
    if let kind {
        current = try await store.kits(of: kind).items.first { $0.withdrawn == nil }
    }
    let page = KitsPage(
        context.words,
        try await store.kits(after: after),
        present: try await store.kits(isInForce: true).items,
        offered: try await store.offeredProducts(
            of: [.accessory],
            matching: draft.article,
            named: KitsPage.chosen(from: current, draft)
        ),
        today: store.today,
        changing: kind,
        from: current,
        maySet: try context.reach(.stockWorkers) == .everyShop,
        after: after,
        draft
    ) { store.newID(Claim.self).text }
    return context.page(
        page,
        draft.wrong.first?.refusal.status ?? .ok,
        notice: call.done("saved").map { _ in context.words("kit_done") }
            ?? call.done("withdrawn").map { _ in context.words("kit_gone") }
    )
}
