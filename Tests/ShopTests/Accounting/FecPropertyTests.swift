import Shop
import Testing

@Suite("Files of entries under chance")
struct FecPropertyTests {
    private static let texts = [
        "Vente", "L’œuvre d’Été", "«\u{A0}PC\u{A0}»\u{202F}: 5\u{202F}€", "a\tb|c\r\nd",
        "\"x\";'y'",
        "😀", "Ольга", "مريم", "\u{202E}abc", "=1+1", "1 234,50", "20260230", "  x  ", "–—−",
        "e\u{301}",
        "\u{0}a\u{7F}\u{85}b", "JournalCode", "ﬁn…", String(repeating: "long ", count: 200), "\\",
        "?",
    ]

    /// Entries of two journals, numbered without a hole, on days of the year.
    private func entries(_ count: Int, _ chance: inout SeededChance) throws -> [AccountingEntry] {
        var numbers = ["VE": 0, "BQ": 0]
        var entries: [AccountingEntry] = []
        for _ in 0..<count {
            let journal = Bool.random(using: &chance) ? "VE" : "BQ"
            numbers[journal, default: 0] += 1
            let debits = (1...Int.random(in: 1...5, using: &chance)).map { _ in
                Int64.random(in: 1...100_000_000, using: &chance)
            }
            let text = { (chance: inout SeededChance) in
                Self.texts.randomElement(using: &chance) ?? ""
            }
            entries.append(
                try .sale(
                    "\(journal)2026-\(numbers[journal, default: 0])",
                    on: .yearsEnd.adding(days: -Int.random(in: 0...364, using: &chance)),
                    (debits + [-debits.reduce(0, +)]).shuffled(using: &chance),
                    journal: journal,
                    label: text(&chance),
                    auxiliary: Bool.random(using: &chance)
                        ? nil : .init(code: text(&chance), label: text(&chance)),
                    validatedAfter: Int.random(in: 0...400, using: &chance)
                )
            )
        }
        return entries
    }

    private func file(_ entries: [AccountingEntry]) -> [UInt8] {
        entries.reduce(into: FecFile.header) { $0 += FecFile.bytes(of: $1) }
    }

    @Test("in what is written no fault is found, whatever labels hold", arguments: UInt64(0)..<40)
    func writtenIsRight(seed: UInt64) throws {
        var chance = SeededChance(state: seed)
        let entries = try entries(30, &chance)
        let check = FecCheck(file(entries), within: Day.year)
        #expect(check.faults == [])
        #expect(check.entries == entries.count)
        #expect(check.lines == entries.map(\.lines.count).reduce(0, +))
        let debit = entries.flatMap(\.lines).map(\.side.debit).sum()
        #expect(check.debitCents == debit.count && check.creditCents == debit.count)
    }

    @Test("a line lost, doubled or another amount does not go unseen", arguments: UInt64(0)..<40)
    func tampered(seed: UInt64) throws {
        var chance = SeededChance(state: seed)
        let bytes = file(try entries(10, &chance))
        var lines = String(decoding: bytes, as: UTF8.self).split(separator: "\r\n")
        let place = Int.random(in: 1..<lines.count, using: &chance)
        switch Int.random(in: 0...2, using: &chance) {
        case 0: lines.remove(at: place)
        case 1: lines.insert(lines[place], at: place)
        default: lines[place].replace(/[0-9],[0-9]{2}\t\t\t/) { "9\($0.output)" }
        }
        let check = FecCheck(Array((lines.joined(separator: "\r\n")).utf8), within: Day.year)
        #expect(check.faultCount > 0)
    }

    @Test("damaged bytes are read to their end", arguments: UInt64(0)..<200)
    func damaged(seed: UInt64) throws {
        var chance = SeededChance(state: seed)
        var bytes = file(try entries(3, &chance))
        let signs = Array("\t|\r\n ,.-+0123456789\u{FEFF}\u{A0}".utf8) + [0, 0xA0, 0xC3, 0xFF]
        for _ in 0..<Int.random(in: 1...60, using: &chance) where !bytes.isEmpty {
            let place = Int.random(in: 0..<bytes.count, using: &chance)
            switch Int.random(in: 0...4, using: &chance) {
            case 0: bytes[place] = UInt8.random(in: 0...255, using: &chance)
            case 1: bytes[place] = signs.randomElement(using: &chance) ?? 0
            case 2: bytes.insert(signs.randomElement(using: &chance) ?? 0, at: place)
            case 3: bytes.remove(at: place)
            default:
                let end = min(place + Int.random(in: 0...400, using: &chance), bytes.count)
                bytes.removeSubrange(place..<end)
            }
        }
        holdsTogether(FecCheck(bytes, within: Day.year))
        holdsTogether(FecCheck(FecFile.header + bytes))
    }

    @Test("so are bytes of any kind", arguments: UInt64(0)..<200)
    func noise(seed: UInt64) {
        var chance = SeededChance(state: seed)
        let signs = Array("\t\t\t\t|\r\n ,.-0159AZ".utf8)
        let isNoise = Bool.random(using: &chance)
        let bytes = (0..<Int.random(in: 0...2_000, using: &chance)).map { _ in
            isNoise
                ? UInt8.random(in: 0...255, using: &chance)
                : signs.randomElement(using: &chance) ?? 0
        }
        holdsTogether(FecCheck(bytes))
        holdsTogether(FecCheck(FecFile.header + bytes, within: Day.year))
    }

    private func holdsTogether(_ check: FecCheck) {
        #expect(check.faults.count == min(check.faultCount, 200))
        #expect(check.debitCents >= 0 && check.creditCents >= 0)
        #expect(check.entries <= check.lines)
        #expect(check.faults.allSatisfy { $0.value.unicodeScalars.count <= FecFault.valueMost })
    }
}
