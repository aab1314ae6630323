/// The name by which a processor is known again, whoever wrote it: `Intel(R) Core(TM) i5-8250U CPU @ 1.60GHz` and
/// `Intel Core i5-8250U` are one.
public struct ProcessorName: Hashable, Sendable, Encodable {
    public let text: String

    /// Nil where nothing is left that names one.
    public init?(read name: String) {
        var plain = unaccented(String(name.prefix(400)))
        for mark in ["(r)", "(tm)", "®", "™"] { plain = plain.replacing(mark, with: " ") }
        // What follows tells of its clock and its graphics.
        plain = plain.replacing(/\s*(@|\bw\/|\bwith\b).*$/, with: "")
        let words = plain.split { $0.isWhitespace || $0 == "," }.map(String.init).filter { word in
            !idle.contains(word) && word.wholeMatch(of: /\d+-core|\d+(th|rd|nd|st)/) == nil
        }
        let text = words.joined(separator: " ")
        guard text.contains(where: \.isLetter), text.unicodeScalars.count <= 200 else {
            return nil
        }
        self.text = text
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}

/// Words that makers put in or leave out.
private let idle: Set = [
    "cpu", "apu", "processor", "gen", "corporation", "corp.", "inc.", "dual-core", "quad-core",
]
