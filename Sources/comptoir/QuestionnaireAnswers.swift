import Shop
import Store
import Till

struct VersionAnswer: Output {
    let version: Questionnaire

    init(_ version: Questionnaire) { self.version = version }

    func encode(to encoder: any Encoder) throws { try version.encode(to: encoder) }

    func words(in language: Language) -> String {
        let head = "\(version.moment.name(in: language))  \(version.startsOn.printed)"
        return
            ([head]
            + version.questions.enumerated().map { index, question in
                let choices = question.choices.map(\.code).joined(separator: ", ")
                return
                    "  \(index + 1). \(question.words(in: language))  \(question.code)  \(question.kind.rawValue)"
                    + (choices.isEmpty ? "" : "  (\(choices))")
            }).joined(separator: "\n")
    }
}

struct SetAnswer: Output {
    let set: QuestionnaireSet

    init(_ set: QuestionnaireSet) { self.set = set }

    func encode(to encoder: any Encoder) throws { try set.encode(to: encoder) }

    func words(in language: Language) -> String {
        let head = "\(set.moment.name(in: language))  \(set.startsOn.printed)"
        let lines = set.difference.lines.map { "  " + $0.words(in: language) }
        let nothing = ["  " + language.choose("Rien ne change.", "Nothing changes.")]
        return ([head] + (lines.isEmpty ? nothing : lines)).joined(separator: "\n")
    }
}

struct DueAnswer: Output {
    let due: DueQuestionnaire

    func encode(to encoder: any Encoder) throws { try due.encode(to: encoder) }

    func words(in language: Language) -> String {
        let until = due.until.map { " – \($0.printed)" } ?? ""
        return "\(due.run)  \(due.person)  \(due.structure)  \(due.from.printed)\(until)"
    }
}

struct RecordedAnswer: Output {
    let recorded: ResponseRecorded

    func encode(to encoder: any Encoder) throws { try recorded.encode(to: encoder) }

    func words(in language: Language) -> String {
        let what =
            recorded.declined
            ? language.choose("ne souhaite pas répondre", "does not want to answer")
            : language.choose("\(recorded.answered) réponses", "\(recorded.answered) answers")
        return
            "\(recorded.run)  \(recorded.person)  \(recorded.moment.name(in: language))  \(recorded.revision)  \(what)"
    }
}

struct ResponsesAnswer: Output {
    let enrolment: ID<Enrolment>
    let moment: Moment
    let person: String
    let run: String
    let responses: [GivenResponse]

    init(_ card: ResponseCard) {
        enrolment = card.enrolment
        moment = card.moment
        person = card.person
        run = card.run
        responses = card.responses
    }

    func words(in language: Language) -> String {
        responses.map { given in
            let head =
                "\(given.revision)  \(given.answeredOn.printed)  \(given.means.name(in: language))  \(given.recordedBy)"
            return
                ([head]
                + given.answers.map { "  \($0.question)=\($0.values.joined(separator: ","))" })
                .joined(separator: "\n")
        }.joined(separator: "\n")
    }
}

struct ResultsAnswer: Output {
    let told: ToldResults
    let isTable: Bool

    func encode(to encoder: any Encoder) throws {
        try ResultsDocument(told, in: .french).encode(to: encoder)
    }

    func words(in language: Language) -> String {
        guard !isTable else { return CSV(told.table(in: language)).text }
        let results = told.results
        var lines = [
            "\(results.moment.name(in: language))  \(results.answered) / \(results.asked)"
                + (results.ratePercent.map { "  \($0)\u{A0}%" } ?? "")
        ]
        let hidden = language.choose("masqué", "hidden")
        for counted in results.questions {
            let mean = counted.mean.map { "  " + $0.written(in: language) } ?? ""
            lines.append(counted.question.words(in: language) + mean)
            lines += counted.cells.map {
                "  \($0.words(in: language))  \($0.count.map(String.init) ?? hidden)"
            }
        }
        return lines.joined(separator: "\n")
    }
}
