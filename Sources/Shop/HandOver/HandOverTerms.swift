/// The terms under which a gift is handed over, from a day on. A version is never edited.
public struct HandOverTerms: Hashable, Sendable, Codable, Dated {
    public let startsOn: Day
    /// One to twelve.
    public let pictograms: [Pictogram]
    /// French first, then by letters; a sentence for each pictogram, in its order.
    public let texts: [Text]

    public struct Text: Hashable, Sendable, Codable {
        /// Two letters.
        public let language: String
        public let sentences: [String]

        public init(language: String, sentences: [String]) {
            self.language = language
            self.sentences = sentences
        }
    }

    public init(startsOn: Day, pictograms: [Pictogram], texts: [Text]) {
        self.startsOn = startsOn
        self.pictograms = pictograms
        self.texts = texts
    }

    /// The sentences in that language; nil where nobody wrote them yet.
    public func sentences(in language: String) -> [String]? {
        texts.first { $0.language == language }?.sentences
    }
}

/// A line of the terms as it is typed: `yours: Ce matériel est à vous.`
public struct TermLine: Hashable, Sendable, Encodable {
    public let pictogram: Pictogram
    public let sentence: String

    public static let most = 12
    public static let sentenceMost = 300

    /// Throws `choiceUnknown` for another drawing, `fieldMissing`, `fieldTooLong`, `textForbidden`, `nirForbidden`.
    public init(pictogram: String, sentence: String) throws(Refusal) {
        self.pictogram = try Pictogram(typed: pictogram, field: .pictogram)
        self.sentence = try ShortText(
            typed: sentence,
            field: .termLines,
            most: Self.sentenceMost
        ).text
    }

    /// A line each, blank ones left out; `yours: …`. Throws as a line does, and `quantityOutOfRange` for none or too many.
    public static func lines(typed text: String) throws(Refusal) -> [TermLine] {
        var lines: [TermLine] = []
        for typed in written(text) {
            let halves = typed.split(separator: ":", maxSplits: 1)
            guard halves.count == 2 else {
                _ = try Pictogram(typed: String(halves.first ?? ""), field: .termLines)
                throw Refusal(.fieldMissing, ["field": .field(.termLines)])
            }
            lines.append(try TermLine(pictogram: String(halves[0]), sentence: String(halves[1])))
        }
        try checkCount(lines.count)
        return lines
    }

    /// A sentence a line, blank ones left out. Throws as above.
    public static func sentences(typed text: String) throws(Refusal) -> [String] {
        try sentences(written(text).map(String.init))
    }

    public static func sentences(_ typed: [String]) throws(Refusal) -> [String] {
        var sentences: [String] = []
        for sentence in typed {
            sentences.append(
                try ShortText(typed: sentence, field: .termLines, most: sentenceMost).text
            )
        }
        try checkCount(sentences.count)
        return sentences
    }

    /// Throws `quantityOutOfRange`.
    public static func checkCount(_ count: Int) throws(Refusal) {
        guard (1...most).contains(count) else {
            throw Refusal(
                .quantityOutOfRange,
                ["field": .field(.termLines), "least": .number(1), "most": .number(Int64(most))]
            )
        }
    }

    private static func written(_ text: String) -> [Substring] {
        text.split(whereSeparator: \.isNewline).filter { !$0.allSatisfy(\.isWhitespace) }
    }
}

extension SpokenLanguage {
    /// Whether it is written from right to left.
    public static func isRightToLeft(_ letters: String) -> Bool {
        ["ar", "fa", "he", "ps", "ur", "yi"].contains(letters)
    }
}

extension FieldName {
    public static let pictogram = FieldName("pictogram", "Pictogramme", "Pictogram")
    public static let termLines = FieldName("lines", "Phrases", "Sentences")
    public static let way = FieldName("way", "Signature", "Signature")
}
