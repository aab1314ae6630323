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
