import Postgres
public import Shop

/// Whose course is to be called finished: everybody of a run who reaches the rule, or the persons named. Whoever does
/// not reach it may be named with a motive.
public struct CompletionRequest: Encodable, Sendable {
    let run: String
    let persons: [ID<Person>]?
    let motives: [ID<Person>: String]
    let on: Day?

    public init(
        run: RunCode,
        persons: [ID<Person>]? = nil,
        motives: [ID<Person>: ShortText] = [:],
        on day: Day? = nil
    ) {
        self.run = run.text
        self.persons = persons
        self.motives = motives.mapValues(\.text)
        self.on = day
    }
}

/// What a class came to.
public struct CompletionOutcome: Codable, Sendable {
    public let run: String
    public let on: Day
    public let completed: [Completed]
    /// Codes of the persons who have not reached the rule.
    public let unfinished: [String]

    public struct Completed: Codable, Sendable {
        public let person: String
        public let code: String
        public let byRule: Bool
        public let rightEndsOn: Day
    }
}

extension Store {
    /// Decides for a whole class at once. Each who finished gets an attestation with a code, and the right that it
    /// opens: one piece of equipment, usable at the till without a voucher.
    ///
    /// Throws `runUnknown`, `dayInFuture`, `sessionBeforeRun`, `notEnrolled`; for a person who was named: `notFinished`
    /// with the explanation, `finishedAlready`.
    public func complete(
        _ request: CompletionRequest,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> CompletionOutcome {
        try await command("complete", key: key, input: request, by: staff) { tx, now in
            let run = try tx.run(request.run, in: staff.reach(.courseKeepers))
            let day = request.on ?? now.day
            try refuseFuture(day, .completedOn, now.day)
            guard day >= run.startsOn else {
                throw Refusal(.sessionBeforeRun, ["from": .day(run.startsOn)])
            }
            let enrolled = try tx.lockEnrolled(in: run.id)
            let named = Set(request.persons ?? []).union(request.motives.keys)
            guard named.isSubset(of: enrolled.keys) else { throw Refusal(.notEnrolled) }
            let sheet = try tx.sheet(of: run.id, on: day)
            let chosen = sheet.parents.filter {
                request.persons == nil || named.contains($0.person)
            }
            var completed: [CompletionOutcome.Completed] = []
            var unfinished: [String] = []
            for parent in chosen {
                let isNamed = named.contains(parent.person)
                if let done = parent.completion {
                    guard isNamed else { continue }
                    throw Refusal(.finishedAlready, ["code": .text(done.code)])
                }
                let decision = parent.decision
                let motive = request.motives[parent.person]
                guard decision.finished || motive != nil else {
                    guard !isNamed else { throw Refusal(notFinished: decision) }
                    unfinished.append(parent.code)
                    continue
                }
                completed.append(
                    try tx.write(
                        decision,
                        of: parent,
                        motive: decision.finished ? nil : motive,
                        under: sheet.rule,
                        on: day,
                        code: CompletionCode(random: randomness.bytes(12)),
                        ids: (newID(), newID()),
                        by: staff,
                        at: now
                    )
                )
            }
            return CompletionOutcome(
                run: request.run,
                on: day,
                completed: completed,
                unfinished: unfinished
            )
        }
    }
}

extension Refusal {
    fileprivate init(notFinished decision: CompletionDecision) {
        self.init(
            .notFinished,
            [
                "explained": .explained(
                    french: decision.explained(in: .french),
                    english: decision.explained(in: .english)
                )
            ]
        )
    }
}

extension Transaction {
    fileprivate func write(
        _ decision: CompletionDecision,
        of parent: RunSheet.Parent,
        motive: String?,
        under rule: CompletionRule,
        on day: Day,
        code: CompletionCode,
        ids: (ID<Completion>, ID<Right>),
        by staff: Staff,
        at now: Instant
    ) throws -> CompletionOutcome.Completed {
        let ends = day.adding(months: try number("right_completion_months", on: day))
        _ = try pipeline([
            """
            insert into completions (id, code, enrolment_id, person_id, completed_on, rule_starts_on,
                modules_counted, minutes_counted, minutes_attended, motive, recorded_at, recorded_by, follows)
            values (\(ids.0), \(code.digits), \(parent.enrolment), \(parent.person), \(day),
                    \(rule.startsOn), \(decision.modulesCounted), \(decision.minutesCounted),
                    \(decision.minutesAttended), \(motive), \(now), \(staff.id),
                    (select v.completion_id from completion_revocations v join completions c on c.id = v.completion_id
                     where c.enrolment_id = \(parent.enrolment)
                       and not exists (select from completions n where n.follows = c.id)))
            """,
            """
            insert into rights (id, completion_id, category, starts_on, ends_on, uses_max, recorded_at)
            values (\(ids.1), \(ids.0), \(Category.equipment), \(day), \(ends), 1, \(now))
            """,
        ])
        return CompletionOutcome.Completed(
            person: parent.code,
            code: code.digits,
            byRule: motive == nil,
            rightEndsOn: ends
        )
    }
}
