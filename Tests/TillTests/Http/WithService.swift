import Foundation
import FoundationNetworking
import Hummingbird
import Logging
import Postgres
import Shop
import Store
import Synchronization
import TestSupport

@testable import Till

/// A real service on a loopback port over a database of its own, with a shop at Lille, its till and
/// an administrator.
struct Served {
    let store: Store
    /// A way in for the tables' owner: to look behind the service.
    let owner: Pool
    let server: Server
    let base: URL

    static let password = "un deux trois quatre"

    /// A browser that nobody uses yet.
    func browser() -> Browser { Browser(base: base) }

    /// A browser in which this user is signed in.
    func browser(as login: String) async throws -> Browser {
        let browser = browser()
        try await browser.signIn(login)
        return browser
    }

    /// Adds a user with `password` who holds the roles in a shop, by default in every one.
    func add(_ login: String, _ roles: Role..., in shop: String? = nil) async throws {
        let shop = try shop.map { try ShopCode(typed: $0) }
        _ = try await store.addUser(
            NewUser(
                login: Login(typed: login),
                operatorCode: OperatorCode(
                    typed: String(login.filter { $0 != "." }.prefix(8)).uppercased()
                ),
                name: PersonName(typed: "Nom de \(login)", field: .name),
                language: .french
            ),
            holding: roles.map { Grant($0, in: shop) },
            password: Self.password,
            key: store.newID(),
            by: store.staff(login: "admin", till: nil)
        )
    }

    /// Opens a test bench, by default at Lille.
    func openStation(in shop: String = "LI") async throws -> OpenedStation {
        let admin = try await store.staff(login: "admin", till: nil)
        return try await store.openStation(
            named: ShortText(typed: "Banc 1", field: .name),
            in: try await store.shop(coded: shop, where: .stockWorkers, of: admin),
            key: store.newID(),
            by: admin
        )
    }

    /// Adds a structure and a prescriber of it who signs in with `password`.
    func addPrescriber(_ login: String, of name: String) async throws {
        let admin = try await store.staff(login: "admin", till: nil)
        let structure = try await store.createStructure(
            NewStructure(
                name: ShortText(typed: name, field: .name),
                kind: .association,
                quarter: "",
                agreementStartsOn: store.today
            ),
            key: store.newID(),
            by: admin
        )
        let prescriber = try await store.addPrescriber(
            NewPrescriber(name: PersonName(typed: "Nom de \(login)", field: .prescriber)),
            to: structure,
            key: store.newID(),
            by: admin
        )
        _ = try await store.openAccount(
            NewAccount(
                of: prescriber,
                in: structure,
                login: Login(typed: login),
                language: .french
            ),
            password: Self.password,
            key: store.newID(),
            by: admin
        )
    }
}

extension Served {
    /// A programme of this year and a course of one module.
    func openCourse() async throws {
        let admin = try await store.staff(login: "admin", till: nil)
        _ = try await store.createProgramme(
            NewProgramme(
                code: ShortCode(typed: "lille"),
                name: ShortText(typed: "Parents", field: .name),
                territory: ShortText(typed: "Lille", field: .territory),
                startsOn: store.today,
                endsOn: store.today.adding(days: 300),
                parentsTarget: 1,
                runsTarget: 1,
                funders: []
            ),
            key: store.newID(),
            by: admin
        )
        _ = try await store.createCourse(
            NewCourse(
                code: ShortCode(typed: "parents"),
                name: ShortText(typed: "Parents", field: .name),
                modules: [
                    NewModule(
                        kind: .basic,
                        name: ShortText(typed: "Module", field: .module),
                        plannedMinutes: 60
                    )
                ]
            ),
            key: store.newID(),
            by: admin
        )
    }

    /// A run that begins in a month, or in `days`, mobilised by the prescriber's structure.
    func openRun(_ code: String, of login: String, in days: Int = 30) async throws -> RunCode {
        let admin = try await store.staff(login: "admin", till: "LI1")
        let run = try RunCode(typed: code)
        _ = try await store.mobiliseRun(
            NewRun(
                code: run,
                course: ShortCode(typed: "parents"),
                programme: ShortCode(typed: "lille"),
                structure: store.staff(login: login, till: nil).referring().structure,
                shop: admin.place().shop,
                facilitator: admin.id,
                place: "",
                startsOn: store.today.adding(days: days)
            ),
            key: store.newID(),
            by: admin
        )
        return run
    }
}

extension Served {
    /// What each table holds, but for when a sign-in was last seen.
    func digests() async throws -> [String: String] {
        try await owner.withConnection { connection in
            let tables: [String] = try connection.query(
                "select relname from pg_class where relnamespace = 'comptoir'::regnamespace and relkind = 'r'"
            ).map { try $0["relname"] }
            var digests: [String: String] = [:]
            for table in tables {
                digests[table] = try connection.query(
                    """
                    select md5(coalesce(string_agg(row, '' order by row), '')) as digest
                    from (select (to_jsonb(t) - 'seen_at')::text as row from \(identifier: table) t) rows
                    """
                )[0]["digest"]
            }
            return digests
        }
    }
}

func withService<T: Sendable>(
    kind: Association.Kind = .real,
    origin: PublicAddress = PublicAddress(publicURL: nil, trustedProxy: nil),
    _ body: @escaping @Sendable (Served) async throws -> T
) async throws -> T {
    try await withStoreAndOwner { store, owner in
        try await store.setUp(lille(kind))
        let quiet = Logger(label: "tests") { _ in SwiftLogNoOpLogHandler() }
        let server = try await Server(store: store, origin: origin, logger: quiet)
        let (ports, found) = AsyncStream<Int>.makeStream()
        let application = server.application(bind: "127.0.0.1", port: 0) { port in
            found.yield(port)
            found.finish()
        }
        return try await withThrowingTaskGroup(of: T?.self) { group in
            group.addTask {
                try await application.run()
                return nil
            }
            group.addTask {
                guard let port = await ports.first(where: { _ in true }),
                    let base = URL(string: "http://127.0.0.1:\(port)")
                else { throw URLError(.cannotConnectToHost) }
                return try await body(
                    Served(store: store, owner: owner, server: server, base: base)
                )
            }
            while let result = try await group.next() {
                if let result {
                    group.cancelAll()
                    return result
                }
            }
            throw CancellationError()
        }
    }
}

private func lille(_ kind: Association.Kind) throws -> FirstDay {
    let siret = try Siret(typed: "73282932000074")
    return try FirstDay(
        association: ShortText(typed: "Numérique solidaire", field: .association),
        siret: siret,
        kind: kind,
        regime: .exempt,
        shop: NewShop(
            code: ShopCode(typed: "LI"),
            name: ShortText(typed: "Lille Fives", field: .name),
            address: ShortText(typed: "1 rue du Long Pot", field: .address),
            postalCode: PostalCode(typed: "59000"),
            city: ShortText(typed: "Lille", field: .city),
            siret: siret
        ),
        till: NewTill(
            code: TillCode(typed: "LI1"),
            name: ShortText(typed: "Caisse 1", field: .till)
        ),
        administrator: NewUser(
            login: Login(typed: "admin"),
            operatorCode: OperatorCode(typed: "ADM"),
            name: PersonName(typed: "Ada", field: .name),
            language: .french
        ),
        password: Served.password
    )
}

/// What a browser does, and no more: it keeps cookies and sends them back.
final class Browser: Sendable {
    struct Reply {
        let status: Int
        let headers: [String: String]
        let text: String
        let bytes: Data

        func json() throws -> [String: Any] {
            try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any] ?? [:]
        }
        /// The refusal's code, nil when it is none.
        var refusal: String? {
            ((try? json())?["refusal"] as? [String: Any])?["code"] as? String
        }
    }

    private let base: URL
    private let cookies = Mutex<[String: String]>([:])
    private let token = Mutex("")
    private let session: URLSession

    init(base: URL) {
        self.base = base
        let settings = URLSessionConfiguration.ephemeral
        settings.httpShouldSetCookies = false
        settings.httpCookieAcceptPolicy = .never
        session = URLSession(configuration: settings, delegate: Stays(), delegateQueue: nil)
    }

    var csrf: String { token.withLock { $0 } }
    var cookieNames: Set<String> { cookies.withLock { Set($0.keys) } }

    /// - Parameters:
    ///   - json: sent as the body, with the token that a write needs.
    ///   - body: the same as JSON that is no object.
    ///   - form: the same as a form, its token in a field.
    func ask(
        _ method: String,
        _ path: String,
        json: [String: Any]? = nil,
        body: String? = nil,
        file: [UInt8]? = nil,
        form: [String: String]? = nil,
        headers: [String: String] = [:],
        guarded: Bool = true
    ) async throws -> Reply {
        guard let url = URL(string: path, relativeTo: base) else { throw URLError(.badURL) }
        var request = URLRequest(url: url)
        request.httpMethod = method
        let sent = cookies.withLock { $0.map { "\($0.key)=\($0.value)" }.joined(separator: "; ") }
        if !sent.isEmpty { request.setValue(sent, forHTTPHeaderField: "Cookie") }
        if let json {
            request.httpBody = try JSONSerialization.data(withJSONObject: json)
            request.setValue("application/json", forHTTPHeaderField: "Content-Type")
        }
        if let body {
            request.httpBody = Data(body.utf8)
            request.setValue("application/json", forHTTPHeaderField: "Content-Type")
        }
        if let file {
            request.httpBody = Data(file)
            request.setValue("application/octet-stream", forHTTPHeaderField: "Content-Type")
        }
        if let form {
            var fields = form
            if guarded { fields["csrf"] = csrf }
            request.httpBody = Data(
                fields.map { "\(escaped($0.key))=\(escaped($0.value))" }.joined(separator: "&").utf8
            )
            request.setValue(
                "application/x-www-form-urlencoded",
                forHTTPHeaderField: "Content-Type"
            )
        } else if guarded, method != "GET" {
            request.setValue(csrf, forHTTPHeaderField: "X-CSRF-Token")
        }
        for (name, value) in headers { request.setValue(value, forHTTPHeaderField: name) }
        let (data, response) = try await session.data(for: request)
        guard let response = response as? HTTPURLResponse else {
            throw URLError(.badServerResponse)
        }
        var fields: [String: String] = [:]
        for (name, value) in response.allHeaderFields {
            fields["\(name)".lowercased()] = "\(value)"
        }
        keep(fields["set-cookie"])
        let text = String(decoding: data, as: UTF8.self)
        if let found = text.firstMatch(of: /name="csrf" value="([^"]+)"/) {
            token.withLock { $0 = String(found.1) }
        }
        return Reply(status: response.statusCode, headers: fields, text: text, bytes: data)
    }

    func signIn(_ login: String, _ password: String = Served.password) async throws {
        let reply = try await ask(
            "POST",
            "/api/v1/sign-ins",
            json: ["login": login, "password": password],
            guarded: false
        )
        guard reply.status == 201, let given = try reply.json()["csrf"] as? String else {
            throw URLError(.userAuthenticationRequired)
        }
        token.withLock { $0 = given }
    }

    private func keep(_ header: String?) {
        guard let pair = header?.split(separator: ";").first else { return }
        let halves = pair.split(separator: "=", maxSplits: 1)
        cookies.withLock { $0[String(halves[0])] = halves.count == 2 ? String(halves[1]) : "" }
    }

    private func escaped(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? text
    }
}

/// Shows redirections instead of following them.
private final class Stays: NSObject, URLSessionTaskDelegate {
    func urlSession(
        _ session: URLSession,
        task: URLSessionTask,
        willPerformHTTPRedirection response: HTTPURLResponse,
        newRequest request: URLRequest,
        completionHandler: @escaping @Sendable (URLRequest?) -> Void
    ) { completionHandler(nil) }
}
