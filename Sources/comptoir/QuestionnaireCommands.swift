import ArgumentParser
import Foundation
import Shop
import Store
import Till

/// The questionnaires of the course: at entry, at the end, six months after.
struct QuestionnaireCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "questionnaire",
        abstract: "Questionnaires of the course: questions, who is due, answers, results.",
        subcommands: [
            List.self, Set.self, Due.self, Record.self, Show.self, Results.self, Paper.self,
        ]
    )

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lists every version of the questions, by moment, the newest first.",
            discussion: PagedHelp.whole
        )
        @OptionGroup var shared: Shared

        func run() async throws {
            try await shared.run { store, _ in
                PagedAnswer(whole: try await store.questionnaires().map(VersionAnswer.init))
            }
        }
    }

    struct Set: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Sets the questions of a moment from a day on, from a JSON file.",
            discussion: """
                The file: moment (entry, end, six_months), starts_on (today where absent), and questions, each with code, kind \
                (one_of, several_of, scale_1_to_5, number), french, english; choices (code, french, english) where there is \
                something to choose; least and most of a number. It has the shape that list --json shows.
                """
        )
        @OptionGroup var shared: Shared
        @Argument(help: "The file.", completion: .file()) var file: String
        @Flag(help: "Say what it would change, and write nothing.") var dryRun = false

        func run() async throws {
            try await shared.run { store, staff in
                let new = try NewQuestionnaire(read())
                guard !dryRun else {
                    return SetAnswer(try await store.previewQuestionnaire(new, by: staff))
                }
                let key = shared.requestKey(store)
                return SetAnswer(try await store.setQuestionnaire(new, key: key, by: staff))
            }
        }

        /// Throws `fileMissing`, `inputUnreadable` with the place, or what a value's own reading refuses.
        private func read() throws -> QuestionnaireFile {
            guard let data = FileManager.default.contents(atPath: file) else {
                throw Refusal(.fileMissing, ["file": .text(file)])
            }
            let decoder = JSONDecoder()
            decoder.keyDecodingStrategy = .convertFromSnakeCase
            do {
                return try decoder.decode(QuestionnaireFile.self, from: data)
            } catch let error as DecodingError {
                throw Refusal(.inputUnreadable, ["text": .text(place(of: error))])
            }
        }

        private func place(of error: DecodingError) -> String {
            let path: [any CodingKey] =
                switch error {
                case .keyNotFound(let key, let context): context.codingPath + [key]
                case .valueNotFound(_, let context), .typeMismatch(_, let context),
                    .dataCorrupted(let context):
                    context.codingPath
                @unknown default: []
                }
            let words = path.map { $0.intValue.map(String.init) ?? $0.stringValue }
            return words.isEmpty ? "JSON" : words.joined(separator: ".")
        }
    }

    struct Due: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lists who is to be asked today, since longest first.",
            discussion: PagedHelp.parts
        )
        @OptionGroup var shared: Shared
        @Option(help: "The moment: entry, end, six_months.") var moment = Moment.entry.rawValue
        @Option(name: .customLong("run"), help: "Of one run only.") var run: String?
        @Option(help: "What the part before gave as next.") var after: String?
        @Option(help: "How many, 200 at most.") var limit = 50

        func run() async throws {
            try await shared.run { store, staff in
                guard (1...200).contains(limit) else {
                    throw Refusal(
                        .quantityOutOfRange,
                        ["field": .field(.quantity), "least": .number(1), "most": .number(200)]
                    )
                }
                let part = try await store.dueQuestionnaires(
                    DueFilter(
                        Moment(typed: moment, field: .moment),
                        run: run.map { try RunCode(typed: $0, field: .run) },
                        in: staff.reach(.courseKeepers)
                    ),
                    after: after,
                    limit: limit
                )
                return PagedAnswer(
                    items: part.items.map { DueAnswer(due: $0.due) },
                    next: part.next
                )
            }
        }
    }

    struct Record: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Writes down what somebody answered at a moment, or that they do not want to."
        )
        @OptionGroup var shared: Shared
        @Argument(help: "The run.") var code: String
        @Argument(help: "The person: their code.") var person: String
        @Argument(help: "The moment: entry, end, six_months.") var moment: String
        @Option(help: "An answer, QUESTION=VALUE or QUESTION=VALUE,VALUE; may be repeated.")
        var answer: [String] = []
        @Flag(help: "They do not want to answer.") var declined = false
        @Option(help: "How the answers came: paper, phone, screen.") var means: String
        @Option(help: "The day of the answers; today by default.") var on: String?
        @Option(help: "The version that was answered, by its first day.") var version: String?
        @Option(help: "The revision that this one corrects.") var corrects: Int?

        func run() async throws {
            try await shared.run { store, staff in
                let moment = try Moment(typed: moment, field: .moment)
                let enrolment = try await store.enrolment(
                    of: store.person(typed: person),
                    in: RunCode(typed: code),
                    in: staff.reach(.courseKeepers)
                )
                return RecordedAnswer(
                    recorded: try await store.recordResponse(
                        NewResponse(
                            of: enrolment,
                            at: moment,
                            version: named(store, moment),
                            on: on.map { try Day(typed: $0, field: .answeredOn) },
                            means: ResponseMeans(typed: means, field: .responseMeans),
                            isDeclined: declined,
                            answers: answer.map { try GivenAnswer(typed: $0) },
                            corrects: corrects
                        ),
                        key: shared.requestKey(store),
                        by: staff
                    )
                )
            }
        }

        private func named(_ store: Store, _ moment: Moment) async throws -> ID<Questionnaire>? {
            guard let version else { return nil }
            let day = try Day(typed: version, field: .version)
            let found = try await store.questionnaires().first {
                $0.moment == moment && $0.startsOn == day
            }
            guard let found else {
                throw Refusal(
                    .unknownThing,
                    ["field": .field(.version), "text": .text(day.iso)]
                )
            }
            return found.id
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Shows what somebody answered at a moment, every revision, the newest first."
        )
        @OptionGroup var shared: Shared
        @Argument(help: "The run.") var code: String
        @Argument(help: "The person: their code.") var person: String
        @Argument(help: "The moment: entry, end, six_months.") var moment: String

        func run() async throws {
            try await shared.run { store, staff in
                let reach = staff.reach(.courseKeepers)
                let enrolment = try await store.enrolment(
                    of: store.person(typed: person),
                    in: RunCode(typed: code),
                    in: reach
                )
                return ResponsesAnswer(
                    try await store.responseCard(
                        of: enrolment,
                        at: Moment(typed: moment, field: .moment),
                        in: reach
                    )
                )
            }
        }
    }

    struct Results: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Counts what was answered at a moment.",
            discussion: "What is hidden from whoever may not see single answers is absent."
        )
        @OptionGroup var shared: Shared
        @Option(help: "The moment: entry, end, six_months.") var moment = Moment.entry.rawValue
        @Option(help: "Of one programme.") var programme: String?
        @Option(name: .customLong("run"), help: "Of one run only.") var run: String?
        @Flag(help: "Print a table for a spreadsheet.") var csv = false

        func run() async throws {
            try await shared.run { store, staff in
                ResultsAnswer(
                    told: try await store.questionnaireResults(
                        ResultsFilter(
                            Moment(typed: moment, field: .moment),
                            programme: programme,
                            run: run.map { try RunCode(typed: $0, field: .run) }
                        ),
                        for: staff
                    ),
                    isTable: csv
                )
            }
        }
    }

    struct Paper: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "pdf",
            abstract: "Writes the blank questionnaires of a run to a PDF file, a page a person."
        )
        @OptionGroup var shared: Shared
        @OptionGroup var file: PaperFile
        @Argument(help: "The run.") var code: String
        @Argument(help: "The moment: entry, end, six_months.") var moment: String
        @Option(help: "One person alone: their code.") var person: String?

        func run() async throws {
            try await shared.run { store, staff in
                let (run, reach) = (try RunCode(typed: code), staff.reach(.courseKeepers))
                var enrolment: ID<Enrolment>?
                if let person {
                    enrolment = try await store.enrolment(
                        of: store.person(typed: person),
                        in: run,
                        in: reach
                    )
                }
                let papers = try await store.paperQuestionnaires(
                    of: run,
                    at: Moment(typed: moment, field: .moment),
                    for: enrolment,
                    in: reach
                )
                return try await file.write(store) { try await $0.questionnaires(papers) }
            }
        }
    }
}
