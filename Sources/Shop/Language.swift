/// The languages that screens, refusals and receipts speak.
public enum Language: String, CaseIterable, Sendable, Codable {
    case french = "fr"
    case english = "en"

    public func choose(_ french: String, _ english: String) -> String {
        switch self {
        case .french: french
        case .english: english
        }
    }

    /// Whether so many take the singular: French counts nothing as one.
    public func isOne(_ count: Int) -> Bool {
        switch self {
        case .french: count < 2
        case .english: count == 1
        }
    }
}

/// Amounts and days as people read them, in one place.
public enum Written {
    /// `1 234,50 €` with U+202F in the number and U+00A0 before the sign; `€1,234.50` in English.
    public static func cents(_ amount: Cents, in language: Language) -> String {
        let euros = grouped(amount.count / 100, language.choose("\u{202F}", ","))
        let rest = amount.count % 100
        let decimals = (rest < 10 ? "0" : "") + String(rest)
        return language.choose("\(euros),\(decimals)\u{A0}€", "€\(euros).\(decimals)")
    }

    /// `13 h 12` (`13 h`, `50 min`), with U+00A0; the same in both languages.
    public static func minutes(_ minutes: Int) -> String {
        let (hours, rest) = (minutes / 60, minutes % 60)
        if hours == 0 { return "\(rest)\u{A0}min" }
        if rest == 0 { return "\(hours)\u{A0}h" }
        return "\(hours)\u{A0}h\u{A0}" + (rest < 10 ? "0" : "") + String(rest)
    }

    /// `10 Go`, `500 Mo` with U+00A0; `10 GB` in English. Operators count in thousands.
    public static func volume(_ megabytes: Int, in language: Language) -> String {
        if megabytes % 1000 == 0 {
            return "\(megabytes / 1000)\u{A0}" + language.choose("Go", "GB")
        }
        return "\(megabytes)\u{A0}" + language.choose("Mo", "MB")
    }

    /// `1 234` with U+202F; `1,234` in English. Below zero with the sign U+2212.
    public static func number(_ number: Int, in language: Language) -> String {
        (number < 0 ? "\u{2212}" : "")
            + grouped(Int64(number.magnitude), language.choose("\u{202F}", ","))
    }

    private static func grouped(_ number: Int64, _ separator: String) -> String {
        var digits = String(number)
        var groups: [String] = []
        while digits.count > 3 {
            groups.insert(String(digits.suffix(3)), at: 0)
            digits.removeLast(3)
        }
        return ([digits] + groups).joined(separator: separator)
    }
}
