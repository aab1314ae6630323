/// Reads the parts of a fixed form from its beginning, byte by byte: `2026-11-22`. What is read at every row and every
/// request is read so; a `Regex` costs a hundred times more.
struct Digits {
    private let rest: [UInt8]
    private var next = 0

    init(_ text: some Collection<UInt8>) {
        rest = Array(text)
    }

    var isEmpty: Bool { next == rest.count }

    /// Takes the next `count` bytes, or all that are left.
    mutating func prefix(_ count: Int) -> ArraySlice<UInt8> {
        let part = rest[next...].prefix(count)
        next += part.count
        return part
    }

    /// Takes a number of just `count` digits.
    mutating func number(_ count: Int) -> Int? {
        guard rest.count - next >= count else { return nil }
        var number = 0
        for byte in rest[next..<next + count] {
            guard UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte else { return nil }
            number = number * 10 + Int(byte - UInt8(ascii: "0"))
        }
        next += count
        return number
    }

    /// Takes the digits after a point, as a count of units that `places` digits would give: with 6, `12` is 120,000. More
    /// digits are cut off. Nil where there is none.
    mutating func fraction(_ places: Int) -> Int? {
        let digits = rest[next...].prefix { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
        guard !digits.isEmpty else { return nil }
        next += digits.count
        var number = 0
        for place in 0..<places {
            let digit = digits.dropFirst(place).first ?? UInt8(ascii: "0")
            number = number * 10 + Int(digit - UInt8(ascii: "0"))
        }
        return number
    }

    /// Takes these letters, when they come next.
    mutating func take(_ letters: StaticString) -> Bool {
        letters.withUTF8Buffer { letters in
            guard rest[next...].starts(with: letters) else { return false }
            next += letters.count
            return true
        }
    }
}
