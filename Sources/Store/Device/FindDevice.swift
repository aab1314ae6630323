import Postgres
import Shop

/// A machine whose row this transaction has locked: what is read next is current.
struct LockedDevice {
    let id: ID<Device>
    let label: String
    let kind: DeviceKind
    let serial: String
    /// Where it stands: the shop of its last stay, before the first one whoever took it in.
    let shop: ID<Shop>
    let stay: LastStay?
    /// How it is out of the stock; nil while it is not.
    let removed: DeviceExit?
    /// Its open case; nil when it has none.
    let afterSales: String?

    var facts: [String: Refusal.Fact] { ["label": .text(label)] }
}

/// The last stay on the shelf and how it ended.
struct LastStay {
    let ordinal: Int
    let shop: ID<Shop>
    let exit: DeviceExit?
    /// The ticket by which it left, and whether it came back.
    let ticket: (receipt: String, at: Instant, operatorCode: String)?
    let cameBack: Bool

    init(_ row: Row) throws {
        ordinal = try row["ordinal"]
        shop = try row["shop_id"]
        exit = try row["exit"]
        cameBack = try row["came_back"]
        let till: String? = try row["till"]
        if let till, let exit {
            let receipt = ReceiptCode(
                till: till,
                kind: exit == .gift ? .gift : .sale,
                number: try row["number"]
            )
            ticket = (receipt.text, try row["left_at"], try row["operator"])
        } else {
            ticket = nil
        }
    }

    /// Whether the shop has a machine `d` again that left by the exit `x`: the ticket was refunded for it, a lot brought
    /// it, another was given in its place, or it was found again.
    static let cameBack: SQL = """
        (exists (select from refund_lines b join sale_lines l using (sale_id, position)
                 where l.sale_id = x.sale_id and l.device_id = d.id)
         or exists (select from batch_devices c where c.device_id = x.device_id and c.after_ordinal = x.ordinal)
         or exists (select from after_sales_cases c join after_sales_ends e using (device_id, ordinal)
                    where c.device_id = x.device_id and c.stay_ordinal = x.ordinal and e.kind = 'exchanged')
         or (x.kind in ('recycling', 'loss') and exists (select from removal_reversals c
             where c.device_id = x.device_id and c.recorded_at >= x.left_at)))
        """

    /// How a machine `d` is out of the stock; null while it is not.
    static let removal: SQL = """
        (select r.kind from removals r where r.device_id = d.id and not exists (
            select from removal_reversals v where v.device_id = r.device_id and v.ordinal = r.ordinal))
        """

    /// The open case of a machine `d`; null when it has none.
    static let openCase: SQL = """
        (select c.code from after_sales_cases c where c.device_id = d.id and not exists (
            select from after_sales_ends e where e.device_id = c.device_id and e.ordinal = c.ordinal))
        """

    /// For a machine `d`: its last stay `y`, the exit `x` that ended it, the ticket `s` of till `t`.
    static let columns: SQL = """
        y.ordinal, y.shop_id, x.kind as exit, x.left_at, t.code as till, s.number, s.operator,
        \(cameBack) as came_back, \(removal) as removed, \(openCase) as after_sales
        """

    static let joins: SQL = """
        left join lateral (select * from stays where device_id = d.id order by ordinal desc limit 1) y on true
        left join exits x on x.device_id = y.device_id and x.ordinal = y.ordinal
        left join sales s on s.id = x.sale_id left join tills t on t.id = s.till_id
        """
}

extension LockedDevice {
    var stage: DeviceStage {
        DeviceStage(
            stay: stay?.ordinal,
            exit: stay?.exit,
            cameBack: stay?.cameBack ?? false,
            removed: removed != nil
        )
    }

    /// Throws `deviceInAfterSales` while it has an open case, `deviceGone` or `deviceRecycled` when the machine has left for
    /// good.
    func checkHere() throws(Refusal) {
        guard afterSales == nil else { throw Refusal(.deviceInAfterSales, facts) }
        guard stage == .left else { return }
        guard removed == nil, let ticket = stay?.ticket else {
            throw Refusal(.deviceRecycled, facts)
        }
        throw Refusal(
            .deviceGone,
            [
                "label": .text(label), "receipt": .text(ticket.receipt), "on": .instant(ticket.at),
                "operator": .text(ticket.operatorCode),
            ]
        )
    }
}

extension Transaction {
    /// Locks the machine of this label, then reads it in a later statement. Throws `deviceUnknown`, for a machine of a shop
    /// where `staff` does not work the stock as for one that is not there.
    func lockDevice(_ label: String, for staff: Staff) throws -> LockedDevice {
        let rows = try pipeline([
            "select id from devices where label = \(label) for no key update",
            """
            select d.id, d.label, d.kind, d.serial, coalesce(y.shop_id, d.shop_id) as stands_in, \(LastStay.columns)
            from devices d \(LastStay.joins) where d.label = \(label)
            """,
        ])
        guard let row = rows[1].first,
            staff.holds(anyOf: .stockWorkers, in: try row["stands_in"])
        else {
            throw Refusal(.deviceUnknown, ["label": .text(String(label.prefix(40)))])
        }
        let ordinal: Int? = try row["ordinal"]
        return LockedDevice(
            id: try row["id"],
            label: try row["label"],
            kind: try row["kind"],
            serial: try row["serial"],
            shop: try row["stands_in"],
            stay: try ordinal.map { _ in try LastStay(row) },
            removed: try row["removed"],
            afterSales: try row["after_sales"]
        )
    }
}
