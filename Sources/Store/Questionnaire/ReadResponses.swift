import Postgres
public import Shop

/// What somebody answered at a moment, once, or corrected.
public struct GivenResponse: Hashable, Sendable, Codable {
    public let revision: Int
    /// The version that was answered, by its first day.
    public let version: Day
    public let answeredOn: Day
    public let means: ResponseMeans
    public let declined: Bool
    public let answers: [GivenAnswer]
    public let recordedAt: Instant
    /// Operator code of who wrote it down.
    public let recordedBy: String
}

/// What whoever asks has before them: who it is, the questions, and what was answered before.
public struct ResponseCard: Sendable {
    public let enrolment: ID<Enrolment>
    public let moment: Moment
    public let person: String
    public let name: String
    public let phone: String
    public let run: String
    public let enrolledOn: Day
    public let questionnaire: Questionnaire
    /// The newest first.
    public let responses: [GivenResponse]
}

extension Store {
    /// The version is the one that was answered, else the one named by its first day, else the one in force today. Throws
    /// `notEnrolled`, also out of reach; `questionnaireUnknown`.
    public func responseCard(
        of enrolment: ID<Enrolment>,
        at moment: Moment,
        version startsOn: Day? = nil,
        in reach: Reach = .everyShop
    ) async throws -> ResponseCard {
        let today = clock.now().day
        return try await transaction { tx in
            let rows = try tx.query(
                """
                select r.code as run, p.code as person, e.enrolled_on,
                       coalesce(trim(i.given_name || ' ' || i.family_name), '') as name, coalesce(i.phone, '') as phone
                from enrolments e join runs r on r.id = e.run_id join persons p on p.id = person_now(e.person_id)
                     left join identities i on i.person_id = p.id
                where e.id = \(enrolment) and \(reach.condition("r.shop_id"))
                """
            )
            guard let row = rows.first else { throw Refusal(.notEnrolled) }
            let responses = try tx.responses(of: enrolment, at: moment)
            let versions = try tx.questionnaires(of: moment)
            let wanted = responses.first?.version ?? startsOn
            guard
                let version = wanted.flatMap({ day in versions.first { $0.startsOn == day } })
                    ?? versions.inForce(on: today)
            else { throw Refusal(questionnaireUnknown: moment) }
            return ResponseCard(
                enrolment: enrolment,
                moment: moment,
                person: try row["person"],
                name: try row["name"],
                phone: try row["phone"],
                run: try row["run"],
                enrolledOn: try row["enrolled_on"],
                questionnaire: version,
                responses: responses
            )
        }
    }
}

extension Transaction {
    /// Every revision, the newest first.
    fileprivate func responses(
        of enrolment: ID<Enrolment>,
        at moment: Moment
    ) throws -> [GivenResponse] {
        let rows = try pipeline([
            """
            select w.revision, n.starts_on, w.answered_on, w.means, w.declined, w.recorded_at, u.operator
            from responses w join questionnaires n on n.id = w.questionnaire_id join users u on u.id = w.recorded_by
            where w.enrolment_id = \(enrolment) and w.moment = \(moment) order by w.revision desc
            """,
            """
            select a.revision, q.code, array_agg(coalesce(a.choice, a.amount::text) order by c.position) as values
            from answers a join questions q on q.questionnaire_id = a.questionnaire_id and q.position = a.question
                 left join question_choices c on c.questionnaire_id = a.questionnaire_id and c.question = a.question
                                             and c.code = a.choice
            where a.enrolment_id = \(enrolment) and a.moment = \(moment)
            group by a.revision, q.code, q.position order by q.position
            """,
        ])
        let answers = try Dictionary(
            grouping: rows[1].map { row in
                (
                    revision: try row["revision"] as Int,
                    answer: GivenAnswer(question: try row["code"], values: try row["values"])
                )
            },
            by: \.revision
        )
        return try rows[0].map { row in
            let revision: Int = try row["revision"]
            return GivenResponse(
                revision: revision,
                version: try row["starts_on"],
                answeredOn: try row["answered_on"],
                means: try row["means"],
                declined: try row["declined"],
                answers: (answers[revision] ?? []).map(\.answer),
                recordedAt: try row["recorded_at"],
                recordedBy: try row["operator"]
            )
        }
    }
}
