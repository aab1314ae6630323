import Postgres
public import Shop

/// Something that happened to a voucher. Raw values are sent.
public enum VoucherAct: String, CaseIterable, Sendable, Codable {
    /// By its prescriber, here.
    case signed
    /// From its paper, at a counter.
    case recorded
    /// By its prescriber, to whom it names.
    case mailed
    case used
    case givenBack = "given_back"
    /// It came back, and the right did not.
    case returned
    case renewed
    case revoked
    /// The key that signed it was revoked.
    case keyRevoked = "key_revoked"
}

/// What happened to a voucher, as the shop's staff read it.
public struct VoucherEvent: Hashable, Sendable, Codable {
    public let act: VoucherAct
    public let at: Instant
    /// The operator's code; of a prescriber who signs, the name.
    public let by: String
    /// Of a use and of what came back.
    public let category: Category?
    public let units: Int?
    /// The ticket of a use, the refund of what came back.
    public let receipt: String?
    /// The code of the voucher that renews it.
    public let code: String?
    /// Why it was revoked.
    public let motive: String?
}

/// The same as its structure may read it: neither ticket nor place, nor who served.
public struct OwnEvent: Hashable, Sendable, Codable {
    public let act: VoucherAct
    public let on: Day
    public let category: Category?
    /// The code of the voucher that renews it.
    public let code: String?
}

extension VoucherEvent {
    /// All that happened to a voucher, the first first, five hundred at most.
    static func reads(of voucher: SQL) -> SQL {
        """
        with one as (select * from vouchers where id = \(voucher)),
        served as (select u.*, t.kind, t.number, t.sold_at, t.operator, l.code as till
                   from uses u join rights r on r.id = u.right_id join one on one.id = r.voucher_id
                   join sales t on t.id = u.sale_id join tills l on l.id = t.till_id)
        select case when g.voucher_id is null then 'recorded' else 'signed' end as act, one.recorded_at as at,
               case when g.voucher_id is null then w.operator else p.name end as by, null as category, null::int as units,
               null as till, null as kind, null::bigint as number, null as code, null as motive
        from one join users w on w.id = one.recorded_by join prescribers p on p.id = one.prescriber_id
        left join voucher_signatures g on g.voucher_id = one.id
        union all
        select 'used', sold_at, operator, category, units, till, kind, number, null, null from served
        union all
        select case when b.gives_right_back then 'given_back' else 'returned' end, f.refunded_at, f.operator, s.category, count(*)::int, l.code, 'refund', f.number, null, null
        from served s join refund_lines b on b.sale_id = s.sale_id and b.position = s.position
        join refunds f on f.id = b.refund_id join tills l on l.id = f.till_id
        group by f.id, s.category, l.code, b.gives_right_back
        union all
        select 'used', v.recorded_at, w.operator, r.category, 1, null, null, null, null, null
        from one join rights r on r.voucher_id = one.id join visit_uses u on u.right_id = r.id
        join visits v on v.id = u.visit_id join users w on w.id = v.led_by
        union all
        select 'given_back', b.taken_back_at, w.operator, r.category, 1, null, null, null, null, null
        from one join rights r on r.voucher_id = one.id join visit_uses u on u.right_id = r.id
        join visit_take_backs b on b.visit_id = u.visit_id join users w on w.id = b.taken_back_by
        union all
        select 'renewed', n.recorded_at, p.name, null, null, null, null, null, n.code, null
        from one join vouchers n on n.renews = one.id join prescribers p on p.id = n.prescriber_id
        union all
        select 'revoked', r.revoked_at, w.operator, null, null, null, null, null, null, r.motive
        from one join voucher_revocations r on r.voucher_id = one.id join users w on w.id = r.revoked_by
        union all
        select 'mailed', d.taken_at, w.name, null, null, null, null, null, null, null
        from one join voucher_mails m on m.voucher_id = one.id join voucher_mail_deliveries d on d.mail_id = m.id
        join users w on w.id = m.asked_by
        union all
        select 'key_revoked', k.ended_at, w.operator, null, null, null, null, null, null, null
        from one join voucher_signatures g on g.voucher_id = one.id
        join structure_keys k on k.id = g.key_id and k.ended_how = 'revoked' join users w on w.id = k.ended_by
        order by at, act limit 500
        """
    }

    init(_ row: Row) throws {
        let kind: String? = try row["kind"]
        var receipt: String?
        if let kind, let till: String = try row["till"], let number: Int64 = try row["number"] {
            let printed = TicketKind(rawValue: kind)?.receipt ?? .refund
            receipt = ReceiptCode(till: till, kind: printed, number: number).text
        }
        self.init(
            act: try row["act"],
            at: try row["at"],
            by: try row["by"],
            category: try row["category"],
            units: try row["units"],
            receipt: receipt,
            code: try row["code"],
            motive: try row["motive"]
        )
    }
}

extension OwnEvent {
    /// The same on the rows that the policies let through.
    static func reads(of voucher: SQL) -> SQL {
        """
        select act, happened_on, category, code from prescriber_events where voucher_id = \(voucher)
        order by happened_on, place, category limit 500
        """
    }

    init(_ row: Row) throws {
        self.init(
            act: try row["act"],
            on: try row["happened_on"],
            category: try row["category"],
            code: try row["code"]
        )
    }
}
