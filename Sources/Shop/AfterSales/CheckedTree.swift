extension DiagnosisTree {
    /// As it may be written down: every text fit to keep, every symptom and question once, every answer leading to a later
    /// question or to an end. Throws `diagnosisTreeUneven` with what does not hold, and what the texts' own reading throws.
    public func checked() throws(Refusal) -> DiagnosisTree {
        guard (1...50).contains(symptoms.count), (1...200).contains(questions.count) else {
            throw uneven("le nombre de pannes ou de questions", "the count of faults or questions")
        }
        guard Set(symptoms.map(\.code)).count == symptoms.count,
            Set(questions.map(\.number)).count == questions.count
        else { throw uneven("une panne ou une question en double", "a fault or question twice") }
        let known = Set(questions.map(\.number))
        var checkedSymptoms: [Symptom] = []
        for symptom in symptoms {
            guard symptom.code.wholeMatch(of: /[a-z_]{2,40}/) != nil,
                known.contains(symptom.firstQuestion)
            else {
                let code = String(symptom.code.prefix(40))
                throw uneven("la panne \(code)", "the fault \(code)")
            }
            checkedSymptoms.append(
                Symptom(
                    code: symptom.code,
                    french: try kept(symptom.french, .frenchText, most: 200),
                    english: try kept(symptom.english, .englishText, most: 200),
                    firstQuestion: symptom.firstQuestion
                )
            )
        }
        var checkedQuestions: [Question] = []
        for question in questions.sorted(by: { $0.number < $1.number }) {
            let answers = try question.checkedAnswers(known)
            checkedQuestions.append(
                Question(
                    number: question.number,
                    french: try kept(question.french, .frenchText, most: 300),
                    english: try kept(question.english, .englishText, most: 300),
                    answers: answers
                )
            )
        }
        return DiagnosisTree(
            startsOn: startsOn,
            symptoms: checkedSymptoms,
            questions: checkedQuestions
        )
    }
}

extension DiagnosisTree.Question {
    fileprivate func checkedAnswers(_ known: Set<Int>) throws(Refusal) -> [DiagnosisTree.Answer] {
        let wrong = uneven("la question \(number)", "question \(number)")
        guard (1...1000).contains(number), (1...9).contains(answers.count),
            Set(answers.map(\.number)).count == answers.count
        else { throw wrong }
        var checked: [DiagnosisTree.Answer] = []
        for answer in answers.sorted(by: { $0.number < $1.number }) {
            let leads = answer.nextQuestion.map { $0 > number && known.contains($0) }
            let hasAdvice = !answer.frenchAdvice.isEmpty || !answer.englishAdvice.isEmpty
            guard (1...9).contains(answer.number), leads ?? (answer.outcome != nil),
                leads == nil || answer.outcome == nil, !hasAdvice || answer.outcome == .selfHelp
            else { throw wrong }
            checked.append(
                DiagnosisTree.Answer(
                    number: answer.number,
                    french: try kept(answer.french, .frenchText, most: 300),
                    english: try kept(answer.english, .englishText, most: 300),
                    nextQuestion: answer.nextQuestion,
                    outcome: answer.outcome,
                    frenchAdvice: try ShortText.optional(
                        typed: answer.frenchAdvice,
                        field: .frenchText,
                        most: 500
                    ),
                    englishAdvice: try ShortText.optional(
                        typed: answer.englishAdvice,
                        field: .englishText,
                        most: 500
                    )
                )
            )
        }
        return checked
    }
}

private func kept(_ text: String, _ field: FieldName, most: Int) throws(Refusal) -> String {
    try ShortText(typed: text, field: field, most: most).text
}

private func uneven(_ french: String, _ english: String) -> Refusal {
    Refusal(.diagnosisTreeUneven, ["part": .explained(french: french, english: english)])
}
