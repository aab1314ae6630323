import NIOCore
import Shop
import Store

/// A device's label for programs.
struct ToldLabel: Codable, Sendable {
    let label: String
    /// 62 × 29 mm.
    let svg: String
    /// Of the size that was asked.
    let zpl: String

    init(_ card: DeviceCard, at origin: PublicAddress, _ call: Call, _ context: Context) {
        label = card.device.label
        svg = DeviceLabelDrawing.svg(
            of: card,
            at: origin.publicURL,
            in: context.language,
            isDemonstration: context.isDemonstration
        )
        zpl = DeviceLabelZPL.text(
            of: card,
            size: DeviceLabelZPL.Size(asked: call),
            at: origin.publicURL,
            in: context.language,
            isDemonstration: context.isDemonstration
        )
    }
}

extension Route.Parameter {
    static let labelSize = Route.Parameter(
        "size",
        .choice(DeviceLabelZPL.Size.allCases.map(\.rawValue)),
        "62 × 29 mm or 50 × 25 mm; large by default."
    )
}

extension DeviceLabelZPL.Size {
    init(asked call: Call) {
        self = call.query["size"].flatMap(Self.init(rawValue:)) ?? .large
    }
}

extension Answer {
    /// Labels as a file that goes to the printer as it is.
    static func zpl(
        _ name: String,
        _ cards: [DeviceCard],
        at origin: PublicAddress,
        _ call: Call,
        _ context: Context
    ) -> Answer {
        let labels = cards.map {
            DeviceLabelZPL.text(
                of: $0,
                size: DeviceLabelZPL.Size(asked: call),
                at: origin.publicURL,
                in: context.language,
                isDemonstration: context.isDemonstration
            )
        }
        return .file(name, type: "text/plain; charset=utf-8", Array(labels.joined().utf8))
    }
}
