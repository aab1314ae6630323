import Shop

/// How many questionnaires of a run wait, and where: one line a moment.
struct QuestionnaireLink: Sendable {
    let path: String
    let words: String

    static func all(_ words: Words, _ counts: [Moment: Int], run: String) -> [QuestionnaireLink] {
        Moment.allCases.compactMap { moment in
            guard let count = counts[moment], count > 0 else { return nil }
            return QuestionnaireLink(
                path: "/questionnaires?moment=\(moment.rawValue)&run=\(run)",
                words: words.counted("questionnaire_to_fill_\(moment.rawValue)", count)
            )
        }
    }
}
