import HTTPTypes
import NIOCore
import Shop
import Store

let vaultKeepers = Access.roles(.vaultKeepers)

/// The vault for programs.
func rechargeAPIRoutes(_ store: Store) -> [Route] {
    formatAPIRoutes(store) + codeBatchAPIRoutes(store) + ticketCodeAPIRoutes(store)
}

private func formatAPIRoutes(_ store: Store) -> [Route] {
    [
        Route(
            .get,
            "/api/v1/recharge-formats",
            for: vaultKeepers,
            "How operators write their files of codes, by code.",
            query: [
                .init("after", .text(most: 40), "The last part’s next."),
                .init("limit", .integer(least: 1, most: 200), "How many."),
            ],
            gives: Listing<CodeFormat>.self
        ) { call, _ in
            let part = try await store.codeFormats(
                after: call.query["after"],
                limit: call.query["limit"].flatMap { Int($0) } ?? 50
            )
            return try .json(Listing(part.items, next: part.next))
        },
        Route(
            .post,
            "/api/v1/recharge-formats",
            for: vaultKeepers,
            "Declares how an operator writes its files of codes.",
            takes: AskedCodeFormat.self,
            gives: CodeFormat.self
        ) { call, context in
            let asked: AskedCodeFormat = try call.json()
            return try .json(
                try await store.declareCodeFormat(
                    asked.format(),
                    key: call.key(),
                    by: context.staff
                ),
                .created
            )
        },
    ]
}

private func codeBatchAPIRoutes(_ store: Store) -> [Route] {
    [
        Route(
            .get,
            "/api/v1/recharge-batches",
            for: vaultKeepers,
            "Batches of codes of the shops whose vault one keeps, the last taken in first.",
            query: [
                .init("stage", .choice(CodeBatchStage.allCases.map(\.rawValue)), "How far."),
                .init("after", .text(format: "uuid"), "The last part’s next."),
                .init("limit", .integer(least: 1, most: 200), "How many."),
            ],
            gives: Listing<CodeBatchRow>.self
        ) { call, context in
            let part = try await store.codeBatches(
                stage: call.query["stage"].flatMap(CodeBatchStage.init(rawValue:)),
                in: context.reach(.vaultKeepers),
                after: call.query["after"],
                limit: call.query["limit"].flatMap { Int($0) } ?? 50
            )
            return try .json(Listing(part.items, next: part.next))
        },
        Route(
            .post,
            "/api/v1/recharge-batches",
            for: vaultKeepers,
            "Takes in a file of codes with its slip, whole or not at all; the body is the file as it is.",
            query: [
                .init("name", .text(most: 200), isRequired: true, "The file's name."),
                .init("product", .text(most: 40), isRequired: true, "The article’s code."),
                .init("format", .text(most: 40), isRequired: true, "The declared format."),
                .init("slip", .text(most: 100), isRequired: true, "The slip’s number."),
                .init("units", .text(most: 10), isRequired: true, "How many codes it declares."),
                .init(
                    "value",
                    .text(most: 20),
                    isRequired: true,
                    "Their face value together: 500,00."
                ),
                .init(
                    "fingerprint",
                    .text(most: 80),
                    "The file’s SHA-256 on the slip, or its first digits."
                ),
                .init("shop", .text(most: 2), "The shop’s code; absent: where one works."),
                .init(
                    "preview",
                    .choice(["yes"]),
                    "Say what would be taken in, and write nothing."
                ),
            ],
            takesFile: true,
            gives: ImportedCodes.self,
            bodyMost: CodeFile.bytesMost + 1
        ) { call, context in
            let delivery = try CodeDelivery(
                fileName: call.query.required("name"),
                bytes: Array(call.body.readableBytesView),
                slip: DeliverySlip(
                    number: ShortText(
                        typed: call.query.required("slip"),
                        field: .deliverySlip,
                        most: 100
                    ),
                    units: Int(call.query.required("units")) ?? 0,
                    value: Cents(typed: call.query.required("value")),
                    fingerprint: call.query["fingerprint"] ?? ""
                ),
                product: ShortCode(typed: call.query.required("product")),
                format: ShortCode(typed: call.query.required("format"))
            )
            let shop = try await store.shop(
                coded: call.query["shop"].flatMap { $0.isEmpty ? nil : $0 },
                where: .vaultKeepers,
                of: context.staff
            )
            guard call.query["preview"] != "yes" else {
                return try .json(
                    try await store.previewCodes(delivery, into: shop, by: context.staff)
                )
            }
            return try .json(
                try await store.importCodes(
                    delivery,
                    into: shop,
                    key: call.key(),
                    by: context.staff
                ),
                .created
            )
        },
        Route(
            .get,
            "/api/v1/recharge-batches/{code}",
            for: vaultKeepers,
            "A batch: its slip, who decided of it, what became of its codes.",
            gives: CodeBatchCard.self
        ) { call, context in
            let code = try CodeBatchCode.typed(call.piece("code"))
            return try .json(
                try await store.codeBatch(code, in: context.reach(.vaultKeepers))
            )
        },
        Route(
            .post,
            "/api/v1/recharge-batches/{code}/approval",
            for: vaultKeepers,
            "Puts a batch on sale: another person than the one who took it in.",
            gives: DecidedBatch.self
        ) { call, context in
            try .json(
                try await store.decideCodes(
                    CodeBatchCode.typed(call.piece("code")),
                    rejection: nil,
                    key: call.key(),
                    by: context.staff
                ),
                .created
            )
        },
        Route(
            .post,
            "/api/v1/recharge-batches/{code}/rejection",
            for: vaultKeepers,
            "Rejects a batch: its codes are let go of, and its file may come again.",
            takes: AskedRejection.self,
            gives: DecidedBatch.self
        ) { call, context in
            let asked: AskedRejection = try call.json()
            return try .json(
                try await store.decideCodes(
                    CodeBatchCode.typed(call.piece("code")),
                    rejection: ShortText(typed: asked.motive, field: .motive, most: 500),
                    key: call.key(),
                    by: context.staff
                ),
                .created
            )
        },
        Route(
            .get,
            "/api/v1/recharge-days/{day}",
            for: .roles(.vaultReaders),
            "A day of the vault: what it held, what came and left, and whether it adds up.",
            gives: ToldCodeDays.self
        ) { call, context in
            let day = try Day(typed: call.piece("day"))
            return try .json(
                ToldCodeDays(
                    items: try await store.reconcileCodes(
                        on: day,
                        in: context.reach(.vaultReaders)
                    )
                )
            )
        },
    ]
}

private func ticketCodeAPIRoutes(_ store: Store) -> [Route] {
    [
        Route(
            .get,
            "/api/v1/receipts/{code}/codes",
            for: .roles(.sellers),
            "A ticket’s codes by their last characters: who was shown them, and what came back.",
            gives: ToldTicketCodes.self
        ) { call, context in
            try .json(
                ToldTicketCodes(
                    items: try await store.codes(
                        of: receiptCode(call.piece("code")),
                        in: context.reach(.sellers)
                    )
                )
            )
        },
        Route(
            .post,
            "/api/v1/receipts/{code}/showings",
            for: .roles(.sellers),
            "Shows a ticket’s codes: once, at the till that sold them; again or elsewhere by a manager, with a motive.",
            takes: AskedCodeShowing.self,
            gives: ToldCodes.self
        ) { call, context in
            let asked: AskedCodeShowing = try call.json()
            let shown = try await store.revealCodes(
                of: receiptCode(call.piece("code")),
                motive: asked.motive.map {
                    text throws(Refusal) in try ShortText(typed: text, field: .motive, most: 500)
                },
                key: call.key(),
                by: context.staff
            )
            return try .json(ToldCodes(shown, in: context.language), .created)
        },
        Route(
            .post,
            "/api/v1/receipts/{code}/clearances",
            for: .roles(.codeWardens),
            "Writes down the operator’s proof that a code which was shown was not used.",
            takes: AskedClearance.self,
            gives: TicketCode.self
        ) { call, context in
            let asked: AskedClearance = try call.json()
            return try .json(
                try await store.clearCode(
                    of: receiptCode(call.piece("code")),
                    line: asked.line,
                    unit: asked.unit,
                    proof: ShortText(typed: asked.proof, field: .proof, most: 500),
                    key: call.key(),
                    by: context.staff
                ),
                .created
            )
        },
    ]
}

struct AskedCodeFormat: Codable, Sendable {
    let code: String
    let name: String
    /// How many characters each code has.
    let codeLength: Int
    /// A column is its number from 1, or its name in the last heading line.
    let codeColumn: String
    /// Absent where the file has no such column, in this and those that follow.
    let serialColumn: String?
    let valueColumn: String?
    let expiryColumn: String?
    let encoding: DelimitedText.Encoding?
    let delimiter: DelimitedText.Delimiter?
    let headingLines: Int?
    /// Of the last line, which then holds no code.
    let checkUnitsColumn: String?
    let checkValueColumn: String?

    func format() throws(Refusal) -> CodeFormat {
        try CodeFormat(
            code: ShortCode(typed: code),
            name: ShortText(typed: name, field: .name),
            encoding: encoding ?? .utf8,
            delimiter: delimiter ?? .semicolon,
            headingLines: headingLines ?? 1,
            codeLength: codeLength,
            codeColumn: codeColumn,
            serialColumn: serialColumn ?? "",
            valueColumn: valueColumn ?? "",
            expiryColumn: expiryColumn ?? "",
            checkUnitsColumn: checkUnitsColumn ?? "",
            checkValueColumn: checkValueColumn ?? ""
        )
    }
}

struct AskedRejection: Codable, Sendable {
    let motive: String
}

struct AskedCodeShowing: Codable, Sendable {
    /// Why they are shown again, or elsewhere; absent for the first time.
    let motive: String?
}

struct AskedClearance: Codable, Sendable {
    /// The ticket's line and its unit, from 1.
    let line: Int
    let unit: Int
    /// What the operator answered, and under which reference.
    let proof: String
}

struct ToldCodeDays: Codable, Sendable {
    let items: [CodeDay]
}

struct ToldTicketCodes: Codable, Sendable {
    let items: [TicketCode]
}

/// The one answer that holds codes.
struct ToldCodes: Codable, Sendable {
    let receipt: String
    let codes: [Code]

    struct Code: Codable, Sendable {
        let name: String
        let `operator`: String
        /// In groups of four.
        let code: String
        let serial: String
        let faceValueCents: Cents
        /// The last day on which it can be entered.
        let expiresOn: Day?
    }

    init(_ shown: ShownCodes, in language: Language) {
        receipt = shown.receipt
        codes = shown.codes.map { code in
            Code(
                name: code.name(in: language),
                operator: code.operatorName,
                code: code.text.shown,
                serial: code.serial,
                faceValueCents: code.faceValue,
                expiresOn: code.expiresOn
            )
        }
    }
}
