import Postgres
public import Shop

/// An attestation that was taken back.
public struct CompletionRevoked: Hashable, Sendable, Codable {
    public let code: String
    public let run: String
    public let person: String
    public let revokedOn: Day
    /// The tickets on which its right was used and kept: they stand.
    public let receipts: [String]
}

extension Store {
    /// Takes an attestation back, from today on, with a motive: it opens nothing any more, and whoever held it has not
    /// finished. What was sold or given with it stays, and is told. The completion's row is locked first, as a sale locks it:
    /// a sale under way ends before, or is refused.
    /// Throws `completionUnknown`, `roleMissing` for whoever does not answer for the run's shop, `completionRevoked`.
    public func revokeCompletion(
        _ code: CompletionCode,
        motive: ShortText,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> CompletionRevoked {
        struct Input: Encodable, Sendable {
            let code: String
            let motive: String
        }
        let input = Input(code: code.digits, motive: motive.text)
        return try await command(
            "revoke-completion",
            key: key,
            input: input,
            by: staff,
            facts: ["on": .day(clock.now().day)]
        ) { tx, now in
            try tx.execute("select from completions where code = \(input.code) for no key update")
            let rows = try tx.query(
                """
                select c.id, r.code as run, r.shop_id, p.code as person, v.revoked_on
                from completions c join enrolments e on e.id = c.enrolment_id join runs r on r.id = e.run_id
                     join persons p on p.id = c.person_id
                     left join completion_revocations v on v.completion_id = c.id
                where c.code = \(input.code) and \(staff.reach(.courseKeepers).condition("r.shop_id"))
                """
            )
            guard let row = rows.first else {
                throw Refusal(.completionUnknown, ["code": .text(code.printed)])
            }
            guard staff.reach(.shopManagers).includes(try row["shop_id"]) else {
                throw Refusal(.roleMissing, ["roles": .roles(.shopManagers)])
            }
            if let on: Day = try row["revoked_on"] {
                throw Refusal(.completionRevoked, ["on": .day(on)])
            }
            let id: ID<Completion> = try row["id"]
            let receipts = try tx.receipts(usingRightsOf: id)
            try tx.execute(
                """
                insert into completion_revocations (completion_id, revoked_on, motive, revoked_at, revoked_by)
                values (\(id), \(now.day), \(input.motive), \(now), \(staff.id))
                """
            )
            return CompletionRevoked(
                code: input.code,
                run: try row["run"],
                person: try row["person"],
                revokedOn: now.day,
                receipts: receipts
            )
        }
    }
}

/// Completions `c` that nobody took back.
let standsStill: SQL =
    "not exists (select from completion_revocations v where v.completion_id = c.id)"

extension Transaction {
    /// Printed numbers of the tickets that used a right of a completion, but for what came back.
    fileprivate func receipts(usingRightsOf completion: ID<Completion>) throws -> [String] {
        try query(
            """
            select t.code as till, s.kind, s.number from uses u join rights r on r.id = u.right_id
            join sales s on s.id = u.sale_id join tills t on t.id = s.till_id
            where r.completion_id = \(completion)
              and u.units > (select count(*) from refund_lines b
                             where b.sale_id = u.sale_id and b.position = u.position and b.gives_right_back)
            order by s.sold_at, s.number
            """
        ).map { row in
            let kind: TicketKind = try row["kind"]
            return ReceiptCode(
                till: try row["till"],
                kind: kind.receipt,
                number: try row["number"]
            ).text
        }
    }
}
