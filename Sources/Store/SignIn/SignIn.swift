import Foundation
import NIOPosix
import Postgres
public import Shop

/// Someone who has just signed in. The token goes to the browser and is nowhere else.
public struct SignedIn: Sendable {
    public let token: String
    public let staff: Staff
}

extension Store {
    /// Signs in by password. At an enrolled till (`tillToken`) the sign-in is at that till.
    ///
    /// An unknown account gets the same answer after the same time. Throws `signInTooOften`,
    /// `signInWrong`.
    public func signIn(
        login: String,
        password: String,
        address: String,
        tillToken: String? = nil
    ) async throws -> SignedIn {
        let till = try await enrolledTill(tillToken)
        let (user, throttle) = try await proveWho(login, password, address: address, till: till)
        return try await start(user, at: till, throttle, ending: nil)
    }

    /// Changes user at an enrolled till by PIN, ending what went on in that browser. Throws
    /// `tillNotEnrolled`, `signInTooOften`, `signInWrong`.
    public func signIn(
        user: ID<User>,
        pin: PIN,
        address: String,
        tillToken: String?,
        ending token: String?
    ) async throws -> SignedIn {
        guard let till = try await enrolledTill(tillToken) else { throw Refusal(.tillNotEnrolled) }
        let throttle = Throttle(keys, account: "pin \(user)", address: address, till: till)
        let found = try await beginAttempt(throttle) {
            """
            select u.id, (select c.hash from credentials c where c.user_id = u.id and c.kind = 'pin'
                          order by c.set_at desc, c.id desc limit 1) as hash
            from users u where u.id = \(user) and u.disabled_at is null
            """
        }
        let matches = try await hashing.runIfActive { [slowHash] in
            try SlowHash.matches(pin.digits, found?.hash ?? slowHash.ofNobody)
        }
        guard matches, let found, found.hash != nil else { throw Refusal(.signInWrong) }
        return try await start(found.user, at: till, throttle, ending: token)
    }

    /// Changes user at an enrolled till by badge. Throws as by PIN.
    public func signIn(
        badge: BadgeCode,
        address: String,
        tillToken: String?,
        ending token: String?
    ) async throws -> SignedIn {
        guard let till = try await enrolledTill(tillToken) else { throw Refusal(.tillNotEnrolled) }
        let throttle = Throttle(keys, account: "badges", address: address, till: till)
        let lookup = keys.blindIndex("badge", badge.text)
        let found = try await beginAttempt(throttle) {
            """
            select u.id, c.hash from credentials c join users u on u.id = c.user_id
            where c.lookup = \(lookup) and u.disabled_at is null
              and c.id = (select l.id from credentials l where l.user_id = u.id and l.kind = 'badge'
                          order by l.set_at desc, l.id desc limit 1)
            """
        }
        guard let found else { throw Refusal(.signInWrong) }
        return try await start(found.user, at: till, throttle, ending: token)
    }

    /// Throws `signInTooOften`, `signInWrong` unless this is the user's password now.
    public func checkPassword(
        of login: Login,
        _ password: String,
        address: String
    ) async throws {
        let (_, throttle) = try await proveWho(login.text, password, address: address, till: nil)
        let attempt = newID(SignIn.self).uuid
        let now = clock.now()
        try await transaction { tx in try tx.execute(throttle.succeed(attempt, at: now)) }
    }

    private func proveWho(
        _ typed: String,
        _ password: String,
        address: String,
        till: ID<Till>?
    ) async throws -> (ID<User>, Throttle) {
        let login = typed.trimmingCharacters(in: .whitespacesAndNewlines).lowercased()
        let throttle = Throttle(keys, account: login, address: address, till: till)
        let found = try await beginAttempt(throttle) {
            """
            select u.id, (select c.hash from credentials c where c.user_id = u.id and c.kind = 'password'
                          order by c.set_at desc, c.id desc limit 1) as hash
            from users u where u.login = \(login) and u.disabled_at is null
            """
        }
        let matches = try await hashing.runIfActive { [slowHash] in
            try SlowHash.matches(password, found?.hash ?? slowHash.ofNobody)
        }
        guard matches, let found, found.hash != nil else { throw Refusal(.signInWrong) }
        return (found.user, throttle)
    }

    private func beginAttempt(
        _ throttle: Throttle,
        finding find: @escaping @Sendable () -> SQL
    ) async throws -> (user: ID<User>, hash: String?)? {
        let now = clock.now()
        let id = newID(SignIn.self).uuid
        return try await transaction { tx in
            try throttle.begin(tx, id, at: now)
            return try tx.query(find()).first.map { (try $0["id"], try $0["hash"]) }
        }
    }

    private func start(
        _ user: ID<User>,
        at till: ID<Till>?,
        _ throttle: Throttle,
        ending old: String?
    ) async throws -> SignedIn {
        let token = newToken()
        let now = clock.now()
        let (id, attempt): (ID<SignIn>, UUID) = (newID(), newID(SignIn.self).uuid)
        let oldHash = old.map { tokenHash($0) }
        try await transaction { tx in
            _ = try tx.pipeline([
                throttle.succeed(attempt, at: now),
                "update sign_ins set ended_at = \(now) where token_hash = \(oldHash) and ended_at is null",
                """
                insert into sign_ins (id, token_hash, user_id, till_id, started_at, seen_at, expires_at)
                values (\(id), \(tokenHash(token)), \(user), \(till), \(now), \(now),
                        \(now)::timestamptz + \(inForce("sign_in_hours", now.day)) * interval '1 hour')
                """,
            ])
        }
        guard let staff = try await staff(token: token) else { throw Refusal(.signInNeeded) }
        return SignedIn(token: token, staff: staff)
    }

    /// 32 random bytes as an address may hold them.
    public func newToken() -> String {
        Data(randomness.bytes(32)).base64EncodedString()
            .replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }
}
