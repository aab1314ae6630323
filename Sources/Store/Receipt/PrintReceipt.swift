import Foundation
import Postgres
public import Shop

/// A ticket as it goes on paper.
public struct PrintedCopy: Codable, Sendable {
    /// 0: the original; from 1 the duplicates.
    public let copy: Int
    public let at: Instant

    public init(copy: Int, at: Instant) {
        self.copy = copy
        self.at = at
    }

    /// "DUPLICATA n° 2"; nil on the original.
    public func mark(in language: Language) -> String? {
        copy == 0
            ? nil
            : language.choose("DUPLICATA n°\u{A0}\(copy)", "DUPLICATE no. \(copy)")
                + " – \(at.day.printed) \(at.clock)"
    }
}

extension Store {
    /// Records that a ticket is printed, and as what: once as itself, soon after it was made; then, and when the first time comes late,
    /// as a duplicate with the next number, which the journal of its till keeps (A5, A6).
    ///
    /// Locks the till's head, so that two at once get two numbers. Throws `saleUnknown`, also for a ticket outside `reach`.
    public func printReceipt(
        _ code: ReceiptCode,
        in reach: Reach,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> PrintedCopy {
        try await sealing("print-receipt", key: key, input: code.text, by: staff) { tx, now in
            guard let row = try tx.query(ticketPlace(code, in: reach)).first else {
                throw Refusal(.saleUnknown, ["receipt": .text(code.text)])
            }
            let till: ID<Till> = try row["till_id"]
            let original: Int64 = try row["position"]
            let madeAt: Instant = try row["made_at"]
            let head = try ChainHead(tx.query(headLock(of: till)))
            let at = max(now, head.lastAt)
            let last: Int? = try tx.query(
                "select max(copy) as last from receipt_prints where chain_id = \(head.id) and original_position = \(original)"
            )[0]["last"]
            let minutes = try tx.number("original_print_minutes", on: at.day)
            let isOriginal = last == nil && at <= madeAt.adding(seconds: minutes * 60)
            let record = PrintRecord(
                original: original,
                copy: isOriginal ? 0 : (last ?? 0) + 1,
                by: staff.id,
                link: head.next(isOriginal ? .event : .duplicate, at: at)
            )
            let entry = try seal(record.canonical, record.link, after: head.hash)
            try tx.pipeline(
                entry.statements + [
                    """
                    insert into receipt_prints (chain_id, original_position, copy, printed_at, printed_by, position)
                    values (\(record.link.chain), \(record.original), \(record.copy), \(record.link.at), \(record.by),
                            \(record.link.position))
                    """
                ]
            )
            return (PrintedCopy(copy: record.copy, at: at), entry)
        }
    }

    /// A print that was recorded: what the page of the ticket says above it. Nil where there is none of that number, and once its moment
    /// has gone by: whoever comes back to its address has not printed it anew.
    public func printedCopy(_ copy: Int, of code: ReceiptCode, in reach: Reach) async throws
        -> PrintedCopy?
    {
        let now = clock.now()
        return try await transaction { tx in
            guard let row = try tx.query(ticketPlace(code, in: reach)).first else { return nil }
            let (chain, position): (ID<Chain>, Int64) = (try row["chain_id"], try row["position"])
            let found = try tx.query(
                """
                select printed_at from receipt_prints
                where chain_id = \(chain) and original_position = \(position) and copy = \(copy)
                """
            ).first
            guard let found else { return nil }
            let at: Instant = try found["printed_at"]
            return copy == 0 && now > at.adding(seconds: 120)
                ? nil : PrintedCopy(copy: copy, at: at)
        }
    }
}

/// Where a ticket or a refund stands in its chain, by its printed number.
private func ticketPlace(_ code: ReceiptCode, in reach: Reach) -> SQL {
    switch code.kind {
    case .sale, .gift:
        """
        select s.chain_id, s.position, s.till_id, s.sold_at as made_at from sales s join tills t on t.id = s.till_id
        where t.code = \(code.till) and s.kind = \(code.kind == .sale ? TicketKind.sale : .gift) and s.number = \(code.number)
          and \(reach.condition("s.shop_id"))
        """
    case .refund:
        """
        select r.chain_id, r.position, r.till_id, r.refunded_at as made_at from refunds r join tills t on t.id = r.till_id
        where t.code = \(code.till) and r.number = \(code.number) and \(reach.condition("r.shop_id"))
        """
    }
}
