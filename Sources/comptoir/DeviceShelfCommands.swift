import ArgumentParser
import Shop
import Store

struct DeviceShelveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "shelve",
        abstract: "Put a device on the shelf with its grade and price.",
        discussion: """
            Where its kind is graded, the grade is that of its last grading; another one needs --motive. Elsewhere --grade \
            names it. Without --price it gets the one of the table, under the legal ceiling.
            """
    )

    @OptionGroup var shared: Shared

    @Argument(help: "Its label.")
    var label: String

    @Option(help: "premium, a, b, c or hc; what it was graded by default.")
    var grade: Grade?

    @Option(help: "Why another grade than it was given; it stays written.")
    var motive: String?

    @Option(help: "Its price, such as 99,00; that of the table by default.")
    var price: String?

    @Option(help: "The price list: standard or partner.")
    var channel = PriceChannel.standard

    @Flag(help: "An unusual price is meant.")
    var unusual = false

    @Option(help: "The shop's code; by default where it stands.")
    var shop: String?

    func run() async throws {
        try await shared.run { store, staff in
            let shop: ID<Shop>? =
                if let shop {
                    try await store.shop(coded: shop, where: .stockWorkers, of: staff)
                } else { nil }
            let shelving = try await store.shelveDevice(
                DeviceLabel.typed(label),
                grade: grade,
                because: motive.map { try ShortText(typed: $0, field: .motive, most: 500) },
                price: price.map { try Cents(typed: $0) },
                of: channel,
                isUnusualMeant: unusual,
                in: shop,
                key: shared.requestKey(store),
                by: staff
            )
            return Shelved(
                label: shelving.label,
                ordinal: shelving.ordinal,
                grade: shelving.grade,
                priceCents: shelving.price
            )
        }
    }

    private struct Shelved: Output {
        let label: String
        let ordinal: Int
        let grade: Grade
        let priceCents: Cents

        func words(in language: Language) -> String {
            let (grade, price) = (
                grade.name(in: language), Written.cents(priceCents, in: language)
            )
            return language.choose(
                "\(label) est en rayon\u{A0}: catégorie \(grade), \(price).",
                "\(label) is on the shelf: grade \(grade), \(price)."
            )
        }
    }
}

struct DeviceRepriceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reprice",
        abstract: "Ask another price for a device on the shelf."
    )

    @OptionGroup var shared: Shared

    @Argument(help: "Its label.")
    var label: String

    @Option(help: "Its price, such as 99,00.")
    var price: String

    @Flag(help: "An unusual price is meant.")
    var unusual = false

    func run() async throws {
        try await shared.run { store, staff in
            let shelving = try await store.repriceDevice(
                DeviceLabel.typed(label),
                price: Cents(typed: price),
                isUnusualMeant: unusual,
                key: shared.requestKey(store),
                by: staff
            )
            return Repriced(
                label: shelving.label,
                ordinal: shelving.ordinal,
                priceCents: shelving.price.count
            )
        }
    }

    private struct Repriced: Output {
        let label: String
        let ordinal: Int
        let priceCents: Int64

        func words(in language: Language) -> String {
            let price = Written.cents(Cents(unchecked: priceCents), in: language)
            return language.choose("\(label) est à \(price).", "\(label) is at \(price).")
        }
    }
}

struct DeviceWithdrawCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "withdraw",
        abstract: "Take a device off the shelf, back to the stock room."
    )

    @OptionGroup var shared: Shared

    @Argument(help: "Its label.")
    var label: String

    @Option(help: "Why; it stays written.")
    var motive: String

    func run() async throws {
        try await shared.run { store, staff in
            let off = try await store.takeOffShelf(
                DeviceLabel.typed(label),
                motive: ShortText(typed: motive, field: .motive, most: 500),
                key: shared.requestKey(store),
                by: staff
            )
            return Off(label: off.label)
        }
    }

    private struct Off: Output {
        let label: String

        func words(in language: Language) -> String {
            language.choose("\(label) n’est plus en rayon.", "\(label) is off the shelf.")
        }
    }
}

struct DeviceReserveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reserve",
        abstract: "Keep a device for a person until a day."
    )

    @OptionGroup var shared: Shared

    @Argument(help: "Its label.")
    var label: String

    @Option(help: "The person: P-XXXXXX.")
    var person: String

    @Option(help: "The last day, such as 2026-12-01.")
    var until: String

    func run() async throws {
        try await shared.run { store, staff in
            guard let person = try await foundPerson(person, store) else {
                throw Refusal(.personUnknown)
            }
            return Recorded(
                id: try await store.reserveDevice(
                    DeviceLabel.typed(label),
                    for: person,
                    until: Day(typed: until),
                    key: shared.requestKey(store),
                    by: staff
                ).text
            )
        }
    }
}

struct DeviceReleaseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "release",
        abstract: "Let a device that was kept go before its day."
    )

    @OptionGroup var shared: Shared

    @Argument(help: "Its label.")
    var label: String

    func run() async throws {
        try await shared.run { store, staff in
            Recorded(
                id: try await store.endReservation(
                    of: DeviceLabel.typed(label),
                    key: shared.requestKey(store),
                    by: staff
                ).text
            )
        }
    }
}
