import Shop
import Store

/// Every limit in a sentence: in force, to come and past; and a form for a newer version, which is read out before it is
/// switched on.
struct QuotasPage: Page {
    static let template = "quotas"

    let key: String
    let inForce: [Rule]
    let toCome: [Version]
    let past: [Version]
    let hasNone: Bool
    let hasToCome: Bool
    let hasPast: Bool
    let mayWrite: Bool
    /// Where the exceptions are listed; nil for whoever does not read them.
    let overrides: String?
    let mistakes: Mistakes?
    let refusal: RefusalCard?
    /// What the form says, read out; nil until it was asked for.
    let preview: Preview?
    let code: Field
    /// The limit that a new version is of; nil for a new limit.
    let changing: String?
    let startsOn: Field
    let category: Choice
    let kinds: Choice
    let product: Choice
    let holder: Choice
    let months: Field
    let programme: Choice
    let units: Field
    let euros: Field
    let origin: Choice
    let exit: Choice
    let shop: Choice
    let isOpen: Bool

    struct Rule: Sendable {
        let code: String
        let sentence: String
        let since: String
        /// What to know of it beside the others.
        let warnings: [String]
        let change: String
    }
    struct Version: Sendable {
        let code: String
        let days: String
        let sentence: String
    }
    struct Preview: Sendable {
        let sentence: String
        let from: String
        let warnings: [String]
        /// Why it cannot be switched on.
        let cannot: RefusalCard?
        let isFine: Bool
    }
    /// What the form offers.
    struct Choices: Sendable {
        let shops: [ListedShop]
        let products: [ProductRow]
        let programmes: [Programme]
    }

    static let fields: Set<String> = [
        "code", "starts_on", "category", "kinds", "product", "holder", "months", "programme",
        "units", "euros", "origin", "exit", "shop",
    ]

    init(
        _ words: Words,
        _ rules: [QuotaRule],
        today: Day,
        choices: Choices,
        mayWrite: Bool,
        overrides: String? = nil,
        _ draft: Draft = Draft(),
        _ preview: QuotaPreview? = nil,
        key: String
    ) {
        let language = words.language
        let shops = Dictionary(uniqueKeysWithValues: choices.shops.map { ($0.id, $0.name) })
        func sentence(_ rule: QuotaRule) -> String { rule.sentence(in: language, shops) }
        let versions = Dictionary(grouping: rules, by: \.code).sorted { $0.key < $1.key }
        let current = versions.compactMap { $0.value.inForce(on: today) }.filter(\.isLimit)
        self.key = key
        inForce = current.map { rule in
            Rule(
                code: rule.code,
                sentence: sentence(rule),
                // What was seeded held before anybody came.
                since: rule.startsOn.parts.year <= 2000
                    ? "" : words("quota_since", ["day": rule.startsOn.printed]),
                warnings: rule.stricter(among: current).map {
                    words("quota_never_binds", ["other": sentence($0)])
                },
                change: "/quotas?change=\(rule.code)#change"
            )
        }
        toCome = rules.filter { $0.startsOn > today }
            .sorted { ($0.startsOn, $0.code) < ($1.startsOn, $1.code) }
            .map { rule in
                Version(
                    code: rule.code,
                    days: words("quota_from_day", ["day": rule.startsOn.printed]),
                    sentence: sentence(rule)
                )
            }
        past = versions.flatMap { code, versions -> [Version] in
            let begun = versions.filter { $0.startsOn <= today }.sorted {
                $0.startsOn > $1.startsOn
            }
            return zip(begun.dropFirst(), begun).filter { $0.0.isLimit }.map { rule, next in
                Version(
                    code: code,
                    days: words("quota_until_day", ["day": next.startsOn.adding(days: -1).printed]),
                    sentence: sentence(rule)
                )
            }
        }
        hasNone = inForce.isEmpty
        hasToCome = !toCome.isEmpty
        hasPast = !past.isEmpty
        self.mayWrite = mayWrite
        self.overrides = overrides
        mistakes = draft.mistakes(in: language, fields: Self.fields)
        refusal = draft.card(in: language, fields: Self.fields)
        self.preview = preview.map { Preview($0, words, sentence) }
        code = Field(.code, draft, in: language, hint: words("quota_code_hint"))
        changing = versions.first { $0.key == draft.value("code") }?.value.inForce(on: today)
            .map(sentence)
        startsOn = Field(.startsOn, draft, in: language, value: today.iso, type: "date")
        product = Choice(
            .product,
            draft,
            in: language,
            options: [("", words("quota_all_rights"))]
                + choices.products.filter { $0.category != nil }.map {
                    ($0.code, language.choose($0.nameFrench, $0.nameEnglish))
                }
        )
        programme = Choice(
            .programme,
            draft,
            in: language,
            options: [("", words("quota_no_programme"))]
                + choices.programmes.map { ($0.code, $0.name) }
        )
        shop = Choice(
            .shop,
            draft,
            in: language,
            options: [("", words("quota_all_rights"))] + choices.shops.map { ($0.code, $0.name) }
        )
        category = Choice(
            .category,
            draft,
            in: language,
            options: [Category.equipment, .connection].map {
                ($0.rawValue, $0.name(in: language))
            }
        )
        let computers = DeviceKind.allCases.filter(DeviceKind.computers.contains)
        kinds = Choice(
            .deviceKind,
            draft,
            in: language,
            options: [
                ("", words("quota_all_rights")),
                (computers.map(\.rawValue).joined(separator: ","), words("quota_computers")),
            ] + DeviceKind.allCases.map { ($0.rawValue, $0.name(in: language)) },
            name: "kinds"
        )
        holder = Choice(
            .holder,
            draft,
            in: language,
            options: QuotaRule.Holder.allCases.map { ($0.rawValue, words("quota_\($0.rawValue)")) }
        )
        months = Field(
            .months,
            draft,
            in: language,
            hint: words("quota_months_hint"),
            type: "number",
            isRequired: false
        )
        units = Field(
            "units",
            label: words("quota_units"),
            value: draft.value("units"),
            error: draft.error("units", in: language),
            type: "number",
            isRequired: false
        )
        euros = Field(
            "euros",
            label: words("quota_euros"),
            value: draft.value("euros"),
            hint: words("quota_limit_hint"),
            error: draft.error("euros", in: language),
            isRequired: false
        )
        origin = Choice(
            "origin",
            label: words("quota_origins"),
            options: [
                ("", words("quota_all_rights")), ("voucher", words("quota_vouchers")),
                ("completion", words("quota_completions")),
            ],
            chosen: draft.value("origin")
        )
        exit = Choice(
            "exit",
            label: words("quota_exits"),
            options: [
                ("", words("quota_all")), ("sale", words("quota_sales")),
                ("gift", words("quota_gifts")),
            ],
            chosen: draft.value("exit")
        )
        isOpen = !draft.isFine || !draft.value("code").isEmpty
    }
}

extension Draft {
    /// The form that changes a limit, filled with what holds today.
    /// - Parameter shops: their codes.
    init(changing rule: QuotaRule, shops: [ID<Shop>: String], today: Day) {
        var fields = [
            ("code", rule.code), ("category", rule.category.rawValue),
            ("holder", rule.holder.rawValue),
            ("starts_on", today.adding(days: 1).iso),
            ("months", rule.span.months.map(String.init) ?? ""),
            ("units", rule.unitsMax.map(String.init) ?? ""),
            ("euros", rule.centsMax.map { "\($0.count / 100)" } ?? ""),
        ]
        if let cents = rule.centsMax, cents.count % 100 != 0 {
            fields.removeLast()
            fields.append(
                (
                    "euros",
                    "\(cents.count / 100).\(cents.count % 100 < 10 ? "0" : "")\(cents.count % 100)"
                )
            )
        }
        if let machines = rule.machines {
            let kinds = DeviceKind.allCases.filter(machines.contains).map(\.rawValue)
            fields.append(("kinds", kinds.joined(separator: ",")))
        }
        if let product = rule.product { fields.append(("product", product.code)) }
        if let programme = rule.span.programme { fields.append(("programme", programme)) }
        if let shop = rule.shop.flatMap({ shops[$0] }) { fields.append(("shop", shop)) }
        if rule.origins.count == 1, let origin = rule.origins.first {
            fields.append(("origin", origin.rawValue))
        }
        if rule.kinds.count == 1, let kind = rule.kinds.first {
            fields.append(("exit", kind.rawValue))
        }
        self.init(
            Form(encoded: fields.map { "\($0.0)=\(percentEncoded($0.1))" }.joined(separator: "&"))
        )
    }
}

extension QuotasPage.Preview {
    init(_ preview: QuotaPreview, _ words: Words, _ sentence: (QuotaRule) -> String) {
        self.sentence = sentence(preview.rule)
        from = words("quota_from_day", ["day": preview.rule.startsOn.printed])
        warnings =
            preview.stricter.map { words("quota_never_binds", ["other": sentence($0)]) }
            + preview.silenced.map { words("quota_silences", ["other": sentence($0)]) }
        cannot = preview.refusal.map { RefusalCard($0, in: words.language) }
        isFine = preview.refusal == nil
    }
}

extension QuotaRule {
    /// The sentence, with the shop's name where it counts in one alone.
    func sentence(in language: Language, _ shops: [ID<Shop>: String]) -> String {
        let text = sentence(in: language)
        guard let name = shop.flatMap({ shops[$0] }) else { return text }
        return text.replacing(
            language.choose("un seul espace", "one shop only"),
            with: language.choose("à \(name) seul", "at \(name) only")
        )
    }
}

extension Draft {
    /// What was sent of these fields, as an address holds it.
    func encoded(_ names: Set<String>) -> String {
        names.sorted().filter { !value($0).isEmpty }
            .map { "\($0)=\(percentEncoded(value($0)))" }.joined(separator: "&")
    }
}
