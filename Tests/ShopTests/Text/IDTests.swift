import Foundation
import Shop
import Testing

@Suite("Keys as people copy them")
struct IDTests {
    @Test("every key reads as it is written, in capitals too, and as Foundation reads it")
    func read() {
        for _ in 0..<200 {
            let uuid = UUID()
            let key = ID<Person>(uuid)
            #expect(ID<Person>(key.text) == key)
            #expect(ID<Person>(uuid.uuidString)?.uuid == uuid)
        }
    }

    @Test(
        "what is no key is none",
        arguments: [
            "", "0190", "01900000-0000-7000-8000-00000000000",
            "01900000-0000-7000-8000-0000000000011",
            "01900000-0000-7000-8000-00000000000g", "01900000_0000_7000_8000_000000000001",
            "0190000-00000-7000-8000-000000000001", "01900000-0000-7000-8000-0000000000é",
            "{1900000-0000-7000-8000-000000000001", " 1900000-0000-7000-8000-000000000001",
        ]
    )
    func refused(text: String) {
        #expect(ID<Person>(text) == nil)
    }
}
