import Crypto
import Foundation
import HTTPTypes
import Shop

/// What a browser keeps for us. First 32 random bytes that name a sign-in once there is one, and before that bind the
/// anti-forgery token of the sign-in form to this browser.
struct Cookies: Sendable {
    /// Behind TLS the browser holds the cookie to this host and to TLS by its very name.
    let isSecure: Bool

    var name: String { isSecure ? "__Host-comptoir" : "comptoir" }

    /// The token that the browser sent, when it has the shape of one of ours.
    func token(in headers: HTTPFields) -> String? {
        value(name, in: headers).flatMap { isToken($0) ? $0 : nil }
    }

    /// The second cookie: at which till this browser stands.
    func tillToken(in headers: HTTPFields) -> String? {
        value(name + "-till", in: headers).flatMap { isToken($0) ? $0 : nil }
    }

    func set(tillToken token: String) -> String {
        "\(name)-till=\(token); Path=/; Max-Age=34560000; HttpOnly; SameSite=Strict"
            + (isSecure ? "; Secure" : "")
    }

    /// The third cookie: in which shop its reader works, who holds a role in several and stands at no till.
    func workplace(in headers: HTTPFields) -> ShopCode? {
        value(name + "-shop", in: headers).flatMap { try? ShopCode(typed: $0) }
    }

    /// Until the browser closes.
    func set(workplace shop: ShopCode) -> String {
        "\(name)-shop=\(shop.text); Path=/; HttpOnly; SameSite=Lax" + (isSecure ? "; Secure" : "")
    }

    var withoutWorkplace: String {
        "\(name)-shop=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax" + (isSecure ? "; Secure" : "")
    }

    func language(in headers: HTTPFields) -> String? { value("language", in: headers) }

    /// Until the browser closes.
    func set(_ token: String) -> String {
        "\(name)=\(token); Path=/; HttpOnly; SameSite=Lax" + (isSecure ? "; Secure" : "")
    }

    func set(language: String) -> String {
        "language=\(language); Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax"
            + (isSecure ? "; Secure" : "")
    }

    private func value(_ name: String, in headers: HTTPFields) -> String? {
        for pair in headers[values: .cookie].flatMap({ $0.utf8.split(separator: UInt8(ascii: ";")) }
        ) {
            let halves = pair.split(separator: UInt8(ascii: "="), maxSplits: 1)
            if halves.count == 2, Substring(halves[0].drop { $0 == UInt8(ascii: " ") }) == name {
                return String(Substring(halves[1]))
            }
        }
        return nil
    }

    /// What a write sends back: known only to a page of ours that was drawn for this token.
    static func csrf(of token: String) -> String {
        let key = SymmetricKey(data: Data(token.utf8))
        return base64URL(HMAC<SHA256>.authenticationCode(for: Data("csrf".utf8), using: key))
    }
}

/// 32 bytes in `base64URL`. Looked at with every request, so without a pattern, which Swift reads anew at each use.
private func isToken(_ text: String) -> Bool {
    text.utf8.count == 43
        && text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
                true
            default: false
            }
        }
}

/// Base64 in letters that an address may hold, without padding (RFC 4648, section 5).
func base64URL(_ bytes: some Sequence<UInt8>) -> String {
    let letters: [UInt8] = Data(bytes).base64EncodedData().compactMap { letter in
        switch letter {
        case UInt8(ascii: "+"): UInt8(ascii: "-")
        case UInt8(ascii: "/"): UInt8(ascii: "_")
        case UInt8(ascii: "="): nil
        default: letter
        }
    }
    return String(decoding: letters, as: UTF8.self)
}

/// Whether two texts are equal, in a time that does not tell where they differ.
func isSame(_ left: String, _ right: String) -> Bool {
    let (left, right) = (Array(left.utf8), Array(right.utf8))
    guard left.count == right.count else { return false }
    return zip(left, right).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
}
