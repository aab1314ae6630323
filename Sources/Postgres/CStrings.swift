import Glibc

/// Asked of every text that is sent: by `memchr`, many bytes at a time.
func holdsNUL(_ text: String) -> Bool {
    var text = text
    return text.withUTF8 { bytes in
        bytes.baseAddress.map { memchr($0, 0, bytes.count) != nil } ?? false
    }
}

/// The strings as C holds them: an array of pointers, ended by a null pointer. None may hold a NUL.
func withCStrings<Result>(
    _ strings: [String?],
    _ body: (UnsafePointer<UnsafePointer<CChar>?>) throws -> Result
) rethrows -> Result {
    var bytes: [UInt8] = []
    var offsets: [Int] = []
    offsets.reserveCapacity(strings.count)
    for case let string? in strings {
        offsets.append(bytes.count)
        bytes.append(contentsOf: string.utf8)
        bytes.append(0)
    }
    return try bytes.withUnsafeBytes { bytes in
        let start = bytes.assumingMemoryBound(to: CChar.self).baseAddress
        var next = offsets.makeIterator()
        var pointers = strings.map { string -> UnsafePointer<CChar>? in
            guard string != nil, let start, let offset = next.next() else { return nil }
            return start + offset
        }
        pointers.append(nil)
        return try pointers.withUnsafeBufferPointer { try body($0.baseAddress!) }
    }
}
