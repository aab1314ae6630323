/// A signature as it was drawn: strokes of whole points in a box of 600 × 300, the upper left corner 0 0.
///
/// Sent and kept as the path that draws it, `M12 40 13 42M90 80 91 85`: an `M` a stroke, then the numbers of its points.
public struct Strokes: Hashable, Sendable, Encodable {
    public let strokes: [[Point]]

    public struct Point: Hashable, Sendable {
        public let x: Int
        public let y: Int

        public init(x: Int, y: Int) {
            self.x = x
            self.y = y
        }
    }

    public static let width = 600
    public static let height = 300
    public static let strokesMost = 200
    public static let pointsMost = 5000
    /// What is smaller both ways is a touch by mistake.
    private static let leastExtent = 15

    /// Throws `signatureEmpty` for nothing drawn or a mere dot, `signatureUnreadable` for anything but such a path: points
    /// outside the box, too many of them.
    public init(typed text: String) throws(Refusal) {
        guard !text.isEmpty else { throw Refusal(.signatureEmpty) }
        // Two numbers of three digits and two separators a point, at the very most.
        guard text.utf8.count <= 8 * Self.pointsMost + Self.strokesMost, text.hasPrefix("M") else {
            throw Refusal(.signatureUnreadable)
        }
        let parts = text.dropFirst().split(separator: "M", omittingEmptySubsequences: false)
        guard parts.count <= Self.strokesMost else { throw Refusal(.signatureUnreadable) }
        var strokes: [[Point]] = []
        for part in parts { strokes.append(try Self.points(part)) }
        let points = strokes.flatMap(\.self)
        guard points.count <= Self.pointsMost else { throw Refusal(.signatureUnreadable) }
        guard let (left, right) = Self.ends(points.map(\.x)),
            let (top, bottom) = Self.ends(points.map(\.y)),
            max(right - left, bottom - top) >= Self.leastExtent
        else { throw Refusal(.signatureEmpty) }
        self.strokes = strokes
    }

    /// The path, as SVG draws it.
    public var path: String {
        strokes.map { points in
            "M" + points.map { "\($0.x) \($0.y)" }.joined(separator: " ")
        }.joined()
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(path)
    }

    private static func points(_ text: Substring) throws(Refusal) -> [Point] {
        var numbers: [Int] = []
        for word in text.split(separator: " ", omittingEmptySubsequences: false) {
            guard (1...3).contains(word.utf8.count),
                word.utf8.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }),
                let number = Int(word)
            else { throw Refusal(.signatureUnreadable) }
            numbers.append(number)
        }
        guard !numbers.isEmpty, numbers.count % 2 == 0 else { throw Refusal(.signatureUnreadable) }
        let points = stride(from: 0, to: numbers.count, by: 2).map {
            Point(x: numbers[$0], y: numbers[$0 + 1])
        }
        guard points.allSatisfy({ $0.x <= width && $0.y <= height }) else {
            throw Refusal(.signatureUnreadable)
        }
        return points
    }

    private static func ends(_ values: [Int]) -> (Int, Int)? {
        guard let least = values.min(), let most = values.max() else { return nil }
        return (least, most)
    }
}
