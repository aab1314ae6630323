import Postgres
public import Shop

/// A visit that was taken back.
public struct TakenBackVisit: Codable, Sendable {
    public let visit: ID<Visit>
    public let heldOn: Day
    /// Whether a right was given back with it.
    public let givesBack: Bool
}

extension Store {
    /// Takes back a visit that was recorded by mistake: a row that says so, with a motive. The right that it used is given
    /// back, and the appointment of which it came waits for its end again. Throws `visitUnknown`, `visitTakenBack`.
    public func takeBackVisit(
        _ visit: ID<Visit>,
        for motive: TakeBackMotive,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> TakenBackVisit {
        struct Input: Encodable, Sendable {
            let visit: ID<Visit>
            let motive: TakeBackMotive
        }
        let input = Input(visit: visit, motive: motive)
        return try await command("take-back-visit", key: key, input: input, by: staff) { tx, now in
            let rows = try tx.query(
                """
                select v.held_on, v.shop_id, v.recorded_at, exists (select from visit_uses u where u.visit_id = v.id) as used
                from visits v where v.id = \(visit) and \(staff.reach(.receivers).condition("v.shop_id"))
                """
            )
            guard let row = rows.first else { throw Refusal(.visitUnknown) }
            let recordedAt: Instant = try row["recorded_at"]
            if recordedAt.day < now.day {
                try staff.checkHolds(.shopManagers, in: try row["shop_id"])
            }
            try tx.execute(
                """
                insert into visit_take_backs (visit_id, motive, taken_back_at, taken_back_by)
                values (\(visit), \(motive), \(now), \(staff.id))
                """
            )
            return TakenBackVisit(
                visit: visit,
                heldOn: try row["held_on"],
                givesBack: try row["used"]
            )
        }
    }
}
