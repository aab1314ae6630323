import Testing
@testable import Postgres
@Suite struct PlaceholderTests { @Test func builds() { #expect(Bool(true)) } }
