import Postgres
public import Shop

/// Which visits or appointments are listed; nil chooses all.
public struct DeskFilter: Sendable {
    public let reach: Reach
    public let from: Day?
    public let to: Day?
    public let person: ID<Person>?

    public init(in reach: Reach, from: Day? = nil, to: Day? = nil, person: ID<Person>? = nil) {
        self.reach = reach
        self.from = from
        self.to = to
        self.person = person
    }

    /// On the rows of a table by its alias, with the column that says the day.
    func condition(of table: SQL, on day: SQL) -> SQL {
        var parts = [reach.condition("\(table).shop_id")]
        if let from { parts.append("\(table).\(day) >= \(from)") }
        if let to { parts.append("\(table).\(day) <= \(to)") }
        if let person { parts.append("\(table).person_id = any(person_files(\(person)))") }
        return parts.dropFirst().reduce(parts[0]) { "\($0) and \($1)" }
    }
}
