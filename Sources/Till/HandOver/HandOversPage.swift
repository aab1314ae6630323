import Shop
import Store

/// The acts: what waits for a signature first, then sheets to be attached, then what is done.
struct HandOversPage: Page {
    static let template = "hand-overs"

    let shop: Choice
    let state: Choice
    let isFiltered: Bool
    /// Nil where the reader opens no terms.
    let termsPath: String?
    let rows: [Row]
    let hasRows: Bool
    let pager: Pager?

    struct Row: Sendable {
        let path: String
        let ticket: String
        let given: String
        let shop: String
        let person: String
        let what: String
        let returned: String?
        let state: Tag
        let signedOn: String?
    }

    init(
        _ words: Words,
        _ part: Paged<HandOverRow>,
        _ draft: Draft,
        shops: [ListedShop],
        after: String?,
        mayOpen: (String) -> Bool
    ) {
        let language = words.language
        let all = [(value: "", words: words("act_list_all"))]
        shop = Choice(
            .shop,
            draft,
            in: language,
            options: all + shops.map { (value: $0.code, words: $0.name) }
        )
        state = Choice(
            .state,
            draft,
            in: language,
            options: all
                + HandOverRow.State.allCases.map {
                    (value: $0.rawValue, words: $0.name(in: language))
                }
        )
        let query = ["shop", "state"].filter { !draft.value($0).isEmpty }
            .map { "\($0)=\(percentEncoded(draft.value($0)))" }.joined(separator: "&")
        isFiltered = !query.isEmpty
        termsPath = ["/hand-over-terms"].first(where: mayOpen)
        rows = part.items.map { Row($0, words) }
        hasRows = !rows.isEmpty
        pager =
            part.next == nil && after == nil
            ? nil
            : Pager(
                first: after.map { _ in query.isEmpty ? "/hand-overs" : "/hand-overs?\(query)" },
                next: part.next.map {
                    "/hand-overs?" + (query.isEmpty ? "" : "\(query)&") + "after=\($0)"
                },
                words: words.counted("act_list_count", rows.count)
            )
    }
}

extension HandOversPage.Row {
    fileprivate init(_ row: HandOverRow, _ words: Words) {
        path = "/hand-overs/\(row.ticket)"
        ticket = row.ticket
        given = row.givenAt.day.printed
        shop = row.shop
        person = row.person
        what =
            row.lineCount == 1
            ? row.what
            : words("act_more", ["what": row.what, "count": words.number(row.lineCount - 1)])
        returned = row.returned == 0 ? nil : words.counted("act_returned", row.returned)
        signedOn = row.signedAt?.day.printed
        state =
            switch row.way {
            case nil: Tag(tone: "warning", icon: "edit", words: words("act_state_waiting"))
            case .paper? where row.state == .sheetMissing:
                Tag(tone: "warning", icon: "file", words: row.state.name(in: words.language))
            case .screen?, .paper?:
                Tag(tone: "done", icon: "done", words: row.way?.name(in: words.language) ?? "")
            case .refused?:
                Tag(
                    tone: "warning",
                    icon: "warning",
                    words: HandOverWay.refused.name(in: words.language)
                )
            }
    }
}
