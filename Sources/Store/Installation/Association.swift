public import Postgres
import Shop

/// Who runs the shops, and whether it all is a demonstration.
public struct Association: Sendable {
    public let name: String
    public let siret: String
    public let kind: Kind

    /// Demonstration and real data never share an installation.
    public enum Kind: String, Sendable {
        case real, demonstration
    }
}

extension Association.Kind: Readable, Bindable {}

extension Store {
    /// Nil before set-up.
    public func association() async throws -> Association? {
        try await transaction { tx in
            try tx.query("select name, siret, kind from association").first.map { row in
                Association(
                    name: try row["name"],
                    siret: try row["siret"],
                    kind: try row["kind"]
                )
            }
        }
    }

    /// Throws `unavailable` when the database does not answer.
    public func checkAnswering() async throws {
        try await transaction { tx in
            _ = try tx.query("select 1")
        }
    }
}
