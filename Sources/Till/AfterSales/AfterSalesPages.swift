import Shop
import Store

/// The cases, and what a search for a machine found.
struct AfterSalesPage: Page {
    static let template = "after-sales"

    let search: Field
    let refusal: RefusalCard?
    /// Machines and people that were found; nil where nothing was searched.
    let found: Found?
    let list: Cases?

    struct Found: Sendable {
        let devices: [Device]
        let hasDevices: Bool
        let people: [Person]
        let hasPeople: Bool
        let isNothing: Bool
        /// The next part is asked for by a form: what was typed may be a name.
        let more: More?
    }

    struct Device: Sendable {
        let path: String
        let words: String
        let label: String
        let name: String
        let serial: String
        let receipt: String
        let on: String
        let guarantee: String
        /// Its open case; nil when it has none.
        let openCase: String?
    }

    struct Person: Sendable {
        let code: String
        let name: String
    }

    struct More: Sendable {
        let typed: String
        let after: String
    }

    struct Cases: Sendable {
        let tabs: [DevicesPage.Tab]
        let rows: [Row]
        let hasRows: Bool
        let pager: Pager?
    }

    struct Row: Sendable {
        let path: String
        let code: String
        let label: String
        let name: String
        let symptom: String
        let status: Tag
        let age: String
        let shop: String
    }

    init(
        _ words: Words,
        _ part: Paged<AfterSalesRow>,
        _ filter: AfterSalesFilter,
        after: String?,
        today: Day
    ) {
        search = Self.search(words, "")
        refusal = nil
        found = nil
        func path(_ state: String, after: String? = nil) -> String {
            let parts = [
                state == "open" ? nil : "state=\(state)", after.map { "after=\($0)" },
            ].compactMap { $0 }
            return "/after-sales" + (parts.isEmpty ? "" : "?" + parts.joined(separator: "&"))
        }
        let state = AfterSalesFilter.names.first { (try? AfterSalesFilter(typed: $0)) == filter }
        let rows = part.items.map { Row($0, words, today: today) }
        list = Cases(
            tabs: AfterSalesFilter.names.map { name in
                DevicesPage.Tab(
                    path: path(name),
                    words: AfterSalesStage(rawValue: name)?.name(in: words.language)
                        ?? words("after_sales_state_\(name)"),
                    isCurrent: name == state
                )
            },
            rows: rows,
            hasRows: !rows.isEmpty,
            pager: part.next == nil && after == nil
                ? nil
                : Pager(
                    first: after.map { _ in path(state ?? "open") },
                    next: part.next.map { path(state ?? "open", after: $0) },
                    words: words.counted("after_sales_count", rows.count)
                )
        )
    }

    init(
        _ words: Words,
        found part: Paged<HandedOverDevice>,
        _ people: [PersonRow],
        typed: String,
        refusal: Refusal? = nil
    ) {
        search = Self.search(words, typed)
        self.refusal = refusal.map { RefusalCard($0, in: words.language) }
        found =
            refusal == nil
            ? Found(
                devices: part.items.map { Device($0, words) },
                hasDevices: !part.items.isEmpty,
                people: people.map { Person(code: $0.code, name: $0.name) },
                hasPeople: !people.isEmpty,
                isNothing: part.items.isEmpty && people.isEmpty,
                more: part.next.map { More(typed: typed, after: $0) }
            ) : nil
        list = nil
    }

    private static func search(_ words: Words, _ typed: String) -> Field {
        Field(
            "q",
            label: words("after_sales_search"),
            value: typed,
            hint: words("after_sales_search_hint"),
            type: "search"
        )
    }
}

extension AfterSalesPage.Device {
    fileprivate init(_ device: HandedOverDevice, _ words: Words) {
        path =
            device.openCase.map { "/after-sales/\($0)" }
            ?? "/after-sales/new?label=\(device.label)"
        self.words = words(device.openCase == nil ? "after_sales_open" : "after_sales_go_on")
        label = device.label
        name = device.shownName(in: words.language)
        serial = device.serial
        receipt = device.receipt
        on = device.at.day.printed
        guarantee = device.guaranteedUntil.printed
        openCase = device.openCase
    }
}

extension AfterSalesPage.Row {
    fileprivate init(_ row: AfterSalesRow, _ words: Words, today: Day) {
        path = "/after-sales/\(row.code)"
        code = row.code
        label = row.label
        name = row.shownName(in: words.language)
        symptom = row.symptom.name(in: words.language)
        status = row.stage.tag(in: words.language)
        let days = max(0, today.number - row.since.day.number)
        age =
            row.stage.isOpen
            ? words.counted("after_sales_days", days) : row.since.day.printed
        shop = row.shop
    }
}

extension AfterSalesStage {
    func tag(in language: Language) -> Tag {
        let (tone, icon) =
            switch self {
            case .announced: ("warning", "phone")
            case .received: ("warning", "inspect")
            case .diagnosed: ("warning", "edit")
            case .repaired: ("warning", "move")
            case .refused: ("warning", "move")
            case .handedBack, .closed: ("done", "done")
            case .exchanged: ("done", "switch")
            case .refunded: ("done", "refund")
            }
        return Tag(tone: tone, icon: icon, words: name(in: language))
    }
}

extension HandedOverDevice {
    func shownName(in language: Language) -> String {
        kind.named(maker, model, in: language)
    }

    /// What the guarantee comes to, for who takes the machine in.
    func guaranteeFacts(_ words: Words) -> [DevicePage.Fact] {
        let language = words.language
        let extended =
            guaranteedUntil == guaranteeEndsOn
            ? guaranteedUntil.printed
            : words(
                "after_sales_extended",
                ["day": guaranteedUntil.printed, "first": guaranteeEndsOn.printed]
            )
        let facts: [(String, String?)] = [
            ("after_sales_handed_over", at.day.printed),
            ("after_sales_by", operatorCode),
            ("after_sales_shop", shop),
            (
                "after_sales_paid",
                isGift ? words("after_sales_gift") : Written.cents(paid, in: language)
            ),
            ("after_sales_guarantee", extended),
            ("after_sales_presumption", presumptionEndsOn?.printed),
            ("after_sales_serial", serial),
        ]
        return facts.compactMap { key, value in
            guard let value, !value.isEmpty else { return nil }
            return DevicePage.Fact(name: words(key), value: value)
        }
    }
}

extension AfterSalesRow {
    func shownName(in language: Language) -> String {
        kind.named(maker, model, in: language)
    }
}

/// The form that opens a case: what the guarantee comes to, and the symptom.
struct NewAfterSalesPage: Page {
    static let template = "after-sales-new"

    let label: String
    let name: String
    let receipt: String
    let facts: [DevicePage.Fact]
    /// A sentence on whether the guarantee still holds.
    let guarantee: Tag
    let symptom: Choice
    let mistakes: Mistakes?
    let refusal: RefusalCard?
    let key: String

    init(
        _ words: Words,
        _ device: HandedOverDevice,
        _ tree: DiagnosisTree,
        _ draft: Draft,
        key: String,
        today: Day
    ) {
        let language = words.language
        label = device.label
        name = device.shownName(in: language)
        receipt = device.receipt
        facts = device.guaranteeFacts(words)
        guarantee = Coverage(
            outcome: nil,
            openedOn: today,
            guaranteeEndsOn: device.guaranteedUntil,
            presumptionEndsOn: device.presumptionEndsOn
        ).tag(words)
        symptom = Choice(
            .symptom,
            draft,
            in: language,
            options: tree.symptoms.map { ($0.code, $0.name(in: language)) }
        )
        mistakes = draft.mistakes(in: language, fields: ["symptom"])
        refusal = draft.card(in: language, fields: ["symptom"])
        self.key = key
    }
}

extension Coverage {
    /// Whether the guarantee holds and who proves what, in a sentence.
    func tag(_ words: Words) -> Tag {
        guard isInTime else {
            return Tag(
                tone: "refused",
                icon: "refused",
                words: words("after_sales_over", ["day": guaranteeEndsOn.printed])
            )
        }
        if presumptionEndsOn != nil, !isPresumed {
            return Tag(
                tone: "warning",
                icon: "warning",
                words: words("after_sales_to_prove", ["day": guaranteeEndsOn.printed])
            )
        }
        return Tag(
            tone: "done",
            icon: "done",
            words: words("after_sales_in_time", ["day": guaranteeEndsOn.printed])
        )
    }
}

/// What whoever brought a machine takes home. It names the machine and the fault, and nobody.
struct AfterSalesSlipPage: Page {
    static let template = "after-sales-slip"

    let isDemonstration: Bool
    let code: String
    let path: String
    let association: String
    let shop: String
    let address: String
    let label: String
    let name: String
    let serial: String
    let receipt: String
    let on: String
    let symptom: String
    let guarantee: String
    let barcode: Markup

    init(
        _ words: Words,
        _ card: AfterSalesCard,
        association: String,
        place: ShopPlace,
        isDemonstration: Bool
    ) {
        let language = words.language
        self.isDemonstration = isDemonstration
        code = card.row.code
        path = "/after-sales/\(card.row.code)"
        self.association = association
        shop = place.name
        address = place.address
        label = card.device.label
        name = card.device.shownName(in: language)
        serial = card.device.serial
        receipt = card.device.receipt
        on = Refusal.Fact.instant(card.row.openedAt).written(in: language)
        symptom = card.row.symptom.name(in: language)
        guarantee = card.device.guaranteedUntil.printed
        barcode = Barcode.code128(card.row.code)
    }
}
