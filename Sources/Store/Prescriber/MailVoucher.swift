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
    /// opens nothing, and `mailsTooMany`.
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
            // The structure's own by the reading above; locked, so that two mails are counted one after the other.
            let voucher = own.voucher.id
            try tx.execute("select from vouchers where id = \(voucher) for no key update")
            guard now.day <= own.voucher.validUntil else {
                throw Refusal(.voucherLapsed, ["until": .day(own.voucher.validUntil)])
            }
            let most = try tx.number("voucher_mails_a_day_most", on: now.day)
            let asked: Int = try tx.query(
                """
                select count(*) as count from voucher_mails
                where voucher_id = \(voucher) and asked_at > \(now)::timestamptz - interval '1 day'
                """
            )[0]["count"]
            guard asked < most else {
                throw Refusal(.mailsTooMany, ["most": .number(Int64(most))])
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

    /// Whether the mail server has taken it already.
    public func isDelivered(_ mail: ID<VoucherMail>) async throws -> Bool {
        try await transaction { tx in
            try !tx.query("select from voucher_mail_deliveries where mail_id = \(mail)").isEmpty
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
