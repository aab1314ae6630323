/// What a further version changes, in plain words, question by question.
public struct QuestionnaireDifference: Hashable, Sendable, Codable {
    public let lines: [Line]

    public struct Line: Hashable, Sendable, Codable {
        public let question: String
        public let kind: Kind
        public let french: String
        public let english: String

        public func words(in language: Language) -> String { language.choose(french, english) }
    }

    /// Raw values are sent.
    public enum Kind: String, Sendable, Codable {
        case added, removed, moved, reworded
        /// What can be answered is another: answers from before are not comparable with those after.
        case changed
    }

    /// From `before`, nil where the moment has no version yet, to `after`: the new ones in their order, then what goes.
    public init(from before: [Question]?, to after: [Question]) {
        let old = before ?? []
        var lines: [Line] = []
        for (index, question) in after.enumerated() {
            guard let was = old.firstIndex(where: { $0.code == question.code }) else {
                lines.append(
                    Line(
                        question: question.code,
                        kind: .added,
                        french: "Question \(index + 1) ajoutée\u{A0}: \(question.french)",
                        english: "Question \(index + 1) added: \(question.english)"
                    )
                )
                continue
            }
            lines += Self.lines(from: old[was], to: question, at: index, was: was)
        }
        for question in old where !after.contains(where: { $0.code == question.code }) {
            lines.append(
                Line(
                    question: question.code,
                    kind: .removed,
                    french: "Question retirée\u{A0}: \(question.french)",
                    english: "Question removed: \(question.english)"
                )
            )
        }
        self.lines = lines
    }

    private static func lines(
        from old: Question,
        to new: Question,
        at index: Int,
        was: Int
    ) -> [Line] {
        var lines: [Line] = []
        func add(_ kind: Kind, _ french: String, _ english: String) {
            lines.append(Line(question: new.code, kind: kind, french: french, english: english))
        }
        if index != was {
            add(
                .moved,
                "Question \(was + 1) devient la question \(index + 1)\u{A0}: \(new.french)",
                "Question \(was + 1) becomes question \(index + 1): \(new.english)"
            )
        }
        if old.french != new.french || old.english != new.english {
            add(
                .reworded,
                "Question \(index + 1) reformulée\u{A0}: «\u{A0}\(old.french)\u{A0}» devient «\u{A0}\(new.french)\u{A0}»",
                "Question \(index + 1) reworded: “\(old.english)” becomes “\(new.english)”"
            )
        }
        if old.kind != new.kind {
            add(
                .changed,
                "Question \(index + 1)\u{A0}: \(old.kind.name(in: .french)) devient \(new.kind.name(in: .french))",
                "Question \(index + 1): \(old.kind.name(in: .english)) becomes \(new.kind.name(in: .english))"
            )
        }
        if old.kind == .number, new.kind == .number, old.range != new.range, let range = new.range {
            add(
                .changed,
                "Question \(index + 1)\u{A0}: de \(range.lowerBound) à \(range.upperBound)",
                "Question \(index + 1): from \(range.lowerBound) to \(range.upperBound)"
            )
        }
        let codes = (old.choices.map(\.code), new.choices.map(\.code))
        for choice in new.choices {
            guard let before = old.choices.first(where: { $0.code == choice.code }) else {
                add(
                    .changed,
                    "Question \(index + 1), réponse ajoutée\u{A0}: \(choice.french)",
                    "Question \(index + 1), answer added: \(choice.english)"
                )
                continue
            }
            guard before != choice else { continue }
            add(
                .reworded,
                "Question \(index + 1), réponse reformulée\u{A0}: «\u{A0}\(before.french)\u{A0}» devient «\u{A0}\(choice.french)\u{A0}»",
                "Question \(index + 1), answer reworded: “\(before.english)” becomes “\(choice.english)”"
            )
        }
        for choice in old.choices where !codes.1.contains(choice.code) {
            add(
                .changed,
                "Question \(index + 1), réponse retirée\u{A0}: \(choice.french)",
                "Question \(index + 1), answer removed: \(choice.english)"
            )
        }
        return lines
    }
}
