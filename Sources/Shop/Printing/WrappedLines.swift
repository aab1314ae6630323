/// The words of a text on lines of so many characters, as they print: `œ` takes two of them. No line begins or ends with a
/// space; of a text with nothing in it there are no lines.
///
/// A no-break space keeps an amount with its sign on one line; it gives way where the whole would not fit, and only a word
/// that is longer than a line is cut.
func wrappedLines(_ text: String, in columns: Int) -> [[UInt8]] {
    precondition(columns > 0, "a line holds something")
    var lines: [[UInt8]] = []
    var line: [UInt8] = []
    for word in text.split(whereSeparator: mayBreak) {
        var rest = withoutSpaces(CodePage858.bytes(word)[...])
        if rest.isEmpty { continue }
        if !line.isEmpty {
            if line.count + 1 + rest.count <= columns {
                line += [space] + rest
                continue
            }
            lines.append(line)
        }
        while rest.count > columns {
            let end = rest.prefix(columns + 1).lastIndex(of: space) ?? rest.startIndex + columns
            lines.append(Array(withoutSpaces(rest[..<end])))
            rest = withoutSpaces(rest[end...])
        }
        line = Array(rest)
    }
    if !line.isEmpty { lines.append(line) }
    return lines
}

private let space = UInt8(ascii: " ")

private func mayBreak(_ character: Character) -> Bool {
    character.isWhitespace && !["\u{A0}", "\u{202F}", "\u{2007}"].contains(character)
}

private func withoutSpaces(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var bytes = bytes.drop { $0 == space }
    while bytes.last == space { bytes.removeLast() }
    return bytes
}
