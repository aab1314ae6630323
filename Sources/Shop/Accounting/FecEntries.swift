/// The entries of a file, gathered from their lines: an entry is what has one number in one journal, whether or not its
/// lines follow each other.
struct FecEntries {
    struct Entry {
        /// The first of its lines.
        let line: Int
        /// Where its number stands in the file.
        let number: Range<Int>
        /// Debit less credit, in cents.
        var difference: Int64 = 0
        /// False when an amount of it could not be read: it cannot be told then whether it balances.
        var isWhole = true
    }

    /// In the order of their first lines.
    private(set) var all: [Entry] = []
    private var places: [[UInt8]: Int] = [:]
    private var journals: [[UInt8]: Int] = [:]
    private var sequences = EntrySequences()

    /// `difference` is nil where the line's amounts cannot be told. False when the entry is new and its number ends with no
    /// digit.
    mutating func add(
        _ bytes: [UInt8],
        journal: Range<Int>,
        number: Range<Int>,
        line: Int,
        difference: Int64?
    ) -> Bool {
        // No field holds the end of a line.
        var key = Array(bytes[journal])
        key.append(10)
        key += bytes[number]
        var isNumbered = true
        let place: Int
        if let known = places[key] {
            place = known
        } else {
            place = all.count
            places[key] = place
            all.append(Entry(line: line, number: number))
            if let (prefix, ordinal) = EntryNumber.parts(bytes[number]) {
                let code = Array(bytes[journal])
                let journal = journals[code] ?? journals.count
                journals[code] = journal
                sequences.add(Array(prefix), ordinal, journal: journal, entry: place)
            } else {
                isNumbered = false
            }
        }
        if let difference {
            all[place].difference += difference
        } else {
            all[place].isWhole = false
        }
        return isNumbered
    }

    /// In the order of the entries.
    func sequenceFaults() -> [(code: FecFault.Code, entry: Entry)] {
        sequences.faults().map { ($0.code, all[$0.entry]) }
    }
}

/// Whether numbers follow each other without a hole.
///
/// Two kinds of numbers are taken: plain ones (`1`, `000012`), and a prefix and digits (`VE2026-000012`). Each prefix
/// numbers apart, from wherever it begins, so that a sequence may begin anew each month under a prefix of its own. Numbers
/// rise within a journal. They have no hole either within each journal or over all journals together, as software does that
/// numbers every entry on one sequence: art. A47 A-1 LPF asks for a continuous sequence, and does not say of what.
struct EntrySequences {
    private struct Member {
        let ordinal: Int64
        let journal: Int
        let entry: Int
    }

    private var byPrefix: [[UInt8]: [Member]] = [:]

    /// Entries are added in the order of the file.
    mutating func add(_ prefix: [UInt8], _ ordinal: Int64, journal: Int, entry: Int) {
        byPrefix[prefix, default: []].append(
            Member(ordinal: ordinal, journal: journal, entry: entry)
        )
    }

    func faults() -> [(code: FecFault.Code, entry: Int)] {
        byPrefix.values.flatMap { Self.disorder($0) + Self.holes($0) }.sorted {
            ($0.entry, $0.code.rawValue) < ($1.entry, $1.code.rawValue)
        }
    }

    private static func disorder(_ members: [Member]) -> [(code: FecFault.Code, entry: Int)] {
        var greatest: [Int: Int64] = [:]
        return members.compactMap { member in
            guard let before = greatest[member.journal], member.ordinal <= before else {
                greatest[member.journal] = member.ordinal
                return nil
            }
            return (.numberOutOfOrder, member.entry)
        }
    }

    /// At the entry after the hole.
    private static func holes(_ members: [Member]) -> [(code: FecFault.Code, entry: Int)] {
        let together = members.sorted { $0.ordinal < $1.ordinal }
        guard zip(together, together.dropFirst()).contains(where: { $1.ordinal != $0.ordinal + 1 })
        else { return [] }
        let apart = members.sorted { ($0.journal, $0.ordinal) < ($1.journal, $1.ordinal) }
        return zip(apart, apart.dropFirst()).compactMap { before, member in
            member.journal == before.journal && member.ordinal > before.ordinal + 1
                ? (.numbersMissing, member.entry) : nil
        }
    }
}
