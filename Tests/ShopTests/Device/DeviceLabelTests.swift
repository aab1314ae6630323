import Testing

@testable import Shop

@Suite("Labels of devices")
struct DeviceLabelTests {
    @Test(
        "a label is found in what was scanned",
        arguments: [
            ("LIPC26-0008", "LIPC26-0008"), (" lipc26-0008\n", "LIPC26-0008"),
            ("LIPC26-00123", "LIPC26-00123"),
            ("GRTA24-12345", "GRTA24-12345"),
            ("https://till.example/devices/LIPC26-0008", "LIPC26-0008"),
            ("https://till.example/d?id=LIPC26-0008&x=1", "LIPC26-0008"),
            ("LIPCé-)àà&é\"", "LIPC26-00123"),
            ("LITQé-)ààà_", "LITA26-0008"), ("LISM25-0001", "LISM25-0001"),
            ("LITE25-0001", "LITE25-0001"),
            ("LIEC25-0001", "LIEC25-0001"),
        ]
    )
    func finds(scanned: String, expected: String) {
        #expect(DeviceLabel(scanned: scanned)?.description == expected)
    }

    @Test(
        "nothing else is one",
        arguments: [
            "", "LIPC26-008", "LIPC26-000008", "LIPC2-60008", "L1PC26-0008", "LIXX26-0008",
            "LIPC26 0008",
            "XLIPC26-0008", "LIPC26-00O8", "LIPC26-0000", "3271 0000 0012", "LIPC26-٠٠٠٨",
            "ÉIPC26-0008",
        ]
    )
    func refuses(scanned: String) {
        #expect(DeviceLabel(scanned: scanned) == nil)
    }

    @Test("the next label follows, grows to five digits, and ends")
    func next() throws {
        func next(_ text: String) throws -> String? {
            try #require(DeviceLabel(scanned: text)).next?.description
        }
        #expect(try next("LIPC26-0008") == "LIPC26-0009")
        #expect(try next("LIPC26-9999") == "LIPC26-10000")
        #expect(try next("LIPC26-99999") == nil)
        #expect(try next("LIPC05-0001") == "LIPC05-0002")
    }

    @Test("a label is made of parts within their bounds")
    func parts() {
        #expect(
            DeviceLabel(shopCode: "LI", kind: .tablet, year: 6, number: 7)?.description
                == "LITA06-0007"
        )
        #expect(DeviceLabel(shopCode: "li", kind: .tablet, year: 6, number: 7) == nil)
        #expect(DeviceLabel(shopCode: "LI", kind: .tablet, year: 100, number: 7) == nil)
        #expect(DeviceLabel(shopCode: "LI", kind: .tablet, year: 6, number: 0) == nil)
        #expect(DeviceLabel(shopCode: "LI", kind: .tablet, year: 6, number: 100_000) == nil)
    }
}
