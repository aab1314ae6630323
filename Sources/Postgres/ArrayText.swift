/// PostgreSQL's text form of an array of one dimension: `{"a \"b\"",NULL,"c"}`.
/// Every element is quoted, so that `NULL`, blanks, commas and braces stay what they are.
func arrayLiteral(_ elements: [String?]) -> String {
    var literal = "{"
    for (index, element) in elements.enumerated() {
        if index > 0 { literal += "," }
        guard let element else {
            literal += "NULL"
            continue
        }
        literal += "\""
        for character in element.unicodeScalars {
            if character == "\"" || character == "\\" { literal += "\\" }
            literal.unicodeScalars.append(character)
        }
        literal += "\""
    }
    return literal + "}"
}

/// The elements of an array as the server prints it; `nil` when the text is not an array of one
/// dimension counted from 1.
func arrayElements(_ text: String) -> [String?]? {
    var scalars = text.unicodeScalars[...]
    guard scalars.popFirst() == "{" else { return nil }
    if text == "{}" { return [] }
    var elements: [String?] = []
    while true {
        var element = String.UnicodeScalarView()
        let isQuoted = scalars.first == "\""
        if isQuoted {
            scalars.removeFirst()
            while true {
                guard var scalar = scalars.popFirst() else { return nil }
                if scalar == "\"" { break }
                if scalar == "\\" {
                    guard let escaped = scalars.popFirst() else { return nil }
                    scalar = escaped
                }
                element.append(scalar)
            }
        } else {
            while let scalar = scalars.first, scalar != ",", scalar != "}" {
                if scalar == "{" { return nil }
                element.append(scalar)
                scalars.removeFirst()
            }
        }
        let value = String(element)
        elements.append(!isQuoted && value == "NULL" ? nil : value)
        switch scalars.popFirst() {
        case ",": continue
        case "}": return scalars.isEmpty ? elements : nil
        default: return nil
        }
    }
}
