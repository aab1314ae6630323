import ArgumentParser
import Foundation
import Shop
import Store
import Till

/// Pictures of a machine.
struct DevicePictureCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "picture",
        abstract: "A device's pictures: put on its page, listed, taken off, saved.",
        discussion: """
            JPEG, PNG, WebP and HEIC are taken, up to 15 MiB and 64 million pixels. What is kept is drawn anew: place, date and \
            everything else that the telephone wrote into the file are gone.
            """,
        subcommands: [
            Add.self, List.self, Show.self, Hide.self, Remove.self, Save.self,
        ]
    )

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Puts a picture on a device's page; the same file again makes nothing again."
        )
        @OptionGroup var shared: Shared
        @Argument(help: "The device's label, such as LIPC26-0008.") var label: String
        @Argument(help: "The file.", completion: .file()) var file: String
        @Option(help: "What it shows: front, keyboard, screen, fault or label.")
        var caption: PictureCaption?

        func run() async throws {
            try await shared.run { store, staff in
                try await store.addPicture(
                    file: pictureFile(at: file),
                    of: DeviceLabel.typed(label),
                    caption: caption,
                    key: shared.requestKey(store),
                    by: staff
                )
            }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lists a device's pictures, the first taken first.",
            discussion: PagedHelp.whole
        )
        @OptionGroup var shared: Shared
        @Argument(help: "The device's label.") var label: String

        func run() async throws {
            try await shared.runOpen { store in
                PagedAnswer(whole: try await store.pictures(of: DeviceLabel.typed(label)))
            }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Shows a picture on the device's passport, to whoever holds the device."
        )
        @OptionGroup var chosen: ChosenPicture

        func run() async throws { try await chosen.show(true) }
    }

    struct Hide: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Shows a picture on the device's passport no longer."
        )
        @OptionGroup var chosen: ChosenPicture

        func run() async throws { try await chosen.show(false) }
    }

    struct Remove: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Takes a picture off a device's page, and deletes what was to be seen."
        )
        @OptionGroup var chosen: ChosenPicture

        func run() async throws {
            try await chosen.shared.run { store, staff in
                let id = try await store.removePicture(
                    chosen.picture,
                    of: DeviceLabel.typed(chosen.label),
                    key: chosen.shared.requestKey(store),
                    by: staff
                )
                return Recorded(id: id.text)
            }
        }
    }

    struct Save: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Writes a picture to a file, as JPEG."
        )
        @OptionGroup var chosen: ChosenPicture
        @OptionGroup var paper: PaperFile
        @Flag(help: "The small one that lists show.") var thumbnail = false

        func run() async throws {
            try await chosen.shared.runOpen { store in
                let jpeg = try await store.picture(
                    chosen.picture,
                    of: DeviceLabel.typed(chosen.label),
                    thumbnail ? .thumbnail : .full
                )
                return try paper.write(Array(jpeg))
            }
        }
    }
}

/// One picture of a device.
struct ChosenPicture: ParsableArguments {
    @OptionGroup var shared: Shared
    @Argument(help: "The device's label.") var label: String
    @Argument(help: "The picture's id.") var picture: ID<Picture>

    func show(_ isShown: Bool) async throws {
        try await shared.run { store, staff in
            try await store.showPicture(
                picture,
                of: DeviceLabel.typed(label),
                onPassport: isShown,
                key: shared.requestKey(store),
                by: staff
            )
        }
    }
}

/// Of a file above the limit only so much is read that it is refused. Throws `fileMissing`.
private func pictureFile(at path: String) throws -> [UInt8] {
    let missing = Refusal(.fileMissing, ["file": .text(path)])
    guard let handle = FileHandle(forReadingAtPath: path) else { throw missing }
    do {
        return Array(try handle.read(upToCount: PictureFile.bytesMost + 1) ?? Data())
    } catch {
        // A folder opens and does not read: whatever the cause, there is no picture.
        throw missing
    }
}

extension AddedPicture: Output {
    func words(in language: Language) -> String { picture.words(in: language) }
}

extension DevicePicture: Output {
    func words(in language: Language) -> String {
        [
            id.text, "\(width)×\(height)", takenAt.day.printed, operatorCode,
            caption?.name(in: language) ?? "–",
            isOnPassport ? language.choose("sur le passeport", "on the passport") : "",
        ].filter { !$0.isEmpty }.joined(separator: "  ")
    }
}
