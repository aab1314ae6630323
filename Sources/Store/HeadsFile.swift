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

    func append(_ entry: SealedEntry) throws {
        let link = entry.link
        try append(chain: link.chain, position: link.position, hash: entry.hash)
    }

    /// Throws where the line could not be written whole; it is kept for the next call.
    func append(chain: ID<Chain>, position: Int64, hash: some Sequence<UInt8>) throws {
        let line = "\(chain) \(position) \(hexadecimal(hash))\n"
        try waiting.withLock { lines in
            lines.append(line)
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

    /// Every line, by chain and position. A line that was cut is passed over.
    func heads() throws -> [ID<Chain>: [Int64: Set<Data>]] {
        guard FileManager.default.fileExists(atPath: path) else { return [:] }
        var heads: [ID<Chain>: [Int64: Set<Data>]] = [:]
        let text = try Data(contentsOf: URL(fileURLWithPath: path))
        for line in text.split(separator: UInt8(ascii: "\n")) {
            let fields = line.split(separator: UInt8(ascii: " "))
                .map { String(decoding: $0, as: UTF8.self) }
            guard fields.count == 3, let chain = ID<Chain>(fields[0]),
                let position = Int64(fields[1]), let hash = Data(postgres: "\\x" + fields[2]),
                hash.count == 32
            else { continue }
            heads[chain, default: [:]][position, default: []].insert(hash)
        }
        return heads
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
