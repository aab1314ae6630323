import ArgumentParser
import Foundation
import Shop
import Store
import Till

/// Gifts on their way to the person.
struct HandOverCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hand-over",
        abstract: "The act of a gift: one signature for all that is on its ticket.",
        subcommands: [
            List.self, Show.self, Sign.self, PDF.self, Attach.self, HandOverTermsCommand.self,
        ]
    )

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lists acts: what waits for a signature first, then what is done.",
            discussion: PagedHelp.parts
        )
        @OptionGroup var shared: Shared
        @Option(help: "Of one shop, by its code; every shop by default.") var shop: String?
        @Option(help: "waiting, sheet_missing or done.") var state: String?
        @Option(help: "The part after the one whose `next` this is.") var after: String?
        @Option(help: "How many.") var limit = 50

        func run() async throws {
            try await shared.run { store, _ in
                let chosen = try await foundShop(shop, store)
                let part = try await store.handOvers(
                    in: chosen.map { .shops([$0]) } ?? .everyShop,
                    state: state.map { try HandOverRow.State(typed: $0, field: .counted) },
                    after: after,
                    limit: limit
                )
                return PagedAnswer(items: part.items.map(HandOverLine.init), next: part.next)
            }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Shows the act of a gift: what is on its paper, and how it was signed."
        )
        @OptionGroup var shared: Shared
        @Argument(help: "The gift’s number: LI1-G-000007.") var ticket: String

        func run() async throws {
            try await shared.run { store, _ in
                try await HandOverAnswer(store, code(ticket))
            }
        }
    }

    struct Sign: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Hands a gift over, once: signed on the screen, on paper, or refused."
        )
        @OptionGroup var shared: Shared
        @Argument(help: "The gift’s number: LI1-G-000007.") var ticket: String
        @Option(help: "How it is signed: screen, paper, refused.") var way: String
        @Option(
            help:
                "With screen: what was drawn in a box of 600 × 300, an M a stroke: ‘M12 40 13 42M90 80 91 85’."
        )
        var strokes: String?
        @Option(help: "With refused: the login of a second person who saw it.")
        var witness: String?
        @Option(help: "The language of the terms beside French; the person’s own by default.")
        var language: String?

        func run() async throws {
            try await shared.run { store, staff in
                let signature: HandOverSignature =
                    switch try HandOverWay(typed: way, field: .way) {
                    case .screen: .screen(try Strokes(typed: strokes ?? ""))
                    case .paper: .paper
                    case .refused:
                        .refused(
                            witness: .init(
                                try await store.staff(login: witness, till: staff.till?.code)
                            )
                        )
                    }
                let request = HandOverRequest(
                    ticket: try code(ticket),
                    language: try language.map { try SpokenLanguage(typed: $0) },
                    signature: signature
                )
                _ = try await Papers.french(store).sign(
                    request,
                    in: store,
                    key: shared.requestKey(store),
                    by: staff
                )
                return try await HandOverAnswer(store, request.ticket)
            }
        }

        func validate() throws {
            if way == HandOverWay.refused.rawValue, witness == nil {
                throw ValidationError("--witness is needed with --way refused")
            }
        }
    }

    struct PDF: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "pdf",
            abstract:
                "Writes the document of an act as it was sealed; before it is signed, the paper to sign."
        )
        @OptionGroup var shared: Shared
        @OptionGroup var paper: PaperFile
        @Argument(help: "The gift’s number: LI1-G-000007.") var ticket: String

        func run() async throws {
            try await shared.run { store, _ in
                let code = try code(ticket)
                let handedOver = try await store.handedOver(code)
                return try await paper.write(store) { papers in
                    handedOver.signed == nil
                        ? try await papers.handOver(store.handOverAct(code))
                        : try await store.handOverDocument(code)
                }
            }
        }
    }

    struct Attach: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Attaches what was signed on paper to its act."
        )
        @OptionGroup var shared: Shared
        @Argument(help: "The gift’s number: LI1-G-000007.") var ticket: String
        @Argument(help: "The sheet, scanned or photographed: PDF, JPEG or PNG.") var file: String

        func run() async throws {
            try await shared.run { store, staff in
                guard let bytes = FileManager.default.contents(atPath: file) else {
                    throw Refusal(.fileMissing, ["file": .text(file)])
                }
                return HandOverSheetAnswer(
                    sheet: try await store.attachHandOverSheet(
                        SignedSheet(bytes: Array(bytes)),
                        to: code(ticket),
                        key: shared.requestKey(store),
                        by: staff
                    )
                )
            }
        }
    }
}

/// The terms under which gifts are handed over.
struct HandOverTermsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "terms",
        abstract: "The terms that people read before they sign, dated.",
        subcommands: [List.self, Set.self]
    )

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lists every version of the terms, the newest first.",
            discussion: PagedHelp.whole
        )
        @OptionGroup var shared: Shared

        func run() async throws {
            try await shared.run { store, _ in
                PagedAnswer(whole: try await store.handOverTerms().map(TermsVersion.init))
            }
        }
    }

    struct Set: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Sets the terms from a day on, or adds a language to a version.",
            discussion: """
                French, a line a sentence, its drawing first: ‘yours: Ce matériel est à vous.’ Another language, a line for \
                each French sentence, without drawings. Drawings: \
                \(Pictogram.allCases.map(\.rawValue).joined(separator: ", ")).
                """
        )
        @OptionGroup var shared: Shared
        @Argument(help: "The file of plain text.") var file: String
        @Option(help: "The language, by two letters.") var language = "fr"
        @Option(
            help:
                "The first day of the version; today by default, for another language the version in force."
        )
        var from: String?

        func run() async throws {
            try await shared.run { store, staff in
                guard let data = FileManager.default.contents(atPath: file) else {
                    throw Refusal(.fileMissing, ["file": .text(file)])
                }
                let text = String(decoding: data, as: UTF8.self)
                let language = try SpokenLanguage(typed: language)
                let day = try from.map { try Day(typed: $0, field: .startsOn) }
                let key = shared.requestKey(store)
                if language == .french {
                    _ = try await store.setHandOverTerms(
                        TermLine.lines(typed: text),
                        from: day ?? store.today,
                        key: key,
                        by: staff
                    )
                } else {
                    let inForce = try await store.handOverTerms().inForce(on: store.today)
                    _ = try await store.translateHandOverTerms(
                        of: day ?? inForce?.startsOn ?? store.today,
                        into: language,
                        TermLine.sentences(typed: text),
                        key: key,
                        by: staff
                    )
                }
                return PagedAnswer(whole: try await store.handOverTerms().map(TermsVersion.init))
            }
        }
    }
}

/// Throws `saleUnknown`.
private func code(_ ticket: String) throws(Refusal) -> ReceiptCode {
    guard let code = ReceiptCode(ticket) else {
        throw Refusal(.saleUnknown, ["receipt": .text(String(ticket.prefix(40)))])
    }
    return code
}

private struct HandOverLine: Output {
    let row: HandOverRow

    init(_ row: HandOverRow) {
        self.row = row
    }

    func encode(to encoder: any Encoder) throws { try row.encode(to: encoder) }

    func words(in language: Language) -> String {
        "\(row.ticket)  \(row.givenAt.day.printed)  \(row.shop)  \(row.person)  \(row.what)"
            + (row.lineCount > 1 ? " +\(row.lineCount - 1)" : "")
            + "  \(row.way?.name(in: language) ?? row.state.name(in: language))"
    }
}

private struct HandOverAnswer: Output {
    let act: HandOverAct
    let handedOver: HandedOver

    init(_ store: Store, _ ticket: ReceiptCode) async throws {
        handedOver = try await store.handedOver(ticket)
        act = try await store.handOverAct(
            ticket,
            in: handedOver.signed.map { try SpokenLanguage(typed: $0.language) }
        )
    }

    func words(in language: Language) -> String {
        let signed = handedOver.signed.map { signed in
            "\(signed.way.name(in: language)), \(signed.at.day.printed) \(signed.at.clock), \(signed.by)"
                + (signed.witness.map { " + \($0)" } ?? "") + "\n\(signed.sha256)"
        }
        let state = signed ?? HandOverRow.State.waiting.name(in: language)
        let items = act.kept.map { item in
            "\(item.quantity) × \(item.description)"
                + [item.label, item.serial.isEmpty ? nil : item.serial].compactMap(\.self)
                .map { "  \($0)" }.joined()
        }
        let opened = act.opened.map(\.code).joined(separator: ", ")
        return (["\(act.ticket)  \(act.person)  \(act.programme)  \(opened)"] + items + [state])
            .joined(separator: "\n")
    }
}

private struct HandOverSheetAnswer: Output {
    let sheet: HandOverSheet

    func encode(to encoder: any Encoder) throws { try sheet.encode(to: encoder) }

    func words(in language: Language) -> String {
        "\(sheet.sheet)  \(sheet.kind.rawValue)  \(sheet.sha256)"
    }
}

private struct TermsVersion: Output {
    let terms: HandOverTerms

    init(_ terms: HandOverTerms) {
        self.terms = terms
    }

    func encode(to encoder: any Encoder) throws { try terms.encode(to: encoder) }

    func words(in language: Language) -> String {
        ([terms.startsOn.printed]
            + terms.texts.flatMap { text in
                [SpokenLanguage.name(of: text.language, in: language)]
                    + zip(terms.pictograms, text.sentences).map { "  \($0.rawValue): \($1)" }
            }).joined(separator: "\n")
    }
}
