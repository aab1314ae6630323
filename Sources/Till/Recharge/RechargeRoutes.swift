import HTTPTypes
import Shop
import Store

/// Recharge codes: how they come in, who approves them, how they are shown.
func rechargeRoutes(_ store: Store) -> [Route] {
    rechargePageRoutes(store) + rechargeFormRoutes(store) + ticketCodeRoutes(store)
        + rechargeAPIRoutes(store)
}

private func rechargePageRoutes(_ store: Store) -> [Route] {
    [
        Route(
            .get,
            "/recharges",
            for: vaultKeepers,
            "Batches of codes of the reader’s shops, the last taken in first.",
            query: [
                .init("stage", .choice(CodeBatchStage.allCases.map(\.rawValue)), "How far."),
                .init("after", .text(format: "uuid"), "The last part’s next."),
            ]
        ) { call, context in
            let stage = call.query["stage"].flatMap(CodeBatchStage.init(rawValue:))
            let after = call.query["after"]
            let part = try await store.codeBatches(
                stage: stage,
                in: context.reach(.vaultKeepers),
                after: after
            )
            return context.page(
                CodeBatchesPage(context.words, part, stage: stage, after: after)
            )
        },
        Route(
            .get,
            "/recharges/import",
            for: vaultKeepers,
            "A file of codes and its slip, looked at before it is taken in."
        ) { call, context in
            let shops = try await context.workplaces(
                store,
                coded: call.query["shop"],
                where: .vaultKeepers
            )
            let shop = try shops.certain()
            let page = try CodeImportPage(
                context.words,
                formats: try await store.codeFormats(limit: 200).items,
                products: try await store.codeProducts(),
                workplace: WorkplaceBar(shops, shop, at: "/recharges/import"),
                shop: shop.code
            )
            return context.page(page)
        },
        Route(
            .get,
            "/recharges/formats",
            for: vaultKeepers,
            "How operators write their files of codes, and a form to declare one.",
            query: [.init("after", .text(most: 40), "The last part’s next.")]
        ) { call, context in
            try await formatsPage(store, call, context)
        },
        Route(
            .get,
            "/recharges/day",
            for: .roles(.vaultReaders),
            "A day of the vault: what it held, what came and left, and whether it adds up.",
            query: [.init("on", .text(format: "date"), "The day; absent: today.")]
        ) { call, context in
            let day = call.query["on"].flatMap { Day(iso: $0) } ?? store.today
            let days = try await store.reconcileCodes(
                on: min(day, store.today),
                in: context.reach(.vaultReaders)
            )
            return context.page(
                CodeDayPage(
                    context.words,
                    days,
                    on: min(day, store.today),
                    mayKeep: context.mayOpen("/recharges"),
                    today: store.today
                )
            )
        },
        Route(.get, "/recharges/{code}", for: vaultKeepers, "A batch’s page.") { call, context in
            try await codeBatchPage(store, call, context)
        },
    ]
}

private func rechargeFormRoutes(_ store: Store) -> [Route] {
    [
        Route(.post, "/recharges/formats", for: vaultKeepers, "Declares a format.") {
            call,
            context in
            var draft = Draft(try call.form())
            if let format = draft.readCodeFormat() {
                do {
                    _ = try await store.declareCodeFormat(
                        format,
                        key: call.key(),
                        by: context.staff
                    )
                    return .see("/recharges/formats?done=declared")
                } catch let refusal as Refusal {
                    draft.refuse(refusal)
                }
            }
            return try await formatsPage(store, call, context, draft)
        },
        decision(store, "approval", "Puts a batch on sale.") { _ in nil },
        decision(store, "rejection", "Rejects a batch.") { draft in
            draft.read("motive") { text throws(Refusal) in
                try ShortText(typed: text, field: .motive, most: 500)
            }
        },
    ]
}

/// - Parameter read: the motive of a rejection; nil of an approval.
private func decision(
    _ store: Store,
    _ path: String,
    _ summary: String,
    _ read: @escaping @Sendable (inout Draft) -> ShortText?
) -> Route {
    Route(.post, "/recharges/{code}/\(path)", for: vaultKeepers, summary) { call, context in
        let code = try CodeBatchCode.typed(call.piece("code"))
        var draft = Draft(try call.form())
        let rejection = read(&draft)
        if draft.isFine {
            do {
                let decided = try await store.decideCodes(
                    code,
                    rejection: rejection,
                    key: call.key(),
                    by: context.staff
                )
                return .see("/recharges/\(code)?done=\(decided.stage.rawValue)")
            } catch let refusal as Refusal where refusal.reason != .rechargeBatchUnknown {
                draft.refuse(refusal)
            }
        }
        return try await codeBatchPage(store, call, context, draft)
    }
}

private func codeBatchPage(
    _ store: Store,
    _ call: Call,
    _ context: Context,
    _ draft: Draft = Draft()
) async throws -> Answer {
    let code = try CodeBatchCode.typed(call.piece("code"))
    let card = try await store.codeBatch(code, in: context.reach(.vaultKeepers))
    let page = CodeBatchPage(
        context.words,
        card,
        isImporter: try card.batch.importedBy == context.staff.operatorCode,
        draft
    ) { store.newID(Claim.self).text }
    let done = call.done("approved", "rejected", "imported")
    return context.page(
        page,
        draft.wrong.first?.refusal.status ?? .ok,
        notice: done.map { context.words("recharge_done_\($0)") }
    )
}

private func formatsPage(
    _ store: Store,
    _ call: Call,
    _ context: Context,
    _ draft: Draft = Draft()
) async throws -> Answer {
    let after = call.query["after"]
    let part = try await store.codeFormats(after: after)
    let page = CodeFormatsPage(
        context.words,
        part,
        after: after,
        draft,
        key: store.newID(Claim.self).text
    )
    return context.page(
        page,
        draft.wrong.first?.refusal.status ?? .ok,
        notice: call.done("declared").map { context.words("recharge_done_\($0)") }
    )
}

/// The codes of a ticket: what became of them, and the one page that shows them.
private func ticketCodeRoutes(_ store: Store) -> [Route] {
    [
        Route(
            .get,
            "/receipts/{code}/codes",
            for: .roles(.sellers),
            "A ticket’s codes by their last characters, and where they are shown."
        ) { call, context in
            try await ticketCodesPage(store, call, context)
        },
        Route(
            .post,
            "/receipts/{code}/codes",
            for: .roles(.sellers),
            "Shows a ticket’s codes, once: to print and to hand over."
        ) { call, context in
            let code = try receiptCode(call.piece("code"))
            var draft = Draft(try call.form())
            let motive = draft.readShowingMotive()
            if draft.isFine {
                do {
                    let shown = try await store.revealCodes(
                        of: code,
                        motive: motive,
                        key: call.key(),
                        by: context.staff
                    )
                    return context.page(
                        ShownCodesPage(context.words, shown)
                    )
                } catch let refusal as Refusal where refusal.reason != .saleUnknown {
                    draft.refuse(refusal)
                }
            }
            return try await ticketCodesPage(store, call, context, draft)
        },
        Route(
            .post,
            "/receipts/{code}/clearances",
            for: .roles(.codeWardens),
            "Writes down the operator’s proof that a code was not used."
        ) { call, context in
            let code = try receiptCode(call.piece("code"))
            var draft = Draft(try call.form())
            let named = draft.form["place"] ?? ""
            let proof = draft.read("proof-\(named)") { text throws(Refusal) in
                try ShortText(typed: text, field: .proof, most: 500)
            }
            let place = named.split(separator: ".").compactMap { Int($0) }
            if let proof, place.count == 2 {
                do {
                    _ = try await store.clearCode(
                        of: code,
                        line: place[0],
                        unit: place[1],
                        proof: proof,
                        key: call.key(),
                        by: context.staff
                    )
                    return .see("/receipts/\(code.text)/codes?done=cleared")
                } catch let refusal as Refusal where refusal.reason != .saleUnknown {
                    draft.refuse(refusal)
                }
            }
            return try await ticketCodesPage(store, call, context, draft)
        },
    ]
}

private func ticketCodesPage(
    _ store: Store,
    _ call: Call,
    _ context: Context,
    _ draft: Draft = Draft()
) async throws -> Answer {
    let code = try receiptCode(call.piece("code"))
    let codes = try await store.codes(of: code, in: context.reach(.sellers))
    guard !codes.isEmpty else { throw Refusal(.rechargeNone) }
    let staff = try context.staff
    let page = TicketCodesPage(
        context.words,
        codes,
        of: code,
        isHere: staff.till?.code == code.till,
        isWarden: staff.holdsHere(anyOf: .codeWardens),
        draft
    ) { store.newID(Claim.self).text }
    return context.page(
        page,
        draft.wrong.first?.refusal.status ?? .ok,
        notice: call.done("cleared").map { context.words("recharge_done_\($0)") }
    )
}

extension Draft {
    /// Nil where none was typed.
    fileprivate mutating func readShowingMotive() -> ShortText? {
        guard let typed = form["motive"], typed.contains(where: { !$0.isWhitespace }) else {
            return nil
        }
        return read("motive") { text throws(Refusal) in
            try ShortText(typed: text, field: .motive, most: 500)
        }
    }

    fileprivate mutating func readCodeFormat() -> CodeFormat? {
        let code = read("code") { text throws(Refusal) in try ShortCode(typed: text) }
        let name = read("name") { text throws(Refusal) in
            try ShortText(typed: text, field: .name)
        }
        let encoding = read("encoding") { text throws(Refusal) in
            try DelimitedText.Encoding(typed: text, field: .encoding)
        }
        let delimiter = read("delimiter") { text throws(Refusal) in
            try DelimitedText.Delimiter(typed: text, field: .delimiter)
        }
        let lines = read("heading_lines") { text throws(Refusal) in
            try wholeNumber(text, .headingLines, CodeFormat.headingMost)
        }
        let length = read("code_length") { text throws(Refusal) in
            try wholeNumber(text, .codeLength, CodeText.lengths.upperBound)
        }
        let column = read("code_column") { text throws(Refusal) in
            try ShortText(typed: text, field: .codeColumn, most: 100)
        }
        guard let code, let name, let encoding, let delimiter, let lines, let length, let column
        else { return nil }
        let form = form
        return readAll { () throws(Refusal) in
            try CodeFormat(
                code: code,
                name: name,
                encoding: encoding,
                delimiter: delimiter,
                headingLines: lines,
                codeLength: length,
                codeColumn: column.text,
                serialColumn: form["serial_column"] ?? "",
                valueColumn: form["value_column"] ?? "",
                expiryColumn: form["expiry_column"] ?? "",
                checkUnitsColumn: form["check_units_column"] ?? "",
                checkValueColumn: form["check_value_column"] ?? ""
            )
        }
    }
}

/// Throws `quantityOutOfRange`.
private func wholeNumber(_ text: String, _ field: FieldName, _ most: Int) throws(Refusal) -> Int {
    guard let number = Int(text.filter { !$0.isWhitespace }), 0...most ~= number else {
        throw Refusal(
            .quantityOutOfRange,
            ["field": .field(field), "least": .number(0), "most": .number(Int64(most))]
        )
    }
    return number
}
