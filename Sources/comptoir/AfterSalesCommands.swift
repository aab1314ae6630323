import ArgumentParser
import Foundation
import Shop
import Store

struct AfterSalesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "after-sales",
        abstract: "What comes back while it is somebody's: guarantee, diagnosis, repair, exchange.",
        subcommands: [
            Find.self, Tree.self, SetTree.self, List.self, Show.self, Open.self, Receive.self,
            Diagnose.self,
            Repair.self, Refuse.self, HandBack.self, Close.self, Exchange.self, Refund.self,
        ]
    )

    struct Find: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Machines that somebody has, by label, receipt, person's code, serial or model.",
            discussion: PagedHelp.parts
        )
        @OptionGroup var shared: Shared
        @Argument(help: "What is at hand.") var words: [String]
        @Option(help: "The last part's next.") var after: String?
        @Option(help: "How many, 100 at most.") var limit = 20

        func run() async throws {
            try await shared.run { store, staff in
                let part = try await store.handedOverDevices(
                    matching: words.joined(separator: " "),
                    in: staff.reach(.afterSalesKeepers),
                    by: staff,
                    after: after,
                    limit: limit
                )
                return PagedAnswer(items: part.items, next: part.next)
            }
        }
    }

    struct Tree: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "The symptoms and questions in force today."
        )
        @OptionGroup var shared: Shared

        func run() async throws {
            try await shared.runOpen { store in try await store.diagnosisTree() }
        }
    }

    struct SetTree: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Writes other symptoms and questions down, from a day on.",
            discussion:
                "The file is what `after-sales tree --json` prints, with the day in starts_on."
        )
        @OptionGroup var shared: Shared
        @Argument(help: "The file, in JSON.", completion: .file()) var file: String

        func run() async throws {
            try await shared.run { store, staff in
                try await store.setDiagnosisTree(
                    tree(),
                    key: shared.requestKey(store),
                    by: staff
                )
            }
        }

        /// Throws `fileMissing`, `inputUnreadable`.
        private func tree() throws -> DiagnosisTree {
            let decoder = JSONDecoder()
            decoder.keyDecodingStrategy = .convertFromSnakeCase
            let data = Data(try bytes(of: file).prefix(1 << 20))
            do {
                return try decoder.decode(DiagnosisTree.self, from: data)
            } catch is DecodingError {
                throw Refusal(.inputUnreadable)
            }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Cases, the last opened first.",
            discussion: PagedHelp.parts
        )
        @OptionGroup var shared: Shared
        @Option(help: "open, all or a stage.") var state = "open"
        @Option(help: "Of one machine, by its label.") var label: String?
        @Option(help: "The last part's next.") var after: String?
        @Option(help: "How many, 200 at most.") var limit = 50

        func run() async throws {
            try await shared.run { store, staff in
                let part = try await store.cases(
                    AfterSalesFilter(typed: state),
                    of: label.map { text throws(Refusal) in try DeviceLabel.typed(text) },
                    in: staff.reach(.afterSalesKeepers),
                    after: after,
                    limit: limit
                )
                return PagedAnswer(items: part.items, next: part.next)
            }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "A case, what can be done next, and what happened."
        )
        @OptionGroup var shared: Shared
        @Argument(help: "Its code, such as LIAV26-0001.") var code: String

        func run() async throws {
            try await shared.run { store, staff in
                try await store.afterSalesCase(
                    AfterSalesCode.typed(code),
                    in: staff.reach(.afterSalesKeepers)
                )
            }
        }
    }

    struct Open: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Opens a case for a machine that somebody has."
        )
        @OptionGroup var shared: Shared
        @Argument(help: "The machine's label.") var label: String
        @Argument(help: "A symptom's code; see tree.") var symptom: String
        @Flag(help: "The machine is not here yet.") var announced = false

        func run() async throws {
            try await shared.run { store, staff in
                let done = try await store.openCase(
                    DeviceLabel.typed(label),
                    symptom: symptom,
                    isHere: !announced,
                    key: shared.requestKey(store),
                    by: staff
                )
                return try await store.afterSalesCase(AfterSalesCode.typed(done.code))
            }
        }
    }

    struct Receive: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Takes in the machine of an announced case."
        )
        @OptionGroup var shared: Shared
        @Argument(help: "The case's code.") var code: String

        func run() async throws { try await shared.advance(code, .receive) }
    }

    struct Diagnose: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Records the answers of the tree, from the symptom's first question on."
        )
        @OptionGroup var shared: Shared
        @Argument(help: "The case's code.") var code: String
        @Argument(help: "An answer a question: 2-3-2.") var answers: String

        func run() async throws { try await shared.advance(code, .diagnose, answers: answers) }
    }

    struct Repair: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Records a repair; one that is covered makes the guarantee longer."
        )
        @OptionGroup var shared: Shared
        @Argument(help: "The case's code.") var code: String
        @Option(help: "What was done to the machine.") var work: String

        func run() async throws { try await shared.advance(code, .repair, work: work) }
    }

    struct Refuse: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Says that the guarantee does not cover it."
        )
        @OptionGroup var shared: Shared
        @Argument(help: "The case's code.") var code: String

        func run() async throws { try await shared.advance(code, .refuse) }
    }

    struct HandBack: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Hands the machine back; the case ends."
        )
        @OptionGroup var shared: Shared
        @Argument(help: "The case's code.") var code: String

        func run() async throws { try await shared.advance(code, .handBack) }
    }

    struct Close: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Ends a case whose machine never came."
        )
        @OptionGroup var shared: Shared
        @Argument(help: "The case's code.") var code: String

        func run() async throws { try await shared.advance(code, .close) }
    }

    struct Exchange: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Gives another machine in its place, by a ticket that costs nothing."
        )
        @OptionGroup var shared: Shared
        @Argument(help: "The case's code.") var code: String
        @Argument(help: "The label of a machine on the shelf.") var replacement: String

        func run() async throws {
            try await shared.run { store, staff in
                let code = try AfterSalesCode.typed(code)
                _ = try await store.exchangeDevice(
                    code,
                    for: DeviceLabel.typed(replacement),
                    key: shared.requestKey(store),
                    by: staff
                )
                return try await store.afterSalesCase(code)
            }
        }
    }

    struct Refund: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Refunds the machine at the till; the case ends."
        )
        @OptionGroup var shared: Shared
        @Argument(help: "The case's code.") var code: String
        @Option(help: "How the money goes back: cash, card or cheque.") var means: String = "cash"

        func run() async throws {
            try await shared.run { store, staff in
                let code = try AfterSalesCode.typed(code)
                _ = try await store.refundCase(
                    code,
                    by: Means(typed: means, field: .means),
                    key: shared.requestKey(store),
                    by: staff
                )
                return try await store.afterSalesCase(code)
            }
        }
    }
}

extension Shared {
    /// Does what needs no ticket, and shows the case.
    fileprivate func advance(
        _ typed: String,
        _ act: AfterSalesAct,
        answers: String? = nil,
        work: String? = nil
    ) async throws {
        try await run { store, staff in
            let code = try AfterSalesCode.typed(typed)
            _ = try await store.advanceCase(
                code,
                AfterSalesMove(act, answers: answers, work: work),
                key: requestKey(store),
                by: staff
            )
            return try await store.afterSalesCase(code)
        }
    }
}

extension HandedOverDevice: Output {
    func words(in language: Language) -> String {
        [
            label, "\(maker) \(model)", serial, receipt, guaranteedUntil.printed, openCase ?? "",
        ].filter { !$0.isEmpty }.joined(separator: "  ")
    }
}

extension AfterSalesRow: Output {
    func words(in language: Language) -> String {
        [code, label, symptom.name(in: language), stage.name(in: language), since.day.printed]
            .joined(separator: "  ")
    }
}

extension AfterSalesCard: Output {
    func words(in language: Language) -> String {
        let lines: [String?] = [
            row.words(in: language), device.words(in: language),
            coverage.outcome.map { $0.name(in: language) },
            acts.first.map { "→ \($0.name(in: language))" },
        ]
        return lines.compactMap { $0 }.joined(separator: "\n")
    }
}

extension DiagnosisTree: Output {
    func words(in language: Language) -> String {
        let symptoms = symptoms.map {
            "\($0.code)  \($0.name(in: language))  → \($0.firstQuestion)"
        }
        let questions = questions.map { question in
            let answers = question.answers.map { answer in
                let leads =
                    answer.nextQuestion.map(String.init)
                    ?? answer.outcome?.name(in: language) ?? ""
                return "   \(answer.number). \(answer.words(in: language)) → \(leads)"
            }
            return (["\(question.number)  \(question.words(in: language))"] + answers)
                .joined(separator: "\n")
        }
        return (symptoms + questions).joined(separator: "\n")
    }
}
