import ArgumentParser
import Foundation
import Shop
import Store
import Till

struct SellCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sell",
        abstract: "Sell against a voucher, an attestation or a person."
    )

    @OptionGroup var shared: Shared
    @OptionGroup var buyer: BuyerOptions
    @OptionGroup var goods: LineOptions

    @Option(
        name: .customLong("pay"),
        help: "cash=CENTS, card=CENTS or cheque=CENTS; several times."
    )
    var payments: [String] = []

    func run() async throws {
        try await shared.run { store, staff in
            let request = try SaleRequest(
                buyer: try await buyer.buyer(store),
                lines: try goods.lines(),
                tender: .payments(try payments.map(payment(typed:))),
                right: goods.right
            )
            let ticket = try await store.sell(request, key: shared.requestKey(store), by: staff)
            return ReceiptDocument(try await store.receipt(of: ticket.sale.id), in: staff.language)
        }
    }
}

struct GiftCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gift",
        abstract: "Give: a programme pays, the person nothing."
    )

    @OptionGroup var shared: Shared
    @OptionGroup var buyer: BuyerOptions
    @OptionGroup var goods: LineOptions

    @Option(help: "The code of the programme that pays.")
    var programme: String

    func run() async throws {
        try await shared.run { store, staff in
            let request = try SaleRequest(
                buyer: try await buyer.buyer(store),
                lines: try goods.lines(),
                tender: .gift(programme),
                right: goods.right
            )
            let ticket = try await store.sell(request, key: shared.requestKey(store), by: staff)
            return ReceiptDocument(try await store.receipt(of: ticket.sale.id), in: staff.language)
        }
    }
}

struct RefundCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "refund",
        abstract: "Take back units of a ticket, or all that remains of it."
    )

    @OptionGroup var shared: Shared

    @Argument(help: "The receipt's number (LI1-V-000042) or the ticket's id.")
    var receiptName: String

    @Option(name: .customLong("line"), help: "POSITION or POSITION=UNITS; several times.")
    var lines: [String] = []

    @Option(help: "changed_mind, defective, wrong_item, seller_slip or other.")
    var reason: String

    @Option(help: "How the money goes back: cash, card or cheque.")
    var means: String = "cash"

    func run() async throws {
        try await shared.run { store, staff in
            let sale = try await receipt(named: receiptName, store).sale
            let request = RefundRequest(
                sale: sale.id,
                lines: lines.isEmpty ? nil : try lines.map(line(typed:)),
                reason: try RefundReason(typed: reason, field: .reason),
                means: try Means(typed: means, field: .means)
            )
            _ = try await store.giveBack(request, key: shared.requestKey(store), by: staff)
            return ReceiptDocument(try await store.receipt(of: sale.id), in: staff.language)
        }
    }

    private func line(typed text: String) throws -> RefundRequest.Line {
        let halves = text.split(separator: "=", maxSplits: 1)
        guard let position = halves.first.flatMap({ Int($0) }),
            let units = halves.count == 2 ? Int(halves[1]) : 1
        else {
            throw Refusal(.quantityOutOfRange, ["least": .number(1), "most": .number(100)])
        }
        return RefundRequest.Line(position: position, units: units)
    }
}

struct ReceiptCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "receipt",
        abstract: "Show a receipt by its number, or list a shop's.",
        subcommands: [Show.self, List.self, Print.self],
        defaultSubcommand: Show.self
    )

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Shows a receipt or a refund by its number."
        )
        @OptionGroup var shared: Shared

        @Argument(help: "The number (LI1-V-000042, LI1-R-000003) or the ticket's id.")
        var receiptName: String

        func run() async throws {
            try await shared.run { store, staff in
                if let code = ReceiptCode(receiptName) {
                    return try await store.document(coded: code, language: staff.language)
                }
                return ReceiptDocument(
                    try await receipt(named: receiptName, store),
                    in: staff.language
                )
            }
        }
    }

    struct Print: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Prints a ticket, and records it: the original once, then numbered duplicates.",
            discussion:
                "Without a printer it is recorded alone. The same --key sends the same print again to a printer that was off."
        )
        @OptionGroup var shared: Shared

        @OptionGroup var printer: ReceiptPrinterOption

        @Argument(help: "The number (LI1-V-000042, LI1-R-000003).")
        var receiptName: String

        func run() async throws {
            try await shared.run { store, staff in
                let paper = try printer.paper()
                guard let code = ReceiptCode(receiptName) else {
                    throw Refusal(.saleUnknown, ["receipt": .text(String(receiptName.prefix(40)))])
                }
                let printed = try await store.printReceipt(
                    code,
                    in: staff.reach(.ticketReaders),
                    key: shared.requestKey(store),
                    by: staff
                )
                if printer.isAsked {
                    let document = try await store.document(coded: code, language: .french)
                    try await printer.send(
                        Papers.french(store).thermal(
                            document,
                            printed,
                            on: paper,
                            opensDrawer: printer.openDrawer
                        )
                    )
                }
                return PrintAnswer(number: code.text, copy: printed.copy, printedAt: printed.at)
            }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lists tickets and refunds, the newest first.",
            discussion: PagedHelp.parts
        )
        @OptionGroup var shared: Shared
        @Option(help: "Of one shop, by its code; every shop by default.") var shop: String?
        @Option(help: "Of one day: YYYY-MM-DD, or today.") var day: String?
        @Option(help: "The part after the one whose `next` this is.") var after: String?
        @Option(help: "How many.") var limit = 50

        func run() async throws {
            try await shared.run { store, staff in
                let of =
                    day == "today"
                    ? store.today
                    : try day.map { text throws(Refusal) in try Day(typed: text, field: .day) }
                let named = try await foundShop(shop, store)
                let part = try await store.tickets(
                    TicketFilter(in: named.map { .shops([$0]) } ?? .everyShop, day: of),
                    in: staff.language,
                    after: after,
                    limit: limit
                )
                return PagedAnswer(items: part.items, next: part.next)
            }
        }
    }
}

struct DrawerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "drawer",
        abstract: "Open, look at and close a drawer; move cash for no ticket.",
        subcommands: [Open.self, Show.self, Move.self, Close.self]
    )

    struct Open: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Open the till's drawer with a counted float."
        )
        @OptionGroup var shared: Shared
        @Option(name: .customLong("float"), help: "What is in it, in cents.")
        var floatCents: Int64

        func run() async throws {
            try await shared.run { store, staff in
                _ = try await store.openDrawer(
                    float: Cents(floatCents),
                    key: shared.requestKey(store),
                    by: staff
                )
                return try await store.drawerStanding(of: staff.place())
            }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "What should be in the drawer.")
        @OptionGroup var shared: Shared

        func run() async throws {
            try await shared.run { store, staff in
                try await store.drawerStanding(of: staff.place())
            }
        }
    }

    struct Move: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Put cash into the open drawer, take some out, or say why it was opened."
        )
        @OptionGroup var shared: Shared
        @Argument(help: "in, out or opened.") var kind: String
        @Option(name: .customLong("amount"), help: "In cents; none where it was only opened.")
        var cents: Int64 = 0
        @Option(help: "change, float, deposit, expense, slip or check.") var motive: String

        func run() async throws {
            try await shared.run { store, staff in
                let move = try CashMove(
                    CashMoveKind(typed: kind, field: .cashMove),
                    CashMotive(typed: motive, field: .motive),
                    Cents(cents)
                )
                _ = try await store.moveCash(move, key: shared.requestKey(store), by: staff)
                return try await store.drawerStanding(of: staff.place())
            }
        }
    }

    struct Close: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Close the drawer over a count; a difference takes a reason.",
            discussion:
                "Cash is counted as one amount, or by coins and notes with --piece; cheques one by one with --cheque-of."
        )
        @OptionGroup var shared: Shared
        @Option(name: .customLong("cash"), help: "Cash counted, in cents.") var cash: Int64?
        @Option(
            name: .customLong("piece"),
            help: "CENTS=COUNT: 2000=3 for three €20 notes; several times."
        )
        var pieces: [String] = []
        @Option(name: .customLong("card"), help: "Card slips counted, in cents.") var card: Int64 =
            0
        @Option(name: .customLong("cheque"), help: "Cheques counted, in cents.")
        var cheque: Int64?
        @Option(name: .customLong("cheque-of"), help: "One cheque, in cents; several times.")
        var cheques: [Int64] = []
        @Option(help: "change_slip, counted_twice, paid_out or unexplained.") var reason: String?

        func run() async throws {
            try await shared.run { store, staff in
                let count = try DrawerCount(
                    cash: cash.map { cents throws(Refusal) in try Cents(cents) },
                    pieces: pieces.map { text throws(Refusal) in try piece(typed: text) },
                    card: Cents(card),
                    cheque: cheque.map { cents throws(Refusal) in try Cents(cents) },
                    cheques: cheques.map { cents throws(Refusal) in try Cents(cents) },
                    reason: reason.map { text throws(Refusal) in
                        try DifferenceReason(typed: text, field: .reason)
                    }
                )
                let place = try staff.place()
                let before = try await store.drawerStanding(of: place)
                _ = try await store.closeDrawer(count, key: shared.requestKey(store), by: staff)
                return before
            }
        }

        private func piece(typed text: String) throws(Refusal) -> DrawerCount.Piece {
            let halves = text.split(separator: "=", maxSplits: 1).map { Int($0) }
            guard halves.count == 2, let cents = halves[0], let count = halves[1] else {
                throw Refusal(.denominationUnknown, ["text": .text(String(text.prefix(40)))])
            }
            return DrawerCount.Piece(cents: cents, count: count)
        }
    }
}

private struct PrintAnswer: Output {
    let number: String
    /// 0: the original.
    let copy: Int
    let printedAt: Instant

    func words(in language: Language) -> String {
        PrintedCopy(copy: copy, at: printedAt).mark(in: language).map { "\(number)\u{A0}: \($0)" }
            ?? language.choose("\(number)\u{A0}: original", "\(number): original")
    }
}

extension DrawerStanding: Output {
    func words(in language: Language) -> String {
        guard let ordinal else {
            return language.choose("Caisse \(till)\u{A0}: fermée.", "Till \(till): closed.")
        }
        func euros(_ cents: Int64) -> String {
            (cents < 0 ? "−" : "") + Written.cents(Cents(unchecked: abs(cents)), in: language)
        }
        return """
            \(till) n° \(ordinal), \(tickets) ticket(s)
            \(Means.cash.name(in: language)) \(euros(expected.cash))
            \(Means.card.name(in: language)) \(euros(expected.card))
            \(Means.cheque.name(in: language)) \(euros(expected.cheque))
            """
    }
}

struct VerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Prove the journal, the tickets and the stock against each other.",
        discussion:
            "Exit status 1 when something does not hold; the first fault of each kind is told."
    )

    @OptionGroup var printing: Printing

    @Argument(help: "journal, stock, codes or all.")
    var part: String = "all"

    func run() async throws {
        try await printing.open { store in
            guard let part = Part(rawValue: part) else {
                throw Refusal(
                    .choiceUnknown,
                    [
                        "text": .text(String(self.part.prefix(40))), "field": .text("verify"),
                        "choices": .text(Part.allCases.map(\.rawValue).joined(separator: ", ")),
                    ]
                )
            }
            let found = try await store.verify(
                journal: part == .journal || part == .all,
                stock: part == .stock || part == .all,
                codes: part == .codes || part == .all
            )
            if let fault = found.faults.first { try await store.noteFailedVerification(fault) }
            return VerifyAnswer(found)
        }
    }

    enum Part: String, CaseIterable {
        case journal, stock, codes, all
    }
}

private struct VerifyAnswer: Output {
    let ok: Bool
    let chains: Int
    let entries: Int
    let tickets: Int
    let refunds: Int
    let stockLevels: Int
    let registerEntries: Int
    let codes: Int
    let faults: [Verification.Fault]

    init(_ found: Verification) {
        self.ok = found.ok
        self.chains = found.chains
        self.entries = found.entries
        self.tickets = found.tickets
        self.refunds = found.refunds
        self.stockLevels = found.stockLevels
        self.registerEntries = found.registerEntries
        self.codes = found.codes
        self.faults = found.faults
    }

    var isFine: Bool { ok }

    func words(in language: Language) -> String {
        let counts = language.choose(
            "\(chains) chaînes, \(entries) écritures, \(tickets) tickets, \(refunds) remboursements, \(stockLevels) niveaux de stock, \(registerEntries) écritures du registre, \(codes) codes de recharge.",
            "\(chains) chains, \(entries) entries, \(tickets) tickets, \(refunds) refunds, \(stockLevels) stock levels, \(registerEntries) register entries, \(codes) recharge codes."
        )
        let verdict =
            ok
            ? language.choose("Tout se vérifie.", "Everything verifies.")
            : faults.map { "✗ \($0.kind) \($0.place)" }.joined(separator: "\n")
        return counts + "\n" + verdict
    }
}
