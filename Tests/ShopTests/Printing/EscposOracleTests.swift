import Shop
import Testing

/// The same content through python-escpos 3.1's `Dummy` printer, after `hw("INIT")` and `charcode("CP858")`; its bytes were
/// read through and set down here. Text by `textln` and `block_text`, looks by `set`, `qr(native=True, ec=QR_ECLEVEL_M)`,
/// `barcode("{B…", "CODE128", height=80, function_type="B")`, `cut(feed=False)`, `print_and_feed(6)`,
/// `cashdraw([27, 112, 0, 25, 250])`.
@Suite("A slip has the bytes that python-escpos makes")
struct EscposOracleTests {
    @Test("before all else")
    func opening() {
        // FS . and ESC R 0 are ours: python-escpos leaves a printer as it is set.
        #expect(hex(ThermalSlip(on: .roll).bytes) == "1b40" + "1c2e" + "1b7413" + "1b5200")
    }

    @Test("of text in French")
    func text() {
        let plain = bytes { slip in
            slip.write("Élève, forêt, Noël, garçon, où, là-haut ; 2,50\u{A0}€")
            slip.write("«\u{A0}Ça va\u{A0}» n° 4\u{A0}: ÀÂÇÈÉÊËÎÏÔÙÛÜ")
        }
        #expect(
            plain == "906c8a76652c20666f7288742c204e6f896c2c20676172876f6e2c206f972c20"
                + "6c852d68617574203b20322c353020d50a"
                + "ae20806120766120af206ef82034203a20b7b680d490d2d3d7d8e2ebea9a0a"
        )
        let wrapped = bytes(on: .narrowRoll) { slip in
            slip.write(
                "Gardez ce ticket\u{A0}: il prouve votre garantie. "
                    + "En cas de panne, revenez avec votre appareil."
            )
        }
        #expect(
            wrapped == "47617264657a206365207469636b6574203a20696c2070726f7576650a"
                + "766f74726520676172616e7469652e20456e206361732064652070616e6e652c0a"
                + "726576656e657a206176656320766f74726520617070617265696c2e0a"
        )
    }

    @Test("of looks and sides")
    func looks() {
        let styled = bytes { slip in
            slip.write("DÉMONSTRATION", [.bold, .tall, .wide], .centred)
            slip.write("à droite", [], .right)
            slip.write("haut", .tall)
            slip.write("large", .wide)
        }
        #expect(
            styled == "1d21111b45011b610144904d4f4e5354524154494f4e0a"
                + "1d21001b45001b6102852064726f6974650a"
                + "1d21011b6100686175740a"
                + "1d21106c617267650a"
        )
    }

    @Test("of QR codes")
    func qr() throws {
        let short = try bytes { slip in try slip.drawQR("1") }
        #expect(
            short == "0a1b6101" + "1d286b0400314132001d286b03003143061d286b0300314531"
                + "1d286b0400315030311d286b0300315130" + "0a"
        )
        let address = try bytes { slip in
            try slip.drawQR("https://till.example/p/8f3k?d=LIPC26-0001")
        }
        #expect(
            address == "0a1b6101" + "1d286b0400314132001d286b03003143061d286b0300314531"
                + "1d286b2c00315030"
                + "68747470733a2f2f74696c6c2e6578616d706c652f702f3866336b3f643d"
                + "4c49504332362d30303031" + "1d286b0300315130" + "0a"
        )
        let text = String(repeating: "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-", count: 63)
        let longest = try bytes { slip in try slip.drawQR(text) }
        #expect(
            longest == "0a1b6101" + "1d286b0400314132001d286b03003143031d286b0300314531"
                + "1d286b1e09315030" + hex(text.utf8) + "1d286b0300315130" + "0a"
        )
    }

    @Test(
        "of barcodes",
        arguments: [
            (
                ThermalPaper.roll, "LI1-V-000042",
                "1d77031d66001d48021d6b490e7b424c49312d562d303030303432"
            ),
            (
                .narrowRoll, "802865547698",
                "1d77021d66001d48021d6b490e7b42383032383635353437363938"
            ),
            (.roll, "A{B", "1d77031d66001d48021d6b49067b42417b7b42"),
        ]
    )
    func barcode(paper: ThermalPaper, text: String, expected: String) throws {
        let drawn = try bytes(on: paper) { slip in try slip.drawBarcode(text) }
        #expect(drawn == "1b61011d6850" + expected)
    }

    @Test("of the cut, the feed and the drawer")
    func ends() {
        #expect(bytes { slip in slip.cut() } == "1d564200")
        #expect(bytes(on: .narrowRoll) { slip in slip.cut() } == "1b6406")
        #expect(bytes { slip in slip.openDrawer() } == "1b700019fa")
        #expect(hex(ThermalSlip.drawerAlone) == "1b700019fa")
    }

    /// What follows the opening, in hexadecimal.
    private func bytes(
        on paper: ThermalPaper = .roll,
        _ fill: (inout ThermalSlip) throws -> Void
    ) rethrows -> String {
        var slip = ThermalSlip(on: paper)
        let opening = slip.bytes.count
        try fill(&slip)
        return hex(slip.bytes.dropFirst(opening))
    }
}
