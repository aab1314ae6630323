import Shop
import Store

/// Every limit in a sentence, what is to come and what was, and a form for a newer version.
struct QuotasPage: Page {
    static let template = "quotas"

    let key: String
    let rules: [Rule]
    let mayWrite: Bool
    let mistakes: Mistakes?
    let refusal: RefusalCard?
    let code: Listed
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
        _ draft: Draft = Draft(),
        key: String
    ) {
        let language = words.language
        let versions = Dictionary(grouping: rules, by: \.code).sorted { $0.key < $1.key }
        self.key = key
        self.rules = versions.map { Rule($0.key, $0.value, words, today: today) }
        self.mayWrite = mayWrite
        mistakes = draft.mistakes(in: language, fields: Self.fields)
        refusal = draft.card(in: language, fields: Self.fields)
        code = Listed(
            Field(.code, draft, in: language, hint: words("quota_code_hint")),
            choices: versions.map(\.key)
        )
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
                ("", words("quota_all")),
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
                ("", words("quota_all")), ("voucher", words("quota_vouchers")),
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
        isOpen = !draft.isFine
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
        since = current.map { words("quota_since", ["day": $0.startsOn.printed]) } ?? ""
        later = versions.filter { $0.startsOn > today }.sorted { $0.startsOn < $1.startsOn }
            .map(version)
        earlier = versions.filter { $0.startsOn < current?.startsOn ?? today }.map(version)
        hasEarlier = !earlier.isEmpty
    }
}
