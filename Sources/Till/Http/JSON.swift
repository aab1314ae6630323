import Foundation
import NIOCore
import NIOFoundationCompat
import Shop

/// JSON on the wire: names in snake_case, refusals where it cannot be read.
enum JSON {
    static func write(_ value: some Encodable) throws -> ByteBuffer {
        ByteBuffer(bytes: try JSONWriter.bytes(of: value))
    }

    /// Throws `fieldMissing`, `inputUnreadable`, or what the type's own reading refuses.
    static func read<Value: Decodable>(
        _ type: Value.Type,
        from body: ByteBuffer
    ) throws -> Value {
        try check(body)
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        do {
            return try decoder.decode(type, from: Data(buffer: body))
        } catch DecodingError.keyNotFound(let key, let context) {
            throw Refusal(.fieldMissing, ["field": .text(place(context.codingPath + [key]))])
        } catch DecodingError.valueNotFound(_, let context) {
            throw Refusal(.fieldMissing, ["field": .text(place(context.codingPath))])
        } catch DecodingError.typeMismatch(_, let context) {
            throw Refusal(.inputUnreadable, ["text": .text(place(context.codingPath))])
        } catch DecodingError.dataCorrupted(let context) {
            throw Refusal(.inputUnreadable, ["text": .text(place(context.codingPath))])
        }
    }

    /// `lines.0.quantity`: where in the document, never what stands there. Keys that the sender made
    /// up do not come back.
    private static func place(_ path: [any CodingKey]) -> String {
        if path.isEmpty { return "JSON" }
        return path.map { $0.intValue.map(String.init) ?? snake($0.stringValue) }
            .joined(separator: ".")
    }

    /// As the encoder writes it: `structureID` is `structure_id`, `sizeGB` is `size_gb`.
    static func snake(_ name: String) -> String {
        let letters = Array(name)
        return letters.indices.reduce(into: "") { text, index in
            let isInside = index > 0 && !letters[index - 1].isUppercase
            let beginsWord = index + 1 < letters.count && letters[index + 1].isLowercase
            if index > 0, letters[index].isUppercase, isInside || beginsWord { text += "_" }
            text += letters[index].lowercased()
        }
    }

    /// No request of ours nests deeper; a parser that follows a deeper one may run out of stack.
    private static let depthMost = 32

    /// Throws `inputUnreadable` for what nests deeper, and for U+0000, which PostgreSQL keeps in no text.
    private static func check(_ body: ByteBuffer) throws(Refusal) {
        let bytes = body.readableBytesView
        var depth = 0
        var isText = false
        var isEscaped = false
        for (place, byte) in zip(bytes.indices, bytes) {
            if byte == 0 { throw Refusal(.inputUnreadable, ["text": .text("U+0000")]) }
            if isText {
                if isEscaped {
                    isEscaped = false
                    if bytes[place...].starts(with: Self.escapedZero) {
                        throw Refusal(.inputUnreadable, ["text": .text("U+0000")])
                    }
                } else if byte == UInt8(ascii: "\\") {
                    isEscaped = true
                } else if byte == UInt8(ascii: "\"") {
                    isText = false
                }
                continue
            }
            switch byte {
            case UInt8(ascii: "\""): isText = true
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                depth += 1
                if depth > depthMost {
                    throw Refusal(.inputUnreadable, ["text": .text("JSON > \(depthMost)")])
                }
            case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
            default: continue
            }
        }
    }

    private static let escapedZero = Array("u0000".utf8)
}

/// What every route that lists gives: the items, and what `after` takes for the part that follows; absent at the end, and
/// where a list comes in one part.
struct Listing<Item: Codable & Sendable>: Codable, Sendable {
    let items: [Item]
    let next: String?

    init(_ items: [Item], next: String? = nil) {
        self.items = items
        self.next = next
    }
}

/// A refusal as programs read it.
struct RefusalDocument: Codable, Sendable {
    let refusal: Refusal.Told
}
