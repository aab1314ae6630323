import Shop
import Store

/// The exceptions that were granted: who let whom go beyond what, why, and which ticket took it.
struct OverridesPage: Page {
    static let template = "overrides"

    let shop: Choice
    let from: Field
    let to: Field
    let motive: Choice
    let by: Field
    let state: Choice
    let isFiltered: Bool
    let csv: String
    let rows: [Row]
    let hasRows: Bool
    let pager: Pager?

    struct Row: Sendable {
        let day: String
        let time: String
        let till: String
        let person: String
        /// Nil where the reader opens no file.
        let personPath: String?
        let rule: String
        let beyond: String
        let motive: String
        let grantedBy: String
        let askedBy: String
        let until: String
        let state: Tag
        let receipt: String?
        /// Nil where the reader opens no ticket.
        let receiptPath: String?
    }

    init(
        _ words: Words,
        _ part: Paged<OverrideRow>,
        _ draft: Draft,
        shops: [ListedShop],
        choices: OverrideChoices,
        rules: [QuotaRule],
        after: String?,
        mayOpen: (String) -> Bool
    ) {
        let language = words.language
        func all(_ options: [(value: String, words: String)]) -> [(value: String, words: String)] {
            [(value: "", words: words("quota_all_rights"))] + options
        }
        shop = Choice(
            .shop,
            draft,
            in: language,
            options: all(shops.map { (value: $0.code, words: $0.name) })
        )
        from = Field(
            .startsOn,
            draft,
            in: language,
            name: "from",
            type: "date",
            isRequired: false,
            isOptional: false
        )
        to = Field(
            .endsOn,
            draft,
            in: language,
            name: "to",
            type: "date",
            isRequired: false,
            isOptional: false
        )
        motive = Choice(
            .motive,
            draft,
            in: language,
            options: all(choices.motives.map { (value: $0.code, words: $0.name(in: language)) })
        )
        by = Field(
            "by",
            label: words("override_by"),
            value: draft.value("by"),
            isRequired: false,
            isOptional: false
        )
        state = Choice(
            .state,
            draft,
            in: language,
            options: all(
                OverrideRow.State.allCases.map {
                    (value: $0.rawValue, words: $0.name(in: language))
                }
            )
        )
        let names = ["shop", "from", "to", "motive", "by", "state"]
        let query = names.filter { !draft.value($0).isEmpty }
            .map { "\($0)=\(percentEncoded(draft.value($0)))" }.joined(separator: "&")
        isFiltered = !query.isEmpty
        csv = "/overrides/exceptions.csv" + (query.isEmpty ? "" : "?\(query)")
        let said = Dictionary(grouping: rules, by: \.code)
        rows = part.items.map { row in
            let rule = said[row.rule]?.inForce(on: row.grantedAt.day)
            return Row(row, words, rule: rule?.words(in: language) ?? row.rule, mayOpen)
        }
        hasRows = !rows.isEmpty
        pager =
            part.next == nil && after == nil
            ? nil
            : Pager(
                first: after.map { _ in query.isEmpty ? "/overrides" : "/overrides?\(query)" },
                next: part.next.map {
                    "/overrides?" + (query.isEmpty ? "" : "\(query)&") + "after=\($0)"
                },
                words: words.counted("override_count", rows.count)
            )
    }
}

extension OverridesPage.Row {
    fileprivate init(_ row: OverrideRow, _ words: Words, rule: String, _ mayOpen: (String) -> Bool)
    {
        let language = words.language
        day = row.grantedAt.day.printed
        time = row.grantedAt.clock
        till = row.till
        person = row.person
        personPath = ["/persons/\(row.person)"].first(where: mayOpen)
        self.rule = rule
        beyond = [
            row.units > 0 ? words("override_units", ["count": "\(row.units)"]) : nil,
            row.cents > .zero ? "+\u{A0}" + Written.cents(row.cents, in: language) : nil,
        ].compactMap(\.self).joined(separator: ", ")
        motive = row.motiveWords
        grantedBy = row.grantedBy
        askedBy = row.askedBy
        until = row.expiresOn.printed
        state =
            switch row.state {
            case .open: Tag(tone: "warning", icon: "clock", words: row.state.name(in: language))
            case .used: Tag(tone: "done", icon: "done", words: row.state.name(in: language))
            case .expired: Tag(tone: "", icon: "calendar", words: row.state.name(in: language))
            }
        receipt = row.receipt
        receiptPath = row.receipt.map { "/receipts/\($0)" }.flatMap { mayOpen($0) ? $0 : nil }
    }
}
