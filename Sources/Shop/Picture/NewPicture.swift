public import Foundation

/// A picture drawn anew from what somebody sent: nothing but what is seen is left in it.
public struct NewPicture: Sendable {
    /// Of the file as it was sent: the same file again is the same picture.
    public let sha256: Data
    public let width: Int
    public let height: Int
    /// JPEG, as `thumbnail`.
    public let full: [UInt8]
    public let thumbnail: [UInt8]

    public init(sha256: Data, width: Int, height: Int, full: [UInt8], thumbnail: [UInt8]) {
        self.sha256 = sha256
        self.width = width
        self.height = height
        self.full = full
        self.thumbnail = thumbnail
    }
}

/// What a file may be before it is looked into.
public enum PictureFile {
    /// A telephone’s picture is 2 to 8 MB.
    public static let bytesMost = 15 << 20
    /// Of 64 million each takes at most 8 bytes while it is drawn; telephones take 12 to 50 million.
    public static let pixelsMost = 64_000_000

    /// Throws `inputTooLarge`, and `pictureUnreadable` for a file that is empty.
    public static func check(bytes count: Int) throws(Refusal) {
        guard count <= bytesMost else {
            throw Refusal(.inputTooLarge, ["most": .text("\(bytesMost >> 20)\u{A0}Mio")])
        }
        guard count > 0 else { throw Refusal(.pictureUnreadable) }
    }

    /// Whether a file begins as JPEG, PNG, WebP or HEIC do, so that nothing else reaches what reads them. Throws
    /// `pictureUnreadable`.
    public static func check(start bytes: [UInt8]) throws(Refusal) {
        let start = bytes.prefix(12)
        let isKnown =
            start.starts(with: [0xff, 0xd8, 0xff])
            || start.starts(with: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
            || start.starts(with: "RIFF".utf8) && start.dropFirst(8).elementsEqual("WEBP".utf8)
            || start.dropFirst(4).starts(with: "ftyp".utf8)
                && heicBrands.contains(String(decoding: start.dropFirst(8), as: UTF8.self))
        guard isKnown else { throw Refusal(.pictureUnreadable) }
    }

    /// What a HEIC says of itself: one picture, or several, coded as HEVC.
    private static let heicBrands: Set<String> = [
        "heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1",
    ]
}
