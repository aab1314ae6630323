import Postgres
public import Shop

/// What has happened today, and what waits.
public struct Today: Sendable {
    public let tickets: Int
    /// What persons paid, refunds deducted; nil when more went back than came in.
    public let taken: Cents?
    public let vouchers: Int
    public let devicesOnShelf: Int
    /// Taken in and never shelved, or come back and not shelved anew: what `DeviceStage` calls in work.
    public let devicesToPrepare: Int
    public let runsUnderWay: Int
    public let finishedThisMonth: Int
}

extension Store {
    /// Figures of one shop, of all when none is given; runs and completions are the association's.
    public func readToday(in shop: ID<Shop>?) async throws -> Today {
        let day = clock.now().day
        return try await transaction { tx in
            let row = try tx.query(
                """
                select
                  (select count(*) from sales where business_on = \(day)
                     and (\(shop)::uuid is null or shop_id = \(shop))) as tickets,
                  (select coalesce(sum(total_cents), 0) from sales where business_on = \(day)
                     and (\(shop)::uuid is null or shop_id = \(shop)))
                  - (select coalesce(sum(total_cents), 0) from refunds where business_on = \(day)
                     and (\(shop)::uuid is null or shop_id = \(shop))) as taken,
                  (select count(*) from vouchers
                     where recorded_at >= (\(day)::date::timestamp at time zone 'Europe/Paris')
                       and recorded_at < (\(day.adding(days: 1))::date::timestamp at time zone 'Europe/Paris'))
                    as vouchers,
                  (select count(*) from stays s left join exits x using (device_id, ordinal)
                     where x.device_id is null
                     and (\(shop)::uuid is null or s.shop_id = \(shop))) as shelf,
                  (select count(*) from devices d where not exists (select from stays where device_id = d.id)
                     and (\(shop)::uuid is null or d.shop_id = \(shop)))
                  + (select count(*) from (
                       select device_id, ordinal from exits where kind in ('transfer', 'after_sales')
                       union
                       select l.device_id, l.stay_ordinal from refund_lines b join sale_lines l using (sale_id, position)
                       where l.device_id is not null
                       union
                       select c.device_id, c.stay_ordinal from after_sales_cases c
                       join after_sales_ends e using (device_id, ordinal) where e.kind = 'exchanged') back
                     join stays s using (device_id, ordinal)
                     where not exists (select from stays n
                                       where n.device_id = back.device_id and n.ordinal > back.ordinal)
                       and (\(shop)::uuid is null or s.shop_id = \(shop))) as waiting,
                  (select count(*) from runs r where starts_on <= \(day)
                     and exists (select from enrolments e where e.run_id = r.id and \(isOnTheList)
                                 and not exists (select from completions c where c.enrolment_id = e.id and \(standsStill)))
                     and (select coalesce(max(held_on), r.starts_on) from sessions where run_id = r.id)
                         > \(day.adding(days: -60))) as runs,
                  (select count(*) from completions c where \(standsStill)
                     and completed_on between \(day.firstOfMonth) and \(day)) as finished
                """
            )[0]
            let taken: Int64 = try row["taken"]
            return Today(
                tickets: try row["tickets"],
                taken: taken < 0 ? nil : Cents(unchecked: taken),
                vouchers: try row["vouchers"],
                devicesOnShelf: try row["shelf"],
                devicesToPrepare: try row["waiting"],
                runsUnderWay: try row["runs"],
                finishedThisMonth: try row["finished"]
            )
        }
    }
}
