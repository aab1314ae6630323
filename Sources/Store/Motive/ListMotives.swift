import Postgres
public import Shop

extension Store {
    /// Every row of every motive, by code, the newest first. A few dozen at most.
    public func motives() async throws -> [Motive] {
        try await transaction { tx in
            try tx.query(
                "select \(Motive.columns) from motives m order by code, starts_on desc"
            ).map { try Motive($0) }
        }
    }
}

extension Motive {
    static let columns: SQL = "m.code, m.starts_on, m.name_fr, m.name_en, m.withdrawn"

    init(_ row: Row) throws {
        self.init(
            code: try row["code"],
            startsOn: try row["starts_on"],
            french: try row["name_fr"],
            english: try row["name_en"],
            isWithdrawn: try row["withdrawn"]
        )
    }
}
