/// What was said to one question, as it is sent and read back: the codes of choices, or one whole number as digits.
public struct GivenAnswer: Hashable, Sendable, Codable {
    public let question: String
    public let values: [String]

    public init(question: String, values: [String]) {
        self.question = question
        self.values = values
    }

    /// Reads `equipment=laptop,phone` from a command. Throws `choiceUnknown`.
    public init(typed text: String) throws(Refusal) {
        let halves = text.split(separator: "=", maxSplits: 1)
        guard halves.count == 2 else {
            throw Refusal(
                .choiceUnknown,
                [
                    "field": .field(.answer), "text": .text(String(text.prefix(40))),
                    "choices": .text("equipment=laptop,phone; confidence_email=4"),
                ]
            )
        }
        self.init(
            question: String(halves[0]),
            values: halves[1].split(separator: ",").map(String.init)
        )
    }
}

/// Answers that fit their version: each question once at most, each choice one of its own, each number within its
/// range. Whoever holds them knows it; a question that is not there was left without an answer.
public struct ReadAnswers: Sendable {
    public let questionnaire: Questionnaire
    /// In the order of the questions; those without an answer are left out.
    public let given: [(question: Question, value: Value)]

    public enum Value: Hashable, Sendable {
        /// In the order shown; one alone where one may be chosen.
        case choices([Question.Choice])
        case amount(Int)
    }

    /// An answer without values is none. Throws `questionUnknown`, `answerImpossible`.
    public init(_ answers: [GivenAnswer], of questionnaire: Questionnaire) throws(Refusal) {
        var read: [String: Value] = [:]
        for answer in answers where !answer.values.isEmpty {
            guard let question = questionnaire.question(answer.question) else {
                throw Refusal(
                    .questionUnknown,
                    ["text": .text(String(answer.question.prefix(40)))]
                )
            }
            guard let value = question.value(answer.values), read[question.code] == nil else {
                throw question.impossible
            }
            read[question.code] = value
        }
        self.questionnaire = questionnaire
        given = questionnaire.questions.compactMap { question in
            read[question.code].map { (question, $0) }
        }
    }
}

extension Question {
    /// Nil when they do not fit.
    fileprivate func value(_ texts: [String]) -> ReadAnswers.Value? {
        switch kind {
        case .oneOf, .severalOf:
            let wanted = Set(texts)
            let chosen = choices.filter { wanted.contains($0.code) }
            guard chosen.count == texts.count, kind == .severalOf || texts.count == 1 else {
                return nil
            }
            return .choices(chosen)
        case .scale, .number:
            guard texts.count == 1, texts[0].count <= 6, let amount = Int(texts[0]),
                range?.contains(amount) == true
            else { return nil }
            return .amount(amount)
        }
    }

    fileprivate var impossible: Refusal {
        let expected =
            range.map { "\($0.lowerBound)…\($0.upperBound)" }
            ?? choices.map(\.code).joined(separator: ", ")
        return Refusal(
            .answerImpossible,
            [
                "field": .field(FieldName("q-\(code)", french, english)),
                "question": .explained(french: french, english: english),
                "choices": .text(expected),
            ]
        )
    }
}

/// Who answered what, or that they do not want to.
public struct NewResponse: Sendable {
    public let enrolment: ID<Enrolment>
    public let moment: Moment
    /// The version that lay before whoever asked; nil: the one in force on the day of the answers.
    public let version: ID<Questionnaire>?
    /// Nil: today.
    public let answeredOn: Day?
    public let means: ResponseMeans
    public let isDeclined: Bool
    public let answers: [GivenAnswer]
    /// The revision that this one corrects; nil for the first.
    public let corrects: Int?

    /// Throws `answersDeclined`.
    public init(
        of enrolment: ID<Enrolment>,
        at moment: Moment,
        version: ID<Questionnaire>? = nil,
        on answeredOn: Day? = nil,
        means: ResponseMeans,
        isDeclined: Bool = false,
        answers: [GivenAnswer] = [],
        corrects: Int? = nil
    ) throws(Refusal) {
        guard !isDeclined || answers.allSatisfy(\.values.isEmpty) else {
            throw Refusal(.answersDeclined)
        }
        self.enrolment = enrolment
        self.moment = moment
        self.version = version
        self.answeredOn = answeredOn
        self.means = means
        self.isDeclined = isDeclined
        self.answers = answers
        self.corrects = corrects
    }
}

extension FieldName {
    public static let answer = FieldName("answer", "Réponse", "Answer")
    public static let moment = FieldName("moment", "Moment", "Moment")
    public static let responseMeans = FieldName("means", "Comment", "How")
    public static let answeredOn = FieldName("answered_on", "Répondu le", "Answered on")
    public static let version = FieldName("version", "Version", "Version")
}
