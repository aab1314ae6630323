import Foundation
import HTTPTypes
import NIOCore
import Shop

/// One request as a route reads it: every value parsed once, here or in the type it is read as.
struct Call: Sendable {
    let method: HTTPRequest.Method
    /// Without what stands after `?`.
    let path: String
    /// The host and port that were asked.
    let authority: String?
    let headers: HTTPFields
    /// The pieces of the path that the route names in braces.
    let pieces: [String: String]
    let query: Form
    let body: ByteBuffer

    /// A piece of the path, percent-decoded.
    func piece(_ name: String) -> String {
        guard let text = pieces[name] else { preconditionFailure("no {\(name)} in the path") }
        return text.removingPercentEncoding ?? text
    }

    /// A piece of the path that is a key. Throws `unknownThing`: what has no such key is not there.
    func id<Noun>(_ name: String, of _: Noun.Type = Noun.self) throws(Refusal) -> ID<Noun> {
        guard let id = ID<Noun>(piece(name)) else { throw Refusal(.unknownThing) }
        return id
    }

    /// The body as JSON. Throws `inputUnreadable`, or what the type's own reading refuses.
    func json<Value: Decodable>(_ type: Value.Type = Value.self) throws -> Value {
        try JSON.read(type, from: body)
    }

    /// Whether the body is what a form sends.
    var isForm: Bool {
        headers[.contentType]?.hasPrefix("application/x-www-form-urlencoded") == true
    }

    /// The body as a form's fields. Throws `inputUnreadable` when it is not one.
    func form() throws(Refusal) -> Form {
        guard isForm else {
            throw Refusal(.inputUnreadable, ["text": .text("Content-Type")])
        }
        return try Form(read: String(buffer: body))
    }

    /// The key that makes a repeated request do nothing again: the header `Idempotency-Key`, else
    /// `key` of the form. Throws `fieldMissing`, `inputUnreadable`.
    func key() throws(Refusal) -> ID<Claim> {
        let text: String?
        if let header = HTTPField.Name("Idempotency-Key"), let given = headers[header] {
            text = given
        } else if isForm {
            text = try form()["key"]
        } else {
            text = nil
        }
        guard let text else { throw Refusal(.fieldMissing, ["field": .text("Idempotency-Key")]) }
        guard let key = ID<Claim>(text) else {
            throw Refusal(.inputUnreadable, ["text": .text("Idempotency-Key")])
        }
        return key
    }
}

/// Named values as a form or an address gives them; a name may come several times.
struct Form: Sendable {
    private let values: [String: [String]]

    /// What a browser sent. Throws `inputUnreadable` for the character that no text of ours holds.
    init(read text: String) throws(Refusal) {
        self.init(encoded: text)
        for (name, values) in values {
            for text in values + [name] { _ = try Self.readable(text) }
        }
    }

    /// Throws `inputUnreadable` for U+0000: PostgreSQL keeps no such text.
    static func readable(_ text: String) throws(Refusal) -> String {
        guard !text.utf8.contains(0) else {
            throw Refusal(.inputUnreadable, ["text": .text("U+0000")])
        }
        return text
    }

    /// `a=1&b=x+y%21`. What cannot be decoded is kept as it stands.
    init(encoded text: String) {
        var values: [String: [String]] = [:]
        for pair in text.split(separator: "&") {
            let halves = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let value = halves.count == 2 ? decoded(halves[1]) : ""
            values[decoded(halves[0]), default: []].append(value)
        }
        self.values = values
    }

    /// The first value of this name.
    subscript(name: String) -> String? { values[name]?.first }

    /// Sorted.
    var names: [String] { values.keys.sorted() }

    /// Every value of this name, in the order sent.
    func all(_ name: String) -> [String] { values[name] ?? [] }

    /// Throws `fieldMissing` when it is absent or empty.
    func required(_ name: String) throws(Refusal) -> String {
        guard let text = self[name], !text.isEmpty else {
            throw Refusal(.fieldMissing, ["field": .text(name)])
        }
        return text
    }
}

private func decoded(_ text: Substring) -> String {
    let spaced = text.replacing("+", with: " ")
    return spaced.removingPercentEncoding ?? String(spaced)
}
