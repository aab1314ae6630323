import Foundation
import Shop
import Store
import Testing

@testable import Till

@Suite("Labels and words of refurbished machines")
struct DeviceLabelTests {
    @Test("a drawing holds number, name and price, and a hostile name is only text")
    func drawing() throws {
        let text = """
            {"device": {"id": "01900000-0000-7000-8000-000000000001", "label": "LIPC26-0008", "kind": "laptop",
              "maker": "HP", "model": "<script>&", "processor": "", "memory_mb": 8192, "storage_gb": 256,
              "stage": "on_shelf", "grade": "b", "price_cents": 9900, "shop": "Lille", "inspected": true, "erased": true, "graded": true,
              "unsellable": false},
             "serial": "", "chassis": "", "screen": "", "fromPublicBody": false,
             "takenInAt": "2026-11-20T09:00:00.000000Z", "disks": [], "inspection": [], "history": []}
            """
        let card = try JSONDecoder().decode(DeviceCard.self, from: Data(text.utf8))
        let svg = DeviceLabelDrawing.svg(of: card, in: .french, isDemonstration: true)
        let real = DeviceLabelDrawing.svg(of: card, in: .french, isDemonstration: false)
        #expect(svg.contains(Demonstrated.mark) && !real.contains(Demonstrated.mark))
        #expect(svg.contains(">LIPC26-0008<"))
        #expect(svg.contains(">HP &lt;script&gt;&amp;<"))
        #expect(svg.contains(">8\u{A0}Go · 256\u{A0}Go<"))
        #expect(svg.contains("99,00\u{A0}€"))
        #expect(svg.matches(of: #/<svg /#).count == 3)
    }

    @Test("nothing that is said of a machine calls it new (C3)")
    func neverNew() async throws {
        let table = try await Pages().words(.french).table
        let told = Reason.allCases.flatMap { reason in
            let told = Refusal(reason).told(in: .french)
            return [told.what, told.why, told.now]
        }
        for text in told + table.filter({ $0.key.hasPrefix("device_") }).values {
            #expect(
                text.firstMatch(of: /\b(à|comme|état)?\s*neufs?\b|\bneuves?\b/.ignoresCase())
                    == nil,
                "\(text)"
            )
        }
    }
}
