import Postgres
public import Shop

/// Whose answers are counted.
public struct ResultsFilter: Hashable, Sendable {
    public let moment: Moment
    public let programme: String?
    public let run: String?

    public init(_ moment: Moment, programme: String? = nil, run: RunCode? = nil) {
        self.moment = moment
        self.programme = programme
        self.run = run?.text
    }
}

/// What was counted, for one reader.
public struct ToldResults: Sendable {
    public let results: QuestionnaireResults
    public let programme: String?
    public let run: String?
    /// Below so many persons nothing stands; nil for who may see single answers.
    public let hiddenUnder: Int?
}

extension Store {
    /// What was answered at a moment. Who may not see single answers reads one whole programme at a time, since a sum and
    /// its parts together would tell what each hides: the newest one where none is named.
    /// Throws `programmeUnknown`, `runUnknown`, `roleMissing` for a run that the reader may not see apart.
    public func questionnaireResults(
        _ filter: ResultsFilter,
        for staff: Staff
    ) async throws -> ToldResults {
        let today = clock.now().day
        let reach = staff.reach(.courseReaders)
        let seesAnswers = staff.reach(.answerReaders).includes(reach)
        return try await report { tx in
            let numbers = try tx.dueNumbers(on: today)
            var programme = filter.programme
            if let programme { _ = try tx.programme(coded: programme) }
            if let run = filter.run {
                guard seesAnswers else {
                    throw Refusal(.roleMissing, ["roles": .roles(.answerReaders)])
                }
                _ = try tx.run(run, in: reach)
            }
            if !seesAnswers, programme == nil {
                programme = try tx.query(
                    "select code from programmes order by starts_on desc, code limit 1"
                ).first?["code"]
            }
            let scope: SQL = """
                \(reach.condition("r.shop_id")) and (\(filter.run)::text is null or r.code = \(filter.run))
                and (\(programme)::text is null
                     or r.programme_id = (select id from programmes where code = \(programme)))
                """
            let results = try tx.results(at: filter.moment, scope, on: today, numbers)
            let least = try tx.number("cell_least", on: today)
            return ToldResults(
                results: seesAnswers ? results : results.hiding(under: least),
                programme: programme,
                run: filter.run,
                hiddenUnder: seesAnswers ? nil : least
            )
        }
    }
}

extension Transaction {
    fileprivate func results(
        at moment: Moment,
        _ scope: SQL,
        on today: Day,
        _ numbers: DueNumbers
    ) throws -> QuestionnaireResults {
        let total = try query(
            """
            select count(*) as asked, count(*) filter (where w.declined = false) as answered,
                   count(*) filter (where w.declined) as declined
            from enrolments e join runs r on r.id = e.run_id left join (\(lastResponses(at: moment))) w on w.enrolment_id = e.id
            where \(scope) and (w.enrolment_id is not null or \(hasBegun(moment, today, numbers))
                  and \(isOnTheList) and not \(wantsNoQuestions) and not \(refusedTheNotice))
            """
        )[0]
        let compared = moment == .sixMonths ? [] : try progress(scope)
        return QuestionnaireResults(
            moment: moment,
            asked: try total["asked"],
            answered: try total["answered"],
            declined: try total["declined"],
            questions: try counted(at: moment, scope),
            progress: compared
        )
    }

    /// Each question of any version, in the order of the newest that asks it.
    private func counted(
        at moment: Moment,
        _ scope: SQL
    ) throws -> [QuestionnaireResults.Counted] {
        var questions: [Question] = []
        for version in try questionnaires(of: moment).sorted(by: { $0.startsOn > $1.startsOn }) {
            for question in version.questions {
                guard let known = questions.firstIndex(where: { $0.code == question.code }) else {
                    questions.append(question)
                    continue
                }
                questions[known] = questions[known].withChoices(of: question)
            }
        }
        let rows = try query(
            """
            select q.code, q.kind, a.choice, a.amount, count(*) as persons
            from (\(lastResponses(at: moment))) w join enrolments e on e.id = w.enrolment_id join runs r on r.id = e.run_id
                 join answers a on a.enrolment_id = w.enrolment_id and a.moment = w.moment and a.revision = w.revision
                 join questions q on q.questionnaire_id = a.questionnaire_id and q.position = a.question
            where \(scope) group by q.code, q.kind, a.choice, a.amount order by a.amount
            """
        ).map { row in
            AnswerCount(
                question: try row["code"],
                kind: try row["kind"],
                choice: try row["choice"],
                amount: try row["amount"],
                persons: try row["persons"]
            )
        }
        let answered = try query(
            """
            select q.code, q.kind, count(distinct w.enrolment_id) as persons
            from (\(lastResponses(at: moment))) w join enrolments e on e.id = w.enrolment_id join runs r on r.id = e.run_id
                 join answers a on a.enrolment_id = w.enrolment_id and a.moment = w.moment and a.revision = w.revision
                 join questions q on q.questionnaire_id = a.questionnaire_id and q.position = a.question
            where \(scope) group by q.code, q.kind
            """
        ).map { row in
            AnswerCount(
                question: try row["code"],
                kind: try row["kind"],
                choice: nil,
                amount: nil,
                persons: try row["persons"]
            )
        }
        return questions.map { question in
            question.counted(
                // What was asked in another way under the same code is not the same question.
                rows.filter { $0.question == question.code && $0.kind == question.kind },
                answered: answered.first {
                    $0.question == question.code && $0.kind == question.kind
                }?.persons ?? 0
            )
        }
    }

    /// Scales of the newest version at the end that are asked at entry too.
    private func progress(_ scope: SQL) throws -> [QuestionnaireResults.Progress] {
        let (entry, end) = (
            try counted(at: .entry, scope), try counted(at: .end, scope)
        )
        let rows = try query(
            """
            select qb.code, count(*) as persons, sum(a.amount) as entry, sum(b.amount) as at_end
            from (\(lastResponses(at: .entry))) w join (\(lastResponses(at: .end))) v on v.enrolment_id = w.enrolment_id
                 join enrolments e on e.id = w.enrolment_id join runs r on r.id = e.run_id
                 join answers a on a.enrolment_id = w.enrolment_id and a.moment = w.moment and a.revision = w.revision
                 join questions qa on qa.questionnaire_id = a.questionnaire_id and qa.position = a.question
                 join answers b on b.enrolment_id = v.enrolment_id and b.moment = v.moment and b.revision = v.revision
                 join questions qb on qb.questionnaire_id = b.questionnaire_id and qb.position = b.question
                                  and qb.code = qa.code
            where \(scope) and a.kind = 'scale_1_to_5' and b.kind = 'scale_1_to_5' group by qb.code
            """
        )
        let sums = try Dictionary(
            uniqueKeysWithValues: rows.map { row in
                let (persons, entry, end): (Int, Int, Int) = try (
                    row["persons"], row["entry"], row["at_end"]
                )
                return (try row["code"] as String, (persons, entry, end))
            }
        )
        return end.compactMap { atEnd in
            guard atEnd.question.kind == .scale,
                let atEntry = entry.first(where: {
                    $0.question.code == atEnd.question.code && $0.question.kind == .scale
                })
            else { return nil }
            let sum = sums[atEnd.question.code]
            return QuestionnaireResults.Progress(
                entry: sum.flatMap { Mean(sum: $0.1, count: $0.0) },
                end: sum.flatMap { Mean(sum: $0.2, count: $0.0) },
                atEntry: atEntry,
                atEnd: atEnd
            )
        }
    }
}

/// How many gave one answer.
private struct AnswerCount {
    let question: String
    let kind: Question.Kind
    let choice: String?
    let amount: Int?
    let persons: Int
}

/// What each enrolment answered last at a moment.
private func lastResponses(at moment: Moment) -> SQL {
    """
    select distinct on (enrolment_id) enrolment_id, moment, revision, declined from responses
    where moment = \(moment) order by enrolment_id, revision desc
    """
}

/// Whether the moment has come for the enrolment `e` of the run `r`.
private func hasBegun(_ moment: Moment, _ today: Day, _ numbers: DueNumbers) -> SQL {
    switch moment {
    case .entry: "e.enrolled_on <= \(today)"
    case .end, .sixMonths:
        "\(overOn(today, numbers)) <= \(DueWindow.latestBegun(moment, on: today, numbers))"
    }
}

extension Question {
    /// With the choices that an older version offered and this one no longer does.
    fileprivate func withChoices(of older: Question) -> Question {
        let gone = older.choices.filter { choice in
            !choices.contains { $0.code == choice.code }
        }
        guard kind == older.kind, !gone.isEmpty else { return self }
        return Question(
            code: code,
            kind: kind,
            french: french,
            english: english,
            choices: choices + gone,
            least: least,
            most: most
        )
    }

    fileprivate func counted(
        _ rows: [AnswerCount],
        answered: Int
    ) -> QuestionnaireResults.Counted {
        func cell(_ amount: Int) -> QuestionnaireResults.Cell {
            let text = String(amount)
            return QuestionnaireResults.Cell(
                code: text,
                french: text,
                english: text,
                count: rows.first { $0.amount == amount }?.persons ?? 0
            )
        }
        let cells: [QuestionnaireResults.Cell] =
            switch kind {
            case .oneOf, .severalOf:
                choices.map { choice in
                    QuestionnaireResults.Cell(
                        code: choice.code,
                        french: choice.french,
                        english: choice.english,
                        count: rows.first { $0.choice == choice.code }?.persons ?? 0
                    )
                }
            case .scale: (1...5).map(cell)
            case .number: rows.compactMap(\.amount).map(cell)
            }
        let sum = rows.reduce(0) { $0 + ($1.amount ?? 0) * $1.persons }
        let hasMean = kind == .scale || kind == .number
        return QuestionnaireResults.Counted(
            question: self,
            answered: answered,
            cells: cells,
            mean: hasMean ? Mean(sum: sum, count: answered) : nil
        )
    }
}
