import Postgres
import Shop
import TestSupport
import Testing

@testable import Store

@Suite("Questionnaires: versions and results")
struct QuestionnaireResultsTests {
    private func file(_ questions: [QuestionnaireFile.AskedQuestion], from day: Day? = nil) throws
        -> NewQuestionnaire
    {
        try NewQuestionnaire(
            QuestionnaireFile(moment: "entry", startsOn: day, questions: questions)
        )
    }

    private let ease = QuestionnaireFile.AskedQuestion(
        code: "confidence_email",
        kind: "scale_1_to_5",
        french: "À l’aise avec les courriels\u{202F}?",
        english: "At ease with e-mail?"
    )

    private func refusal(_ act: () async throws -> Void) async throws -> Reason? {
        do {
            try await act()
            return nil
        } catch let refusal as Refusal {
            return refusal.reason
        }
    }

    @Test(
        "a further version is set by a manager from a day on, and what was answered keeps its own"
    )
    func versions() async throws {
        try await withLille { lille in
            try await lille.furnishQuestionnaires()
            let run = try await lille.run()
            try await lille.answer(lille.amina, run, ["confidence_email=2", "use=daily"])
            let store = lille.at(Lille.today)
            let manager = lille.with(.shopManager)
            let preview = try await store.previewQuestionnaire(file([ease]), by: manager)
            #expect(preview.difference.lines.map(\.kind).contains(.removed))
            #expect(try await lille.count("select count(*) from questionnaires") == 3)
            let set = try await store.setQuestionnaire(
                file([ease]),
                key: lille.key(),
                by: manager
            )
            #expect(set.startsOn == Lille.today && set.difference == preview.difference)
            #expect(
                try await refusal {
                    _ = try await store.setQuestionnaire(
                        file([ease]),
                        key: lille.key(),
                        by: manager
                    )
                } == .changeAlreadyDated
            )
            #expect(
                try await refusal {
                    _ = try await store.setQuestionnaire(
                        file([ease], from: Lille.today.adding(days: -1)),
                        key: lille.key(),
                        by: manager
                    )
                } == .startsInPast
            )
            #expect(
                try await refusal {
                    _ = try await store.setQuestionnaire(
                        file([ease]),
                        key: lille.key(),
                        by: lille.staff
                    )
                } == .associationOnly
            )
            // A correction answers the version that was answered first; who answers from now on answers the new one.
            try await lille.answer(lille.amina, run, corrects: 1, ["use=weekly"])
            let today = try await store.responseCard(
                of: lille.enrolment(lille.bruno, run),
                at: .entry
            )
            #expect(today.questionnaire.startsOn == Lille.today)
            #expect(
                try await refusal {
                    try await lille.answer(lille.bruno, run, on: nil, ["use=daily"])
                } == .questionUnknown
            )
            try await lille.answer(lille.bruno, run, on: nil, ["confidence_email=5"])
            // Paper that was printed before is entered under the version that it bears.
            let old = try await store.responseCard(
                of: lille.enrolment(lille.bruno, run),
                at: .entry,
                version: firstDay
            )
            #expect(old.questionnaire.startsOn == Lille.today && old.responses.count == 1)
        }
    }

    @Test("counts are of the last revision, and means are compared of who answered both")
    func counts() async throws {
        try await withLille { lille in
            try await lille.furnishQuestionnaires()
            let run = try await lille.run(
                "LI-2022-01",
                with: [lille.amina, lille.bruno, lille.chloe]
            )
            for module in 1...7 { try await lille.hold(run, module: module, minutes: 130) }
            try await lille.answer(lille.amina, run, ["confidence_email=1", "equipment=computer"])
            try await lille.answer(
                lille.amina,
                run,
                corrects: 1,
                ["confidence_email=2", "equipment=computer,smartphone"]
            )
            try await lille.answer(lille.bruno, run, ["confidence_email=1"])
            try await lille.answer(lille.chloe, run, declined: true)
            try await lille.answer(lille.amina, run, .end, on: "2022-09-08", ["confidence_email=5"])
            let store = lille.at(Lille.today)
            let entry = try await store.questionnaireResults(
                ResultsFilter(.entry, run: run),
                for: lille.staff
            ).results
            #expect(entry.asked == 3 && entry.answered == 2 && entry.declined == 1)
            #expect(entry.ratePercent == 67)
            let equipment = try #require(entry.questions.first { $0.question.code == "equipment" })
            #expect(equipment.answered == 1)
            #expect(equipment.cells.map(\.count) == [1, 1, 0, 0, 0])
            let email = try #require(
                entry.questions.first { $0.question.code == "confidence_email" }
            )
            #expect(email.cells.map(\.count) == [1, 1, 0, 0, 0])
            #expect(email.mean == Mean(sum: 3, count: 2) && email.mean?.tenths == 15)
            let progress = try #require(
                entry.progress.first { $0.question.code == "confidence_email" }
            )
            #expect(
                progress.entry == Mean(sum: 2, count: 1) && progress.end == Mean(sum: 5, count: 1)
            )
            let end = try await store.questionnaireResults(
                ResultsFilter(.end, programme: "lille"),
                for: lille.staff
            ).results
            // Chloé has declined, and is not to be asked again.
            #expect(end.asked == 2 && end.answered == 1)
        }
    }

    @Test("who may not see single answers reads whole programmes, and no count under eleven")
    func hides() async throws {
        try await withLille { lille in
            try await lille.furnishQuestionnaires()
            let people = try await lille.persons(26)
            let run = try await lille.run("LI-2022-01", with: people)
            for (index, person) in people.enumerated() {
                let use = index < 14 ? "daily" : index < 25 ? "weekly" : "never"
                try await lille.answer(
                    person,
                    run,
                    ["use=\(use)", "confidence_email=\(index % 2 + 2)"]
                )
            }
            let store = lille.at(Lille.today)
            let reporting = lille.with(.reporting)
            let told = try await store.questionnaireResults(ResultsFilter(.entry), for: reporting)
            #expect(told.programme == "lille" && told.hiddenUnder == 11)
            func cells(_ told: ToldResults, _ code: String) -> [Int?] {
                told.results.questions.first { $0.question.code == code }?.cells.map(\.count) ?? []
            }
            #expect(cells(told, "use") == [nil, nil, nil, nil])
            #expect(cells(told, "confidence_email") == [0, 13, 13, 0, 0])
            let csv = CSV(told.table(in: .french)).text
            #expect(csv.contains("masqué") && csv.contains("Tous les jours;masqué;26"))
            let seen = try await store.questionnaireResults(ResultsFilter(.entry), for: lille.staff)
            #expect(cells(seen, "use") == [14, 11, 0, 1] && seen.hiddenUnder == nil)
            #expect(
                try await refusal {
                    _ = try await store.questionnaireResults(
                        ResultsFilter(.entry, run: run),
                        for: reporting
                    )
                } == .roleMissing
            )
        }
    }
}
