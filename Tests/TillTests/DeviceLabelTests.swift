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
              "unsellable": false, "complete": true, "sound": true},
             "serial": "", "chassis": "", "screen": "", "fromPublicBody": false,
             "takenInAt": "2026-11-20T09:00:00.000000Z", "disks": [], "inspection": [], "kit": [], "hasEarlier": false, "history": []}
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

    @Test("the ZPL of each size says the same, and what it is given is never a command")
    func zpl() throws {
        let hostile = "^XZ~JA_5E\\&\u{1B}é"
        let text = """
            {"device": {"id": "01900000-0000-7000-8000-000000000001", "label": "LIPC26-0008", "kind": "laptop",
              "maker": "HP", "model": "M", "processor": "", "memory_mb": 8192, "storage_gb": 256,
              "stage": "on_shelf", "grade": "b", "price_cents": 9900, "shop": "Lille", "inspected": true, "erased": true,
              "graded": true, "unsellable": false, "complete": true, "sound": true},
             "serial": "", "chassis": "", "screen": "", "fromPublicBody": false,
             "passport": "\(String(repeating: "2B", count: 15))",
             "takenInAt": "2026-11-20T09:00:00.000000Z", "disks": [], "inspection": [], "kit": [], "hasEarlier": false, "history": []}
            """
        let card = try JSONDecoder().decode(DeviceCard.self, from: Data(text.utf8))
        for size in DeviceLabelZPL.Size.allCases {
            let zpl = DeviceLabelZPL.text(
                of: card,
                size: size,
                at: "https://comptoir.example.org",
                in: .french,
                isDemonstration: true
            )
            #expect(zpl.hasPrefix("^XA\n^CI28\n") && zpl.hasSuffix("^XZ\n"))
            #expect(zpl.contains("^FDLIPC26-0008^FS") && zpl.contains("^FDHP M^FS"))
            #expect(zpl.contains("99,00\u{A0}€") && zpl.contains("8\u{A0}Go · 256\u{A0}Go"))
            #expect(zpl.contains(Demonstrated.mark))
            #expect(zpl.contains("^BCN,") && zpl.contains("^BQN,2,3^FH^FDMA,https://"))
            #expect(zpl.firstMatch(of: /neuf/.ignoresCase()) == nil)
            // Without an address the number alone is in the QR, in wider modules.
            let plain = DeviceLabelZPL.text(
                of: card,
                size: size,
                at: nil,
                in: .french,
                isDemonstration: false
            )
            #expect(
                plain.firstMatch(of: /\^BQN,2,[4-6]\^FH\^FDMA,LIPC26-0008\^FS/) != nil,
                "\(plain)"
            )
            #expect(!plain.contains(Demonstrated.mark))
        }
        let escaped = DeviceLabelZPL.escaped(hostile)
        #expect(escaped == "_5EXZ_7EJA_5F5E_5C&_1Bé")
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
