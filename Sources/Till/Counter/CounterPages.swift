import HTTPTypes
import Shop
import Store

/// The counter's pages: the till, and a ticket as the person reads it.
func counterPages(_ store: Store) -> [Route] {
    [
        Route(
            .get,
            "/till",
            for: .roles(.sellers),
            "The sale screen of this till; while it is locked, what unlocks it.",
            whileLocked: true
        ) { _, context in
            let isLocked = context.locked != nil
            let staff = try context.locked ?? context.staff
            // The first page asks at which till this browser stands.
            guard staff.till != nil else { return .see("/") }
            let page = try TillPage(
                context.words,
                by: staff,
                at: staff.place(),
                programmes: isLocked ? [] : try await store.programmesThatPay(),
                isLocked: isLocked
            )
            return context.page(page)
        },
        Route(
            .get,
            "/receipts/{code}",
            for: .roles(.ticketReaders),
            "A ticket, on the screen and on paper 80 mm wide.",
            query: [.init("print", .text(), "Print at once.")]
        ) { call, context in
            let text = call.piece("code")
            guard let code = ReceiptCode(text) else {
                throw Refusal(.saleUnknown, ["receipt": .text(String(text.prefix(40)))])
            }
            return context.page(
                ReceiptPage(
                    ReceiptDocument(
                        try await store.receipt(
                            coded: code,
                            in: context.reach(.ticketReaders)
                        ),
                        in: context.words.language
                    ),
                    context.words
                )
            )
        },
    ]
}

extension Store {
    /// Whose agreement runs today, by code.
    fileprivate func programmesThatPay() async throws -> [TillPage.Programme] {
        try await programmes(limit: 200).items
            .filter { $0.startsOn <= today && today <= $0.endsOn }
            .map { TillPage.Programme(code: $0.code, name: $0.name) }
    }
}
