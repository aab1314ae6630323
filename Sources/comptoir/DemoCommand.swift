import ArgumentParser
import Shop
import Store

/// Something to try the product with.
struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract:
            "Loads the demonstration into an empty installation; says what to sign in with and to scan."
    )
    @OptionGroup var printing: Printing

    func run() async throws {
        try await printing.open { store in
            DemoAnswer(try await store.loadDemonstration())
        }
    }
}

private struct DemoAnswer: Output {
    let loaded: LoadedDemonstration

    init(_ loaded: LoadedDemonstration) { self.loaded = loaded }

    private struct Document: Encodable {
        let wasThere: Bool
        let demonstration: Demonstration
    }

    func encode(to encoder: any Encoder) throws {
        try Document(wasThere: loaded.wasThere, demonstration: loaded.demonstration)
            .encode(to: encoder)
    }

    func words(in language: Language) -> String {
        let demo = loaded.demonstration
        var lines = [
            loaded.wasThere
                ? language.choose(
                    "La démonstration est déjà là.",
                    "The demonstration is there already."
                )
                : language.choose("La démonstration est prête.", "The demonstration is ready.")
        ]
        lines.append(language.choose("Pour se connecter\u{A0}:", "To sign in:"))
        lines += demo.users.map { user in
            "  \(user.login)  \(user.password)"
                + (user.pin.map { "  " + language.choose("code ", "PIN ") + $0 } ?? "")
                + "  (\(user.refersFor ?? user.roles.map { $0.name(in: language) }.joined(separator: ", ")))"
        }
        lines.append(language.choose("Bons à scanner\u{A0}:", "Vouchers to scan:"))
        lines += (demo.vouchers + demo.attestations).map {
            "  \($0.code)  \($0.person)  \($0.shows.told(in: language))"
        }
        lines.append(language.choose("Appareils à scanner\u{A0}:", "Devices to scan:"))
        lines += demo.devices.map { device in
            "  \(device.label)  \(device.model), \(Written.cents(device.price, in: language)), "
                + device.shows.told(in: language)
        }
        lines.append(
            language.choose("Parcours à décider\u{A0}: ", "Run to decide about: ") + demo.run
        )
        lines.append(
            "comptoir report equipment-of-finishers --programme lille --as-of 2022-12-05"
        )
        return lines.joined(separator: "\n")
    }
}
