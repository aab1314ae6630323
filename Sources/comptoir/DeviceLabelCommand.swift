public import ArgumentParser
import Shop
import Store
public import Till

struct DeviceLabelCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "label",
        abstract: "Draw a device's label on standard output: SVG, 62 × 29 mm, or ZPL.",
        discussion: """
            With --json the drawing is the document's field svg, and zpl where it is asked. The QR holds the address of \
            the device's passport where COMPTOIR_PUBLIC_URL says where that is read, else the number alone.
            """
    )

    @OptionGroup var shared: Shared
    @OptionGroup var printer: LabelPrinter

    @Argument(help: "Its label, such as LIPC26-0008.")
    var label: String

    func run() async throws {
        try await shared.runOpen { store in
            Drawn(
                card: try await store.device(DeviceLabel.typed(label)),
                origin: try await Settings.read().publicURL,
                printer: printer,
                isDemonstration: try await store.association()?.kind == .demonstration
            )
        }
    }

    private struct Drawn: Output {
        let card: DeviceCard
        let origin: String?
        let printer: LabelPrinter
        let isDemonstration: Bool

        enum CodingKeys: String, CodingKey {
            case label, svg, zpl
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(card.device.label, forKey: .label)
            try container.encode(svg(in: .french), forKey: .svg)
            if printer.zpl { try container.encode(zpl(in: .french), forKey: .zpl) }
        }

        func words(in language: Language) -> String {
            printer.zpl ? zpl(in: language) : svg(in: language)
        }

        private func svg(in language: Language) -> String {
            DeviceLabelDrawing.svg(
                of: card,
                at: origin,
                in: language,
                isDemonstration: isDemonstration
            )
        }

        private func zpl(in language: Language) -> String {
            DeviceLabelZPL.text(
                of: card,
                size: printer.size,
                at: origin,
                in: language,
                isDemonstration: isDemonstration
            )
        }
    }
}

/// How a printer of labels is spoken to.
struct LabelPrinter: ParsableArguments {
    @Flag(help: "For a printer that takes ZPL, at 8 points a millimetre.")
    var zpl = false

    @Option(help: "large (62 × 29 mm) or small (50 × 25 mm), of ZPL.")
    var size = DeviceLabelZPL.Size.large
}

extension DeviceLabelZPL.Size: ExpressibleByArgument {}

/// The labels of a lot's machines, a part at a time.
struct BatchLabelsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "labels",
        abstract: "Print the labels of a lot's devices in ZPL on standard output.",
        discussion: "With --json: zpl, and next, which --after takes for the part that follows."
    )

    @OptionGroup var shared: Shared

    @Argument(help: "The lot's code, such as LILO26-0001.")
    var batch: String

    @Option(help: "large (62 × 29 mm) or small (50 × 25 mm).")
    var size = DeviceLabelZPL.Size.large

    @Option(help: "The part after the one whose `next` this is.")
    var after: String?

    func run() async throws {
        try await shared.runOpen { store in
            let origin = try await Settings.read().publicURL
            let part = try await store.devices(of: BatchCode.typed(batch), after: after)
            let isDemonstration = try await store.association()?.kind == .demonstration
            var zpl = ""
            for device in part.items {
                zpl += DeviceLabelZPL.text(
                    of: try await store.device(DeviceLabel.typed(device.label)),
                    size: size,
                    at: origin,
                    in: .french,
                    isDemonstration: isDemonstration
                )
            }
            return Labels(zpl: zpl, next: part.next)
        }
    }

    private struct Labels: Output {
        let zpl: String
        let next: String?

        func words(in language: Language) -> String { zpl }
    }
}
