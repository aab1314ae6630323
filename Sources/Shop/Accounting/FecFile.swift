/// The file of entries (FEC) that a company hands to the tax office: text in ISO 8859-15, tabs between fields, a line for
/// each line of an entry under a line of names. Source: art. A47 A-1 LPF.
///
/// Lines end with CR LF. The article takes CR, LF or both; with both every line stands apart in any editor, old ones of
/// Windows too, where such files are looked at.
///
/// The file is the header, then each entry's bytes in the order in which entries were validated: it never has to be held
/// whole.
public enum FecFile {
    /// `732829320FEC20261231.txt`: the SIREN, which a SIRET begins with, and the day on which the year closes.
    public static func name(_ siret: Siret, closesOn day: Day) -> String {
        siret.digits.prefix(9) + "FEC" + compact(day) + ".txt"
    }

    public static let header = line(FecColumn.allCases.map { Array($0.name.utf8) })

    /// The entry's lines. Nothing is lettered and all is in euros, so four fields stay empty.
    public static func bytes(of entry: AccountingEntry) -> [UInt8] {
        let day = Array(compact(entry.day).utf8)
        let pieceDay = Array(compact(entry.piece.day).utf8)
        let validationDay = Array(compact(entry.validatedOn).utf8)
        let journalCode = Latin9.bytes(entry.journal.code)
        let journalLabel = Latin9.bytes(entry.journal.label)
        let pieceReference = Latin9.bytes(entry.piece.reference)
        var bytes: [UInt8] = []
        for line in entry.lines {
            bytes += Self.line(
                FecColumn.allCases.map { column in
                    switch column {
                    case .journalCode: journalCode
                    case .journalLabel: journalLabel
                    case .entryNumber: Array(entry.number.text.utf8)
                    case .entryDay: day
                    case .account: Array(line.account.text.utf8)
                    case .accountLabel: Latin9.bytes(line.accountLabel)
                    case .auxiliary: Latin9.bytes(line.auxiliary?.code ?? "")
                    case .auxiliaryLabel: Latin9.bytes(line.auxiliary?.label ?? "")
                    case .pieceReference: pieceReference
                    case .pieceDay: pieceDay
                    case .entryLabel: Latin9.bytes(line.label)
                    case .debit: Array(FecAmount.text(line.side.debit.count).utf8)
                    case .credit: Array(FecAmount.text(line.side.credit.count).utf8)
                    case .validationDay: validationDay
                    case .lettering, .letteringDay, .currencyAmount, .currency: []
                    }
                }
            )
        }
        return bytes
    }

    /// `20261231`.
    static func compact(_ day: Day) -> String { day.iso.filter { $0 != "-" } }

    private static func line(_ fields: [[UInt8]]) -> [UInt8] {
        Array(fields.joined(separator: [UInt8(ascii: "\t")])) + [13, 10]
    }
}
