import ArgumentParser
import CMalloc
import Foundation
import Hummingbird
import Logging
import Shop
import Store
import Till
import UnixSignals

struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Serve the till and its pages until Ctrl-C.",
        discussion: """
            With no COMPTOIR_DATABASE_URL it starts the private server, makes and migrates it. The log \
            goes to standard error, one JSON object a line.
            """
    )

    @OptionGroup var printing: Printing

    func run() async throws {
        giveLargeBlocksBack()
        try await printing.answer { settings in
            let logger = Logger(label: "comptoir") { JSONLogHandler(label: $0) }
            let installation = try await Installation.open(settings.place, logger: logger)
            do { try await installation.store.beginJournal() } catch {
                try await installation.close()
                throw error
            }
            let server = try await Server(
                store: installation.store,
                origin: PublicAddress(
                    publicURL: settings.publicURL,
                    trustedProxy: settings.trustedProxy
                ),
                language: settings.language,
                mail: settings.mail,
                logger: logger
            )
            let application = server.application(bind: settings.bind, port: settings.port) { port in
                logger.info("serving", metadata: ["bind": "\(settings.bind)", "port": "\(port)"])
            }
            let result: Result<Void, any Error>
            do {
                result = .success(
                    try await application.runService(gracefulShutdownSignals: [.sigterm, .sigint])
                )
            } catch {
                result = .failure(error)
            }
            try await installation.close()
            try result.get()
            return Served()
        }
    }
}

/// From the first large block that is freed, glibc learns to keep the next ones: the 16 MiB that a password's hash takes
/// would stay with the service. A threshold that was set is not learnt.
private func giveLargeBlocksBack() {
    mallopt(M_MMAP_THRESHOLD, 1 << 20)
}

private struct Served: Output {
    let stopped = true

    func words(in language: Language) -> String {
        language.choose("Le service est arrêté.", "The service has stopped.")
    }
}
