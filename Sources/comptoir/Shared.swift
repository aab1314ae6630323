import ArgumentParser
import Foundation
import Logging
import Postgres
import Shop
import Store

/// What every command takes, and the one way in which a command runs and ends.
struct Printing: ParsableArguments {
    @Flag(help: "Print one JSON document on standard output, and nothing else.")
    var json = false

    /// Opens the installation, runs the body, prints what it returns.
    func open<Answer: Output>(_ body: (Store) async throws -> Answer) async throws {
        try await answer { settings in
            let installation = try await Installation.open(settings.place, logger: .quiet)
            let result: Result<Answer, any Error>
            do { result = .success(try await body(installation.store)) } catch {
                result = .failure(error)
            }
            try await installation.close()
            return try result.get()
        }
    }

    /// Reads the settings, prints what the body returns, and turns what it throws into the exit
    /// status: 1 refused, 2 wrong usage, 70 fault.
    func answer<Answer: Output>(_ body: (Settings) async throws -> Answer) async throws {
        var language = Language.french
        do {
            let settings = try await Settings.read()
            language = settings.language
            let answer = try await body(settings)
            if json {
                if let objects = answer.objects(in: language) {
                    for object in objects { try Printed.json(object) }
                } else {
                    try Printed.json(answer)
                }
            } else {
                let words = answer.words(in: language)
                if !words.isEmpty { Printed.line(words, to: .standardOutput) }
            }
            if !answer.isFine { throw ExitCode(1) }
        } catch let refusal as Refusal {
            if json {
                try Printed.json(RefusalDocument(refusal: refusal.told(in: language)))
            } else {
                Printed.line(refusal.lines(in: language), to: .standardError)
            }
            throw ExitCode(1)
        } catch let setting as WrongSetting {
            Printed.line(setting.description, to: .standardError)
            throw ExitCode(2)
        } catch let code as ExitCode {
            throw code
        } catch {
            try tell(fault: error, in: language)
            throw ExitCode(70)
        }
    }

    private func tell(fault: any Error, in language: Language) throws {
        let reference = UUID().uuidString.prefix(8).lowercased()
        Printed.line("\(reference): \(fault)", to: .standardError)
        if json {
            let what = language.choose(
                "Une panne est survenue\u{A0}: elle est décrite sur la sortie d’erreur.",
                "A fault occurred: it is described on standard error."
            )
            try Printed.json(FaultDocument(fault: .init(reference: reference, what: what)))
        }
    }
}

/// What a command takes that somebody runs on the shop's records.
struct Shared: ParsableArguments {
    @OptionGroup var printing: Printing

    @Option(
        name: .customLong("as"),
        help: "Who does it: a login. By default the first administrator."
    )
    var login: String?

    @Option(help: "The till at which it is done. By default the first one.")
    var till: String?

    @Option(help: "The request's key, a UUID (version 7): the same key again does nothing again.")
    var key: ID<Claim>?

    var json: Bool { printing.json }

    /// Finds who acts, runs the body, prints what it returns. Nothing is done while the journal is behind what was told outside, but
    /// what mends that.
    func run<Answer: Output>(
        behind isAllowed: Bool = false,
        _ body: (Store, Staff) async throws -> Answer
    ) async throws {
        try await printing.open { store in
            if !isAllowed { try await store.checkHeads() }
            return try await body(store, store.staff(login: login, till: till))
        }
    }

    /// The same where the installation may still be empty, and nobody needs to act; who is named must be known all the
    /// same.
    func runOpen<Answer: Output>(_ body: (Store) async throws -> Answer) async throws {
        try await printing.open { store in
            if login != nil || till != nil { _ = try await store.staff(login: login, till: till) }
            return try await body(store)
        }
    }

    /// The request's key, or a new one.
    func requestKey(_ store: Store) -> ID<Claim> { key ?? store.newID() }
}

extension Logger {
    /// For commands: only what goes wrong, on standard error.
    static var quiet: Logger {
        var logger = Logger(label: "comptoir") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = .error
        return logger
    }
}
