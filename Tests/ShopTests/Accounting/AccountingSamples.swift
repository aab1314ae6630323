import Shop

extension AccountingEntry {
    /// A sale paid in cash, or whatever the amounts say: debits above zero, credits below, in cents.
    static func sale(
        _ number: String = "1",
        on day: Day = .christmas,
        _ amounts: [Int64] = [1250, -1250],
        journal: String = "VE",
        label: String = "Vente LI1-V-000001",
        auxiliary: Auxiliary? = nil,
        validatedAfter days: Int = 0
    ) throws -> AccountingEntry {
        let cash = try AccountCode(typed: "530")
        return try AccountingEntry(
            Journal(code: journal, label: "Ventes"),
            EntryNumber(number),
            on: day,
            piece: Piece(reference: "LI1-V-000001", day: day),
            lines: amounts.map { cents in
                try Line(
                    cash,
                    accountLabel: "Caisse",
                    auxiliary: auxiliary,
                    label: label,
                    cents < 0 ? .credit(Cents(unchecked: -cents)) : .debit(Cents(unchecked: cents))
                )
            },
            validatedOn: day.adding(days: days)
        )
    }
}

extension Day {
    static let christmas = Day(iso: "2026-12-25")!
    static let yearsEnd = Day(iso: "2026-12-31")!
    static let year = Day(iso: "2026-01-01")!...yearsEnd
}

/// A file of one sale, of which tests change what they are about.
struct FecSample {
    /// By column, each line's fields.
    var lines: [[FecColumn: String]] = [
        line(debit: "12,50", credit: "0,00"), line(debit: "0,00", credit: "12,50"),
    ]
    var header = FecColumn.allCases.map(\.name)
    var delimiter = "\t"
    var lineEnd = "\r\n"

    static func line(
        _ number: String = "1",
        journal: String = "VE",
        debit: String,
        credit: String
    ) -> [FecColumn: String] {
        [
            .journalCode: journal, .journalLabel: "Ventes", .entryNumber: number,
            .entryDay: "20261225", .account: "530", .accountLabel: "Caisse",
            .pieceReference: "LI1-V-000001", .pieceDay: "20261225", .entryLabel: "Vente",
            .debit: debit, .credit: credit, .validationDay: "20261226",
        ]
    }

    /// Entries of one debit and one credit each.
    static func numbered(_ entries: [(journal: String, number: String)]) -> FecSample {
        FecSample(
            lines: entries.flatMap {
                [
                    line($0.number, journal: $0.journal, debit: "1,00", credit: "0,00"),
                    line($0.number, journal: $0.journal, debit: "0,00", credit: "1,00"),
                ]
            }
        )
    }

    var text: String {
        let rows = [header] + lines.map { line in FecColumn.allCases.map { line[$0] ?? "" } }
        return rows.map { $0.joined(separator: delimiter) + lineEnd }.joined()
    }

    var check: FecCheck { FecCheck(Array(text.utf8), within: Day.year) }
}

/// The same numbers on each run, so that a failing seed can be repeated (SplitMix64).
struct SeededChance: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
