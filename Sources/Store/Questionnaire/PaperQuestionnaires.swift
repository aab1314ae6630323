import Postgres
public import Shop

/// Blank questionnaires to fill in by hand, one a person.
public struct PaperQuestionnaires: Sendable {
    public let questionnaire: Questionnaire
    public let run: String
    public let course: String
    public let association: String
    public let shopName: String
    public let people: [Asked]

    public struct Asked: Sendable {
        /// The code alone where no name is kept.
        public let name: String
        public let code: QuestionnaireCode
    }
}

extension Store {
    /// For everybody on a run's list who has not answered, by name; `enrolment` for one alone, answered or not. In the
    /// version that is in force today. Throws `runUnknown`, `notEnrolled`, `questionnaireUnknown`.
    public func paperQuestionnaires(
        of run: RunCode,
        at moment: Moment,
        for enrolment: ID<Enrolment>? = nil,
        in reach: Reach = .everyShop
    ) async throws -> PaperQuestionnaires {
        let today = clock.now().day
        return try await transaction { tx in
            let found = try tx.run(run.text, in: reach)
            let version = try tx.questionnaire(of: moment, on: today)
            let place = try tx.query(
                """
                select k.name as course, h.name as shop, coalesce((select name from association), '') as association
                from runs r join courses k on k.id = r.course_id join shops h on h.id = r.shop_id where r.id = \(found.id)
                """
            )[0]
            let rows = try tx.query(
                """
                select e.id, coalesce(nullif(trim(i.given_name || ' ' || i.family_name), ''), p.code) as name
                from enrolments e join persons p on p.id = person_now(e.person_id)
                     left join identities i on i.person_id = p.id
                where e.run_id = \(found.id) and \(isOnTheList)
                  and case when \(enrolment)::uuid is not null then e.id = \(enrolment)
                      else not exists (select from responses w where w.enrolment_id = e.id and w.moment = \(moment))
                           and not \(wantsNoQuestions) and not \(refusedTheNotice) end
                order by i.family_name collate "fr-x-icu", i.given_name collate "fr-x-icu", p.code
                """
            )
            if enrolment != nil, rows.isEmpty { throw Refusal(.notEnrolled) }
            return PaperQuestionnaires(
                questionnaire: version,
                run: run.text,
                course: try place["course"],
                association: try place["association"],
                shopName: try place["shop"],
                people: try rows.map { row in
                    PaperQuestionnaires.Asked(
                        name: try row["name"],
                        code: QuestionnaireCode(
                            enrolment: try row["id"],
                            moment: moment,
                            startsOn: version.startsOn
                        )
                    )
                }
            )
        }
    }
}
