/// What tells a machine's passport from every other in its address: 30 characters of those that no keyboard or eye confuses,
/// 136 random bits. Whoever holds it may read the passport.
public struct PassportToken: Hashable, Sendable {
    public let text: String

    /// Nil when it has another shape.
    public init?(_ typed: String) {
        let text = typed.uppercased()
        guard text.utf8.count == Self.length,
            text.allSatisfy({ PersonCode.alphabet.contains($0) })
        else { return nil }
        self.text = text
    }

    /// A new one from 30 random bytes.
    public init(random bytes: [UInt8]) {
        precondition(bytes.count >= Self.length, "30 characters need 30 bytes")
        text = String(
            bytes.prefix(Self.length).map {
                PersonCode.alphabet[Int($0) % PersonCode.alphabet.count]
            }
        )
    }

    public static let length = 30
}

/// What one more year of use of a refurbished machine avoids, against a new one of its kind: a dated row.
public struct ImpactFactor: Hashable, Sendable, Codable {
    public let deviceKind: DeviceKind
    public let startsOn: Day
    /// CO2 equivalent; a number is absent where the source does not say it.
    public let carbonGrams: Int?
    /// Raw materials that are not extracted.
    public let materialsGrams: Int?
    /// Electronic waste.
    public let wasteGrams: Int?
    public let source: String

    public init(
        deviceKind: DeviceKind,
        startsOn: Day,
        carbonGrams: Int?,
        materialsGrams: Int?,
        wasteGrams: Int?,
        source: String
    ) {
        self.deviceKind = deviceKind
        self.startsOn = startsOn
        self.carbonGrams = carbonGrams
        self.materialsGrams = materialsGrams
        self.wasteGrams = wasteGrams
        self.source = source
    }

    /// `27 kg`, `24,6 kg`, `314 g`.
    public static func written(grams: Int, in language: Language) -> String {
        guard grams >= 1000 else { return "\(grams)\u{A0}g" }
        let hundreds = (grams + 50) / 100
        let tenth = hundreds % 10
        let whole = Written.number(hundreds / 10, in: language)
        return whole + (tenth == 0 ? "" : language.choose(",", ".") + "\(tenth)") + "\u{A0}kg"
    }
}

/// A serial number that is told to whoever asks: enough of it for the machine in one's hands, no more.
public func masked(serial text: String) -> String {
    let kept = text.count > 8 ? 4 : text.count > 4 ? 2 : 0
    return text.isEmpty ? "" : "••••" + text.suffix(kept)
}

extension FieldName {
    public static let grams = FieldName("grams", "Grammes", "Grams")
}
