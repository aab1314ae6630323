import Postgres
public import Shop

/// A version that was set, or would be.
public struct QuestionnaireSet: Sendable, Codable {
    public let moment: Moment
    public let startsOn: Day
    /// How many it has.
    public let questions: Int
    /// What it changes in the version that was in force until then.
    public let difference: QuestionnaireDifference
}

extension Store {
    /// What setting this version would change. Throws `startsInPast`, `changeAlreadyDated`, `associationOnly`.
    public func previewQuestionnaire(
        _ new: NewQuestionnaire,
        by staff: Staff
    ) async throws -> QuestionnaireSet {
        try staff.checkHoldsEverywhere(.shopManagers)
        let today = clock.now().day
        return try await transaction { tx in try tx.compared(new, today: today) }
    }

    /// Writes a version down, in force from its day on; what was answered before keeps the version that it answered. Throws `startsInPast`,
    /// `changeAlreadyDated` for a day that has one, `associationOnly` for whoever manages one shop alone.
    public func setQuestionnaire(
        _ new: NewQuestionnaire,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> QuestionnaireSet {
        struct Input: Encodable {
            let moment: Moment
            let startsOn: Day?
            let questions: [Question]
        }
        try staff.checkHoldsEverywhere(.shopManagers)
        let id: ID<Questionnaire> = newID()
        let input = Input(moment: new.moment, startsOn: new.startsOn, questions: new.questions)
        return try await command("set-questionnaire", key: key, input: input, by: staff) {
            tx,
            now in
            let set = try tx.compared(new, today: now.day)
            let version = Questionnaire(
                id: id,
                moment: new.moment,
                startsOn: set.startsOn,
                questions: new.questions
            )
            _ = try tx.pipeline(insertions(of: version, at: now, by: staff.id))
            return set
        }
    }
}

extension Transaction {
    fileprivate func compared(_ new: NewQuestionnaire, today: Day) throws -> QuestionnaireSet {
        let startsOn = new.startsOn ?? today
        try checkNotPast(startsOn, today: today)
        let versions = try questionnaires(of: new.moment)
        guard !versions.contains(where: { $0.startsOn == startsOn }) else {
            throw Refusal(
                .changeAlreadyDated,
                [
                    "field": .field(.startsOn), "day": .day(startsOn),
                    "text": .text(startsOn.printed),
                ]
            )
        }
        return QuestionnaireSet(
            moment: new.moment,
            startsOn: startsOn,
            questions: new.questions.count,
            difference: QuestionnaireDifference(
                from: versions.inForce(on: startsOn)?.questions,
                to: new.questions
            )
        )
    }
}

/// A version with its questions and their choices; `user` is nil for set-up.
func insertions(
    of version: Questionnaire,
    at now: Instant,
    by user: ID<User>?
) -> [SQL] {
    var statements: [SQL] = [
        """
        insert into questionnaires (id, moment, starts_on, recorded_at, recorded_by)
        values (\(version.id), \(version.moment), \(version.startsOn), \(now), \(user))
        """
    ]
    for (index, question) in version.questions.enumerated() {
        statements.append(
            """
            insert into questions (questionnaire_id, position, code, kind, french, english, least, most)
            values (\(version.id), \(index + 1), \(question.code), \(question.kind), \(question.french),
                    \(question.english), \(question.least), \(question.most))
            """
        )
        guard !question.choices.isEmpty else { continue }
        let rows = question.choices.enumerated().map { place, choice -> SQL in
            "(\(version.id), \(index + 1), \(place + 1), \(choice.code), \(choice.french), \(choice.english))"
        }
        statements.append(
            """
            insert into question_choices (questionnaire_id, question, position, code, french, english)
            values \(rows.joined())
            """
        )
    }
    return statements
}
