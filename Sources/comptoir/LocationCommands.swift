import ArgumentParser
import Shop
import Store

/// Rooms and shelves of a shop, and what lies there.
struct LocationCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "location",
        abstract: "Rooms and shelves of a shop, and what lies there.",
        subcommands: [
            Add.self, List.self, Show.self, Put.self, Clear.self, Close.self,
        ]
    )

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Opens a room's shelves, each under a code to print and scan.",
            discussion: "Without shelves the room as a whole is one location."
        )
        @OptionGroup var shared: Shared
        @Argument(help: "The room's name.") var room: String
        @Argument(help: "The shelves' names.") var shelves: [String] = []
        @Option(help: "The shop: its code; by default that of the till.") var shop: String?

        func run() async throws {
            try await shared.run { store, staff in
                try await store.openLocations(
                    NewLocations(room: room, shelves: shelves.joined(separator: "\n")),
                    in: store.shop(coded: shop, where: .stockWorkers, of: staff),
                    key: shared.requestKey(store),
                    by: staff
                )
            }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lists locations in use, by shop and name.",
            discussion: PagedHelp.parts
        )
        @OptionGroup var shared: Shared
        @Option(help: "The shop: its code; by default all.") var shop: String?
        @Option(help: "The part after the one whose `next` this is.") var after: String?
        @Option(help: "How many.") var limit = 50

        func run() async throws {
            try await shared.run { store, staff in
                if let shop {
                    _ = try await store.shop(coded: shop, where: .stockWorkers, of: staff)
                }
                let part = try await store.locations(
                    in: staff.reach(.stockWorkers),
                    of: shop,
                    after: after,
                    limit: limit
                )
                return PagedAnswer(items: part.items, next: part.next)
            }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lists the devices that lie at a location.",
            discussion: PagedHelp.parts
        )
        @OptionGroup var shared: Shared
        @Argument(help: "The location's code.") var location: String
        @Option(help: "The part after the one whose `next` this is.") var after: String?
        @Option(help: "How many.") var limit = 50

        func run() async throws {
            try await shared.run { store, staff in
                let part = try await store.devices(
                    at: LocationCode.typed(location),
                    in: staff.reach(.stockWorkers),
                    after: after,
                    limit: limit
                )
                return PagedAnswer(items: part.items, next: part.next)
            }
        }
    }

    struct Put: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Writes down that a device lies at a location."
        )
        @OptionGroup var shared: Shared
        @Argument(help: "The location's code.") var location: String
        @Argument(help: "The device's label.") var label: String

        func run() async throws {
            try await shared.run { store, staff in
                try await store.placeDevice(
                    DeviceLabel.typed(label),
                    at: LocationCode.typed(location),
                    key: shared.requestKey(store),
                    by: staff
                )
            }
        }
    }

    struct Clear: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Writes down that a device is not where it was said to lie."
        )
        @OptionGroup var shared: Shared
        @Argument(help: "The device's label.") var label: String

        func run() async throws {
            try await shared.run { store, staff in
                try await store.clearLocation(
                    DeviceLabel.typed(label),
                    key: shared.requestKey(store),
                    by: staff
                )
            }
        }
    }

    struct Close: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Closes a location that holds nothing."
        )
        @OptionGroup var shared: Shared
        @Argument(help: "The location's code.") var location: String

        func run() async throws {
            try await shared.run { store, staff in
                let code = try LocationCode.typed(location)
                _ = try await store.closeLocation(code, key: shared.requestKey(store), by: staff)
                return try await store.location(code, in: staff.reach(.stockWorkers))
            }
        }
    }
}

extension OpenedLocations: Output {
    func words(in language: Language) -> String { codes.joined(separator: "\n") }
}

extension LocationRow: Output {
    func words(in language: Language) -> String {
        let state = language.choose(
            closedAt == nil ? "\(devices) appareils" : "fermé",
            closedAt == nil ? "\(devices) devices" : "closed"
        )
        return [code, shop, name, state].joined(separator: "  ")
    }
}

extension ClearedLocation: Output {
    func words(in language: Language) -> String {
        language.choose(
            from.map { "\(label) n’est plus en \($0)" } ?? "\(label) n’était rangé nulle part",
            from.map { "\(label) is no more at \($0)" } ?? "\(label) lay nowhere"
        )
    }
}

extension PlacedDevice: Output {
    func words(in language: Language) -> String {
        language.choose(
            "\(label) rangé en \(location) (\(locationName))",
            "\(label) put at \(location) (\(locationName))"
        )
    }
}
