import Postgres
import Shop

extension Transaction {
    /// A number that someone may change without a deployment, as it is in force on `day`.
    func number(_ name: String, on day: Day) throws -> Int {
        let rows = try query(
            "select name, starts_on, amount from dated_numbers where name = \(name)"
        )
        return DatedNumbers(
            try rows.map { row in
                DatedNumbers.Row(
                    name: try row["name"],
                    startsOn: try row["starts_on"],
                    amount: try row["amount"]
                )
            }
        ).number(name, on: day)
    }
}
