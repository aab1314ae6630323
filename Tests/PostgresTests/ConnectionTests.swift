import Foundation
import Testing
import TestSupport

@testable import Postgres

/// An empty database of the test's own.
func withEmptyDatabase<T: Sendable>(_ body: (ConnectionSettings) async throws -> T) async throws
    -> T
{
    try await TestCluster.shared.withClone(of: "empty", prepare: { _ in }) { url in
        try await body(ConnectionSettings(url: url))
    }
}

@Suite struct ConnectionTests {
    @Test func `a value goes in and comes back`() async throws {
        try await withEmptyDatabase { settings in
            let connection = try Connection(settings)
            let rows = try connection.query("select \("l'été")::text as word, \(42)::int as number")
            let word: String = try rows[0]["word"]
            let number: Int = try rows[0][1]
            #expect(word == "l'été" && number == 42)
        }
    }
}
