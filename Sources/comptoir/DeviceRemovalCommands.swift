import ArgumentParser
import Shop
import Store

struct DeviceRemoveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove",
        abstract: "Take a device out of the stock for good: recycled, or lost."
    )

    @OptionGroup var shared: Shared

    @Argument(help: "Its label, such as LIPC26-0008.")
    var label: String

    @Argument(help: "recycling or loss.")
    var removal: Removal.Kind

    @Option(help: "Why; it stays written.")
    var motive: String

    @Option(help: "Who takes it away, for recycling.")
    var collector: String?

    @Option(help: "The number of the waste slip, for recycling.")
    var slip: String?

    @Option(help: "Its weight in kilograms, for recycling.")
    var weight: String?

    @Option(help: "The day; today by default.")
    var on: String?

    func run() async throws {
        try await shared.run { store, staff in
            let removal = try Removal(
                removal,
                on: on.map { try Day(typed: $0, field: .removedOn) } ?? store.today,
                collector: collector,
                slip: slip,
                weight: .optional(typedKilograms: weight),
                motive: motive
            )
            return try await store.removeDevice(
                DeviceLabel.typed(label),
                removal,
                key: shared.requestKey(store),
                by: staff
            )
        }
    }
}

struct DeviceRestoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "Take back that a device was recycled or lost."
    )

    @OptionGroup var shared: Shared

    @Argument(help: "Its label, such as LIPC26-0008.")
    var label: String

    @Option(help: "Why; it stays written.")
    var motive: String

    func run() async throws {
        try await shared.run { store, staff in
            try await store.reverseRemoval(
                of: DeviceLabel.typed(label),
                motive: ShortText(typed: motive, field: .motive, most: 500),
                key: shared.requestKey(store),
                by: staff
            )
        }
    }
}

extension RemovedDevice: Output {
    func words(in language: Language) -> String { label }
}
