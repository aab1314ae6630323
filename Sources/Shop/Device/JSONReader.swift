/// Reads JSON under limits that hold before memory or stack is spent: depth, number of values.
struct JSONReader {
    enum Fault: Error, Hashable {
        case truncated(line: Int)
        case malformed(line: Int, column: Int)
        case tooDeep
        case tooManyValues
    }

    static let depthMax = 64
    static let valuesMax = 500_000

    private let bytes: [UInt8]
    private var at = 0
    private var values = 0

    private init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// The document in `bytes`, which are valid UTF-8.
    static func read(_ bytes: [UInt8]) throws(Fault) -> JSON {
        var reader = JSONReader(bytes)
        let document = try reader.value(depth: 1)
        reader.skipSpace()
        if reader.at < bytes.count { throw reader.malformed }
        return document
    }

    private mutating func value(depth: Int) throws(Fault) -> JSON {
        if depth > Self.depthMax { throw .tooDeep }
        values += 1
        if values > Self.valuesMax { throw .tooManyValues }
        skipSpace()
        switch try peek() {
        case UInt8(ascii: "{"): return try object(depth: depth)
        case UInt8(ascii: "["): return try list(depth: depth)
        case UInt8(ascii: "\""): return .text(try text())
        case UInt8(ascii: "t"): return try word("true", means: .bool(true))
        case UInt8(ascii: "f"): return try word("false", means: .bool(false))
        case UInt8(ascii: "n"): return try word("null", means: .null)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number(try number())
        default: throw malformed
        }
    }

    private mutating func object(depth: Int) throws(Fault) -> JSON {
        var fields: [String: JSON] = [:]
        at += 1
        skipSpace()
        if try take(UInt8(ascii: "}")) { return .object(fields) }
        while true {
            skipSpace()
            guard try peek() == UInt8(ascii: "\"") else { throw malformed }
            let field = try text()
            skipSpace()
            guard try take(UInt8(ascii: ":")) else { throw malformed }
            fields[field] = try value(depth: depth + 1)
            skipSpace()
            if try take(UInt8(ascii: "}")) { return .object(fields) }
            guard try take(UInt8(ascii: ",")) else { throw malformed }
        }
    }

    private mutating func list(depth: Int) throws(Fault) -> JSON {
        var elements: [JSON] = []
        at += 1
        skipSpace()
        if try take(UInt8(ascii: "]")) { return .list(elements) }
        while true {
            elements.append(try value(depth: depth + 1))
            skipSpace()
            if try take(UInt8(ascii: "]")) { return .list(elements) }
            guard try take(UInt8(ascii: ",")) else { throw malformed }
        }
    }

    /// A string from its opening quote. Control characters pass, although JSON forbids them: `lshw` prints
    /// what the firmware holds. Names are cleaned where they are read.
    private mutating func text() throws(Fault) -> String {
        at += 1
        var text: [UInt8] = []
        while true {
            let start = at
            while at < bytes.count, bytes[at] != UInt8(ascii: "\""), bytes[at] != UInt8(ascii: "\\")
            {
                at += 1
            }
            text += bytes[start..<at]
            if try take(UInt8(ascii: "\"")) { return String(decoding: text, as: UTF8.self) }
            at += 1
            text += String(try escaped()).utf8
        }
    }

    /// What stands after a backslash.
    private mutating func escaped() throws(Fault) -> Unicode.Scalar {
        let mark = try peek()
        at += 1
        switch mark {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(mark)
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{c}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): return try scalar()
        default:
            at -= 1
            throw malformed
        }
    }

    /// Four hexadecimal digits, or a pair of surrogates; a surrogate alone reads as U+FFFD.
    private mutating func scalar() throws(Fault) -> Unicode.Scalar {
        let high = try hex()
        guard 0xD800...0xDBFF ~= high, at + 1 < bytes.count, bytes[at] == UInt8(ascii: "\\"),
            bytes[at + 1] == UInt8(ascii: "u")
        else { return Unicode.Scalar(high) ?? "\u{FFFD}" }
        let back = at
        at += 2
        let low = try hex()
        guard 0xDC00...0xDFFF ~= low else {
            at = back
            return "\u{FFFD}"
        }
        return Unicode.Scalar(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00)) ?? "\u{FFFD}"
    }

    private mutating func hex() throws(Fault) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard let digit = Character(Unicode.Scalar(try peek())).hexDigitValue else {
                throw malformed
            }
            value = value << 4 + UInt32(digit)
            at += 1
        }
        return value
    }

    private mutating func number() throws(Fault) -> String {
        let start = at
        while at < bytes.count, Self.numberBytes.contains(bytes[at]) { at += 1 }
        if at == bytes.count, start > 0 { throw truncated }
        return String(decoding: bytes[start..<at], as: UTF8.self)
    }

    private mutating func word(_ word: StaticString, means value: JSON) throws(Fault) -> JSON {
        for index in 0..<word.utf8CodeUnitCount {
            guard try peek() == word.utf8Start[index] else { throw malformed }
            at += 1
        }
        return value
    }

    private mutating func skipSpace() {
        while at < bytes.count, Self.spaceBytes.contains(bytes[at]) { at += 1 }
    }

    private func peek() throws(Fault) -> UInt8 {
        if at >= bytes.count { throw truncated }
        return bytes[at]
    }

    private mutating func take(_ byte: UInt8) throws(Fault) -> Bool {
        guard try peek() == byte else { return false }
        at += 1
        return true
    }

    private var truncated: Fault {
        .truncated(line: place.line)
    }

    private var malformed: Fault {
        .malformed(line: place.line, column: place.column)
    }

    /// Where the reader stands, both from 1, columns counted in bytes.
    private var place: (line: Int, column: Int) {
        let before = bytes[..<min(at, bytes.count)]
        let lineStart = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        let line = before.count { $0 == UInt8(ascii: "\n") } + 1
        return (line, before.count - lineStart + 1)
    }

    private static let numberBytes = Set("+-.eE0123456789".utf8)
    private static let spaceBytes = Set(" \t\r\n".utf8)
}
