/// What answers on a scale come to: an exact fraction, which is rounded only where it is written.
public struct Mean: Hashable, Sendable {
    public let sum: Int
    public let count: Int

    /// Nil where nobody answered.
    public init?(sum: Int, count: Int) {
        guard count > 0 else { return nil }
        self.sum = sum
        self.count = count
    }

    /// Tenths, rounded half up: 7/2 is 35, 10/3 is 33, 5/20 is 3.
    public var tenths: Int { (20 * sum + count) / (2 * count) }

    /// `3,5`; `3.5` in English.
    public func written(in language: Language) -> String {
        "\(tenths / 10)\(language.choose(",", "."))\(tenths % 10)"
    }
}

/// What was answered at one moment, counted.
public struct QuestionnaireResults: Sendable {
    public let moment: Moment
    /// For whom the moment has begun, and whoever answered before it did.
    public let asked: Int
    public let answered: Int
    /// Nil where it is hidden.
    public let declined: Int?
    /// In the order of the newest version; those that it asks no longer come after.
    public let questions: [Counted]
    /// Scales that are asked at entry and at the end, of who answered both.
    public let progress: [Progress]

    public init(
        moment: Moment,
        asked: Int,
        answered: Int,
        declined: Int?,
        questions: [Counted],
        progress: [Progress]
    ) {
        self.moment = moment
        self.asked = asked
        self.answered = answered
        self.declined = declined
        self.questions = questions
        self.progress = progress
    }

    /// One question and what was said to it.
    public struct Counted: Sendable {
        public let question: Question
        /// Nil where it is hidden.
        public let answered: Int?
        /// Choices in the order shown; amounts from the least.
        public let cells: [Cell]
        /// Of a scale and of a number; nil where nobody answered, or where it is hidden.
        public let mean: Mean?

        public init(question: Question, answered: Int?, cells: [Cell], mean: Mean?) {
            self.question = question
            self.answered = answered
            self.cells = cells
            self.mean = mean
        }
    }

    public struct Cell: Hashable, Sendable {
        /// The choice's code, or the amount.
        public let code: String
        public let french: String
        public let english: String
        /// Nil where it is hidden.
        public let count: Int?

        public init(code: String, french: String, english: String, count: Int?) {
            self.code = code
            self.french = french
            self.english = english
            self.count = count
        }

        public func words(in language: Language) -> String { language.choose(french, english) }
    }

    public struct Progress: Sendable {
        public let question: Question
        /// Of the same persons; nil where they are hidden.
        public let entry: Mean?
        public let end: Mean?
        /// Everybody's answers at the two moments, those of who answered one of them alone among them.
        public let atEntry: Counted
        public let atEnd: Counted

        public init(entry: Mean?, end: Mean?, atEntry: Counted, atEnd: Counted) {
            question = atEnd.question
            self.entry = entry
            self.end = end
            self.atEntry = atEntry
            self.atEnd = atEnd
        }
    }

    /// Answered of those who were asked, in hundredths rounded half up; nil where nobody was.
    public var ratePercent: Int? {
        asked == 0 ? nil : (200 * answered + asked) / (2 * asked)
    }
}

extension QuestionnaireResults {
    /// The same for who may not see single answers (B9): no count of 1 to `least` − 1 persons stands, and none can be had by
    /// subtracting what stands from a sum that does.
    ///
    /// Where answers share a sum, one small count hides them all, with the mean: what stands beside two hidden counts would
    /// give them back. Of a number the amounts go too, since each is an answer. Entry and end are compared where both of
    /// their means stand, unless so few answered one of the two alone that a mean which does stand would tell theirs.
    public func hiding(under least: Int) -> QuestionnaireResults {
        QuestionnaireResults(
            moment: moment,
            asked: asked,
            answered: answered,
            declined: declined.flatMap { (1..<least).contains($0) ? nil : $0 },
            questions: questions.map { $0.hiding(under: least) },
            progress: progress.map { $0.hiding(under: least) }
        )
    }
}

extension QuestionnaireResults.Counted {
    fileprivate func hiding(under least: Int) -> QuestionnaireResults.Counted {
        guard let answered, answered > 0 else { return self }
        guard answered >= least else { return closed(answered: nil) }
        func isSmall(_ count: Int?) -> Bool { count.map { (1..<least).contains($0) } ?? false }
        switch question.kind {
        case .oneOf, .scale, .number:
            return cells.contains { isSmall($0.count) } ? closed(answered: answered) : self
        case .severalOf:
            // How many did not choose it is told as well, by the difference to all.
            return with(answered: answered, cells) { isSmall($0) || isSmall(answered - $0) }
        }
    }

    /// All of it hidden; of a number what was answered too.
    private func closed(answered: Int?) -> Self {
        with(answered: answered, question.kind == .number ? [] : cells) { _ in true }
    }

    private func with(
        answered: Int?,
        _ cells: [QuestionnaireResults.Cell],
        hidden: (Int) -> Bool
    ) -> Self {
        Self(
            question: question,
            answered: answered,
            cells: cells.map { cell in
                QuestionnaireResults.Cell(
                    code: cell.code,
                    french: cell.french,
                    english: cell.english,
                    count: cell.count.flatMap { hidden($0) ? nil : $0 }
                )
            },
            mean: nil
        )
    }
}

extension QuestionnaireResults.Progress {
    fileprivate func hiding(under least: Int) -> Self {
        guard let entry, entry.count >= least,
            [atEntry, atEnd].allSatisfy({ $0.hiding(under: least).mean != nil })
        else { return hidden }
        let tellsFew = [atEntry, atEnd].contains { counted in
            let alone = (counted.answered ?? 0) - entry.count
            return (1..<least).contains(alone)
        }
        return tellsFew ? hidden : self
    }

    private var hidden: Self { Self(entry: nil, end: nil, atEntry: atEntry, atEnd: atEnd) }
}
