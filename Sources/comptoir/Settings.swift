import Configuration
import Foundation
import Mail
import Shop
import Store
import SystemPackage

/// How this installation is set, from the environment first, then from a file with the same names:
/// `COMPTOIR_SETTINGS`, by default `/etc/comptoir.env`.
struct Settings: Sendable {
    let place: Place
    let bind: String
    let port: Int
    /// How others reach the service, behind its proxy: `https://comptoir.example.org`.
    let publicURL: String?
    /// The address of the proxy whose word on who asks is taken.
    let trustedProxy: String?
    let language: Language
    /// Who takes the mails; nil: none are sent.
    let mail: MailServer?

    /// Throws `WrongSetting`.
    static func read() async throws -> Settings {
        let environment = ProcessInfo.processInfo.environment
        let file = environment["COMPTOIR_SETTINGS"]
        let reader = ConfigReader(providers: [
            EnvironmentVariablesProvider(),
            try await EnvironmentVariablesProvider(
                environmentFilePath: FilePath(file ?? "/etc/comptoir.env"),
                allowMissing: file == nil
            ),
        ])
        func text(_ name: String) -> String? {
            let text = reader.string(forKey: ConfigKey("comptoir." + name))
            return text?.isEmpty == true ? nil : text
        }
        let data = text("data") ?? defaultData(environment)
        let schema = text("schema") ?? "comptoir"
        guard schema.wholeMatch(of: /[a-z_][a-z0-9_]{0,40}/) != nil else {
            throw WrongSetting("COMPTOIR_SCHEMA", "lowercase letters, digits and _, at most 41")
        }
        let port = text("port") ?? "8080"
        guard let port = Int(port), (0...65_535).contains(port) else {
            throw WrongSetting("COMPTOIR_PORT", "a number from 1 to 65535")
        }
        let publicURL = text("public.url")
        if let publicURL, publicURL.wholeMatch(of: /https?:\/\/[^\/?#\s]+\/?/) == nil {
            throw WrongSetting(
                "COMPTOIR_PUBLIC_URL",
                "an address such as https://comptoir.example.org"
            )
        }
        return Settings(
            place: Place(
                data: data,
                keys: text("keys") ?? data + "/keys",
                databaseURL: text("database.url"),
                ownerURL: text("owner.url"),
                schema: schema,
                sql: try sqlFolder()
            ),
            bind: text("bind") ?? "127.0.0.1",
            port: port,
            publicURL: publicURL,
            trustedProxy: text("trusted.proxy"),
            language: try language(text("lang"), environment),
            mail: try mail(text("mail.url"), from: text("mail.from"))
        )
    }

    /// Told apart without a word of the address, which holds a password.
    private static func mail(_ url: String?, from: String?) throws -> MailServer? {
        guard let url else { return nil }
        guard let from, let sender = try? EmailAddress(typed: from) else {
            throw WrongSetting("COMPTOIR_MAIL_FROM", "the address that mails come from")
        }
        guard let server = MailServer(url: url, sender: sender) else {
            throw WrongSetting(
                "COMPTOIR_MAIL_URL",
                "smtps://user:password@host:465 or smtp://…:587"
            )
        }
        return server
    }

    /// A private home would stop the `postgres` user, whom root runs the private server as.
    private static func defaultData(_ environment: [String: String]) -> String {
        if geteuid() == 0 { return "/var/lib/comptoir" }
        if let data = environment["XDG_DATA_HOME"], !data.isEmpty { return data + "/comptoir" }
        return NSHomeDirectory() + "/.local/share/comptoir"
    }

    /// French unless someone asked for English.
    private static func language(
        _ wanted: String?,
        _ environment: [String: String]
    ) throws -> Language {
        if let wanted {
            guard let language = Language(rawValue: String(wanted.prefix(2))) else {
                throw WrongSetting("COMPTOIR_LANG", "fr or en")
            }
            return language
        }
        let system =
            environment["LC_ALL"] ?? environment["LC_MESSAGES"] ?? environment["LANG"] ?? ""
        return system.hasPrefix("en") ? .english : .french
    }

    /// `sql/` beside the sources that the program was built from, else `share/comptoir/sql` of where
    /// it was installed.
    private static func sqlFolder() throws -> String {
        let executable = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        var folder = executable.deletingLastPathComponent()
        while folder.path != "/" {
            for candidate in ["share/comptoir/sql", "sql"] {
                let sql = folder.appending(path: candidate)
                let migrations = sql.appending(path: "migrations").path
                if FileManager.default.fileExists(atPath: migrations) { return sql.path }
            }
            folder.deleteLastPathComponent()
        }
        throw WrongSetting("sql", "its folder beside the program, or in share/comptoir")
    }
}

/// A setting that cannot be used, and what it should be.
struct WrongSetting: Error, CustomStringConvertible {
    let name: String
    let wanted: String

    init(_ name: String, _ wanted: String) {
        self.name = name
        self.wanted = wanted
    }

    var description: String { "\(name): wanted \(wanted)." }
}
