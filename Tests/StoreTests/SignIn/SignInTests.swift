import Foundation
import Postgres
import Shop
import Store
import Synchronization
import Testing
import TestSupport

@Suite("Signing in")
struct SignInTests {
    @Test("failures in a row make an account wait longer each time, known or not, whoever tries")
    func waits() async throws {
        let time = Ticking()
        try await withOffice(time) { office in
            for login in ["admin", "nobody"] {
                var waits: [Int] = []
                for attempt in 0..<10 {
                    // Each from an address of its own: the account alone makes them wait.
                    let refusal = await office.refusal(login, "wrong", from: "192.0.2.\(attempt)")
                    if case .number(let seconds)? = refusal?.facts["seconds"] {
                        waits.append(Int(seconds))
                        time.pass(seconds: Int(seconds))
                        let next = await office.refusal(login, "wrong", from: "192.0.2.\(attempt)")
                        #expect(next?.reason == .signInWrong)
                    } else {
                        #expect(refusal?.reason == .signInWrong)
                    }
                }
                #expect(waits == [1, 2, 4, 8, 16])
            }
        }
    }

    @Test("a stranger's failures do not delay a cashier at an enrolled till (F5)")
    func strangers() async throws {
        let time = Ticking()
        try await withOffice(time) { office in
            let first = try await office.signIn()
            let till = try await office.store.enrolBrowser(
                at: TillCode(typed: "LI1"),
                token: first.token,
                by: first.staff
            )
            // What failed in the instant of a success does not count against it.
            time.pass(seconds: 1)
            for _ in 0..<8 { _ = await office.refusal("admin", "wrong", from: "192.0.2.1") }
            #expect(
                await office.refusal("admin", Office.password, from: "192.0.2.1")?.reason
                    == .signInTooOften
            )
            let cashier = try await office.store.signIn(
                login: "admin",
                password: Office.password,
                address: "192.0.2.1",
                tillToken: till
            )
            #expect(cashier.staff.till?.code == "LI1")
        }
    }

    @Test("a success of one's own does not clear an address that guesses others' passwords (F5)")
    func ownSuccess() async throws {
        let time = Ticking()
        try await withOffice(time) { office in
            for guess in 0..<19 {
                _ = await office.refusal("guess\(guess)", "wrong", from: "192.0.2.1")
                #expect(await office.refusal("admin", Office.password, from: "192.0.2.1") == nil)
            }
            _ = await office.refusal("guess19", "wrong", from: "192.0.2.1")
            let last = await office.refusal("guess20", "wrong", from: "192.0.2.1")
            #expect(last?.reason == .signInTooOften)
            time.pass(seconds: 3700)
            #expect(await office.refusal("admin", Office.password, from: "192.0.2.1") == nil)
        }
    }

    @Test("an unknown account takes as long as a known one (F5)")
    func timing() async throws {
        try await withStoreAndOwner(slowHash: .standard) { store, _ in
            try await store.setUp(firstDay())
            var times: [String: [Duration]] = [:]
            for attempt in 0..<15 {
                for login in ["admin", "nobody"] {
                    let start = ContinuousClock.now
                    let refusal = try await refused {
                        _ = try await store.at(
                            .standing(at: Clock.system.now().adding(seconds: attempt * 90_000))
                        ).signIn(login: login, password: "wrong", address: "\(login) \(attempt)")
                    }
                    times[login, default: []].append(ContinuousClock.now - start)
                    #expect(refusal?.reason == .signInWrong)
                }
            }
            let medians = times.mapValues { $0.sorted()[$0.count / 2] }
            let (known, unknown) = (
                try #require(medians["admin"]), try #require(medians["nobody"])
            )
            #expect(unknown > known / 2 && unknown < known * 2, "\(known) and \(unknown)")
        }
    }

    @Test("a badge asked twice with one key is the same badge, and it opens the till")
    func badgeTwice() async throws {
        let time = Ticking()
        try await withOffice(time) { office in
            let store = office.store
            let first = try await office.signIn()
            let (admin, key) = (try Login(typed: "admin"), store.newID(Claim.self))
            let badge = try await store.makeBadge(of: admin, key: key, by: first.staff)
            #expect(try await store.makeBadge(of: admin, key: key, by: first.staff) == badge)
            let till = try await store.enrolBrowser(
                at: TillCode(typed: "LI1"),
                token: first.token,
                by: first.staff
            )
            func takesOver() async throws -> Refusal? {
                try await refused {
                    _ = try await store.signIn(
                        badge: badge,
                        address: "a",
                        tillToken: till,
                        ending: nil
                    )
                }
            }
            #expect(try await takesOver() == nil)
            time.pass(seconds: 1)
            _ = try await store.setPassword(
                of: admin,
                to: "cinq six sept huit",
                key: store.newID(),
                by: first.staff
            )
            // A new password takes the badge back.
            #expect(try await takesOver()?.reason == .signInWrong)
        }
    }

    @Test("a browser that a disabled user put at a till stands there no longer")
    func disabledEnrolment() async throws {
        let time = Ticking()
        try await withOffice(time) { office in
            let store = office.store
            let admin = try await store.staff(login: "admin", till: nil)
            let bea = try Login(typed: "bea")
            _ = try await store.addUser(
                NewUser(
                    login: bea,
                    operatorCode: OperatorCode(typed: "BEA"),
                    name: PersonName(typed: "Béa", field: .name),
                    language: .french
                ),
                holding: [Grant(.volunteerSeller, in: ShopCode(typed: "LI"))],
                password: Office.password,
                key: store.newID(),
                by: admin
            )
            let signedIn = try await store.signIn(
                login: "bea",
                password: Office.password,
                address: "a"
            )
            _ = try await store.enrolBrowser(
                at: TillCode(typed: "LI1"),
                token: signedIn.token,
                by: signedIn.staff
            )
            #expect(try await store.browsersAtTills(in: .everyShop).count == 1)
            _ = try await store.disableUser(bea, key: store.newID(), by: admin)
            #expect(try await store.browsersAtTills(in: .everyShop).isEmpty)
        }
    }

    @Test("a user let in again was shut out all the same, each time, by whom and until when")
    func disablements() async throws {
        let time = Ticking()
        try await withOffice(time) { office in
            let store = office.store
            let admin = try await store.staff(login: "admin", till: nil)
            let bea = try Login(typed: "bea")
            _ = try await store.addUser(
                NewUser(
                    login: bea,
                    operatorCode: OperatorCode(typed: "BEA"),
                    name: PersonName(typed: "Béa", field: .name),
                    language: .french
                ),
                holding: [Grant(.volunteerSeller, in: ShopCode(typed: "LI"))],
                password: Office.password,
                key: store.newID(),
                by: admin
            )
            func signIn() async throws -> SignedIn {
                try await store.signIn(login: "bea", password: Office.password, address: "a")
            }
            func disable(_ key: ID<Claim>? = nil) async throws {
                _ = try await store.disableUser(bea, key: key ?? store.newID(), by: admin)
            }
            func enable() async throws {
                _ = try await store.enableUser(bea, key: store.newID(), by: admin)
            }
            let token = try await signIn().token
            #expect(try await refused { try await enable() }?.reason == .alreadyEnded)
            var lasted: [(from: Instant, to: Instant)] = []
            for _ in 0..<2 {
                let key: ID<Claim> = store.newID()
                let from = time.clock.now()
                try await disable(key)
                try await disable(key)
                #expect(try await store.staff(token: token) == nil)
                #expect(try await refused { _ = try await signIn() }?.reason == .signInWrong)
                #expect(try await refused { try await disable() }?.reason == .alreadyEnded)
                #expect(try await store.user(bea).isDisabled)
                time.pass(seconds: 60)
                lasted.insert((from, time.clock.now()), at: 0)
                try await enable()
                #expect(try await refused { try await enable() }?.reason == .alreadyEnded)
                #expect(try await signIn().staff.operatorCode == "BEA")
                // What they had open when they were shut out stays ended.
                #expect(try await store.staff(token: token) == nil)
                #expect(try await !store.user(bea).isDisabled)
                time.pass(seconds: 60)
            }
            let expected = lasted.map {
                ListedDisablement(
                    disabledAt: $0.from,
                    disabledBy: "ADM",
                    endedAt: $0.to,
                    endedBy: "ADM"
                )
            }
            #expect(try await store.user(bea).disablements == expected)
            let listed = try await store.users().items.first { $0.login == "bea" }
            #expect(listed?.disablements == expected)
        }
    }

    @Test("a user whom two shut out in the same moment is shut out once")
    func disabledByTwo() async throws {
        let time = Ticking()
        try await withOffice(time) { office in
            let admin = try await office.store.staff(login: "admin", till: nil)
            let statement: SQL = """
                insert into disablements (id, user_id, disabled_at, disabled_by)
                values (gen_random_uuid(), \(admin.id), \(time.clock.now()), \(admin.id))
                """
            try await office.owner.withConnection { try $0.execute(statement) }
            let error = await #expect(throws: PostgresError.self) {
                try await office.owner.withConnection { try $0.execute(statement) }
            }
            #expect(error?.constraint == "disablements_are_open_once")
        }
    }

    @Test("fifty wrong tries at once count as fifty")
    func manyAtOnce() async throws {
        let time = Ticking()
        try await withOffice(time) { office in
            let reasons = await withTaskGroup(of: Reason?.self) { group in
                for _ in 0..<50 {
                    group.addTask {
                        await office.refusal("admin", "wrong", from: "192.0.2.1")?.reason
                    }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            #expect(reasons.count { $0 == .signInWrong } == 5)
            #expect(reasons.count { $0 == .signInTooOften } == 45)
        }
    }

    @Test("who does nothing for too long, or works past the hours, signs in again")
    func ends() async throws {
        let time = Ticking()
        try await withOffice(time) { office in
            let idle = try await office.signIn()
            time.pass(seconds: 29 * 60)
            #expect(try await office.store.staff(token: idle.token) != nil)
            time.pass(seconds: 29 * 60)
            #expect(try await office.store.staff(token: idle.token) != nil)
            time.pass(seconds: 31 * 60)
            #expect(try await office.store.staff(token: idle.token) == nil)

            let busy = try await office.signIn()
            for _ in 0..<(12 * 60 / 20 - 1) {
                time.pass(seconds: 20 * 60)
                #expect(try await office.store.staff(token: busy.token) != nil)
            }
            time.pass(seconds: 20 * 60)
            #expect(try await office.store.staff(token: busy.token) == nil)
        }
    }

    @Test("a new password ends every other sign-in, and the old one no longer serves")
    func newPassword() async throws {
        let time = Ticking()
        try await withOffice(time) { office in
            let kept = try await office.signIn()
            let other = try await office.signIn()
            time.pass(seconds: 1)
            let next = "cinq six sept huit"
            _ = try await office.store.setPassword(
                of: Login(typed: "admin"),
                to: next,
                keeping: kept.token,
                key: office.store.newID(),
                by: kept.staff
            )
            #expect(try await office.store.staff(token: kept.token) != nil)
            #expect(try await office.store.staff(token: other.token) == nil)
            #expect(
                await office.refusal("admin", Office.password, from: "a")?.reason == .signInWrong
            )
            #expect(await office.refusal("admin", next, from: "a") == nil)
        }
    }

    @Test("no secret lies in the database: no password, PIN, badge or token")
    func noSecrets() async throws {
        let time = Ticking()
        try await withOffice(time) { office in
            let signedIn = try await office.signIn()
            let admin = try Login(typed: "admin")
            let pin = try PIN(typed: "86420975")
            let store = office.store
            _ = try await store.setPIN(of: admin, to: pin, key: store.newID(), by: signedIn.staff)
            let badge = try await store.makeBadge(
                of: admin,
                key: store.newID(),
                by: signedIn.staff
            )
            let dump = try await office.owner.withConnection { connection in
                let tables: [String] = try connection.query(
                    "select relname from pg_class where relnamespace = 'comptoir'::regnamespace and relkind = 'r'"
                ).map { try $0["relname"] }
                return try tables.map { table in
                    let rows = try connection.query(
                        "select t::text as row from \(identifier: table) t"
                    )
                    return try rows.map { try $0["row"] as String }.joined(separator: "\n")
                }.joined(separator: "\n")
            }
            #expect(dump.contains("admin"))
            for secret in [Office.password, pin.digits, badge.text, signedIn.token] {
                #expect(!dump.contains(secret))
                let hex = secret.utf8.map { String($0, radix: 16) }.joined()
                #expect(!dump.contains(hex))
            }
        }
    }

    @Test("the last administrator can be neither disabled nor stripped, even by two at once")
    func lastAdministrator() async throws {
        let time = Ticking()
        try await withOffice(time) { office in
            let store = office.store
            let admin = try await store.staff(login: "admin", till: nil)
            let names = ["admin", "bruno"].map { try? Login(typed: $0) }.compactMap(\.self)
            _ = try await store.addUser(
                NewUser(
                    login: names[1],
                    operatorCode: OperatorCode(typed: "BR"),
                    name: PersonName(typed: "Bruno", field: .name),
                    language: .french
                ),
                key: store.newID(),
                by: admin
            )
            _ = try await store.grantRole(
                .administrator,
                in: nil,
                to: names[1],
                key: store.newID(),
                by: admin
            )
            let reasons = await withTaskGroup(of: Reason?.self) { group in
                for name in names {
                    group.addTask {
                        do {
                            _ = try await store.disableUser(name, key: store.newID(), by: admin)
                            return nil
                        } catch { return (error as? Refusal)?.reason }
                    }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            #expect(reasons.count { $0 == nil } == 1)
            #expect(reasons.contains(.lastAdministrator))
        }
    }
}

/// An installation with one administrator, at a time that the test moves.
private struct Office: Sendable {
    let store: Store
    let owner: Pool
    static let password = "un deux trois quatre"

    func signIn() async throws -> SignedIn {
        try await store.signIn(login: "admin", password: Self.password, address: "198.51.100.1")
    }

    func refusal(_ login: String, _ password: String, from address: String) async -> Refusal? {
        do {
            _ = try await store.signIn(login: login, password: password, address: address)
            return nil
        } catch { return error as? Refusal }
    }
}

/// A clock that stands still until the test moves it.
private final class Ticking: Sendable {
    private let now = Mutex(Instant(microseconds: 1_790_000_000_000_000))

    func pass(seconds: Int) { now.withLock { $0 = $0.adding(seconds: seconds) } }
    var clock: Clock { Clock { self.now.withLock { $0 } } }
}

private func withOffice(
    _ time: Ticking,
    _ body: (Office) async throws -> Void
) async throws {
    try await withStoreAndOwner(clock: time.clock) { store, owner in
        try await store.setUp(firstDay())
        try await body(Office(store: store, owner: owner))
    }
}

private func firstDay() throws -> FirstDay {
    let siret = try Siret(typed: "73282932000074")
    return try FirstDay(
        association: ShortText(typed: "Numérique solidaire", field: .association),
        siret: siret,
        kind: .real,
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
        password: Office.password
    )
}
