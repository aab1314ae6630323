import HTTPTypes
import Shop
import Store
import Testing

@testable import Till

@Suite("Who may open what")
struct AccessTests {
    /// One user a role, one with none, and nobody.
    private static let roles: [Role?] = Role.allCases + [nil]

    @Test("the file names every route with its roles, and no other (F1)")
    func written() async throws {
        let lines = try AccessLine.all()
        try await withService { served in
            let told = lines.map { "\($0.method) \($0.path) \($0.who)" }
            #expect(told.sorted() == served.routes.map(\.written).sorted())
            for line in lines where line.who.contains(",") {
                #expect(line.named.count == line.who.split(separator: ",").count, "\(line.who)")
            }
        }
    }

    @Test("every route opens to the roles that the file names and to nobody else (F1)")
    func matrix() async throws {
        let lines = try AccessLine.all()
        try await withService { served in
            try await served.add("rien")
            for role in Role.allCases { try await served.add(Self.login(role), role) }
            let nobody = served.browser()
            _ = try await nobody.ask("GET", "/sign-in")
            var browsers: [(Role?, Browser)] = []
            for role in Self.roles {
                let browser = try await served.browser(as: role.map(Self.login) ?? "rien")
                browsers.append((role, browser))
            }
            // These change who is signed in.
            let ends = ["DELETE /api/v1/sign-ins/current", "POST /api/v1/sign-ins/lock"]
            for line in lines where !line.path.hasPrefix("/assets") {
                let place = "\(line.method) \(line.path)"
                let path = line.path.replacing(/\{[^}]*\}/, with: "none")
                let stranger = try await nobody.ask(
                    line.method,
                    path,
                    headers: ["Accept": "application/json"]
                )
                if line.who == "anyone" {
                    #expect(stranger.refusal != "sign_in_needed", "\(place)")
                    continue
                }
                let needed = line.who == "stations" ? "station_token_wrong" : "sign_in_needed"
                #expect(stranger.refusal == needed && stranger.status == 401, "\(place)")
                for (role, browser) in browsers where !ends.contains(place) {
                    let reply = try await browser.ask(
                        line.method,
                        path,
                        json: line.method == "GET" ? nil : [:],
                        headers: ["Accept": "application/json"]
                    )
                    let isRefused =
                        ["role_missing", "prescribers_only"].contains(reply.refusal)
                        && reply.status == 403 || reply.refusal == "station_token_wrong"
                    #expect(
                        isRefused != line.admits(role),
                        "\(place) for \(role?.rawValue ?? "no role")"
                    )
                    #expect(reply.status != 500, "\(place): \(reply.text)")
                }
            }
        }
    }

    @Test("a prescriber gets into the portal and nowhere else (F1, F2)")
    func prescriber() async throws {
        let lines = try AccessLine.all()
        try await withService { served in
            try await served.addPrescriber("ines", of: "Itinéraires")
            let browser = try await served.browser(as: "ines")
            let ends = ["DELETE /api/v1/sign-ins/current", "POST /api/v1/sign-ins/lock"]
            let open = ["anyone", "signed-in", "prescribers"]
            for line in lines where !line.path.hasPrefix("/assets") {
                let place = "\(line.method) \(line.path)"
                if ends.contains(place) { continue }
                let reply = try await browser.ask(
                    line.method,
                    line.path.replacing(/\{[^}]*\}/, with: "none"),
                    json: line.method == "GET" ? nil : [:],
                    headers: ["Accept": "application/json"]
                )
                let isRefused =
                    reply.refusal == "role_missing" && reply.status == 403
                    || reply.refusal == "station_token_wrong"
                #expect(isRefused != open.contains(line.who), "\(place): \(reply.text)")
                #expect(reply.status != 500, "\(place): \(reply.text)")
            }
        }
    }

    @Test("a test bench's token opens the one route for files, and no other (F1)")
    func station() async throws {
        let lines = try AccessLine.all()
        try await withService { served in
            let opened = try await served.openStation()
            let bench = served.browser()
            for line in lines where line.who != "anyone" {
                let place = "\(line.method) \(line.path)"
                let reply = try await bench.ask(
                    line.method,
                    line.path.replacing(/\{[^}]*\}/, with: "none"),
                    json: line.method == "GET" ? nil : [:],
                    headers: [
                        "Accept": "application/json", "Authorization": "Bearer \(opened.token)",
                    ]
                )
                if line.who == "stations" {
                    #expect(reply.refusal == "file_unknown_format", "\(place): \(reply.text)")
                } else {
                    #expect(reply.refusal == "sign_in_needed" && reply.status == 401, "\(place)")
                }
            }
        }
    }

    @Test("another structure's voucher is not there, on every route of the portal (F2)")
    func otherStructure() async throws {
        let lines = try AccessLine.all().filter {
            $0.who == "prescribers" && $0.path.contains("/vouchers/{code}")
        }
        #expect(lines.count == 11)
        try await withService { served in
            try await served.addPrescriber("ines", of: "Itinéraires")
            try await served.addPrescriber("marc", of: "Solfa")
            let ines = try await served.browser(as: "ines")
            let marc = try await served.browser(as: "marc")
            for line in lines {
                let store = served.store
                let signed = try await store.signVoucher(
                    NewReferral(
                        persons: [
                            .new(
                                NewPerson(
                                    givenName: nil,
                                    familyName: PersonName(typed: "Benali", field: .familyName)
                                ),
                                livesWithFirst: false
                            )
                        ],
                        householdSize: 1,
                        services: [.equipment]
                    ),
                    key: store.newID(),
                    by: store.staff(login: "marc", till: nil)
                )
                func ask(_ browser: Browser) async throws -> Int {
                    let path = line.path.replacing("{code}", with: signed.code)
                    let key = store.newID(Claim.self).text
                    if line.method == "GET" { return try await browser.ask("GET", path).status }
                    if path.hasPrefix("/api/") {
                        return try await browser.ask(
                            "POST",
                            path,
                            json: ["motive": "déménagement", "to": "awa@mailbox.example"],
                            headers: ["Idempotency-Key": key]
                        ).status
                    }
                    return try await browser.ask(
                        "POST",
                        path,
                        form: [
                            "motive": "déménagement", "email": "awa@mailbox.example",
                            "key": key, "household_size": "1",
                            "services": "equipment", "signature": "yes",
                            "person_1": signed.persons[0].code,
                        ]
                    ).status
                }
                #expect(try await ask(ines) == 404, "\(line.method) \(line.path)")
                // Its time has not come, or there is no mail server: it is there all the same.
                let expected =
                    line.path.hasSuffix("/renewal")
                    ? [409] : line.path.hasSuffix("/mails") ? [503] : [200, 303]
                #expect(expected.contains(try await ask(marc)), "\(line.method) \(line.path)")
            }
        }
    }

    @Test("a run that is not offered is not there, on every route of the portal (F2)")
    func otherRun() async throws {
        let lines = try AccessLine.all().filter {
            $0.who == "prescribers" && $0.path.contains("/runs/{code}")
        }
        #expect(lines.count == 7)
        try await withService { served in
            try await served.addPrescriber("ines", of: "Itinéraires")
            try await served.addPrescriber("marc", of: "Solfa")
            try await served.openCourse()
            let store = served.store
            let run = try await served.openRun("LI-2026-01", of: "marc")
            let ines = try await served.browser(as: "ines")
            let marc = try await served.browser(as: "marc")
            _ = try await ines.ask("GET", "/portal/runs")
            _ = try await marc.ask("GET", "/portal/runs")
            for line in lines {
                let person = try await served.sign("marc").persons[0].code
                let hers = try await served.sign("ines").persons[0].code
                if line.path.hasSuffix("/withdrawals") {
                    _ = try await store.enrolOwn(
                        try #require(PersonCode(person)),
                        in: run,
                        key: store.newID(),
                        by: store.staff(login: "marc", till: nil)
                    )
                }
                func ask(_ browser: Browser, _ person: String) async throws -> Int {
                    let path = line.path.replacing("{code}", with: run.text)
                    let key = store.newID(Claim.self).text
                    if line.method == "GET" { return try await browser.ask("GET", path).status }
                    if path.hasPrefix("/api/") {
                        return try await browser.ask(
                            "POST",
                            path,
                            json: ["person": person, "motive": "déménagement"],
                            headers: ["Idempotency-Key": key]
                        ).status
                    }
                    return try await browser.ask(
                        "POST",
                        path,
                        form: [
                            "person": person, "motive": "why", "why": "déménagement", "key": key,
                        ]
                    ).status
                }
                // Nor is another structure's person there, on a run that is.
                let takes = !["/search", "{code}"].contains { line.path.hasSuffix($0) }
                if takes { #expect(try await ask(marc, hers) == 404, "\(line.path)") }
                #expect(try await ask(ines, hers) == 404, "\(line.method) \(line.path)")
                let status = try await ask(marc, person)
                #expect([200, 201, 303].contains(status), "\(line.method) \(line.path): \(status)")
            }
        }
    }

    @Test("what belongs to another shop is not there, for any role held in one alone (F1)")
    func otherShop() async throws {
        let lines = try AccessLine.all().filter(\.isOwn)
        try await withService { served in
            let shops = try await TwoShops.furnish(served)
            var browsers: [String: [Role: Browser]] = [:]
            for shop in ["LI", "RO"] {
                for role in Role.allCases {
                    let browser = try await served.browser(as: TwoShops.login(role, in: shop))
                    if Set<Role>.sellers.contains(role) {
                        let put = try await browser.ask(
                            "POST",
                            "/api/v1/sign-ins/till",
                            json: ["till": shop + "1"]
                        )
                        #expect(put.status == 201)
                    }
                    browsers[shop, default: [:]][role] = browser
                }
            }
            func ask(_ line: AccessLine, _ role: Role, of shop: String) async throws -> Int {
                let asked = try await shops.asked(line)
                guard let browser = browsers[shop]?[role] else { return 0 }
                return try await browser.ask(
                    line.method,
                    asked.path,
                    body: asked.body,
                    file: asked.file,
                    form: asked.form,
                    headers: asked.key.map { ["Idempotency-Key": $0] } ?? [:]
                ).status
            }
            for line in lines {
                for role in Role.allCases where line.admits(role) {
                    let status = try await ask(line, role, of: "LI")
                    #expect(status == 404, "\(line.method) \(line.path) for \(role) of Lille")
                }
            }
            // The same questions are answered to whoever works there.
            for line in lines {
                let role = line.named.first ?? .shopManager
                let status = try await ask(line, role, of: "RO")
                #expect(
                    (200..<300).contains(status) || status == 303 || status == 409,
                    "\(line.method) \(line.path) for \(role) of Roubaix: \(status)"
                )
            }
        }
    }

    @Test("a form that another site posts is refused on every write, token or not")
    func otherSites() async throws {
        try await withService { served in
            try await served.addPrescriber("ines", of: "Itinéraires")
            let admin = try await served.browser(as: "admin")
            let ines = try await served.browser(as: "ines")
            for route in served.routes where route.isWrite {
                let browser = if case .prescribers = route.access { ines } else { admin }
                let path = route.path.replacing(/\{[^}]*\}/, with: "none")
                let accept = ["Accept": "application/json"]
                let elsewhere = [
                    ["Origin": "https://elsewhere.example"], ["Sec-Fetch-Site": "cross-site"],
                    ["Origin": "null"],
                ]
                for headers in elsewhere {
                    let reply = try await browser.ask(
                        route.method.rawValue,
                        path,
                        json: [:],
                        headers: headers.merging(accept) { $1 }
                    )
                    #expect(reply.refusal == "forgery_guard", "\(path) with \(headers)")
                }
                guard route.guarded == .byToken else { continue }
                for wrong in ["", "wrong"] {
                    let reply = try await browser.ask(
                        route.method.rawValue,
                        path,
                        json: [:],
                        headers: ["X-CSRF-Token": wrong].merging(accept) { $1 },
                        guarded: false
                    )
                    #expect(reply.refusal == "forgery_guard", "\(path) with token “\(wrong)”")
                }
            }
        }
    }

    @Test(
        "every answer carries the security headers: each route, refusals, what is not there (F4)"
    )
    func headers() async throws {
        try await withService { served in
            let browser = try await served.browser(as: "admin")
            let paths =
                served.routes.map { $0.path.replacing(/\{[^}]*\}/, with: "none") } + [
                    "/assets/tokens.css", "/assets/nothing.css", "/assets/../secret", "/nothing",
                    "/api/v1/nothing", "/%00",
                ]
            for path in paths {
                for method in ["GET", "HEAD", "POST", "PUT"] {
                    let reply = try await browser.ask(method, path)
                    let policy = reply.headers["content-security-policy"] ?? ""
                    let place = "\(method) \(path)"
                    #expect(!policy.contains("unsafe"), "\(place)")
                    for wanted in [
                        "default-src 'none'", "object-src 'none'", "base-uri 'none'",
                        "frame-ancestors 'none'",
                    ] { #expect(policy.contains(wanted), "\(place)") }
                    #expect(reply.headers["x-content-type-options"] == "nosniff", "\(place)")
                    #expect(reply.headers["referrer-policy"] == "same-origin", "\(place)")
                    #expect(reply.status != 500, "\(place)")
                }
            }
        }
    }

    @Test("behind TLS the cookie is bound to its host, and browsers insist on TLS")
    func behindTLS() async throws {
        let origin = PublicAddress(
            publicURL: "https://comptoir.example.org",
            trustedProxy: "127.0.0.1"
        )
        try await withService(origin: origin) { served in
            let browser = served.browser()
            let reply = try await browser.ask("GET", "/sign-in")
            let cookie = reply.headers["set-cookie"] ?? ""
            #expect(cookie.hasPrefix("__Host-comptoir="))
            for wanted in ["Secure", "HttpOnly", "SameSite=Lax", "Path=/"] {
                #expect(cookie.contains(wanted))
            }
            #expect(reply.headers["strict-transport-security"] != nil)
        }
    }

    @Test("no GET or HEAD changes a table (F7)")
    func readsOnly() async throws {
        try await withService { served in
            let shops = try await TwoShops.furnish(served)
            let browser = try await served.browser(as: "admin")
            _ = try await browser.ask("POST", "/api/v1/sign-ins/till", json: ["till": "RO1"])
            var paths: [String] = []
            for line in try AccessLine.all() where line.method == "GET" {
                paths.append(try await shops.asked(line).path)
            }
            let before = try await served.digests()
            for path in paths {
                for method in ["GET", "HEAD"] {
                    let reply = try await browser.ask(method, path)
                    #expect(reply.status < 500, "\(method) \(path)")
                }
            }
            let after = try await served.digests()
            for (table, digest) in before { #expect(after[table] == digest, "\(table)") }
            #expect(before.count > 40)
        }
    }

    @Test("the demonstration signs nobody in from another machine, nor through a proxy on this one")
    func demonstrationAtHome() async throws {
        let origin = PublicAddress(publicURL: nil, trustedProxy: "127.0.0.1")
        try await withService(kind: .demonstration, origin: origin) { served in
            let browser = served.browser()
            let asked = ["login": "admin", "password": Served.password]
            let home = try await browser.ask("POST", "/api/v1/sign-ins", json: asked)
            #expect(home.status == 201)
            let elsewhere = [
                ["X-Forwarded-For": "192.0.2.7"], ["X-Forwarded-For": "127.0.0.1"],
                ["X-Forwarded-Proto": "https"], ["Forwarded": "for=127.0.0.1"],
                ["Host": "comptoir.example.org"], ["Host": "127.0.0.1.example.org"],
            ]
            for headers in elsewhere {
                let away = try await browser.ask(
                    "POST",
                    "/api/v1/sign-ins",
                    json: asked,
                    headers: headers
                )
                #expect(away.refusal == "off_loopback_demo", "\(headers)")
                let follows = try await browser.ask(
                    "GET",
                    "/api/v1/sign-ins/current",
                    headers: headers
                )
                #expect(follows.refusal == "sign_in_needed", "\(headers)")
            }
        }
    }

    private static func login(_ role: Role) -> String {
        String(role.rawValue.filter { $0 != "_" }.prefix(8))
    }
}
