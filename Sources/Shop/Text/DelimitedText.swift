/// A file of records as spreadsheets write it (RFC 4180): a line each, comma, semicolon or tab between fields, in UTF-8 with
/// or without its mark, or in Windows-1252.
///
/// Our own reader, since a record keeps the line on which it begins, and a line that cannot be read is one line's fault:
/// SwiftCSV tells no lines, and stops the whole file at the first bad quote.
public struct DelimitedText: Sendable {
    public let encoding: Encoding
    public let delimiter: Delimiter
    /// In the file's order, empty lines left out.
    public let records: [Record]

    public enum Encoding: String, CaseIterable, Sendable, Codable {
        case utf8 = "utf-8"
        case windows1252 = "windows-1252"
    }

    public enum Delimiter: String, CaseIterable, Sendable, Codable {
        case comma, semicolon, tab

        var byte: UInt8 {
            switch self {
            case .comma: UInt8(ascii: ",")
            case .semicolon: UInt8(ascii: ";")
            case .tab: UInt8(ascii: "\t")
            }
        }
    }

    public struct Record: Hashable, Sendable {
        /// On which it begins, counted from 1.
        public let line: Int
        /// Nil when it cannot be told where a field ends: a quotation mark opens and does not close, or text follows it.
        public let fields: [String]?

        public init(line: Int, fields: [String]?) {
            self.line = line
            self.fields = fields
        }
    }

    /// A field in quotation marks goes over no more lines than this: beyond, its mark was never closed.
    static let linesMost = 50

    /// Nil when the bytes are no text. Without a `delimiter` the one is taken that the first line holds most often.
    public init?(_ bytes: [UInt8], between given: Delimiter? = nil) {
        let isMarked = bytes.starts(with: [0xEF, 0xBB, 0xBF])
        let rest = isMarked ? Array(bytes.dropFirst(3)) : bytes
        guard !rest.contains(0) else { return nil }
        var text = rest
        if String(validating: rest, as: UTF8.self) != nil {
            encoding = .utf8
        } else if !isMarked, let decoded = decodedWindows1252(rest) {
            encoding = .windows1252
            text = Array(decoded.utf8)
        } else {
            return nil
        }
        let lines = lineStarts(text)
        delimiter = given ?? Self.delimiter(of: text, lines)
        records = Self.records(text, lines, between: delimiter.byte)
    }

    /// The one that stands most often in the first line that holds something, outside quotation marks.
    private static func delimiter(of text: [UInt8], _ lines: [Range<Int>]) -> Delimiter {
        guard let first = lines.first(where: { !$0.isEmpty }) else { return .comma }
        var counts: [UInt8: Int] = [:]
        var isQuoted = false
        for byte in text[first] {
            if byte == quote { isQuoted.toggle() }
            if !isQuoted { counts[byte, default: 0] += 1 }
        }
        // The first of equals: a file of one column is one of commas.
        var best = Delimiter.comma
        for delimiter in Delimiter.allCases
        where counts[delimiter.byte] ?? 0 > counts[best.byte] ?? 0 {
            best = delimiter
        }
        return best
    }

    private static func records(
        _ text: [UInt8],
        _ lines: [Range<Int>],
        between delimiter: UInt8
    ) -> [Record] {
        var records: [Record] = []
        var line = 0
        while line < lines.count {
            if lines[line].isEmpty {
                line += 1
                continue
            }
            var reader = RecordReader(text, lines, at: line, between: delimiter)
            let fields = reader.read()
            records.append(Record(line: line + 1, fields: fields))
            // Where it cannot be read, one line is lost and no more.
            line = fields == nil ? line + 1 : reader.line + 1
        }
        return records
    }
}

private let quote = UInt8(ascii: "\"")

/// Reads one record, which may go over several lines in quotation marks.
private struct RecordReader {
    private let text: [UInt8]
    private let lines: [Range<Int>]
    private let delimiter: UInt8
    private let first: Int
    private(set) var line: Int
    private var place: Int

    init(_ text: [UInt8], _ lines: [Range<Int>], at line: Int, between delimiter: UInt8) {
        self.text = text
        self.lines = lines
        self.delimiter = delimiter
        first = line
        self.line = line
        place = lines[line].lowerBound
    }

    private var isAtEnd: Bool { place >= lines[line].upperBound }

    mutating func read() -> [String]? {
        var fields: [String] = []
        while true {
            guard let field = isAtEnd || text[place] != quote ? plain() : quoted() else {
                return nil
            }
            fields.append(field)
            if isAtEnd { return fields }
            place += 1  // the delimiter
        }
    }

    private mutating func plain() -> String {
        let start = place
        while !isAtEnd, text[place] != delimiter { place += 1 }
        return String(decoding: text[start..<place], as: UTF8.self)
    }

    /// Nil when the mark does not close, or something else than a delimiter follows it.
    private mutating func quoted() -> String? {
        var field: [UInt8] = []
        place += 1
        while true {
            if isAtEnd {
                guard line + 1 < lines.count, line - first < DelimitedText.linesMost else {
                    return nil
                }
                line += 1
                place = lines[line].lowerBound
                field.append(UInt8(ascii: "\n"))
            } else if text[place] != quote {
                field.append(text[place])
                place += 1
            } else if place + 1 < lines[line].upperBound, text[place + 1] == quote {
                field.append(quote)
                place += 2
            } else {
                place += 1
                guard isAtEnd || text[place] == delimiter else { return nil }
                return String(decoding: field, as: UTF8.self)
            }
        }
    }
}

/// Each line without its end: CR LF, LF or CR.
private func lineStarts(_ text: [UInt8]) -> [Range<Int>] {
    var lines: [Range<Int>] = []
    var start = 0
    var place = 0
    while place < text.count {
        let byte = text[place]
        if byte == 10 || byte == 13 {
            lines.append(start..<place)
            if byte == 13, place + 1 < text.count, text[place + 1] == 10 { place += 1 }
            start = place + 1
        }
        place += 1
    }
    if start < text.count { lines.append(start..<text.count) }
    return lines
}

/// Nil where a byte stands for nothing.
private func decodedWindows1252(_ bytes: [UInt8]) -> String? {
    var scalars = String.UnicodeScalarView()
    for byte in bytes {
        guard byte & 0xE0 == 0x80 else {
            scalars.append(Unicode.Scalar(byte))
            continue
        }
        guard let scalar = windows1252[Int(byte) - 0x80] else { return nil }
        scalars.append(scalar)
    }
    return String(scalars)
}

/// What 0x80 to 0x9F stand for; elsewhere Windows-1252 is Latin-1.
private let windows1252: [Unicode.Scalar?] = [
    "€", nil, "‚", "ƒ", "„", "…", "†", "‡", "ˆ", "‰", "Š", "‹", "Œ", nil, "Ž", nil,
    nil, "‘", "’", "“", "”", "•", "–", "—", "˜", "™", "š", "›", "œ", nil, "ž", "Ÿ",
]
