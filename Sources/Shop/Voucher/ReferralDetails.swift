/// What a referral says beyond whom it names and what it opens. All of it is personal data: it stands in tables of its own,
/// goes with the identity, and is in no hashed payload.
public struct ReferralDetails: Hashable, Sendable, Encodable {
    /// Codes of the shop's list, each once, in their order.
    public let motives: [String]
    /// Nil when nothing was said.
    public let wish: WishedEquipment?
    public let remarks: String

    public static let none = ReferralDetails(motives: [], wish: nil, remarks: "")

    private init(motives: [String], wish: WishedEquipment?, remarks: String) {
        self.motives = motives
        self.wish = wish
        self.remarks = remarks
    }

    /// Throws `codeUnreadable` for a motive that cannot be one, and what a `ShortText` of 500 characters throws, a
    /// social-security number among it (B8). A line break in the remarks is a space.
    public init(
        motives: [String] = [],
        wish: WishedEquipment? = nil,
        remarks: String? = nil
    ) throws(Refusal) {
        let codes = try motives.map { text throws(Refusal) in
            try ShortCode(typed: text, field: .motives).text
        }
        self.init(
            motives: Set(codes).sorted(),
            wish: wish,
            remarks: try ShortText.optional(
                typed: remarks.map { String($0.map { $0.isNewline ? " " : $0 }) },
                field: .remarks,
                most: 500
            )
        )
    }

    public var isEmpty: Bool { self == .none }
}

/// What a referral may wish for. Raw values are stored.
public enum WishedEquipment: String, CaseIterable, Sendable, Codable {
    case laptop, desktop, tablet, smartphone

    public func name(in language: Language) -> String {
        switch self {
        case .laptop: DeviceKind.laptop.name(in: language)
        case .desktop: DeviceKind.desktop.name(in: language)
        case .tablet: DeviceKind.tablet.name(in: language)
        case .smartphone: DeviceKind.smartphone.name(in: language)
        }
    }
}
