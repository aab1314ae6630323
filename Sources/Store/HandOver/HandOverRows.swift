import Postgres
import Shop

/// Acts read back as they were sealed: one statement, whatever `condition` chooses from `hand_overs w`.
struct HandOverRows {
    /// `documented`: the document is there and is the one of the digest, or went with its person’s identity.
    static func statement(_ condition: SQL) -> SQL {
        """
        select w.sale_id, w.shop_id, w.till_id, w.chain_id, w.position, w.signed_at, w.signed_by, w.terms_on, w.language,
               w.way, w.witness_id, encode(w.digest, 'hex') as digest, t.code as till, s.number as ticket,
               (select e.number from journal_entries e
                where e.chain_id = w.chain_id and e.position = w.position) as number,
               coalesce(d.digest = w.digest and sha256(d.content) = w.digest,
                        exists (select from hand_over_erasures r where r.sale_id = w.sale_id)) as documented
        from hand_overs w join sales s on s.id = w.sale_id join tills t on t.id = s.till_id
        left join hand_over_documents d on d.sale_id = w.sale_id
        where \(condition)
        """
    }

    /// What each should have sealed, by position.
    static func canonicals(_ rows: Rows) throws -> [(Int64, Canonical)] {
        try rows.map { row in
            let record = HandOverRecord(
                sale: try row["sale_id"],
                ticket: ReceiptCode(till: try row["till"], kind: .gift, number: try row["ticket"])
                    .text,
                shop: try row["shop_id"],
                till: try row["till_id"],
                link: try DrawerRows.link(row, .event, "signed_at"),
                signedBy: try row["signed_by"],
                termsOn: try row["terms_on"],
                language: try row["language"],
                way: try row["way"],
                witness: try row["witness_id"],
                digest: try row["digest"]
            )
            return (record.link.position, record.canonical)
        }
    }

    /// Where the document is missing or another.
    static func undocumented(_ rows: Rows) throws -> [Int64] {
        try rows.compactMap { row -> Int64? in
            let documented: Bool = try row["documented"]
            return documented ? nil : try row["position"]
        }
    }
}
