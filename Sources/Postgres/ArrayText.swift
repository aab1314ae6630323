/// PostgreSQL's text form of an array of one dimension: `{"a \"b\"",NULL,"c"}`.
/// Every element is quoted, so that `NULL`, blanks, commas and braces stay what they are.
func arrayLiteral(_ elements: [String?]) -> String {
    let quote = UInt8(ascii: "\""), backslash = UInt8(ascii: "\\")
    var literal = [UInt8(ascii: "{")]
    for (index, element) in elements.enumerated() {
        if index > 0 { literal.append(UInt8(ascii: ",")) }
        guard let element else {
            literal += "NULL".utf8
            continue
        }
        literal.append(quote)
        for byte in element.utf8 {
            if byte == quote || byte == backslash { literal.append(backslash) }
            literal.append(byte)
        }
        literal.append(quote)
    }
    literal.append(UInt8(ascii: "}"))
    return String(decoding: literal, as: UTF8.self)
}

/// The elements of an array as the server prints it; `nil` when the text is not an array of one
/// dimension counted from 1.
func arrayElements(_ text: String) -> [String?]? {
    let quote = UInt8(ascii: "\""), backslash = UInt8(ascii: "\\")
    let comma = UInt8(ascii: ","), end = UInt8(ascii: "}"), start = UInt8(ascii: "{")
    var bytes = text.utf8[...]
    guard bytes.popFirst() == start else { return nil }
    if bytes.elementsEqual([end]) { return [] }
    var elements: [String?] = []
    while true {
        if bytes.first == quote {
            bytes.removeFirst()
            var element: [UInt8] = []
            while true {
                guard var byte = bytes.popFirst() else { return nil }
                if byte == quote { break }
                if byte == backslash {
                    guard let escaped = bytes.popFirst() else { return nil }
                    byte = escaped
                }
                element.append(byte)
            }
            elements.append(String(decoding: element, as: UTF8.self))
        } else {
            let element = bytes.prefix { $0 != comma && $0 != end }
            if element.contains(start) { return nil }
            elements.append(element.elementsEqual("NULL".utf8) ? nil : String(Substring(element)))
            bytes = bytes[element.endIndex...]
        }
        switch bytes.popFirst() {
        case comma: continue
        case end: return bytes.isEmpty ? elements : nil
        default: return nil
        }
    }
}
