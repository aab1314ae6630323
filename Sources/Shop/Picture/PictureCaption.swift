/// A picture of a machine.
public enum Picture {}

/// What a picture shows. Raw values are stored and sent: never rename or reuse one. The order is that of the list on the
/// page.
public enum PictureCaption: String, CaseIterable, Sendable, Codable {
    case front, keyboard, screen, fault, label

    public func name(in language: Language) -> String {
        switch self {
        case .front: language.choose("Face avant", "Front")
        case .keyboard: language.choose("Clavier", "Keyboard")
        case .screen: language.choose("Écran", "Screen")
        case .fault: language.choose("Défaut", "Fault")
        case .label: language.choose("Étiquette", "Label")
        }
    }

    /// From a form, an address or a command; nil for none. Throws `choiceUnknown`.
    public static func optional(typed text: String?) throws(Refusal) -> PictureCaption? {
        guard let text, !text.isEmpty else { return nil }
        return try PictureCaption(typed: text, field: .caption)
    }
}

/// The two sizes in which a picture is kept.
public enum PictureSize: String, CaseIterable, Sendable, Codable {
    case full, thumbnail

    /// The longest side, in pixels.
    public var sideMost: Int {
        switch self {
        case .full: 1600
        case .thumbnail: 320
        }
    }
}

extension FieldName {
    public static let caption = FieldName("caption", "Légende", "Caption")
    public static let picture = FieldName("picture", "Photo", "Picture")
    public static let pictureSize = FieldName("size", "Taille", "Size")
}
