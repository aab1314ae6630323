import Postgres
public import Shop

/// What people are told of what is kept about them, from a day on.
public struct PrivacyNotice: Hashable, Sendable, Codable, Dated {
    public let startsOn: Day
    public let french: String
    public let english: String

    public func text(in language: Language) -> String { language.choose(french, english) }
}

/// What a person said to a notice.
public struct NoticeAnswer: Hashable, Sendable, Codable {
    /// The version that was told, by its first day.
    public let noticeOn: Day
    public let answeredOn: Day
    public let told: NoticeTold
    public let accepted: Bool
    /// Whether that version is the one in force.
    public let isCurrent: Bool
}

extension Store {
    /// Every version, the newest first. A handful.
    public func privacyNotices() async throws -> [PrivacyNotice] {
        try await transaction { tx in
            try tx.query(
                "select starts_on, french, english from privacy_notices order by starts_on desc"
            ).map { row in
                PrivacyNotice(
                    startsOn: try row["starts_on"],
                    french: try row["french"],
                    english: try row["english"]
                )
            }
        }
    }

    /// Writes a version down. Throws `startsInPast`, `changeAlreadyDated`, or `associationOnly` for whoever administers
    /// one shop alone.
    public func setPrivacyNotice(
        french: LongText,
        english: LongText,
        from day: Day,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> Day {
        struct Input: Encodable {
            let french: LongText
            let english: LongText
            let day: Day
        }
        try staff.checkHoldsEverywhere(.administrators)
        return try await command(
            "set-privacy-notice",
            key: key,
            input: Input(french: french, english: english, day: day),
            by: staff,
            facts: ["field": .field(.startsOn), "day": .day(day), "text": .text(day.printed)]
        ) { tx, now in
            try checkNotPast(day, today: now.day)
            try tx.execute(
                """
                insert into privacy_notices (starts_on, french, english, recorded_at, recorded_by)
                values (\(day), \(french), \(english), \(now), \(staff.id))
                """
            )
            return day
        }
    }

    /// Writes down what a person said to the notice in force. Whoever refuses keeps every right under the code alone:
    /// the identity is erased; year of birth and quarter are not written down any more. Throws `personUnknown`, or
    /// `unknownThing` where no notice is in force.
    public func answerNotice(
        _ person: ID<Person>,
        accepted: Bool,
        told: NoticeTold,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> ID<Person> {
        struct Input: Encodable {
            let person: ID<Person>
            let accepted: Bool
            let told: NoticeTold
        }
        let input = Input(person: person, accepted: accepted, told: told)
        return try await command("answer-notice", key: key, input: input, by: staff) { tx, now in
            try lockPersons([person], in: tx)
            let written = try tx.execute(
                """
                insert into privacy_answers (id, person_id, notice_on, answered_on, told, accepted, recorded_at, recorded_by)
                select \(newID(NoticeAnswer.self)), \(person), starts_on, \(now.day), \(told), \(accepted), \(now), \(staff.id)
                from privacy_notices where starts_on <= \(now.day) order by starts_on desc limit 1
                """
            )
            guard written == 1 else {
                throw Refusal(
                    .unknownThing,
                    ["field": .field(.notice), "text": .text(now.day.iso)]
                )
            }
            guard !accepted else { return person }
            _ = try tx.pipeline([
                "delete from identities where person_id = any(person_files(\(person)))",
                """
                insert into person_facts (person_id, starts_on, recorded_at, structure_id)
                select \(person), \(now.day)::date, greatest(\(now)::timestamptz, recorded_at + interval '1 microsecond'), structure_id
                from person_facts where person_id = \(person) order by recorded_at desc limit 1
                """,
            ])
            return person
        }
    }
}

extension Transaction {
    /// Throws `noticeRefused` for somebody who does not want a name kept.
    func checkMayKeepName(of person: ID<Person>) throws {
        if try refusesTheNotice(person) { throw Refusal(.noticeRefused) }
    }

    /// What the person said last, under whichever file.
    func refusesTheNotice(_ person: ID<Person>) throws -> Bool {
        let last = try query(
            """
            select accepted from privacy_answers where person_id = any(person_files(\(person)))
            order by id desc limit 1
            """
        ).first
        return try last.map { try !$0["accepted"] } ?? false
    }
}
