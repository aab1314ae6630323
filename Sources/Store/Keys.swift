public import Crypto
public import Foundation
import Shop

/// The installation's secrets. They lie in files of mode 0600 outside the database and its backups.
public struct Keys: Sendable {
    /// Signs the journal's entries (P-256).
    let journal: P256.Signing.PrivateKey
    /// Keys the blind indexes: badges, accounts and addresses of failed sign-ins.
    let blind: SymmetricKey

    public init(journal: P256.Signing.PrivateKey, blind: SymmetricKey) {
        self.journal = journal
        self.blind = blind
    }

    /// Reads the keys of `folder`, making those that are not there yet.
    public init(folder: String) throws {
        let files = FileManager.default
        try files.createDirectory(
            atPath: folder,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
        self.journal = try P256.Signing.PrivateKey(
            rawRepresentation: kept(folder + "/journal.p256") {
                P256.Signing.PrivateKey().rawRepresentation
            }
        )
        self.blind = SymmetricKey(
            data: try kept(folder + "/blind.key") {
                SymmetricKey(size: .bits256).withUnsafeBytes { Data($0) }
            }
        )
    }

    /// First 16 hex digits of the SHA-256 of the public key: what entries say of who signed them.
    public var journalID: String {
        SHA256.hash(data: journal.publicKey.x963Representation).prefix(8)
            .map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }

    /// A keyed hash, to find a value again without keeping it.
    func blindIndex(_ purpose: String, _ text: String) -> Data {
        let bytes = Data((purpose + "\n" + text).utf8)
        return Data(HMAC<SHA256>.authenticationCode(for: bytes, using: blind))
    }
}

/// The file's bytes; made, written and linked in whole when it is absent, so that two processes keep one.
private func kept(_ path: String, make: () -> Data) throws -> Data {
    let files = FileManager.default
    if let data = files.contents(atPath: path) { return data }
    let draft = path + ".\(ProcessInfo.processInfo.processIdentifier)"
    guard files.createFile(atPath: draft, contents: make(), attributes: [.posixPermissions: 0o600])
    else { throw CocoaError(.fileWriteNoPermission) }
    defer { _ = unlink(draft) }
    _ = link(draft, path)
    guard let data = files.contents(atPath: path) else { throw CocoaError(.fileReadNoSuchFile) }
    return data
}

extension Store {
    /// What set-up writes into `journal_keys`, so that anyone may check a signature: id and x963 bytes.
    public var journalKey: (id: String, bytes: Data) {
        (keys.journalID, keys.journal.publicKey.x963Representation)
    }
}
