import ArgumentParser
import Shop
import Store
import Till

struct DeviceLabelCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "label",
        abstract: "Draw a device's label: SVG, 62 × 29 mm, on standard output.",
        discussion: """
            With --json the drawing is the document's field svg. The QR holds the address of the device's passport where \
            COMPTOIR_PUBLIC_URL says where that is read, else the number alone.
            """
    )

    @OptionGroup var shared: Shared

    @Argument(help: "Its label, such as LIPC26-0008.")
    var label: String

    func run() async throws {
        try await shared.runOpen { store in
            Drawn(
                card: try await store.device(DeviceLabel.typed(label)),
                origin: try await Settings.read().publicURL,
                isDemonstration: try await store.association()?.kind == .demonstration
            )
        }
    }

    private struct Drawn: Output {
        let card: DeviceCard
        let origin: String?
        let isDemonstration: Bool

        enum CodingKeys: String, CodingKey {
            case label, svg
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(card.device.label, forKey: .label)
            try container.encode(svg(in: .french), forKey: .svg)
        }

        func words(in language: Language) -> String {
            svg(in: language)
        }

        private func svg(in language: Language) -> String {
            DeviceLabelDrawing.svg(
                of: card,
                at: origin,
                in: language,
                isDemonstration: isDemonstration
            )
        }
    }
}
