import Postgres
import Shop

/// Exceptions read back as they were granted: one statement, whatever `condition` chooses from `overrides o`.
struct OverrideRows {
    static func statement(_ condition: SQL) -> SQL {
        """
        select o.id, o.person_id, o.rule, o.shop_id, o.units, o.cents, o.expires_on, o.till_id, o.motive, o.granted_by,
               o.asked_by, o.chain_id, o.position, o.granted_at,
               (select e.number from journal_entries e
                where e.chain_id = o.chain_id and e.position = o.position) as number
        from overrides o where \(condition)
        """
    }

    /// What each should have sealed, by position.
    static func canonicals(_ rows: Rows) throws -> [(Int64, Canonical)] {
        try rows.map { row in
            let record = OverrideRecord(
                override: try Override(row),
                till: try row["till_id"],
                motive: try row["motive"],
                grantedBy: try row["granted_by"],
                askedBy: try row["asked_by"],
                link: try DrawerRows.link(row, .event, "granted_at")
            )
            return (record.link.position, record.canonical)
        }
    }
}

extension Override {
    init(_ row: Row) throws {
        self.init(
            id: try row["id"],
            person: try row["person_id"],
            rule: try row["rule"],
            shop: try row["shop_id"],
            beyond: .init(units: try row["units"], value: try row["cents"]),
            expiresOn: try row["expires_on"]
        )
    }
}
