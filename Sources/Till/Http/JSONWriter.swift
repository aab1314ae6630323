import Foundation
import Synchronization

/// Writes values as JSON in one pass, names in snake_case in the order in which the types say them. Foundation's encoder
/// makes a tree first and asks for a path at every name: of a check under a hundred limits that was two fifths of all the
/// service's work.
final class JSONWriter {
    private var bytes: [UInt8] = []
    /// The containers that are begun and not ended: what ends each, and whether it holds something.
    private var open: [(end: UInt8, isEmpty: Bool)] = []
    private var names = knownNames.withLock(\.self)
    private var isNew = false

    /// Throws `EncodingError` for a number that JSON does not have.
    static func bytes(of value: some Encodable) throws -> [UInt8] {
        let writer = JSONWriter()
        writer.bytes.reserveCapacity(2048)
        try writer.write(value)
        if writer.isNew {
            let names = writer.names
            knownNames.withLock { known in
                known.merge(names) { first, _ in first }
                // Our types name far fewer: a dictionary's own keys could go on for ever.
                if known.count > namesMost { known.removeAll() }
            }
        }
        return writer.bytes
    }

    /// The names that our types gave so far, as they are written.
    private static let knownNames = Mutex<[String: [UInt8]]>([:])
    private static let namesMost = 5_000

    /// How many containers are open.
    fileprivate var level: Int { open.count }

    fileprivate func write<Value: Encodable>(_ value: Value) throws {
        switch value {
        case let text as String: write(text: text)
        case let flag as Bool: write(raw: flag ? "true" : "false")
        case let number as Int: write(raw: String(number))
        case let number as Int64: write(raw: String(number))
        case let data as Data: write(text: data.base64EncodedString())
        default:
            let level = level
            let encoder = ValueEncoder(writer: self)
            try value.encode(to: encoder)
            // A value that said nothing of itself is an object without anything in it.
            if !encoder.hasWritten { begin(UInt8(ascii: "{"), UInt8(ascii: "}")) }
            close(to: level)
        }
    }

    fileprivate func write(raw text: String) { bytes.append(contentsOf: text.utf8) }

    fileprivate func write(text: String) {
        bytes.append(UInt8(ascii: "\""))
        // Few texts hold anything to escape, and a whole one is copied at once.
        guard text.utf8.contains(where: { $0 < 0x20 || $0 == 0x22 || $0 == 0x5C }) else {
            bytes.append(contentsOf: text.utf8)
            bytes.append(UInt8(ascii: "\""))
            return
        }
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                bytes.append(UInt8(ascii: "\\"))
                bytes.append(byte)
            case 0x0A: bytes.append(contentsOf: Array("\\n".utf8))
            case 0x0D: bytes.append(contentsOf: Array("\\r".utf8))
            case 0x09: bytes.append(contentsOf: Array("\\t".utf8))
            case 0..<0x20:
                bytes.append(contentsOf: Array("\\u00".utf8))
                bytes.append(contentsOf: [Self.hexadecimal[Int(byte >> 4)]])
                bytes.append(contentsOf: [Self.hexadecimal[Int(byte & 15)]])
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private static let hexadecimal = Array("0123456789abcdef".utf8)

    /// Begins an object or an array, and gives its level.
    @discardableResult
    fileprivate func begin(_ first: UInt8, _ last: UInt8) -> Int {
        bytes.append(first)
        open.append((last, true))
        return open.count
    }

    /// Ends what is open above a level.
    fileprivate func close(to level: Int) {
        while open.count > level { bytes.append(open.removeLast().end) }
    }

    /// What is written next stands in the container of this level.
    fileprivate func element(in level: Int) {
        close(to: level)
        if !open[level - 1].isEmpty { bytes.append(UInt8(ascii: ",")) }
        open[level - 1].isEmpty = false
    }

    fileprivate func name(_ key: some CodingKey, isOwn: Bool, in level: Int) {
        element(in: level)
        if isOwn {
            bytes.append(contentsOf: written(key.stringValue))
        } else {
            write(text: key.stringValue)
        }
        bytes.append(UInt8(ascii: ":"))
    }

    /// `"memory_mb"`.
    private func written(_ name: String) -> [UInt8] {
        if let known = names[name] { return known }
        let text = Array("\"\(JSON.snake(name))\"".utf8)
        names[name] = text
        isNew = true
        return text
    }
}

/// One value as it says what it is.
private final class ValueEncoder: Encoder {
    let writer: JSONWriter
    let codingPath: [any CodingKey] = []
    let userInfo: [CodingUserInfoKey: Any] = [:]
    private(set) var hasWritten = false
    /// Where it began an object or an array; it may ask for it again.
    private var level: Int?

    init(writer: JSONWriter) { self.writer = writer }

    func container<Key: CodingKey>(keyedBy _: Key.Type) -> KeyedEncodingContainer<Key> {
        KeyedEncodingContainer(Names<Key>(writer: writer, level: begun("{", "}")))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        Elements(writer: writer, level: begun("[", "]"))
    }

    func singleValueContainer() -> any SingleValueEncodingContainer {
        hasWritten = true
        return One(writer: writer)
    }

    private func begun(_ first: Unicode.Scalar, _ last: Unicode.Scalar) -> Int {
        hasWritten = true
        if let level { return level }
        let level = writer.begin(UInt8(ascii: first), UInt8(ascii: last))
        self.level = level
        return level
    }
}

private struct Names<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let writer: JSONWriter
    let level: Int
    let codingPath: [any CodingKey] = []
    /// A dictionary's keys are data, and are written as they are.
    let isOwn: Bool

    init(writer: JSONWriter, level: Int) {
        self.writer = writer
        self.level = level
        isOwn = !_typeName(Key.self, qualified: false).hasSuffix("_DictionaryCodingKey")
    }

    private func name(_ key: some CodingKey) { writer.name(key, isOwn: isOwn, in: level) }

    func encodeNil(forKey key: Key) {
        name(key)
        writer.write(raw: "null")
    }

    func encode(_ value: String, forKey key: Key) {
        name(key)
        writer.write(text: value)
    }

    func encode(_ value: Int64, forKey key: Key) {
        name(key)
        writer.write(raw: String(value))
    }

    func encode(_ value: Int, forKey key: Key) {
        name(key)
        writer.write(raw: String(value))
    }

    func encode(_ value: Bool, forKey key: Key) {
        name(key)
        writer.write(raw: value ? "true" : "false")
    }

    func encode(_ value: some Encodable, forKey key: Key) throws {
        name(key)
        try writer.write(value)
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy _: Nested.Type,
        forKey key: Key
    ) -> KeyedEncodingContainer<Nested> {
        name(key)
        return KeyedEncodingContainer(
            Names<Nested>(
                writer: writer,
                level: writer.begin(UInt8(ascii: "{"), UInt8(ascii: "}"))
            )
        )
    }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
        name(key)
        return Elements(
            writer: writer,
            level: writer.begin(UInt8(ascii: "["), UInt8(ascii: "]"))
        )
    }

    func superEncoder() -> any Encoder { preconditionFailure("no class of ours is encoded") }
    func superEncoder(forKey _: Key) -> any Encoder { superEncoder() }
}

private struct Elements: UnkeyedEncodingContainer {
    let writer: JSONWriter
    let level: Int
    let codingPath: [any CodingKey] = []
    private(set) var count = 0

    init(writer: JSONWriter, level: Int) {
        self.writer = writer
        self.level = level
    }

    private mutating func next() {
        writer.element(in: level)
        count += 1
    }

    mutating func encodeNil() {
        next()
        writer.write(raw: "null")
    }

    mutating func encode(_ value: some Encodable) throws {
        next()
        try writer.write(value)
    }

    mutating func nestedContainer<Nested: CodingKey>(
        keyedBy _: Nested.Type
    ) -> KeyedEncodingContainer<Nested> {
        next()
        return KeyedEncodingContainer(
            Names<Nested>(
                writer: writer,
                level: writer.begin(UInt8(ascii: "{"), UInt8(ascii: "}"))
            )
        )
    }

    mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
        next()
        return Elements(
            writer: writer,
            level: writer.begin(UInt8(ascii: "["), UInt8(ascii: "]"))
        )
    }

    func superEncoder() -> any Encoder { preconditionFailure("no class of ours is encoded") }
}

private struct One: SingleValueEncodingContainer {
    let writer: JSONWriter
    let codingPath: [any CodingKey] = []

    func encodeNil() { writer.write(raw: "null") }
    func encode(_ value: String) { writer.write(text: value) }
    func encode(_ value: Bool) { writer.write(raw: value ? "true" : "false") }
    func encode(_ value: Int) { writer.write(raw: String(value)) }
    func encode(_ value: Int8) { writer.write(raw: String(value)) }
    func encode(_ value: Int16) { writer.write(raw: String(value)) }
    func encode(_ value: Int32) { writer.write(raw: String(value)) }
    func encode(_ value: Int64) { writer.write(raw: String(value)) }
    func encode(_ value: UInt) { writer.write(raw: String(value)) }
    func encode(_ value: UInt8) { writer.write(raw: String(value)) }
    func encode(_ value: UInt16) { writer.write(raw: String(value)) }
    func encode(_ value: UInt32) { writer.write(raw: String(value)) }
    func encode(_ value: UInt64) { writer.write(raw: String(value)) }
    func encode(_ value: Float) throws { try encode(Double(value)) }

    func encode(_ value: Double) throws {
        guard value.isFinite else {
            throw EncodingError.invalidValue(
                value,
                .init(codingPath: [], debugDescription: "JSON has no such number")
            )
        }
        writer.write(raw: String(value))
    }

    func encode(_ value: some Encodable) throws { try writer.write(value) }
}
