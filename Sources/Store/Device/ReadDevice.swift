public import Postgres
public import Shop

/// Everything that a machine's page shows.
public struct DeviceCard: Sendable, Codable {
    public let device: DeviceRow
    public let serial: String
    public let chassis: String
    public let batteryPercent: Int?
    public let screen: String
    /// Whether the law caps its price.
    public let fromPublicBody: Bool
    /// The last lot with which it came; nil when none is known.
    public let batch: String?
    /// What its passport's address holds; nil where it has none.
    public let passport: String?
    public let takenInAt: Instant
    /// Disks in the machine, in the order in which they were fitted.
    public let disks: [FittedDisk]
    /// What is asked of its kind today, and what the last inspection since it is here found of it.
    public let inspection: [Checked]
    /// The version of the list that asks it; nil where its kind has none.
    public let listStartsOn: Day?
    /// That inspection, by the list that it followed; nil when nothing was tried.
    public let lastInspection: LastInspection?
    /// The last since it is here; nil when there is none.
    public let grading: Grading?
    /// What goes with it today, and what the last look since it is here found; by code.
    public let kit: [DeviceKitPart]
    /// What happened to it, the latest first: 200 at most.
    public let history: [DeviceEvent]
    /// Whether more happened before that.
    public let hasEarlier: Bool

    fileprivate static let historyMost = 200

    public struct FittedDisk: Hashable, Sendable, Codable {
        public let id: ID<Disk>
        public let kind: DiskKind
        /// 0 when it was seen and not read.
        public let sizeGB: Int
        public let serial: String
        /// The last checked erasure since the machine is here; nil when it waits for one.
        public let erasure: Erased?
        /// What it last said of its own wear; nil when it said nothing.
        public let health: Health?

        public struct Health: Hashable, Sendable, Codable {
            public let wear: DiskWear
            /// Nil where what it says leads to nothing.
            public let condition: DiskCondition?
            public let recordedAt: Instant
        }

        public struct Erased: Hashable, Sendable, Codable {
            public let at: Instant
            public let method: ErasureMethod
            public let level: ErasureLevel
            public let tool: String
        }
    }

    public struct Checked: Hashable, Sendable, Codable {
        public let item: InspectionItem
        /// Nil when it was not tried since the machine is here.
        public let passed: Bool?
        /// What the fault is; nil where nothing was said.
        public let remark: String?
    }

    public struct LastInspection: Hashable, Sendable, Codable {
        public let at: Instant
        /// The version of its kind's list.
        public let listStartsOn: Day
        public let operatorCode: String
        /// Each item of that version, in its order.
        public let results: [Checked]
    }
}

/// One thing that happened to a machine.
public struct DeviceEvent: Hashable, Sendable, Codable {
    public let at: Instant
    public let kind: Kind
    /// A file's name, a disk, a grade, a receipt: whatever tells this event from others of its kind.
    public let detail: String
    /// The same by the names of its articles; nil where it is of none.
    public let namesFr: String?
    public let namesEn: String?
    /// Who did it, as the journal says it.
    public let operatorCode: String

    public enum Kind: String, CaseIterable, Sendable, Codable {
        case takenIn = "taken_in"
        case fileRead = "file_read"
        case diskRemoved = "disk_removed"
        case erased
        case inspected
        case inspectionFailed = "inspection_failed"
        case graded
        /// Somebody looked which parts of its kit are with it.
        case kitChecked = "kit_checked"
        /// A part of it went back to the stock.
        case kitReturned = "kit_returned"
        case shelved
        case sold
        case given
        /// On its way to another shop.
        case transferred
        /// Ticked off there.
        case arrived
        /// Taken back by who sent it.
        case sentBack = "sent_back"
        case toAfterSales = "to_after_sales"
        case recycled
        case lost
        case repriced
        case withdrawn
        case reserved
        /// With a lot, after it was sold or given.
        case cameAgain = "came_again"
        case foundAgain = "found_again"
        /// The case and how far it came.
        case afterSales = "after_sales"
    }
}

extension DeviceEvent {
    /// What stands there, in the names of its articles where it is of some.
    public func detail(in language: Language) -> String {
        (language == .french ? namesFr : namesEn) ?? detail
    }
}

extension DeviceEvent.Kind: Readable {}

extension Store {
    /// Throws `deviceUnknown`, also for a machine that stands outside `reach`.
    public func device(
        _ label: DeviceLabel,
        in reach: Reach = .everyShop
    ) async throws -> DeviceCard {
        let day = clock.now().day
        return try await transaction { tx in
            let label = label.description
            let rows = try tx.pipeline([
                """
                select \(DeviceRow.columns(on: day)), d.serial, d.chassis, d.battery_percent, d.screen,
                       given_by_public_body(d.id) as from_public_body, d.recorded_at,
                       (select p.token from passports p where p.device_id = d.id) as passport,
                       (select l.code from batch_devices c join batches l on l.id = c.batch_id where c.device_id = d.id
                        order by c.recorded_at desc, c.batch_id desc limit 1) as batch
                from devices d \(DeviceRow.joins(on: day))
                where d.label = \(label) and \(reach.condition(LastStay.standsIn))
                """,
                disks(of: label, on: day), checks(of: label, on: day), events(of: label),
                Grading.last(of: label, since: lifeSince),
                DeviceKitPart.parts(of: label, on: day, since: lifeSince),
                lastInspection(of: label),
            ])
            guard let row = rows[0].first else {
                throw Refusal(.deviceUnknown, ["label": .text(label)])
            }
            let hasHealth = try rows[1].contains { row in
                let at: Instant? = try row["told_at"]
                return at != nil
            }
            let limits = try hasHealth ? tx.diskLimits(on: day) : nil
            return DeviceCard(
                device: try DeviceRow(row),
                serial: try row["serial"],
                chassis: try row["chassis"],
                batteryPercent: try row["battery_percent"],
                screen: try row["screen"],
                fromPublicBody: try row["from_public_body"],
                batch: try row["batch"],
                passport: try row["passport"],
                takenInAt: try row["recorded_at"],
                disks: try rows[1].map { try DeviceCard.FittedDisk($0, limits) },
                inspection: try rows[2].map { try DeviceCard.Checked($0) },
                listStartsOn: try rows[2].first?["starts_on"],
                lastInspection: try DeviceCard.LastInspection(rows[6]),
                grading: try Grading(rows[4]),
                kit: try rows[5].map { try DeviceKitPart($0) },
                history: try rows[3].prefix(DeviceCard.historyMost).map {
                    DeviceEvent(
                        at: try $0["at"],
                        kind: try $0["kind"],
                        detail: try $0["detail"],
                        namesFr: try $0["names_fr"],
                        namesEn: try $0["names_en"],
                        operatorCode: try $0["operator"]
                    )
                },
                hasEarlier: rows[3].count > DeviceCard.historyMost
            )
        }
    }
}

/// The life of a machine `d` that its page shows: the one it is in, or while it is somebody's the one under which it left.
private let lifeSince: SQL = """
    here_since(d.id, coalesce((
        select x.ordinal from exits x
        where x.device_id = d.id and x.ordinal = (select max(ordinal) from stays where device_id = d.id)
          and x.kind in ('sale', 'gift', 'recycling', 'loss')
          and not \(LastStay.cameBack)), 2147483647))
    """

/// Each with the report that says that it is failing, or its last one.
private func disks(of label: String, on day: Day) -> SQL {
    """
    select k.id, k.kind, k.size_gb, k.serial, e.erased_at, e.method, e.level, e.tool, w.passed, w.power_on_hours,
           w.reallocated_sectors, w.pending_sectors, w.percentage_used, w.recorded_at as told_at
    from devices d join device_disks k on k.device_id = d.id and k.removed_at is null
    left join lateral (select * from erasures where disk_id = k.id and verified and erased_at > \(lifeSince)
                       order by erased_at desc limit 1) e on true
    left join lateral (select * from disk_healths where disk_id = any(same_disks(k.id))
                       order by (file_sha256 = failing_report(k.id, \(day))) is true desc, recorded_at desc, file_sha256 limit 1) w
        on true
    where d.label = \(label) order by k.fitted_at, k.id
    """
}

/// The last inspection `n` of a machine `d` since it is here.
private let lastOfThisLife: SQL = """
    (select * from inspections where device_id = d.id and inspected_at > \(lifeSince)
     order by inspected_at desc, id desc limit 1)
    """

private func checks(of label: String, on day: Day) -> SQL {
    """
    select \(InspectionItem.columns), i.starts_on, r.passed, r.remark
    from devices d join inspection_list_items i on i.device_kind = d.kind
     and i.starts_on = inspection_list_on(d.kind, \(day))
    left join lateral \(lastOfThisLife) n on true
    left join inspection_results r on r.inspection_id = n.id and r.item = i.item
    where d.label = \(label) order by i.position
    """
}

private func lastInspection(of label: String) -> SQL {
    """
    select n.inspected_at, n.list_starts_on, coalesce(u.operator, '') as operator, \(InspectionItem.columns), r.passed, r.remark
    from devices d join lateral \(lastOfThisLife) n on true
    join inspection_list_items i on i.device_kind = n.device_kind and i.starts_on = n.list_starts_on
    join inspection_results r on r.inspection_id = n.id and r.item = i.item
    left join users u on u.id = n.recorded_by
    where d.label = \(label) order by i.position
    """
}

private func events(of label: String) -> SQL {
    """
    with d as (select id, recorded_at, recorded_by from devices where label = \(label)),
    events (at, kind, detail, who) as (
        select recorded_at, 'taken_in', '', recorded_by from d
        union all
        select f.imported_at, 'file_read', f.name, f.imported_by from d join hardware_files f on f.device_id = d.id
        union all
        select k.removed_at, 'disk_removed', k.serial, null from d join device_disks k on k.device_id = d.id
        where k.removed_at is not null
        union all
        select e.erased_at, 'erased', e.disk_serial, e.recorded_by
        from d join device_disks k on k.device_id = d.id join erasures e on e.disk_id = k.id
        union all
        select n.inspected_at, case when f.fails then 'inspection_failed' else 'inspected' end, coalesce(f.items, ''),
               n.recorded_by
        from d join inspections n on n.device_id = d.id
        cross join lateral (
            select bool_or(i.must_pass) as fails, string_agg(r.item, ', ' order by i.position) as items
            from inspection_results r
            join inspection_list_items i on i.device_kind = r.device_kind and i.starts_on = r.list_starts_on and i.item = r.item
            where r.inspection_id = n.id and not r.passed) f
        union all
        select g.graded_at, 'graded', g.given, g.recorded_by from d join gradings g on g.device_id = d.id
        union all
        select y.shelved_at, 'shelved', y.grade, y.shelved_by from d join stays y on y.device_id = d.id
        where not exists (select from exits p where p.device_id = y.device_id and p.ordinal = y.previous_ordinal
                          and p.kind = 'repricing')
        union all
        select x.left_at, case x.kind when 'sale' then 'sold' when 'gift' then 'given'
            when 'after_sales' then 'to_after_sales' when 'recycling' then 'recycled' when 'repricing' then 'repriced' when 'withdrawal' then 'withdrawn'
            else 'lost' end,
            coalesce(t.code || case s.kind when 'gift' then '-G-' else '-V-' end || lpad(s.number::text, greatest(6, length(s.number::text)), '0'),
            case x.kind when 'repricing' then (select y.price_cents::text from stays y
                where y.device_id = x.device_id and y.ordinal = x.ordinal + 1) else x.motive end),
            coalesce(s.seller_id, x.left_by)
        from d join exits x on x.device_id = d.id
        left join sales s on s.id = x.sale_id left join tills t on t.id = s.till_id
        where x.kind <> 'transfer'
          and not exists (select from removals r where r.device_id = x.device_id and r.recorded_at = x.left_at)
        union all
        select r.sent_at, 'transferred', r.code || ' · ' || h.name, r.sent_by
        from d join transfer_devices v on v.device_id = d.id join transfers r on r.id = v.transfer_id
        join shops h on h.id = r.to_shop_id
        union all
        select e.ended_at, case e.kind when 'return' then 'sent_back' else 'arrived' end, r.code || ' · ' || h.name, e.ended_by
        from d join transfer_ends e on e.device_id = d.id
        join transfer_devices v on v.device_id = e.device_id and v.ordinal = e.ordinal
        join transfers r on r.id = v.transfer_id join shops h on h.id = e.shop_id
        where e.kind <> 'loss'
        union all
        select f.found_at, 'arrived', r.code || ' · ' || h.name, f.found_by
        from d join transfer_findings f on f.device_id = d.id
        join transfer_devices v on v.device_id = f.device_id and v.ordinal = f.ordinal
        join transfers r on r.id = v.transfer_id join shops h on h.id = f.shop_id
        union all
        select r.recorded_at, case r.kind when 'recycling' then 'recycled' else 'lost' end,
               concat_ws(' · ', nullif(r.collector, ''), nullif(r.slip, ''), r.motive), r.recorded_by
        from d join removals r on r.device_id = d.id
        union all
        select v.recorded_at, 'found_again', v.motive, v.recorded_by from d join removal_reversals v on v.device_id = d.id
        union all
        select c.recorded_at, 'came_again', l.code, c.recorded_by
        from d join batch_devices c on c.device_id = d.id and c.after_ordinal is not null join batches l on l.id = c.batch_id
        union all
        select c.opened_at, 'after_sales', c.code || ' announced', c.opened_by from d join after_sales_cases c on c.device_id = d.id
        union all
        select s.happened_at, 'after_sales', c.code || ' ' || s.kind, s.recorded_by
        from d join after_sales_cases c on c.device_id = d.id join after_sales_steps s on s.case_id = c.id
        union all
        select e.ended_at, 'after_sales', c.code || ' ' || e.kind, e.ended_by
        from d join after_sales_cases c on c.device_id = d.id
        join after_sales_ends e on e.device_id = c.device_id and e.ordinal = c.ordinal
        union all
        select v.made_at, 'reserved', v.until_on::text, v.made_by from d join reservations v on v.device_id = d.id
    ),
    articles (at, kind, who, found, sign_fr, sign_en, code, name_fr, name_en) as (
        select k.checked_at, 'kit_checked', k.checked_by, case c.found when 'present' then '' else c.found || ' ' end,
               case c.found when 'missing' then 'manque\u{A0}: ' when 'stock' then 'pris au stock\u{A0}: ' else '' end,
               case c.found when 'missing' then 'missing: ' when 'stock' then 'from stock: ' else '' end,
               p.code, p.name_fr, p.name_en
        from d join kit_checks k on k.device_id = d.id
        join kit_check_parts c on c.device_id = k.device_id and c.ordinal = k.ordinal join products p on p.id = c.product_id
        union all
        select r.returned_at, 'kit_returned', r.returned_by, '', '', '', p.code, p.name_fr, p.name_en
        from d join kit_returns r on r.device_id = d.id join products p on p.id = r.product_id)
    select e.at, e.kind, e.detail, e.names_fr, e.names_en, coalesce(u.operator, '') as operator
    from (select at, kind, detail, who, null as names_fr, null as names_en from events
          union all
          select at, kind, string_agg(found || code, ', ' order by code), who,
                 string_agg(sign_fr || name_fr, ', ' order by code), string_agg(sign_en || name_en, ', ' order by code)
          from articles group by at, kind, who) e
    left join users u on u.id = e.who order by e.at desc, e.kind
    limit \(DeviceCard.historyMost + 1)
    """
}

extension Transaction {
    fileprivate func diskLimits(on day: Day) throws -> DiskLimits {
        DiskLimits(
            watchPercent: try number("disk_watch_percent", on: day),
            replacePercent: try number("disk_replace_percent", on: day),
            replaceSectors: try number("disk_replace_sectors", on: day)
        )
    }
}

extension DeviceCard.Checked {
    init(_ row: Row) throws {
        let said: String? = try row["remark"]
        self.init(
            item: try InspectionItem(row),
            passed: try row["passed"],
            remark: said.flatMap { $0.isEmpty ? nil : $0 }
        )
    }
}

extension DeviceCard.LastInspection {
    /// Rows of one inspection, one an item; nil when there is none.
    fileprivate init?(_ rows: Rows) throws {
        guard let row = rows.first else { return nil }
        self.init(
            at: try row["inspected_at"],
            listStartsOn: try row["list_starts_on"],
            operatorCode: try row["operator"],
            results: try rows.map { try DeviceCard.Checked($0) }
        )
    }
}

extension DeviceCard.FittedDisk {
    /// - Parameter limits: nil where no disk said anything.
    init(_ row: Row, _ limits: DiskLimits?) throws {
        id = try row["id"]
        kind = try row["kind"]
        sizeGB = try row["size_gb"]
        serial = try row["serial"]
        let erasedAt: Instant? = try row["erased_at"]
        erasure = try erasedAt.map {
            Erased(
                at: $0,
                method: try row["method"],
                level: try row["level"],
                tool: try row["tool"]
            )
        }
        let toldAt: Instant? = try row["told_at"]
        health = try toldAt.map { at in
            let wear = DiskWear(
                passed: try row["passed"],
                powerOnHours: try row["power_on_hours"],
                reallocatedSectors: try row["reallocated_sectors"],
                pendingSectors: try row["pending_sectors"],
                percentageUsed: try row["percentage_used"]
            )
            return Health(
                wear: wear,
                condition: limits.flatMap { wear.condition(within: $0) },
                recordedAt: at
            )
        }
    }
}

extension DeviceEvent.Kind {
    public func words(in language: Language) -> String {
        switch self {
        case .takenIn: language.choose("Entré au stock", "Taken in")
        case .fileRead: language.choose("Fiche lue", "File read")
        case .diskRemoved: language.choose("Disque retiré", "Disk taken out")
        case .erased: language.choose("Disque effacé", "Disk erased")
        case .inspected: language.choose("Contrôle réussi", "Inspection passed")
        case .inspectionFailed: language.choose("Contrôle échoué", "Inspection failed")
        case .graded: language.choose("Classé", "Graded")
        case .kitChecked: language.choose("Ce qui va avec", "What goes with it")
        case .kitReturned: language.choose("Article remis au stock", "Article back in stock")
        case .shelved: language.choose("Mis en rayon", "Shelved")
        case .sold: language.choose("Vendu", "Sold")
        case .given: language.choose("Attribué gratuitement", "Given")
        case .transferred: language.choose("Parti vers un autre espace", "Sent to another shop")
        case .arrived: language.choose("Arrivé dans l’espace", "Arrived in the shop")
        case .sentBack:
            language.choose("Repris par l’espace de départ", "Taken back by the sending shop")
        case .toAfterSales: language.choose("Envoyé au service après-vente", "Sent to after-sales")
        case .recycled: language.choose("Recyclé", "Recycled")
        case .lost: language.choose("Perdu", "Lost")
        case .repriced: language.choose("Prix changé", "Price changed")
        case .withdrawn: language.choose("Retiré du rayon", "Taken off the shelf")
        case .reserved: language.choose("Réservé", "Reserved")
        case .cameAgain: language.choose("Revenu avec un lot", "Came again with a lot")
        case .foundAgain: language.choose("Remis au stock", "Back in stock")
        case .afterSales: language.choose("Service après-vente", "After-sales")
        }
    }
}
