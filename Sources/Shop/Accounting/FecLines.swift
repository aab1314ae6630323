/// The lines of a file, one after the other, without the whole being copied: places in its bytes.
struct FecLines {
    private let bytes: [UInt8]
    private var place: Int
    /// Of the last line read, counted from 1.
    private(set) var number = 0

    /// A mark of UTF-8 at the beginning belongs to no line.
    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        place = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    }

    /// The next line without its end (CR LF, LF or CR) and without the spaces around it; nil after the last.
    mutating func next() -> Range<Int>? {
        guard place < bytes.count else { return nil }
        number += 1
        let start = place
        while place < bytes.count, bytes[place] != 10, bytes[place] != 13 { place += 1 }
        let line = start..<place
        if place < bytes.count {
            let isReturn = bytes[place] == 13
            place += 1
            if isReturn, place < bytes.count, bytes[place] == 10 { place += 1 }
        }
        return trimmed(line)
    }

    /// Whether a line that is left holds more than spaces.
    var holdSomething: Bool {
        var rest = self
        while let line = rest.next() {
            if !line.isEmpty { return true }
        }
        return false
    }

    /// The first fields of a line without the spaces around them, as the tester reads them, and how many there are.
    func fields(of line: Range<Int>, between delimiter: UInt8) -> (first: [Range<Int>], count: Int)
    {
        var first: [Range<Int>] = []
        first.reserveCapacity(FecColumn.allCases.count)
        var count = 0
        var start = line.lowerBound
        for place in line.lowerBound...line.upperBound
        where place == line.upperBound || bytes[place] == delimiter {
            count += 1
            if first.count < FecColumn.allCases.count { first.append(trimmed(start..<place)) }
            start = place + 1
        }
        return (first, count)
    }

    private func trimmed(_ range: Range<Int>) -> Range<Int> {
        var (start, end) = (range.lowerBound, range.upperBound)
        while start < end, bytes[start] == UInt8(ascii: " ") { start += 1 }
        while end > start, bytes[end - 1] == UInt8(ascii: " ") { end -= 1 }
        return start..<end
    }
}
