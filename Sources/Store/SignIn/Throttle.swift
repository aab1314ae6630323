import Foundation
import Postgres
import Shop

/// Which failures count together. A stranger's guesses from elsewhere never delay a cashier at an
/// enrolled till (F5): those who stand there have a count of their own.
struct Throttle: Sendable {
    let account: Data
    let address: Data
    let isAtTill: Bool

    init(_ keys: Keys, account: String, address: String, at till: AtTill?) {
        let place = till.map { " at \($0.till)" } ?? ""
        self.account = keys.blindIndex("account", account + place)
        self.address = keys.blindIndex("address", address + place)
        isAtTill = till != nil
    }

    /// Failures that cost nothing: fingers slip.
    private static let free = 4
    private static let secondsMost = 900

    /// Seconds after the last of so many failures in a row: 1, 2, 4… up to a quarter of an hour.
    static func delay(after failures: Int) -> Int {
        guard failures > free else { return 0 }
        return min(1 << min(failures - free - 1, 20), secondsMost)
    }

    /// One try. It counts as failed until it is known to have succeeded, so that many at once count each.
    struct Attempt: Sendable {
        let id: UUID

        /// The failures of its account before it no longer count. Those of its address do: whoever knows one password
        /// may still be guessing another.
        var succeeded: SQL { "update sign_in_attempts set succeeded = true where id = \(id)" }
    }

    /// How long an address answers for its failures: its people come and go.
    private static let addressSeconds = 3600

    /// Throws `signInTooOften`.
    func begin(_ tx: Transaction, _ attempt: Attempt, at now: Instant) throws {
        // One try of an account at a time reads and adds to its count.
        let lock = account.prefix(8).reduce(Int64(0)) { $0 << 8 | Int64($1) }
        let since = now.adding(seconds: -86_400)
        let rows = try tx.pipeline([
            "select pg_advisory_xact_lock(\(lock))",
            "delete from sign_in_attempts where tried_at < \(since)",
            """
            select count(*) as failures, max(tried_at) as last from sign_in_attempts
            where account_hash = \(account) and not succeeded and tried_at > coalesce(
              (select max(tried_at) from sign_in_attempts where account_hash = \(account) and succeeded), '-infinity')
            """,
            """
            select count(*) as failures, max(tried_at) as last from sign_in_attempts
            where address_hash = \(address) and not succeeded
              and tried_at > \(now.adding(seconds: -Self.addressSeconds))
            """,
        ])
        // Many people share an address: it is slowed four times later than an account.
        let waits = [
            try Self.wait(rows[2][0], divisor: 1, at: now),
            isAtTill ? 0 : try Self.wait(rows[3][0], divisor: 4, at: now),
        ]
        if let wait = waits.max(), wait > 0 {
            throw Refusal(.signInTooOften, ["seconds": .number(Int64(wait))])
        }
        try tx.execute(
            """
            insert into sign_in_attempts (id, account_hash, address_hash, tried_at, succeeded)
            values (\(attempt.id), \(account), \(address), \(now), false)
            """
        )
    }

    /// Seconds still to wait.
    private static func wait(_ row: Row, divisor: Int, at now: Instant) throws -> Int {
        let failures: Int = try row["failures"]
        guard let last: Instant = try row["last"] else { return 0 }
        let until = last.adding(seconds: delay(after: failures / divisor))
        let left = until.microseconds - now.microseconds
        return left <= 0 ? 0 : Int((left + 999_999) / 1_000_000)
    }
}
