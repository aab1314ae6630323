/// What a file says as UTF-8, whichever encoding wrote it: a redirection in PowerShell makes UTF-16,
/// an old French system Latin-1.
enum FileText {
    /// Nil when the bytes are no text at all: a picture, an archive, a PDF. One mark of UTF-8 is taken off.
    static func utf8(of marked: [UInt8]) -> [UInt8]? {
        let bytes = marked.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(marked.dropFirst(3)) : marked
        if bytes.starts(with: [0xFF, 0xFE]) { return utf16(bytes.dropFirst(2), high: 1) }
        if bytes.starts(with: [0xFE, 0xFF]) { return utf16(bytes.dropFirst(2), high: 0) }
        if bytes.count >= 2, bytes[0] != 0, bytes[1] == 0 { return utf16(bytes[...], high: 1) }
        if bytes.count >= 2, bytes[0] == 0, bytes[1] != 0 { return utf16(bytes[...], high: 0) }
        if bytes.contains(0) { return nil }
        if String(validating: bytes, as: UTF8.self) != nil { return bytes }
        if binaryStarts.contains(where: bytes.starts(with:)) { return nil }
        return Array(String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) })).utf8)
    }

    /// Pairs of bytes, the high one first (`high` 0) or second; nil when they do not spell text.
    private static func utf16(_ bytes: ArraySlice<UInt8>, high: Int) -> [UInt8]? {
        var units: [UInt16] = []
        units.reserveCapacity(bytes.count / 2)
        var index = bytes.startIndex
        while index + 1 < bytes.endIndex {
            units.append(UInt16(bytes[index + high]) << 8 | UInt16(bytes[index + 1 - high]))
            index += 2
        }
        guard !units.contains(0), let text = String(validating: units, as: UTF16.self) else {
            return nil
        }
        return Array(text.utf8)
    }

    private static let binaryStarts: [[UInt8]] = [
        Array("PK".utf8), Array("%PDF".utf8), [0x89, 0x50, 0x4E, 0x47], [0xFF, 0xD8, 0xFF],
        [0x1F, 0x8B], [0xFD, 0x37, 0x7A], [0xD0, 0xCF, 0x11, 0xE0],
    ]
}

extension String {
    /// The lines that hold something, whichever system ended them.
    var fileLines: [Substring] {
        utf8.split { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }.map(Substring.init)
    }
}
