import Shop
import Store

/// What somebody answers, entered from paper, from a call or on the spot: a key an answer, Enter for the next question.
struct EntryPage: Page {
    static let template = "questionnaire-entry"

    let title: String
    let intro: String
    let back: String
    let action: String
    let key: String
    let version: String
    /// The revision that is corrected; nil for the first entry.
    let corrects: String?
    let phone: DuePage.Call?
    /// Where the paper of this person is printed; nil for who may not.
    let paper: String?
    let mistakes: Mistakes?
    let refusal: RefusalCard?
    let means: Choice
    let answeredOn: Field
    let questions: [Asked]
    /// Whether they said before that they do not want to answer.
    let isDeclined: Bool
    let mayDecline: Bool
    let button: String
    let hasHistory: Bool
    let history: [Line]

    struct Asked: Sendable {
        let number: String
        let name: String
        let words: String
        let hint: String
        let error: String?
        let isScale: Bool
        let options: [Option]
        let amount: Amount?
    }

    struct Option: Sendable {
        let id: String
        let group: String
        let type: String
        let value: String
        let words: String
        let press: String
        let isChosen: Bool
    }

    struct Amount: Sendable {
        let name: String
        let value: String
        let words: String
    }

    struct Line: Sendable {
        let words: String
        let answers: [Said]
    }

    struct Said: Sendable {
        let question: String
        let answer: String
    }

    init(
        _ words: Words,
        _ card: ResponseCard,
        _ draft: Draft,
        today: Day,
        key: String,
        mayOpen: (String) -> Bool
    ) {
        let language = words.language
        let moment = card.moment.name(in: language)
        let last = card.responses.first
        title = card.name.isEmpty ? card.person : card.name
        intro = words(
            "questionnaire_entry_intro",
            ["moment": moment, "run": card.run]
        )
        back = "/questionnaires?moment=\(card.moment.rawValue)&run=\(card.run)"
        // What comes back with a mistake is of the version that lay there.
        action =
            "/questionnaires/\(card.enrolment)/\(card.moment.rawValue)?version=\(card.questionnaire.startsOn.iso)"
        self.key = draft.form["key"] ?? key
        version = card.questionnaire.id.text
        corrects = last.map { String($0.revision) }
        phone =
            card.phone.isEmpty
            ? nil : DuePage.Call(number: card.phone, words: Phone.printed(card.phone))
        paper = ["/runs/\(card.run)/questionnaires/\(card.moment.rawValue)"].first(where: mayOpen)
            .map { "\($0)?enrolment=\(card.enrolment)" }
        let names = Set(card.questionnaire.questions.map { "q-\($0.code)" })
            .union(["means", "answered_on"])
        mistakes = draft.mistakes(in: language, fields: names)
        refusal = draft.card(in: language, fields: names)
        means = Choice(
            .responseMeans,
            draft,
            in: language,
            options: ResponseMeans.allCases.map {
                (value: $0.rawValue, words: $0.name(in: language))
            },
            chosen: last?.means.rawValue
                ?? (card.moment == .sixMonths ? ResponseMeans.phone : .paper).rawValue
        )
        answeredOn = Field(
            .answeredOn,
            draft,
            in: language,
            value: last?.answeredOn.iso ?? today.iso,
            type: "date"
        )
        // What somebody else entered meanwhile is shown, not what was typed over it.
        let isNew =
            draft.form.names.filter { $0.hasPrefix("q-") }.isEmpty
            || draft.wrong.contains { $0.refusal.reason == .questionnaireAnswered }
        let said = Dictionary(
            uniqueKeysWithValues: (last?.answers ?? []).map { ($0.question, $0.values) }
        )
        questions = card.questionnaire.questions.enumerated().map { index, question in
            Asked(
                question,
                number: index + 1,
                chosen: isNew ? said[question.code] ?? [] : draft.form.all("q-\(question.code)"),
                error: draft.error("q-\(question.code)", in: language),
                words
            )
        }
        isDeclined = last?.declined ?? false
        mayDecline = !isDeclined
        button = words(last == nil ? "questionnaire_save" : "questionnaire_correct")
        hasHistory = !card.responses.isEmpty
        history = card.responses.map { Line($0, card.questionnaire, words) }
    }
}

extension EntryPage.Asked {
    fileprivate init(
        _ question: Question,
        number: Int,
        chosen: [String],
        error: String?,
        _ words: Words
    ) {
        let name = "q-\(question.code)"
        let isSingle = question.kind != .severalOf
        var choices: [(value: String, words: String)] =
            question.kind == .scale
            ? (1...5).map { ("\($0)", "\($0)") }
            : question.choices.map { ($0.code, $0.words(in: words.language)) }
        if question.kind != .severalOf { choices.append(("", words("questionnaire_no_answer"))) }
        self.number = String(number)
        self.name = name
        self.words = question.words(in: words.language)
        self.error = error
        isScale = question.kind == .scale
        hint = question.hint(words)
        options =
            question.kind == .number
            ? []
            : choices.enumerated().map { index, choice in
                EntryPage.Option(
                    id: "\(name)-\(index)",
                    group: name,
                    type: isSingle ? "radio" : "checkbox",
                    value: choice.value,
                    words: choice.words,
                    press: choice.value.isEmpty ? "0" : Self.press(index),
                    isChosen: choice.value.isEmpty
                        ? chosen.allSatisfy(\.isEmpty) : chosen.contains(choice.value)
                )
            }
        amount =
            question.kind == .number
            ? EntryPage.Amount(
                name: name,
                value: chosen.first ?? "",
                words: question.words(in: words.language)
            ) : nil
    }

    /// 1 to 9, then letters.
    private static func press(_ index: Int) -> String {
        index < 9 ? "\(index + 1)" : String(UnicodeScalar(UInt8(ascii: "a") + UInt8(index - 9)))
    }
}

extension EntryPage.Line {
    fileprivate init(_ given: GivenResponse, _ version: Questionnaire, _ words: Words) {
        let language = words.language
        self.words = words(
            given.declined ? "questionnaire_history_declined" : "questionnaire_history",
            [
                "revision": "\(given.revision)", "day": given.answeredOn.printed,
                "means": given.means.name(in: language), "by": given.recordedBy,
                "at": given.recordedAt.day.printed + " " + given.recordedAt.clock,
            ]
        )
        answers = given.answers.map { answer in
            let question = version.question(answer.question)
            return EntryPage.Said(
                question: question?.words(in: language) ?? answer.question,
                answer: answer.values.map { value in
                    question?.choices.first { $0.code == value }?.words(in: language) ?? value
                }.joined(separator: ", ")
            )
        }
    }
}

extension Question {
    /// How it is answered, on the screen and on paper.
    func hint(_ words: Words) -> String {
        switch kind {
        case .oneOf: words("questionnaire_hint_one")
        case .severalOf: words("questionnaire_hint_several")
        case .scale: words("questionnaire_hint_scale")
        case .number:
            words(
                "questionnaire_hint_number",
                ["least": "\(least ?? 0)", "most": "\(most ?? 0)"]
            )
        }
    }
}
