/// A signing sheet as it was scanned or photographed. What it is, its first bytes say, never its name.
public struct SignedSheet: Sendable {
    public let bytes: [UInt8]
    public let kind: Kind

    /// Raw values are stored, and are media types.
    public enum Kind: String, CaseIterable, Sendable, Codable {
        case pdf = "application/pdf"
        case jpeg = "image/jpeg"
        case png = "image/png"

        /// What its file's name ends with.
        public var ending: String {
            switch self {
            case .pdf: "pdf"
            case .jpeg: "jpg"
            case .png: "png"
            }
        }

        fileprivate var beginning: [UInt8] {
            switch self {
            case .pdf: Array("%PDF-".utf8)
            case .jpeg: [0xFF, 0xD8, 0xFF]
            case .png: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
            }
        }
    }

    /// A sheet in colour at 300 points an inch stays below it.
    public static let bytesMost = 8 << 20

    /// Throws `inputTooLarge`, `sheetUnreadable`.
    public init(bytes: [UInt8]) throws(Refusal) {
        guard bytes.count <= Self.bytesMost else {
            throw Refusal(.inputTooLarge, ["most": .text("\(Self.bytesMost >> 20)\u{A0}Mio")])
        }
        guard let kind = Kind.allCases.first(where: { bytes.starts(with: $0.beginning) }) else {
            throw Refusal(.sheetUnreadable)
        }
        self.bytes = bytes
        self.kind = kind
    }
}
