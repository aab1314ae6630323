import Postgres
import Shop

/// A machine whose row this transaction has locked: what is read next is current.
struct LockedDevice {
    let id: ID<Device>
    let label: String
    let kind: DeviceKind
    let serial: String
    /// Where it stands.
    let shop: ID<Shop>
    let stay: LastStay?
    /// How it is out of the stock; nil while it is not.
    let removed: DeviceExit?
    /// The slip under which it is on its way; nil while it is not.
    let transit: String?
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

    /// Whether the shop has a machine again that left by the exit `x`.
    static let cameBack: SQL =
        "exists (select from returned_stays r where r.device_id = x.device_id and r.ordinal = x.ordinal)"

    /// How a machine `d` is out of the stock; null while it is not.
    static let removal: SQL = """
        (select r.kind from removals r where r.device_id = d.id and not exists (
            select from removal_reversals v where v.device_id = r.device_id and v.ordinal = r.ordinal))
        """

    /// Where a machine `d` stands: where its last journey `j` ended or it was found after it, or left from while it lasts; where there was none
    /// since its last stay, the shop of that stay; before the first one, whoever took it in.
    static let standsIn: SQL = """
        (case when j.after_stay = coalesce(y.ordinal, 0) then coalesce(j.ended_in, j.shop_id)
              else coalesce(y.shop_id, d.shop_id) end)
        """

    /// Whether a machine `d` is the shop's to count: neither gone, nor on its way.
    static let isInStock: SQL = """
        (x.kind is null or x.kind not in ('sale', 'gift', 'recycling', 'loss') or \(cameBack))
        and \(removal) is null and (j.ordinal is null or j.ended_in is not null)
        """

    /// The open case of a machine `d`; null when it has none.
    static let openCase: SQL = """
        (select c.code from after_sales_cases c where c.device_id = d.id and not exists (
            select from after_sales_ends e where e.device_id = c.device_id and e.ordinal = c.ordinal))
        """

    /// For a machine `d`: its last stay `y`, the exit `x` that ended it, the ticket `s` of till `t`, its last journey `j`.
    static let columns: SQL = """
        y.ordinal, y.shop_id, x.kind as exit, x.left_at, t.code as till, s.number, s.operator,
        \(cameBack) as came_back, \(removal) as removed, \(openCase) as after_sales,
        case when j.ended_in is null then j.code end as transit
        """

    static let joins: SQL = """
        left join lateral (select * from stays where device_id = d.id order by ordinal desc limit 1) y on true
        left join exits x on x.device_id = y.device_id and x.ordinal = y.ordinal
        left join sales s on s.id = x.sale_id left join tills t on t.id = s.till_id
        left join lateral (
            select v.ordinal, v.after_stay, r.code, r.shop_id, r.sent_at, coalesce(f.shop_id, e.shop_id) as ended_in
            from transfer_devices v join transfers r on r.id = v.transfer_id
            left join transfer_ends e on e.device_id = v.device_id and e.ordinal = v.ordinal
            left join transfer_findings f on f.device_id = v.device_id and f.ordinal = v.ordinal
            where v.device_id = d.id order by v.ordinal desc limit 1) j on true
        """
}

extension LockedDevice {
    var stage: DeviceStage {
        DeviceStage(
            stay: stay?.ordinal,
            exit: stay?.exit,
            cameBack: stay?.cameBack ?? false,
            removed: removed != nil,
            inTransit: transit != nil
        )
    }

    /// Throws `deviceInAfterSales` while it has an open case, `deviceInTransit` while it is on its way, `deviceGone` or
    /// `deviceRecycled` when the machine has left for good.
    func checkHere() throws(Refusal) {
        guard afterSales == nil else { throw Refusal(.deviceInAfterSales, facts) }
        if let transit {
            throw Refusal(.deviceInTransit, ["label": .text(label), "code": .text(transit)])
        }
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
            select \(LockedDevice.columns) from devices d \(LastStay.joins) where d.label = \(label)
            """,
        ])
        guard let row = rows[1].first,
            staff.holds(anyOf: .stockWorkers, in: try row["stands_in"])
        else {
            throw Refusal(.deviceUnknown, ["label": .text(String(label.prefix(40)))])
        }
        return try LockedDevice(row)
    }

    /// Locks several machines by ascending id, then reads them; in the order of their labels. Throws `deviceUnknown` for the
    /// first that is not in `shop`.
    func lockDevices(_ labels: [String], in shop: ID<Shop>) throws -> [LockedDevice] {
        let rows = try pipeline([
            "select id from devices where label = any(\(labels)) order by id for no key update",
            """
            select \(LockedDevice.columns) from devices d \(LastStay.joins)
            where d.label = any(\(labels)) order by d.label
            """,
        ])
        let found = try rows[1].map { try LockedDevice($0) }
        let known = Set(found.filter { $0.shop == shop }.map(\.label))
        if let stranger = labels.first(where: { !known.contains($0) }) {
            throw Refusal(.deviceUnknown, ["label": .text(stranger)])
        }
        return found
    }
}

extension LockedDevice {
    fileprivate static let columns: SQL =
        "d.id, d.label, d.kind, d.serial, \(LastStay.standsIn) as stands_in, \(LastStay.columns)"

    fileprivate init(_ row: Row) throws {
        let ordinal: Int? = try row["ordinal"]
        self.init(
            id: try row["id"],
            label: try row["label"],
            kind: try row["kind"],
            serial: try row["serial"],
            shop: try row["stands_in"],
            stay: try ordinal.map { _ in try LastStay(row) },
            removed: try row["removed"],
            transit: try row["transit"],
            afterSales: try row["after_sales"]
        )
    }
}
