import HTTPTypes
public import Mail
public import Shop
public import Store

extension Papers {
    /// Sends a voucher of the structure's own, as its PDF, and writes down that it went. Safe to repeat: the same key sends
    /// again only what the mail server has not taken.
    ///
    /// Throws what `askMail` and `beginMail` throw, `mailUnavailable` without a server, `mailRefused` and `mailUnreachable`.
    public func mail(
        _ code: VoucherCode,
        to address: EmailAddress,
        through server: MailServer?,
        _ store: Store,
        key: ID<Claim>,
        by staff: Staff
    ) async throws {
        // Another structure's is not there, whether mail is set or not.
        _ = try await store.ownVoucher(code, by: staff)
        guard let server else { throw Refusal(.mailUnavailable) }
        try server.checkCarries(address)
        let mail = try await store.askMail(of: code, to: address, key: key, by: staff)
        guard let attempt = try await store.beginMail(mail.id, by: staff) else { return }
        do {
            try await send(code, mail, to: address, through: server, store, by: staff)
        } catch {
            try await store.endMail(mail.id, attempt: attempt)
            throw error
        }
        try await store.tellDelivered(mail.id)
    }

    private func send(
        _ code: VoucherCode,
        _ mail: VoucherMail,
        to address: EmailAddress,
        through server: MailServer,
        _ store: Store,
        by staff: Staff
    ) async throws {
        let own = try await store.ownVoucher(code, by: staff)
        let structure = try staff.referring().structureName
        let association = try await store.association()?.name ?? ""
        let paper = try await voucher(own, structure: structure, association: association)
        try await server.send(
            MailMessage(
                id: mail.id.text,
                to: address,
                subject: words("mail_voucher_subject", ["association": association]),
                text: words(
                    "mail_voucher_text",
                    [
                        "structure": structure, "association": association,
                        "services": own.rights.map { $0.category.name(in: language) }
                            .joined(separator: ", "),
                        "shops": try await addresses(store),
                        "code": VoucherPage.printed(own.voucher.code),
                        "until": own.voucher.validUntil.printed,
                    ]
                ),
                files: [
                    .init(
                        name: "bon-\(own.voucher.code).pdf",
                        type: "application/pdf",
                        bytes: paper
                    )
                ],
                writtenAt: mail.askedAt
            )
        )
    }
}

extension Papers {
    /// Where a voucher may be shown: the shops, ten at most, a line each.
    private func addresses(_ store: Store) async throws -> String {
        var lines: [String] = []
        for shop in try await store.shops().prefix(10) {
            let place = try await store.place(of: shop.id)
            lines.append("– \(place.name), \(place.address)")
        }
        return lines.joined(separator: "\n")
    }
}

/// The two ways in which a prescriber's browser or program sends one.
func mailRoutes(_ store: Store, _ server: MailServer?) -> [Route] {
    [
        Route(
            .post,
            "/api/v1/portal/vouchers/{code}/mails",
            for: .prescribers,
            "Sends a voucher of the structure's own by mail, as its PDF. The address is not kept.",
            takes: AskedMail.self,
            gives: OwnVoucher.self
        ) { call, context in
            let asked: AskedMail = try call.json()
            let code = try VoucherCode(scanned: call.piece("code"))
            try await Papers(context).mail(
                code,
                to: EmailAddress(typed: asked.to),
                through: server,
                store,
                key: call.key(),
                by: context.staff
            )
            return try .json(try await store.ownVoucher(code, by: context.staff))
        },
        Route(
            .post,
            "/portal/vouchers/{code}/mails",
            for: .prescribers,
            "Sends a voucher of the structure's own by mail."
        ) { call, context in
            var draft = Draft(try call.form())
            let code = try VoucherCode(scanned: call.piece("code"))
            let address = draft.read("email") { text throws(Refusal) in
                try EmailAddress(typed: text)
            }
            if let address {
                do {
                    try await Papers(context).mail(
                        code,
                        to: address,
                        through: server,
                        store,
                        key: call.key(),
                        by: context.staff
                    )
                    return .see("/portal/vouchers/\(code.digits)?done=mailed")
                } catch let refusal as Refusal where refusal.reason != .voucherUnknown {
                    draft.refuse(refusal)
                }
            }
            return try await ownVoucherPage(store, server, call, context, draft)
        },
    ]
}

struct AskedMail: Codable, Sendable {
    /// An address of ASCII letters, such as name@domain.fr.
    let to: String
}
