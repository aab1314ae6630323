import HTTPTypes
import Shop
import Store

/// The counter's pages: the till, and a ticket as the person reads it.
func counterPages(_ store: Store) -> [Route] {
    [
        Route(
            .get,
            "/till",
            for: [.volunteerSeller, .shopManager, .administrator],
            "The sale screen of this till."
        ) { _, context in
            let staff = try context.staff
            // The first page asks at which till this browser stands.
            guard staff.till != nil else { return .see("/") }
            let page = try TillPage(
                context.words,
                by: staff,
                at: staff.place(),
                programmes: try await store.programmesThatPay()
            )
            return context.page(page)
        },
        Route(
            .get,
            "/receipts/{code}",
            for: [.volunteerSeller, .shopManager, .accountant, .administrator],
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
                        try await store.receipt(coded: code),
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
