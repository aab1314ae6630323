import Postgres
public import Shop

extension Store {
    /// The structure of this name, accents, case and apostrophes aside; nil when none or several have it.
    public func structure(named typed: String) async throws -> ID<Structure>? {
        let name: String
        do throws(Refusal) {
            name = try ShortText(typed: typed, field: .structure).text
        } catch {
            return nil
        }
        return try await transaction { tx in
            let rows = try tx.query(
                "select id from structures where search = fold(\(name)) limit 2"
            )
            return rows.count == 1 ? try rows[0]["id"] : nil
        }
    }
}
