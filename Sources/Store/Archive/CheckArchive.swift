import Crypto
public import Foundation
import Postgres
public import Shop

/// What checking an archive found, with neither server nor network. The first fault of each kind stands with where it is.
public struct ArchiveCheck: Codable, Sendable {
    public var ok: Bool { faults.isEmpty }
    public private(set) var entries = 0
    public private(set) var chains = 0
    public private(set) var files = 0
    /// Whose signature is on the manifest.
    public private(set) var key = ""
    /// Whether that key was brought along by whoever checks, rather than by the archive: only then is it proved who made it.
    public private(set) var isTrusted = false
    public private(set) var from: Day?
    public private(set) var to: Day?
    /// SHA-256 of the manifest, in hex.
    public private(set) var fingerprint = ""
    public private(set) var faults: [Fault] = []

    public struct Fault: Codable, Sendable, Hashable {
        /// `manifest`, `signature`, `version`, `key`, `file`, `entry`, `gap`, `hash`, `head`, `closing`.
        public let kind: String
        public let place: String

        /// What is wrong, and where.
        public func words(in language: Language) -> String {
            let what =
                switch kind {
                case "manifest":
                    language.choose("Le manifeste est illisible", "The manifest is unreadable")
                case "signature":
                    language.choose("La signature ne vérifie pas", "The signature does not verify")
                case "version":
                    language.choose("Version de format inconnue", "Unknown version of the format")
                case "key": language.choose("Clé publique illisible", "Unreadable public key")
                case "file":
                    language.choose(
                        "Fichier absent, en trop, ou modifié",
                        "A file is missing, too many, or changed"
                    )
                case "gap":
                    language.choose(
                        "Des écritures manquent ou sont en trop",
                        "Entries are missing or too many"
                    )
                case "hash":
                    language.choose(
                        "L’empreinte d’une écriture ne suit pas",
                        "An entry’s hash does not follow"
                    )
                case "head":
                    language.choose(
                        "La dernière écriture n’est pas la bonne",
                        "The last entry is another"
                    )
                case "closing":
                    language.choose(
                        "Une journée close n’est pas la somme de ses tickets",
                        "A closed day is not the sum of its tickets"
                    )
                default: language.choose("Une écriture est illisible", "An entry is unreadable")
                }
            return language.choose("\(what)\u{A0}: \(place)", "\(what): \(place)")
        }
    }

    private enum CodingKeys: String, CodingKey {
        case entries, chains, files, key, isTrusted, from, to, fingerprint, faults
    }

    /// Checks the folder. `trusted` are public keys (x963) that whoever checks has kept elsewhere; without any the archive's own are
    /// used, which proves that nothing changed since it was signed, and not who signed it.
    public init(
        folder: String,
        trusted: [Data] = [],
        progress: (Int, Int) -> Void = { _, _ in }
    ) {
        let place = URL(fileURLWithPath: folder)
        do {
            try check(place, trusted: trusted, progress)
        } catch let stop as Stop {
            fault(stop.kind, stop.place)
        } catch {
            fault("file", "\((error as NSError).localizedDescription)")
        }
    }

    private struct Stop: Error {
        let kind: String
        let place: String
    }

    private mutating func fault(_ kind: String, _ place: String) {
        guard !faults.contains(where: { $0.kind == kind }) else { return }
        // A name in a hostile folder does not drive the terminal that prints it.
        let shown = place.unicodeScalars.prefix(200).map {
            $0.properties.generalCategory == .control || $0.properties.generalCategory == .format
                ? "?" : String($0)
        }
        faults.append(Fault(kind: kind, place: shown.joined()))
    }

    private mutating func check(
        _ folder: URL,
        trusted: [Data],
        _ progress: (Int, Int) -> Void
    ) throws {
        let bytes = try read(ArchiveManifest.name, in: folder, most: 64 << 20)
        let digest = SHA256.hash(data: bytes)
        fingerprint = hexadecimal(digest)
        let manifest: ArchiveManifest
        do { manifest = try ArchiveManifest.read(bytes) } catch {
            throw Stop(kind: "manifest", place: ArchiveManifest.name)
        }
        from = manifest.from
        to = manifest.to
        chains = manifest.chains.count
        files = manifest.files.count
        guard manifest.format == "comptoir-journal",
            (1...ArchiveManifest.version).contains(manifest.formatVersion)
        else { throw Stop(kind: "version", place: "\(manifest.formatVersion)") }
        try checkFiles(manifest, in: folder)
        // Nothing more is believed of a folder that is not what its manifest lists, nor of a manifest that nobody signed.
        guard faults.isEmpty else { return }
        let publicKeys = try readKeys(in: folder)
        try checkSignature(digest, in: folder, publicKeys, trusted: trusted)
        guard faults.isEmpty else { return }
        try checkJournal(manifest, in: folder, publicKeys, progress)
    }

    private func read(_ name: String, in folder: URL, most: Int) throws -> Data {
        guard let size = plainFileSize(name, in: folder), size <= most,
            let handle = FileHandle(forReadingAtPath: folder.appending(path: name).path),
            let bytes = try handle.readToEnd()
        else { throw Stop(kind: "file", place: name) }
        return bytes
    }

    /// The listed files are there, whole, and no other is.
    private mutating func checkFiles(_ manifest: ArchiveManifest, in folder: URL) throws {
        let known = Set(manifest.files.map(\.name))
        guard known.count == manifest.files.count,
            known.allSatisfy({ !$0.contains("/") && !$0.hasPrefix(".") })
        else { throw Stop(kind: "manifest", place: "files") }
        let own: Set = [ArchiveManifest.name, ArchiveManifest.signatureName]
        let there = Set(try FileManager.default.contentsOfDirectory(atPath: folder.path))
        for name in there.subtracting(known).subtracting(own).sorted() { fault("file", name) }
        for file in manifest.files {
            guard there.contains(file.name), plainFileSize(file.name, in: folder) == file.bytes,
                let handle = FileHandle(forReadingAtPath: folder.appending(path: file.name).path)
            else {
                fault("file", file.name)
                continue
            }
            var hash = SHA256()
            var count = 0
            while let piece = try handle.read(upToCount: 1 << 20), !piece.isEmpty {
                hash.update(data: piece)
                count += piece.count
            }
            if count != file.bytes || hexadecimal(hash.finalize()) != file.sha256 {
                fault("file", file.name)
            }
        }
    }

    private func readKeys(in folder: URL) throws -> [String: P256.Signing.PublicKey] {
        let bytes = try read(ArchiveManifest.keysName, in: folder, most: 1 << 20)
        let listed: [ArchivedKey]
        do { listed = try ArchivedEntry.decoder.decode([ArchivedKey].self, from: bytes) } catch {
            throw Stop(kind: "key", place: ArchiveManifest.keysName)
        }
        var found: [String: P256.Signing.PublicKey] = [:]
        for key in listed {
            guard let bytes = Data(postgres: "\\x" + key.publicKey),
                let publicKey = try? P256.Signing.PublicKey(x963Representation: bytes),
                keyID(of: publicKey) == key.id
            else { throw Stop(kind: "key", place: key.id) }
            found[key.id] = publicKey
        }
        return found
    }

    /// The manifest bears one signature, by a key that is trusted where any is.
    private mutating func checkSignature(
        _ digest: SHA256.Digest,
        in folder: URL,
        _ publicKeys: [String: P256.Signing.PublicKey],
        trusted: [Data]
    ) throws {
        let name = ArchiveManifest.signatureName
        let text = String(decoding: try read(name, in: folder, most: 4096), as: UTF8.self)
        let words = text.split(separator: " ", omittingEmptySubsequences: false)
        guard words.count == 2, text.hasSuffix("\n"),
            let signature = Data(postgres: "\\x" + String(words[1].dropLast())),
            text == "\(words[0]) \(hexadecimal(signature))\n"
        else { throw Stop(kind: "signature", place: name) }
        key = String(words[0])
        var keys = publicKeys
        if !trusted.isEmpty {
            keys = [:]
            for bytes in trusted {
                guard let publicKey = try? P256.Signing.PublicKey(x963Representation: bytes) else {
                    throw Stop(kind: "key", place: "--key")
                }
                keys[keyID(of: publicKey)] = publicKey
            }
            isTrusted = keys[key] != nil
        }
        if !keys.isSigned(digest, signature, by: key) { fault("signature", name) }
    }

    private mutating func checkJournal(
        _ manifest: ArchiveManifest,
        in folder: URL,
        _ publicKeys: [String: P256.Signing.PublicKey],
        _ progress: (Int, Int) -> Void
    ) throws {
        let path = folder.appending(path: ArchiveManifest.journalName).path
        guard let handle = FileHandle(forReadingAtPath: path) else {
            throw Stop(kind: "file", place: ArchiveManifest.journalName)
        }
        var chains = manifest.chains[...]
        var walk: ArchiveWalk?
        var rest = Data()
        progress(0, manifest.entries)
        while let piece = try handle.read(upToCount: 1 << 20), !piece.isEmpty {
            rest.append(piece)
            while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
                let line = rest[rest.startIndex..<end]
                rest = rest[rest.index(after: end)...]
                guard
                    let entry = try? ArchivedEntry.decoder.decode(ArchivedEntry.self, from: line)
                else { throw Stop(kind: "entry", place: "\(entries + 1)") }
                if walk?.isOver ?? true {
                    guard let chain = chains.popFirst() else {
                        throw Stop(kind: "gap", place: "\(entries + 1)")
                    }
                    walk = ArchiveWalk(chain)
                }
                for found in walk?.take(entry, publicKeys) ?? [] { fault(found.kind, found.place) }
                entries += 1
                if entries % 1000 == 0 { progress(entries, manifest.entries) }
            }
            rest = Data(rest)
            guard rest.count < 1 << 24 else { throw Stop(kind: "entry", place: "\(entries + 1)") }
        }
        if !rest.isEmpty || !chains.isEmpty || walk?.isOver == false || entries != manifest.entries
        {
            fault("gap", ArchiveManifest.journalName)
        }
        progress(entries, manifest.entries)
    }
}

/// The size of a regular file that lies there by itself; nil of a link, a pipe or nothing.
private func plainFileSize(_ name: String, in folder: URL) -> Int? {
    let facts = try? FileManager.default.attributesOfItem(atPath: folder.appending(path: name).path)
    guard facts?[.type] as? FileAttributeType == .typeRegular else { return nil }
    return (facts?[.size] as? NSNumber)?.intValue
}

/// Walks a stretch of a chain from the hash that its first entry follows.
struct ArchiveWalk {
    private let chain: ArchiveManifest.Chain
    private var position: Int64
    private var hash: String
    private var numbers: [String: Int64] = [:]
    /// Tickets since the last closed day.
    private var sum: Sum

    private struct Sum {
        var first: Int64
        var sales: Int64 = 0
        var refunds: Int64 = 0
    }

    init(_ chain: ArchiveManifest.Chain) {
        self.chain = chain
        self.position = chain.firstPosition &- 1
        self.hash = chain.previousHash
        // A stretch begins behind a closing: all tickets since it are there.
        self.sum = Sum(first: chain.firstPosition)
    }

    var isOver: Bool { position >= chain.lastPosition }

    mutating func take(
        _ entry: ArchivedEntry,
        _ publicKeys: [String: P256.Signing.PublicKey]
    ) -> [ArchiveCheck.Fault] {
        var faults: [ArchiveCheck.Fault] = []
        let place = "\(chain.till) \(entry.position)"
        func fault(_ kind: String) { faults.append(.init(kind: kind, place: place)) }
        if entry.chain != chain.id || entry.position != position &+ 1 { fault("gap") }
        if let last = numbers[entry.kind], entry.number != last &+ 1 { fault("gap") }
        let previous = Data(postgres: "\\x" + entry.previousHash) ?? Data()
        let digest = entryDigest(after: previous, Data(entry.payload.utf8))
        if entry.previousHash != hash || hexadecimal(digest) != entry.hash { fault("hash") }
        let signature = Data(postgres: "\\x" + entry.signature) ?? Data()
        if !publicKeys.isSigned(digest, signature, by: entry.key) { fault("signature") }
        if let fields = SealedFields(entry.payload) {
            let says = [
                fields.heading, fields["chain_id"], fields["position"], fields["number"],
                fields["happened_at"],
            ]
            let told = [
                entry.kind, entry.chain, String(entry.position), String(entry.number),
                entry.happenedAt,
            ]
            if says != told { fault("entry") }
            if !add(entry, fields) { fault("closing") }
        } else {
            fault("version")
        }
        position = entry.position
        hash = entry.hash
        numbers[entry.kind] = entry.number
        if isOver, hash != chain.lastHash { fault("head") }
        return faults
    }

    /// Adds a ticket up; false for a closed day that is not the sum of its own.
    private mutating func add(_ entry: ArchivedEntry, _ fields: SealedFields) -> Bool {
        switch EntryKind(rawValue: entry.kind) {
        case .sale: sum.sales &+= fields.cents("total_cents") ?? 0
        case .refund: sum.refunds &+= fields.cents("total_cents") ?? 0
        case .closing where fields["period"] == "day":
            defer { sum = Sum(first: entry.position &+ 1) }
            // The closing's own entry is in the next one's stretch.
            let first = fields["first_position"].flatMap { Int64($0) } ?? 0
            return first <= sum.first && sum.sales == fields.cents("sales_cents")
                && sum.refunds == fields.cents("refunds_cents")
        case .closing, .gift, .event, .duplicate, .archive, nil: break
        }
        return true
    }
}
