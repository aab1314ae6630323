import Shop
import Store

extension Tag {
    /// How far a transfer has come.
    init(_ row: TransferRow, _ words: Words) {
        if row.isOpen {
            self.init(tone: "warning", icon: "move", words: words("transfer_is_open"))
        } else if row.missing > 0 {
            self.init(tone: "warning", icon: "warning", words: words("transfer_is_short"))
        } else {
            self.init(tone: "done", icon: "done", words: words("transfer_is_ended"))
        }
    }
}

/// Transfers, the last sent first.
struct TransfersPage: Page {
    static let template = "transfers"

    let code: Field
    let refusal: RefusalCard?
    let tabs: [DevicesPage.Tab]
    let rows: [Line]
    let isEmpty: Bool
    let pager: Pager?

    struct Line: Sendable {
        let path: String
        let code: String
        let way: String
        let day: String
        let counts: String
        let status: Tag
    }

    init(
        _ words: Words,
        _ part: Paged<TransferRow>,
        stage: TransferStage?,
        after: String?,
        typed: String = "",
        refusal: Refusal? = nil
    ) {
        func path(_ stage: TransferStage?, after: String? = nil) -> String {
            let parts = [stage.map { "stage=\($0.rawValue)" }, after.map { "after=\($0)" }]
                .compactMap { $0 }
            return "/transfers" + (parts.isEmpty ? "" : "?" + parts.joined(separator: "&"))
        }
        code = Field(
            "code",
            label: words("transfer_scan"),
            value: typed,
            type: "search",
            isRequired: false,
            isOptional: false
        )
        self.refusal = refusal.map { RefusalCard($0, in: words.language) }
        tabs =
            [
                DevicesPage.Tab(
                    path: path(nil),
                    words: words("transfer_all"),
                    isCurrent: stage == nil
                )
            ]
            + TransferStage.allCases.map {
                DevicesPage.Tab(
                    path: path($0),
                    words: $0.name(in: words.language),
                    isCurrent: $0 == stage
                )
            }
        rows = part.items.map { row in
            Line(
                path: "/transfers/\(row.code)",
                code: row.code,
                way: row.way(words),
                day: row.sentAt.day.printed,
                counts: row.counts(words),
                status: Tag(row, words)
            )
        }
        isEmpty = rows.isEmpty
        pager =
            part.next == nil && after == nil
            ? nil
            : Pager(
                first: after.map { _ in path(stage) },
                next: part.next.map { path(stage, after: $0) },
                words: words.counted("transfer_count", rows.count)
            )
    }
}

extension TransferRow {
    /// « Lille → Roubaix ».
    func way(_ words: Words) -> String { words("transfer_way", ["from": shop, "to": to]) }

    /// « 12 appareils, 2 articles ».
    func counts(_ words: Words) -> String {
        [
            devices > 0 ? words.counted("device_count", devices) : nil,
            products > 0 ? words.counted("transfer_articles", products) : nil,
        ].compactMap { $0 }.joined(separator: ", ")
    }
}

/// A transfer to send.
struct NewTransferPage: Page {
    static let template = "transfer-new"

    let key: String
    let workplace: WorkplaceBar?
    let mistakes: Mistakes?
    let refusal: RefusalCard?
    /// Nil where the association has one shop only.
    let receiver: Choice?
    let labels: Field
    /// Where the others are looked up; nil where all are shown.
    let articles: ArticleSearch?
    let units: [Field]
    let hasUnits: Bool
    /// Whether some were typed or searched for: a refusal hides nothing.
    let unitsAreOpen: Bool

    init(
        _ words: Words,
        from shop: Workplace,
        to receivers: [Workplace],
        _ offered: OfferedProducts,
        _ draft: Draft,
        key: String,
        workplace: WorkplaceBar?
    ) {
        let language = words.language
        let products = offered.all
        let fields = Set(["to", "labels"]).union(products.map { unitsField($0.code) })
        self.key = key
        self.workplace = workplace
        mistakes = draft.mistakes(in: language, fields: fields)
        refusal = draft.card(in: language, fields: fields)
        receiver =
            receivers.isEmpty
            ? nil
            : Choice(
                .toShop,
                draft,
                in: language,
                options: receivers.map { ($0.code, $0.name) },
                chosen: receivers.count == 1 ? receivers[0].code : nil
            )
        labels = Field(
            .labels,
            draft,
            in: language,
            hint: words("transfer_labels_hint"),
            isRequired: false
        )
        articles = ArticleSearch(words, offered, of: .counted, draft, at: "/transfers")
        units = products.map { product in
            Field(
                unitsField(product.code),
                label: product.name(in: language),
                value: draft.value(unitsField(product.code)),
                hint: words("transfer_free", ["units": words.number(product.free ?? 0)]),
                error: draft.error(unitsField(product.code), in: language),
                type: "number",
                isRequired: false,
                isOptional: false
            )
        }
        hasUnits = !units.isEmpty || articles != nil
        unitsAreOpen = offered.found != nil || units.contains { !$0.value.isEmpty }
    }
}

/// The input in which units of an article are typed.
func unitsField(_ code: String) -> String { "units-\(code)" }

extension Draft {
    /// Units of articles, from the inputs that `unitsField` names; an empty one names none.
    mutating func readProductCounts(least: Int = 1) -> ProductCounts? {
        var units: [ShortCode: Int] = [:]
        var isFine = true
        for name in form.names where name.hasPrefix("units-") {
            guard value(name).contains(where: { !$0.isWhitespace }) else { continue }
            let read = read(name) { text throws(Refusal) in
                (
                    try ShortCode(typed: String(name.dropFirst(6)), field: .product),
                    try number(typed: text, field: .quantity, in: least...ProductCounts.most)
                )
            }
            if let (code, count) = read { units[code] = count } else { isFine = false }
        }
        guard isFine else { return nil }
        return readAll { () throws(Refusal) in try ProductCounts(units, least: least) }
    }

    mutating func readLabels() -> DeviceLabels? {
        read("labels") { text throws(Refusal) in try DeviceLabels(scanned: text) }
    }
}

/// A transfer: what was sent, what came, what is on its way.
struct TransferPage: Page {
    static let template = "transfer"

    let key: String
    let backKey: String
    let path: String
    let code: String
    let way: String
    let status: Tag
    let sent: String
    let mistakes: Mistakes?
    let refusal: RefusalCard?
    let devices: [Machine]
    let hasDevices: Bool
    let products: [Line]
    let hasProducts: Bool
    /// For who receives it, while something is on its way.
    let reception: Reception?
    /// For who receives it, while a machine is missing.
    let finding: Finding?
    /// For who sent it, while something is on its way.
    let takesBack: Bool

    struct Finding: Sendable {
        let key: String
        let labels: Field
    }

    struct Machine: Sendable {
        let path: String
        let label: String
        let name: String
        let status: Tag
    }

    struct Line: Sendable {
        let name: String
        let sent: String
        let arrived: String
        let motive: String
    }

    struct Reception: Sendable {
        let labels: Field
        let units: [Field]
        let motive: Field
        let isShort: Bool
    }

    /// - Parameters:
    ///   - receives: whether the reader works the stock where it was sent to.
    ///   - sends: whether they do where it came from.
    init(
        _ words: Words,
        _ card: TransferCard,
        receives: Bool,
        sends: Bool,
        _ draft: Draft = Draft(),
        newKey: () -> String
    ) {
        let language = words.language
        let row = card.transfer
        let fields = Set(["labels", "motive"]).union(card.products.map { unitsField($0.product) })
        key = newKey()
        backKey = newKey()
        path = "/transfers/\(row.code)"
        code = row.code
        way = row.way(words)
        status = Tag(row, words)
        sent = words(
            "transfer_sent",
            ["when": row.sentAt.printed, "who": row.operatorCode]
        )
        mistakes = draft.mistakes(in: language, fields: fields)
        refusal = draft.card(in: language, fields: fields)
        devices = card.devices.map { machine in
            Machine(
                path: "/devices/\(machine.label)",
                label: machine.label,
                name: machine.shownName(in: language),
                status: Tag(machine, words)
            )
        }
        hasDevices = !devices.isEmpty
        products = card.products.map { line in
            Line(
                name: line.name(in: language),
                sent: words.number(line.sent),
                arrived: line.arrived.map { words.number($0) } ?? "–",
                motive: line.motive
            )
        }
        hasProducts = !products.isEmpty
        let isTicked = draft.value("act") == "last" && !draft.isFine
        reception =
            receives && row.isOpen
            ? Reception(
                labels: Field(
                    .labels,
                    draft,
                    in: language,
                    hint: words("transfer_tick_hint"),
                    isRequired: false,
                    isOptional: false
                ),
                units: card.products.filter { $0.arrived == nil }.map { line in
                    Field(
                        unitsField(line.product),
                        label: line.name(in: language),
                        value: draft.value(unitsField(line.product)),
                        hint: words("transfer_sent_units", ["units": words.number(line.sent)]),
                        error: draft.error(unitsField(line.product), in: language),
                        type: "number",
                        isRequired: false,
                        isOptional: false
                    )
                },
                motive: Field(.motive, draft, in: language, isRequired: false, isOptional: false),
                isShort: isTicked
            ) : nil
        finding =
            receives && !row.isOpen && card.devices.contains(where: \.isMissing)
            ? Finding(
                key: newKey(),
                labels: Field(.labels, draft, in: language, hint: words("transfer_tick_hint"))
            ) : nil
        takesBack = sends && row.isOpen
    }
}

extension Tag {
    fileprivate init(_ machine: TransferCard.Machine, _ words: Words) {
        let ended = machine.ended
        switch ended {
        case nil:
            self.init(tone: "warning", icon: "move", words: words("transfer_is_open"))
        case .loss where machine.foundAt != nil:
            self.init(tone: "done", icon: "done", words: words("transfer_found"))
        case .loss where !machine.isMissing:
            self.init(tone: "", icon: "back", words: words("transfer_put_back"))
        case .loss:
            self.init(
                tone: "refused",
                icon: "warning",
                words: ended?.name(in: words.language) ?? ""
            )
        case .arrival, .return:
            self.init(tone: "done", icon: "done", words: ended?.name(in: words.language) ?? "")
        }
    }
}

extension TransferCard.Machine {
    func shownName(in language: Language) -> String { kind.named(maker, model, in: language) }
}

/// What travels with the boxes, on A4: scanned, it opens the transfer.
struct TransferSlipPage: Page {
    static let template = "transfer-slip"

    let path: String
    let code: String
    let way: String
    let sent: String
    let bars: Markup
    let devices: [TransferPage.Machine]
    let hasDevices: Bool
    let products: [TransferPage.Line]
    let hasProducts: Bool
    let mark: String?

    init(_ words: Words, _ card: TransferCard, isDemonstration: Bool) {
        let page = TransferPage(words, card, receives: false, sends: false) { "" }
        path = page.path
        code = page.code
        way = page.way
        sent = page.sent
        bars = Barcode.code128(page.code)
        devices = page.devices
        hasDevices = page.hasDevices
        products = page.products
        hasProducts = page.hasProducts
        mark = isDemonstration ? Demonstrated.mark : nil
    }
}
