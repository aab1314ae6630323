import ArgumentParser
import Foundation
import Shop
import Store

/// What people are told of what is kept about them.
struct PrivacyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "privacy",
        abstract: "The notice on personal data, dated.",
        subcommands: [List.self, Set.self]
    )

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lists every version of the notice, the newest first.",
            discussion: PagedHelp.whole
        )
        @OptionGroup var shared: Shared

        func run() async throws {
            try await shared.run { store, _ in
                PagedAnswer(whole: try await store.privacyNotices().map(NoticeVersion.init))
            }
        }
    }

    struct Set: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Sets the notice from a day on, from two files of plain text."
        )
        @OptionGroup var shared: Shared
        @Option(help: "The file with the French text.") var french: String
        @Option(help: "The file with the English text.") var english: String
        @Option(help: "The first day; today by default.") var from: String?

        func run() async throws {
            try await shared.run { store, staff in
                let day = try from.map { try Day(typed: $0, field: .startsOn) } ?? store.today
                _ = try await store.setPrivacyNotice(
                    french: try text(in: french, .frenchText),
                    english: try text(in: english, .englishText),
                    from: day,
                    key: shared.requestKey(store),
                    by: staff
                )
                return PagedAnswer(whole: try await store.privacyNotices().map(NoticeVersion.init))
            }
        }

        private func text(in path: String, _ field: FieldName) throws -> LongText {
            guard let data = FileManager.default.contents(atPath: path) else {
                throw Refusal(.fileMissing, ["file": .text(path)])
            }
            return try LongText(typed: String(decoding: data, as: UTF8.self), field: field)
        }
    }
}

extension PersonCommand {
    struct Notice: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Writes down what a person said to the notice on personal data.",
            discussion:
                "Where the answer is refuse, the name and the phone are erased: the person keeps every right under the code."
        )
        @OptionGroup var shared: Shared
        @OptionGroup var who: Who
        @Option(help: "What they said: accept or refuse.") var answer: String
        @Option(help: "How they were told: spoken, paper, screen.") var told = "spoken"

        private enum Answer: String, CaseIterable {
            case accept, refuse
        }

        func run() async throws {
            try await shared.run { store, staff in
                let answer = try Answer(typed: answer, field: .notice)
                let person = try await store.answerNotice(
                    who.person(store),
                    accepted: answer == .accept,
                    told: NoticeTold(typed: told, field: .told),
                    key: shared.requestKey(store),
                    by: staff
                )
                return try await PersonAnswer(store.person(person))
            }
        }
    }
}

private struct NoticeVersion: Output {
    let notice: PrivacyNotice

    init(_ notice: PrivacyNotice) {
        self.notice = notice
    }

    func encode(to encoder: any Encoder) throws { try notice.encode(to: encoder) }

    func words(in language: Language) -> String {
        "\(notice.startsOn.printed)\n\(notice.text(in: language))"
    }
}
