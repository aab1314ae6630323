import HTTPTypes

/// What every answer carries, whatever it is: pages, JSON, errors, pictures.
struct SecurityHeaders: Sendable {
    private let fields: [(name: HTTPField.Name, value: String)]

    /// - Parameter isTLS: whether browsers reach the service through TLS, and may insist on it.
    init(isTLS: Bool) {
        let policy = [
            "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:",
            "font-src 'self'", "connect-src 'self'", "manifest-src 'self'", "worker-src 'self'",
            "form-action 'self'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'",
        ]
        var named = [
            ("Content-Security-Policy", policy.joined(separator: "; ")),
            ("X-Content-Type-Options", "nosniff"),
            // With no referrer at all a form would post with the origin “null”.
            ("Referrer-Policy", "same-origin"),
            ("X-Frame-Options", "DENY"),
            ("Cross-Origin-Opener-Policy", "same-origin"),
            ("Cross-Origin-Resource-Policy", "same-origin"),
            ("Permissions-Policy", "camera=(self), geolocation=(), microphone=(), payment=()"),
        ]
        if isTLS { named.append(("Strict-Transport-Security", "max-age=63072000")) }
        fields = named.map { name, value in
            guard let name = HTTPField.Name(name) else { preconditionFailure(name) }
            return (name, value)
        }
    }

    func add(to headers: inout HTTPFields) {
        for field in fields { headers[field.name] = field.value }
        // Persons stand on the pages: no shared computer keeps them.
        if headers[.cacheControl] == nil { headers[.cacheControl] = "no-store" }
    }
}
