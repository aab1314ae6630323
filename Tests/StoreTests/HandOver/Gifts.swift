import Postgres
import Shop
import Store
import TestSupport

extension Wazemmes {
    static let drawn = "M40 200 80 60 120 200"

    /// What lets a gift be handed over: terms of two lines, in French and in English, and a colleague.
    func furnishTerms() async throws {
        try await furnishOverrides()
        let day = try await store.setHandOverTerms(
            TermLine.lines(typed: "yours: C’est à vous.\nhelp: Revenez."),
            from: store.today,
            key: key(),
            by: staff()
        )
        _ = try await store.translateHandOverTerms(
            of: day,
            into: SpokenLanguage(typed: "en"),
            TermLine.sentences(["It is yours.", "Come back."]),
            key: key(),
            by: staff()
        )
    }

    /// A machine and recharges given to Amina; the ticket’s number.
    func give(
        _ voucher: String = Wazemmes.aminaVoucher,
        device: Int = 1,
        recharges: Int = 2
    ) async throws -> ReceiptCode {
        try await store.sell(
            request(voucher, device: device, recharges: recharges, gift: true),
            key: key(),
            by: staff()
        ).code
    }

    func screen() throws -> HandOverSignature { .screen(try Strokes(typed: Wazemmes.drawn)) }

    /// Reads the act, draws it and signs it, as the page does; the drawing is a text that names what it would show.
    @discardableResult
    func sign(
        _ ticket: ReceiptCode,
        _ signature: HandOverSignature? = nil,
        language: String? = nil,
        key: ID<Claim>? = nil,
        at till: Int = 0,
        meanwhile: () async throws -> Void = {}
    ) async throws -> HandedOver {
        let request = HandOverRequest(
            ticket: ticket,
            language: try language.map { try SpokenLanguage(typed: $0) },
            signature: try signature ?? screen()
        )
        let act = try await store.handOverAct(ticket, in: request.language)
        try await meanwhile()
        return try await store.signHandOver(
            request,
            act: act,
            document: Array("%PDF-1.7 \(act.name) \(act.kept.map(\.description))".utf8),
            key: key ?? self.key(),
            by: staff(till)
        )
    }

    func takeBack(
        _ ticket: ReceiptCode,
        lines: [RefundRequest.Line]? = nil,
        at till: Int = 0
    ) async throws {
        let sale = try await store.receipt(coded: ticket).sale.id
        _ = try await store.giveBack(
            RefundRequest(sale: sale, lines: lines, reason: .changedMind, means: .cash),
            key: key(),
            by: staff(till)
        )
    }

    func refuseNotice(_ person: ID<Person>) async throws {
        try await execute(
            """
            insert into privacy_notices (starts_on, french, english, recorded_at)
            values ('2026-01-01', 'Texte', 'Text', now()) on conflict do nothing
            """
        )
        _ = try await store.answerNotice(
            person,
            accepted: false,
            told: .spoken,
            key: key(),
            by: staff()
        )
    }
}

func withGifts(
    machines: Int = 12,
    tills: Int = 2,
    _ body: @Sendable (Wazemmes) async throws -> Void
) async throws {
    try await withWazemmes(machines: machines, tills: tills) { at async throws -> Void in
        try await at.furnishTerms()
        try await body(at)
    }
}
