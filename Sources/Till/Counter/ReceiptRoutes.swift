import HTTPTypes
import Shop
import Store

/// Tickets: the shop's list by day, and each as it is printed.
func receiptRoutes(_ store: Store) -> [Route] {
    [
        Route(
            .get,
            "/receipts",
            for: .roles(.ticketReaders),
            "The shop’s tickets by day, the newest first.",
            query: [
                .init("day", .text(format: "date"), "Of one day alone."),
                .init("after", .text(), "The last part’s next."),
            ]
        ) { call, context in
            let day = call.query["day"].flatMap { Day(iso: $0) }
            let after = call.query["after"]
            let part = try await store.tickets(
                TicketFilter(in: try context.ticketReach, day: day),
                in: context.language,
                after: after
            )
            return context.page(
                ReceiptsPage(
                    context.words,
                    part,
                    day: day,
                    after: after,
                    today: store.today,
                    mayOpen: context.mayOpen
                )
            )
        },
        Route(
            .get,
            "/receipts/{code}",
            for: .roles(.ticketReaders),
            "A ticket, on the screen and on paper 80 mm wide.",
            query: [
                .init("print", .text(), "Record a print, then print at once."),
                .init(
                    "copy",
                    .integer(least: 0, most: 100_000),
                    "A print that was recorded: goes on paper."
                ),
            ]
        ) { call, context in
            let code = try receiptCode(call.piece("code"))
            var printed: PrintedCopy?
            if let copy = call.query["copy"].flatMap({ Int($0) }) {
                printed = try await store.printedCopy(
                    copy,
                    of: code,
                    in: context.reach(.ticketReaders)
                )
            }
            let document = try await store.document(
                coded: code,
                in: context.reach(.ticketReaders),
                language: context.language
            )
            return context.page(
                ReceiptPage(
                    document,
                    context.words,
                    printed: printed,
                    key: store.newID(Claim.self).text,
                    mayOpen: context.mayOpen
                )
            )
        },
        Route(
            .post,
            "/receipts/{code}/prints",
            for: .roles(.ticketReaders),
            "Records that a ticket goes on paper, as itself or as a numbered duplicate; then its page."
        ) { call, context in
            let code = try receiptCode(call.piece("code"))
            let printed = try await store.printReceipt(
                code,
                in: context.reach(.ticketReaders),
                key: call.key(),
                by: context.staff
            )
            return .see("/receipts/\(code.text)?copy=\(printed.copy)")
        },
        Route(
            .post,
            "/api/v1/receipts/{code}/prints",
            for: .roles(.ticketReaders),
            "Records that a ticket goes on paper: the original once, then duplicates numbered from 1.",
            gives: ToldPrint.self
        ) { call, context in
            let code = try receiptCode(call.piece("code"))
            let printed = try await store.printReceipt(
                code,
                in: context.reach(.ticketReaders),
                key: call.key(),
                by: context.staff
            )
            return try .json(ToldPrint(printed, of: code, in: context.language), .created)
        },
        Route(
            .get,
            "/api/v1/receipts",
            for: .roles(.ticketReaders),
            "The shop’s tickets and refunds, the newest first.",
            query: [
                .init("day", .text(), "Of one day alone: YYYY-MM-DD, or today."),
                .init("till", .text(), "here: of the till where one stands."),
                .init("after", .text(), "The last part’s next."),
                .init("limit", .integer(least: 1, most: 200), "How many."),
            ],
            gives: ToldTickets.self
        ) { call, context in
            let typed = call.query["day"]
            let day =
                typed == "today"
                ? store.today
                : try typed.map { text throws(Refusal) in try Day(typed: text, field: .day) }
            let staff = try context.staff
            let part = try await store.tickets(
                TicketFilter(
                    in: context.ticketReach,
                    till: call.query["till"] == "here" ? try staff.place().id : nil,
                    day: day
                ),
                in: context.language,
                after: call.query["after"],
                limit: call.query["limit"].flatMap { Int($0) } ?? 50
            )
            return try .json(ToldTickets(items: part.items, next: part.next))
        },
        Route(
            .get,
            "/api/v1/receipts/{code}",
            for: .roles(.ticketReaders),
            "A ticket or a refund by its printed number, with all that the law asks of a receipt.",
            gives: ReceiptDocument.self
        ) { call, context in
            let code = try receiptCode(call.piece("code"))
            return try .json(
                try await store.document(
                    coded: code,
                    in: context.reach(.ticketReaders),
                    language: context.language
                )
            )
        },
    ]
}

struct ToldPrint: Codable, Sendable {
    /// 0: the original; from 1 the duplicates.
    let copy: Int
    let printedAt: Instant
    /// "DUPLICATA n° 2", with its date; absent on the original.
    let mark: String?
    let url: String

    init(_ printed: PrintedCopy, of code: ReceiptCode, in language: Language) {
        copy = printed.copy
        printedAt = printed.at
        mark = printed.mark(in: language)
        url = "/receipts/\(code.text)?copy=\(printed.copy)"
    }
}

func receiptCode(_ text: String) throws(Refusal) -> ReceiptCode {
    guard let code = ReceiptCode(text) else {
        throw Refusal(.saleUnknown, ["receipt": .text(String(text.prefix(40)))])
    }
    return code
}

struct ToldTickets: Codable, Sendable {
    let items: [TicketRow]
    let next: String?
}

extension Context {
    /// Whose tickets are listed: those of the till's shop, else of every shop that the roles reach.
    fileprivate var ticketReach: Reach {
        get throws(Refusal) {
            let reach = try reach(.ticketReaders)
            guard let shop = try staff.till?.shop, reach.includes(shop) else { return reach }
            return .shops([shop])
        }
    }
}
