import Shop
import Store

/// The terms of gifts, each version in its languages, and the forms for a newer version and for one more language.
struct HandOverTermsPage: Page {
    static let template = "hand-over-terms"

    let since: String
    let current: [Text]
    let later: [Version]
    let earlier: [Version]
    let hasEarlier: Bool
    let mistakes: Mistakes?
    let refusal: RefusalCard?
    let key: String
    let isNewOpen: Bool
    let startsOn: Field
    let lines: Field
    let drawings: [Drawing]
    let addKey: String
    let isAddOpen: Bool
    /// Nil where there is no version to add to.
    let version: Choice?
    let language: Choice
    let sentences: Field

    struct Text: Sendable {
        let code: String
        let direction: String
        let name: String
        let lines: [Line]
    }

    struct Line: Sendable {
        let drawing: Markup
        let sentence: String
    }

    struct Version: Sendable {
        let from: String
        let texts: [Text]
    }

    struct Drawing: Sendable {
        let code: String
        let drawing: Markup
        let name: String
    }

    static let fields: Set<String> = ["starts_on", "lines", "version", "language", "sentences"]

    init(
        _ words: Words,
        _ written: [HandOverTerms],
        today: Day,
        _ draft: Draft = Draft(),
        isAdding: Bool = false,
        newKey: () -> ID<Claim>
    ) {
        let reader = words.language
        let inForce = written.inForce(on: today)
        since =
            inForce.map { words("act_terms_since", ["day": $0.startsOn.printed]) }
            ?? words("act_terms_none")
        current = inForce.map { Self.texts($0, reader) } ?? []
        func versions(_ chosen: (HandOverTerms) -> Bool) -> [Version] {
            written.filter(chosen).map {
                Version(from: $0.startsOn.printed, texts: Self.texts($0, reader))
            }
        }
        later = versions { $0.startsOn > today }
        earlier = versions { $0.startsOn < (inForce?.startsOn ?? today) }
        hasEarlier = !earlier.isEmpty
        mistakes = draft.mistakes(in: reader, fields: Self.fields)
        refusal = draft.card(in: reader, fields: Self.fields)
        key = newKey().text
        isNewOpen = !draft.isFine && !isAdding
        startsOn = Field(.startsOn, draft, in: reader, value: today.iso, type: "date")
        lines = Field(
            .termLines,
            draft,
            in: reader,
            value: inForce.map { version in
                zip(version.pictograms, version.sentences(in: "fr") ?? [])
                    .map { "\($0.rawValue): \($1)" }.joined(separator: "\n")
            }
        )
        drawings = Pictogram.allCases.map {
            Drawing(code: $0.rawValue, drawing: $0.drawing, name: $0.name(in: reader))
        }
        addKey = newKey().text
        isAddOpen = !draft.isFine && isAdding
        let open = written.filter { $0.startsOn >= inForce?.startsOn ?? today }
        version =
            open.isEmpty
            ? nil
            : Choice(
                "version",
                label: words("act_terms_version"),
                options: open.map { (value: $0.startsOn.iso, words: $0.startsOn.printed) },
                chosen: draft.form["version"] ?? inForce?.startsOn.iso
            )
        language = Choice(
            .language,
            draft,
            in: reader,
            options: SpokenLanguage.offered.filter { $0.letters != "fr" }.map {
                (value: $0.letters, words: reader.choose($0.french, $0.english))
            }
        )
        sentences = Field(
            "sentences",
            label: words("act_terms_translation"),
            value: draft.value("sentences"),
            error: draft.error("sentences", in: reader)
        )
    }

    private static func texts(_ version: HandOverTerms, _ reader: Language) -> [Text] {
        version.texts.map { text in
            Text(
                code: text.language,
                direction: SpokenLanguage.isRightToLeft(text.language) ? "rtl" : "ltr",
                name: SpokenLanguage.name(of: text.language, in: reader),
                lines: zip(version.pictograms, text.sentences).map {
                    Line(drawing: $0.drawing, sentence: $1)
                }
            )
        }
    }
}
