import Postgres
public import Shop

extension Store {
    /// Every version of every moment, in the order of the moments, the newest first. A handful.
    public func questionnaires() async throws -> [Questionnaire] {
        try await transaction { tx in
            let all = try tx.questionnaires()
            return Moment.allCases.flatMap { moment in
                all.filter { $0.moment == moment }.sorted { $0.startsOn > $1.startsOn }
            }
        }
    }
}

extension Transaction {
    /// Every version, of one moment when it is named.
    func questionnaires(of moment: Moment? = nil) throws -> [Questionnaire] {
        let answers = try pipeline([
            """
            select id, moment, starts_on from questionnaires
            where \(moment)::text is null or moment = \(moment) order by starts_on
            """,
            """
            select q.questionnaire_id, q.position, q.code, q.kind, q.french, q.english, q.least, q.most
            from questions q join questionnaires n on n.id = q.questionnaire_id
            where \(moment)::text is null or n.moment = \(moment) order by q.position
            """,
            """
            select c.questionnaire_id, c.question, c.code, c.french, c.english
            from question_choices c join questionnaires n on n.id = c.questionnaire_id
            where \(moment)::text is null or n.moment = \(moment) order by c.position
            """,
        ])
        var choices: [ID<Questionnaire>: [Int: [Question.Choice]]] = [:]
        for row in answers[2] {
            choices[try row["questionnaire_id"], default: [:]][try row["question"], default: []]
                .append(
                    Question.Choice(
                        code: try row["code"],
                        french: try row["french"],
                        english: try row["english"]
                    )
                )
        }
        var questions: [ID<Questionnaire>: [Question]] = [:]
        for row in answers[1] {
            let id: ID<Questionnaire> = try row["questionnaire_id"]
            let position: Int = try row["position"]
            questions[id, default: []].append(
                Question(
                    code: try row["code"],
                    kind: try row["kind"],
                    french: try row["french"],
                    english: try row["english"],
                    choices: choices[id]?[position] ?? [],
                    least: try row["least"],
                    most: try row["most"]
                )
            )
        }
        return try answers[0].map { row in
            let id: ID<Questionnaire> = try row["id"]
            return Questionnaire(
                id: id,
                moment: try row["moment"],
                startsOn: try row["starts_on"],
                questions: questions[id] ?? []
            )
        }
    }

    /// The version of a moment that is in force on `day`. Throws `questionnaireUnknown`.
    func questionnaire(of moment: Moment, on day: Day) throws -> Questionnaire {
        guard let version = try questionnaires(of: moment).inForce(on: day) else {
            throw Refusal(questionnaireUnknown: moment)
        }
        return version
    }
}

extension Refusal {
    init(questionnaireUnknown moment: Moment) {
        self.init(
            .questionnaireUnknown,
            [
                "moment": .explained(
                    french: moment.name(in: .french),
                    english: moment.name(in: .english)
                )
            ]
        )
    }
}
