import Foundation
import Postgres
public import Shop

extension Store {
    /// Refunds units of a ticket: a mirror entry, the original untouched, never more than remains. A machine goes to
    /// quarantine: it is off the shelf until inspected and erased anew. Right and quota are back from this day,
    /// where the rule of that reason gives them back. Open cases of after-sales of what comes back end with it.
    ///
    /// A code of the vault that nobody was shown is free again; one that somebody was shown is disputed and never is, and comes back
    /// once another person wrote the operator's proof down. Codes come back in the shop of their vault.
    ///
    /// Locks the person and the household whose uses it gives back, the original's claim, its machines, the stock levels,
    /// then the chain's head. Throws `saleUnknown`, also for a ticket of a shop where `staff` does not sell,
    /// `afterSalesEnded` and `afterSalesNotNow` for a case that may not be refunded, `drawerClosed`, `dayUnclosed`, `refundTooMuch`, `refundCashShort`.
    public func giveBack(_ request: RefundRequest, key: ID<Claim>, by staff: Staff) async throws
        -> ID<Refund>
    {
        let place = try staff.place()
        return try await counting(at: place.shop) {
            try await sealing("refund", key: key, input: request, by: staff) { tx, now in
                let read = try Original(tx, request.sale, at: place, for: staff)
                if let code = request.afterSales {
                    try tx.lockCase(.typed(code), for: staff).check(.refund)
                }
                let at = max(now, read.head.lastAt)
                let drawer = try OpenDrawer(read.drawer, of: place, at: at)
                let units = try unitsBack(
                    request,
                    of: read.sale,
                    returned: read.returned,
                    receipt: read.receipt.text,
                    on: at.day
                )
                guard
                    read.sale.shop == place.shop
                        || !units.contains(where: { read.codes[SoldUnit($0)] != nil })
                else { throw Refusal(.rechargeRefundElsewhere) }
                let total = units.map(\.amount).sum()
                let means = total == .zero ? nil : request.means
                if means == .cash { try read.checkCash(covers: total) }
                let refund = RefundRecord(
                    id: newID(),
                    key: key,
                    sale: read.sale.id,
                    ordinal: read.ordinal + 1,
                    till: place.id,
                    shop: place.shop,
                    drawer: drawer.ordinal,
                    link: read.head.next(.refund, at: at),
                    businessOn: drawer.businessOn,
                    seller: staff.id,
                    operatorCode: staff.operatorCode,
                    reason: request.reason.rawValue,
                    means: means,
                    total: total,
                    tax: units.map(\.tax).sum(),
                    software: softwareVersion,
                    units: units
                )
                let entry = try seal(refund.canonical, refund.link, after: read.head.hash)
                _ = try tx.pipeline(
                    entry.statements + writes(refund, of: read.sale, codes: read.codes)
                )
                return (refund.id, entry)
            }
        }
    }

    private func writes(
        _ refund: RefundRecord,
        of sale: SaleRecord,
        codes: [SoldUnit: LeftCode]
    ) -> [SQL] {
        let insert: SQL = """
            insert into refunds (id, key, sale_id, ordinal, till_id, shop_id, drawer_ordinal, chain_id, position, number,
                                 refunded_at, business_on, seller_id, operator, reason, means, total_cents, vat_cents,
                                 line_count, software)
            values (\(refund.id), \(refund.key), \(refund.sale), \(refund.ordinal), \(refund.till), \(refund.shop),
                    \(refund.drawer), \(refund.link.chain), \(refund.link.position), \(refund.link.number),
                    \(refund.link.at), \(refund.businessOn), \(refund.seller), \(refund.operatorCode),
                    \(refund.reason), \(refund.means?.rawValue ?? "none"), \(refund.total), \(refund.tax),
                    \(refund.units.count), \(refund.software))
            """
        let units: [SQL] = refund.units.map { unit in
            """
            insert into refund_lines (sale_id, position, unit, refund_id, amount_cents, vat_cents, value_cents, returned_on,
                                      gives_right_back)
            values (\(unit.sale), \(unit.position), \(unit.unit), \(refund.id), \(unit.amount), \(unit.tax),
                    \(unit.value), \(unit.returnedOn),
                    gives_right_back(\(refund.reason), \(unit.returnedOn)))
            """
        }
        let backCodes = refund.units.compactMap { codes[SoldUnit($0)] }
        let fates = backCodes.map { $0.statement(in: refund) }
        let counted = Dictionary(
            grouping: refund.units.filter { sale.lines[$0.position - 1].device == nil },
            by: { sale.lines[$0.position - 1].product }
        )
        let movements: [SQL] = counted.sorted { $0.key < $1.key }.flatMap {
            product,
            units -> [SQL] in
            func movement(_ count: Int, _ kind: String) -> SQL {
                """
                insert into stock_movements (id, shop_id, product_id, units, kind, sale_id, moved_at, moved_by)
                values (\(newID(StockMovement.self)), \(refund.shop), \(product), \(count), \(kind),
                        \(refund.sale), \(refund.link.at), \(refund.seller))
                """
            }
            // What does not work came back and is lost at once, as is a code that somebody was shown. A code that nobody was
            // shown does not fail.
            let lost = units.count { unit in
                codes[SoldUnit(unit)].map(\.isSpent) ?? !refund.returnsToShelf
            }
            let free = units.count - lost
            var statements = [movement(units.count, "refund")]
            if lost > 0 { statements.append(movement(-lost, "loss")) }
            if free > 0 {
                statements.append(
                    """
                    insert into stock_levels (shop_id, product_id, free) values (\(refund.shop), \(product), \(free))
                    on conflict (shop_id, product_id) do update set free = stock_levels.free + excluded.free
                    """
                )
            }
            return statements
        }
        return [insert] + units + fates + movements + [endCases(of: refund)]
    }
}

/// A unit of a line of a ticket.
private struct SoldUnit: Hashable {
    let position: Int
    let unit: Int

    init(_ unit: RefundRecord.Unit) {
        position = unit.position
        self.unit = unit.unit
    }

    init(_ row: Row) throws {
        position = try row["position"]
        unit = try row["unit"]
    }
}

/// A code that left with a ticket.
private struct LeftCode {
    let id: ID<RechargeCode>
    let ordinal: Int
    /// Somebody was shown it, or it does not open: it is sold to nobody else.
    let isSpent: Bool

    init(_ row: Row) throws {
        id = try row["code_id"]
        ordinal = try row["ordinal"]
        isSpent = try row["spent"]
    }

    /// What becomes of it.
    func statement(in refund: RefundRecord) -> SQL {
        isSpent
            ? """
            insert into code_disputes (code_id, ordinal, refund_id, disputed_at)
            values (\(id), \(ordinal), \(refund.id), \(refund.link.at))
            """
            : """
            insert into code_returns (code_id, ordinal, refund_id, returned_at)
            values (\(id), \(ordinal), \(refund.id), \(refund.link.at))
            """
    }
}

/// What comes back is no longer looked at for whoever had it.
private func endCases(of refund: RefundRecord) -> SQL {
    """
    insert into after_sales_ends (device_id, ordinal, kind, refund_id, ended_at, ended_by)
    select c.device_id, c.ordinal, 'refunded', b.refund_id, \(refund.link.at), \(refund.seller)
    from refund_lines b join sale_lines l using (sale_id, position)
    join after_sales_cases c on c.device_id = l.device_id and c.stay_ordinal = l.stay_ordinal
    where b.refund_id = \(refund.id) and not exists (
        select from after_sales_ends e where e.device_id = c.device_id and e.ordinal = c.ordinal)
    """
}

/// The ticket that comes back, locked with all that it moves, and the drawer that pays.
private struct Original {
    let head: ChainHead
    /// `drawerNow`.
    let drawer: Rows
    let sale: SaleRecord
    let receipt: ReceiptCode
    /// Units that came back before, by line.
    let returned: [Int: Set<Int>]
    /// Codes that left with it, by line and unit.
    let codes: [SoldUnit: LeftCode]
    /// How many refunds it has.
    let ordinal: Int
    /// What should be in the drawer in cash.
    private let cash: Int64

    /// Throws `saleUnknown`.
    init(
        _ tx: Transaction,
        _ id: ID<Sale>,
        at place: TillPlace,
        for staff: Staff
    ) throws {
        var trip = Trip()
        _ = trip.add(refundLocks(id, in: place.shop))
        let headRow = trip.add(headLock(of: place.id))
        let drawerRow = trip.add(drawerNow(of: place.id))
        let ticket = trip.add(SaleRows.statements("s.id = \(id)"))
        let lines = trip.add(
            """
            select l.position, l.unit, (select max(ordinal) from refunds r where r.sale_id = l.sale_id) as ordinal
            from refund_lines l where l.sale_id = \(id)
            """
        )
        let till = trip.add(
            "select code from tills where id = (select till_id from sales where id = \(id))"
        )
        let money = trip.add(drawerCash(of: place.id))
        let codeRows = trip.add(
            """
            select x.position, x.unit, x.code_id, x.ordinal,
                   exists (select from code_reveals r where r.code_id = x.code_id and r.ordinal = x.ordinal)
                   or exists (select from code_alarms a where a.code_id = x.code_id) as spent
            from code_exits x where x.sale_id = \(id)
            """
        )
        let rows = try tx.pipeline(trip.statements)
        self.head = try ChainHead(rows[headRow])
        guard let sale = try SaleRows.records(Array(rows[ticket])).first,
            staff.holds(anyOf: .sellers, in: sale.shop)
        else {
            throw Refusal(.saleUnknown, ["receipt": .text(String(id.text.prefix(8)))])
        }
        self.sale = sale
        self.drawer = rows[drawerRow]
        self.receipt = ReceiptCode(
            till: try rows[till][0]["code"],
            kind: sale.kind.receipt,
            number: sale.link.number
        )
        var returned: [Int: Set<Int>] = [:]
        for row in rows[lines] {
            returned[try row["position"], default: []].insert(try row["unit"])
        }
        self.returned = returned
        self.codes = try Dictionary(
            uniqueKeysWithValues: rows[codeRows].map { (try SoldUnit($0), try LeftCode($0)) }
        )
        self.ordinal = try rows[lines].first?["ordinal"] ?? 0
        self.cash = try rows[money][0]["cents"] ?? 0
    }

    /// Throws `refundCashShort`.
    func checkCash(covers total: Cents) throws(Refusal) {
        guard total.count <= cash else {
            throw Refusal(
                .refundCashShort,
                ["free": .cents(Cents(unchecked: max(0, cash))), "asked": .cents(total)]
            )
        }
    }
}

/// Person, household, original's claim, machines, stock levels: five statements, in the one lock order.
func refundLocks(_ sale: ID<Sale>, in shop: ID<Shop>) -> [SQL] {
    [
        """
        select id from persons where id = (select person_id from sales where id = \(sale)) for no key update
        """,
        """
        select id from households where id = (select household_id from sales where id = \(sale)) for no key update
        """,
        "select key from claims where key = (select key from sales where id = \(sale)) for no key update",
        """
        select id from devices where id in (select device_id from sale_lines where sale_id = \(sale))
        order by id for no key update
        """,
        """
        select product_id from stock_levels
        where shop_id = \(shop) and product_id in (select product_id from sale_lines where sale_id = \(sale))
        order by product_id for no key update
        """,
    ]
}
