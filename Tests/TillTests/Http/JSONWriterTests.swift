import Foundation
import Testing

@testable import Till

@Suite("JSON as the service writes it")
struct JSONWriterTests {
    private struct Whole: Codable {
        let shortText: String
        let memoryMB: Int
        let isSo: Bool
        let none: String?
        let some: Int64?
        let many: [Part]
        let choice: Choice
        let other: Choice
        let byName: [String: Int]
        let deep: [[Int]]
        let bytes: Data
        let nothing: Nothing
    }

    private struct Part: Codable {
        let aName: String
        let tiny: Int8
        let large: UInt64
    }

    private struct Nothing: Codable {}

    private enum Choice: Codable {
        case plain
        case holding(String, count: Int)
    }

    /// Asks for its container twice, as a type does that adds to what another says of itself.
    private struct Added: Encodable {
        let part: Part

        private enum Keys: CodingKey { case addedToIt }

        func encode(to encoder: any Encoder) throws {
            try part.encode(to: encoder)
            var container = encoder.container(keyedBy: Keys.self)
            try container.encode(1, forKey: .addedToIt)
        }
    }

    private static let texts = [
        "", "plain", "« é » — œ", "a\"b\\c/d", "line\nnext\r\ttab", "\u{0}\u{1}\u{1F}\u{7F}",
        "👩‍🔧 ‮gnipyt",
        "</script>",
    ]

    /// Equal to what Foundation writes, read as a document.
    private func expectSame(_ value: some Encodable) throws {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .custom { path in
            Key(
                path.last.map { $0.intValue == nil ? JSON.snake($0.stringValue) : $0.stringValue }
                    ?? ""
            )
        }
        let wanted = try JSONSerialization.jsonObject(
            with: encoder.encode([value]),
            options: .fragmentsAllowed
        )
        let bytes = try JSONWriter.bytes(of: [value])
        let found = try JSONSerialization.jsonObject(with: Data(bytes))
        #expect(
            (found as? NSArray) == (wanted as? NSArray),
            "\(String(decoding: bytes, as: UTF8.self))"
        )
    }

    private struct Key: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }
        init(_ text: String) { stringValue = text }
        init?(stringValue: String) { self.init(stringValue) }
        init?(intValue: Int) { nil }
    }

    @Test("the same document as Foundation's", arguments: texts)
    func sameDocument(_ text: String) throws {
        let part = Part(aName: text, tiny: -128, large: .max)
        try expectSame(
            Whole(
                shortText: text,
                memoryMB: 8192,
                isSo: true,
                none: nil,
                some: .min,
                many: [part, part],
                choice: .holding(text, count: 2),
                other: .plain,
                byName: ["someKey": 1, text: 2],
                deep: [[], [1, 2], []],
                bytes: Data([0, 255]),
                nothing: Nothing()
            )
        )
        try expectSame(part)
        try expectSame(text)
        try expectSame([String: Part]())
        try expectSame(["Key": [part]])
        try expectSame(Added(part: part))
        try expectSame(Optional<Int>.none)
        try expectSame([nil, 1, nil] as [Int?])
    }

    @Test("names stand in the order in which the type says them")
    func order() throws {
        let bytes = try JSONWriter.bytes(of: Part(aName: "x", tiny: 1, large: 2))
        #expect(String(decoding: bytes, as: UTF8.self) == #"{"a_name":"x","tiny":1,"large":2}"#)
    }

    @Test("a number that JSON does not have is refused")
    func noNumber() {
        #expect(throws: EncodingError.self) { _ = try JSONWriter.bytes(of: [Double.infinity]) }
        #expect(throws: EncodingError.self) { _ = try JSONWriter.bytes(of: [Float.nan]) }
    }
}
