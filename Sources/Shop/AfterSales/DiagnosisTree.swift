/// What is the matter with a machine, as the tree says. Raw values are stored: never rename or reuse one.
public enum DiagnosisOutcome: String, CaseIterable, Sendable, Codable {
    /// A defect for which the guarantee answers.
    case covered
    case misuse
    case battery
    /// Transport, neglect or a surge.
    case transport
    case software
    case settings
    case notedAtSale = "noted_at_sale"
    /// Whoever has the machine puts it right with advice.
    case selfHelp = "self_help"

    public func name(in language: Language) -> String {
        switch self {
        case .covered: language.choose("Défaut de l’appareil", "Defect of the device")
        case .misuse: language.choose("Mauvais usage, choc ou liquide", "Misuse, blow or liquid")
        case .battery: language.choose("Usure de la batterie", "Wear of the battery")
        case .transport:
            language.choose("Transport, négligence ou surtension", "Transport, neglect or surge")
        case .software: language.choose("Logiciel", "Software")
        case .settings: language.choose("Réglages ou mot de passe", "Settings or password")
        case .notedAtSale: language.choose("Défaut noté à la vente", "Defect noted at the sale")
        case .selfHelp: language.choose("Se règle par un conseil", "Put right with advice")
        }
    }
}

/// Symptoms and a short tree of questions, from a day on.
public struct DiagnosisTree: Hashable, Sendable, Codable {
    public let startsOn: Day
    /// In the order shown.
    public let symptoms: [Symptom]
    /// By number.
    public let questions: [Question]

    public struct Symptom: Hashable, Sendable, Codable {
        public let code: String
        public let french: String
        public let english: String
        public let firstQuestion: Int

        public init(code: String, french: String, english: String, firstQuestion: Int) {
            self.code = code
            self.french = french
            self.english = english
            self.firstQuestion = firstQuestion
        }

        public func name(in language: Language) -> String { language.choose(french, english) }
    }

    public struct Question: Hashable, Sendable, Codable {
        public let number: Int
        public let french: String
        public let english: String
        /// By number.
        public let answers: [Answer]

        public init(number: Int, french: String, english: String, answers: [Answer]) {
            self.number = number
            self.french = french
            self.english = english
            self.answers = answers
        }

        public func words(in language: Language) -> String { language.choose(french, english) }
    }

    public struct Answer: Hashable, Sendable, Codable {
        public let number: Int
        public let french: String
        public let english: String
        /// Nil where it ends.
        public let nextQuestion: Int?
        /// Nil where it leads on.
        public let outcome: DiagnosisOutcome?
        public let frenchAdvice: String
        public let englishAdvice: String

        public init(
            number: Int,
            french: String,
            english: String,
            nextQuestion: Int?,
            outcome: DiagnosisOutcome?,
            frenchAdvice: String = "",
            englishAdvice: String = ""
        ) {
            self.number = number
            self.french = french
            self.english = english
            self.nextQuestion = nextQuestion
            self.outcome = outcome
            self.frenchAdvice = frenchAdvice
            self.englishAdvice = englishAdvice
        }

        public func words(in language: Language) -> String { language.choose(french, english) }
        public func advice(in language: Language) -> String {
            language.choose(frenchAdvice, englishAdvice)
        }
    }

    public init(startsOn: Day, symptoms: [Symptom], questions: [Question]) {
        self.startsOn = startsOn
        self.symptoms = symptoms
        self.questions = questions
    }

    /// Throws `choiceUnknown` with the list of them.
    public func symptom(typed text: String) throws(Refusal) -> Symptom {
        guard let symptom = symptoms.first(where: { $0.code == text }) else {
            throw Refusal(
                .choiceUnknown,
                [
                    "field": .field(.symptom), "text": .text(String(text.prefix(40))),
                    "choices": .text(symptoms.map(\.code).joined(separator: ", ")),
                ]
            )
        }
        return symptom
    }

    /// How far some answers lead from a symptom. Throws `diagnosisAnswerUnknown` for an answer that the question does not
    /// have, or one too many.
    public func walk(from symptom: Symptom, _ answers: [Int]) throws(Refusal) -> Walk {
        var steps: [Walk.Step] = []
        var next: Int? = symptom.firstQuestion
        for number in answers {
            guard let question = questions.first(where: { $0.number == next }),
                let answer = question.answers.first(where: { $0.number == number })
            else {
                throw Refusal(
                    .diagnosisAnswerUnknown,
                    ["field": .field(.answers), "text": .number(Int64(number))]
                )
            }
            steps.append(Walk.Step(question: question, answer: answer))
            next = answer.nextQuestion
        }
        return Walk(steps: steps, next: questions.first { $0.number == next })
    }

    /// What was answered so far, and what is asked next.
    public struct Walk: Hashable, Sendable {
        public let steps: [Step]
        /// Nil at the end.
        public let next: Question?

        public struct Step: Hashable, Sendable {
            public let question: Question
            public let answer: Answer
        }

        /// Nil before the end.
        public var end: Answer? { next == nil ? steps.last?.answer : nil }
    }
}

/// Answers as they stand in an address or a command: `2-1-3`. Throws `diagnosisAnswerUnknown`.
public func diagnosisAnswers(typed text: String) throws(Refusal) -> [Int] {
    var answers: [Int] = []
    for part in text.split(separator: "-") {
        guard let number = Int(part), (1...9).contains(number), answers.count < 50 else {
            throw Refusal(
                .diagnosisAnswerUnknown,
                ["field": .field(.answers), "text": .text(String(text.prefix(40)))]
            )
        }
        answers.append(number)
    }
    return answers
}

extension FieldName {
    public static let symptom = FieldName("symptom", "Panne", "Fault")
    public static let answers = FieldName("answers", "Réponses", "Answers")
    public static let act = FieldName("act", "Étape", "Step")
    public static let work = FieldName("work", "Travail fait", "Work done")
    public static let replacement = FieldName(
        "replacement",
        "Appareil de remplacement",
        "Replacement device"
    )
}
