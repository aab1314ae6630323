import Postgres
public import Shop

/// A gift in the list of acts.
public struct HandOverRow: Codable, Sendable {
    public let ticket: String
    public let sale: ID<Sale>
    public let givenAt: Instant
    public let shop: String
    /// The person’s reference.
    public let person: String
    /// The first article, as the ticket says it.
    public let what: String
    public let lineCount: Int
    public let state: State
    /// Nil while it waits.
    public let signedAt: Instant?
    public let way: HandOverWay?
    /// Units that came back.
    public let returned: Int

    public enum State: String, CaseIterable, Sendable, Codable {
        case waiting
        /// Signed on paper, and no scan of it is kept yet.
        case sheetMissing = "sheet_missing"
        case done

        public func name(in language: Language) -> String {
            switch self {
            case .waiting: language.choose("À signer", "To be signed")
            case .sheetMissing: language.choose("Feuille à joindre", "Sheet to be attached")
            case .done: language.choose("Fait", "Done")
            }
        }
    }

    public init(
        ticket: String,
        sale: ID<Sale>,
        givenAt: Instant,
        shop: String,
        person: String,
        what: String,
        lineCount: Int,
        state: State,
        signedAt: Instant?,
        way: HandOverWay?,
        returned: Int
    ) {
        self.ticket = ticket
        self.sale = sale
        self.givenAt = givenAt
        self.shop = shop
        self.person = person
        self.what = what
        self.lineCount = lineCount
        self.state = state
        self.signedAt = signedAt
        self.way = way
        self.returned = returned
    }
}

extension Store {
    /// What waits for a signature, the last given first; then what was signed on a sheet that is not attached yet, and what
    /// is done, the last signed first. A gift that came back whole before it was signed is in none. `after` is the last part’s `next`.
    public func handOvers(
        in reach: Reach,
        state: HandOverRow.State? = nil,
        after: String? = nil,
        limit: Int = 50
    ) async throws -> Paged<HandOverRow> {
        let limit = min(max(limit, 1), 200)
        let last = after.flatMap(HandOverKey.init)
        let shown = state.map { [$0] } ?? HandOverRow.State.allCases
        return try await transaction { tx in
            var rows: [HandOverRow] = []
            // A key lies behind every part that comes before its own.
            for part in shown.drop(while: {
                $0 != last?.state && shown.contains { $0 == last?.state }
            })
            where rows.count <= limit {
                let before = last?.state == part ? last : nil
                let statement = statement(part, in: reach, before: before, limit + 1 - rows.count)
                rows += try tx.query(statement).map { try HandOverRow($0, part) }
            }
            return Paged(rows, limit: limit) { HandOverKey($0).text }
        }
    }
}

private func statement(
    _ state: HandOverRow.State,
    in reach: Reach,
    before: HandOverKey?,
    _ limit: Int
) -> SQL {
    let columns: SQL = """
        s.id, s.sold_at, s.number, t.code as till, h.code as shop, p.code as person, l.description, s.line_count,
        (select count(*) from refund_lines r where r.sale_id = s.id) as returned
        """
    let joins: SQL = """
        join tills t on t.id = s.till_id join shops h on h.id = s.shop_id join persons p on p.id = s.person_id
        join sale_lines l on l.sale_id = s.id and l.position = 1
        """
    switch state {
    case .waiting:
        let behind =
            before.map {
                "and (s.sold_at, s.id) < (\($0.at)::timestamptz, \($0.sale)::uuid)" as SQL
            }
            ?? ""
        return """
            select \(columns), null::timestamptz as signed_at, null::text as way from sales s \(joins)
            where \(isHandedOver) and \(reach.condition("s.shop_id")) \(behind) and \(somethingStays)
              and not exists (select from hand_overs w where w.sale_id = s.id)
            order by s.sold_at desc, s.id desc limit \(limit)
            """
    case .sheetMissing, .done:
        let behind =
            before.map {
                "and (w.signed_at, w.sale_id) < (\($0.at)::timestamptz, \($0.sale)::uuid)" as SQL
            } ?? ""
        let missing: SQL = state == .sheetMissing ? isSheetMissing : "not \(isSheetMissing)"
        return """
            select \(columns), w.signed_at, w.way from hand_overs w join sales s on s.id = w.sale_id \(joins)
            where \(reach.condition("w.shop_id")) \(behind) and \(missing)
            order by w.signed_at desc, w.sale_id desc limit \(limit)
            """
    }
}

/// What went with an identity is not missed.
private let isSheetMissing: SQL = """
    (w.way = 'paper' and not exists (select from hand_over_sheets a where a.sale_id = w.sale_id)
     and not exists (select from hand_over_erasures a where a.sale_id = w.sale_id))
    """

/// Where a part of the list ends.
private struct HandOverKey {
    let state: HandOverRow.State
    let at: Instant
    let sale: ID<Sale>

    init(_ row: HandOverRow) {
        state = row.state
        at = row.signedAt ?? row.givenAt
        sale = row.sale
    }

    init?(_ text: String) {
        let parts = text.split(separator: "_").map(String.init)
        guard parts.count > 2,
            let state = HandOverRow.State(rawValue: parts.dropLast(2).joined(separator: "_")),
            let at = Instant(iso: parts[parts.count - 2]),
            let sale = ID<Sale>(parts[parts.count - 1])
        else { return nil }
        self.state = state
        self.at = at
        self.sale = sale
    }

    var text: String { "\(state.rawValue)_\(at.iso)_\(sale)" }
}

extension HandOverRow {
    fileprivate init(_ row: Row, _ state: State) throws {
        let code = ReceiptCode(till: try row["till"], kind: .gift, number: try row["number"])
        self.init(
            ticket: code.text,
            sale: try row["id"],
            givenAt: try row["sold_at"],
            shop: try row["shop"],
            person: try row["person"],
            what: try row["description"],
            lineCount: try row["line_count"],
            state: state,
            signedAt: try row["signed_at"],
            way: try row["way"],
            returned: try row["returned"]
        )
    }
}
