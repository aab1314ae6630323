import Foundation
import Shop

/// The heads of the chains outside the database: a line an entry, appended before the reply, so that cutting off even
/// the last record of a chain shows. `chain position hash`, hash in hex.
public struct HeadsFile: Sendable {
    public let path: String

    public init(path: String) {
        self.path = path
    }

    /// One write of one line with `O_APPEND`: lines of several processes never mix.
    func append(chain: ID<Chain>, position: Int64, hash: [UInt8]) throws {
        let line = "\(chain) \(position) \(hexadecimal(hash))\n"
        let descriptor = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
        defer { close(descriptor) }
        let bytes = Array(line.utf8)
        guard write(descriptor, bytes, bytes.count) == bytes.count else {
            throw POSIXError(.init(rawValue: errno) ?? .EIO)
        }
    }

    /// The highest position of each chain, with its hash. A cut last line (a full disk) is passed over.
    func heads() throws -> [ID<Chain>: (position: Int64, hash: String)] {
        guard FileManager.default.fileExists(atPath: path) else { return [:] }
        var heads: [ID<Chain>: (position: Int64, hash: String)] = [:]
        let text = try String(contentsOfFile: path, encoding: .utf8)
        for line in text.split(separator: "\n") {
            let fields = line.split(separator: " ")
            guard fields.count == 3, let chain = ID<Chain>(String(fields[0])),
                let position = Int64(fields[1]), fields[2].count == 64
            else { continue }
            if position >= heads[chain]?.position ?? 0 {
                heads[chain] = (position, String(fields[2]))
            }
        }
        return heads
    }
}

func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
    bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
}
