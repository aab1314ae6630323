import HTTPTypes
import NIOCore

/// What a route answers.
struct Answer: Sendable {
    var status: HTTPResponse.Status
    var headers: HTTPFields
    let body: ByteBuffer

    init(
        _ status: HTTPResponse.Status = .ok,
        type: String? = nil,
        body: ByteBuffer = ByteBuffer()
    ) {
        self.status = status
        headers = [:]
        headers[.contentType] = type
        self.body = body
    }

    static func json(
        _ value: some Encodable,
        _ status: HTTPResponse.Status = .ok
    ) throws -> Answer {
        Answer(status, type: "application/json", body: try JSON.write(value))
    }

    static func html(_ text: String, _ status: HTTPResponse.Status = .ok) -> Answer {
        Answer(status, type: "text/html; charset=utf-8", body: ByteBuffer(string: text))
    }

    static func text(_ text: String, _ status: HTTPResponse.Status = .ok) -> Answer {
        Answer(status, type: "text/plain; charset=utf-8", body: ByteBuffer(string: text))
    }

    /// After a form was taken: the browser reads another page, and going back does not send again.
    static func see(_ path: String) -> Answer {
        var answer = Answer(.seeOther)
        answer.headers[.location] = path
        return answer
    }

    /// A file to keep, under a name of ASCII letters.
    static func file(_ name: String, type: String, _ bytes: [UInt8]) -> Answer {
        var answer = Answer(type: type, body: ByteBuffer(bytes: bytes))
        answer.headers[.contentDisposition] = "attachment; filename=\"\(name)\""
        return answer
    }

    static var empty: Answer { Answer(.noContent) }
}
