import Foundation
import Postgres
public import Shop

extension Store {
    /// Opens the drawer of the till with a counted float, for the day of business that it is; gives its ordinal. The day, month and year
    /// that are over are closed first, in the same transaction. Throws `drawerOpen`; `dayClosed` when the day was closed already.
    public func openDrawer(float: Cents, key: ID<Claim>, by staff: Staff) async throws -> Int {
        let place = try staff.place()
        let facts: [String: Refusal.Fact] = ["till": .text(place.code)]
        return try await chaining("open-drawer", key: key, input: [float], by: staff, facts: facts)
        { tx, now in
            let rows = try tx.pipeline([
                headLock(of: place.id), drawerNow(of: place.id),
                "select cash_counted_cents from closings where till_id = \(place.id) order by ordinal desc limit 1",
            ])
            let counted: Int64 = try rows[2].first?["cash_counted_cents"] ?? 0
            var chain = OpenChain(try ChainHead(rows[0]))
            if rows[1].first != nil { throw Refusal(.drawerOpen, facts) }
            let at = max(now, chain.head.lastAt)
            let standing = try tx.closedPeriods(of: place.id, at: at)
            if let last = standing.closed.ends[.day], last >= standing.today {
                throw Refusal(.dayClosed, ["till": .text(place.code), "on": .day(last)])
            }
            for due in standing.closed.due(on: standing.today) {
                _ = try close(due, standing, &chain, at: place, by: staff, now: at, in: tx)
            }
            let head = chain.head
            let (opening, entry) = try chain.add(.event, at: at, in: self) { link in
                OpeningRecord(
                    till: place.id,
                    drawer: head.drawer + 1,
                    previous: head.drawer > 0 ? head.drawer : nil,
                    isTraining: false,
                    float: float,
                    businessOn: standing.today,
                    carried: float.count - counted,
                    link: link,
                    by: staff.id
                )
            } _: {
                $0.canonical
            }
            _ = try tx.pipeline(
                entry.statements + [
                    """
                    insert into drawers (till_id, ordinal, previous_ordinal, training, float_cents, opened_at, opened_by,
                                         business_on, carried_cents, chain_id, position)
                    values (\(place.id), \(opening.drawer), \(opening.previous), \(opening.isTraining),
                            \(float), \(opening.link.at), \(staff.id), \(opening.businessOn),
                            \(opening.carried), \(head.id),
                            \(opening.link.position))
                    """,
                    "update chain_heads set drawer_ordinal = \(opening.drawer) where id = \(head.id)",
                ]
            )
            return (opening.drawer, chain.entries)
        }
    }
}
