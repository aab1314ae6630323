import Foundation
import Postgres
import Shop
import TestSupport
import Testing

@testable import Store

extension Lille {
    /// The default questionnaires and the numbers of set-up.
    func furnishQuestionnaires() async throws {
        let now = Instant(iso: "2022-01-01T09:00:00Z") ?? Instant(microseconds: 0)
        try await sql.withConnection { connection in
            for statement in store.defaultQuestionnaires(at: now) {
                try connection.execute(statement)
            }
            try connection.execute(
                """
                insert into dated_numbers (name, starts_on, amount, recorded_at)
                values ('questionnaire_entry_days', '2000-01-01', 14, now()), ('questionnaire_months', '2000-01-01', 6, now()),
                       ('questionnaire_window_months', '2000-01-01', 2, now()),
                       ('questionnaire_quiet_days', '2000-01-01', 30, now()),
                       ('cell_least', '2000-01-01', 11, now()),
                       ('right_voucher_months', '2000-01-01', 9, now())
                """
            )
        }
    }

    func with(_ roles: Role...) -> Staff {
        Staff(
            id: staff.id,
            operatorCode: "NA",
            name: "Nadia",
            language: .french,
            firstDay: false,
            roles: roles.map { Staff.Held(role: $0, shop: nil) },
            till: nil
        )
    }

    func enrolment(_ person: ID<Person>, _ run: RunCode) async throws -> ID<Enrolment> {
        try await store.enrolment(of: person, in: run)
    }

    /// At entry.
    @discardableResult
    func answer(
        _ person: ID<Person>,
        _ run: RunCode,
        on day: String? = "2022-09-02",
        declined: Bool = false,
        corrects: Int? = nil,
        version: ID<Questionnaire>? = nil,
        key: ID<Claim>? = nil,
        _ answers: [String] = []
    ) async throws -> ResponseRecorded {
        try await answer(
            person,
            run,
            .entry,
            on: day,
            declined: declined,
            corrects: corrects,
            version: version,
            key: key,
            answers
        )
    }

    @discardableResult
    func answer(
        _ person: ID<Person>,
        _ run: RunCode,
        _ moment: Moment,
        on day: String? = "2022-09-02",
        declined: Bool = false,
        corrects: Int? = nil,
        version: ID<Questionnaire>? = nil,
        key: ID<Claim>? = nil,
        _ answers: [String] = []
    ) async throws -> ResponseRecorded {
        try await at(Lille.today).recordResponse(
            NewResponse(
                of: enrolment(person, run),
                at: moment,
                version: version,
                on: day.map { try Day(typed: $0) },
                means: .paper,
                isDeclined: declined,
                answers: answers.map { try GivenAnswer(typed: $0) },
                corrects: corrects
            ),
            key: key ?? self.key(),
            by: staff
        )
    }
}

private func refusal(_ act: () async throws -> Void) async throws -> Refusal? {
    do {
        try await act()
        return nil
    } catch let refusal as Refusal {
        return refusal
    }
}

/// A run of two with the default questionnaires.
private func withQuestionnaires<T: Sendable>(
    _ body: (Lille, RunCode) async throws -> T
) async throws -> T {
    try await withLille { lille in
        try await lille.furnishQuestionnaires()
        return try await body(lille, lille.run())
    }
}

@Suite("Questionnaires: what is written down")
struct QuestionnaireTests {
    @Test("one response an enrolment and a moment; the second is told whose the first is")
    func once() async throws {
        try await withQuestionnaires { lille, run in
            let key = lille.key()
            let answers = ["equipment=smartphone,computer", "confidence_email=2"]
            let first = try await lille.answer(lille.amina, run, key: key, answers)
            #expect(first.revision == 1 && first.answered == 2 && first.person == "P-222222")
            #expect(try await lille.answer(lille.amina, run, key: key, answers) == first)
            let told = try await refusal { try await lille.answer(lille.amina, run, answers) }
            #expect(told?.reason == .questionnaireAnswered)
            #expect(told?.facts["by"] == .text("Nadia"))
            try await lille.answer(lille.amina, run, .end, on: nil, ["confidence_email=4"])
            try await lille.answer(lille.bruno, run, answers)
            #expect(try await lille.count("select count(*) from responses") == 3)
        }
    }

    @Test("a correction is a further revision that keeps the first, and answers the same version")
    func corrects() async throws {
        try await withQuestionnaires { lille, run in
            try await lille.answer(lille.amina, run, ["confidence_email=2", "use=daily"])
            let second = try await lille.answer(
                lille.amina,
                run,
                corrects: 1,
                ["confidence_email=3"]
            )
            #expect(second.revision == 2)
            let card = try await lille.store.responseCard(
                of: lille.enrolment(lille.amina, run),
                at: .entry
            )
            #expect(card.responses.map(\.revision) == [2, 1])
            #expect(
                card.responses[0].answers == [
                    GivenAnswer(question: "confidence_email", values: ["3"])
                ]
            )
            #expect(card.responses[1].answers.map(\.question) == ["use", "confidence_email"])
            #expect(card.responses.map(\.recordedBy) == ["NA", "NA"])
            // Who corrects what was corrected meanwhile is told.
            let late = try await refusal {
                try await lille.answer(lille.amina, run, corrects: 1, ["confidence_email=1"])
            }
            #expect(late?.reason == .questionnaireAnswered)
        }
    }

    @Test("ten enter the same one at once: one is written, nine are told")
    func race() async throws {
        try await withQuestionnaires { lille, run in
            let told = try await TestSupport.race(10) { number in
                try await lille.answer(lille.amina, run, ["confidence_email=\(number % 5 + 1)"])
            }
            #expect(told.count { $0 == nil } == 1)
            #expect(
                told.compactMap { $0?.reason } == Array(repeating: .questionnaireAnswered, count: 9)
            )
            #expect(try await lille.count("select count(*) from answers") == 1)
        }
    }

    @Test("what cannot be is refused")
    func refuses() async throws {
        try await withQuestionnaires { lille, run in
            func told(
                _ person: ID<Person>,
                on day: String? = "2022-09-02",
                version: ID<Questionnaire>? = nil,
                corrects: Int? = nil,
                _ answers: [String]
            ) async throws -> Reason? {
                try await refusal {
                    try await lille.answer(
                        person,
                        run,
                        on: day,
                        corrects: corrects,
                        version: version,
                        answers
                    )
                }?.reason
            }
            #expect(try await told(lille.amina, ["income=1"]) == .questionUnknown)
            #expect(try await told(lille.amina, ["use=often"]) == .answerImpossible)
            #expect(try await told(lille.amina, ["confidence_email=6"]) == .answerImpossible)
            #expect(try await told(lille.amina, on: "2022-08-31", []) == .answeredBeforeEnrolment)
            #expect(try await told(lille.amina, on: "2022-12-06", []) == .dayInFuture)
            #expect(try await told(lille.amina, corrects: 1, []) == .unknownThing)
            #expect(try await told(lille.chloe, []) == .notEnrolled)
            let ends = try await lille.store.questionnaires().filter { $0.moment == .end }
            #expect(
                try await told(lille.amina, version: ends[0].id, []) == .questionnaireOtherVersion
            )
            let elsewhere = try await refusal {
                _ = try await lille.at(Lille.today).recordResponse(
                    NewResponse(of: lille.store.newID(), at: .entry, means: .paper),
                    key: lille.key(),
                    by: lille.staff
                )
            }
            #expect(elsewhere?.reason == .notEnrolled)
            _ = try await lille.at(Lille.today).withdraw(
                lille.amina,
                from: run,
                motive: ShortText(typed: "Déménagement", field: .motive),
                key: lille.key(),
                by: lille.staff
            )
            #expect(try await told(lille.amina, ["confidence_email=2"]) == .enrolmentEnded)
            #expect(try await lille.count("select count(*) from responses") == 0)
        }
    }

    @Test(
        "who does not want to answer is kept without answers, and not asked again until they change their mind"
    )
    func declines() async throws {
        try await withQuestionnaires { lille, run in
            func due(_ moment: Moment, _ day: String) async throws -> [String] {
                try await lille.at(Day(typed: day)).dueQuestionnaires(DueFilter(moment)).items
                    .map(\.due.person).sorted()
            }
            for module in 1...7 { try await lille.hold(run, module: module, minutes: 130) }
            #expect(try await due(.entry, "2022-09-02") == ["P-222222", "P-222223"])
            let said = try await lille.answer(lille.amina, run, declined: true)
            #expect(said.declined && said.answered == 0)
            #expect(try await due(.entry, "2022-09-02") == ["P-222223"])
            #expect(try await due(.end, "2022-09-08") == ["P-222223"])
            #expect(try await due(.sixMonths, "2023-03-08") == ["P-222223"])
            try await lille.answer(lille.amina, run, corrects: 1, ["confidence_email=2"])
            #expect(try await due(.end, "2022-09-08").count == 2)
        }
    }

    @Test("who refuses the notice leaves answers without an identity, and is not asked any more")
    func erasure() async throws {
        try await withQuestionnaires { lille, run in
            try await lille.execute(
                """
                insert into privacy_notices (starts_on, french, english, recorded_at)
                values ('2022-01-01', 'Texte', 'Text', now())
                """
            )
            try await lille.answer(lille.amina, run, ["confidence_email=2"])
            let store = lille.at(Lille.today)
            _ = try await store.answerNotice(
                lille.amina,
                accepted: false,
                told: .spoken,
                key: lille.key(),
                by: lille.staff
            )
            #expect(
                try await lille.count(
                    "select count(*) from identities where person_id = \(lille.amina)"
                ) == 0
            )
            let told = try await refusal {
                try await lille.answer(lille.amina, run, .end, on: nil, ["confidence_email=4"])
            }
            #expect(told?.reason == .questionnaireNotAsked)
            let results = try await store.questionnaireResults(
                ResultsFilter(.entry),
                for: lille.staff
            ).results
            #expect(results.answered == 1)
            // Bruno alone is left to be asked.
            #expect(try await store.dueCounts()[.entry] == 1)
            let card = try await store.responseCard(
                of: lille.enrolment(lille.amina, run),
                at: .entry
            )
            #expect(card.name.isEmpty && card.phone.isEmpty && card.person == "P-222222")
        }
    }

    @Test("two files that became one are asked under the one that goes on")
    func merge() async throws {
        try await withQuestionnaires { lille, run in
            for module in 1...7 { try await lille.hold(run, module: module, minutes: 130) }
            let store = lille.at(Lille.today)
            _ = try await store.complete(
                CompletionRequest(run: run, on: Day(typed: "2022-10-03")),
                key: lille.key(),
                by: lille.staff
            )
            let manager = lille.with(.shopManager)
            _ = try await store.mergePersons(
                lille.bruno,
                into: lille.chloe,
                key: lille.key(),
                by: manager
            )
            let due = try await lille.at(Day(typed: "2022-10-04")).dueQuestionnaires(
                DueFilter(.end)
            )
            #expect(Set(due.items.map(\.due.person)) == ["P-222222", "P-222224"])
            #expect(due.items.contains { $0.name == "Chloé Martin" })
            // By either file it is the same enrolment, and its answer is one.
            try await lille.answer(lille.chloe, run, .end, on: "2022-10-04", ["confidence_email=4"])
            let twin = try await refusal {
                try await lille.answer(lille.bruno, run, .end, on: "2022-10-04", ["useful=4"])
            }
            #expect(twin?.reason == .questionnaireAnswered)
        }
    }

    @Test("no version and no response is ever edited, and none holds what no question allows")
    func never() async throws {
        try await withQuestionnaires { lille, run in
            try await lille.answer(lille.amina, run, ["confidence_email=2", "use=daily"])
            let decline = try await lille.answer(lille.bruno, run, declined: true)
            func fails(_ sql: SQL) async -> Bool {
                do {
                    try await lille.execute(sql)
                    return false
                } catch { return true }
            }
            for table in [
                "questionnaires", "questions", "question_choices", "responses", "answers",
            ] {
                #expect(await fails("delete from \(raw: table)"))
                #expect(await fails("truncate \(raw: table) cascade"))
            }
            #expect(await fails("update questions set french = 'Autre'"))
            let row: SQL = """
                select w.enrolment_id, w.moment, w.revision, w.questionnaire_id, w.declined, q.position, q.kind
                from responses w join questions q on q.questionnaire_id = w.questionnaire_id
                """
            func insert(_ values: SQL, _ code: String, of enrolment: ID<Enrolment>) -> SQL {
                """
                insert into answers (enrolment_id, moment, revision, questionnaire_id, declined, question, kind, choice, amount)
                select r.*, \(values) from (\(row) where w.enrolment_id = \(enrolment) and q.code = \(code)) r
                """
            }
            let amina = try await lille.enrolment(lille.amina, run)
            // Six on a scale, a second choice of one, a choice of another question, an answer of who declined.
            #expect(await fails(insert("null::text, 6", "confidence_school", of: amina)))
            #expect(await fails(insert("'weekly', null::int", "use", of: amina)))
            #expect(await fails(insert("'box', null::int", "equipment", of: amina)))
            #expect(await fails(insert("null::text, 4", "confidence_email", of: decline.enrolment)))
            #expect(await !fails(insert("null::text, 5", "confidence_school", of: amina)))
        }
    }
}
