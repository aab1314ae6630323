import ArgumentParser
import Foundation
import Shop
import Store
import Till

extension Papers {
    /// What goes on paper, or out by mail, is French first.
    static func french(_ store: Store) async throws -> Papers {
        try await Papers(
            in: .french,
            isDemonstration: store.association()?.kind == .demonstration
        )
    }
}

/// Where a command puts a paper.
struct PaperFile: ParsableArguments {
    @Option(help: "The file to write.") var to: String

    /// Writes the paper that `make` draws in French; says where and how large it is.
    func write(_ store: Store, _ make: (Papers) async throws -> [UInt8]) async throws -> Written {
        try write(try await make(.french(store)))
    }

    func write(_ bytes: [UInt8]) throws -> Written {
        try Data(bytes).write(to: URL(filePath: to))
        return Written(file: to, bytes: bytes.count)
    }

    struct Written: Output {
        let file: String
        let bytes: Int

        func words(in language: Language) -> String { file }
    }
}
