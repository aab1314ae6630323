import Foundation
import Testing

@testable import Shop

@Suite("A key reads as PostgreSQL writes it")
struct IDTests {
    @Test("in lowercase, read back as itself, in the order of its letters")
    func text() throws {
        var generator = SystemRandomNumberGenerator()
        let ids = (0..<500).map { _ in ID<Device>(UUID.random(using: &generator)) }
        for id in ids {
            #expect(id.text == id.uuid.uuidString.lowercased())
            #expect(ID<Device>(id.text) == id)
        }
        #expect(ids.sorted().map(\.text) == ids.map(\.text).sorted())
    }
}

extension UUID {
    fileprivate static func random(using generator: inout SystemRandomNumberGenerator) -> UUID {
        let halves = [generator.next(), generator.next()]
        return halves.withUnsafeBytes { UUID(uuid: $0.loadUnaligned(as: uuid_t.self)) }
    }
}
