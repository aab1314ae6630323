import Foundation
import Postgres
public import Shop

/// A file of accounting entries that was written (FEC, article A47 A-1 of the LPF).
public struct FecExport: Codable, Sendable {
    /// `732829320FEC20261231.txt`.
    public let name: String
    public let from: Day
    public let to: Day
    public let days: Int
    public let entries: Int
    public let lines: Int
    public let debitCents: Int64
    public let creditCents: Int64
}

extension Store {
    /// The books of the days that are closed from one day to another, one entry a day and till, as a FEC; checked before it is given.
    /// An entry's number is its till and the rank of its day there, so that it is the same in every export. Throws `associationOnly`,
    /// `periodReversed`, `fecFaulty`.
    public func fec(from: Day, to: Day, by staff: Staff) async throws -> (
        export: FecExport, bytes: [UInt8]
    ) {
        try staff.checkHoldsEverywhere(.archivists)
        guard from <= to else {
            throw Refusal(.periodReversed, ["from": .day(from), "to": .day(to)])
        }
        let (books, chart, siret) = try await reports.transaction { tx in
            (
                try tx.dayBooks(from: from, to: to), try tx.chartOfAccounts(),
                try Siret(typed: tx.query("select siret from association")[0]["siret"])
            )
        }
        var bytes = FecFile.header
        var entries = 0
        do throws(AccountingFault) {
            for (rank, book) in books {
                let number = try EntryNumber("\(book.till)-\(rank)")
                guard let entry = try book.entry(number: number, chart) else { continue }
                entries += 1
                bytes += FecFile.bytes(of: entry)
            }
        } catch {
            throw Refusal(.fecFaulty, ["text": .text(error.words(in: staff.language))])
        }
        let check = FecCheck(bytes, within: from...to)
        // Days without a sale are a file of its header alone.
        let faults = check.faults.filter { entries > 0 || $0.code != .fileEmpty }
        if let fault = faults.first {
            throw Refusal(.fecFaulty, ["text": .text(fault.words(in: staff.language))])
        }
        let export = FecExport(
            name: FecFile.name(siret, closesOn: to),
            from: from,
            to: to,
            days: books.count,
            entries: check.entries,
            lines: check.lines,
            debitCents: check.debitCents,
            creditCents: check.creditCents
        )
        return (export, bytes)
    }

    /// Notes in the journal that the books left the house.
    public func noteFec(_ export: FecExport, key: ID<Claim>, by staff: Staff) async throws {
        try staff.checkHoldsEverywhere(.archivists)
        let detail = "\(export.from.iso) \(export.to.iso) \(export.entries) \(export.debitCents)"
        _ = try await sealing("export-fec", key: key, input: detail, by: staff) { tx, now in
            let entry = try record(
                .exported,
                "fec",
                detail,
                at: nil,
                by: staff.id,
                now: now,
                in: tx
            )
            return (true, entry)
        }
    }

    /// Sets to which account something is booked from a day on. Throws `changeAlreadyDated`, `associationOnly`.
    public func setAccount(
        _ role: AccountRole,
        _ account: AccountCode,
        label: ShortText,
        startsOn: Day,
        key: ID<Claim>,
        by staff: Staff
    ) async throws {
        try staff.checkHoldsEverywhere(.archivists)
        let input = [role.rawValue, account.text, label.text, startsOn.iso]
        _ = try await command("set-account", key: key, input: input, by: staff) { tx, now in
            try tx.execute(
                """
                insert into accounts (role, starts_on, account, label, recorded_at, recorded_by)
                values (\(role), \(startsOn), \(account.text), \(label.text), \(now), \(staff.id))
                """
            )
            return true
        }
    }

    /// Every account that ever was or will be booked to, by role, the latest first.
    public func accounts() async throws -> [AccountRow] {
        try await transaction { tx in
            try tx.query(
                "select role, starts_on, account, label from accounts order by role, starts_on desc"
            ).map { row in
                AccountRow(
                    role: try row["role"],
                    startsOn: try row["starts_on"],
                    account: try row["account"],
                    label: try row["label"]
                )
            }
        }
    }
}

/// Where something is booked from a day on.
public struct AccountRow: Codable, Sendable {
    public let role: AccountRole
    public let startsOn: Day
    public let account: String
    public let label: String
}

extension Transaction {
    fileprivate func chartOfAccounts() throws -> ChartOfAccounts {
        ChartOfAccounts(
            try query("select role, starts_on, account, label from accounts").map { row in
                ChartOfAccounts.Row(
                    role: try row["role"],
                    startsOn: try row["starts_on"],
                    account: .init(
                        code: try AccountCode(typed: row["account"]),
                        label: try row["label"]
                    )
                )
            }
        )
    }

    /// By day, then by till, each with its rank among the days of its till of which something is booked.
    fileprivate func dayBooks(from: Day, to: Day) throws -> [(rank: Int, book: DayBook)] {
        let here: SQL = "p.period = 'day' and p.ends_on between \(from) and \(to)"
        let rows = try pipeline([
            """
            select p.till_id, p.ends_on, t.code, p.closed_at, e.number, p.rank, coalesce(d.carried, 0)::bigint as carried
            from (select p.*, row_number() over (partition by p.till_id order by p.ends_on)::int as rank
                  from period_closings p where p.period = 'day' and p.ends_on <= \(to) and (
                      exists (select from period_closing_means m where m.till_id = p.till_id and m.period = 'day'
                              and m.ends_on = p.ends_on and m.in_cents + m.out_cents > 0)
                      or exists (select from cash_moves v where v.chain_id = p.chain_id and v.kind <> 'opened'
                                 and v.position between p.first_position and p.last_position)
                      or exists (select from drawers d where d.chain_id = p.chain_id and d.carried_cents <> 0
                                 and d.position between p.first_position and p.last_position)
                      or exists (select from closings c where c.chain_id = p.chain_id and c.reason <> ''
                                 and c.position between p.first_position and p.last_position))) p
            join tills t on t.id = p.till_id
            join journal_entries e on e.chain_id = p.chain_id and e.position = p.position
            cross join lateral (
                select sum(d.carried_cents) as carried from drawers d
                where d.chain_id = p.chain_id and d.position between p.first_position and p.last_position) d
            where \(here) order by p.ends_on, t.code
            """,
            """
            select t.till_id, t.ends_on, t.kind, t.rate, sum(t.sold)::bigint as sold, sum(t.sold_vat)::bigint as sold_vat,
                   sum(t.back)::bigint as back, sum(t.back_vat)::bigint as back_vat
            from (select p.till_id, p.ends_on, a.kind, l.vat_rate_bp as rate, l.person_cents as sold, l.vat_cents as sold_vat, 0 as back, 0 as back_vat
                  from period_closings p
                  join sales s on s.chain_id = p.chain_id and s.position between p.first_position and p.last_position
                  join sale_lines l on l.sale_id = s.id join products a on a.id = l.product_id
                  where s.kind = 'sale' and \(here)
                  union all
                  select p.till_id, p.ends_on, a.kind, l.vat_rate_bp, 0, 0, b.amount_cents, b.vat_cents
                  from period_closings p
                  join refunds r on r.chain_id = p.chain_id and r.position between p.first_position and p.last_position
                  join sales s on s.id = r.sale_id and s.kind = 'sale'
                  join refund_lines b on b.refund_id = r.id
                  join sale_lines l on l.sale_id = b.sale_id and l.position = b.position
                  join products a on a.id = l.product_id where \(here)) t
            group by 1, 2, 3, 4 order by 1, 2, 3, 4
            """,
            """
            select m.till_id, m.ends_on, m.means, m.in_cents, m.out_cents
            from period_closings p join period_closing_means m using (till_id, period, ends_on) where \(here)
            order by m.means
            """,
            """
            select p.till_id, p.ends_on, v.kind, v.motive, sum(v.amount_cents)::bigint as cents
            from period_closings p
            join cash_moves v on v.chain_id = p.chain_id and v.position between p.first_position and p.last_position
            where v.kind <> 'opened' and \(here) group by 1, 2, 3, 4 order by 3, 4
            """,
            """
            select p.till_id, p.ends_on, sum(c.cash_counted_cents - c.cash_expected_cents)::bigint as cash,
                   sum(c.card_counted_cents - c.card_expected_cents)::bigint as card,
                   sum(c.cheque_counted_cents - c.cheque_expected_cents)::bigint as cheque
            from period_closings p
            join closings c on c.chain_id = p.chain_id and c.position between p.first_position and p.last_position
            where \(here) group by 1, 2
            """,
        ])
        let goods = try Dictionary(grouping: rows[1]) { try BookName($0) }
        let means = try Dictionary(grouping: rows[2]) { try BookName($0) }
        let moves = try Dictionary(grouping: rows[3]) { try BookName($0) }
        let differences = try Dictionary(grouping: rows[4]) { try BookName($0) }
        return try rows[0].map { row in
            let name = try BookName(row)
            let code: String = try row["code"]
            let closedAt: Instant = try row["closed_at"]
            let book = DayBook(
                till: code,
                day: try row["ends_on"],
                closing: ClosingSlip.number(try row["number"], of: code),
                closedOn: closedAt.day,
                goods: try (goods[name] ?? []).map { row in
                    let kind: String = try row["kind"]
                    guard let role = AccountRole(rawValue: "sales_" + kind) else {
                        preconditionFailure("no account for \(kind)")
                    }
                    return DayBook.Goods(
                        role: role,
                        rate: try row["rate"],
                        soldCents: try row["sold"],
                        soldTaxCents: try row["sold_vat"],
                        backCents: try row["back"],
                        backTaxCents: try row["back_vat"]
                    )
                },
                means: try (means[name] ?? []).map { try PeriodClosingRecord.MeansTotal($0) },
                moves: try (moves[name] ?? []).map { row in
                    DayBook.Move(
                        kind: try row["kind"],
                        motive: try row["motive"],
                        cents: try row["cents"]
                    )
                },
                carriedCents: try row["carried"],
                differences: try (differences[name] ?? []).flatMap { row in
                    try [
                        ("cash", AccountRole.cash), ("card", .card), ("cheque", .cheque),
                    ].compactMap { column, role -> DayBook.Difference? in
                        let cents: Int64 = try row[column]
                        return cents == 0 ? nil : DayBook.Difference(means: role, cents: cents)
                    }
                }
            )
            return (try row["rank"], book)
        }
    }
}

private struct BookName: Hashable {
    let till: ID<Till>
    let endsOn: Day

    init(_ row: Row) throws {
        till = try row["till_id"]
        endsOn = try row["ends_on"]
    }
}
