public import Crypto
public import Foundation
import Shop

/// The installation's secrets. They lie in files of mode 0600 outside the database and its backups.
public struct Keys: Sendable {
    /// Signs the journal's entries (P-256).
    let journal: P256.Signing.PrivateKey
    /// Keys the blind indexes (badges, accounts and addresses of failed sign-ins) and the claims' digests.
    let blind: SymmetricKey
    /// Wraps the keys that are made at run time, which lie in the database (AES-256-GCM).
    let wrapping: SymmetricKey
    /// Seal recharge codes.
    let codes: CodeKeys
    /// The public halves that ever signed here, by id: the present key's and those before it. They lie beside the keys,
    /// because a signature proves nothing against a key that the judged database brings along itself.
    let trusted: [String: P256.Signing.PublicKey]

    public init(
        journal: P256.Signing.PrivateKey,
        blind: SymmetricKey,
        wrapping: SymmetricKey,
        codes: [String: SymmetricKey]
    ) {
        self.journal = journal
        self.blind = blind
        self.wrapping = wrapping
        self.codes = CodeKeys(codes)
        self.trusted = [keyID(of: journal.publicKey): journal.publicKey]
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
        self.blind = try symmetricKey(folder + "/blind.key")
        self.wrapping = try symmetricKey(folder + "/wrapping.key")
        self.codes = CodeKeys(try codeKeys(in: folder))
        let own = journal.publicKey
        _ = try kept(folder + "/\(keyID(of: own))" + publicSuffix) { own.x963Representation }
        self.trusted = try publicKeys(in: folder)
    }

    /// What entries say of who signed them.
    public var journalID: String { keyID(of: journal.publicKey) }

    /// A keyed hash, to find a value again without keeping it.
    func blindIndex(_ purpose: String, _ text: String) -> Data {
        let bytes = Data((purpose + "\n" + text).utf8)
        return Data(HMAC<SHA256>.authenticationCode(for: bytes, using: blind))
    }
}

let publicSuffix = ".p256.pub"

/// First 16 hex digits of the SHA-256 of the public key.
func keyID(of key: P256.Signing.PublicKey) -> String {
    hexadecimal(SHA256.hash(data: key.x963Representation).prefix(8))
}

private func publicKeys(in folder: String) throws -> [String: P256.Signing.PublicKey] {
    var keys: [String: P256.Signing.PublicKey] = [:]
    for name in try FileManager.default.contentsOfDirectory(atPath: folder)
    where name.hasSuffix(publicSuffix) {
        let bytes = try Data(contentsOf: URL(fileURLWithPath: folder + "/" + name))
        let key = try P256.Signing.PublicKey(x963Representation: bytes)
        keys[keyID(of: key)] = key
    }
    return keys
}

/// `codes-0001.key` is the first that seals recharge codes.
private func codeKeys(in folder: String) throws -> [String: SymmetricKey] {
    let (prefix, suffix) = ("codes-", ".key")
    func numbers() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder)
            .filter { $0.hasPrefix(prefix) && $0.hasSuffix(suffix) }
            .map { String($0.dropFirst(prefix.count).dropLast(suffix.count)) }
    }
    if try numbers().isEmpty { _ = try symmetricKey(folder + "/" + prefix + "0001" + suffix) }
    return try Dictionary(
        uniqueKeysWithValues: numbers().map { number in
            (number, try symmetricKey(folder + "/" + prefix + number + suffix))
        }
    )
}

private func symmetricKey(_ path: String) throws -> SymmetricKey {
    let bytes = try kept(path) { SymmetricKey(size: .bits256).withUnsafeBytes { Data($0) } }
    return SymmetricKey(data: bytes)
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
