import Shop
import Store

/// Every limit in a sentence, what is to come and what was, and a form for a newer version.
struct QuotasPage: Page {
    static let template = "quotas"

    let key: String
    let rules: [Rule]
    let mayWrite: Bool
    /// Where the exceptions are listed; nil for whoever does not read them.
    let overrides: String?
    let mistakes: Mistakes?
    let refusal: RefusalCard?
    let code: Field
    /// The limit that a new version is of; nil for a new limit.
    let changing: String?
    let startsOn: Field
    let category: Choice
    let kinds: Choice
    let holder: Choice
    let months: Field
    let units: Field
    let euros: Field
    let origin: Choice
    let exit: Choice
    let isOpen: Bool

    struct Rule: Sendable {
        let code: String
        let sentence: String
        let since: String
        let change: String
        let later: [Version]
        let earlier: [Version]
        let hasEarlier: Bool
    }
    struct Version: Sendable {
        let from: String
        let sentence: String
    }

    static let fields: Set<String> = [
        "code", "starts_on", "category", "kinds", "holder", "months", "units", "euros", "origin",
        "exit",
    ]

    init(
        _ words: Words,
        _ rules: [QuotaRule],
        today: Day,
        mayWrite: Bool,
        overrides: String? = nil,
        _ draft: Draft = Draft(),
        key: String
    ) {
        let language = words.language
        let versions = Dictionary(grouping: rules, by: \.code).sorted { $0.key < $1.key }
        self.key = key
        self.rules = versions.map { Rule($0.key, $0.value, words, today: today) }
        self.mayWrite = mayWrite
        self.overrides = overrides
        mistakes = draft.mistakes(in: language, fields: Self.fields)
        refusal = draft.card(in: language, fields: Self.fields)
        code = Field(.code, draft, in: language, hint: words("quota_code_hint"))
        changing = versions.first { $0.key == draft.value("code") }.map {
            Rule($0.key, $0.value, words, today: today).sentence
        }
        startsOn = Field(.startsOn, draft, in: language, value: today.iso, type: "date")
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
    init(changing rule: QuotaRule, today: Day) {
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

extension QuotasPage.Rule {
    init(_ code: String, _ versions: [QuotaRule], _ words: Words, today: Day) {
        let language = words.language
        let current = versions.inForce(on: today)
        func version(_ rule: QuotaRule) -> QuotasPage.Version {
            .init(from: rule.startsOn.printed, sentence: rule.sentence(in: language))
        }
        self.code = code
        sentence = current?.sentence(in: language) ?? words("quota_not_yet")
        // What was seeded held before anybody came.
        since =
            current.flatMap { $0.startsOn.parts.year <= 2000 ? nil : $0 }
            .map { words("quota_since", ["day": $0.startsOn.printed]) } ?? ""
        change = "/quotas?change=\(code)#change"
        later = versions.filter { $0.startsOn > today }.sorted { $0.startsOn < $1.startsOn }
            .map(version)
        earlier = versions.filter { $0.startsOn < current?.startsOn ?? today }.map(version)
        hasEarlier = !earlier.isEmpty
    }
}
