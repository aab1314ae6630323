import Postgres
public import Shop

/// A code of a ticket, without the code.
public struct TicketCode: Hashable, Sendable, Codable {
    /// The ticket's line, and the unit of it; from 1.
    public let position: Int
    public let unit: Int
    public let product: String
    public let nameFr: String
    public let nameEn: String
    /// Its last characters, by which people speak of it.
    public let tail: String
    public let serial: String
    public let batch: String
    public let expiresOn: Day?
    public let state: State
    /// Who was shown it, the first first.
    public let showings: [Showing]
    /// What the operator says of it; nil where nobody asked.
    public let proof: String?

    public enum State: String, CaseIterable, Sendable, Codable {
        case hidden, shown
        /// Refunded, and free again; refunded, and free no more.
        case returned, disputed

        public func name(in language: Language) -> String {
            switch self {
            case .hidden: language.choose("Pas encore montré", "Not yet shown")
            case .shown: language.choose("Montré", "Shown")
            case .returned: language.choose("Revenu au coffre", "Back in the vault")
            case .disputed: language.choose("En litige", "Disputed")
            }
        }
    }

    public struct Showing: Hashable, Sendable, Codable {
        public let at: Instant
        public let operatorCode: String
        /// Empty for the first.
        public let motive: String

        enum CodingKeys: String, CodingKey {
            case at
            case operatorCode = "operator"
            case motive
        }
    }

    enum CodingKeys: String, CodingKey {
        case position, unit, product
        case nameFr = "name_fr"
        case nameEn = "name_en"
        case tail, serial, batch
        case expiresOn = "expires_on"
        case state, showings, proof
    }

    public func name(in language: Language) -> String { language.choose(nameFr, nameEn) }
}

extension Store {
    /// The codes of a ticket, without the codes, in the order of its lines and units; empty where it has none. Throws
    /// `saleUnknown`, also for a ticket of a shop outside `reach`.
    public func codes(
        of receipt: ReceiptCode,
        in reach: Reach = .everyShop
    ) async throws -> [TicketCode] {
        try await transaction { tx in
            let sale = try tx.sale(of: receipt, in: reach)
            return try tx.query(
                """
                select x.position, x.unit, p.code as product, p.name_fr, p.name_en, c.tail, c.serial, b.code as batch,
                       c.expires_on, l.proof, v.ordinal is not null as returned, q.ordinal is not null as disputed,
                       s.shown_at, s.shown_by, s.motives
                from code_exits x join recharge_codes c on c.id = x.code_id join code_batches b on b.id = c.batch_id
                join products p on p.id = c.product_id
                left join code_clearances l using (code_id, ordinal)
                left join code_returns v using (code_id, ordinal) left join code_disputes q using (code_id, ordinal)
                cross join lateral (
                    select array_agg(r.revealed_at order by r.number) as shown_at, array_agg(u.operator order by r.number) as shown_by,
                           array_agg(r.motive order by r.number) as motives
                    from code_reveals r join users u on u.id = r.revealed_by
                    where r.code_id = x.code_id and r.ordinal = x.ordinal) s
                where x.sale_id = \(sale) order by x.position, x.unit
                """
            ).map { try TicketCode($0) }
        }
    }

    /// Writes down the operator's proof that a code which somebody was shown was not used: another person may then refund it.
    /// Throws `saleUnknown`, `unknownThing` for a unit that is no code, `rechargeProofTooSoon`, `alreadyEnded`.
    /// - Parameter unit: of the line, from 1.
    public func clearCode(
        of receipt: ReceiptCode,
        line position: Int,
        unit: Int,
        proof: ShortText,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> TicketCode {
        guard 1...1_000 ~= position, 1...1_000 ~= unit else {
            throw Refusal(
                .unknownThing,
                ["field": .field(.ticketLine), "text": .text("\(position).\(unit)")]
            )
        }
        let input = [receipt.text, String(position), String(unit), proof.text]
        let facts: [String: Refusal.Fact] = ["text": .text(receipt.text)]
        _ = try await command(
            "clear-code",
            key: key,
            input: input,
            by: staff,
            facts: facts
        ) { tx, now in
            let sale = try tx.sale(of: receipt, in: staff.reach(.codeWardens))
            guard
                let row = try tx.query(
                    """
                    select code_id, ordinal from code_exits where sale_id = \(sale) and position = \(position) and unit = \(unit)
                    """
                ).first
            else {
                throw Refusal(
                    .unknownThing,
                    ["field": .field(.ticketLine), "text": .text("\(position).\(unit)")]
                )
            }
            let (code, ordinal): (ID<RechargeCode>, Int) = (try row["code_id"], try row["ordinal"])
            try tx.execute(
                """
                insert into code_clearances (code_id, ordinal, proof, cleared_at, cleared_by)
                values (\(code), \(ordinal), \(proof), \(now), \(staff.id))
                """
            )
            return code
        }
        guard
            let code = try await codes(of: receipt).first(where: {
                $0.position == position && $0.unit == unit
            })
        else { throw Refusal(.saleUnknown, ["receipt": .text(receipt.text)]) }
        return code
    }
}

extension TicketCode {
    fileprivate init(_ row: Row) throws {
        let at: [Instant] = try row["shown_at"] ?? []
        let operators: [String] = try row["shown_by"] ?? []
        let motives: [String] = try row["motives"] ?? []
        let state: State =
            if try row["returned"] { .returned } else if try row["disputed"] {
                .disputed
            } else { at.isEmpty ? .hidden : .shown }
        self.init(
            position: try row["position"],
            unit: try row["unit"],
            product: try row["product"],
            nameFr: try row["name_fr"],
            nameEn: try row["name_en"],
            tail: try row["tail"],
            serial: try row["serial"],
            batch: try row["batch"],
            expiresOn: try row["expires_on"],
            state: state,
            showings: zip(at, zip(operators, motives)).map {
                Showing(at: $0, operatorCode: $1.0, motive: $1.1)
            },
            proof: try row["proof"]
        )
    }
}

extension Transaction {
    /// The ticket of this number. Throws `saleUnknown`, also for a refund's and for one of a shop outside `reach`.
    func sale(of receipt: ReceiptCode, in reach: Reach) throws -> ID<Sale> {
        guard receipt.kind != .refund,
            let row = try query(
                """
                select s.id from sales s join chain_heads h on h.id = s.chain_id join tills t on t.id = s.till_id
                where t.code = \(receipt.till) and s.kind = \(receipt.kind == .gift ? "gift" : "sale")
                  and s.number = \(receipt.number) and not h.training and \(reach.condition("s.shop_id"))
                """
            ).first
        else { throw Refusal(.saleUnknown, ["receipt": .text(receipt.text)]) }
        return try row["id"]
    }
}
