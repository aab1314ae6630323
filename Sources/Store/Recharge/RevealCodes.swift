import Foundation
import Logging
import Postgres
public import Shop

/// The codes of a ticket as whoever bought them is shown them. Secrets: they are rendered once, and kept nowhere.
public struct ShownCodes: Sendable {
    /// The ticket's printed number.
    public let receipt: String
    /// The shop that sold it, by name.
    public let shop: String
    /// In the order of the ticket's lines and units.
    public let codes: [ShownCode]

    public init(receipt: String, shop: String, codes: [ShownCode]) {
        self.receipt = receipt
        self.shop = shop
        self.codes = codes
    }
}

public struct ShownCode: Sendable {
    public let nameFr: String
    public let nameEn: String
    public let operatorName: String
    public let text: CodeText
    /// Empty where the operator gives none.
    public let serial: String
    public let faceValue: Cents
    /// The last day on which it can be entered; nil where the operator says none.
    public let expiresOn: Day?
    public let volumeMB: Int?
    public let validDays: Int?

    public init(
        nameFr: String,
        nameEn: String,
        operatorName: String,
        text: CodeText,
        serial: String,
        faceValue: Cents,
        expiresOn: Day?,
        volumeMB: Int?,
        validDays: Int?
    ) {
        self.nameFr = nameFr
        self.nameEn = nameEn
        self.operatorName = operatorName
        self.text = text
        self.serial = serial
        self.faceValue = faceValue
        self.expiresOn = expiresOn
        self.volumeMB = volumeMB
        self.validDays = validDays
    }

    public func name(in language: Language) -> String { language.choose(nameFr, nameEn) }
}

extension Store {
    /// Shows the codes of a ticket: once, at the till that sold them, after the sale is recorded (D4, D5). The same request again
    /// shows the same for some minutes, since an answer may have been lost on its way (D6). What came back is left out.
    ///
    /// Shown before, or at another till, they are shown by who answers for the shop, with a motive.
    ///
    /// Throws `saleUnknown`, `rechargeNone`, `rechargeRefunded`, `rechargeShownElsewhere`, `rechargeShownBefore`, and
    /// `rechargeSealBroken` where one does not open: an alarm is then written down, and nothing is shown (D7).
    public func revealCodes(
        of receipt: ReceiptCode,
        motive: ShortText? = nil,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> ShownCodes {
        let input = [receipt.text, motive?.text ?? ""]
        do {
            let asked = clock.now()
            let shown = try await command("reveal-codes", key: key, input: input, by: staff) {
                tx,
                now in
                let ticket = try SoldTicket(tx, receipt, for: staff)
                try ticket.check(staff, isMotived: motive != nil)
                // What does not open was shown to nobody.
                for code in ticket.codes { _ = try keys.opened(code) }
                _ = try tx.pipeline(
                    ticket.codes.map { code in
                        """
                        insert into code_reveals (code_id, ordinal, number, key, motive, revealed_at, revealed_by, till_id)
                        values (\(code.place.code), \(code.ordinal), \(code.shown + 1), \(key), \(motive?.text ?? ""), \(now),
                                \(staff.id), \(staff.till?.id))
                        """
                    }
                )
                return Shown(at: now, codes: ticket.codes.map(\.place.code))
            }
            return try await transaction { tx in
                try shown.checkRetry(
                    asked,
                    minutes: tx.number("code_retry_minutes", on: asked.day),
                    by: staff
                )
                let ticket = try SoldTicket(tx, receipt, for: staff)
                return ShownCodes(
                    receipt: receipt.text,
                    shop: ticket.shopName,
                    codes: try ticket.codes.filter { shown.codes.contains($0.place.code) }
                        .map { try keys.opened($0) }
                )
            }
        } catch let broken as SealBroken {
            try await raiseAlarm(broken, by: staff)
            throw Refusal(.rechargeSealBroken)
        }
    }

    private func raiseAlarm(_ broken: SealBroken, by staff: Staff) async throws {
        logger.error("a recharge code does not open", metadata: ["code": "\(broken.code)"])
        let (id, now) = (newID(CodeAlarm.self), clock.now())
        let entry = try await transaction { tx in
            try tx.execute(
                """
                insert into code_alarms (id, code_id, raised_at, raised_by, till_id)
                values (\(id), \(broken.code), \(now), \(staff.id), \(staff.till?.id))
                """
            )
            return try record(
                .codeAlarm,
                "\(broken.code)",
                at: staff.till?.id,
                by: staff.id,
                now: now,
                in: tx
            )
        }
        try keepHead(of: entry)
    }
}

/// What a showing left in its claim: never a code.
private struct Shown: Codable, Sendable {
    let at: Instant
    let codes: [ID<RechargeCode>]

    /// A request that comes again much later is no retry. Throws `rechargeShownBefore`.
    func checkRetry(_ now: Instant, minutes: Int, by staff: Staff) throws(Refusal) {
        guard now <= at.adding(seconds: minutes * 60) else {
            throw Refusal(
                .rechargeShownBefore,
                [
                    "field": .field(.motive), "on": .instant(at),
                    "operator": .text(staff.operatorCode),
                ]
            )
        }
    }
}

/// A code in a ticket, sealed.
private struct SoldCode {
    let place: CodePlace
    let ordinal: Int
    /// How often somebody was shown it.
    let shown: Int
    let key: String
    let sealed: Data
    let facts: Facts

    struct Facts {
        let nameFr: String
        let nameEn: String
        let operatorName: String
        let serial: String
        let faceValue: Cents
        let expiresOn: Day?
        let volumeMB: Int?
        let validDays: Int?
    }

    init(_ row: Row) throws {
        place = CodePlace(
            code: try row["id"],
            batch: try row["batch_id"],
            shop: try row["shop_id"],
            product: try row["product_id"]
        )
        ordinal = try row["ordinal"]
        shown = try row["shown"]
        key = try row["key_id"]
        sealed = try row["sealed"]
        facts = Facts(
            nameFr: try row["name_fr"],
            nameEn: try row["name_en"],
            operatorName: try row["operator"],
            serial: try row["serial"],
            faceValue: try row["face_cents"],
            expiresOn: try row["expires_on"],
            volumeMB: try row["volume_mb"],
            validDays: try row["valid_days"]
        )
    }
}

extension Keys {
    /// Throws `SealBroken`.
    fileprivate func opened(_ code: SoldCode) throws(SealBroken) -> ShownCode {
        let facts = code.facts
        return ShownCode(
            nameFr: facts.nameFr,
            nameEn: facts.nameEn,
            operatorName: facts.operatorName,
            text: try opened(code.sealed, by: code.key, at: code.place),
            serial: facts.serial,
            faceValue: facts.faceValue,
            expiresOn: facts.expiresOn,
            volumeMB: facts.volumeMB,
            validDays: facts.validDays
        )
    }
}

/// A ticket with its codes that did not come back, its claim locked: a refund waits, or is seen.
private struct SoldTicket {
    let codes: [SoldCode]
    let shopName: String
    private let shop: ID<Shop>
    private let till: ID<Till>
    private let tillCode: String
    private let last: CodeShowing.Last?

    /// Throws `saleUnknown`, `rechargeNone`, `rechargeRefunded`.
    init(_ tx: Transaction, _ receipt: ReceiptCode, for staff: Staff) throws {
        let id = try tx.sale(of: receipt, in: staff.reach(.sellers))
        let row = try tx.query(
            """
            select s.key, s.shop_id, s.till_id, h.name from sales s join shops h on h.id = s.shop_id where s.id = \(id)
            """
        )[0]
        let key: ID<Claim> = try row["key"]
        let rows = try tx.pipeline([
            "select from claims where key = \(key) for no key update",
            """
            select c.id, c.batch_id, c.shop_id, c.product_id, c.operator, c.key_id, c.sealed, c.serial, c.expires_on,
                   b.face_cents, p.name_fr, p.name_en, l.volume_mb, l.valid_days, x.ordinal, r.shown, r.shown_at, r.shown_by,
                   exists (select from code_returns v where v.code_id = x.code_id and v.ordinal = x.ordinal)
                   or exists (select from code_disputes q where q.code_id = x.code_id and q.ordinal = x.ordinal) as refunded
            from code_exits x join recharge_codes c on c.id = x.code_id join code_batches b on b.id = c.batch_id
            join sale_lines l on l.sale_id = x.sale_id and l.position = x.position join products p on p.id = c.product_id
            cross join lateral (
                select count(*)::int as shown, max(v.revealed_at) as shown_at,
                       (array_agg(u.operator order by v.number desc))[1] as shown_by
                from code_reveals v join users u on u.id = v.revealed_by
                where v.code_id = x.code_id and v.ordinal = x.ordinal) r
            where x.sale_id = \(id) order by x.position, x.unit
            """,
        ])[1]
        guard !rows.isEmpty else { throw Refusal(.rechargeNone) }
        let kept = try rows.filter { try !$0["refunded"] }
        guard !kept.isEmpty else { throw Refusal(.rechargeRefunded) }
        codes = try kept.map { try SoldCode($0) }
        shop = try row["shop_id"]
        shopName = try row["name"]
        till = try row["till_id"]
        tillCode = receipt.till
        last = try kept.compactMap { row -> CodeShowing.Last? in
            let at: Instant? = try row["shown_at"]
            return try at.map { CodeShowing.Last(at: $0, operatorCode: try row["shown_by"]) }
        }.max { $0.at < $1.at }
    }

    func check(_ staff: Staff, isMotived: Bool) throws(Refusal) {
        try CodeShowing(soldAt: till, soldAtCode: tillCode, here: staff.till?.id, last: last)
            .check(isWarden: staff.holds(anyOf: .codeWardens, in: shop), isMotived: isMotived)
    }
}

/// That a code did not open.
public enum CodeAlarm {}
