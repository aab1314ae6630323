public import Foundation

/// A key that cannot be mistaken for another noun's: `ID<Device>` is not `ID<Person>`.
public struct ID<Noun>: Hashable, Comparable, Sendable {
    public let uuid: UUID

    public init(_ uuid: UUID) {
        self.uuid = uuid
    }

    /// Reads `0190…-…` as people copy it; nil when it is not a UUID.
    public init?(_ text: String) {
        guard let uuid = UUID(uuidString: text) else { return nil }
        self.uuid = uuid
    }

    /// The order in which rows are locked: PostgreSQL's order of `uuid`, byte by byte.
    public static func < (left: ID, right: ID) -> Bool {
        left.text < right.text
    }

    /// Lowercase, as PostgreSQL writes it.
    public var text: String { uuid.uuidString.lowercased() }
}

extension ID: CustomStringConvertible {
    public var description: String { text }
}

extension ID: Codable {
    public init(from decoder: any Decoder) throws {
        self.init(try UUID(from: decoder))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}

/// As a key of a dictionary it is written as its text, so that the same request always gives the same bytes.
extension ID: CodingKeyRepresentable {
    public var codingKey: any CodingKey { TextKey(text) }

    public init?(codingKey: some CodingKey) {
        self.init(codingKey.stringValue)
    }
}

private struct TextKey: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(_ text: String) { stringValue = text }
    init?(stringValue: String) { self.init(stringValue) }
    init?(intValue: Int) { nil }
}
