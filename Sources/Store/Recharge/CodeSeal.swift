import Crypto
import Foundation
import Shop

/// The keys that seal recharge codes, by number: the last one seals, each opens what it sealed.
struct CodeKeys: Sendable {
    private let keys: [String: SymmetricKey]
    /// What is written beside what it seals.
    let last: String

    init(_ keys: [String: SymmetricKey]) {
        guard let last = keys.keys.max() else { preconditionFailure("an installation has a key") }
        self.keys = keys
        self.last = last
    }

    subscript(number: String) -> SymmetricKey? { keys[number] }
}

/// Where a code belongs. It is authenticated with the code, so that one whose bytes stand in another row, batch or shop does
/// not open (D7).
struct CodePlace {
    let code: ID<RechargeCode>
    let batch: ID<CodeBatch>
    let shop: ID<Shop>
    let product: ID<Product>

    fileprivate var bytes: Data {
        Data("recharge code 1\n\(code)\n\(batch)\n\(shop)\n\(product)".utf8)
    }
}

/// A code that does not open.
struct SealBroken: Error {
    let code: ID<RechargeCode>
}

extension Keys {
    /// A code as the database keeps it, under the last key: nonce, ciphertext, tag (AES-256-GCM).
    func sealed(_ code: CodeText, at place: CodePlace) throws -> Data {
        guard let key = codes[codes.last] else { preconditionFailure("the last key is there") }
        let box = try AES.GCM.seal(Data(code.bytes), using: key, authenticating: place.bytes)
        guard let bytes = box.combined else { preconditionFailure("a nonce of 12 bytes") }
        return bytes
    }

    /// Throws `SealBroken` where the bytes are not this code's, or no key of that number is here.
    func opened(_ bytes: Data, by key: String, at place: CodePlace) throws(SealBroken) -> CodeText {
        guard let key = codes[key], let box = try? AES.GCM.SealedBox(combined: bytes),
            let opened = try? AES.GCM.open(box, using: key, authenticating: place.bytes),
            let code = CodeText(opened: opened)
        else { throw SealBroken(code: place.code) }
        return code
    }

    /// By which a code is found again without being kept: the same one gives the same bytes, whoever carries it.
    func blindIndex(of code: CodeText) -> Data {
        var digest = HMAC<SHA256>(key: blind)
        digest.update(data: Data("recharge code\n".utf8))
        digest.update(data: Data(code.bytes))
        return Data(digest.finalize())
    }
}
