import NIOPosix
import Postgres
public import Shop

/// A processor's mark as the table has it.
public struct ProcessorMark: Hashable, Sendable, Codable {
    /// As it was written down.
    public let processor: String
    public let mark: Int
    public let source: String
    public let startsOn: Day
    /// By which it is found.
    public let name: String

    init(_ row: Row) throws {
        processor = try row["written"]
        mark = try row["mark"]
        source = try row["source"]
        startsOn = try row["starts_on"]
        name = try row["name"]
    }
}

/// What an import did with a file of marks, or would do.
public struct MarksImport: Sendable {
    /// In the file's order.
    public let rows: [Row]

    public struct Row: Hashable, Sendable {
        public let line: Int
        public let outcome: Outcome
        /// As the file has it.
        public let processor: String
        /// Nil when it cannot be read.
        public let mark: Int?
        /// What is wrong with a line that is refused.
        public let fault: LineFault?

        public init(
            line: Int,
            outcome: Outcome,
            processor: String,
            mark: Int?,
            fault: LineFault?
        ) {
            self.line = line
            self.outcome = outcome
            self.processor = processor
            self.mark = mark
            self.fault = fault
        }
    }

    public init(rows: [Row]) { self.rows = rows }

    public enum Outcome: String, CaseIterable, Sendable, Codable {
        case new, known, refused
    }

    public func count(_ outcome: Outcome) -> Int { rows.count { $0.outcome == outcome } }
}

/// Lines a transaction.
private let marksAtOnce = 500

extension Store {
    /// Marks whose name holds all these words, by name, the newest of each.
    public func processorMarks(
        matching text: String = "",
        after: String? = nil,
        limit: Int = 50
    ) async throws -> Paged<ProcessorMark> {
        let limit = min(max(limit, 1), 200)
        // As a machine's page says it, with its clock and its marks.
        let named = ProcessorName(read: text)?.text ?? text
        let words = named.prefix(200).split(whereSeparator: \.isWhitespace).prefix(8).map {
            "%" + String($0).replacing(/[%_\\]/) { "\\" + $0.output } + "%"
        }
        return try await transaction { tx in
            let rows = try tx.query(
                """
                select distinct on (name) name, written, mark, source, starts_on from processor_marks
                where name > \(after ?? "") and name like all (select fold(w) from unnest(\(words)::text[]) w)
                order by name, starts_on desc limit \(limit + 1)
                """
            ).map { try ProcessorMark($0) }
            return Paged(rows, limit: limit) { $0.name }
        }
    }

    /// Reads a file of marks away from the cooperative threads. Throws what `ProcessorMarksFile` throws, and `inputTooLarge`.
    public func readMarks(_ bytes: [UInt8], source: ShortText) async throws -> ProcessorMarksFile {
        guard bytes.count <= ProcessorMarksFile.bytesMost else {
            throw Refusal(
                .inputTooLarge,
                ["most": .text("\(ProcessorMarksFile.bytesMost >> 20) MB")]
            )
        }
        let today = clock.now().day
        return try await hashing.runIfActive {
            try ProcessorMarksFile(bytes, source: source, today: today)
        }
    }

    /// What an import of the file would do. Writes nothing.
    public func previewMarks(_ file: ProcessorMarksFile) async throws -> MarksImport {
        var outcomes: [Int: MarkOutcome] = [:]
        for part in file.parts {
            let told = try await transaction { tx in try tx.outcomes(of: part) }
            outcomes.merge(told) { _, last in last }
        }
        return MarksImport(file, outcomes)
    }

    /// Takes the lines in that can be, some hundreds a transaction. The same key again does nothing again. Throws
    /// `associationOnly` for whoever does not work the stock of every shop.
    public func importMarks(
        _ file: ProcessorMarksFile,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> MarksImport {
        try staff.checkHoldsEverywhere(.stockWorkers)
        var outcomes: [Int: MarkOutcome] = [:]
        for (number, part) in file.parts.enumerated() {
            try Task.checkCancellation()
            let told = try await command(
                "import-marks",
                // Each part has a key of its own, always the same.
                key: derivedKey("\(key) part \(number)"),
                input: part,
                by: staff
            ) { tx, now in
                let told = try tx.outcomes(of: part)
                _ = try tx.pipeline(
                    part.filter { told[$0.line] == .new }.map { row in
                        """
                        insert into processor_marks (name, starts_on, written, mark, source, recorded_at, recorded_by)
                        values (\(row.mark.name.text), \(row.mark.startsOn), \(row.mark.written), \(row.mark.mark),
                                \(row.mark.source), \(now), \(staff.id))
                        """
                    }
                )
                return told
            }
            outcomes.merge(told) { _, last in last }
        }
        return MarksImport(file, outcomes)
    }
}

/// A line that can be read.
private struct NumberedMark: Encodable, Sendable {
    let line: Int
    let mark: DescribedMark
}

private enum MarkOutcome: String, Codable, Sendable {
    case new, known
    /// Another mark of that day is there.
    case contradicts
}

extension ProcessorMarksFile {
    fileprivate var parts: [[NumberedMark]] {
        let good = rows.compactMap { row in
            row.described.map { NumberedMark(line: row.line, mark: $0) }
        }
        return stride(from: 0, to: good.count, by: marksAtOnce).map {
            Array(good[$0..<min($0 + marksAtOnce, good.count)])
        }
    }
}

extension Transaction {
    /// The newest mark of a processor that counts on a day.
    func processorMark(of name: ProcessorName, on day: Day) throws -> ProcessorMark? {
        try query(
            """
            select name, written, mark, source, starts_on from processor_marks
            where name = \(name.text) and starts_on <= \(day) order by starts_on desc limit 1
            """
        ).first.map { try ProcessorMark($0) }
    }

    /// By line.
    fileprivate func outcomes(of part: [NumberedMark]) throws -> [Int: MarkOutcome] {
        let known = try query(
            """
            select k.name, k.starts_on, k.mark from processor_marks k
            join unnest(\(part.map(\.mark.name.text))::text[], \(part.map(\.mark.startsOn))::date[]) f (name, starts_on)
                on f.name = k.name and f.starts_on = k.starts_on
            """
        )
        var marks: [String: Int] = [:]
        for row in known {
            let (name, day): (String, Day) = (try row["name"], try row["starts_on"])
            marks["\(day.iso) \(name)"] = try row["mark"]
        }
        let newest = try Dictionary(
            uniqueKeysWithValues: query(
                """
                select distinct on (name) name, mark from processor_marks
                where name = any(\(part.map(\.mark.name.text))) order by name, starts_on desc
                """
            ).map { row -> (String, Int) in (try row["name"], try row["mark"]) }
        )
        return Dictionary(
            uniqueKeysWithValues: part.map { row in
                let found = marks["\(row.mark.startsOn.iso) \(row.mark.name.text)"]
                // A line without a day says what is in force already, whatever day it is read.
                if found == nil, !row.mark.isDated, newest[row.mark.name.text] == row.mark.mark {
                    return (row.line, .known)
                }
                return (
                    row.line,
                    found.map { $0 == row.mark.mark ? .known : .contradicts } ?? .new
                )
            }
        )
    }
}

extension MarksImport {
    fileprivate init(_ file: ProcessorMarksFile, _ outcomes: [Int: MarkOutcome]) {
        rows = file.rows.map { row in
            switch row.read {
            case .failure(let fault):
                return Row(
                    line: row.line,
                    outcome: .refused,
                    processor: fault.value,
                    mark: nil,
                    fault: fault
                )
            case .success(let mark):
                let isContradicted = outcomes[row.line] == .contradicts
                return Row(
                    line: row.line,
                    outcome: isContradicted
                        ? .refused : outcomes[row.line] == .known ? .known : .new,
                    processor: mark.written,
                    mark: mark.mark,
                    fault: isContradicted ? mark.contradiction : nil
                )
            }
        }
    }
}

extension DescribedMark {
    /// The table has another mark of this processor that day.
    fileprivate var contradiction: LineFault {
        LineFault(
            field: MarkColumn.mark.names[0],
            value: "\(mark)",
            refusal: Refusal(
                .changeAlreadyDated,
                ["field": .field(.mark), "day": .day(startsOn), "text": .text(written)]
            )
        )
    }
}

/// An import as programs read it.
public struct ToldMarksImport: Codable, Sendable {
    public let file: String
    public let new: Int
    public let known: Int
    public let refused: Int
    public let rows: [Line]

    public struct Line: Codable, Sendable {
        public let line: Int
        public let outcome: MarksImport.Outcome
        public let processor: String
        public let mark: Int?
        /// The column: only when refused.
        public let field: String?
        public let refusal: Refusal.Told?
    }

    public init(_ result: MarksImport, file: String, in language: Language) {
        self.file = file
        new = result.count(.new)
        known = result.count(.known)
        refused = result.count(.refused)
        rows = result.rows.map { row in
            Line(
                line: row.line,
                outcome: row.outcome,
                processor: row.processor,
                mark: row.mark,
                field: row.fault?.field,
                refusal: row.fault?.refusal.told(in: language)
            )
        }
    }
}
