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
        withUnsafeBytes(of: left.uuid.uuid) { left in
            withUnsafeBytes(of: right.uuid.uuid) { right in left.lexicographicallyPrecedes(right) }
        }
    }

    /// Lowercase, as PostgreSQL writes it.
    public var text: String {
        withUnsafeBytes(of: uuid.uuid) { bytes in
            String(unsafeUninitializedCapacity: 36) { target in
                var next = 0
                for (index, byte) in bytes.enumerated() {
                    if index == 4 || index == 6 || index == 8 || index == 10 {
                        target[next] = UInt8(ascii: "-")
                        next += 1
                    }
                    target[next] = ID.digit(byte >> 4)
                    target[next + 1] = ID.digit(byte & 15)
                    next += 2
                }
                return next
            }
        }
    }

    private static func digit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
    }
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
