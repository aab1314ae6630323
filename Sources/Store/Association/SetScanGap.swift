import Postgres
public import Shop

extension Store {
    /// Says how slowly the scanner at a till may type; who has the till open meets it at the next page. Throws
    /// `unknownThing`, also for a till of a shop that `staff` does not manage.
    public func setScanGap(
        _ gap: ScanGap,
        of till: TillCode,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> ScannerOfTill {
        let id = newID(ScanGap.self)
        let input = [till.text, String(gap.milliseconds)]
        return try await command("set-scan-gap", key: key, input: input, by: staff) { tx, now in
            let rows = try tx.query(
                """
                insert into till_scan_gaps (id, till_id, gap_ms, set_at, set_by)
                select \(id), t.id, \(gap.milliseconds), \(now), \(staff.id) from tills t
                where t.code = \(till.text) and \(staff.reach(.shopManagers).condition("t.shop_id"))
                returning id
                """
            )
            if rows.isEmpty { throw Refusal(.unknownThing, ["text": .text(till.text)]) }
            return ScannerOfTill(till: till.text, scanGapMs: gap.milliseconds)
        }
    }

    /// What the scanner at this till needs.
    public func scanGap(of till: ID<Till>) async throws -> Int {
        try await transaction { tx in
            let rows = try tx.query(
                "select \(scanGapInForce) as gap from tills t where t.id = \(till)"
            )
            return try rows.first.map { try $0["gap"] } ?? ScanGap.usual.milliseconds
        }
    }
}

/// The pause that is in force for the till `t`, the usual one where nobody has set another.
let scanGapInForce: SQL = """
    coalesce((select g.gap_ms from till_scan_gaps g where g.till_id = t.id
              order by g.set_at desc, g.id desc limit 1), \(ScanGap.usual.milliseconds))
    """

/// How slowly the scanner at a till may type.
public struct ScannerOfTill: Codable, Sendable {
    public let till: String
    public let scanGapMs: Int
}
