import Foundation
import Postgres
public import Shop

/// What became of a gift’s act.
public struct HandedOver: Sendable, Codable {
    public let ticket: String
    public let sale: ID<Sale>
    /// Nil while it waits.
    public let signed: Signed?
    /// Nothing on the ticket is with the person any more.
    public let isReturned: Bool
    /// Whether somebody who wants no name kept receives it: nothing is drawn on the screen then.
    public let wantsNoName: Bool
    /// What the person speaks, by two letters; French where nobody said.
    public let spoken: String

    public struct Signed: Sendable, Codable {
        public let at: Instant
        public let way: HandOverWay
        /// Operator codes.
        public let by: String
        public let witness: String?
        public let termsOn: Day
        public let language: String
        /// Of the document, 64 hexadecimal digits.
        public let sha256: String
        /// Whether the document went with the person’s name.
        public let isErased: Bool
        /// What was signed on paper, without the contents, the first attached first.
        public let sheets: [HandOverSheet]
    }
}

/// A signed paper that was attached to an act.
public struct HandOverSheet: Hashable, Sendable, Codable {
    public let sheet: ID<SignedSheet>
    public let kind: SignedSheet.Kind
    public let sha256: String
    public let attachedAt: Instant
    /// Operator code.
    public let attachedBy: String
}

extension Store {
    /// Throws `saleUnknown`, also outside `reach`; `nothingToHandOver`.
    public func handedOver(
        _ ticket: ReceiptCode,
        in reach: Reach = .everyShop
    ) async throws -> HandedOver {
        try await transaction { tx in
            let sale = try tx.giftToHandOver(ticket, in: reach)
            let row = try tx.query(
                """
                select person_now(s.person_id) as person, \(somethingStays) as stays,
                       coalesce((select language from identities where person_id = person_now(s.person_id)), 'fr') as spoken
                from sales s where s.id = \(sale)
                """
            )[0]
            return HandedOver(
                ticket: ticket.text,
                sale: sale,
                signed: try tx.signed(sale),
                isReturned: try !row["stays"],
                wantsNoName: try tx.refusesTheNotice(row["person"]),
                spoken: try row["spoken"]
            )
        }
    }

    /// The document as it was drawn. Throws as above, `notHandedOver`, `actErased`.
    public func handOverDocument(
        _ ticket: ReceiptCode,
        in reach: Reach = .everyShop
    ) async throws -> [UInt8] {
        try await transaction { tx in
            let sale = try tx.giftToHandOver(ticket, in: reach)
            try tx.checkSigned(sale, ticket)
            let row = try tx.query(
                "select content from hand_over_documents where sale_id = \(sale)"
            ).first
            // Where no identity took it, `verify` says so.
            guard let row else { throw Refusal(.actErased, ["receipt": .text(ticket.text)]) }
            let content: Data = try row["content"]
            return Array(content)
        }
    }
}

extension Transaction {
    /// Throws `notHandedOver`.
    func checkSigned(_ sale: ID<Sale>, _ ticket: ReceiptCode) throws {
        guard try !query("select from hand_overs where sale_id = \(sale)").isEmpty else {
            throw Refusal(.notHandedOver, ["receipt": .text(ticket.text)])
        }
    }

    /// Nil while the act waits.
    func signed(_ sale: ID<Sale>) throws -> HandedOver.Signed? {
        let rows = try pipeline([
            """
            select w.signed_at, w.way, u.operator as by, v.operator as witness, w.terms_on, w.language,
                   encode(w.digest, 'hex') as digest,
                   exists (select from hand_over_erasures r where r.sale_id = w.sale_id) as erased
            from hand_overs w join users u on u.id = w.signed_by left join users v on v.id = w.witness_id
            where w.sale_id = \(sale)
            """,
            """
            select g.id, g.kind, encode(g.digest, 'hex') as digest, g.attached_at, u.operator
            from hand_over_sheets g join users u on u.id = g.attached_by
            where g.sale_id = \(sale) order by g.attached_at, g.id
            """,
        ])
        return try rows[0].first.map { row in
            HandedOver.Signed(
                at: try row["signed_at"],
                way: try row["way"],
                by: try row["by"],
                witness: try row["witness"],
                termsOn: try row["terms_on"],
                language: try row["language"],
                sha256: try row["digest"],
                isErased: try row["erased"],
                sheets: try rows[1].map {
                    HandOverSheet(
                        sheet: try $0["id"],
                        kind: try $0["kind"],
                        sha256: try $0["digest"],
                        attachedAt: try $0["attached_at"],
                        attachedBy: try $0["operator"]
                    )
                }
            )
        }
    }
}
