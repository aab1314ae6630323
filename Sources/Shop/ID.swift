public import Foundation

/// A key that cannot be mistaken for another noun's: `ID<Device>` is not `ID<Person>`.
public struct ID<Noun>: Hashable, Comparable, Sendable {
    public let uuid: UUID

    public init(_ uuid: UUID) {
        self.uuid = uuid
    }

    /// Reads `0190…-…` as people copy it; nil when it is not a UUID.
    ///
    /// By hand: `UUID(uuidString:)` goes through `sscanf`, and was a fifth of the time of a rehearsal over a million lines.
    public init?(_ text: String) {
        var text = text
        guard let uuid = text.withUTF8(Self.read) else { return nil }
        self.uuid = uuid
    }

    private static func read(_ text: UnsafeBufferPointer<UInt8>) -> UUID? {
        guard text.count == 36 else { return nil }
        var uuid = UUID(uuid: UUID.nothing)
        let isRead = withUnsafeMutableBytes(of: &uuid) { bytes in
            var next = 0
            for index in bytes.indices {
                if next == 8 || next == 13 || next == 18 || next == 23 {
                    guard text[next] == UInt8(ascii: "-") else { return false }
                    next += 1
                }
                guard let high = value(of: text[next]), let low = value(of: text[next + 1]) else {
                    return false
                }
                bytes[index] = high << 4 | low
                next += 2
            }
            return true
        }
        return isRead ? uuid : nil
    }

    private static func value(of digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
        default: nil
        }
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

extension UUID {
    fileprivate static let nothing: uuid_t = (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
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
