import Shop
import Store

struct RunAnswer: Output {
    let code: String
    let course: String
    let programme: String
    let structure: String
    let shop: String
    let facilitator: String
    let place: String
    let startsOn: Day
    let sessions: Int
    let deliveredMinutes: Int
    let plannedMinutes: Int
    let enrolled: Int
    let completed: Int
    let seats: Int?
    let waiting: Int
    /// Whether every structure may enrol its people.
    let isOpen: Bool

    init(_ run: RunSummary) {
        code = run.code
        course = run.course
        programme = run.programme
        structure = run.structureName
        shop = run.shop
        facilitator = run.facilitator
        place = run.place
        startsOn = run.startsOn
        sessions = run.sessions
        deliveredMinutes = run.deliveredMinutes
        plannedMinutes = run.plannedMinutes
        enrolled = run.enrolled
        completed = run.completed
        seats = run.seats
        waiting = run.waiting
        isOpen = run.isOpen
    }

    func words(in language: Language) -> String {
        "\(code)  \(startsOn.printed)  \(structure), "
            + language.choose(
                "\(enrolled) inscrits, \(completed) achevés, ",
                "\(enrolled) enrolled, \(completed) finished, "
            )
            + "\(Written.minutes(deliveredMinutes)) / \(Written.minutes(plannedMinutes))"
    }
}

/// A run without anybody's name: parents by their codes.
struct SheetAnswer: Output {
    let run: RunAnswer
    let sessions: [SessionPart]
    let planned: [PlannedPart]
    let parents: [ParentPart]
    /// Codes of the persons who wait for a seat, the first first.
    let waiting: [String]
    let helpers: [Helper]

    struct SessionPart: Encodable {
        let id: ID<Session>
        let module: Int
        let heldOn: Day
        let deliveredMinutes: Int
    }

    struct PlannedPart: Encodable {
        let id: ID<Session>
        let module: Int
        let day: Day
        let startsAt: TimeOfDay?
        let minutes: Int
        let place: String
        let state: SessionRow.State
    }

    struct ParentPart: Encodable {
        let person: String
        /// By session; null where nothing was written.
        let minutes: [Int?]
        /// By session, as the national tool says it: seen, excused, noshow; null where nothing was written.
        let statuses: [PresenceStatus?]
        /// Modules that were caught up with other runs.
        let catchUps: [CatchUpPart]
        let minutesCounted: Int
        let modulesCounted: Int
        let finished: Bool
        let explained: Explained
        let attestation: String?
        /// The structure, where it enrolled them itself in the portal.
        let enrolledBy: String?
    }

    struct CatchUpPart: Encodable {
        let run: String
        let heldOn: Day
        let minutes: Int
    }

    struct Explained: Encodable {
        let fr: String
        let en: String
    }

    init(_ sheet: RunSheet) {
        run = RunAnswer(sheet.run)
        sessions = sheet.sessions.map { held in
            SessionPart(
                id: held.id,
                module: sheet.course.modules.first { $0.id == held.module }?.position ?? 0,
                heldOn: held.heldOn,
                deliveredMinutes: held.deliveredMinutes
            )
        }
        waiting = sheet.waiting.map(\.code)
        helpers = sheet.helpers
        planned = sheet.planned.map { row in
            PlannedPart(
                id: row.id,
                module: row.module,
                day: row.day,
                startsAt: row.startsAt,
                minutes: row.minutes,
                place: row.place,
                state: row.state
            )
        }
        parents = sheet.parents.map { parent in
            ParentPart(
                person: parent.code,
                minutes: sheet.sessions.map { parent.minutes[$0.id] },
                statuses: sheet.sessions.map { parent.marks[$0.id]?.status },
                catchUps: parent.catchUps.map {
                    CatchUpPart(run: $0.run, heldOn: $0.heldOn, minutes: $0.minutes)
                },
                minutesCounted: parent.decision.minutesCounted,
                modulesCounted: parent.decision.modulesCounted,
                finished: parent.decision.finished,
                explained: Explained(
                    fr: parent.decision.explained(in: .french),
                    en: parent.decision.explained(in: .english)
                ),
                attestation: parent.completion?.code,
                enrolledBy: parent.enrolledBy
            )
        }
    }

    func words(in language: Language) -> String {
        let held = sessions.map {
            "  \($0.heldOn.printed)  module \($0.module)  "
                + "\(Written.minutes($0.deliveredMinutes))  \($0.id)"
        }
        let people = parents.map { parent in
            "  \(parent.person)  " + (parent.attestation.map { "\($0)  " } ?? "")
                + language.choose(parent.explained.fr, parent.explained.en)
        }
        let toCome = planned.map {
            "  \($0.day.printed) \($0.startsAt?.clock ?? "–")  module \($0.module)  "
                + "\($0.state.rawValue)  \($0.id)"
        }
        let waiters = waiting.enumerated().map { place, person in
            "  \(person)  "
                + language.choose("attend, place \(place + 1)", "waits, place \(place + 1)")
        }
        return ([run.words(in: language)] + held + toCome + people + waiters).joined(
            separator: "\n"
        )
    }
}

struct EnrolledAnswer: Output {
    let enrolled: Enrolled

    func encode(to encoder: any Encoder) throws { try enrolled.encode(to: encoder) }

    func words(in language: Language) -> String {
        "\(enrolled.run)  \(enrolled.person)  "
            + (enrolled.place.map {
                language.choose("en attente, place \($0)", "on the waiting list, place \($0)")
            } ?? language.choose("sur la liste", "on the list"))
    }
}

struct SeatsAnswer: Output {
    let set: SeatsSet

    func encode(to encoder: any Encoder) throws { try set.encode(to: encoder) }

    func words(in language: Language) -> String {
        "\(set.run)  "
            + (set.seats.map { language.choose("\($0) places", "\($0) seats") }
                ?? language.choose("sans limite", "no limit"))
    }
}

struct OpeningAnswer: Output {
    let set: OpeningSet

    func encode(to encoder: any Encoder) throws { try set.encode(to: encoder) }

    func words(in language: Language) -> String {
        "\(set.run)  "
            + (set.isOpen
                ? language.choose("ouvert à toutes les structures", "open to every structure")
                : language.choose(
                    "ouvert à la seule structure qui mobilise",
                    "open to the structure that mobilises alone"
                ))
    }
}

struct TeamAnswer: Output {
    let changed: TeamChanged

    func encode(to encoder: any Encoder) throws { try changed.encode(to: encoder) }

    func words(in language: Language) -> String { "\(changed.run)  \(changed.login)" }
}

struct WithdrawnAnswer: Output {
    let withdrawn: Withdrawn

    func encode(to encoder: any Encoder) throws { try withdrawn.encode(to: encoder) }

    func words(in language: Language) -> String {
        language.choose(
            "\(withdrawn.code) n’est plus sur la liste de \(withdrawn.run)",
            "\(withdrawn.code) is off the list of \(withdrawn.run)"
        )
            + (withdrawn.nextWaiting.map {
                language.choose("\u{202F}; attend d’abord\u{A0}: \($0)", "; waits first: \($0)")
            } ?? "")
    }
}

struct AttendanceAnswer: Output {
    let session: String
    let written: Int

    func words(in language: Language) -> String {
        language.choose("\(written) lignes écrites", "\(written) lines written")
    }
}

struct CompletionAnswer: Output {
    let outcome: CompletionOutcome

    func encode(to encoder: any Encoder) throws { try outcome.encode(to: encoder) }

    func words(in language: Language) -> String {
        let done = outcome.completed.map {
            "\($0.person)  \($0.code)  "
                + language.choose("droit jusqu’au ", "right until ") + $0.rightEndsOn.printed
        }
        let rest = outcome.unfinished.map {
            "\($0)  " + language.choose("pas encore achevé", "not finished yet")
        }
        return (done + rest).joined(separator: "\n")
    }
}

struct RevokedAnswer: Output {
    let revoked: CompletionRevoked

    func encode(to encoder: any Encoder) throws { try revoked.encode(to: encoder) }

    func words(in language: Language) -> String {
        "\(revoked.code)  \(revoked.person)  "
            + language.choose("reprise le ", "taken back on ") + revoked.revokedOn.printed
            + (revoked.receipts.isEmpty
                ? ""
                : language.choose("\u{202F}; restent\u{A0}: ", "; stays: ")
                    + revoked.receipts.joined(separator: ", "))
    }
}

struct AttestationAnswer: Output {
    let code: String
    let person: String
    let run: String
    let course: String
    let programme: String
    let structure: String
    let completedOn: Day
    let minutesAttended: Int
    let plannedMinutes: Int
    let modulesCounted: Int
    let rightEndsOn: Day
    /// Absent while it holds.
    let revokedOn: Day?

    init(_ attestation: Attestation) {
        code = attestation.code.digits
        person = attestation.personCode
        run = attestation.run
        course = attestation.course
        programme = attestation.programme
        structure = attestation.structure
        completedOn = attestation.completedOn
        minutesAttended = attestation.minutesAttended
        plannedMinutes = attestation.plannedMinutes
        modulesCounted = attestation.modulesCounted
        rightEndsOn = attestation.rightEndsOn
        revokedOn = attestation.revokedOn
    }

    func words(in language: Language) -> String {
        "\(code)  \(person)  \(course), \(completedOn.printed), "
            + language.choose(
                "\(Written.minutes(minutesAttended)) suivies, droit jusqu’au ",
                "\(Written.minutes(minutesAttended)) attended, right until "
            ) + rightEndsOn.printed
            + (revokedOn.map {
                language.choose(", reprise le ", ", taken back on ") + $0.printed
            } ?? "")
    }
}
