import HTTPTypes
import Shop

/// Where this service is reached, and whose word on it is taken.
public struct PublicAddress: Sendable {
    /// `https://comptoir.example.org`, nil where it is reached at the address that it listens on.
    let publicURL: String?
    /// The proxy's address: what it says of the asker is believed.
    let trustedProxy: String?

    public init(publicURL: String?, trustedProxy: String?) {
        self.publicURL = publicURL.map { $0.hasSuffix("/") ? String($0.dropLast()) : $0 }
        self.trustedProxy = trustedProxy
    }

    var isTLS: Bool { publicURL?.hasPrefix("https://") ?? false }

    /// Who asks: the peer, or whom the proxy names last.
    func asker(peer: String, headers: HTTPFields) -> String {
        guard peer == trustedProxy, let header = HTTPField.Name("X-Forwarded-For"),
            let last = headers[values: header].last?.split(separator: ",").last
        else { return peer }
        return last.filter { $0 != " " }
    }

    static func isLoopback(_ address: String) -> Bool {
        address == "::1" || address.hasPrefix("127.") || address.hasPrefix("::ffff:127.")
    }

    /// Throws `forgeryGuard` when a browser says that another site asks. What is not a browser says
    /// nothing, and has no cookie that it did not ask for.
    func checkSameSite(_ headers: HTTPFields, authority: String?) throws(Refusal) {
        if let header = HTTPField.Name("Sec-Fetch-Site"), let site = headers[header],
            site != "same-origin", site != "none"
        {
            throw Refusal(.forgeryGuard)
        }
        guard let given = headers[.origin] else { return }
        let own = [publicURL, authority.map { "http://\($0)" }, authority.map { "https://\($0)" }]
        guard own.contains(given) else { throw Refusal(.forgeryGuard) }
    }
}
