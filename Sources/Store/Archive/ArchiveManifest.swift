import Crypto
import Foundation
public import Shop

/// What an archive says of itself: of whom and when it is, what stands in it, and the fingerprint of each file.
public struct ArchiveManifest: Codable, Sendable, Equatable {
    /// Changes with the form of the files; what an earlier one wrote is read for ever.
    public static let version = 1
    static let name = "manifest.json"
    static let signatureName = "manifest.sig"
    static let journalName = "journal.jsonl"
    static let keysName = "keys.json"

    public let format: String
    public let formatVersion: Int
    public let kind: Kind
    public let association: String
    public let siret: String
    public let from: Day
    public let to: Day
    public let madeAt: Instant
    /// The operator's code, never a name.
    public let madeBy: String
    public let software: String
    public let entries: Int
    public let chains: [Chain]
    public let files: [File]

    public enum Kind: String, Codable, Sendable {
        /// Sealed in the journal; what it covers is closed.
        case archive
        /// For whoever inspects; of any days.
        case export
    }

    /// A stretch of one chain.
    public struct Chain: Codable, Sendable, Equatable {
        public let id: String
        /// The till's code; "-" for the association's own chain.
        public let till: String
        public let isTraining: Bool
        public let firstPosition: Int64
        public let lastPosition: Int64
        /// The hash that the first entry follows, in hex.
        public let previousHash: String
        public let lastHash: String
    }

    public struct File: Codable, Sendable, Equatable {
        public let name: String
        public let bytes: Int
        public let sha256: String
    }

    /// The bytes that are signed: the same manifest gives the same.
    func bytes() throws -> Data {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        return try encoder.encode(self) + Data("\n".utf8)
    }

    static func read(_ bytes: Data) throws -> ArchiveManifest {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try decoder.decode(ArchiveManifest.self, from: bytes)
    }
}

/// A journal entry as a line of `journal.jsonl`. Hashes and signature in hex.
struct ArchivedEntry: Codable, Sendable {
    let chain: String
    let position: Int64
    let kind: String
    let number: Int64
    let happenedAt: String
    let payload: String
    let previousHash: String
    let hash: String
    let key: String
    let signature: String

    static let encoder: JSONEncoder = {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return encoder
    }()

    static let decoder: JSONDecoder = {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return decoder
    }()
}

/// A public key of `keys.json`, in hex.
struct ArchivedKey: Codable, Sendable {
    let id: String
    let publicKey: String
}

/// Writes a file piece by piece, and knows its length and fingerprint at the end.
final class ArchiveWriter {
    let name: String
    private let handle: FileHandle
    private var digest = SHA256()
    private var count = 0
    private var waiting = Data()

    init(_ name: String, in folder: URL) throws {
        self.name = name
        let path = folder.appending(path: name).path
        guard FileManager.default.createFile(atPath: path, contents: nil) else {
            throw CocoaError(.fileWriteUnknown)
        }
        self.handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
    }

    func write(_ text: String) throws { try write(Data(text.utf8)) }

    func write(_ bytes: Data) throws {
        digest.update(data: bytes)
        count += bytes.count
        waiting.append(bytes)
        if waiting.count > 1 << 18 { try flush() }
    }

    private func flush() throws {
        try handle.write(contentsOf: waiting)
        waiting.removeAll(keepingCapacity: true)
    }

    func close() throws -> ArchiveManifest.File {
        try flush()
        try handle.synchronize()
        try handle.close()
        return ArchiveManifest.File(
            name: name,
            bytes: count,
            sha256: hexadecimal(digest.finalize())
        )
    }
}
