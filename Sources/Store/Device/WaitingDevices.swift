import Postgres
import Shop

/// Machines of the stock with what each waits for and since when: what a board counts and a filtered list shows.
struct WaitingDevices {
    let day: Day
    let reach: Reach
    /// Only those of a stage; nil for all.
    var stage: DeviceStage?
    /// What else holds of a machine `d`.
    var condition: SQL = "true"

    /// Machines `d` that the shop has in its hands; of the stage alone, where few others are looked at.
    static func source(_ stage: DeviceStage?) -> SQL {
        let side: SQL =
            switch stage {
            case .onShelf: " and m.on_shelf"
            case .inWork, .inTransit: " and not m.on_shelf"
            case .left, nil: ""
            }
        return "waiting_devices m join devices d on d.id = m.device_id\(side)"
    }

    /// Rows `id`, `step` as `DeviceStep` decides it, `since`. What left and waits for nothing is not among them.
    var rows: SQL {
        let isReached: SQL =
            reach == .everyShop ? "true" : oneByOne(reach.condition(LastStay.standsIn))
        let isChosen: SQL = stage.map { oneByOne($0.condition) } ?? "true"
        return """
            select d.id, w.step,
                   case w.step when 'in_after_sales' then \(Self.broughtAt)
                               when 'in_transit' then \(Self.sentAt)
                               when 'to_withdraw' then \(toldAt)
                               when 'for_sale' then \(Self.shelvedAt)
                               when 'reserved' then \(Self.shelvedAt)
                               else \(Self.inWorkSince) end as since
            from \(Self.source(stage)) \(LastStay.joins)
            left join reservations v on v.device_id = d.id and v.ended_at is null and v.until_on >= \(day)
            cross join lateral (
                select case when not m.on_shelf and \(DeviceStage.inWork.condition) then here_since(d.id) end as since offset 0) b
            cross join lateral (select case
                when m.on_shelf and \(hasComplaint) and failing_disk(d.id, \(day)) is not null then 'to_withdraw'
                when m.on_shelf then case when v.until_on is null then 'for_sale' else 'reserved' end
                when \(DeviceStage.left.condition) then case when \(LastStay.openCase) is not null then 'in_after_sales' end
                when \(DeviceStage.inTransit.condition) then 'in_transit'
                when not passed_inspection(d.id, \(day), b.since) or failing_disk(d.id, \(day)) is not null then 'to_inspect'
                when not all_erased(d.id, b.since) then 'to_erase'
                else coalesce(
                    case when is_graded(d.kind, \(day)) then case coalesce(given_grade(d.id, b.since), 'none')
                        when 'none' then 'to_grade' when 'unsellable' then 'unsellable' end end,
                    case when missing_part(d.id, \(day), b.since) is not null then 'to_complete' end,
                    'to_shelve') end as step offset 0) w
            where \(isReached) and \(isChosen) and \(condition) and w.step is not null
            """
    }

    /// Whether a report ever complained of a disk in it: asked once for all.
    private var hasComplaint: SQL { "d.id in (select complained_of(\(day)))" }

    private var toldAt: SQL {
        """
        (select max(h.recorded_at) from disk_healths h
         where h.file_sha256 = failing_report(failing_disk(d.id, \(day)), \(day)))
        """
    }

    private static let broughtAt: SQL =
        "(select max(c.opened_at) from after_sales_cases c where c.device_id = d.id)"

    private static let sentAt: SQL = """
        (select max(r.sent_at) from transfer_devices k join transfers r on r.id = k.transfer_id where k.device_id = d.id)
        """

    /// A price that changed is no new beginning.
    private static let shelvedAt: SQL = """
        (select max(n.shelved_at) from stays n where n.device_id = d.id and not exists (
            select from exits p where p.device_id = n.device_id and p.ordinal = n.previous_ordinal and p.kind = 'repricing'))
        """

    /// Since it was taken in, or came back: off the shelf, by a refund, a lot, an exchange, or found again.
    private static let inWorkSince: SQL = """
        greatest(d.recorded_at, nullif(b.since, '-infinity'),
                 (select max(c.recorded_at) from batch_devices c where c.device_id = d.id and c.after_ordinal is not null),
                 (select max(e.ended_at) from after_sales_ends e where e.device_id = d.id and e.kind = 'exchanged'),
                 (select max(c.recorded_at) from removal_reversals c where c.device_id = d.id))
        """
}
