/// Whether a valid social-security number (NIR) stands in the text, with or without spaces, dots or dashes.
///
/// The shop has no right to keep one (decree 2019-341): it is refused wherever it is typed (B8). A number with a wrong
/// key is some other number. So is one that is part of a longer run of digits.
func holdsNIR(_ text: String) -> Bool {
    let characters = text.map(NIRCharacter.init)
    return characters.indices.contains { start in
        guard case .sign = characters[start] else { return false }
        if start > 0, case .sign = characters[start - 1] { return false }
        return isNIR(at: start, in: characters)
    }
}

private enum NIRCharacter {
    case sign(Character)
    case separator
    case other

    init(_ character: Character) {
        if let digit = character.wholeNumberValue, (0...9).contains(digit) {
            self = .sign(Character(String(digit)))
        } else if "ABab".contains(character) {
            self = .sign(Character(character.uppercased()))
        } else if character.isWhitespace || ".-/".contains(character) {
            self = .separator
        } else {
            self = .other
        }
    }
}

private func isNIR(at start: Int, in characters: [NIRCharacter]) -> Bool {
    var signs = ""
    for index in characters.indices[start...] {
        switch characters[index] {
        case .other: return false
        case .separator: continue
        case .sign(let sign):
            signs.append(sign)
            guard signs.count == 15 else { continue }
            if index + 1 < characters.count, case .sign = characters[index + 1] { return false }
            return hasNIRKey(signs)
        }
    }
    return false
}

/// Sex, year, month, department, commune, order, key: the key is 97 less the remainder by 97. The departments of
/// Corsica count as 19 (`2A`) and 18 (`2B`).
private func hasNIRKey(_ signs: String) -> Bool {
    guard
        let parts = signs.wholeMatch(
            of: /([1-478][0-9]{2}(?:0[1-9]|1[0-2]|[2-9][0-9]))([0-9]{2}|2A|2B)([0-9]{6})([0-9]{2})/
        )
    else { return false }
    let department = parts.2 == "2A" ? "19" : parts.2 == "2B" ? "18" : String(parts.2)
    guard let number = Int64(parts.1 + department + parts.3), let key = Int64(parts.4) else {
        return false
    }
    return key == 97 - number % 97
}
