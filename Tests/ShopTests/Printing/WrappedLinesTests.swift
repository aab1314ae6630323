import Shop
import Testing

@Suite("A line of thermal paper")
struct WrappedLinesTests {
    @Test("ends between words, at the width of the paper", arguments: Wrapped.all)
    func wraps(row: Wrapped) throws {
        var slip = ThermalSlip(on: ThermalPaper(columns: row.columns, isCut: true))
        slip.write(row.text, row.look, .centred)
        #expect(
            try PrintedSlip(slip).lines
                == row.lines.map { .init(text: $0, look: row.look, alignment: .centred) }
        )
    }

    @Test(
        "is never longer than the paper, and loses no letter of a word",
        arguments: ThermalPaper.Columns.allCases
    )
    func anything(columns: ThermalPaper.Columns) throws {
        var chance = Chance(state: UInt64(columns.rawValue))
        let pieces = [
            "a", "œ", "été", "…", " ", "  ", "\u{A0}", "12", digits(20), digits(50), "\n", "\u{1B}",
        ]
        let looks: [ThermalSlip.Look] = [[], .bold, .wide, [.tall, .wide, .bold]]
        for _ in 0..<500 {
            let count = Int.random(in: 0..<12, using: &chance)
            var text = ""
            for _ in 0..<count { text += pieces[Int.random(in: 0..<pieces.count, using: &chance)] }
            let look = looks[Int.random(in: 0..<looks.count, using: &chance)]
            var slip = ThermalSlip(on: ThermalPaper(columns: columns, isCut: true))
            slip.write(text, look)
            // The reader throws where a line is too long.
            let printed = try PrintedSlip(slip).texts
            let letters = text.filter { !$0.isWhitespace }.replacing("œ", with: "oe")
                .replacing("…", with: "...").replacing("\u{1B}", with: "?")
            #expect(printed.joined().filter { $0 != " " } == letters)
            #expect(printed.allSatisfy { !$0.hasPrefix(" ") && !$0.hasSuffix(" ") && !$0.isEmpty })
            slip.writeRow(text, text, look)
            slip.writeRow(text, "1\u{202F}234,50\u{A0}€", look)
            #expect(try PrintedSlip(slip).texts.contains { $0.hasSuffix("1 234,50 €") })
        }
    }

    @Test("has its amount whole, at the right of a row's first line", arguments: Row.all)
    func rows(row: Row) throws {
        var slip = ThermalSlip(on: .narrowRoll)
        slip.writeRow(row.words, row.amount, row.look)
        #expect(try PrintedSlip(slip).lines == row.lines.map { .init(text: $0, look: row.look) })
    }
}

extension WrappedLinesTests {
    struct Wrapped: Sendable {
        let columns: ThermalPaper.Columns
        let look: ThermalSlip.Look
        let text: String
        let lines: [String]

        init(
            _ text: String,
            _ lines: [String],
            _ look: ThermalSlip.Look = [],
            on columns: ThermalPaper.Columns = .thirtyTwo
        ) {
            self.columns = columns
            self.look = look
            self.text = text
            self.lines = lines
        }

        static let all: [Wrapped] = [
            Wrapped("", []),
            Wrapped("  \u{A0}\n \u{202F}", []),
            Wrapped("\u{200B}", []),
            Wrapped("  Souris   sans  fil ", ["Souris sans fil"]),
            Wrapped(digits(32), [digits(32)]),
            Wrapped(digits(33), [digits(32), "3"]),
            Wrapped(digits(70), [digits(32), "34567890123456789012345678901234", "567890"]),
            Wrapped(digits(28) + " abc", [digits(28) + " abc"]),
            Wrapped(digits(28) + " abcd", [digits(28), "abcd"]),
            Wrapped("ab " + digits(33) + " cd", ["ab", digits(32), "3 cd"]),
            Wrapped(digits(42), [digits(42)], on: .fortyTwo),
            Wrapped(digits(43), [digits(42), "3"], on: .fortyTwo),
            Wrapped(digits(48), [digits(48)], on: .fortyEight),
            Wrapped(digits(49), [digits(48), "9"], on: .fortyEight),
            // Counted as it prints.
            Wrapped(many("œ", 16), [many("oe", 16)]),
            Wrapped(many("œ", 17), [many("oe", 16), "oe"]),
            Wrapped(many("e\u{301}", 33), [many("é", 32), "é"]),
            Wrapped(many("…", 11), [many(".", 32), "."]),
            // What belongs together stays together, as long as it fits.
            Wrapped(
                "Valeur de la machine : 1\u{202F}234,50\u{A0}€",
                ["Valeur de la machine :", "1 234,50 €"]
            ),
            Wrapped(
                "Gardez\u{A0}ce\u{A0}ticket\u{A0}:\u{A0}il\u{A0}prouve\u{A0}votre\u{A0}garantie",
                ["Gardez ce ticket : il prouve", "votre garantie"]
            ),
            Wrapped("ab\u{A0}" + digits(29), ["ab " + digits(29)]),
            Wrapped("ab\u{A0}" + digits(29) + "\u{A0}c", ["ab " + digits(29), "c"]),
            Wrapped("\u{A0}" + digits(33), [digits(32), "3"]),
            // Wide letters: half as many.
            Wrapped(digits(16), [digits(16)], .wide),
            Wrapped(digits(17), [digits(16), "7"], [.wide, .bold]),
            Wrapped(digits(21), [digits(21)], .wide, on: .fortyTwo),
            Wrapped(digits(22), [digits(21), "2"], .wide, on: .fortyTwo),
            Wrapped(digits(25), [digits(24), "5"], [.wide, .tall], on: .fortyEight),
            Wrapped(digits(48), [digits(48)], [.tall, .bold], on: .fortyEight),
        ]
    }

    struct Row: Sendable {
        let words: String
        let amount: String
        let look: ThermalSlip.Look
        let lines: [String]

        init(
            _ words: String,
            _ amount: String,
            _ lines: [String],
            _ look: ThermalSlip.Look = []
        ) {
            self.words = words
            self.amount = amount
            self.look = look
            self.lines = lines
        }

        static let all: [Row] = [
            Row("Souris", "5,00\u{A0}€", ["Souris                    5,00 €"]),
            Row("", "5,00 €", ["                          5,00 €"]),
            Row("Total", "", ["Total"]),
            Row(" ", "\u{A0}", []),
            // The last that fits beside it, and the first that does not.
            Row(digits(25), "5,00 €", [digits(25) + " 5,00 €"]),
            Row(digits(26), "5,00 €", [digits(25) + " 5,00 €", "6"]),
            Row(
                "Portable Lenovo ThinkPad T470 i5 8 Go",
                "1\u{202F}110,00\u{A0}€",
                ["Portable Lenovo       1 110,00 €", "ThinkPad T470 i5 8 Go"]
            ),
            Row(
                "Portable Lenovo ThinkPad T470 i5 16 Go",
                "1\u{202F}110,00\u{A0}€",
                ["Portable Lenovo       1 110,00 €", "ThinkPad T470 i5 16", "Go"]
            ),
            Row("Coque œuf…", "−1,00 €", ["Coque oeuf...            -1,00 €"]),
            // Words that do not fit beside it keep half of the line, or a line of their own.
            Row("Programme qui paie", digits(15), ["Programme qui    " + digits(15), "paie"]),
            Row("Programme qui paie", digits(16), ["Programme qui paie", spaces(16) + digits(16)]),
            Row("Programme", digits(22), ["Programme " + digits(22)]),
            Row("Programme", digits(23), ["Programme", spaces(9) + digits(23)]),
            Row("Programme", digits(32), ["Programme", digits(32)]),
            Row("", digits(32), [digits(32)]),
            // Nothing is lost of what is longer than any amount.
            Row(
                "Programme qui paie",
                "Conseil départemental du Nord, insertion",
                [
                    "Programme qui paie", "  Conseil départemental du Nord,",
                    spaces(23) + "insertion",
                ]
            ),
            // Wide: sixteen on the line.
            Row("À payer", "12,00 €", ["À payer  12,00 €"], [.bold, .wide]),
            Row("À payer", "112,00 €", ["À payer 112,00 €"], [.bold, .wide]),
            Row("À payer", "1 112,00 €", ["À payer", "      1 112,00 €"], [.bold, .wide]),
            Row("À payer", "1 000 000,00 €", ["À payer", "  1 000 000,00 €"], [.bold, .wide]),
        ]
    }

}

/// `1234567890123…`, so many.
private func digits(_ count: Int) -> String {
    String((1...count).map { Character(String($0 % 10)) })
}

private func many(_ text: String, _ count: Int) -> String {
    String(repeating: text, count: count)
}
