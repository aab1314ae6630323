/// Text that was parsed once, and is kept and sent as it stands.
public protocol KeptText: Hashable, Sendable, Encodable {
    var text: String { get }
}

extension KeptText {
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}
