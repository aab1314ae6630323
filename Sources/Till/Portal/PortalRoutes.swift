import HTTPTypes
import Mail
import Shop
import Store

/// Where prescribers sign their own vouchers, see what became of them, and take them back.
func portalRoutes(_ store: Store, _ mail: MailServer?) -> [Route] {
    portalPageRoutes(store, mail) + portalFormRoutes(store, mail) + portalAPIRoutes(store)
        + mailRoutes(store, mail) + portalRunRoutes(store)
}

private func portalPageRoutes(_ store: Store, _ mail: MailServer?) -> [Route] {
    [
        Route(
            .get,
            "/portal",
            for: .prescribers,
            "The structure's own vouchers, the last recorded first.",
            query: [.init("after", .text(format: "uuid"), "The last part’s next.")]
        ) { call, context in
            let after = call.query["after"]
            let part = try await store.ownVouchers(by: context.staff, after: after)
            return context.page(
                PortalPage(
                    context.words,
                    part,
                    structure: try await store.ownStructure(by: context.staff),
                    after: after,
                    today: store.today
                )
            )
        },
        Route(
            .get,
            "/portal/vouchers/new",
            for: .prescribers,
            "A form to sign a voucher.",
            query: [
                .init(
                    "from",
                    .text(pattern: "^[0-9]{12}$"),
                    "A voucher whose people it names again."
                )
            ]
        ) { call, context in
            var draft = Draft(Form(encoded: "count=1"))
            if let from = call.query["from"] {
                let own = try await store.ownVoucher(
                    VoucherCode(scanned: from),
                    by: context.staff
                )
                draft = Draft(referringAgain: own)
            }
            return try await newReferralPage(
                store,
                context,
                draft,
                key: store.newID(Claim.self)
            )
        },
        Route(
            .get,
            "/portal/vouchers/{code}/renewal",
            for: .prescribers,
            "A form to renew a voucher of the structure's own."
        ) { call, context in
            let code = try VoucherCode(scanned: call.piece("code"))
            let own = try await store.ownVoucher(code, by: context.staff)
            if let refusal = own.renewal.refusal(on: store.today) { throw refusal }
            return try await newReferralPage(
                store,
                context,
                Draft(referringAgain: own),
                key: store.newID(Claim.self),
                renewing: code
            )
        },
        Route(
            .get,
            "/portal/vouchers/{code}",
            for: .prescribers,
            "A voucher of the structure's own."
        ) {
            call,
            context in
            try await ownVoucherPage(store, mail, call, context)
        },
        Route(
            .get,
            "/portal/vouchers/{code}/print",
            for: .prescribers,
            "A voucher of the structure's own, to print."
        ) { call, context in
            let own = try await store.ownVoucher(
                VoucherCode(scanned: call.piece("code")),
                by: context.staff
            )
            // What opens nothing is not printed.
            guard own.voucher.revokedOn == nil, own.voucher.keyRevokedOn == nil else {
                return .see("/portal/vouchers/\(own.voucher.code)")
            }
            return context.page(try await printPage(own, store, context))
        },
        Route(
            .get,
            "/portal/vouchers/{code}/voucher.pdf",
            for: .prescribers,
            "A voucher of the structure's own as a PDF."
        ) { call, context in
            let own = try await store.ownVoucher(
                VoucherCode(scanned: call.piece("code")),
                by: context.staff
            )
            try own.checkServes()
            return try await context.file(
                printPage(own, store, context),
                named: "bon-\(own.voucher.code)"
            )
        },
    ]
}

private func printPage(
    _ own: OwnVoucher,
    _ store: Store,
    _ context: Context
) async throws -> OwnVoucherPrintPage {
    OwnVoucherPrintPage(
        context.words,
        own,
        structure: try context.staff.referring().structureName,
        association: try await store.association()?.name ?? ""
    )
}

/// Those whom the form names by their code, by that code: the prescriber sees names again, not codes.
private func newReferralPage(
    _ store: Store,
    _ context: Context,
    _ draft: Draft,
    key: ID<Claim>,
    renewing code: VoucherCode? = nil
) async throws -> Answer {
    let codes = (1...NewVoucherPage.count(draft)).compactMap {
        PersonCode(draft.value("person_\($0)"))
    }
    let page = NewReferralPage(
        context.words,
        draft,
        key: key.text,
        structure: try context.staff.referring().structureName,
        lastDay: try await store.lastDayOfSigned(),
        motives: try await store.motives().offered(on: store.today),
        known: try await store.ownPersons(codes, by: context.staff),
        renewing: code
    )
    return context.page(page, draft.wrong.first?.refusal.status ?? .ok)
}

func ownVoucherPage(
    _ store: Store,
    _ mail: MailServer?,
    _ call: Call,
    _ context: Context,
    _ draft: Draft = Draft()
) async throws -> Answer {
    let own = try await store.ownVoucher(
        VoucherCode(scanned: call.piece("code")),
        by: context.staff
    )
    let page = OwnVoucherPage(
        context.words,
        own,
        today: store.today,
        draft,
        key: store.newID(Claim.self).text,
        // A mail of which nobody knows whether it went is the same one again.
        mailKey: mail.map { _ in
            draft.wrong.contains {
                [.mailUnreachable, .outcomeUnknown].contains($0.refusal.reason)
            }
                ? draft.value("key") : store.newID(Claim.self).text
        }
    )
    let done = call.done("signed", "renewed", "revoked", "mailed")
    return context.page(
        page,
        draft.wrong.first?.refusal.status ?? .ok,
        notice: done.map { context.words("portal_done_\($0)") }
    )
}

private func portalFormRoutes(_ store: Store, _ mail: MailServer?) -> [Route] {
    [
        Route(.post, "/portal/vouchers", for: .prescribers, "Signs a voucher.") { call, context in
            var draft = Draft(try call.form())
            let key = try call.key()
            if draft.isTicked("more") {
                return try await newReferralPage(store, context, draft, key: key)
            }
            guard let referral = try await draft.readReferral(store, context.staff) else {
                return try await newReferralPage(store, context, draft, key: key)
            }
            do {
                let signed = try await store.signVoucher(referral, key: key, by: context.staff)
                return .see("/portal/vouchers/\(signed.code)?done=signed")
            } catch let refusal as Refusal {
                draft.refuse(refusal)
                return try await newReferralPage(store, context, draft, key: key)
            }
        },
        Route(
            .post,
            "/portal/vouchers/{code}/renewal",
            for: .prescribers,
            "Renews a voucher of the structure's own."
        ) { call, context in
            var draft = Draft(try call.form())
            let key = try call.key()
            let code = try VoucherCode(scanned: call.piece("code"))
            // Another structure's is not there, whatever the form holds.
            _ = try await store.ownVoucher(code, by: context.staff)
            if let referral = try await draft.readReferral(store, context.staff, renewing: code) {
                do {
                    let signed = try await store.signVoucher(referral, key: key, by: context.staff)
                    return .see("/portal/vouchers/\(signed.code)?done=renewed")
                } catch let refusal as Refusal {
                    draft.refuse(refusal)
                }
            }
            return try await newReferralPage(store, context, draft, key: key, renewing: code)
        },
        Route(
            .post,
            "/portal/vouchers/{code}/revocation",
            for: .prescribers,
            "Takes a voucher of the structure's own back."
        ) { call, context in
            var draft = Draft(try call.form())
            let code = try VoucherCode(scanned: call.piece("code"))
            if let motive = draft.readMotive() {
                do {
                    _ = try await store.revokeOwnVoucher(
                        code,
                        motive: motive,
                        key: call.key(),
                        by: context.staff
                    )
                } catch let refusal as Refusal where refusal.reason != .voucherUnknown {
                    draft.refuse(refusal)
                }
            }
            guard draft.isFine else {
                return try await ownVoucherPage(store, mail, call, context, draft)
            }
            return .see("/portal/vouchers/\(code.digits)?done=revoked")
        },
    ]
}

extension Draft {
    /// The form that names the same people for the same services.
    fileprivate init(referringAgain own: OwnVoucher) {
        var given = "count=\(own.persons.count)&household_size=\(own.voucher.householdSize)"
        for (index, person) in own.persons.enumerated() {
            given += "&person_\(index + 1)=\(person.code)"
        }
        for right in own.rights { given += "&services=\(right.category.rawValue)" }
        for motive in own.details.motives { given += "&motives=\(motive.code)" }
        if let wish = own.details.wish { given += "&wish=\(wish.rawValue)" }
        self.init(Form(encoded: given))
    }

    /// A referral from the form; nil when something in it is wrong.
    fileprivate mutating func readReferral(
        _ store: Store,
        _ staff: Staff,
        renewing code: VoucherCode? = nil
    ) async throws -> NewReferral? {
        let size = read("household_size") { text throws(Refusal) in
            try number(typed: text, field: .householdSize, in: 1...30)
        }
        let until = read("valid_until") { text throws(Refusal) -> Day? in
            text.isEmpty ? nil : try Day(typed: text, field: .validUntil)
        }
        let services = form.all("services").compactMap(Category.init(rawValue:))
        if services.isEmpty { refuse(Refusal(.fieldMissing).about(.services)) }
        if !isTicked("signature") { refuse(Refusal(.fieldMissing).about(.signature)) }
        var persons: [NewReferral.Named] = []
        for number in 1...NewVoucherPage.count(self) {
            let suffix = "_\(number)"
            if !value("person\(suffix)").isEmpty {
                // Another structure's person is refused as one whom nobody knows.
                let code = PersonCode(value("person\(suffix)"))
                let own = try await store.ownPersons(code.map { [$0] } ?? [], by: staff).first
                _ = read("person\(suffix)") { _ throws(Refusal) -> Void in
                    guard own != nil else { throw Refusal(.personUnknown) }
                }
                if let own { persons.append(.known(own.id)) }
                continue
            }
            let isBlank = ["family_name", "given_name", "phone", "birth_year", "person"]
                .allSatisfy { value("\($0)\(suffix)").isEmpty }
            if isBlank, number > 1 { continue }
            guard let person = try await readPerson(store, suffix: suffix) else { continue }
            let lives = number > 1 && isTicked("together")
            persons.append(.new(person, livesWithFirst: lives))
        }
        let details = readDetails()
        guard isFine, let size, let until, let details else { return nil }
        return NewReferral(
            persons: persons,
            householdSize: size,
            services: Set(services),
            validUntil: until,
            details: details,
            renews: code
        )
    }
}
