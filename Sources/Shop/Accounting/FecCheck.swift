/// What a FEC holds and what is wrong in it, whoever wrote it: text in ISO 8859-15 or UTF-8, with or without its mark, with
/// tabs or `|` between fields.
///
/// The checks are those of the tax office's tester, made stricter where the article is, and three that it leaves out: each
/// entry balances, numbers follow each other, nothing is validated before its day. A file without a fault here may still be
/// refused for what it tells.
public struct FecCheck: Sendable {
    /// Lines under the line of names that are not empty.
    public let lines: Int
    public let entries: Int
    /// The totals of the amounts that could be read, in cents.
    public let debitCents: Int64
    public let creditCents: Int64
    /// The first 200: those of lines in the file's order, then those of entries, then the totals.
    public let faults: [FecFault]
    /// All of them, those that are not in `faults` too.
    public let faultCounts: [FecFault.Code: Int]

    public var faultCount: Int { faultCounts.values.reduce(0, +) }

    /// Entries are of days in `period`, where one is given. Any bytes will do.
    public init(_ bytes: [UInt8], within period: ClosedRange<Day>? = nil) {
        var reader = FecReader(bytes, within: period)
        reader.read()
        lines = reader.lineCount
        entries = reader.entries.all.count
        debitCents = reader.debit
        creditCents = reader.credit
        faults = reader.faults.first
        faultCounts = reader.faults.counts
    }

    /// Nil when the file is named for a company and this day, as `FecFile` names it. That the SIREN's digits check is not
    /// asked: whoever hands the file in knows their own.
    public static func fault(ofName name: String, closesOn day: Day) -> FecFault? {
        let bytes = Array(name.utf8)
        let isRight =
            bytes.prefix(9).allSatisfy(\.isDigit)
            && Array(bytes.dropFirst(9)) == Array("FEC\(FecFile.compact(day)).txt".utf8)
        return isRight ? nil : FecFault(.fileNameWrong, value: name)
    }
}
