import ArgumentParser
import Shop
import Store

/// Test benches that send their files by themselves.
struct StationCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "station",
        abstract:
            "Test benches that send their files by themselves, and files of theirs that wait.",
        subcommands: [
            Add.self, List.self, Batch.self, Revoke.self, Waiting.self, Take.self, Aside.self,
        ]
    )

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Opens a station for a test bench; its token is told once.",
            discussion: """
                The bench sends each file to POST /api/v1/stations/files with the header \
                "Authorization: Bearer TOKEN". The token is kept nowhere: lost, the station is revoked and another opened.
                """
        )
        @OptionGroup var shared: Shared
        @Argument(help: "What the workshop calls the bench.") var name: String
        @Option(help: "The shop in which it stands: its code.") var shop: String?

        func run() async throws {
            try await shared.run { store, staff in
                try await store.openStation(
                    named: ShortText(typed: name, field: .name),
                    in: try await store.shop(coded: shop, where: .stockWorkers, of: staff),
                    key: shared.requestKey(store),
                    by: staff
                )
            }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lists stations, the last opened first.",
            discussion: PagedHelp.parts
        )
        @OptionGroup var shared: Shared
        @Option(help: "The part after the one whose `next` this is.") var after: String?
        @Option(help: "How many.") var limit = 50

        func run() async throws {
            try await shared.run { store, staff in
                let part = try await store.stations(
                    in: staff.reach(.stockWorkers),
                    after: after,
                    limit: limit
                )
                return PagedAnswer(items: part.items, next: part.next)
            }
        }
    }

    struct Batch: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Puts a lot on a bench: the machines that it takes in from now on come with it."
        )
        @OptionGroup var shared: Shared
        @Argument(help: "The station’s code, such as LIP1.") var station: String
        @Argument(help: "The lot’s code; without it the lot is taken off.") var batch: String?

        func run() async throws {
            try await shared.run { store, staff in
                let code = try OperatorCode(typed: station)
                _ = try await store.setStationBatch(
                    code,
                    to: batch.map { try BatchCode.typed($0) },
                    key: shared.requestKey(store),
                    by: staff
                )
                return try await store.station(code)
            }
        }
    }

    struct Revoke: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Refuses what a station sends from now on."
        )
        @OptionGroup var shared: Shared
        @Argument(help: "Its code, such as LIP1.") var station: String

        func run() async throws {
            try await shared.run { store, staff in
                let code = try OperatorCode(typed: station)
                let key = shared.requestKey(store)
                _ = try await store.revokeStation(code, key: key, by: staff)
                return try await store.station(code)
            }
        }
    }

    struct Waiting: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lists files of stations that wait for a person, the first received first.",
            discussion: PagedHelp.parts
        )
        @OptionGroup var shared: Shared
        @Option(help: "The part after the one whose `next` this is.") var after: String?
        @Option(help: "How many.") var limit = 50

        func run() async throws {
            try await shared.run { store, staff in
                let part = try await store.waitingFiles(
                    in: staff.reach(.stockWorkers),
                    after: after,
                    limit: limit
                )
                return PagedAnswer(items: part.items, next: part.next)
            }
        }
    }

    struct Take: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Takes in what a waiting file describes."
        )
        @OptionGroup var shared: Shared
        @Argument(help: "The file's id.") var file: ID<WaitingFile>
        @Option(help: "The lot with which the machine came: its code.") var batch: String?
        @Flag(help: "A public body gave it: the law caps its price. A lot says it by its donor.")
        var fromPublicBody = false

        func run() async throws {
            try await shared.run { store, staff in
                TakenWaiting(
                    result: try await store.takeWaitingFile(
                        file,
                        of: batch.map { try BatchCode.typed($0) },
                        fromPublicBody: fromPublicBody,
                        key: shared.requestKey(store),
                        by: staff
                    )
                )
            }
        }
    }

    struct Aside: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Leaves a waiting file out of the stock; it is kept all the same."
        )
        @OptionGroup var shared: Shared
        @Argument(help: "The file's id.") var file: ID<WaitingFile>

        func run() async throws {
            try await shared.run { store, staff in
                let key = shared.requestKey(store)
                let id = try await store.putWaitingFileAside(file, key: key, by: staff)
                return Recorded(id: id.text)
            }
        }
    }
}

private struct TakenWaiting: Output {
    let result: HardwareImport

    func encode(to encoder: any Encoder) throws {
        try ToldImport(result, in: .french).encode(to: encoder)
    }

    func words(in language: Language) -> String { result.words(in: language) }
}

extension OpenedStation: Output {
    func words(in language: Language) -> String { "\(code)  \(token)" }
}

extension StationRow: Output {
    func words(in language: Language) -> String {
        let state = language.choose(
            revokedAt == nil ? "en service" : "révoqué",
            revokedAt == nil ? "in service" : "revoked"
        )
        return [code, name, shop, state].joined(separator: "  ")
    }
}

extension WaitingFileRow: Output {
    func words(in language: Language) -> String {
        [id.text, station, name, summary, doubt.words(label, in: language)]
            .joined(separator: "  ")
    }
}
