import Shop
import Testing

@Suite("A file of entries that is checked")
struct FecCheckTests {
    private typealias Code = FecFault.Code

    @Test(
        "a right file has no fault, whatever stands between its fields and ends its lines",
        arguments: ["\t", "|"],
        ["\r\n", "\n", "\r"]
    )
    func right(delimiter: String, lineEnd: String) {
        var sample = FecSample()
        sample.delimiter = delimiter
        sample.lineEnd = lineEnd
        sample.lines[0][.entryLabel] = "Été à 5 €"
        for mark in ["", "\u{FEFF}"] {
            let check = FecCheck(Array((mark + sample.text).utf8), within: Day.year)
            #expect(check.faults == [])
            #expect(check.lines == 2 && check.entries == 1)
            #expect(check.debitCents == 1250 && check.creditCents == 1250)
        }
    }

    @Test("values are told in the encoding that they have, cut, with nothing that acts")
    func values() {
        func value(_ bytes: [UInt8]) -> String? {
            var sample = FecSample()
            sample.lines[0][.account] = "@"
            let parts = sample.text.utf8.split(separator: UInt8(ascii: "@"), maxSplits: 1)
            return FecCheck(Array(parts[0]) + bytes + Array(parts[1])).faults.first?.value
        }
        #expect(value(Array("é€".utf8)) == "é€")
        #expect(value([0xE9, 0xA4]) == "é€")
        #expect(value([0x1B, 0x41, 0x00]) == "\u{FFFD}A\u{FFFD}")
        #expect(value(Array("\u{202E}A".utf8)) == "\u{FFFD}A")
        #expect(value([UInt8](repeating: 0x41, count: 500)) == String(repeating: "A", count: 60))
    }

    @Test(
        "a file without lines is empty",
        arguments: ["", "\u{FEFF}", "\n", " \r\n\r\n  ", FecColumn.header, FecColumn.header + "\n"]
    )
    func empty(text: String) {
        let check = FecCheck(Array(text.utf8))
        #expect(check.faults.map(\.code) == [.fileEmpty])
        #expect(check.lines == 0 && check.entries == 0)
    }

    @Test("but one line is enough not to be")
    func oneLine() {
        var sample = FecSample()
        sample.lines.removeLast()
        #expect(sample.check.faultCounts[.fileEmpty] == nil)
        #expect(sample.check.lines == 1)
    }

    @Test("an empty line is a fault where lines follow or end after it")
    func emptyLines() {
        let text = FecSample().text
        func lines(_ text: String) -> [Int?] {
            let check = FecCheck(Array(text.utf8))
            #expect(check.faults.allSatisfy { $0.code == .lineEmpty })
            #expect(check.lines == 2)
            return check.faults.map(\.line)
        }
        #expect(lines(text) == [])
        #expect(lines(String(text.dropLast())) == [])
        #expect(lines(text + "\r\n") == [4])
        #expect(lines(text + "  ") == [4])
        #expect(lines(text.replacing("\r\nVE", with: "\r\n\r\n\r\nVE")) == [2, 3, 5, 6])
    }

    @Test("the first line names the 18 fields in order; a slip in a name leaves the rest checked")
    func headers() {
        func codes(_ change: (inout [String]) -> Void) -> [Code] {
            var sample = FecSample()
            sample.lines[0][.account] = "53"
            change(&sample.header)
            return sample.check.faults.map(\.code)
        }
        #expect(codes { _ in } == [.accountUnreadable])
        #expect(codes { $0 = $0.map { $0.uppercased() } } == [.accountUnreadable])
        #expect(codes { $0[6] = "CompteAuxNum" } == [.columnMisspelt, .accountUnreadable])
        #expect(codes { $0.remove(at: 14) } == [.headerWrong])
        #expect(codes { $0.removeLast() } == [.headerWrong])
        #expect(codes { $0.swapAt(11, 12) } == [.headerWrong])
        #expect(codes { $0[12] = "Debit" } == [.headerWrong])
        #expect(codes { $0 = $0.map { "x" + $0 } } == [.headerWrong])
        #expect(codes { $0 = ["Autre"] } == [.headerWrong])
        #expect(codes { $0 = [""] } == [.headerWrong])
        var sample = FecSample()
        sample.delimiter = ";"
        #expect(sample.check.faults.map(\.code) == [.headerWrong])
    }

    @Test("a slip says the name that is expected and the one that stands there")
    func slip() {
        var sample = FecSample()
        sample.header[6] = "CompteAuxNum"
        let fault = sample.check.faults.first
        #expect(fault?.line == 1 && fault?.column == .auxiliary && fault?.value == "CompteAuxNum")
    }

    @Test("each line has as many fields as the first; a company may add fields after the 18")
    func fieldCounts() {
        var sample = FecSample()
        let lines = sample.text.split(separator: "\r\n")
        func faults(_ endings: [String]) -> [String] {
            let text = zip(lines, endings).map { "\($0)\($1)\r\n" }.joined()
            return FecCheck(Array(text.utf8)).faults.map {
                "\($0.code) \($0.line ?? 0) \($0.value)"
            }
        }
        #expect(faults(["", "", ""]) == [])
        #expect(faults(["\tEtablissement", "\tLille", "\tRoubaix"]) == [])
        #expect(faults(["", "\t", ""]) == ["fieldCountWrong 2 19"])
        #expect(faults(["\tEtablissement", "\tLille", ""]) == ["fieldCountWrong 3 18"])
        sample.lines[1][.entryLabel] = "Vente\tPC"
        #expect(sample.check.faults.map(\.code) == [.fieldCountWrong])
        #expect(
            FecCheck(Array((FecColumn.header + "\nVE\n").utf8)).faultCounts == [.fieldCountWrong: 1]
        )
    }

    @Test("faults are kept up to 200, and all are counted")
    func bounded() {
        var sample = FecSample()
        sample.lines = Array(repeating: [.account: "53"], count: 300)
        let check = sample.check
        #expect(check.faults.count == 200)
        #expect(check.faultCounts[.accountUnreadable] == 300)
        #expect(check.faultCounts[.fieldEmpty] == 300 * 11)
        #expect(check.faultCount == 300 * 12)
    }

    @Test(
        "a file is named for a company and the closing day",
        arguments: [
            ("732829320FEC20261231.txt", true), ("123456789FEC20261231.txt", true),
            ("732829320FEC20261230.txt", false), ("73282932FEC20261231.txt", false),
            ("7328293200FEC20261231.txt", false), ("732829320fec20261231.txt", false),
            ("732829320FEC20261231", false), ("732829320FEC20261231.csv", false),
            ("73282932XFEC20261231.txt", false), ("٧٣٢٨٢٩٣٢٠FEC20261231.txt", false),
            ("export.txt", false), ("", false), ("FEC20261231.txt", false),
        ]
    )
    func names(name: String, isRight: Bool) {
        let fault = FecCheck.fault(ofName: name, closesOn: .yearsEnd)
        #expect(fault?.code == (isRight ? nil : .fileNameWrong))
        #expect(fault?.value == (isRight ? nil : name))
    }

    @Test(
        "each fault is told in both languages, French as French is set",
        arguments: FecFault.Code.allCases
    )
    func words(code: FecFault.Code) {
        let (french, english) = (code.words(in: .french), code.words(in: .english))
        #expect(french.hasSuffix(".") && english.hasSuffix(".") && french != english)
        #expect(french.firstMatch(of: #/ [:;!?»€%]|« |'/#) == nil)
    }
}

extension FecColumn {
    fileprivate static var header: String { allCases.map(\.name).joined(separator: "\t") }
}
