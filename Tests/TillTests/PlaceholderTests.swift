import Testing
@testable import Till
@Suite struct PlaceholderTests { @Test func builds() { #expect(Bool(true)) } }
