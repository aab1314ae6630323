import Postgres
import Shop

extension Store {
    /// Finds people by what they have at hand: their code, a voucher, an attestation, a telephone number, or any part of
    /// their names, accents, case, hyphens and apostrophes aside.
    ///
    /// Family names that begin with what was typed come first, then given names; only when there is none, names that
    /// hold each of its words (twelve times dearer; the first thousand). Throws `searchTooShort` when no word has three
    /// letters there. `after` is the last part's `next`; it holds no name, so that none stands in an address.
    public func searchPersons(
        _ typed: String,
        after: String? = nil,
        limit: Int = 20
    ) async throws -> Paged<PersonRow> {
        let limit = min(max(limit, 1), 100)
        let text = try ShortText.optional(typed: typed, field: .search)
        let cursor = after.flatMap(SearchCursor.init)
        return try await transaction { tx in
            if let exact = exactSearch(text) {
                return Paged(items: try persons(exact, in: tx), next: nil)
            }
            let words = try foldedWords(searchedName(text), in: tx)
            let steps = SearchCursor.Step.names.drop { $0 != cursor?.step ?? .family }
            var found: [(PersonRow, SearchCursor.Step)] = []
            for step in steps where step != .anywhere || found.isEmpty {
                if step == .anywhere, cursor != nil, cursor?.step != .anywhere { break }
                try checkLength(words, step)
                let last = step == cursor?.step ? try cursor?.place(in: tx) : nil
                let wanted = limit + 1 - found.count
                let statement = step.statement(words, after: last, limit: wanted)
                found += try persons(statement, in: tx).map { ($0, step) }
                if found.count > limit { break }
            }
            let items = found.prefix(limit)
            let next = found.count > limit ? items.last.map { SearchCursor($1, $0.id).text } : nil
            return Paged(items: items.map(\.0), next: next)
        }
    }

    private func checkLength(_ words: [String], _ step: SearchCursor.Step) throws {
        let least = step == .anywhere ? 3 : 1
        guard words.contains(where: { $0.count >= least }) else {
            throw Refusal(.searchTooShort, ["field": .field(.search), "least": .number(3)])
        }
    }

    /// What is no name: a code of ours or a telephone number.
    private func exactSearch(_ text: String) -> SQL? {
        if let scan = try? Scan(scanned: text) {
            switch scan {
            case .person(let code):
                return
                    "select person_now(id) as person_id, 0 as place from persons where code = \(code.text)"
            case .voucher(let code): return named(by: code)
            case .signedVoucher(let signed): return named(by: signed.statement.code)
            case .completion(let code):
                return
                    "select person_now(person_id) as person_id, 0 as place from completions where code = \(code.digits)"
            case .device, .receipt: break
            }
        }
        guard let phone = try? Phone(typed: text) else { return nil }
        return """
            select distinct person_now(person_id) as person_id, 0 as place from identities where phone <> '' and phone = \(phone.e164)
            """
    }

    private func named(by code: VoucherCode) -> SQL {
        """
        select distinct person_now(n.person_id) as person_id, 0 as place from voucher_persons n join vouchers v on v.id = n.voucher_id
        where v.code = \(code.digits)
        """
    }

    /// The rows of those found, in the order of `place`, then of their names.
    private func persons(_ found: SQL, in tx: Transaction) throws -> [PersonRow] {
        let rows = try tx.query(
            """
            with found as materialized (\(found))
            select \(PersonRow.columns) from found \(PersonRow.joins("found"))
            order by found.place, i.search, p.id limit 101
            """
        )
        return try rows.map { try PersonRow($0) }
    }
}

/// As the columns that are searched are made: hyphens are spaces, apostrophes nothing.
func searchedName(_ typed: String) -> String {
    String(typed.map { "-‐‑–".contains($0) ? " " : $0 }.filter { !"'’ʼ".contains($0) })
}

/// Where the next part of a search begins: the step, and the id of the last person shown.
struct SearchCursor {
    let step: Step
    let last: ID<Person>

    enum Step: String, CaseIterable {
        case exact = "e"
        case family = "f"
        case given = "g"
        case anywhere = "a"

        static let names: [Step] = [.family, .given, .anywhere]
    }

    init(_ step: Step, _ last: ID<Person>) {
        self.step = step
        self.last = last
    }

    /// Nil for what is no cursor: the list begins again.
    init?(_ text: String) {
        guard let step = Step(rawValue: String(text.prefix(1))),
            let last = ID<Person>(String(text.dropFirst()))
        else { return nil }
        self.init(step, last)
    }

    var text: String { step.rawValue + last.text }

    /// Where the last person shown stands in both orders.
    struct Place {
        let id: ID<Person>
        let search: String
        let givenFirst: String
    }

    /// Nil when the person is no longer there: the step begins again.
    func place(in tx: Transaction) throws -> Place? {
        try tx.query("select search, given_first from identities where person_id = \(last)").first
            .map {
                Place(id: last, search: try $0["search"], givenFirst: try $0["given_first"])
            }
    }
}

/// A file that was merged is found under the one that goes on.
private let goesOn: SQL =
    "not exists (select from person_merges m where m.person_id = identities.person_id)"

extension SearchCursor.Step {
    /// Ranges and not `like`: a prepared plan reads them on the index, in its order, and stops at the limit. `last` holds
    /// both orders of the last person's names.
    fileprivate func statement(
        _ words: [String],
        after last: SearchCursor.Place?,
        limit: Int
    ) -> SQL {
        let prefix = words.joined(separator: " ")
        let end = prefix + "\u{10FFFF}"
        switch self {
        case .exact: return "select null::uuid as person_id, 0 as place where false"
        case .family:
            let later = last.map { "and (search, person_id) > (\($0.search), \($0.id))" as SQL }
            return """
                select person_id, row_number() over (order by search, person_id) as place from identities
                where search >= \(prefix) and search < \(end) and \(goesOn) \(later ?? "")
                order by search, person_id limit \(limit)
                """
        case .given:
            let later = last.map {
                "and (given_first, person_id) > (\($0.givenFirst), \($0.id))" as SQL
            }
            return """
                select person_id, row_number() over (order by given_first, person_id) as place from identities
                where given_first >= \(prefix) and given_first < \(end)
                    and not (search >= \(prefix) and search < \(end)) and \(goesOn) \(later ?? "")
                order by given_first, person_id limit \(limit)
                """
        case .anywhere:
            let each = words.map { "search like \(holdsPattern($0))" as SQL }
                .joined(separator: " and ")
            let later = last.map { "where (search, person_id) > (\($0.search), \($0.id))" as SQL }
            return """
                select person_id, row_number() over (order by search, person_id) as place from (
                    select person_id, search from identities where \(each) and \(goesOn) limit 1000) held
                \(later ?? "") order by search, person_id limit \(limit)
                """
        }
    }
}
