/// What a screen shows: its diagonal in inches and its definition in points.
enum Screen {
    /// "1920,1080", "1920x1080" or "1920 X 1080" as `1920x1080`; nil for anything else.
    static func definition(_ text: String) -> String? {
        let parts = text.lowercased().split { $0 == "," || $0 == "x" || $0 == "×" || $0 == "*" }
        let points = parts.compactMap { JSON.text(String($0)).whole }
        guard parts.count == 2, points.count == 2, points.allSatisfy({ 200...16_000 ~= $0 }) else {
            return nil
        }
        return "\(points[0])x\(points[1])"
    }

    static func words(diagonalTenths: Int?, definition: String?) -> String? {
        let diagonal = diagonalTenths.map { "\($0 / 10).\($0 % 10)\"" }
        let parts = [diagonal, definition].compactMap { $0 }
        return parts.isEmpty ? nil : parts.joined(separator: " ")
    }
}

/// What a panel says of itself. Source: VESA E-EDID 1.4, section 3.
struct EDID {
    let widthPoints: Int
    let heightPoints: Int
    /// Tenths of an inch.
    let diagonalTenths: Int
    /// A screen with a name was made to be sold alone; panels in laptops have none.
    let hasName: Bool

    /// Nil for what is no EDID, or says no size.
    init?(base64 text: String) {
        guard let bytes = Base64.decoded(text), bytes.count >= 128,
            bytes.starts(with: [0, 255, 255, 255, 255, 255, 255, 0])
        else { return nil }
        let timing = bytes[54..<72].map(Int.init)
        let widthMM = timing[12] + (timing[14] >> 4) << 8
        let heightMM = timing[13] + (timing[14] & 15) << 8
        guard timing[0] + timing[1] > 0, widthMM > 0, heightMM > 0 else { return nil }
        widthPoints = timing[2] + (timing[4] >> 4) << 8
        heightPoints = timing[5] + (timing[7] >> 4) << 8
        diagonalTenths = Self.tenthsOfInch(squareMM: widthMM * widthMM + heightMM * heightMM)
        hasName = [72, 90, 108].contains { bytes[$0..<$0 + 4].elementsEqual([0, 0, 0, 0xFC]) }
    }

    /// The whole number nearest to √square ÷ 2.54.
    private static func tenthsOfInch(squareMM: Int) -> Int {
        var tenths = 0
        while (2 * tenths + 1) * (2 * tenths + 1) * 64_516 <= squareMM * 40_000 { tenths += 1 }
        return tenths
    }
}

enum Base64 {
    /// Nil when a character is not of the alphabet; spaces and line ends between are passed over.
    static func decoded(_ text: String) -> [UInt8]? {
        var bytes: [UInt8] = []
        var bits: UInt32 = 0
        var count = 0
        for character in text.utf8 where !" \r\n=".utf8.contains(character) {
            guard let value = alphabet[character] else { return nil }
            bits = bits << 6 | value
            count += 6
            if count >= 8 {
                count -= 8
                bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
            }
        }
        return bytes
    }

    private static let alphabet: [UInt8: UInt32] = {
        let characters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
        return Dictionary(uniqueKeysWithValues: zip(characters.utf8, UInt32(0)...))
    }()
}
