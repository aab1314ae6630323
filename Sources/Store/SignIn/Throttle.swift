import Foundation
import Postgres
import Shop

/// Which failures count together. A stranger's guesses from elsewhere never delay a cashier at an
/// enrolled till (F5): those who stand there have a count of their own.
struct Throttle: Sendable {
    let account: Data
    let address: Data
    let isAtTill: Bool

    init(_ keys: Keys, account: String, address: String, till: ID<Till>?) {
        let place = till.map { " at \($0)" } ?? ""
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

    /// Counts a try as failed before it is looked at, so that many at once count each; a success
    /// later wipes them out. Throws `signInTooOften`.
    func begin(_ tx: Transaction, _ id: UUID, at now: Instant) throws {
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
            where address_hash = \(address) and not succeeded and tried_at > coalesce(
              (select max(tried_at) from sign_in_attempts where address_hash = \(address) and succeeded), '-infinity')
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
            values (\(id), \(account), \(address), \(now), false)
            """
        )
    }

    func succeed(_ id: UUID, at now: Instant) -> SQL {
        """
        insert into sign_in_attempts (id, account_hash, address_hash, tried_at, succeeded)
        values (\(id), \(account), \(address), \(now), true)
        """
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
