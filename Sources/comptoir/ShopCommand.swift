import ArgumentParser
import Shop
import Store

struct ShopCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "shop",
        abstract: "Open shops and list them.",
        subcommands: [ShopOpen.self, ShopList.self]
    )
}

struct TillCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "till",
        abstract:
            "Open tills, list them, set their scanners, and see which browsers stand at them.",
        subcommands: [
            TillOpen.self, TillList.self, TillScanGap.self, TillBrowsers.self, TillWithdraw.self,
        ]
    )
}

struct ShopOpen: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "open",
        abstract: "Open a shop."
    )

    @OptionGroup var shared: Shared
    @Argument(help: "Two capitals that begin the labels of its machines.")
    var code: String
    @Option(help: "Its name.")
    var name: String
    @Option(help: "Its street address.")
    var address: String
    @Option(help: "Five digits.")
    var postalCode: String
    @Option(help: "Its town.")
    var city: String
    @Option(help: "Its SIRET.")
    var siret: String
    @Option(help: "Its VAT number, when it has one.")
    var vatNumber: String?

    func run() async throws {
        try await shared.run { store, staff in
            let shop = try await store.openShop(
                NewShop(
                    code: ShopCode(typed: code),
                    name: ShortText(typed: name, field: .name),
                    address: ShortText(typed: address, field: .address),
                    postalCode: PostalCode(typed: postalCode),
                    city: ShortText(typed: city, field: .city),
                    siret: Siret(typed: siret),
                    vatNumber: try vatNumber.map {
                        try ShortText(typed: $0, field: .siret, most: 20)
                    }
                ),
                key: shared.requestKey(store),
                by: staff
            )
            return Made(shop)
        }
    }
}

struct ShopList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the shops.",
        discussion: PagedHelp.whole
    )
    @OptionGroup var shared: Shared

    func run() async throws {
        try await shared.runOpen { store in PagedAnswer(whole: try await store.shops()) }
    }
}

struct TillOpen: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "open",
        abstract: "Open a till in the shop whose code begins its own."
    )

    @OptionGroup var shared: Shared
    @Argument(help: "The shop's code and a number: LI2.")
    var code: String
    @Option(help: "Its name.")
    var name: String

    func run() async throws {
        try await shared.run { store, staff in
            let till = try await store.openTill(
                NewTill(
                    code: TillCode(typed: code),
                    name: ShortText(typed: name, field: .till, most: 100)
                ),
                key: shared.requestKey(store),
                by: staff
            )
            return Made(till)
        }
    }
}

struct TillList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the tills.",
        discussion: PagedHelp.whole
    )
    @OptionGroup var shared: Shared
    @Option(help: "Of this shop alone.")
    var shop: String?

    func run() async throws {
        try await shared.runOpen { store in
            let shop = try shop.map { try ShopCode(typed: $0) }
            return PagedAnswer(whole: try await store.tills(in: shop))
        }
    }
}

struct TillScanGap: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "scan-gap",
        abstract: "Say how slowly the scanner at a till may type.",
        discussion: "A scan whose characters come more slowly is taken for typing. Usually 60."
    )
    @OptionGroup var shared: Shared
    @Argument(help: "The till’s code: LI1.")
    var till: String
    @Argument(help: "The longest pause between two characters, in milliseconds: 20 to 250.")
    var milliseconds: Int

    func run() async throws {
        try await shared.run { store, staff in
            try await store.setScanGap(
                ScanGap(milliseconds: milliseconds),
                of: TillCode(typed: till),
                key: shared.requestKey(store),
                by: staff
            )
        }
    }
}

struct TillBrowsers: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "browsers",
        abstract: "List the browsers that stand at the tills of the shops that one manages.",
        discussion: PagedHelp.whole
    )
    @OptionGroup var shared: Shared

    func run() async throws {
        try await shared.run { store, staff in
            PagedAnswer(whole: try await store.browsersAtTills(in: staff.reach(.shopManagers)))
        }
    }
}

struct TillWithdraw: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "withdraw",
        abstract: "Take a browser away from its till; what others have open in it ends."
    )
    @OptionGroup var shared: Shared
    @Argument(help: "The browser's key, as “till browsers” lists it.")
    var browser: ID<TillBrowser>

    func run() async throws {
        try await shared.run { store, staff in
            let key = shared.requestKey(store)
            return Withdrawn(id: try await store.withdrawBrowser(browser, key: key, by: staff).text)
        }
    }
}

private struct Withdrawn: Output {
    let id: String
    func words(in language: Language) -> String { id }
}

extension BrowserAtTill: Output {
    func words(in language: Language) -> String {
        let since = Refusal.Fact.instant(enrolledAt).written(in: language)
        return "\(till)  \(id)  \(since)  \(enrolledBy)"
    }
}

/// What a command made: its key and what it is called.
struct Made: Output {
    let id: String
    let code: String

    init<Noun>(_ made: Created<Noun>) {
        id = made.id.text
        code = made.code
    }

    func words(in language: Language) -> String { code }
}

extension ListedShop: Output {
    func words(in language: Language) -> String { "\(code)  \(name), \(city)" }
}

extension ListedTill: Output {
    func words(in language: Language) -> String { "\(code)  \(name)  \(scanGapMs)\u{A0}ms" }
}

extension ScannerOfTill: Output {
    func words(in language: Language) -> String { "\(till)  \(scanGapMs)\u{A0}ms" }
}
