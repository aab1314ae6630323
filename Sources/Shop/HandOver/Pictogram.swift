/// A drawing beside a sentence of the terms, for whoever reads little. Raw values are stored.
public enum Pictogram: String, CaseIterable, Sendable, Codable {
    case yours
    case home
    case notForSale = "not_for_sale"
    case care
    case repair
    case guarantee
    case bringBack = "bring_back"
    case memory
    case help
    case signature

    public func name(in language: Language) -> String {
        switch self {
        case .yours: language.choose("un cadeau", "a gift")
        case .home: language.choose("une maison", "a house")
        case .notForSale: language.choose("un euro barré", "a euro crossed out")
        case .care: language.choose("une goutte barrée", "a drop crossed out")
        case .repair: language.choose("une clé de réparation", "a spanner")
        case .guarantee: language.choose("un bouclier", "a shield")
        case .bringBack: language.choose("une flèche qui revient", "an arrow that comes back")
        case .memory: language.choose("un disque", "a disk")
        case .help: language.choose("une bulle avec une question", "a bubble with a question")
        case .signature: language.choose("une signature", "a signature")
        }
    }

    /// Lines in a box of 24 × 24, drawn with a round pen.
    public var path: String {
        switch self {
        case .yours:
            "M4 11h16v9H4zM3 7h18v4H3zM12 7v13M12 7C9 7 7 6 8 4.3S11.5 4.6 12 7c.5-2.4 3-4.4 4-2.7S15 7 12 7"
        case .home: "M3 11.5 12 4l9 7.5M5.5 9.8V20h13V9.8M10 20v-6h4v6"
        case .notForSale:
            "M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0M15.5 8.6a4.6 4.6 0 1 0 0 6.8M7.5 11h6M7.5 13h5M5.6 5.6l12.8 12.8"
        case .care: "M12 4c3 4 5 6.4 5 9.4a5 5 0 0 1-10 0C7 10.4 9 8 12 4zM4 4l16 16"
        case .repair:
            "M14 7.5a4.2 4.2 0 0 0-5.4 5.4L4 17.5a1.8 1.8 0 0 0 2.5 2.5l4.6-4.6A4.2 4.2 0 0 0 16.5 10l-2.6 2.3-2.2-2.2z"
        case .guarantee: "M12 3 5 6v5c0 5 3 8.2 7 10 4-1.8 7-5 7-10V6zM8.5 12l2.5 2.5 4.5-5"
        case .bringBack: "M5.3 10a7 7 0 1 1 .8 5.8M5 5v5h5"
        case .memory: "M4 6h16v12H4zM4 14h16M16.5 16h.1M7.5 10h6"
        case .help:
            "M4 5h16v11h-8l-4 4v-4H4zM10 9.2a2 2 0 1 1 2.7 1.8c-.5.2-.7.5-.7 1.1M12 13.9h.1"
        case .signature:
            "M3 16c3-8 5-10 6-9s-3 8-1 8 3-4 4-4 0 3 2 3 2-2 4-2M3 20h18"
        }
    }
}
