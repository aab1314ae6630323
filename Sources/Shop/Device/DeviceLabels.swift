/// Machines named one by one, each once.
public struct DeviceLabels: Hashable, Sendable, Encodable {
    /// In the order in which they were named.
    public let list: [DeviceLabel]

    public static let most = 500

    /// Throws `quantityOutOfRange` for more than `most`.
    public init(_ labels: [DeviceLabel]) throws(Refusal) {
        var seen: Set<DeviceLabel> = []
        list = labels.filter { seen.insert($0).inserted }
        guard list.count <= Self.most else {
            throw Refusal(
                .quantityOutOfRange,
                [
                    "field": .field(.label), "least": .number(1),
                    "most": .number(Int64(Self.most)),
                ]
            )
        }
    }

    /// As scanned one after the other: lines, spaces or commas between them. Throws `scanUnreadable` for what is no label,
    /// `quantityOutOfRange`.
    public init(scanned text: String) throws(Refusal) {
        var labels: [DeviceLabel] = []
        for part in text.split(whereSeparator: \.isWhitespace) {
            // An address through a scanner set up for another keyboard has commas in it.
            if let label = DeviceLabel(scanned: String(part)) {
                labels.append(label)
                continue
            }
            for label in part.split(whereSeparator: { $0 == "," || $0 == ";" }) {
                labels.append(try DeviceLabel.typed(String(label)))
            }
        }
        try self.init(labels)
    }

    public var isEmpty: Bool { list.isEmpty }
    public var texts: [String] { list.map(\.description) }

    public func encode(to encoder: any Encoder) throws { try texts.encode(to: encoder) }
}
