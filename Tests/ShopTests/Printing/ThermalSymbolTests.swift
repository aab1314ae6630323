import Shop
import Testing

@Suite("Symbols on thermal paper")
struct ThermalSymbolTests {
    @Test(
        "a QR code says its text, as large as the paper lets it be",
        arguments: [
            (ThermalPaper.roll, 1, 6), (.roll, 14, 6), (.narrowRoll, 1, 6),
            // 61 modules of 6 dots on 384 dots, then 65.
            (.narrowRoll, 251, 6), (.narrowRoll, 252, 5),
            // 93 modules of 6 dots on 576 dots, then 97.
            (.roll, 624, 6), (.roll, 625, 5),
            (.roll, 1253, 4), (.roll, 2331, 3), (.narrowRoll, 2331, 2),
            (ThermalPaper(columns: .fortyTwo, isCut: true), 2331, 2),
        ]
    )
    func qr(paper: ThermalPaper, count: Int, dots: Int) throws {
        let text = String(repeating: "a", count: count)
        var slip = ThermalSlip(on: paper)
        try slip.drawQR(text)
        slip.write("LIPC26-0001", [], .centred)
        let blank = PrintedSlip.Part.line(.init(text: "", alignment: .centred))
        #expect(
            try PrintedSlip(slip).parts == [
                .line(.init(text: "")), .qr(text, dots: dots), blank,
                .line(.init(text: "LIPC26-0001", alignment: .centred)),
            ]
        )
    }

    @Test(
        "a barcode says its text, its bars thinner where the paper is narrow",
        arguments: [
            (ThermalPaper.roll, "1", 3), (.roll, "LI1-V-000042", 3),
            (.narrowRoll, "LI1-V-000042", 2),
            (.narrowRoll, "802865547698", 2), (.narrowRoll, "2264740568571", 2),
            (.narrowRoll, "12345678", 3), (.narrowRoll, "123456789", 2),
            (.roll, "12345678901234567890123", 2), (.roll, "a{{B}\"~ ", 3),
            (ThermalPaper(columns: .fortyTwo, isCut: true), "LILLE1-V-000000042", 2),
        ]
    )
    func barcode(paper: ThermalPaper, text: String, dots: Int) throws {
        var slip = ThermalSlip(on: paper)
        try slip.drawBarcode(text)
        #expect(try PrintedSlip(slip).parts == [.barcode(text, dots: dots)])
    }

    @Test(
        "what no symbol holds is refused, and nothing of it is written",
        arguments: [
            ("", SymbolFault.empty, SymbolFault.empty),
            ("é", .unprintable, .unprintable), ("\u{1B}p0", .unprintable, .unprintable),
            ("LI1\n", .unprintable, .unprintable), ("\u{7F}", .unprintable, .unprintable),
            ("\u{10}\u{14}\u{1}\u{0}\u{1}", .unprintable, .unprintable),
            (String(repeating: "a", count: 2332), .tooLong(most: 2331), .tooLong(most: 14)),
            (String(repeating: "1", count: 100_000), .tooLong(most: 2331), .tooLong(most: 14)),
            (String(repeating: "é", count: 2332), .unprintable, .unprintable),
            ("123456789012345", nil, .tooLong(most: 14)), ("12345678901234", nil, nil),
        ] as [(String, SymbolFault?, SymbolFault?)]
    )
    func refuses(text: String, qr: SymbolFault?, barcode: SymbolFault?) {
        var slip = ThermalSlip(on: .narrowRoll)
        let before = slip.bytes
        #expect(fault { () throws(SymbolFault) in try slip.drawQR(text) } == qr)
        if qr != nil { #expect(slip.bytes == before) }
        slip = ThermalSlip(on: .narrowRoll)
        #expect(fault { () throws(SymbolFault) in try slip.drawBarcode(text) } == barcode)
        if barcode != nil { #expect(slip.bytes == before) }
    }

    @Test(
        "so many characters of a barcode fit on each paper",
        arguments: [(ThermalPaper.Columns.fortyEight, 23), (.fortyTwo, 19), (.thirtyTwo, 14)]
    )
    func barcodeMost(columns: ThermalPaper.Columns, most: Int) throws {
        let paper = ThermalPaper(columns: columns, isCut: true)
        var slip = ThermalSlip(on: paper)
        try slip.drawBarcode(String(repeating: "A", count: most))
        let longer = String(repeating: "A", count: most + 1)
        #expect(
            fault { () throws(SymbolFault) in try slip.drawBarcode(longer) } == .tooLong(most: most)
        )
    }
}

private func fault(_ body: () throws(SymbolFault) -> Void) -> SymbolFault? {
    do {
        try body()
        return nil
    } catch { return error }
}
