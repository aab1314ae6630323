/// An entry's number on a sequence without holes: `12`, `VE2026-000012`. Its last digits count; what stands before them
/// names the sequence.
public struct EntryNumber: KeptText {
    public let text: String
    /// What the last digits say.
    public let ordinal: Int64

    public static let lengthMost = 40

    /// Throws `numberUnreadable` for anything but printable ASCII without spaces that ends with a digit.
    public init(_ text: String) throws(AccountingFault) {
        guard text.utf8.count <= Self.lengthMost, text.utf8.allSatisfy({ 0x21...0x7E ~= $0 }),
            let (_, ordinal) = Self.parts(Array(text.utf8)[...])
        else { throw .numberUnreadable(String(text.prefix(Self.lengthMost))) }
        self.text = text
        self.ordinal = ordinal
    }

    /// Nil where it does not end with a digit. Of a longer row of digits the last 18 count, so that every number fits.
    static func parts(_ bytes: ArraySlice<UInt8>) -> (prefix: ArraySlice<UInt8>, ordinal: Int64)? {
        var start = bytes.endIndex
        while start > bytes.startIndex, bytes.endIndex - start < 18, bytes[start - 1].isDigit {
            start -= 1
        }
        guard start < bytes.endIndex else { return nil }
        let ordinal = bytes[start...].reduce(Int64(0)) { $0 * 10 + Int64($1 - UInt8(ascii: "0")) }
        return (bytes[..<start], ordinal)
    }
}
