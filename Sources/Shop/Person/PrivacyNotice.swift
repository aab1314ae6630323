/// How somebody was told what is kept about them. Raw values are stored.
public enum NoticeTold: String, CaseIterable, Sendable, Codable {
    case spoken, paper, screen

    public func name(in language: Language) -> String {
        switch self {
        case .spoken: language.choose("de vive voix", "by word of mouth")
        case .paper: language.choose("sur papier", "on paper")
        case .screen: language.choose("à l’écran", "on the screen")
        }
    }
}
