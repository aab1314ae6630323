import Postgres
public import Shop

/// Answers that were written down.
public struct ResponseRecorded: Hashable, Sendable, Codable {
    public let enrolment: ID<Enrolment>
    public let moment: Moment
    /// 1 for the first; a correction is a further one.
    public let revision: Int
    public let run: String
    public let person: String
    public let declined: Bool
    /// How many questions have an answer.
    public let answered: Int
}

extension Store {
    /// Writes down what somebody answered at a moment, or that they do not want to. Once: whoever enters the same one
    /// meanwhile is told whose it is, and a correction names the revision that it corrects; what was there stays.
    ///
    /// Throws `notEnrolled`, also out of reach; `enrolmentEnded`, `questionnaireNotAsked` for who refused the notice on their data,
    /// `dayInFuture`, `answeredBeforeEnrolment`, `questionnaireAnswered`, `questionnaireUnknown`, `questionnaireOtherVersion`,
    /// `questionUnknown`, `answerImpossible`.
    public func recordResponse(
        _ new: NewResponse,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> ResponseRecorded {
        try await command("record-response", key: key, input: Input(new), by: staff) { tx, now in
            let day = new.answeredOn ?? now.day
            try refuseFuture(day, .answeredOn, now.day)
            // Whoever refuses locks the file that goes on; twice, since a merge may have been waited for.
            let lock: SQL = """
                select p.id from persons p, enrolments e where e.id = \(new.enrolment)
                  and p.id in (e.person_id, person_now(e.person_id)) order by p.id for no key update of p
                """
            _ = try tx.pipeline([lock, lock])
            let found = try tx.asked(new.enrolment, in: staff.reach(.courseKeepers))
            guard day >= found.enrolledOn else {
                throw Refusal(
                    .answeredBeforeEnrolment,
                    ["field": .field(.answeredOn), "from": .day(found.enrolledOn)]
                )
            }
            let last = try tx.lastResponse(of: new.enrolment, at: new.moment)
            guard last?.revision == new.corrects else { throw Refusal(answered: last) }
            let version = try tx.version(of: new, on: day, correcting: last)
            let answers = try ReadAnswers(new.answers, of: version)
            let revision = (last?.revision ?? 0) + 1
            _ = try tx.pipeline(
                [
                    """
                    insert into responses (enrolment_id, moment, revision, questionnaire_id, answered_on, means, declined,
                        recorded_at, recorded_by)
                    values (\(new.enrolment), \(new.moment), \(revision), \(version.id), \(day), \(new.means),
                            \(new.isDeclined), \(now), \(staff.id))
                    """
                ] + answers.insertions(new.enrolment, revision)
            )
            return ResponseRecorded(
                enrolment: new.enrolment,
                moment: new.moment,
                revision: revision,
                run: found.run,
                person: found.person,
                declined: new.isDeclined,
                answered: answers.given.count
            )
        }
    }

    /// The enrolment of a person in a run, the last one where they came back. Throws `runUnknown`, `notEnrolled`.
    public func enrolment(
        of person: ID<Person>,
        in run: RunCode,
        in reach: Reach = .everyShop
    ) async throws -> ID<Enrolment> {
        try await transaction { tx in
            let found = try tx.run(run.text, in: reach)
            let rows = try tx.query(
                """
                select e.id from enrolments e
                where e.run_id = \(found.id) and e.person_id = any(person_files(person_now(\(person))))
                order by \(isOnTheList) desc, e.recorded_at desc limit 1
                """
            )
            guard let row = rows.first else { throw Refusal(.notEnrolled) }
            return try row["id"]
        }
    }
}

private struct Input: Encodable, Sendable {
    let enrolment: ID<Enrolment>
    let moment: Moment
    let version: ID<Questionnaire>?
    let on: Day?
    let means: ResponseMeans
    let declined: Bool
    let answers: [GivenAnswer]
    let corrects: Int?

    init(_ new: NewResponse) {
        enrolment = new.enrolment
        moment = new.moment
        version = new.version
        on = new.answeredOn
        means = new.means
        declined = new.isDeclined
        answers = new.answers
        corrects = new.corrects
    }
}

private struct AskedEnrolment {
    let run: String
    let person: String
    let enrolledOn: Day
}

private struct LastResponse {
    let revision: Int
    let version: ID<Questionnaire>
    let by: String
    let at: Instant
}

extension Transaction {
    /// Throws `notEnrolled`, `enrolmentEnded`, `questionnaireNotAsked`.
    fileprivate func asked(_ enrolment: ID<Enrolment>, in reach: Reach) throws -> AskedEnrolment {
        let rows = try query(
            """
            select r.code as run, p.code as person, e.enrolled_on, \(refusedTheNotice) as refused,
                   (select left_on from withdrawals where enrolment_id = e.id) as left_on
            from enrolments e join runs r on r.id = e.run_id join persons p on p.id = person_now(e.person_id)
            where e.id = \(enrolment) and \(reach.condition("r.shop_id"))
            """
        )
        guard let row = rows.first else { throw Refusal(.notEnrolled) }
        if let on: Day = try row["left_on"] { throw Refusal(.enrolmentEnded, ["on": .day(on)]) }
        if try row["refused"] { throw Refusal(.questionnaireNotAsked) }
        return AskedEnrolment(
            run: try row["run"],
            person: try row["person"],
            enrolledOn: try row["enrolled_on"]
        )
    }

    fileprivate func lastResponse(
        of enrolment: ID<Enrolment>,
        at moment: Moment
    ) throws -> LastResponse? {
        try query(
            """
            select w.revision, w.questionnaire_id, u.name, w.recorded_at from responses w join users u on u.id = w.recorded_by
            where w.enrolment_id = \(enrolment) and w.moment = \(moment) order by w.revision desc limit 1
            """
        ).first.map { row in
            LastResponse(
                revision: try row["revision"],
                version: try row["questionnaire_id"],
                by: try row["name"],
                at: try row["recorded_at"]
            )
        }
    }

    /// The version that is answered: a correction's is that of what it corrects. Throws `questionnaireUnknown`,
    /// `questionnaireOtherVersion` for one of another moment, of a later day, or than the first.
    fileprivate func version(
        of new: NewResponse,
        on day: Day,
        correcting last: LastResponse?
    ) throws -> Questionnaire {
        let versions = try questionnaires(of: new.moment)
        let expected =
            last.flatMap { last in versions.first { $0.id == last.version } }
            ?? versions.inForce(on: day)
        guard let expected else { throw Refusal(questionnaireUnknown: new.moment) }
        guard let named = new.version else { return expected }
        guard let version = versions.first(where: { $0.id == named }), version.startsOn <= day,
            last == nil || version.id == expected.id
        else {
            throw Refusal(.questionnaireOtherVersion, ["from": .day(expected.startsOn)])
        }
        return version
    }
}

extension Refusal {
    fileprivate init(answered last: LastResponse?) {
        guard let last else {
            self.init(.unknownThing, ["field": .field(.version)])
            return
        }
        self.init(.questionnaireAnswered, ["by": .text(last.by), "at": .instant(last.at)])
    }
}

extension ReadAnswers {
    fileprivate func insertions(_ enrolment: ID<Enrolment>, _ revision: Int) -> [SQL] {
        let rows = given.flatMap { question, value -> [SQL] in
            let position = (questionnaire.questions.firstIndex(of: question) ?? 0) + 1
            func row(_ choice: String?, _ amount: Int?) -> SQL {
                """
                (\(enrolment), \(questionnaire.moment), \(revision), \(questionnaire.id), \(position), \(question.kind),
                 \(choice), \(amount))
                """
            }
            return switch value {
            case .choices(let choices): choices.map { row($0.code, nil) }
            case .amount(let amount): [row(nil, amount)]
            }
        }
        guard !rows.isEmpty else { return [] }
        return [
            """
            insert into answers (enrolment_id, moment, revision, questionnaire_id, question, kind, choice, amount)
            values \(rows.joined())
            """
        ]
    }
}
