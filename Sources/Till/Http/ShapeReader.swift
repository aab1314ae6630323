import Foundation
import Shop

/// Tells the shape of a type by letting it decode itself from nothing, and noting what it asks for:
/// the OpenAPI document is read from the very types that the service reads and writes.
struct ShapeReader: Decoder {
    /// What was asked for so far. Filled by one thread, within one call of `schema(of:)`.
    final class Notes {
        var properties: [Schema.Property] = []
        var schema: Schema?

        func add(_ name: String, _ schema: Schema, isRequired: Bool) {
            guard !properties.contains(where: { $0.name == name }) else { return }
            properties.append(Schema.Property(name: name, schema: schema, isRequired: isRequired))
        }

        /// Nothing asked: an object without fields.
        var whole: Schema { schema ?? .object(properties) }
    }

    let notes = Notes()
    var codingPath: [any CodingKey] = []
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    /// Deeper than any document of ours: a type that holds itself is cut here.
    private static let depthMost = 10

    static func schema(of type: any Decodable.Type) -> Schema { read(type, []).schema }

    /// The shape, and a value of it where one could be made.
    static func read<Value: Decodable>(
        _ type: Value.Type,
        _ path: [any CodingKey]
    ) -> (schema: Schema, value: Value?) {
        if let described = type as? any Described.Type {
            return (described.schema, described.example as? Value)
        }
        if let choices = type as? any CaseIterable.Type, let found = Self.choices(choices) {
            return (.choice(found.names), found.first as? Value)
        }
        guard path.count < depthMost else { return (.anything, nil) }
        let reader = ShapeReader(codingPath: path)
        // Reading from nothing fails for a type that parses: what it asked for until then is noted.
        let value = try? Value(from: reader)
        return (reader.notes.whole, value)
    }

    /// The raw texts of an enumeration, in order.
    private static func choices<Choice: CaseIterable>(
        _ type: Choice.Type
    ) -> (names: [String], first: Any)? {
        let cases = Array(type.allCases)
        let names = cases.compactMap { ($0 as? any RawRepresentable)?.rawValue as? String }
        guard let first = cases.first, names.count == cases.count else { return nil }
        return (names, first)
    }

    func container<Key: CodingKey>(keyedBy _: Key.Type) -> KeyedDecodingContainer<Key> {
        KeyedDecodingContainer(Keyed<Key>(notes: notes, codingPath: codingPath))
    }

    func unkeyedContainer() -> any UnkeyedDecodingContainer {
        Unkeyed(notes: notes, codingPath: codingPath)
    }

    func singleValueContainer() -> any SingleValueDecodingContainer {
        Single(notes: notes, codingPath: codingPath)
    }
}

/// A value that could not be made from nothing.
private struct NoExample: Error {}

/// What reading asks of every container, from one place.
private protocol ShapeContainer {
    var notes: ShapeReader.Notes { get }
    var codingPath: [any CodingKey] { get }
}

extension ShapeContainer {
    fileprivate func plain<Value>(_ type: Value.Type) -> (Schema, Value)? {
        let known: (Schema, Any)?
        switch type {
        case is String.Type: known = (.text(), "")
        case is Bool.Type: known = (.boolean, false)
        case is Int.Type: known = (.integer(), 0)
        case is Int64.Type: known = (.integer(), Int64(0))
        case is Int32.Type: known = (.integer(), Int32(0))
        case is Double.Type: known = (.number, 0.0)
        case is UUID.Type: known = (.text(format: "uuid"), ExampleID.value)
        default: known = nil
        }
        guard let known, let value = known.1 as? Value else { return nil }
        return (known.0, value)
    }

    fileprivate func shape<Value: Decodable>(
        _ type: Value.Type,
        _ key: (any CodingKey)?
    ) -> (schema: Schema, value: Value?) {
        if let plain = plain(type) { return (plain.0, plain.1) }
        return ShapeReader.read(type, codingPath + [key ?? Place(0)])
    }
}

enum ExampleID {
    static let value = UUID(uuid: (0, 0, 0, 0, 0, 0, 0x40, 0, 0x80, 0, 0, 0, 0, 0, 0, 0))
}

private struct Place: CodingKey {
    let intValue: Int?
    var stringValue: String { "" }
    init(_ place: Int) { intValue = place }
    init?(stringValue: String) { nil }
    init?(intValue: Int) { self.init(intValue) }
}

private struct Keyed<Key: CodingKey>: KeyedDecodingContainerProtocol, ShapeContainer {
    let notes: ShapeReader.Notes
    let codingPath: [any CodingKey]
    var allKeys: [Key] { [] }

    func contains(_: Key) -> Bool { true }
    func decodeNil(forKey _: Key) throws -> Bool { false }

    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
        let shape = shape(type, key)
        notes.add(JSON.snake(key.stringValue), shape.schema, isRequired: true)
        guard let value = shape.value else { throw NoExample() }
        return value
    }

    func decodeIfPresent<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value? {
        let shape = shape(type, key)
        notes.add(JSON.snake(key.stringValue), .optional(shape.schema), isRequired: false)
        return nil
    }

    // The plain types have requirements of their own; without these each would go to the standard
    // library's, which asks `contains` and `decodeNil` and never says that it was optional.
    func decodeIfPresent(_ type: Bool.Type, forKey key: Key) throws -> Bool? { absent(type, key) }
    func decodeIfPresent(_ type: String.Type, forKey key: Key) throws -> String? {
        absent(type, key)
    }
    func decodeIfPresent(_ type: Double.Type, forKey key: Key) throws -> Double? {
        absent(type, key)
    }
    func decodeIfPresent(_ type: Int.Type, forKey key: Key) throws -> Int? { absent(type, key) }
    func decodeIfPresent(_ type: Int32.Type, forKey key: Key) throws -> Int32? { absent(type, key) }
    func decodeIfPresent(_ type: Int64.Type, forKey key: Key) throws -> Int64? { absent(type, key) }

    private func absent<Value: Decodable>(_ type: Value.Type, _ key: Key) -> Value? {
        notes.add(
            JSON.snake(key.stringValue),
            .optional(shape(type, key).schema),
            isRequired: false
        )
        return nil
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy _: Nested.Type,
        forKey _: Key
    ) throws -> KeyedDecodingContainer<Nested> { throw NoExample() }
    func nestedUnkeyedContainer(forKey _: Key) throws -> any UnkeyedDecodingContainer {
        throw NoExample()
    }
    func superDecoder() throws -> any Decoder { throw NoExample() }
    func superDecoder(forKey _: Key) throws -> any Decoder { throw NoExample() }
}

private struct Unkeyed: UnkeyedDecodingContainer, ShapeContainer {
    let notes: ShapeReader.Notes
    let codingPath: [any CodingKey]
    var count: Int? { 1 }
    private(set) var currentIndex = 0
    /// One item tells the shape of all.
    var isAtEnd: Bool { currentIndex > 0 }

    init(notes: ShapeReader.Notes, codingPath: [any CodingKey]) {
        self.notes = notes
        self.codingPath = codingPath
        notes.schema = .list(.anything)
    }

    mutating func decodeNil() throws -> Bool { false }

    mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        currentIndex += 1
        let shape = shape(type, nil)
        notes.schema = .list(shape.schema)
        guard let value = shape.value else { throw NoExample() }
        return value
    }

    mutating func nestedContainer<Nested: CodingKey>(
        keyedBy _: Nested.Type
    ) throws -> KeyedDecodingContainer<Nested> { throw NoExample() }
    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
        throw NoExample()
    }
    mutating func superDecoder() throws -> any Decoder { throw NoExample() }
}

private struct Single: SingleValueDecodingContainer, ShapeContainer {
    let notes: ShapeReader.Notes
    let codingPath: [any CodingKey]

    func decodeNil() -> Bool { false }

    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        let shape = shape(type, nil)
        notes.schema = shape.schema
        guard let value = shape.value else { throw NoExample() }
        return value
    }
}
