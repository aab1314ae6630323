import Testing
@testable import Store
@Suite struct PlaceholderTests { @Test func builds() { #expect(Bool(true)) } }
