/// How much memory a machine may say it has: what is beyond was not read, but made up or damaged.
enum Memory {
    /// 32 TiB, more than the largest server's board takes.
    static let bytesMax = 1 << 45
    static let megabytesMax = bytesMax >> 20

    /// What the parts hold together; nil when one of them, or all of them, are beyond `most`.
    static func sum(_ parts: [Int], most: Int = bytesMax) -> Int? {
        var total = 0
        for part in parts {
            guard 0...most - total ~= part else { return nil }
            total += part
        }
        return total
    }
}
