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
    /// Signs in by password, ending what went on in that browser. At an enrolled till (`tillToken`) the
    /// sign-in is at that till.
    ///
    /// An unknown account gets the same answer after the same time. Throws `signInTooOften`,
    /// `signInWrong`.
    public func signIn(
        login: String,
        password: String,
        address: String,
        tillToken: String? = nil,
        ending token: String? = nil
    ) async throws -> SignedIn {
        let place = try await atTill(tillToken)
        let throttle = Throttle(keys, account: normalized(login), address: address, at: place)
        let (user, attempt) = try await proveWho(login, password, throttle)
        return try await start(user, at: place, attempt, ending: token)
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
        guard let place = try await atTill(tillToken) else { throw Refusal(.tillNotEnrolled) }
        let throttle = Throttle(keys, account: "pin \(user)", address: address, at: place)
        let (attempt, found) = try await beginAttempt(throttle) {
            """
            select u.id, (select c.hash from credentials c where c.user_id = u.id and c.kind = 'pin'
                          order by c.set_at desc, c.id desc limit 1) as hash
            from users u where u.id = \(user) and \(isLetIn)
            """
        }
        let matches = try await hashing.runIfActive { [slowHash] in
            try SlowHash.matches(pin.digits, found?.hash ?? slowHash.ofNobody)
        }
        guard matches, let found, found.hash != nil else { throw Refusal(.signInWrong) }
        return try await start(found.user, at: place, attempt, ending: token)
    }

    /// Changes user at an enrolled till by badge. Throws as by PIN.
    public func signIn(
        badge: BadgeCode,
        address: String,
        tillToken: String?,
        ending token: String?
    ) async throws -> SignedIn {
        guard let place = try await atTill(tillToken) else { throw Refusal(.tillNotEnrolled) }
        let throttle = Throttle(keys, account: "badges", address: address, at: place)
        let lookup = keys.blindIndex("badge", badge.text)
        let (attempt, found) = try await beginAttempt(throttle) {
            """
            select u.id, c.hash from credentials c join users u on u.id = c.user_id
            where c.lookup = \(lookup) and \(isLetIn)
              and c.id = (select l.id from credentials l where l.user_id = u.id and l.kind = 'badge'
                          order by l.set_at desc, l.id desc limit 1)
            """
        }
        guard let found else { throw Refusal(.signInWrong) }
        return try await start(found.user, at: place, attempt, ending: token)
    }

    /// Throws `signInTooOften`, `signInWrong` unless this is the user's password now.
    public func checkPassword(
        of login: Login,
        _ password: String,
        address: String
    ) async throws {
        let throttle = Throttle(keys, account: normalized(login.text), address: address, at: nil)
        let (_, attempt) = try await proveWho(login.text, password, throttle)
        try await transaction { tx in try tx.execute(attempt.succeeded) }
    }

    /// Who stands beside the seller, by password and without signing anybody in or out: counted and delayed apart
    /// from sign-ins. Throws `signInTooOften`, `signInWrong`.
    public func secondPerson(
        login: String,
        password: String,
        address: String,
        for seller: Staff
    ) async throws -> Staff {
        // Guesses of one seller at one till: neither another browser nor the guessed person's own sign-in counts with them.
        let account = try "second \(normalized(login)) for \(seller.id) at \(seller.place().id)"
        let throttle = Throttle(keys, account: account, address: address, at: nil)
        let (user, attempt) = try await proveWho(login, password, throttle)
        return try await transaction { tx in
            try tx.execute(attempt.succeeded)
            let rows = try tx.query(
                """
                select \(staffColumns) from users u left join tills t on false left join shops h on false
                where u.id = \(user)
                """
            )
            return try Staff(rows[0])
        }
    }

    private func normalized(_ typed: String) -> String {
        typed.trimmingCharacters(in: .whitespacesAndNewlines).lowercased()
    }

    private func proveWho(
        _ typed: String,
        _ password: String,
        _ throttle: Throttle
    ) async throws -> (ID<User>, Throttle.Attempt) {
        let login = normalized(typed)
        let (attempt, found) = try await beginAttempt(throttle) {
            """
            select u.id, (select c.hash from credentials c where c.user_id = u.id and c.kind = 'password'
                          order by c.set_at desc, c.id desc limit 1) as hash
            from users u where u.login = \(login) and \(isLetIn)
            """
        }
        let matches = try await hashing.runIfActive { [slowHash] in
            try SlowHash.matches(password, found?.hash ?? slowHash.ofNobody)
        }
        guard matches, let found, found.hash != nil else { throw Refusal(.signInWrong) }
        return (found.user, attempt)
    }

    private func beginAttempt(
        _ throttle: Throttle,
        finding find: @escaping @Sendable () -> SQL
    ) async throws -> (Throttle.Attempt, (user: ID<User>, hash: String?)?) {
        let now = clock.now()
        let attempt = Throttle.Attempt(id: newID(SignIn.self).uuid)
        return try await transaction { tx in
            try throttle.begin(tx, attempt, at: now)
            return (attempt, try tx.query(find()).first.map { (try $0["id"], try $0["hash"]) })
        }
    }

    private func start(
        _ user: ID<User>,
        at place: AtTill?,
        _ attempt: Throttle.Attempt,
        ending old: String?
    ) async throws -> SignedIn {
        let token = newToken()
        let now = clock.now()
        let id: ID<SignIn> = newID()
        let oldHash = old.map { tokenHash($0) }
        let entry = try await transaction { tx in
            _ = try tx.pipeline([
                attempt.succeeded,
                "update sign_ins set ended_at = \(now) where token_hash = \(oldHash) and ended_at is null",
                """
                insert into sign_ins (id, token_hash, user_id, till_id, browser_id, started_at, seen_at, expires_at)
                values (\(id), \(tokenHash(token)), \(user), \(place?.till), \(place?.browser), \(now), \(now),
                        \(now)::timestamptz + \(inForce("sign_in_hours", now.day)) * interval '1 hour')
                """,
            ])
            return try record(.signedIn, at: place?.till, by: user, now: now, in: tx)
        }
        try keepHead(of: entry)
        guard let staff = try await staff(token: token) else { throw Refusal(.signInNeeded) }
        return SignedIn(token: token, staff: staff)
    }

    /// 32 random bytes as an address may hold them.
    public func newToken() -> String {
        Data(randomness.bytes(32)).base64EncodedString()
            .replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }
}
