import Foundation
import Postgres
import Shop
import Synchronization

/// The heads of the chains outside the database: a line an entry, appended before the reply, so that cutting off even
/// the last record of a chain shows, and so does an entry that was sealed anew. `chain position hash`, hash in hex.
public final class HeadsFile: Sendable {
    public let path: String
    /// Lines that could not be written (a full disk). They go first, once the file takes lines again.
    private let waiting = Mutex<[String]>([])

    public init(path: String) {
        self.path = path
    }

    /// Of one transaction, in their order. Throws where a line could not be written whole; they are kept for the next call.
    func append(_ entries: [SealedEntry]) throws {
        try append(
            entries.map { "\($0.link.chain) \($0.link.position) \(hexadecimal($0.hash))\n" }
        )
    }

    func append(chain: ID<Chain>, position: Int64, hash: some Sequence<UInt8>) throws {
        try append(["\(chain) \(position) \(hexadecimal(hash))\n"])
    }

    private func append(_ more: [String]) throws {
        guard !more.isEmpty else { return }
        try waiting.withLock { lines in
            lines += more
            try write(&lines)
        }
    }

    /// Writes what is still waiting. Throws while the file takes none.
    func flush() throws {
        try waiting.withLock { lines in
            if !lines.isEmpty { try write(&lines) }
        }
    }

    /// One write of whole lines with `O_APPEND`: those of several processes never mix.
    private func write(_ lines: inout [String]) throws {
        let descriptor = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
        defer { close(descriptor) }
        let bytes = Array(lines.joined().utf8)
        let written = Foundation.write(descriptor, bytes, bytes.count)
        if written == bytes.count {
            lines = []
            return
        }
        let cause = written < 0 ? errno : ENOSPC
        // What was cut ends its line, and is written again whole.
        if written > 0, lines.first != "\n" { lines.insert("\n", at: 0) }
        throw POSIXError(.init(rawValue: cause) ?? .EIO)
    }

    /// The file's last lines, by chain and position. A line that was cut is passed over.
    func last(bytes most: Int) throws -> [ID<Chain>: [Int64: Set<Data>]] {
        guard let handle = FileHandle(forReadingAtPath: path) else { return [:] }
        defer { try? handle.close() }
        let end = try handle.seekToEnd()
        let start = end > UInt64(most) ? end - UInt64(most) : 0
        try handle.seek(toOffset: start)
        var lines = (try handle.readToEnd() ?? Data()).split(separator: UInt8(ascii: "\n"))[...]
        // Where it begins in the middle of the file, the first line is a part of one.
        if start > 0 { lines = lines.dropFirst() }
        return HeadsFile.read(lines)
    }

    private static func read(_ lines: some Sequence<Data>) -> [ID<Chain>: [Int64: Set<Data>]] {
        var heads: [ID<Chain>: [Int64: Set<Data>]] = [:]
        for line in lines {
            guard let head = Head(line) else { continue }
            heads[head.chain, default: [:]][head.position, default: []].insert(head.hash)
        }
        return heads
    }

    /// Gives the file another name, with the moment in it; what is sealed from then on begins a new one. The name it has now.
    func putAside(at now: Instant) throws -> String {
        let aside = path + "." + now.iso.filter { $0.isLetter || $0.isNumber }
        guard FileManager.default.fileExists(atPath: path) else { return aside }
        try FileManager.default.moveItem(atPath: path, toPath: aside)
        return aside
    }

    /// A line of the file.
    private struct Head {
        let chain: ID<Chain>
        let position: Int64
        let hash: Data

        init?(_ line: Data) {
            let fields = line.split(separator: UInt8(ascii: " "))
                .map { String(decoding: $0, as: UTF8.self) }
            guard fields.count == 3, let chain = ID<Chain>(fields[0]),
                let position = Int64(fields[1]), let hash = Data(postgres: "\\x" + fields[2]),
                hash.count == 32
            else { return nil }
            self.chain = chain
            self.position = position
            self.hash = hash
        }
    }

    /// Every line, by chain and position.
    func heads() throws -> [ID<Chain>: [Int64: Set<Data>]] {
        guard FileManager.default.fileExists(atPath: path) else { return [:] }
        let text = try Data(contentsOf: URL(fileURLWithPath: path))
        return HeadsFile.read(text.split(separator: UInt8(ascii: "\n")))
    }

    /// The same of the files that were put aside.
    func aside() throws -> [ID<Chain>: [Int64: Set<Data>]] {
        let url = URL(fileURLWithPath: path)
        let folder = url.deletingLastPathComponent()
        guard FileManager.default.fileExists(atPath: folder.path) else { return [:] }
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            .filter { $0.hasPrefix(url.lastPathComponent + ".") }
        let lines = try names.flatMap { name in
            try Data(contentsOf: folder.appending(path: name)).split(separator: UInt8(ascii: "\n"))
        }
        return HeadsFile.read(lines)
    }
}

extension Store {
    /// Where the heads are kept, for whoever copies them elsewhere.
    public var headsPath: String { heads.path }
}

func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(
        decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] },
        as: UTF8.self
    )
}
