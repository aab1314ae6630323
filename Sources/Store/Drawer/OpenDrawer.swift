import Foundation
import Postgres
public import Shop

extension Store {
    /// Opens the drawer of the till with a counted float; gives its ordinal. Throws `drawerOpen`.
    public func openDrawer(float: Cents, key: ID<Claim>, by staff: Staff) async throws -> Int {
        let place = try staff.place()
        let facts: [String: Refusal.Fact] = ["till": .text(place.code)]
        return try await sealing("open-drawer", key: key, input: [float], by: staff, facts: facts) {
            tx,
            now in
            let rows = try tx.pipeline([headLock(of: place.id), drawerNow(of: place.id)])
            let head = try ChainHead(rows[0])
            if rows[1].first != nil { throw Refusal(.drawerOpen, facts) }
            let opening = OpeningRecord(
                till: place.id,
                drawer: head.drawer + 1,
                previous: head.drawer > 0 ? head.drawer : nil,
                isTraining: false,
                float: float,
                link: head.next(.event, at: max(now, head.lastAt)),
                by: staff.id
            )
            let entry = try seal(opening.canonical, opening.link, after: head.hash)
            _ = try tx.pipeline(
                entry.statements + [
                    """
                    insert into drawers (till_id, ordinal, previous_ordinal, training, float_cents, opened_at, opened_by,
                                         chain_id, position)
                    values (\(place.id), \(opening.drawer), \(opening.previous), \(opening.isTraining),
                            \(float), \(opening.link.at), \(staff.id), \(head.id), \(opening.link.position))
                    """,
                    "update chain_heads set drawer_ordinal = \(opening.drawer) where id = \(head.id)",
                ]
            )
            return (opening.drawer, entry)
        }
    }
}
