import Shop
import Store

extension Store {
    /// Counts and closes the drawer of the till where `staff` stands, without a difference.
    func countDrawer(by staff: Staff) async throws {
        let standing = try await drawerStanding(of: staff.place())
        _ = try await closeDrawer(
            DrawerCount(
                cash: Cents(standing.expected.cash),
                card: Cents(standing.expected.card),
                cheque: Cents(standing.expected.cheque),
                reason: nil
            ),
            key: newID(),
            by: staff
        )
    }

    /// Ends the day of the open drawer where there is one, and begins today's with what was in it.
    func turnDrawer(by staff: Staff) async throws {
        let standing = try await drawerStanding(of: staff.place())
        if standing.ordinal != nil { try await countDrawer(by: staff) }
        _ = try await openDrawer(
            float: Cents(standing.expected.cash),
            key: newID(),
            by: staff
        )
    }
}
