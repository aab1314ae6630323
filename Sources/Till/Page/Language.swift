/// The languages of every screen: French first, English complete.
enum Language: String, CaseIterable, Sendable {
    case french = "fr"
    case english = "en"

    /// Its name in itself, as a link that switches to it says.
    var ownName: String {
        switch self {
        case .french: "Français"
        case .english: "English"
        }
    }

    var other: Language {
        switch self {
        case .french: .english
        case .english: .french
        }
    }
}
