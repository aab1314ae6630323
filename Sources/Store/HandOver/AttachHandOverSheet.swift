import Crypto
import Foundation
import Postgres
public import Shop

extension Store {
    /// Keeps what was signed on paper with its act. Throws `saleUnknown`, `nothingToHandOver`, `notHandedOver`,
    /// `noticeRefused`, `sheetAttached` for the same file twice, `sheetsTooMany`.
    public func attachHandOverSheet(
        _ sheet: SignedSheet,
        to ticket: ReceiptCode,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> HandOverSheet {
        struct Input: Encodable, Sendable {
            let ticket: String
            let sha256: String
        }
        let id: ID<SignedSheet> = newID()
        let content = Data(sheet.bytes)
        let digest = Data(SHA256.hash(data: content))
        let input = Input(ticket: ticket.text, sha256: hexadecimal(digest))
        return try await command("attach-hand-over-sheet", key: key, input: input, by: staff) {
            tx,
            now in
            let sale = try tx.giftToHandOver(ticket, in: staff.reach(.sellers))
            // Whoever erases a name locks the person: nothing is attached meanwhile.
            let person = try tx.lockReceiver(of: sale)
            try tx.checkSigned(sale, ticket)
            try tx.checkMayKeepName(of: person)
            try tx.checkRoom(forSheetAmong: "hand_over_sheets where sale_id = \(sale)", on: now.day)
            try tx.execute(
                """
                insert into hand_over_sheets (id, sale_id, kind, content, digest, attached_at, attached_by)
                values (\(id), \(sale), \(sheet.kind), \(content), \(digest), \(now), \(staff.id))
                """
            )
            return HandOverSheet(
                sheet: id,
                kind: sheet.kind,
                sha256: input.sha256,
                attachedAt: now,
                attachedBy: staff.operatorCode
            )
        }
    }

    /// What was attached, as it was. Throws `saleUnknown`, `nothingToHandOver`, `sheetUnknown`.
    public func handOverSheet(
        _ sheet: ID<SignedSheet>,
        of ticket: ReceiptCode,
        in reach: Reach = .everyShop
    ) async throws -> SignedSheet {
        try await transaction { tx in
            let sale = try tx.giftToHandOver(ticket, in: reach)
            let rows = try tx.query(
                "select content from hand_over_sheets where id = \(sheet) and sale_id = \(sale)"
            )
            guard let row = rows.first else { throw Refusal(.sheetUnknown) }
            let content: Data = try row["content"]
            return try SignedSheet(bytes: Array(content))
        }
    }
}
