import Postgres
import Shop

/// The numbers that an installation begins with. Each is a dated row from the first day on: whoever
/// changes one adds a row.
private let numbers: [(name: String, amount: Int64)] = [
    // Rights last nine months, a voucher is presented within three of its signature (domain.md, 1).
    ("right_voucher_months", 9),
    ("right_completion_months", 9),
    ("voucher_presented_months", 3),
    // Legal guarantee of second-hand goods: two years, the defect presumed old for one (domain.md, 3).
    ("guarantee_months", 24),
    ("presumption_months", 12),
    // The shop's own guarantee on what is given.
    ("gift_guarantee_months", 12),
    // A clock that went back further than this is journalled.
    ("clock_tolerance_seconds", 300),
    // A day at the counter, and a coffee.
    ("sign_in_hours", 12),
    ("sign_in_idle_minutes", 30),
]

/// Statements that set-up runs once in an empty installation.
func defaults(at now: Instant) -> [SQL] {
    guard let start = Day(iso: "2000-01-01") else { preconditionFailure("a day") }
    return numbers.map { number in
        """
        insert into dated_numbers (name, starts_on, amount, recorded_at)
        values (\(number.name), \(start), \(number.amount), \(now))
        """
    }
}
