import CryptoExtras
import Foundation
import Shop

/// How passwords and PINs are kept: scrypt with a salt of its own, `scrypt$16384$8$5$salt$hash`.
///
/// A hash says what it cost, so that a dearer one may come later.
public struct SlowHash: Sendable {
    let rounds: Int
    let blockSize: Int
    let parallelism: Int

    /// N = 2^14, r = 8, p = 5 is one of OWASP's equivalents (Password Storage Cheat Sheet): 16 MiB and
    /// about 0.2 s. The memory is a guess's price too, but the service must stay under 60 MB with two
    /// of them at work.
    public static let standard = SlowHash(rounds: 1 << 14, blockSize: 8, parallelism: 5)

    /// For tests of what comes after it.
    public static let light = SlowHash(rounds: 2, blockSize: 8, parallelism: 1)

    /// Blocks for about 0.2 s.
    func make(_ secret: String, salt: [UInt8]) throws -> String {
        let key = try Self.derive(secret, Data(salt), rounds, blockSize, parallelism)
        return written(Data(salt), key)
    }

    /// Blocks as long. False for a hash that this program does not know.
    static func matches(_ secret: String, _ stored: String) throws -> Bool {
        let parts = stored.split(separator: "$").map(String.init)
        guard parts.count == 6, parts[0] == "scrypt", let rounds = Int(parts[1]),
            let blockSize = Int(parts[2]), let parallelism = Int(parts[3]),
            let salt = Data(base64Encoded: parts[4]), let wanted = Data(base64Encoded: parts[5])
        else { return false }
        let given = try derive(secret, salt, rounds, blockSize, parallelism)
        return given.count == wanted.count
            && zip(given, wanted).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }

    /// Nobody's: an unknown account costs what a known one does.
    var ofNobody: String { written(Data(repeating: 0, count: 16), Data(repeating: 0, count: 32)) }

    private func written(_ salt: Data, _ key: Data) -> String {
        [
            "scrypt", String(rounds), String(blockSize), String(parallelism),
            salt.base64EncodedString(), key.base64EncodedString(),
        ].joined(separator: "$")
    }

    private static func derive(
        _ secret: String,
        _ salt: Data,
        _ rounds: Int,
        _ blockSize: Int,
        _ parallelism: Int
    ) throws -> Data {
        try KDF.Scrypt.deriveKey(
            from: Data(composed(secret).utf8),
            salt: salt,
            outputByteCount: 32,
            rounds: rounds,
            blockSize: blockSize,
            parallelism: parallelism
        ).withUnsafeBytes { Data($0) }
    }
}
