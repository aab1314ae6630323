import ArgumentParser
import Foundation
import Shop
import Store

/// Closed days, months and years.
struct CloseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "close",
        abstract: "Close a day, a month or a year at a till, for ever.",
        subcommands: [Make.self, List.self],
        defaultSubcommand: Make.self
    )

    struct Make: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Closes the period; without one whatever is over and not closed yet.",
            discussion:
                "A day takes a counted drawer. The next opening of the drawer closes what is over by itself."
        )
        @OptionGroup var shared: Shared
        @Argument(help: "day, month or year.") var period: String?
        @Flag(help: "Say what would be closed; write nothing.") var dryRun = false

        func run() async throws {
            try await shared.run { store, staff in
                let period = try period.map { text throws(Refusal) in
                    try Period(typed: text, field: .period)
                }
                let place = try staff.place()
                if dryRun {
                    let due = try await store.closingDue(period, at: place)
                    return ClosedAnswer(
                        till: place.code,
                        isDryRun: true,
                        items: due.map { .init(period: $0.period, endsOn: $0.endsOn, number: nil) }
                    )
                }
                let made = try await store.closePeriod(
                    period,
                    key: shared.requestKey(store),
                    by: staff
                )
                return ClosedAnswer(
                    till: place.code,
                    isDryRun: false,
                    items: made.map {
                        .init(period: $0.period, endsOn: $0.endsOn, number: $0.number)
                    }
                )
            }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lists closed days, months and years, the latest first.",
            discussion: PagedHelp.parts
        )
        @OptionGroup var shared: Shared
        @Option(help: "day, month or year.") var period: String?
        @Option(name: .customLong("of"), help: "Of one till, by its code.") var till: String?
        @Option(help: "The part after the one whose `next` this is.") var after: String?
        @Option(help: "How many.") var limit = 50

        func run() async throws {
            try await shared.run { store, staff in
                let part = try await store.periodClosings(
                    PeriodFilter(
                        in: staff.reach(.ticketReaders),
                        till: till,
                        period: period.map { text throws(Refusal) in
                            try Period(typed: text, field: .period)
                        }
                    ),
                    after: after,
                    limit: limit
                )
                return PagedAnswer(items: part.items.map { PeriodAnswer($0) }, next: part.next)
            }
        }
    }
}

private struct ClosedAnswer: Output {
    let till: String
    let isDryRun: Bool
    let items: [Item]

    struct Item: Codable, Sendable {
        let period: Period
        let endsOn: Day
        let number: String?
    }

    func words(in language: Language) -> String {
        if items.isEmpty { return language.choose("Rien à clôturer.", "Nothing to close.") }
        return items.map { item in
            [till, item.period.name(in: language), item.endsOn.printed, item.number]
                .compactMap(\.self).joined(separator: " ")
        }.joined(separator: "\n")
    }
}

private struct PeriodAnswer: Output {
    let till: String
    let period: Period
    let startsOn: Day
    let endsOn: Day
    let number: String
    let sales: Int
    let gifts: Int
    let refunds: Int
    let salesCents: Cents
    let giftsCents: Cents
    let refundsCents: Cents
    let perpetualCents: Int64
    let perpetualAbsoluteCents: Int64
    let closedAt: Instant
    let closedBy: String

    init(_ slip: PeriodSlip) {
        let record = slip.record
        till = slip.till
        period = record.period
        startsOn = record.startsOn
        endsOn = record.endsOn
        number = slip.number
        sales = record.totals.sales
        gifts = record.totals.gifts
        refunds = record.totals.refunds
        salesCents = record.totals.salesCents
        giftsCents = record.totals.giftsCents
        refundsCents = record.totals.refundsCents
        perpetualCents = record.perpetual
        perpetualAbsoluteCents = record.perpetualAbsolute
        closedAt = record.link.at
        closedBy = slip.closedBy
    }

    func words(in language: Language) -> String {
        [
            number, period.name(in: language), endsOn.printed,
            Written.cents(salesCents, in: language),
            "\u{2212}" + Written.cents(refundsCents, in: language),
        ].joined(separator: "  ")
    }
}
