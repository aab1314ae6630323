public import ArgumentParser
import Foundation
import Shop
public import Store

/// Recharge codes: the vault.
struct RechargeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "recharge",
        abstract:
            "Recharge codes: taken in, approved by a second person, shown once, accounted for.",
        subcommands: [
            Format.self, Import.self, Approve.self, Reject.self, List.self, Show.self, Codes.self,
            Reveal.self, Clear.self, Reconcile.self,
        ]
    )

    struct Import: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Takes in a file of codes with its delivery slip, whole or not at all.",
            discussion: "Nothing of it is on sale before another person approves the batch."
        )
        @OptionGroup var shared: Shared
        @Argument(help: "The operator's file: CSV or XLSX.") var file: String
        @Option(help: "The article that the codes are.") var product: String
        @Option(help: "How the file is written: a declared format.") var format: String
        @Option(help: "The delivery slip's number.") var slip: String
        @Option(help: "How many codes the slip declares.") var units: Int
        @Option(help: "Their face value together, as the slip declares it: 500,00.")
        var value: String
        @Option(help: "The file's SHA-256 on the slip, or its first digits.")
        var fingerprint: String?
        @Option(help: "The shop, by its code; by default that of the till.") var shop: String?
        @Flag(help: "Say what would be taken in; write nothing.") var dryRun = false

        func run() async throws {
            try await shared.run { store, staff in
                let delivery = CodeDelivery(
                    fileName: (file as NSString).lastPathComponent,
                    bytes: try bytes(of: file),
                    slip: try DeliverySlip(
                        number: ShortText(typed: slip, field: .deliverySlip, most: 100),
                        units: units,
                        value: Cents(typed: value),
                        fingerprint: fingerprint ?? ""
                    ),
                    product: try ShortCode(typed: product),
                    format: try ShortCode(typed: format)
                )
                let shop = try await store.shop(coded: shop, where: .vaultKeepers, of: staff)
                return dryRun
                    ? try await store.previewCodes(delivery, into: shop, by: staff)
                    : try await store.importCodes(
                        delivery,
                        into: shop,
                        key: shared.requestKey(store),
                        by: staff
                    )
            }
        }
    }

    struct Approve: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Puts a batch on sale: another person than the one who took it in."
        )
        @OptionGroup var shared: Shared
        @Argument(help: "The batch's code.") var batch: String

        func run() async throws {
            try await shared.run { store, staff in
                try await store.decideCodes(
                    CodeBatchCode.typed(batch),
                    rejection: nil,
                    key: shared.requestKey(store),
                    by: staff
                )
            }
        }
    }

    struct Reject: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Rejects a batch: its codes are let go of, and its file may come again."
        )
        @OptionGroup var shared: Shared
        @Argument(help: "The batch's code.") var batch: String
        @Option(help: "Why it is rejected.") var motive: String

        func run() async throws {
            try await shared.run { store, staff in
                try await store.decideCodes(
                    CodeBatchCode.typed(batch),
                    rejection: ShortText(typed: motive, field: .motive, most: 500),
                    key: shared.requestKey(store),
                    by: staff
                )
            }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lists batches of codes, the last taken in first.",
            discussion: PagedHelp.parts
        )
        @OptionGroup var shared: Shared
        @Option(help: "waiting, approved or rejected.") var stage: CodeBatchStage?
        @Option(help: "The part after the one whose `next` this is.") var after: String?
        @Option(help: "How many.") var limit = 50

        func run() async throws {
            try await shared.run { store, staff in
                let part = try await store.codeBatches(
                    stage: stage,
                    in: staff.reach(.vaultKeepers),
                    after: after,
                    limit: limit
                )
                return PagedAnswer(items: part.items, next: part.next)
            }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Shows a batch: its slip, who approved it, what became of its codes."
        )
        @OptionGroup var shared: Shared
        @Argument(help: "The batch's code.") var batch: String

        func run() async throws {
            try await shared.run { store, staff in
                CodeBatchAnswer(
                    card: try await store.codeBatch(
                        CodeBatchCode.typed(batch),
                        in: staff.reach(.vaultKeepers)
                    )
                )
            }
        }
    }

    struct Codes: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Lists a ticket's codes by their last characters: who was shown them, and what came back."
        )
        @OptionGroup var shared: Shared
        @Argument(help: "The ticket's number.") var receipt: String

        func run() async throws {
            try await shared.run { store, staff in
                TicketCodesAnswer(
                    items: try await store.codes(
                        of: typedReceipt(receipt),
                        in: staff.reach(.sellers)
                    )
                )
            }
        }
    }

    struct Reveal: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Shows a ticket's codes: once, at the till that sold them.",
            discussion: "Again, or elsewhere: by who answers for the shop, with a motive."
        )
        @OptionGroup var shared: Shared
        @Argument(help: "The ticket's number.") var receipt: String
        @Option(help: "Why they are shown again, or elsewhere.") var motive: String?

        func run() async throws {
            try await shared.run { store, staff in
                ShownCodesAnswer(
                    shown: try await store.revealCodes(
                        of: typedReceipt(receipt),
                        motive: motive.map {
                            try ShortText(typed: $0, field: .motive, most: 500)
                        },
                        key: shared.requestKey(store),
                        by: staff
                    )
                )
            }
        }
    }

    struct Clear: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Writes down the operator's proof that a code which was shown was not used.",
            discussion: "Another person may then refund it; it is never sold again."
        )
        @OptionGroup var shared: Shared
        @Argument(help: "The ticket's number.") var receipt: String
        @Option(help: "The ticket's line, from 1.") var line = 1
        @Option(help: "The unit of the line, from 1.") var unit = 1
        @Option(help: "What the operator answered, and under which reference.") var proof: String

        func run() async throws {
            try await shared.run { store, staff in
                try await store.clearCode(
                    of: typedReceipt(receipt),
                    line: line,
                    unit: unit,
                    proof: ShortText(typed: proof, field: .proof, most: 500),
                    key: shared.requestKey(store),
                    by: staff
                )
            }
        }
    }

    struct Reconcile: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Accounts for a day of the vault, a shop and an article a line.",
            discussion: "Exit status 1 when a unit is missing or too many."
        )
        @OptionGroup var shared: Shared
        @Option(help: "The day; by default today.") var on: String?

        func run() async throws {
            try await shared.run { store, staff in
                CodeDaysAnswer(
                    items: try await store.reconcileCodes(
                        on: on.map { try Day(typed: $0) } ?? store.today,
                        in: staff.reach(.vaultReaders)
                    )
                )
            }
        }
    }
}

extension RechargeCommand {
    struct Format: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "format",
            abstract: "How operators write their files of codes.",
            subcommands: [Declare.self, List.self]
        )

        struct Declare: AsyncParsableCommand {
            static let configuration = CommandConfiguration(
                abstract: "Declares how an operator writes its files of codes.",
                discussion: "A column is its number from 1, or its name in the last heading line."
            )
            @OptionGroup var shared: Shared
            @Argument(help: "Its short name: sfr-2026.") var code: String
            @Option(help: "Its name.") var name: String
            @Option(help: "How many characters each code has.") var codeLength: Int
            @Option(help: "Where the code stands.") var codeColumn: String
            @Option(help: "Where the serial stands.") var serialColumn: String?
            @Option(help: "Where the face value stands.") var valueColumn: String?
            @Option(help: "Where the last day stands on which the code can be entered.")
            var expiryColumn: String?
            @Option(help: "utf-8 or windows-1252.") var encoding = "utf-8"
            @Option(help: "comma, semicolon or tab.") var delimiter = "semicolon"
            @Option(help: "Lines before the first code.") var headingLines = 1
            @Option(help: "Of the last line, which then holds no code: where the count stands.")
            var checkUnitsColumn: String?
            @Option(help: "Of the last line: where the total face value stands.")
            var checkValueColumn: String?

            func run() async throws {
                try await shared.run { store, staff in
                    try await store.declareCodeFormat(
                        CodeFormat(
                            code: ShortCode(typed: code),
                            name: ShortText(typed: name, field: .name),
                            encoding: DelimitedText.Encoding(typed: encoding, field: .encoding),
                            delimiter: DelimitedText.Delimiter(typed: delimiter, field: .delimiter),
                            headingLines: headingLines,
                            codeLength: codeLength,
                            codeColumn: codeColumn,
                            serialColumn: serialColumn ?? "",
                            valueColumn: valueColumn ?? "",
                            expiryColumn: expiryColumn ?? "",
                            checkUnitsColumn: checkUnitsColumn ?? "",
                            checkValueColumn: checkValueColumn ?? ""
                        ),
                        key: shared.requestKey(store),
                        by: staff
                    )
                }
            }
        }

        struct List: AsyncParsableCommand {
            static let configuration = CommandConfiguration(
                abstract: "Lists declared formats, by code.",
                discussion: PagedHelp.parts
            )
            @OptionGroup var shared: Shared
            @Option(help: "From after this code on.") var after: String?
            @Option(help: "How many.") var limit = 50

            func run() async throws {
                try await shared.run { store, _ in
                    let part = try await store.codeFormats(after: after, limit: limit)
                    return PagedAnswer(items: part.items, next: part.next)
                }
            }
        }
    }
}

extension CodeBatchStage: ExpressibleByArgument {}

/// Throws `saleUnknown`.
private func typedReceipt(_ text: String) throws(Refusal) -> ReceiptCode {
    guard let code = ReceiptCode(text) else {
        throw Refusal(.saleUnknown, ["receipt": .text(String(text.prefix(40)))])
    }
    return code
}

extension CodeFormat: Output {
    func words(in language: Language) -> String { "\(code)  \(name)" }
}

extension ImportedCodes: Output {
    func words(in language: Language) -> String {
        let each = Written.cents(faceValue, in: language)
        let all = Written.cents(total, in: language)
        let codes = language.choose(
            "\(units) codes de \(each), \(all) en tout",
            "\(units) codes of \(each), \(all) in all"
        )
        return batch.map { "\($0)  \(codes)" } ?? codes
    }
}

extension DecidedBatch: Output {
    func words(in language: Language) -> String {
        "\(batch)  \(stage.name(in: language))  \(units)"
    }
}

extension CodeBatchRow: Output {
    func words(in language: Language) -> String {
        [
            code, name(in: language), "\(free)/\(units)", stage.name(in: language), importedBy,
        ].joined(separator: "  ")
    }
}

private struct CodeBatchAnswer: Output {
    let card: CodeBatchCard

    func encode(to encoder: any Encoder) throws { try card.encode(to: encoder) }

    func words(in language: Language) -> String {
        let fates = language.choose(
            "  vendus \(card.sold), montrés \(card.shown), en litige \(card.disputed), périmés \(card.expired)",
            "  sold \(card.sold), shown \(card.shown), disputed \(card.disputed), expired \(card.expired)"
        )
        let decision = card.decided.map { decided in
            ["  \(decided.at.day.printed) \(decided.operatorCode) \(decided.motive)"]
        }
        return ([card.batch.words(in: language), fates] + (decision ?? [])).joined(separator: "\n")
    }
}

private struct TicketCodesAnswer: Output {
    let items: [TicketCode]

    func words(in language: Language) -> String {
        items.isEmpty
            ? language.choose("Aucun code.", "No code.")
            : items.map { $0.words(in: language) }.joined(separator: "\n")
    }
}

extension TicketCode: Output {
    func words(in language: Language) -> String {
        let shown = showings.map { "\($0.at.day.printed) \($0.operatorCode)" }
        return
            (["\(position).\(unit)", name(in: language), "…\(tail)", state.name(in: language)]
            + shown).joined(separator: "  ")
    }
}

/// The one answer that holds a code.
private struct ShownCodesAnswer: Output {
    let shown: ShownCodes

    private struct Line: Encodable {
        let product: String
        let code: String
        let serial: String
        let faceValueCents: Cents
        let expiresOn: Day?
    }

    private enum Names: String, CodingKey { case receipt, codes }

    func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: Names.self)
        try fields.encode(shown.receipt, forKey: .receipt)
        let lines = shown.codes.map { code in
            Line(
                product: code.nameFr,
                code: code.text.shown,
                serial: code.serial,
                faceValueCents: code.faceValue,
                expiresOn: code.expiresOn
            )
        }
        try fields.encode(lines, forKey: .codes)
    }

    func words(in language: Language) -> String {
        shown.codes.map { code in
            [
                code.name(in: language), code.text.shown,
                code.expiresOn.map {
                    language.choose("avant le \($0.printed)", "until \($0.printed)")
                },
            ].compactMap { $0 }.joined(separator: "  ")
        }.joined(separator: "\n")
    }
}

private struct CodeDaysAnswer: Output {
    let items: [CodeDay]

    var isFine: Bool { items.allSatisfy(\.isFine) }

    func words(in language: Language) -> String {
        items.map { day in
            let moved = [
                "+\(day.approved.units)", "-\(day.sold.units)", "-\(day.given.units)",
                "+\(day.returned.units)",
            ].joined(separator: " ")
            let verdict =
                day.isFine
                ? language.choose("juste", "adds up")
                : language.choose(
                    "ÉCART \(day.difference), illisibles \(day.broken)",
                    "DIFFERENCE \(day.difference), not opening \(day.broken)"
                )
            return [
                day.shop, day.name(in: language),
                "\(day.opening.units) \(moved) = \(day.closing.units)",
                Written.cents(day.closing.faceValue, in: language), verdict,
            ].joined(separator: "  ")
        }.joined(separator: "\n")
    }
}
