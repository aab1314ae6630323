/// A count of what stands in a shop.
public enum StockCount: NumberedPaper {
    public static let mark = "IN"

    public static func unknown(_ text: String) -> Refusal {
        Refusal(.countUnknown, ["field": .field(.count), "text": .text(String(text.prefix(40)))])
    }
}

/// What is printed on a count's papers: `LIIN26-0001` is the first that Lille held in 2026.
public typealias CountCode = PaperCode<StockCount>

/// What a count looks at. Raw values are stored: never rename or reuse one.
public enum CountScope: String, CaseIterable, Sendable, Codable {
    /// Every machine in the shop, on the shelf or not, and every article.
    case all
    /// Machines on the shelf, and every article.
    case shelf

    public func name(in language: Language) -> String {
        switch self {
        case .all: language.choose("Tout l’espace", "The whole shop")
        case .shelf: language.choose("Le rayon seulement", "The shelf alone")
        }
    }
}

/// What a count says of a machine. Raw values are sent.
public enum CountOutcome: String, CaseIterable, Sendable, Codable {
    case found
    /// Expected, not scanned, and still here as the stock says.
    case missing
    /// Scanned, though the stock says that it is elsewhere, sold or gone.
    case unexpected
    /// Expected, not scanned, and gone meanwhile by a ticket, a transfer or a recycler.
    case leftMeanwhile = "left_meanwhile"

    public func name(in language: Language) -> String {
        switch self {
        case .found: language.choose("Trouvés", "Found")
        case .missing: language.choose("Manquants", "Missing")
        case .unexpected: language.choose("Inattendus", "Unexpected")
        case .leftMeanwhile: language.choose("Sortis entre-temps", "Left meanwhile")
        }
    }
}

/// How far a count has come. Raw values are sent.
public enum CountStage: String, CaseIterable, Sendable, Codable {
    case open, closed, applied, abandoned

    public func name(in language: Language) -> String {
        switch self {
        case .open: language.choose("En cours", "Under way")
        case .closed: language.choose("À appliquer", "To apply")
        case .applied: language.choose("Appliqué", "Applied")
        case .abandoned: language.choose("Abandonné", "Given up")
        }
    }
}

extension FieldName {
    public static let count = FieldName("count", "Inventaire", "Stock count")
    public static let scope = FieldName("scope", "Ce que l’on compte", "What is counted")
    public static let scanned = FieldName("scanned", "Étiquette scannée", "Scanned label")
}
