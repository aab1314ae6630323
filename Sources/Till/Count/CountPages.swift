import Shop
import Store

extension Tag {
    /// How far a count has come.
    init(_ stage: CountStage, _ words: Words) {
        let name = stage.name(in: words.language)
        switch stage {
        case .open: self.init(tone: "", icon: "scan", words: name)
        case .closed: self.init(tone: "warning", icon: "waiting", words: name)
        case .applied: self.init(tone: "done", icon: "done", words: name)
        case .abandoned: self.init(tone: "", icon: "close", words: name)
        }
    }
}

/// Counts, the last opened first, and the form that opens one.
struct CountsPage: Page {
    static let template = "counts"

    let key: String
    let workplace: WorkplaceBar?
    /// Among which the reader chooses the shop that is counted; nil where it is known.
    let picker: WorkplacePicker?
    /// Nil until a shop is chosen.
    let scope: Choice?
    let mistakes: Mistakes?
    let refusal: RefusalCard?
    let rows: [Line]
    let isEmpty: Bool
    let pager: Pager?

    struct Line: Sendable {
        let path: String
        let code: String
        let shop: String
        let day: String
        let scanned: String
        let status: Tag
    }

    init(
        _ words: Words,
        _ part: Paged<CountRow>,
        after: String?,
        shops: Workplaces,
        _ draft: Draft,
        key: String
    ) {
        let language = words.language
        self.key = key
        workplace = shops.current.flatMap { WorkplaceBar(shops, $0, at: "/counts") }
        picker =
            shops.current == nil && shops.areSeveral
            ? WorkplacePicker(words, shops, next: "/counts") : nil
        scope = shops.current.map { _ in
            Choice(
                .scope,
                draft,
                in: language,
                options: CountScope.allCases.map { ($0.rawValue, $0.name(in: language)) },
                chosen: CountScope.all.rawValue
            )
        }
        mistakes = draft.mistakes(in: language, fields: ["scope"])
        refusal = draft.card(in: language, fields: ["scope"])
        rows = part.items.map { row in
            Line(
                path: "/counts/\(row.code)",
                code: row.code,
                shop: row.shop,
                day: row.openedAt.day.printed,
                scanned: words.counted("device_count", row.scanned),
                status: Tag(row.stage, words)
            )
        }
        isEmpty = rows.isEmpty
        pager =
            part.next == nil && after == nil
            ? nil
            : Pager(
                first: after.map { _ in "/counts" },
                next: part.next.map { "/counts?after=\($0)" },
                words: words.counted("count_count", rows.count)
            )
    }
}

/// A count: scanning while it is open, its differences once it is closed.
struct CountPage: Page {
    static let template = "count"

    let path: String
    let code: String
    let shop: String
    let scope: String
    let status: Tag
    let opened: String
    let mistakes: Mistakes?
    let refusal: RefusalCard?
    /// While the count goes on.
    let scanning: Scanning?
    let total: String
    let latest: [Scanned]
    let scanners: [PersonPage.Line]
    /// Whether anything was scanned.
    let hasScans: Bool
    let strays: [String]
    let hasStrays: Bool
    let articles: [Article]
    let hasArticles: Bool
    let showsDifferences: Bool
    /// What to do with the machines that are listed; nil where there is nothing to say.
    let help: String?
    let tabs: [DevicesPage.Tab]
    let devices: [DeviceLine]
    let isEmpty: Bool
    let pager: Pager?
    /// While counting goes on.
    let closing: Keyed?
    /// Of a closed count, for anybody but who closed it.
    let application: Keyed?
    /// Of a closed count, for who closed it.
    let waitsForAnother: Bool
    let abandonment: Abandonment?
    let outcome: [PersonPage.Line]
    let hasOutcome: Bool

    struct Scanning: Sendable {
        /// Whose scans wait in the browser.
        let who: String
        let key: String
        let unitsKey: String
        /// The words of the script, as JSON.
        let words: String
        let scanned: Field
        /// Where the reader counts, in words.
        let place: String
        /// Where an article is looked up that is not shown; nil where all are.
        let search: ArticleSearch?
        let units: [Field]
        let hasUnits: Bool
        let unitsAreOpen: Bool
    }

    struct Scanned: Sendable {
        let path: String
        let label: String
        let name: String
        let who: String
    }

    struct Article: Sendable {
        let name: String
        let counted: String
        let expected: String
        let difference: String
        let isEven: Bool
    }

    struct Keyed: Sendable {
        let key: String
        let words: String
    }

    struct Abandonment: Sendable {
        let key: String
        let isOpen: Bool
        let motive: Field
    }

    /// - Parameters:
    ///   - outcome: of which machines are listed, once the count is closed.
    ///   - reader: the operator who reads the page.
    init(
        _ words: Words,
        _ card: CountCard,
        _ devices: Paged<DeviceRow>?,
        of outcome: CountOutcome,
        after: String?,
        products offered: OfferedProducts,
        reader: String,
        _ draft: Draft = Draft(),
        newKey: () -> String
    ) throws {
        let language = words.language
        let row = card.count
        let path = "/counts/\(row.code)"
        let products = offered.all
        let fields = Set(["scanned", "motive"]).union(products.map { unitsField($0.code) })
        let goesOn = row.stage == .open || row.stage == .closed
        let isOwn = row.closedBy == reader
        self.path = path
        code = row.code
        shop = row.shop
        scope = row.scope.name(in: language)
        status = Tag(row.stage, words)
        opened = words(
            "count_opened",
            ["when": row.openedAt.printed, "who": row.openedBy]
        )
        mistakes = draft.mistakes(in: language, fields: fields)
        refusal = draft.card(in: language, fields: fields)
        scanning =
            goesOn
            ? Scanning(
                who: reader,
                key: newKey(),
                unitsKey: newKey(),
                words: try words.json(prefix: "count_scan_"),
                scanned: Field(.scanned, draft, in: language),
                place: card.places.first { $0.operatorCode == reader }?.name
                    ?? words("count_place_none"),
                search: ArticleSearch(
                    words,
                    offered,
                    of: .counted,
                    draft,
                    at: path + "/units"
                ),
                units: products.map { product in
                    Field(
                        unitsField(product.code),
                        label: product.name(in: language),
                        value: draft.value(unitsField(product.code)),
                        error: draft.error(unitsField(product.code), in: language),
                        type: "number",
                        isRequired: false,
                        isOptional: false
                    )
                },
                hasUnits: row.stage == .open && (!products.isEmpty || offered.hasMore),
                unitsAreOpen: offered.found != nil
                    || products.contains { draft.error(unitsField($0.code), in: language) != nil }
            ) : nil
        total = words.number(row.scanned)
        latest = card.latest.map { scanned in
            Scanned(
                path: "/devices/\(scanned.label)",
                label: scanned.label,
                name: scanned.name,
                who: scanned.operatorCode
            )
        }
        scanners = card.scanners.map {
            PersonPage.Line(
                label: $0.operatorCode,
                value: words.counted("device_count", $0.scanned)
            )
        }
        strays = card.strays
        hasStrays = !strays.isEmpty
        hasScans = hasStrays || !scanners.isEmpty
        articles = card.articles.map { Article($0, words) }
        hasArticles = !articles.isEmpty
        showsDifferences = card.differences != nil
        help = outcome == .unexpected ? words("count_unexpected_help") : nil
        func address(_ outcome: CountOutcome, after: String? = nil) -> String {
            "\(path)?outcome=\(outcome.rawValue)" + (after.map { "&after=\($0)" } ?? "")
        }
        tabs = CountOutcome.allCases.map { each in
            DevicesPage.Tab(
                path: address(each),
                words: "\(each.name(in: language)) (\(words.number(card.differences?[each] ?? 0)))",
                isCurrent: each == outcome
            )
        }
        self.devices = (devices?.items ?? []).map { DeviceLine($0, words) }
        isEmpty = self.devices.isEmpty
        pager =
            devices == nil || devices?.next == nil && after == nil
            ? nil
            : Pager(
                first: after.map { _ in address(outcome) },
                next: devices?.next.map { address(outcome, after: $0) },
                words: words.counted("device_count", self.devices.count)
            )
        closing = row.stage == .open ? Keyed(key: newKey(), words: words("count_close")) : nil
        let mayApply = row.stage == .closed && !isOwn
        application =
            mayApply
            ? Keyed(
                key: newKey(),
                words: words(
                    "count_apply_what",
                    ["missing": words.counted("device_count", card.differences?.missing ?? 0)]
                )
            ) : nil
        waitsForAnother = row.stage == .closed && isOwn
        abandonment =
            goesOn
            ? Abandonment(
                key: newKey(),
                isOpen: draft.error("motive", in: language) != nil,
                motive: Field(.motive, draft, in: language)
            ) : nil
        self.outcome = Self.outcome(of: card, words)
        hasOutcome = !self.outcome.isEmpty
    }

    private static func outcome(of card: CountCard, _ words: Words) -> [PersonPage.Line] {
        let row = card.count
        guard let at = row.endedAt, let differences = card.differences else { return [] }
        let ended = words(
            "count_ended",
            ["when": at.printed, "who": row.endedBy ?? ""]
        )
        let lines =
            row.stage == .applied
            ? [
                ("count_lost", words.number(differences.missing)),
                ("count_restored", words.number(differences.restored)),
                (
                    "count_articles_changed",
                    words.number(card.articles.count { $0.difference != 0 })
                ),
            ] : [("count_motive", row.motive)]
        return [PersonPage.Line(label: row.stage.name(in: words.language), value: ended)]
            + lines.map { PersonPage.Line(label: words($0.0), value: $0.1) }
    }
}

extension CountPage.Article {
    fileprivate init(_ line: CountCard.Line, _ words: Words) {
        let difference = line.difference ?? 0
        self.init(
            name: line.name(in: words.language),
            counted: words.number(line.counted),
            expected: line.expected.map { words.number($0) } ?? "",
            difference: difference > 0 ? "+" + words.number(difference) : words.number(difference),
            isEven: difference == 0
        )
    }
}
