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
        let peer = Self.plain(peer)
        guard peer == trustedProxy, let header = HTTPField.Name("X-Forwarded-For"),
            let last = headers[values: header].last?.split(separator: ",").last
        else { return peer }
        return last.filter { $0 != " " }
    }

    /// Whether whoever asks sits at this very machine. A proxy on it passes others on: it calls from this machine, but for
    /// a name of the network, or it says for whom.
    static func isAtHome(peer: String, headers: HTTPFields, authority: String?) -> Bool {
        guard isLoopback(peer), let authority, isLoopback(host: authority) else { return false }
        return !headers.contains { field in
            let name = field.name.canonicalName
            return ["forwarded", "via", "x-real-ip"].contains(name)
                || name.hasPrefix("x-forwarded-")
        }
    }

    static func isLoopback(_ address: String) -> Bool {
        let address = plain(address)
        if address == "::1" { return true }
        let parts = address.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127"
            && parts.allSatisfy { isNumber($0) && UInt8($0) != nil }
    }

    /// `localhost:8080`, `127.0.0.1`, `[::1]:8080`.
    private static func isLoopback(host authority: String) -> Bool {
        let host = authority.lowercased()
        let port = host.lastIndex(of: ":")
        let hasPort = port.map { isNumber(host[$0...].dropFirst()) } ?? false
        let name = hasPort ? String(host[..<(port ?? host.endIndex)]) : host
        if name == "localhost" || name == "[::1]" { return true }
        return !name.contains(":") && isLoopback(name)
    }

    /// An IPv4 address that came through an IPv6 socket, as itself.
    private static func plain(_ address: String) -> String {
        address.lowercased().hasPrefix("::ffff:") && address.contains(".")
            ? String(address.dropFirst("::ffff:".count)) : address
    }

    /// Throws `forgeryGuard` when a browser says that another site asks; where the public address is known, that one alone
    /// is ours. What is not a browser says
    /// nothing, and has no cookie that it did not ask for.
    func checkSameSite(_ headers: HTTPFields, authority: String?) throws(Refusal) {
        if let header = HTTPField.Name("Sec-Fetch-Site"), let site = headers[header],
            site != "same-origin", site != "none"
        {
            throw Refusal(.forgeryGuard)
        }
        guard let given = headers[.origin] else { return }
        let own =
            publicURL.map { [$0] }
            ?? authority.map { ["http://\($0)", "https://\($0)"] } ?? []
        guard own.contains(given) else { throw Refusal(.forgeryGuard) }
    }
}

/// Whether there is nothing but digits from 0 to 9.
private func isNumber(_ text: Substring) -> Bool {
    text.utf8.allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
}
