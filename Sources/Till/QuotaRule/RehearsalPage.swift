import Shop
import Store

/// What a limit would have refused of past tickets, before it is switched on.
struct RehearsalPage: Page {
    static let template = "rehearsal"

    let key: String
    let mistakes: Mistakes?
    let refusal: RefusalCard?
    /// Back to the form, filled.
    let back: String
    /// The limit's own fields, carried along.
    let fields: [Hidden]
    let from: Field
    let to: Field
    /// Nil where something was wrong.
    let found: Found?

    struct Hidden: Sendable {
        let name: String
        let value: String
    }

    struct Found: Sendable {
        let sentence: String
        let days: String
        let figures: [Figure]
        let rows: [Row]
        let hasRows: Bool
        let isFine: Bool
        /// Why it cannot be switched on.
        let cannot: RefusalCard?
        let pager: Pager?
    }

    struct Figure: Sendable {
        let value: String
        let words: String
    }

    struct Row: Sendable {
        let day: String
        let receipt: String
        let receiptPath: String?
        let person: String
        let personPath: String?
        let household: String
        let units: String
        let amount: String
        let usedUpBy: String?
    }

    init(
        _ words: Words,
        _ rehearsed: RehearsedQuota?,
        _ draft: Draft,
        today: Day,
        key: String,
        mayOpen: (String) -> Bool
    ) {
        let language = words.language
        let names = QuotasPage.fields.union(["from", "to"])
        let query = draft.encoded(names)
        self.key = key
        mistakes = draft.mistakes(in: language, fields: names)
        refusal = draft.card(in: language, fields: names)
        back = "/quotas?\(draft.encoded(QuotasPage.fields))#change"
        fields = QuotasPage.fields.sorted().filter { !draft.value($0).isEmpty }
            .map { Hidden(name: $0, value: draft.value($0)) }
        let last = rehearsed?.to ?? today
        from = Field(
            .startsOn,
            draft,
            in: language,
            value: (rehearsed?.from ?? last.adding(months: -3)).iso,
            name: "from",
            type: "date"
        )
        to = Field(.endsOn, draft, in: language, value: last.iso, name: "to", type: "date")
        found = rehearsed.map {
            Found($0, words, query: query, isFirst: draft.value("after").isEmpty, mayOpen)
        }
    }
}

extension RehearsalPage.Found {
    fileprivate init(
        _ rehearsed: RehearsedQuota,
        _ words: Words,
        query: String,
        isFirst: Bool,
        _ mayOpen: (String) -> Bool
    ) {
        let language = words.language
        let (judged, refused) = (rehearsed.judged, rehearsed.refused)
        sentence = rehearsed.preview.rule.sentence(in: language)
        days = words(
            "rehearsal_days",
            ["from": rehearsed.from.printed, "to": rehearsed.to.printed]
        )
        figures = [
            .init(
                value: words.number(refused.tickets),
                words: words("rehearsal_tickets", ["count": words.number(judged.tickets)])
            ),
            .init(
                value: words.number(refused.units),
                words: words("rehearsal_units", ["count": words.number(judged.units)])
            ),
            .init(
                value: Written.cents(Cents(unchecked: refused.cents), in: language),
                words: words(
                    "rehearsal_euros",
                    ["count": Written.cents(Cents(unchecked: judged.cents), in: language)]
                )
            ),
        ]
        rows = rehearsed.items.map { line in
            RehearsalPage.Row(
                day: line.on.printed,
                receipt: line.receipt,
                receiptPath: ["/receipts/\(line.receipt)"].first(where: mayOpen),
                person: line.person,
                personPath: ["/persons/\(line.person)"].first(where: mayOpen),
                household: String(line.household.text.suffix(6)),
                units: words.number(line.units),
                amount: Written.cents(line.cents, in: language),
                usedUpBy: line.usedUpBy
            )
        }
        hasRows = !rows.isEmpty
        isFine = rehearsed.preview.refusal == nil
        cannot = rehearsed.preview.refusal.map { RefusalCard($0, in: language) }
        pager =
            rehearsed.next == nil && isFirst
            ? nil
            : Pager(
                first: isFirst ? nil : "/quotas/rehearsal?\(query)",
                next: rehearsed.next.map {
                    "/quotas/rehearsal?\(query)&after=\(percentEncoded($0))"
                },
                words: words.counted("rehearsal_lines", rows.count)
            )
    }
}
