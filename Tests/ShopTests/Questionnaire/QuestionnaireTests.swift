import Foundation
import Shop
import Testing

@Suite("Questionnaires: what can be asked and answered")
struct QuestionnaireTests {
    private let version = Questionnaire(
        id: ID(.init()),
        moment: .entry,
        startsOn: Day(0),
        questions: [
            Question(
                code: "use",
                kind: .oneOf,
                french: "Usage",
                english: "Use",
                choices: [
                    .init(code: "daily", french: "Tous les jours", english: "Daily"),
                    .init(code: "never", french: "Jamais", english: "Never"),
                ]
            ),
            Question(
                code: "equipment",
                kind: .severalOf,
                french: "Équipement",
                english: "Equipment",
                choices: [
                    .init(code: "computer", french: "Ordinateur", english: "Computer"),
                    .init(code: "phone", french: "Téléphone", english: "Phone"),
                ]
            ),
            Question(code: "ease", kind: .scale, french: "Aisance", english: "Ease"),
            Question(
                code: "children",
                kind: .number,
                french: "Enfants",
                english: "Children",
                least: 0,
                most: 12
            ),
        ]
    )

    private func refusal(_ act: () throws(Refusal) -> Void) -> Reason? {
        do throws(Refusal) {
            try act()
            return nil
        } catch { return error.reason }
    }

    @Test(
        "an answer fits its question, or is refused",
        arguments: [
            ("use", ["daily"], nil as Reason?),
            ("use", ["daily", "never"], .answerImpossible),
            ("use", ["often"], .answerImpossible),
            ("use", [], nil),
            ("equipment", ["phone", "computer"], nil),
            ("equipment", ["phone", "phone"], .answerImpossible),
            ("ease", ["1"], nil), ("ease", ["5"], nil),
            ("ease", ["0"], .answerImpossible), ("ease", ["6"], .answerImpossible),
            ("ease", ["2,5"], .answerImpossible), ("ease", ["1", "2"], .answerImpossible),
            ("children", ["0"], nil), ("children", ["12"], nil),
            ("children", ["13"], .answerImpossible), ("children", ["-1"], .answerImpossible),
            ("income", ["1"], .questionUnknown),
        ]
    )
    func fits(question: String, values: [String], expected: Reason?) {
        let answer = GivenAnswer(question: question, values: values)
        #expect(
            refusal { () throws(Refusal) in _ = try ReadAnswers([answer], of: version) } == expected
        )
    }

    @Test("answers are read in the order of the questions, and one question is answered once")
    func order() throws {
        let read = try ReadAnswers(
            [
                GivenAnswer(question: "ease", values: ["4"]),
                GivenAnswer(question: "equipment", values: ["phone", "computer"]),
            ],
            of: version
        )
        #expect(read.given.map(\.question.code) == ["equipment", "ease"])
        #expect(read.given.map(\.value)[1] == .amount(4))
        let twice = refusal { () throws(Refusal) in
            _ = try ReadAnswers(
                [.init(question: "ease", values: ["4"]), .init(question: "ease", values: ["4"])],
                of: version
            )
        }
        #expect(twice == .answerImpossible)
        #expect(try GivenAnswer(typed: "equipment=phone,computer").values == ["phone", "computer"])
        #expect(
            refusal { () throws(Refusal) in _ = try GivenAnswer(typed: "ease") } == .choiceUnknown
        )
    }

    @Test("who does not want to answer has no answers")
    func declined() {
        let told = refusal { () throws(Refusal) in
            _ = try NewResponse(
                of: ID(.init()),
                at: .end,
                means: .phone,
                isDeclined: true,
                answers: [.init(question: "ease", values: ["4"])]
            )
        }
        #expect(told == .answersDeclined)
    }

    @Test("a file of questions holds together, or says where it does not")
    func file() throws {
        func place(
            _ change: (inout [QuestionnaireFile.AskedQuestion]) -> Void
        ) -> String? {
            var questions = [
                asked("use", "one_of", [("a", "A"), ("b", "B")]), asked("ease", "scale_1_to_5"),
            ]
            change(&questions)
            let file = QuestionnaireFile(moment: "entry", startsOn: nil, questions: questions)
            do throws(Refusal) {
                _ = try NewQuestionnaire(file)
                return nil
            } catch {
                #expect(error.reason == .questionnaireUnreadable)
                return error.facts["place"]?.written(in: .french)
            }
        }
        #expect(place { _ in } == nil)
        #expect(place { $0 = [] } == "questions")
        #expect(place { $0.append($0[1]) } == "questions.2.code")
        #expect(
            place { $0[0] = asked("Use!", "one_of", [("a", "A"), ("b", "B")]) }
                == "questions.0.code"
        )
        #expect(place { $0[0] = asked("use", "text") } == "questions.0.kind")
        #expect(place { $0[0] = asked("use", "one_of", [("a", "A")]) } == "questions.0.choices")
        #expect(
            place { $0[0] = asked("use", "one_of", [("a", "A"), ("a", "B")]) }
                == "questions.0.choices.1.code"
        )
        #expect(
            place { $0[0] = asked("use", "one_of", [("a", "A"), ("b", "")]) }
                == "questions.0.choices.1.french"
        )
        #expect(
            place { $0[1] = asked("ease", "scale_1_to_5", [("a", "A"), ("b", "B")]) }
                == "questions.1.choices"
        )
        #expect(
            place { $0[1] = asked("age", "number", least: 3, most: 2) }
                == "questions.1.least, questions.1.most"
        )
        #expect(place { $0[1] = asked("age", "number", least: 0, most: 20) } == nil)
    }

    private func asked(
        _ code: String,
        _ kind: String,
        _ choices: [(String, String)]? = nil,
        least: Int? = nil,
        most: Int? = nil
    ) -> QuestionnaireFile.AskedQuestion {
        .init(
            code: code,
            kind: kind,
            french: "Une question",
            english: "A question",
            choices: choices?.map { .init(code: $0.0, french: $0.1, english: $0.1) },
            least: least,
            most: most
        )
    }

    @Test("a further version says what it changes, question by question")
    func difference() {
        let old = version.questions
        #expect(QuestionnaireDifference(from: old, to: old).lines.isEmpty)
        #expect(
            QuestionnaireDifference(from: nil, to: old).lines.map(\.kind)
                == Array(repeating: .added, count: 4)
        )
        let new = [
            old[0],
            Question(
                code: "equipment",
                kind: .severalOf,
                french: "Vos appareils",
                english: "Equipment",
                choices: [old[1].choices[0], .init(code: "none", french: "Rien", english: "None")]
            ),
            old[3],
        ]
        let lines = QuestionnaireDifference(from: old, to: new).lines
        #expect(
            lines.map(\.french) == [
                "Question 2 reformulée\u{A0}: «\u{A0}Équipement\u{A0}» devient «\u{A0}Vos appareils\u{A0}»",
                "Question 2, réponse ajoutée\u{A0}: Rien",
                "Question 2, réponse retirée\u{A0}: Téléphone",
                "Question 4 devient la question 3\u{A0}: Enfants",
                "Question retirée\u{A0}: Aisance",
            ]
        )
    }

    @Test("the code on paper reads back, with its letters where a French keyboard put them")
    func code() throws {
        let id = try #require(ID<Enrolment>("019361c0-0c4a-7abc-8def-0123456789ab"))
        let code = QuestionnaireCode(enrolment: id, moment: .sixMonths, startsOn: Day(20_000))
        #expect(code.text == "Q019361C00C4A7ABC8DEF0123456789AB320241004")
        #expect(try QuestionnaireCode(scanned: code.text) == code)
        #expect(try QuestionnaireCode(scanned: code.printed) == code)
        #expect(try QuestionnaireCode(scanned: " " + code.text.lowercased()) == code)
        let french: [Character: Character] = [
            "1": "&", "2": "é", "3": "\"", "4": "'", "5": "(", "6": "-", "7": "è", "8": "_",
            "9": "ç", "0": "à", "A": "Q", "Q": "A",
        ]
        #expect(
            try QuestionnaireCode(scanned: String(code.text.map { french[$0] ?? $0 })) == code
        )
        for wrong in [
            "", "Q", code.text.dropLast().description, code.text + "1", "P" + code.text.dropFirst(),
        ] {
            #expect(
                refusal { () throws(Refusal) in _ = try QuestionnaireCode(scanned: wrong) }
                    == .scanUnreadable
            )
        }
    }
}
