/// What is looked at in XML before its parser sees it.
public enum Markup {
    /// Whether a tag holds more equals signs than `most`: the parser compares each attribute of an element with every other.
    /// Signs inside a value do not count; an apostrophe outside a tag opens nothing.
    public static func hasLongTag(_ bytes: [UInt8], most: Int) -> Bool {
        var signs: Int?
        var quote: UInt8?
        for byte in bytes {
            if byte == UInt8(ascii: "<") {
                signs = 0
                quote = nil
            } else if let open = quote {
                if byte == open { quote = nil }
            } else if let count = signs {
                switch byte {
                case UInt8(ascii: ">"): signs = nil
                case UInt8(ascii: "\""), UInt8(ascii: "'"): quote = byte
                case UInt8(ascii: "="):
                    if count == most { return true }
                    signs = count + 1
                default: break
                }
            }
        }
        return false
    }

    /// The declaration's encoding was true of the file, not of what was made of it: it becomes spaces, so that lines
    /// and columns stay.
    public static func withoutDeclaration(_ bytes: [UInt8]) -> [UInt8] {
        guard let start = bytes.firstIndex(of: UInt8(ascii: "<")),
            bytes[start...].starts(with: "<?xml".utf8),
            bytes.count > start + 5, " \t\r\n".utf8.contains(bytes[start + 5]),
            let end = bytes[start...].firstIndex(of: UInt8(ascii: ">"))
        else { return bytes }
        var bytes = bytes
        for index in start...end where bytes[index] != UInt8(ascii: "\n") {
            bytes[index] = UInt8(ascii: " ")
        }
        return bytes
    }
}
