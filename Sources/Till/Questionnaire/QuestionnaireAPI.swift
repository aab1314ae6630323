import HTTPTypes
public import Shop
public import Store

private let keepers = Access.roles(.courseKeepers)
private let readers = Access.roles(.courseReaders)
private let managers = Access.roles(.shopManagers)

/// Questionnaires as programs read and write them. Persons bear their codes, never a name.
func questionnaireAPIRoutes(_ store: Store) -> [Route] {
    versionRoutes(store) + responseRoutes(store)
}

private func versionRoutes(_ store: Store) -> [Route] {
    [
        Route(
            .get,
            "/api/v1/questionnaires",
            for: readers,
            "Every version of every moment, the newest first.",
            gives: Listing<Questionnaire>.self
        ) { _, _ in try .json(Listing(try await store.questionnaires())) },
        Route(
            .post,
            "/api/v1/questionnaires",
            for: managers,
            "Sets a version from a day on, today where none is given.",
            takes: QuestionnaireFile.self,
            gives: QuestionnaireSet.self
        ) { call, context in
            let set = try await store.setQuestionnaire(
                NewQuestionnaire(call.json()),
                key: call.key(),
                by: context.staff
            )
            return try .json(set, .created)
        },
        Route(
            .post,
            "/api/v1/questionnaires/preview",
            for: managers,
            "What setting this version would change, in plain words.",
            takes: QuestionnaireFile.self,
            gives: QuestionnaireSet.self
        ) { call, context in
            try .json(
                try await store.previewQuestionnaire(
                    NewQuestionnaire(call.json()),
                    by: context.staff
                )
            )
        },
        Route(
            .get,
            "/api/v1/questionnaires/results",
            for: readers,
            "What was answered at a moment, counted; a count that is hidden is absent.",
            query: [
                .init("moment", .choice(Moment.allCases.map(\.rawValue)), "At entry where none."),
                .init("programme", .text(most: 40), "Of one programme, by its short name."),
                .init("run", .text(most: 30), "Of one run only, for who may see single answers."),
            ],
            gives: ResultsDocument.self
        ) { call, context in
            let told = try await store.questionnaireResults(
                ResultsFilter(call.query),
                for: context.staff
            )
            return try .json(ResultsDocument(told, in: context.language))
        },
    ]
}

private func responseRoutes(_ store: Store) -> [Route] {
    [
        Route(
            .get,
            "/api/v1/questionnaires/due",
            for: keepers,
            "Who is to be asked today, since longest first.",
            query: [
                .init("moment", .choice(Moment.allCases.map(\.rawValue)), "At entry where none."),
                .init("run", .text(most: 30), "Of one run only."),
                .init("after", .text(most: 60), "The last part's next."),
                .init("limit", .integer(least: 1, most: 200), "How many."),
            ],
            gives: Listing<DueQuestionnaire>.self
        ) { call, context in
            let filter = try ResultsFilter(call.query)
            let due = try await store.dueQuestionnaires(
                DueFilter(
                    filter.moment,
                    run: filter.run.map { try RunCode(typed: $0, field: .run) },
                    in: context.reach(.courseKeepers)
                ),
                after: call.query["after"],
                limit: call.query["limit"].map {
                    try number(typed: $0, field: .quantity, in: 1...200)
                } ?? 50
            )
            return try .json(Listing(due.items.map(\.due), next: due.next))
        },
        Route(
            .get,
            "/api/v1/questionnaires/{enrolment}/{moment}",
            for: keepers,
            "What somebody answered at a moment, every revision, the newest first.",
            gives: ToldResponses.self
        ) { call, context in
            let card = try await store.responseCard(
                of: call.id("enrolment"),
                at: call.moment(),
                in: context.reach(.courseKeepers)
            )
            return try .json(ToldResponses(card))
        },
        Route(
            .post,
            "/api/v1/questionnaires/{enrolment}/{moment}",
            for: keepers,
            "Writes down what somebody answered, or that they do not want to; a correction names what it corrects.",
            takes: AskedResponse.self,
            gives: ResponseRecorded.self
        ) { call, context in
            let asked: AskedResponse = try call.json()
            let recorded = try await store.recordResponse(
                asked.response(of: call.id("enrolment"), at: call.moment()),
                key: call.key(),
                by: context.staff
            )
            return try .json(recorded, .created)
        },
    ]
}

struct AskedResponse: Codable, Sendable {
    /// Absent: the version in force on the day of the answers.
    let version: ID<Questionnaire>?
    /// Absent: today.
    let answeredOn: Day?
    let means: ResponseMeans
    let declined: Bool?
    let answers: [GivenAnswer]?
    /// The revision that this one corrects.
    let corrects: Int?

    func response(
        of enrolment: ID<Enrolment>,
        at moment: Moment
    ) throws(Refusal) -> NewResponse {
        try NewResponse(
            of: enrolment,
            at: moment,
            version: version,
            on: answeredOn,
            means: means,
            isDeclined: declined ?? false,
            answers: answers ?? [],
            corrects: corrects
        )
    }
}

struct ToldResponses: Codable, Sendable {
    let enrolment: ID<Enrolment>
    let moment: Moment
    let person: String
    let run: String
    let questionnaire: Questionnaire
    let responses: [GivenResponse]

    init(_ card: ResponseCard) {
        enrolment = card.enrolment
        moment = card.moment
        person = card.person
        run = card.run
        questionnaire = card.questionnaire
        responses = card.responses
    }
}

/// The counts as a program reads them. Means are tenths, rounded half up.
public struct ResultsDocument: Codable, Sendable {
    public let moment: Moment
    public let programme: String?
    public let run: String?
    public let asked: Int
    public let answered: Int
    /// Absent where it is hidden.
    public let declined: Int?
    public let ratePercent: Int?
    /// Counts under so many persons are absent; absent itself where nothing is hidden.
    public let hiddenUnder: Int?
    public let questions: [QuestionPart]
    public let progress: [ProgressPart]

    public struct QuestionPart: Codable, Sendable {
        public let question: String
        public let kind: Question.Kind
        public let words: String
        public let answered: Int?
        public let meanTenths: Int?
        public let answers: [CellPart]
    }

    public struct CellPart: Codable, Sendable {
        public let value: String
        public let words: String
        public let persons: Int?
    }

    /// Of who answered at entry and at the end.
    public struct ProgressPart: Codable, Sendable {
        public let question: String
        public let persons: Int?
        public let entryTenths: Int?
        public let endTenths: Int?
    }

    public init(_ told: ToldResults, in language: Language) {
        let results = told.results
        moment = results.moment
        programme = told.programme
        run = told.run
        asked = results.asked
        answered = results.answered
        declined = results.declined
        ratePercent = results.ratePercent
        hiddenUnder = told.hiddenUnder
        questions = results.questions.map { counted in
            QuestionPart(
                question: counted.question.code,
                kind: counted.question.kind,
                words: counted.question.words(in: language),
                answered: counted.answered,
                meanTenths: counted.mean?.tenths,
                answers: counted.cells.map {
                    CellPart(value: $0.code, words: $0.words(in: language), persons: $0.count)
                }
            )
        }
        progress = results.progress.map {
            ProgressPart(
                question: $0.question.code,
                persons: $0.entry?.count,
                entryTenths: $0.entry?.tenths,
                endTenths: $0.end?.tenths
            )
        }
    }
}
