import Foundation
import Postgres
public import Shop

/// What someone who tries the product needs at hand: who may sign in, and what to scan. Nobody in it exists.
public struct Demonstration: Codable, Sendable {
    public let users: [User]
    /// Vouchers to scan, and what each shows.
    public let vouchers: [Paper]
    /// Attestations to scan: a right without a voucher.
    public let attestations: [Paper]
    /// Machines to scan.
    public let devices: [Shelf]
    /// A run whose completion is still to be decided.
    public let run: String
    /// The programme whose history is played, and one that pays today.
    public let programmes: [String]

    public struct User: Codable, Sendable {
        public let login: String
        public let password: String
        public let name: String
        public let operatorCode: String
        public let roles: [Role]
        /// For which structure they sign; nil for whoever works in the shop.
        public let refersFor: String?
        /// To change hands at a till; nil for whoever never stands at one.
        public let pin: String?
    }

    public struct Paper: Codable, Sendable {
        public let code: String
        public let person: String
        public let shows: Words
    }

    public struct Shelf: Codable, Sendable {
        public let label: String
        public let model: String
        public let price: Cents
        public let shows: Words
    }

    public struct Words: Codable, Sendable {
        public let fr: String
        public let en: String

        public func told(in language: Language) -> String { language.choose(fr, en) }
    }

    /// One a role, the administrator last. The password is no secret: a demonstration answers on the machine itself alone.
    public static let users = [
        user("vente", "Maëlle Dubreuil", "VE1", [.volunteerSeller], pin: "4071"),
        user("espace", "Karim Belhadj", "ES1", [.shopManager, .volunteerSeller], pin: "5208"),
        user("stock", "Ingrid Vasseur", "ST1", [.stockManager], pin: nil),
        user("parcours", "Solange Mbemba", "PA1", [.facilitator], pin: nil),
        user("bilans", "Théo Lachaud", "BI1", [.reporting], pin: nil),
        user("compta", "Rosa Pimentel", "CO1", [.accountant], pin: nil),
        user("admin", "Anouk Ferreira", "AD1", [.administrator], pin: nil),
    ]

    /// Who signs vouchers, for the structure of `LilleFacts.referrer`.
    public static let prescriber = User(
        login: "prescription",
        password: "comptoir-demo",
        name: LilleFacts.referrer.prescriber,
        operatorCode: "",
        roles: [],
        refersFor: LilleFacts.referrer.name,
        pin: nil
    )

    private static func user(
        _ login: String,
        _ name: String,
        _ operatorCode: String,
        _ roles: [Role],
        pin: String?
    ) -> User {
        User(
            login: login,
            password: "comptoir-demo",
            name: name,
            operatorCode: operatorCode,
            roles: roles,
            refersFor: nil,
            pin: pin
        )
    }
}

/// What `loadDemonstration` found: whether it was there before.
public struct LoadedDemonstration: Sendable {
    public let demonstration: Demonstration
    public let wasThere: Bool
}

extension Store {
    /// Loads the Lille programme into an empty installation: its history from June 2022 on its own clock, then vouchers
    /// signed this week and machines on the shelf, so that the first sale works today. Everything goes through the verbs
    /// that people use. Each step has a key of its own, so that a load that was cut off goes on where it stopped.
    ///
    /// Throws `demoAndReal` in a real installation.
    public func loadDemonstration() async throws -> LoadedDemonstration {
        let loading = DemoKeys()
        if let association = try await association() {
            guard association.kind == .demonstration else { throw Refusal(.demoAndReal) }
            if let done: Demonstration = try await result(of: loading.whole) {
                return LoadedDemonstration(demonstration: done, wasThere: true)
            }
        }
        let history = try await DemoHistory(self, loading).play()
        let today = try await DemoToday(self, loading, history).play()
        let admin = try await staff(login: "admin", till: nil)
        let whole = try await command(
            "load-demonstration",
            key: loading.whole,
            input: ["demonstration"],
            by: admin
        ) { _, _ in today }
        return LoadedDemonstration(demonstration: whole, wasThere: false)
    }

    /// What a command answered that was run under this key; nil when none was.
    private func result<Output: Decodable>(of key: ID<Claim>) async throws -> Output? {
        let text: String? = try await transaction { tx in
            let rows = try tx.query("select result from claims where key = \(key)")
            let result: JSONB?? = try rows.first?["result"]
            return (result ?? nil)?.text
        }
        return try text.map { try JSONDecoder().decode(Output.self, from: Data($0.utf8)) }
    }

    /// When a step of the demonstration was first taken; nil when it was not yet.
    func taken(_ key: ID<Claim>) async throws -> Instant? {
        try await transaction { tx in
            try tx.query("select claimed_at from claims where key = \(key)").first?["claimed_at"]
        }
    }
}

/// A request key for each step, always the same.
struct DemoKeys: Sendable {
    var whole: ID<Claim> { self["whole"] }

    subscript(step: String) -> ID<Claim> {
        derivedKey("demonstration \(step)")
    }
}
