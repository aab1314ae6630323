import Postgres
public import Shop

/// A voucher that goes out by mail.
public struct VoucherMail: Hashable, Sendable, Codable {
    public let id: ID<VoucherMail>
    public let askedAt: Instant
}

extension Store {
    /// Writes down that a voucher of the structure's own goes out by mail, before it does. The same key gives the same mail.
    ///
    /// Throws `voucherUnknown`, also for a voucher of another structure, `voucherRevoked` and `voucherLapsed` for one that
    /// opens nothing.
    public func askMail(
        of code: VoucherCode,
        to address: EmailAddress,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> VoucherMail {
        struct Input: Encodable {
            let code: String
            let address: String
        }
        let own = try await ownVoucher(code, by: staff)
        try own.checkServes()
        let input = Input(code: code.digits, address: address.text)
        return try await command("mail-voucher", key: key, input: input, by: staff) { tx, now in
            // The structure's own by the reading above.
            let voucher = own.voucher.id
            guard now.day <= own.voucher.validUntil else {
                throw Refusal(.voucherLapsed, ["until": .day(own.voucher.validUntil)])
            }
            let id: ID<VoucherMail> = self.newID()
            try tx.execute(
                """
                insert into voucher_mails (id, voucher_id, asked_at, asked_by)
                values (\(id), \(voucher), \(now), \(staff.id))
                """
            )
            return VoucherMail(id: id, askedAt: now)
        }
    }

    /// Begins a try to send a mail, and says which one it is; nil when the mail server has taken it already. Of several that
    /// ask at once one sends. Throws `mailsTooMany`, and `outcomeUnknown` while another try is under way: one that broke off
    /// is over after two minutes.
    public func beginMail(_ mail: ID<VoucherMail>, by staff: Staff) async throws -> Int? {
        let now = clock.now()
        return try await transaction { tx in
            // Locked, so that two tries are counted one after the other.
            try tx.execute(
                """
                select from vouchers where id = (select voucher_id from voucher_mails where id = \(mail)) for no key update
                """
            )
            let row = try tx.query(
                """
                select exists (select from voucher_mail_deliveries d where d.mail_id = m.id) as taken,
                       (select count(*) from voucher_mail_attempts t where t.mail_id = m.id)::int as tries,
                       exists (select from voucher_mail_attempts t where t.mail_id = m.id and t.ended_at is null
                               and t.begun_at > \(now)::timestamptz - interval '2 minutes') as is_under_way,
                       (select count(*) from voucher_mail_attempts t join voucher_mails o on o.id = t.mail_id
                        where o.voucher_id = m.voucher_id and t.begun_at > \(now)::timestamptz - interval '1 day')::int as of_voucher,
                       (select count(*) from voucher_mail_attempts t join voucher_mails o on o.id = t.mail_id
                        where o.asked_by = \(staff.id) and t.begun_at > \(now)::timestamptz - interval '1 day')::int as of_user
                from voucher_mails m where m.id = \(mail)
                """
            )[0]
            if try row["taken"] { return nil }
            if try row["is_under_way"] { throw Refusal(.outcomeUnknown) }
            for (count, name) in [
                ("of_voucher", "voucher_mails_a_day_most"),
                ("of_user", "prescriber_mails_a_day_most"),
            ] {
                let most = try tx.number(name, on: now.day)
                let tries: Int = try row[count]
                guard tries < most else {
                    throw Refusal(.mailsTooMany, ["most": .number(Int64(most))])
                }
            }
            let ordinal: Int = try row["tries"] + 1
            try tx.execute(
                "insert into voucher_mail_attempts (mail_id, ordinal, begun_at) values (\(mail), \(ordinal), \(now))"
            )
            return ordinal
        }
    }

    /// Ends a try of which it is known that the mail server did not take the message, so that another may begin at once.
    public func endMail(_ mail: ID<VoucherMail>, attempt: Int) async throws {
        let now = clock.now()
        try await transaction { tx in
            try tx.execute(
                """
                update voucher_mail_attempts set ended_at = \(now) where mail_id = \(mail) and ordinal = \(attempt)
                """
            )
        }
    }

    /// Writes down that the mail server has taken it; once.
    public func tellDelivered(_ mail: ID<VoucherMail>) async throws {
        let now = clock.now()
        try await transaction { tx in
            try tx.execute(
                """
                insert into voucher_mail_deliveries (mail_id, taken_at) values (\(mail), \(now)) on conflict do nothing
                """
            )
        }
    }
}
