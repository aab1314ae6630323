import Postgres
public import Shop

extension Store {
    /// Every version, the newest first, with its languages. A handful.
    public func handOverTerms() async throws -> [HandOverTerms] {
        try await transaction { tx in try tx.handOverTerms() }
    }

    /// Writes a version down, in French. Throws `startsInPast`, `changeAlreadyDated`, or `associationOnly` for whoever
    /// answers for one shop alone.
    public func setHandOverTerms(
        _ lines: [TermLine],
        from day: Day,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> Day {
        struct Input: Encodable, Sendable {
            let lines: [TermLine]
            let day: Day
        }
        try staff.checkHoldsEverywhere(.termKeepers)
        try TermLine.checkCount(lines.count)
        return try await command(
            "set-hand-over-terms",
            key: key,
            input: Input(lines: lines, day: day),
            by: staff,
            facts: ["field": .field(.startsOn), "day": .day(day), "text": .text(day.printed)]
        ) { tx, now in
            try checkNotPast(day, today: now.day)
            _ = try tx.pipeline(
                insertTerms(
                    from: day,
                    pictograms: lines.map(\.pictogram),
                    texts: [.init(language: "fr", sentences: lines.map(\.sentence))],
                    at: now,
                    by: staff.id
                )
            )
            return day
        }
    }

    /// Writes a version down in one more language. Throws `unknownThing` for no version of that day, `termsUneven`,
    /// `nameTaken` for a language that it has, `associationOnly`.
    public func translateHandOverTerms(
        of day: Day,
        into language: SpokenLanguage,
        _ sentences: [String],
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> Day {
        struct Input: Encodable, Sendable {
            let day: Day
            let language: SpokenLanguage
            let sentences: [String]
        }
        try staff.checkHoldsEverywhere(.termKeepers)
        return try await command(
            "translate-hand-over-terms",
            key: key,
            input: Input(day: day, language: language, sentences: sentences),
            by: staff,
            facts: [
                "field": .field(.language),
                "text": .text(SpokenLanguage.name(of: language.text, in: staff.language)),
            ]
        ) { tx, now in
            guard let version = try tx.handOverTerms().first(where: { $0.startsOn == day }) else {
                throw Refusal(
                    .unknownThing,
                    ["field": .field(.startsOn), "text": .text(day.printed)]
                )
            }
            guard sentences.count == version.pictograms.count else {
                throw Refusal(
                    .termsUneven,
                    [
                        "field": .field(.termLines),
                        "count": .number(Int64(version.pictograms.count)),
                    ]
                )
            }
            try tx.execute(
                insertText(
                    from: day,
                    .init(language: language.text, sentences: sentences),
                    at: now,
                    by: staff.id
                )
            )
            return day
        }
    }
}

/// A version with its first texts, French among them.
func insertTerms(
    from day: Day,
    pictograms: [Pictogram],
    texts: [HandOverTerms.Text],
    at now: Instant,
    by user: ID<User>?
) -> [SQL] {
    [
        """
        insert into hand_over_terms (starts_on, pictograms, recorded_at, recorded_by)
        values (\(day), \(pictograms), \(now), \(user))
        """
    ] + texts.map { insertText(from: day, $0, at: now, by: user) }
}

private func insertText(
    from day: Day,
    _ text: HandOverTerms.Text,
    at now: Instant,
    by user: ID<User>?
) -> SQL {
    """
    insert into hand_over_texts (starts_on, language, sentences, recorded_at, recorded_by)
    values (\(day), \(text.language), \(text.sentences), \(now), \(user))
    """
}

extension Transaction {
    /// The newest first.
    func handOverTerms() throws -> [HandOverTerms] {
        let rows = try pipeline([
            "select starts_on, pictograms from hand_over_terms order by starts_on desc",
            """
            select starts_on, language, sentences from hand_over_texts
            order by starts_on desc, language <> 'fr', language
            """,
        ])
        let texts = try Dictionary(grouping: rows[1]) { row -> Day in try row["starts_on"] }
        return try rows[0].map { row in
            let day: Day = try row["starts_on"]
            return HandOverTerms(
                startsOn: day,
                pictograms: try row["pictograms"],
                texts: try (texts[day] ?? []).map {
                    .init(language: try $0["language"], sentences: try $0["sentences"])
                }
            )
        }
    }
}
