import Postgres
public import Shop

extension Store {
    /// The tree in force today.
    public func diagnosisTree() async throws -> DiagnosisTree {
        let day = clock.now().day
        return try await transaction { tx in try tx.diagnosisTree(on: day) }
    }

    /// The tree with which a case was opened. Throws `afterSalesUnknown`.
    public func diagnosisTree(
        of code: AfterSalesCode,
        in reach: Reach = .everyShop
    ) async throws -> DiagnosisTree {
        try await transaction { tx in
            guard
                let day: Day = try tx.query(
                    """
                    select c.tree_on from after_sales_cases c
                    join stays y on y.device_id = c.device_id and y.ordinal = c.stay_ordinal
                    where c.code = \(code.description) and \(reach.condition("y.shop_id"))
                    """
                ).first?["tree_on"]
            else { throw Refusal.unknownCase(code.description) }
            return try tx.diagnosisTree(startingOn: day)
        }
    }
}

extension Transaction {
    func diagnosisTree(on day: Day) throws -> DiagnosisTree {
        try diagnosisTree(
            startingOn: query(
                "select max(starts_on) as starts_on from diagnosis_trees where starts_on <= \(day)"
            )[0]["starts_on"]
        )
    }

    func diagnosisTree(startingOn day: Day) throws -> DiagnosisTree {
        let rows = try pipeline([
            """
            select symptom, name_fr, name_en, first_question from diagnosis_symptoms where tree_on = \(day) order by position
            """,
            "select question, text_fr, text_en from diagnosis_questions where tree_on = \(day) order by question",
            """
            select question, answer, text_fr, text_en, next_question, outcome, advice_fr, advice_en
            from diagnosis_answers where tree_on = \(day) order by question, answer
            """,
        ])
        let answers = try Dictionary(grouping: rows[2]) { row -> Int in try row["question"] }
        return DiagnosisTree(
            startsOn: day,
            symptoms: try rows[0].map { row in
                DiagnosisTree.Symptom(
                    code: try row["symptom"],
                    french: try row["name_fr"],
                    english: try row["name_en"],
                    firstQuestion: try row["first_question"]
                )
            },
            questions: try rows[1].map { row in
                let number: Int = try row["question"]
                return DiagnosisTree.Question(
                    number: number,
                    french: try row["text_fr"],
                    english: try row["text_en"],
                    answers: try (answers[number] ?? []).map { answer in
                        DiagnosisTree.Answer(
                            number: try answer["answer"],
                            french: try answer["text_fr"],
                            english: try answer["text_en"],
                            nextQuestion: try answer["next_question"],
                            outcome: try answer["outcome"],
                            frenchAdvice: try answer["advice_fr"],
                            englishAdvice: try answer["advice_en"]
                        )
                    }
                )
            }
        )
    }
}

extension Store {
    /// Writes other symptoms and questions down, from a day on; open cases keep those with which they were opened. Throws
    /// `diagnosisTreeUneven`, `associationOnly` for whoever does not work the stock of every shop, `startsInPast`,
    /// `changeAlreadyDated`.
    public func setDiagnosisTree(
        _ tree: DiagnosisTree,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> DiagnosisTree {
        let tree = try tree.checked()
        return try await command(
            "set-diagnosis-tree",
            key: key,
            input: tree,
            by: staff,
            facts: ["field": .field(.startsOn), "day": .day(tree.startsOn)]
        ) { tx, now in
            try staff.checkHoldsEverywhere(.stockWorkers)
            try checkNotPast(tree.startsOn, today: now.day)
            try tx.pipeline(tree.rows(at: now, by: staff.id))
            return tree
        }
    }
}

extension DiagnosisTree {
    fileprivate func rows(at now: Instant, by user: ID<User>) -> [SQL] {
        let own: SQL = """
            insert into diagnosis_trees (starts_on, recorded_at, recorded_by) values (\(startsOn), \(now), \(user))
            """
        let asked: [SQL] = questions.map { question in
            """
            insert into diagnosis_questions (tree_on, question, text_fr, text_en)
            values (\(startsOn), \(question.number), \(question.french), \(question.english))
            """
        }
        let answered: [SQL] = questions.flatMap { question in
            question.answers.map { answer in
                """
                insert into diagnosis_answers (tree_on, question, answer, text_fr, text_en, next_question, outcome, advice_fr,
                                               advice_en)
                values (\(startsOn), \(question.number), \(answer.number), \(answer.french), \(answer.english),
                        \(answer.nextQuestion), \(answer.outcome), \(answer.frenchAdvice), \(answer.englishAdvice))
                """
            }
        }
        let told: [SQL] = symptoms.enumerated().map { index, symptom in
            """
            insert into diagnosis_symptoms (tree_on, symptom, position, name_fr, name_en, first_question)
            values (\(startsOn), \(symptom.code), \(index + 1), \(symptom.french), \(symptom.english), \(symptom.firstQuestion))
            """
        }
        return [own] + asked + answered + told
    }
}
