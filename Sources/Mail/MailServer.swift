import CCurl
import NIOPosix
public import Shop

/// A submission server, to which mail is handed over (RFC 6409) by libcurl.
public struct MailServer: Sendable {
    /// With what it takes to sign in: never logged, nor told.
    private let url: String
    private let sender: EmailAddress
    /// Off this machine nothing goes in clear.
    private let isHere: Bool

    /// From `smtps://user:password@host:465` or `smtp://user:password@host:587`; nil for anything else.
    public init?(url: String, sender: EmailAddress) {
        guard
            let match = url.wholeMatch(
                of: /smtps?:\/\/(?:[^@\/\s]*@)?([^@\/\s:]+|\[[0-9a-f:]+\])(?::[0-9]{1,5})?\/?/
            ),
            sender.text.utf8.allSatisfy({ $0 < 0x80 })
        else { return nil }
        self.url = url
        self.sender = sender
        isHere = ["localhost", "127.0.0.1", "[::1]"].contains(String(match.1))
    }

    /// Throws `emailUnreadable` for an address that is not ASCII: few servers carry one.
    public func checkCarries(_ address: EmailAddress) throws(Refusal) {
        guard address.text.utf8.allSatisfy({ $0 < 0x80 }) else {
            throw Refusal(.emailUnreadable, ["field": .field(.email)])
        }
    }

    /// Hands it over, within a minute. Throws what `checkCarries` throws, `mailRefused` when the server would not have it,
    /// and `mailUnreachable` when there was no server, or it broke off: it may have the message all the same.
    public func send(_ message: MailMessage) async throws {
        try checkCarries(message.to)
        try await Self.threads.runIfActive { try transfer(message) }
    }

    /// A transfer holds its thread until the server answers.
    private static let threads: NIOThreadPool = {
        let threads = NIOThreadPool(numberOfThreads: 2)
        threads.start()
        return threads
    }()

    private static let isReady: Bool = curl_global_start() == CURLE_OK

    private func transfer(_ message: MailMessage) throws {
        guard Self.isReady, let handle = curl_easy_init() else { throw Refusal(.mailUnreachable) }
        defer { curl_easy_cleanup(handle) }
        var (recipients, headers):
            (UnsafeMutablePointer<curl_slist>?, UnsafeMutablePointer<curl_slist>?)
        recipients = curl_slist_append(nil, "<\(message.to.text)>")
        for line in message.headers(from: sender) { headers = curl_slist_append(headers, line) }
        defer {
            curl_slist_free_all(recipients)
            curl_slist_free_all(headers)
        }
        let mime = curl_mime_init(handle)
        defer { curl_mime_free(mime) }
        let text = curl_mime_addpart(mime)
        curl_mime_data(text, message.text, message.text.utf8.count)
        curl_mime_type(text, "text/plain; charset=utf-8")
        curl_mime_encoder(text, "quoted-printable")
        for file in message.files {
            let part = curl_mime_addpart(mime)
            file.bytes.withUnsafeBytes { bytes in
                let start = bytes.bindMemory(to: CChar.self).baseAddress
                _ = curl_mime_data(part, start, bytes.count)
            }
            curl_mime_type(part, file.type)
            curl_mime_filename(part, file.name)
            curl_mime_encoder(part, "base64")
        }
        curl_set_text(handle, CURLOPT_URL, url)
        curl_set_text(handle, CURLOPT_PROTOCOLS_STR, "smtp,smtps")
        curl_set_number(handle, CURLOPT_USE_SSL, isHere ? curl_tls_if_offered : curl_tls_always)
        curl_set_text(handle, CURLOPT_MAIL_FROM, "<\(sender.text)>")
        curl_set_list(handle, CURLOPT_MAIL_RCPT, recipients)
        curl_set_list(handle, CURLOPT_HTTPHEADER, headers)
        curl_set_mime(handle, mime)
        curl_set_number(handle, CURLOPT_NOSIGNAL, 1)
        curl_set_number(handle, CURLOPT_CONNECTTIMEOUT, 10)
        curl_set_number(handle, CURLOPT_TIMEOUT, 60)
        guard curl_easy_perform(handle) != CURLE_OK else { return }
        var code = 0
        curl_response_code(handle, &code)
        if code >= 400 { throw Refusal(.mailRefused, ["code": .number(Int64(code))]) }
        throw Refusal(.mailUnreachable)
    }
}
