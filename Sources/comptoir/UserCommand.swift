import ArgumentParser
import Shop
import Store

struct UserCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "user",
        abstract: "Who works here, with which roles, and how they sign in.",
        subcommands: [
            UserAdd.self, UserList.self, UserDisable.self, UserEnable.self, UserGrant.self,
            UserEnd.self, UserPassword.self, UserPIN.self, UserBadge.self,
        ]
    )
}

struct UserAdd: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: "Add a user with a role and a password.",
        discussion:
            "The password is read from COMPTOIR_PASSWORD, else asked for, else read from standard input."
    )

    @OptionGroup var shared: Shared
    @Argument(help: "What the user types to sign in.")
    var login: String
    @Option(help: "Their name.")
    var name: String
    @Option(
        name: .customLong("operator"),
        help: "What receipts say instead: 2 to 8 capitals and digits."
    )
    var operatorCode: String
    @Option(help: "fr or en.")
    var language = Language.french
    @Option(help: "A role; may be given several times.")
    var role: [Role] = []
    @Option(help: "The shop in which the roles hold; by default every one.")
    var shop: String?

    func run() async throws {
        try await shared.run { store, staff in
            let login = try Login(typed: login)
            let shop = try shop.map { try ShopCode(typed: $0) }
            let password = try SecretPrompt.ask("COMPTOIR_PASSWORD", .password, in: staff.language)
            let user = try await store.addUser(
                NewUser(
                    login: login,
                    operatorCode: OperatorCode(typed: operatorCode),
                    name: PersonName(typed: name, field: .name),
                    language: language
                ),
                holding: role.map { Grant($0, in: shop) },
                password: password,
                key: shared.requestKey(store),
                by: staff
            )
            return Made(user)
        }
    }
}

struct UserList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the users.",
        discussion: PagedHelp.parts
    )
    @OptionGroup var shared: Shared
    @Option(help: "Begin after this login.")
    var after: String?

    func run() async throws {
        try await shared.runOpen { store in
            let page = try await store.users(after: after)
            return PagedAnswer(items: page.items, next: page.next)
        }
    }
}

struct UserDisable: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "disable",
        abstract: "Shut a user out, and end what they have open everywhere."
    )
    @OptionGroup var shared: Shared
    @Argument var login: String

    func run() async throws {
        try await shared.run { store, staff in
            let login = try Login(typed: login)
            return Made(
                try await store.disableUser(login, key: shared.requestKey(store), by: staff)
            )
        }
    }
}

struct UserEnable: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "enable",
        abstract: "Let a user in again, with the roles and the ways in that they had."
    )
    @OptionGroup var shared: Shared
    @Argument var login: String

    func run() async throws {
        try await shared.run { store, staff in
            let login = try Login(typed: login)
            return Made(
                try await store.enableUser(login, key: shared.requestKey(store), by: staff)
            )
        }
    }
}

struct UserGrant: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "grant", abstract: "Give a role.")
    @OptionGroup var shared: Shared
    @Argument var login: String
    @Argument(
        help: ArgumentHelp("One of: " + Role.allCases.map(\.rawValue).joined(separator: ", "))
    )
    var role: Role
    @Option(help: "The shop in which it holds; by default every one.")
    var shop: String?

    func run() async throws {
        try await shared.run { store, staff in
            Made(
                try await store.grantRole(
                    role,
                    in: shop.map { try ShopCode(typed: $0) },
                    to: Login(typed: login),
                    key: shared.requestKey(store),
                    by: staff
                )
            )
        }
    }
}

struct UserEnd: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "end",
        abstract: "Take a role back."
    )
    @OptionGroup var shared: Shared
    @Argument var login: String
    @Argument var role: Role
    @Option(help: "The shop in which it holds; by default every one.")
    var shop: String?

    func run() async throws {
        try await shared.run { store, staff in
            Made(
                try await store.endRole(
                    role,
                    in: shop.map { try ShopCode(typed: $0) },
                    of: Login(typed: login),
                    key: shared.requestKey(store),
                    by: staff
                )
            )
        }
    }
}

struct UserPassword: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "password",
        abstract: "Set a user's password; what they have open ends.",
        discussion:
            "It is read from COMPTOIR_PASSWORD, else asked for, else read from standard input."
    )
    @OptionGroup var shared: Shared
    @Argument var login: String

    func run() async throws {
        try await shared.run { store, staff in
            Made(
                try await store.setPassword(
                    of: Login(typed: login),
                    to: SecretPrompt.ask("COMPTOIR_PASSWORD", .password, in: staff.language),
                    key: shared.requestKey(store),
                    by: staff
                )
            )
        }
    }
}

struct UserPIN: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pin",
        abstract: "Set the PIN by which a user takes over at a till.",
        discussion: "It is read from COMPTOIR_PIN, else asked for, else read from standard input."
    )
    @OptionGroup var shared: Shared
    @Argument var login: String

    func run() async throws {
        try await shared.run { store, staff in
            Made(
                try await store.setPIN(
                    of: Login(typed: login),
                    to: PIN(typed: SecretPrompt.ask("COMPTOIR_PIN", .pin, in: staff.language)),
                    key: shared.requestKey(store),
                    by: staff
                )
            )
        }
    }
}

struct UserBadge: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "badge",
        abstract: "Make a user's new badge, and print what it says, once."
    )
    @OptionGroup var shared: Shared
    @Argument var login: String

    func run() async throws {
        try await shared.run { store, staff in
            let badge = try await store.makeBadge(
                of: Login(typed: login),
                key: shared.requestKey(store),
                by: staff
            )
            return MadeBadge(login: login, badge: badge.text)
        }
    }
}

private struct MadeBadge: Output {
    let login: String
    let badge: String
    func words(in language: Language) -> String { badge }
}

extension ListedUser: Output {
    func words(in language: Language) -> String {
        let roles = roles.map { held in
            held.role.name(in: language) + (held.shop.map { " (\($0))" } ?? "")
        }
        let state = isDisabled ? language.choose("  désactivé", "  disabled") : ""
        return "\(login)  \(name)  \(roles.joined(separator: ", "))\(state)"
    }
}
