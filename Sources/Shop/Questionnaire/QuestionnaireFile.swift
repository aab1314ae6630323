/// A version as a manager writes it, in a file or in a request.
public struct QuestionnaireFile: Sendable, Codable {
    public let moment: String
    /// Nil: from today on.
    public let startsOn: Day?
    public let questions: [AskedQuestion]

    public struct AskedQuestion: Sendable, Codable {
        public let code: String
        public let kind: String
        public let french: String
        public let english: String
        /// Of a choice.
        public let choices: [Question.Choice]?
        /// Of a number.
        public let least: Int?
        public let most: Int?

        public init(
            code: String,
            kind: String,
            french: String,
            english: String,
            choices: [Question.Choice]? = nil,
            least: Int? = nil,
            most: Int? = nil
        ) {
            self.code = code
            self.kind = kind
            self.french = french
            self.english = english
            self.choices = choices
            self.least = least
            self.most = most
        }
    }

    public init(moment: String, startsOn: Day? = nil, questions: [AskedQuestion]) {
        self.moment = moment
        self.startsOn = startsOn
        self.questions = questions
    }
}

/// A version that holds together: 1 to 30 questions with a code each, in both languages, with choices where there is
/// something to choose.
public struct NewQuestionnaire: Sendable {
    public let moment: Moment
    public let startsOn: Day?
    public let questions: [Question]

    /// Throws `choiceUnknown` for the moment, `questionnaireUnreadable` with where and what.
    public init(_ file: QuestionnaireFile) throws(Refusal) {
        moment = try Moment(typed: file.moment, field: .moment)
        startsOn = file.startsOn
        guard (1...30).contains(file.questions.count) else {
            throw unreadable("questions", "il en faut de 1 à 30", "there must be 1 to 30")
        }
        var questions: [Question] = []
        for (index, asked) in file.questions.enumerated() {
            let question = try Question(asked, at: "questions.\(index)")
            guard !questions.contains(where: { $0.code == question.code }) else {
                throw unreadable(
                    "questions.\(index).code",
                    "deux questions portent ce code",
                    "two questions bear this code"
                )
            }
            questions.append(question)
        }
        self.questions = questions
    }
}

extension Question {
    fileprivate init(
        _ asked: QuestionnaireFile.AskedQuestion,
        at place: String
    ) throws(Refusal) {
        guard asked.code.wholeMatch(of: /[a-z0-9_]{2,40}/) != nil else {
            throw unreadable(
                "\(place).code",
                "2 à 40 lettres minuscules sans accent, chiffres et tirets bas",
                "2 to 40 lowercase letters without accent, digits and underscores"
            )
        }
        guard let kind = Kind(rawValue: asked.kind) else {
            let kinds = Kind.allCases.map(\.rawValue).joined(separator: ", ")
            throw unreadable("\(place).kind", kinds, kinds)
        }
        let chosen = kind == .oneOf || kind == .severalOf
        var choices: [Choice] = []
        if chosen {
            choices = try read(asked.choices ?? [], at: "\(place).choices")
        } else if asked.choices?.isEmpty == false {
            throw unreadable("\(place).choices", "il n’y a rien à choisir", "nothing is chosen")
        }
        if kind == .number {
            guard let least = asked.least, let most = asked.most, least >= 0, least <= most,
                most <= 10_000
            else {
                throw unreadable(
                    "\(place).least, \(place).most",
                    "de 0 à 10\u{202F}000, le plus petit d’abord",
                    "from 0 to 10,000, the lesser first"
                )
            }
        } else if asked.least != nil || asked.most != nil {
            throw unreadable(
                "\(place).least",
                "ce n’est pas un nombre",
                "it is not a number"
            )
        }
        self.init(
            code: asked.code,
            kind: kind,
            french: try wording(asked.french, most: 300, at: "\(place).french"),
            english: try wording(asked.english, most: 300, at: "\(place).english"),
            choices: choices,
            least: asked.least,
            most: asked.most
        )
    }
}

private func read(
    _ asked: [Question.Choice],
    at place: String
) throws(Refusal) -> [Question.Choice] {
    guard (2...20).contains(asked.count) else {
        throw unreadable(place, "il en faut de 2 à 20", "there must be 2 to 20")
    }
    var choices: [Question.Choice] = []
    for (index, choice) in asked.enumerated() {
        guard choice.code.wholeMatch(of: /[a-z0-9_]{1,40}/) != nil,
            !choices.contains(where: { $0.code == choice.code })
        else {
            throw unreadable(
                "\(place).\(index).code",
                "un code à soi, en lettres minuscules sans accent, chiffres et tirets bas",
                "a code of its own, of lowercase letters without accent, digits and underscores"
            )
        }
        choices.append(
            Question.Choice(
                code: choice.code,
                french: try wording(choice.french, most: 200, at: "\(place).\(index).french"),
                english: try wording(choice.english, most: 200, at: "\(place).\(index).english")
            )
        )
    }
    return choices
}

/// As `ShortText` reads them, with where they stand.
private func wording(_ typed: String, most: Int, at place: String) throws(Refusal) -> String {
    do throws(Refusal) {
        return try ShortText(typed: typed, field: .name, most: most).text
    } catch {
        throw unreadable(
            place,
            "un texte de 1 à \(most) caractères sur une ligne",
            "a text of 1 to \(most) characters on one line"
        )
    }
}

private func unreadable(_ place: String, _ french: String, _ english: String) -> Refusal {
    Refusal(
        .questionnaireUnreadable,
        ["place": .text(place), "problem": .explained(french: french, english: english)]
    )
}
