/// The language in which a person is best served, by its two letters (ISO 639-1): `fr`, `ar`, `ti`.
public struct SpokenLanguage: KeptText {
    public let text: String

    public static let french = SpokenLanguage(unchecked: "fr")

    /// Throws `choiceUnknown` for anything but two Latin letters.
    public init(typed text: String) throws(Refusal) {
        let letters = trimmed(text).lowercased()
        guard letters.wholeMatch(of: /[a-z]{2}/) != nil else {
            throw Refusal(
                .choiceUnknown,
                [
                    "field": .field(.language), "text": .text(String(text.prefix(20))),
                    "choices": .text("fr, en, ar, …"),
                ]
            )
        }
        self.text = letters
    }

    private init(unchecked text: String) {
        self.text = text
    }
}

extension SpokenLanguage {
    /// Those that are offered, in the order of their French names but French first; any other may be stored.
    public static let offered: [(letters: String, french: String, english: String)] = [
        ("fr", "français", "French"), ("sq", "albanais", "Albanian"), ("en", "anglais", "English"),
        ("ar", "arabe", "Arabic"), ("hy", "arménien", "Armenian"), ("bn", "bengali", "Bengali"),
        ("es", "espagnol", "Spanish"), ("ka", "géorgien", "Georgian"), ("fa", "persan", "Persian"),
        ("ps", "pachto", "Pashto"), ("pl", "polonais", "Polish"), ("pt", "portugais", "Portuguese"),
        ("ro", "roumain", "Romanian"), ("ru", "russe", "Russian"), ("so", "somali", "Somali"),
        ("ta", "tamoul", "Tamil"), ("ti", "tigrinya", "Tigrinya"), ("tr", "turc", "Turkish"),
        ("uk", "ukrainien", "Ukrainian"), ("ur", "ourdou", "Urdu"), ("wo", "wolof", "Wolof"),
    ]

    /// Its name; its letters where it is none of those offered.
    public static func name(of letters: String, in language: Language) -> String {
        offered.first { $0.letters == letters }.map { language.choose($0.french, $0.english) }
            ?? letters
    }
}
