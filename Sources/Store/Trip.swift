import Postgres

/// Statements that go to the server together. Each gives back the place of its rows, so that one more statement in the
/// middle moves nothing that is read.
struct Trip {
    private(set) var statements: [SQL] = []

    mutating func add(_ statement: SQL) -> Int {
        statements.append(statement)
        return statements.count - 1
    }

    mutating func add(_ several: [SQL]) -> Range<Int> {
        let first = statements.count
        statements += several
        return first..<statements.count
    }
}
