import Foundation
import Shop
import Store

extension Tag {
    /// How far a batch of codes has come.
    init(_ stage: CodeBatchStage, _ words: Words) {
        let (tone, icon) =
            switch stage {
            case .waiting: ("warning", "waiting")
            case .approved: ("done", "done")
            case .rejected: ("refused", "refused")
            }
        self.init(tone: tone, icon: icon, words: stage.name(in: words.language))
    }
}

/// Batches of codes, the last taken in first.
struct CodeBatchesPage: Page {
    static let template = "recharges"

    let tabs: [DevicesPage.Tab]
    let rows: [Line]
    let isEmpty: Bool
    let pager: Pager?

    struct Line: Sendable {
        let path: String
        let code: String
        let shop: String
        let product: String
        let units: String
        /// The first day on which one of those that are free expires; nil where none does.
        let expiry: String?
        let imported: String
        let status: Tag
    }

    init(
        _ words: Words,
        _ part: Paged<CodeBatchRow>,
        stage: CodeBatchStage?,
        after: String?
    ) {
        func path(_ stage: CodeBatchStage?, after: String? = nil) -> String {
            let parts = [
                stage.map { "stage=\($0.rawValue)" }, after.map { "after=\($0)" },
            ].compactMap(\.self)
            return "/recharges" + (parts.isEmpty ? "" : "?" + parts.joined(separator: "&"))
        }
        let all = DevicesPage.Tab(
            path: path(nil),
            words: words("recharge_all"),
            isCurrent: stage == nil
        )
        tabs =
            [all]
            + CodeBatchStage.allCases.map {
                DevicesPage.Tab(
                    path: path($0),
                    words: $0.name(in: words.language),
                    isCurrent: $0 == stage
                )
            }
        rows = part.items.map { row in
            Line(
                path: "/recharges/\(row.code)",
                code: row.code,
                shop: row.shop,
                product: row.name(in: words.language),
                units: words(
                    "recharge_free_of",
                    ["free": words.number(row.free), "units": words.number(row.units)]
                ),
                expiry: row.firstExpiry?.printed,
                imported: "\(row.importedAt.day.printed) · \(row.importedBy)",
                status: Tag(row.stage, words)
            )
        }
        isEmpty = rows.isEmpty
        pager =
            part.next == nil && after == nil
            ? nil
            : Pager(
                first: after.map { _ in path(stage) },
                next: part.next.map { path(stage, after: $0) },
                words: words.counted("recharge_count", rows.count)
            )
    }
}

/// A file of codes to look at, then to take in.
struct CodeImportPage: Page {
    static let template = "recharge-import"

    let workplace: WorkplaceBar?
    let shop: String
    let product: Choice?
    let format: Choice?
    /// Whether an article and a format are there: without them no file can come in.
    let isReady: Bool
    let slip: Field
    let units: Field
    let value: Field
    let fingerprint: Field
    /// What the page's script says, as JSON.
    let words: String

    init(
        _ words: Words,
        formats: [CodeFormat],
        products: [OfferedCodes],
        workplace: WorkplaceBar?,
        shop: String
    ) throws {
        let language = words.language
        let draft = Draft()
        self.workplace = workplace
        self.shop = shop
        product =
            products.isEmpty
            ? nil
            : Choice(
                .product,
                draft,
                in: language,
                options: products.map { ($0.code, $0.name(in: language)) }
            )
        format =
            formats.isEmpty
            ? nil
            : Choice(.codeFormat, draft, in: language, options: formats.map { ($0.code, $0.name) })
        isReady = product != nil && format != nil
        slip = Field(.deliverySlip, draft, in: language)
        units = Field(.codeUnits, draft, in: language, type: "number")
        value = Field(.codeValue, draft, in: language, hint: words("recharge_value_hint"))
        fingerprint = Field(
            .fingerprint,
            draft,
            in: language,
            hint: words("recharge_fingerprint_hint"),
            isRequired: false
        )
        self.words = try words.json(prefix: "recharge_import_")
    }
}

/// A batch: what its slip said, who decided of it, what became of its codes.
struct CodeBatchPage: Page {
    static let template = "recharge"

    let code: String
    let product: String
    let status: Tag
    let lead: String
    let mistakes: Mistakes?
    let refusal: RefusalCard?
    let slip: [Fact]
    /// Empty before it is approved.
    let fates: [Fact]
    let hasFates: Bool
    /// Who decided of it, and why; nil while it waits.
    let decided: String?
    let motive: String?
    /// Who took it in waits for another person.
    let isOwn: Bool
    let deciding: Deciding?

    struct Fact: Sendable {
        let name: String
        let value: String
    }

    struct Deciding: Sendable {
        let path: String
        let key: String
        let rejectionKey: String
        let motive: Field
        let isRejecting: Bool
    }

    init(
        _ words: Words,
        _ card: CodeBatchCard,
        isImporter: Bool,
        _ draft: Draft = Draft(),
        newKey: () -> String
    ) {
        let (language, row) = (words.language, card.batch)
        let fields: Set<String> = ["motive"]
        code = row.code
        product = row.name(in: language)
        status = Tag(row.stage, words)
        lead = words(
            "recharge_imported",
            ["day": row.importedAt.printed, "who": row.importedBy]
        )
        mistakes = draft.mistakes(in: language, fields: fields)
        refusal = draft.card(in: language, fields: fields)
        func fact(_ name: String, _ value: String) -> Fact { Fact(name: words(name), value: value) }
        slip = [
            fact("recharge_slip", row.slip),
            fact("recharge_units", words.number(row.units)),
            fact("recharge_face", Written.cents(row.faceValue, in: language)),
            fact("recharge_total", Written.cents(row.faceValue * row.units, in: language)),
            fact("recharge_operator", card.operatorName),
            fact("workplace_label", row.shop),
            fact("recharge_file", card.fileName),
        ]
        fates =
            row.stage == .approved
            ? [
                fact("recharge_free", words.number(row.free)),
                fact("recharge_sold", words.number(card.sold)),
                fact("recharge_shown", words.number(card.shown)),
                fact("recharge_disputed", words.number(card.disputed)),
                fact("recharge_expired", words.number(card.expired)),
                fact("recharge_broken", words.number(card.broken)),
                fact("recharge_first_expiry", row.firstExpiry?.printed ?? "–"),
            ] : []
        hasFates = !fates.isEmpty
        decided = card.decided.map { decision in
            words(
                row.stage == .approved ? "recharge_approved_by" : "recharge_rejected_by",
                ["when": decision.at.printed, "who": decision.operatorCode]
            )
        }
        motive = card.decided.flatMap { $0.motive.isEmpty ? nil : $0.motive }
        isOwn = row.stage == .waiting && isImporter
        deciding =
            row.stage == .waiting && !isImporter
            ? Deciding(
                path: "/recharges/\(row.code)",
                key: newKey(),
                rejectionKey: newKey(),
                motive: Field(.motive, draft, in: language),
                isRejecting: draft.form["motive"] != nil && !draft.isFine
            ) : nil
    }
}

/// Formats that were declared, and a form for another one.
struct CodeFormatsPage: Page {
    static let template = "recharge-formats"

    let rows: [Line]
    let isEmpty: Bool
    let pager: Pager?
    let mistakes: Mistakes?
    let refusal: RefusalCard?
    let key: String
    let code: Field
    let name: Field
    let encoding: Choice
    let delimiter: Choice
    let headingLines: Field
    let codeLength: Field
    let codeColumn: Field
    let others: [Field]
    let checks: [Field]
    let isOpen: Bool

    struct Line: Sendable {
        let code: String
        let name: String
        let how: String
        let columns: [String]
    }

    init(
        _ words: Words,
        _ part: Paged<CodeFormat>,
        after: String?,
        _ draft: Draft,
        key: String
    ) {
        let language = words.language
        let fields: Set<String> = [
            "code", "name", "encoding", "delimiter", "heading_lines", "code_length", "code_column",
            "serial_column", "value_column", "expiry_column", "check_units_column",
            "check_value_column",
        ]
        rows = part.items.map { format in
            Line(
                code: format.code,
                name: format.name,
                how: words(
                    "recharge_format_how",
                    [
                        "delimiter": words("recharge_delimiter_\(format.delimiter.rawValue)"),
                        "encoding": format.encoding.rawValue.uppercased(),
                        "length": words.number(format.codeLength),
                    ]
                ),
                columns: [
                    (FieldName.codeColumn, format.codeColumn),
                    (.serialColumn, format.serialColumn), (.valueColumn, format.valueColumn),
                    (.expiryColumn, format.expiryColumn),
                    (.checkUnitsColumn, format.checkUnitsColumn),
                    (.checkValueColumn, format.checkValueColumn),
                    (.headingLines, String(format.headingLines)),
                ].filter { !$0.1.isEmpty }.map { field, text in
                    words(
                        "recharge_format_column",
                        ["field": field.label(in: language), "text": text]
                    )
                }
            )
        }
        isEmpty = rows.isEmpty
        pager =
            part.next == nil && after == nil
            ? nil
            : Pager(
                first: after.map { _ in "/recharges/formats" },
                next: part.next.map { "/recharges/formats?after=\($0)" },
                words: words.counted("recharge_format_count", rows.count)
            )
        mistakes = draft.mistakes(in: language, fields: fields)
        refusal = draft.card(in: language, fields: fields)
        self.key = key
        func field(
            _ name: FieldName,
            _ hint: String? = nil,
            value: String? = nil,
            type: String = "text",
            isRequired: Bool = true
        ) -> Field {
            Field(
                name,
                draft,
                in: language,
                value: value,
                hint: hint.map { words($0) },
                type: type,
                isRequired: isRequired
            )
        }
        code = field(.code, "recharge_format_code_hint")
        name = field(.name)
        encoding = Choice(
            .encoding,
            draft,
            in: language,
            options: DelimitedText.Encoding.allCases.map { ($0.rawValue, $0.rawValue.uppercased()) }
        )
        delimiter = Choice(
            .delimiter,
            draft,
            in: language,
            options: DelimitedText.Delimiter.allCases.map {
                ($0.rawValue, words("recharge_delimiter_\($0.rawValue)"))
            },
            chosen: DelimitedText.Delimiter.semicolon.rawValue
        )
        headingLines = field(.headingLines, value: "1", type: "number")
        codeLength = field(.codeLength, "recharge_length_hint", type: "number")
        codeColumn = field(.codeColumn, "recharge_column_hint")
        others = [
            field(.serialColumn, isRequired: false), field(.valueColumn, isRequired: false),
            field(.expiryColumn, isRequired: false),
        ]
        checks = [
            field(.checkUnitsColumn, isRequired: false),
            field(.checkValueColumn, isRequired: false),
        ]
        isOpen = isEmpty || !draft.isFine
    }
}

/// A day of the vault, a shop and an article a row.
struct CodeDayPage: Page {
    static let template = "recharge-day"

    let day: String
    let iso: String
    let before: String
    /// Nil today.
    let next: String?
    let rows: [Line]
    let isEmpty: Bool
    let mayKeep: Bool

    struct Line: Sendable {
        let shop: String
        let product: String
        let opening: Cell
        let approved: Cell
        let left: Cell
        let returned: Cell
        let closing: Cell
        /// Of the closing, what can no longer be sold; nil where none.
        let expired: String?
        let verdict: Tag
    }

    struct Cell: Sendable {
        let units: String
        let value: String
    }

    init(_ words: Words, _ days: [CodeDay], on day: Day, mayKeep: Bool, today: Day) {
        let language = words.language
        self.day = day.printed
        iso = day.iso
        before = "/recharges/day?on=\(day.adding(days: -1).iso)"
        next = day < today ? "/recharges/day?on=\(day.adding(days: 1).iso)" : nil
        self.mayKeep = mayKeep
        func cell(_ amounts: CodeDay.Amount...) -> Cell {
            Cell(
                units: words.number(amounts.map(\.units).reduce(0, +)),
                value: Written.cents(amounts.map(\.faceValue).sum(), in: language)
            )
        }
        rows = days.map { line in
            Line(
                shop: line.shop,
                product: line.name(in: language),
                opening: cell(line.opening),
                approved: cell(line.approved),
                left: cell(line.sold, line.given),
                returned: cell(line.returned),
                closing: cell(line.closing),
                expired: line.expired.units > 0
                    ? words.counted("recharge_day_expired", line.expired.units) : nil,
                verdict: line.isFine
                    ? Tag(tone: "done", icon: "done", words: words("recharge_day_fine"))
                    : Tag(
                        tone: "refused",
                        icon: "warning",
                        words: line.difference == 0
                            ? words.counted("recharge_day_broken", line.broken)
                            : words(
                                "recharge_day_difference",
                                [
                                    "units": (line.difference > 0 ? "+" : "−")
                                        + words.number(abs(line.difference))
                                ]
                            )
                    )
            )
        }
        isEmpty = rows.isEmpty
    }
}
