import Foundation
import Postgres
public import Shop

/// A receipt, from the sealed ticket alone: the same ticket gives the same receipt.
public struct Receipt: Sendable {
    public let sale: SaleRecord
    public let code: ReceiptCode
    public let association: String
    public let isDemonstration: Bool
    public let shop: Place
    public let till: String
    /// What a person may have printed and read aloud; nil where nobody was named.
    public let personCode: String?
    public let programme: String?
    public let lines: [LineNames]
    /// First characters of the entry's signature, in hex.
    public let signature: String
    /// In the order in which they were made.
    public let refunds: [Refunded]

    /// A refund under its own number, which names the till that gave the money back.
    public struct Refunded: Sendable {
        public let code: ReceiptCode
        public let record: RefundRecord

        public init(code: ReceiptCode, record: RefundRecord) {
            self.code = code
            self.record = record
        }
    }

    public struct Place: Sendable {
        public let name: String
        public let address: String
        public let siret: String
        public let vatNumber: String?
    }

    /// What a line's article is called; the sealed description stands beside it.
    public struct LineNames: Sendable {
        public let french: String
        public let english: String
        public let deviceLabel: String?
        public let grade: String?
    }

    public var ticket: Ticket {
        let back = refunds.flatMap(\.record.units).map { ($0.position, 1) }
        return Ticket(
            sale: sale,
            code: code,
            unitsBack: Dictionary(back, uniquingKeysWith: +)
        )
    }
}

/// A refund's own ticket: it mirrors the original, and names it.
public struct RefundReceipt: Sendable {
    public let refund: Receipt.Refunded
    public let original: Receipt
    /// Where the money went back: not always where it came in.
    public let shop: Receipt.Place
    /// First characters of the refund's own signature, in hex.
    public let signature: String

    public init(
        refund: Receipt.Refunded,
        original: Receipt,
        shop: Receipt.Place,
        signature: String
    ) {
        self.refund = refund
        self.original = original
        self.shop = shop
        self.signature = signature
    }
}

extension Store {
    /// The ticket of this number as it is printed, a refund's under its own. Throws `saleUnknown`.
    public func document(
        coded code: ReceiptCode,
        in reach: Reach = .everyShop,
        language: Language
    ) async throws -> ReceiptDocument {
        let receipt = try await receipt(coded: code, in: reach)
        guard code.kind == .refund else { return ReceiptDocument(receipt, in: language) }
        guard let refund = receipt.refunds.first(where: { $0.code == code }) else {
            throw Refusal(.saleUnknown, ["receipt": .text(code.text)])
        }
        return ReceiptDocument(try await refundReceipt(refund, of: receipt), in: language)
    }

    private func refundReceipt(_ refund: Receipt.Refunded, of receipt: Receipt) async throws
        -> RefundReceipt
    {
        try await transaction(keepingPlans: true) { tx in
            let row = try tx.query(
                """
                select h.name as shop, h.address || ', ' || h.postal_code || ' ' || h.city as address, h.siret,
                       h.vat_number, e.signature
                from refunds r join shops h on h.id = r.shop_id
                join journal_entries e on e.chain_id = r.chain_id and e.position = r.position
                where r.id = \(refund.record.id)
                """
            )[0]
            let signature: Data = try row["signature"]
            return RefundReceipt(
                refund: refund,
                original: receipt,
                shop: try Receipt.Place(row),
                signature: hexadecimal(signature.prefix(8))
            )
        }
    }

    /// The receipt of a ticket. Throws `saleUnknown`, also for a ticket of a shop outside `reach`.
    public func receipt(of sale: ID<Sale>, in reach: Reach = .everyShop) async throws -> Receipt {
        try await receipts("s.id = \(sale)", in: reach, named: sale.text)
    }

    /// The receipt by its printed number. Throws as above.
    public func receipt(
        coded code: ReceiptCode,
        in reach: Reach = .everyShop
    ) async throws -> Receipt {
        let condition: SQL
        switch code.kind {
        case .sale, .gift:
            let kind: TicketKind = code.kind == .sale ? .sale : .gift
            condition = """
                s.till_id = (select id from tills where code = \(code.till)) and s.kind = \(kind)
                and s.number = \(code.number)
                and s.chain_id = (select h.id from chain_heads h join tills t on t.id = h.till_id
                                  where t.code = \(code.till) and not h.training)
                """
        case .refund:
            condition = """
                s.id = (select r.sale_id from refunds r join tills t on t.id = r.till_id
                        where t.code = \(code.till) and r.number = \(code.number))
                """
        }
        return try await receipts(condition, in: reach, named: code.text)
    }

    private func receipts(
        _ wanted: SQL,
        in reach: Reach,
        named name: String
    ) async throws -> Receipt {
        let condition: SQL = "\(wanted) and \(reach.condition("s.shop_id"))"
        return try await transaction(keepingPlans: true) { tx in
            let rows = try tx.pipeline(SaleRows.statements(condition) + around(condition))
            guard let sale = try SaleRows.records(Array(rows[0...2])).first, let row = rows[3].first
            else { throw Refusal(.saleUnknown, ["receipt": .text(name)]) }
            let refunds = try tx.refunds(of: sale.id)
            let signature: Data = try row["signature"]
            let till: String = try row["till"]
            let kind: String = try row["association_kind"]
            return Receipt(
                sale: sale,
                code: ReceiptCode(till: till, kind: sale.kind.receipt, number: sale.link.number),
                association: try row["association"],
                isDemonstration: kind == "demonstration",
                shop: try Receipt.Place(row),
                till: till,
                personCode: try row["person"],
                programme: try row["programme"],
                lines: try rows[4].map { line in
                    Receipt.LineNames(
                        french: try line["name_fr"],
                        english: try line["name_en"],
                        deviceLabel: try line["label"],
                        grade: try line["grade"]
                    )
                },
                signature: hexadecimal(signature.prefix(8)),
                refunds: refunds
            )
        }
    }

    /// A refund under its own number. Throws `saleUnknown`.
    public func refund(_ id: ID<Refund>) async throws -> Receipt.Refunded {
        try await transaction(keepingPlans: true) { tx in
            guard let sale = try tx.query("select sale_id from refunds where id = \(id)").first,
                let refund = try tx.refunds(of: sale["sale_id"]).first(where: { $0.record.id == id }
                )
            else { throw Refusal(.saleUnknown, ["receipt": .text(id.text)]) }
            return refund
        }
    }

    private func around(_ condition: SQL) -> [SQL] {
        [
            """
            select a.name as association, a.kind as association_kind, h.name as shop,
                   h.address || ', ' || h.postal_code || ' ' || h.city as address, h.siret, h.vat_number,
                   t.code as till, e.signature, p.code as person, g.name as programme
            from sales s join association a on true join shops h on h.id = s.shop_id join tills t on t.id = s.till_id
            join journal_entries e on e.chain_id = s.chain_id and e.position = s.position
            left join persons p on p.id = s.person_id left join programmes g on g.id = s.programme_id
            where \(condition)
            """,
            """
            select p.name_fr, p.name_en, d.label, y.grade
            from sales s join sale_lines l on l.sale_id = s.id join products p on p.id = l.product_id
            left join devices d on d.id = l.device_id
            left join stays y on y.device_id = l.device_id and y.ordinal = l.stay_ordinal
            where \(condition) order by l.position
            """,
        ]
    }
}

extension Receipt.Place {
    init(_ row: Row) throws {
        self.init(
            name: try row["shop"],
            address: try row["address"],
            siret: try row["siret"],
            vatNumber: try row["vat_number"]
        )
    }
}

extension Transaction {
    fileprivate func refunds(of sale: ID<Sale>) throws -> [Receipt.Refunded] {
        let tills: SQL = """
            select r.id, t.code from refunds r join tills t on t.id = r.till_id where r.sale_id = \(sale)
            """
        let rows = try pipeline(RefundRows.statements("r.sale_id = \(sale)") + [tills])
        let codes: [ID<Refund>: String] = try Dictionary(
            uniqueKeysWithValues: rows[2].map { (try $0["id"], try $0["code"]) }
        )
        return try RefundRows.records(Array(rows[0...1])).sorted { $0.ordinal < $1.ordinal }
            .map { record in
                Receipt.Refunded(
                    code: ReceiptCode(
                        till: codes[record.id] ?? "",
                        kind: .refund,
                        number: record.link.number
                    ),
                    record: record
                )
            }
    }
}
