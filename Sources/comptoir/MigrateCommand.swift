import ArgumentParser
import Shop
import Store

struct MigrateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "migrate",
        abstract: "Bring the database to where this program's files say.",
        discussion: """
            On a server of yours it signs in by COMPTOIR_OWNER_URL, whose user may create roles and \
            create in the database; the private server needs nothing.
            """
    )

    @OptionGroup var printing: Printing

    func run() async throws {
        try await printing.answer { settings in
            Migrated(migrations: try Installation.migrate(settings.place, logger: .quiet))
        }
    }
}

private struct Migrated: Output {
    /// Those that ran now, in order.
    let migrations: [String]

    func words(in language: Language) -> String {
        migrations.isEmpty
            ? language.choose("La base de données est à jour.", "The database is up to date.")
            : migrations.joined(separator: "\n")
    }
}
