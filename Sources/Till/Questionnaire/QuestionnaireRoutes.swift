import HTTPTypes
import Shop
import Store

private let keepers = Access.roles(.courseKeepers)

/// The questionnaires of the course: who is to be asked, what they answered, what it comes to.
func questionnaireRoutes(_ store: Store) -> [Route] {
    questionnaireListRoutes(store) + questionnaireEntryRoutes(store)
        + questionnairePaperRoutes(store) + questionnaireResultRoutes(store)
        + questionnaireAPIRoutes(store)
}

private func questionnaireListRoutes(_ store: Store) -> [Route] {
    [
        Route(
            .get,
            "/questionnaires",
            for: keepers,
            "Who is to be asked today, by moment.",
            query: [
                .init("moment", .choice(Moment.allCases.map(\.rawValue)), "At entry where none."),
                .init("run", .text(most: 30), "Of one run only."),
                .init("after", .text(most: 60), "The last part's next."),
                .init(
                    "code",
                    .text(most: 100),
                    "What a paper questionnaire carries: opens its entry."
                ),
                .init("done", .text(most: 20), "What has just been done."),
            ]
        ) { call, context in
            var draft = Draft(call.query)
            if !draft.value("code").isEmpty,
                let code = draft.read("code", QuestionnaireCode.init(scanned:))
            {
                return .see(
                    "/questionnaires/\(code.enrolment)/\(code.moment.rawValue)?version=\(code.startsOn.iso)&means=paper"
                )
            }
            let moment = call.query["moment"].flatMap(Moment.init(rawValue:)) ?? .entry
            let typed = draft.value("run").filter { !$0.isWhitespace }
            let run =
                typed.isEmpty
                ? nil
                : draft.read("run") { _ throws(Refusal) in try RunCode(typed: typed, field: .run) }
            let reach = try context.reach(.courseKeepers)
            let after = call.query["after"]
            var part = Paged<Reachable>(items: [], next: nil)
            var counts: [Moment: Int] = [:]
            do {
                part = try await store.dueQuestionnaires(
                    DueFilter(moment, run: run, in: reach),
                    after: after
                )
                counts = try await store.dueCounts(run: run, in: reach)
            } catch let refusal as Refusal where refusal.reason == .runUnknown {
                draft.refuse(refusal.about(.run))
            }
            let page = DuePage(
                context.words,
                part,
                moment: moment,
                run: run?.text,
                counts: counts,
                draft,
                after: after,
                mayOpen: context.mayOpen
            )
            return context.page(
                page,
                draft.wrong.first?.refusal.status ?? .ok,
                notice: call.done("recorded", "declined", "corrected").map {
                    context.words("questionnaire_done_\($0)")
                }
            )
        }
    ]
}

private func questionnaireEntryRoutes(_ store: Store) -> [Route] {
    [
        Route(
            .get,
            "/questionnaires/{enrolment}/{moment}",
            for: keepers,
            "The form in which somebody's answers are entered, or corrected.",
            query: [
                .init("version", .text(format: "date"), "The version's first day."),
                .init("means", .choice(ResponseMeans.allCases.map(\.rawValue)), "How they came."),
            ]
        ) { call, context in
            try await entry(store, call, context, Draft(call.query))
        },
        Route(
            .post,
            "/questionnaires/{enrolment}/{moment}",
            for: keepers,
            "Writes down what somebody answered, or that they do not want to."
        ) { call, context in
            var draft = Draft(try call.form())
            if let new = try draft.readResponse(call) {
                do {
                    let done = try await store.recordResponse(
                        new,
                        key: call.key(),
                        by: context.staff
                    )
                    let how =
                        done.declined ? "declined" : done.revision > 1 ? "corrected" : "recorded"
                    return .see(
                        "/questionnaires?moment=\(done.moment.rawValue)&run=\(done.run)&done=\(how)"
                    )
                } catch let refusal as Refusal {
                    draft.refuse(refusal)
                }
            }
            return try await entry(store, call, context, draft)
        },
    ]
}

private func entry(
    _ store: Store,
    _ call: Call,
    _ context: Context,
    _ draft: Draft
) async throws -> Answer {
    let card = try await store.responseCard(
        of: call.id("enrolment"),
        at: call.moment(),
        version: call.query["version"].flatMap { Day(iso: $0) },
        in: context.reach(.courseKeepers)
    )
    let page = EntryPage(
        context.words,
        card,
        draft,
        today: store.today,
        key: store.newID(Claim.self).text,
        mayOpen: context.mayOpen
    )
    return context.page(page, draft.wrong.first?.refusal.status ?? .ok)
}

extension Call {
    /// The moment in the path. Throws `unknownThing`: what is no moment is not there.
    func moment() throws(Refusal) -> Moment {
        guard let moment = Moment(rawValue: piece("moment")) else { throw Refusal(.unknownThing) }
        return moment
    }
}

extension Draft {
    /// Nil, with what is wrong kept beside its field. Throws `unknownThing` for an address that is none.
    fileprivate mutating func readResponse(_ call: Call) throws(Refusal) -> NewResponse? {
        let (enrolment, moment): (ID<Enrolment>, Moment) = (
            try call.id("enrolment"), try call.moment()
        )
        let means = read("means") { text throws(Refusal) in
            try ResponseMeans(typed: text, field: .responseMeans)
        }
        let day = read("answered_on") { text throws(Refusal) in
            try Day(typed: text, field: .answeredOn)
        }
        let version = read("version") { text throws(Refusal) in
            try ID<Questionnaire>(typed: text, field: .version)
        }
        guard let means, let day, let version else { return nil }
        let isDeclined = isTicked("declined")
        let answers = isDeclined ? [] : answers
        let corrects = Int(value("corrects"))
        return readAll { () throws(Refusal) in
            try NewResponse(
                of: enrolment,
                at: moment,
                version: version,
                on: day,
                means: means,
                isDeclined: isDeclined,
                answers: answers,
                corrects: corrects
            )
        }
    }

    /// What was chosen or typed, by question; nothing where it was left empty.
    private var answers: [GivenAnswer] {
        form.names.filter { $0.hasPrefix("q-") }.map { name in
            GivenAnswer(
                question: String(name.dropFirst(2)),
                values: form.all(name).map { $0.filter { !$0.isWhitespace } }.filter { !$0.isEmpty }
            )
        }
    }
}
