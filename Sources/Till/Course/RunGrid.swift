import Shop
import Store

extension RunPage {
    /// The attendance of one session, or of one to write down.
    struct Grid: Sendable {
        let action: String
        let key: String
        let heading: String
        /// Whether it is still to be written down.
        let isNew: Bool
        /// The session that was planned, where the grid is of one.
        let planned: String?
        let module: Choice?
        let heldOn: Field?
        let minutes: Field?
        let hasRows: Bool
        let rows: [Row]
        let button: String
        let mayWrite: Bool
        /// Why a frozen attendance is corrected; nil where it is not, or not by the reader.
        let motive: Field?
        /// The sheet to print and to attach; nil for who may not.
        let paper: Paper?
        /// Where somebody of another run is written down; nil for a session that is still to be.
        let catchUp: Enrol?
    }

    struct Row: Sendable {
        let person: String
        let name: String
        /// The run from which they come to catch up; nil for who is on this run's list.
        let guest: String?
        let choices: [PresenceChoice]
        /// Minutes that were missed, of who was there for a part.
        let missed: String
    }

    /// The signing sheet of a session, on its way to paper and back.
    struct Paper: Sendable {
        let print: String
        /// What froze the attendance; nil while nothing did.
        let frozen: String?
        let originals: [Original]
        let attach: Attach?
    }

    struct Original: Sendable {
        let path: String
        let words: String
    }

    struct Attach: Sendable {
        let path: String
        let key: String
        let then: String
    }

    /// One of the four words of the grid.
    struct PresenceChoice: Sendable {
        let id: String
        let name: String
        let value: String
        let words: String
        let label: String
        let isChosen: Bool
    }
}

extension RunPage.Grid {
    /// The attendance that was written down, for corrections.
    init(
        _ words: Words,
        _ sheet: RunSheet,
        _ session: RunSheet.Held,
        _ asked: RunAsked,
        path: String,
        mayWrite: Bool,
        mayCorrect: Bool,
        newKey: () -> ID<Claim>
    ) {
        let isFrozen = !session.sheets.isEmpty
        let guests = sheet.guests.filter { $0.marks[session.id] != nil }
        let here = Set(sheet.parents.map(\.person) + guests.map(\.person))
        let action = "\(path)/sessions/\(session.id)"
        let module = sheet.module(of: session)
        self.init(
            action: "\(action)/\(isFrozen ? "corrections" : "attendance")",
            key: newKey().text,
            heading: words(
                "run_session_heading",
                [
                    "module": module?.number ?? "?", "name": module?.name ?? "",
                    "minutes": Written.minutes(session.deliveredMinutes),
                    "day": session.heldOn.printed,
                ]
            ),
            isNew: false,
            planned: nil,
            module: nil,
            heldOn: nil,
            minutes: nil,
            hasRows: !here.isEmpty,
            rows: sheet.parents.map { parent in
                RunPage.Row(
                    words,
                    parent.person,
                    parent.shownName(words),
                    parent.marks[session.id],
                    of: session.deliveredMinutes
                )
            }
                + guests.map { guest in
                    RunPage.Row(
                        words,
                        guest.person,
                        guest.name.isEmpty ? guest.code : guest.name,
                        guest.marks[session.id],
                        of: session.deliveredMinutes,
                        guest: words("run_guest", ["run": guest.run])
                    )
                },
            button: words(isFrozen ? "run_correct" : "run_attendance_save"),
            mayWrite: isFrozen ? mayCorrect : mayWrite,
            motive: isFrozen && mayCorrect
                ? Field(
                    "correction_motive",
                    label: words("run_correct_motive"),
                    value: asked.form["correction_motive"] ?? "",
                    hint: words("run_motive_hint")
                ) : nil,
            paper: mayWrite ? RunPage.Paper(words, session, path: path, key: newKey()) : nil,
            catchUp: mayWrite && !isFrozen
                ? RunPage.Enrol(
                    words,
                    searchedAt: "\(action)/search#catch-up",
                    field: "guest",
                    label: words("run_guest_search"),
                    found: asked.guests?.filter { !here.contains($0.id) },
                    typed: asked.form,
                    chosenAt: "\(action)/catch-ups",
                    newKey: newKey
                ) : nil
        )
    }

    /// A session to write down, as it was planned where it was: everybody is there.
    init(
        _ words: Words,
        _ sheet: RunSheet,
        _ row: SessionRow?,
        _ form: Form,
        path: String,
        key: ID<Claim>,
        today: Day
    ) {
        let next = row.map { String($0.module) } ?? sheet.nextModule?.number
        let most = row?.minutes ?? sheet.nextModule?.plannedMinutes ?? 60
        self.init(
            action: "\(path)/sessions",
            key: key.text,
            heading: row.map { row in
                words(
                    "run_session_planned_heading",
                    [
                        "module": String(row.module), "name": row.moduleName,
                        "day": row.day.printed, "time": row.startsAt?.clock ?? "",
                    ]
                )
            } ?? words("run_session_new"),
            isNew: true,
            planned: row?.id.text,
            module: sheet.choice("module", words, chosen: form["module"] ?? next),
            heldOn: Field(
                "held_on",
                label: words("run_held_on"),
                // One whose day has not come is not written down by the way: its day is typed.
                value: form["held_on"] ?? row.map { $0.day > today ? "" : $0.day.iso } ?? today.iso,
                type: "date"
            ),
            minutes: Field(
                "delivered_minutes",
                label: words("run_delivered"),
                value: form["delivered_minutes"] ?? String(most),
                type: "number"
            ),
            hasRows: !sheet.parents.isEmpty,
            rows: sheet.parents.map {
                RunPage.Row(
                    words,
                    $0.person,
                    $0.shownName(words),
                    RunSheet.Mark(status: .seen, minutes: most),
                    of: most
                )
            },
            button: words("run_session_save"),
            mayWrite: true,
            motive: nil,
            paper: row.map { row in
                RunPage.Paper(
                    print: "/sessions/\(row.id)/sheet",
                    frozen: nil,
                    originals: [],
                    attach: nil
                )
            },
            catchUp: nil
        )
    }
}

extension RunPage.Row {
    init(
        _ words: Words,
        _ person: ID<Person>,
        _ name: String,
        _ mark: RunSheet.Mark?,
        of length: Int,
        guest: String? = nil
    ) {
        let missed = length - (mark?.minutes ?? 0)
        // Of who came on the list after it, nothing is said of an earlier session.
        let chosen: String? =
            switch mark?.status {
            case .seen: missed > 0 ? "late" : "seen"
            case .excused: "excused"
            case .noshow: "noshow"
            case nil: nil
            }
        self.init(
            person: person.text,
            name: name,
            guest: guest,
            choices: ["seen", "late", "excused", "noshow"].map { value in
                RunPage.PresenceChoice(
                    id: "presence-\(person)-\(value)",
                    name: "presence-\(person)",
                    value: value,
                    words: words("presence_\(value)"),
                    label: "\(words("presence_\(value)")), \(name)",
                    isChosen: value == chosen
                )
            },
            missed: chosen == "late" ? String(missed) : ""
        )
    }
}

extension RunPage.Paper {
    init(
        _ words: Words,
        _ session: RunSheet.Held,
        path: String,
        key: ID<Claim>
    ) {
        self.init(
            print: "/sessions/\(session.id)/sheet",
            frozen: session.sheets.first.map {
                words("run_frozen", ["day": $0.attachedAt.day.printed, "name": $0.attachedBy])
            },
            originals: session.sheets.map { sheet in
                RunPage.Original(
                    path: "/sessions/\(session.id)/sheets/\(sheet.sheet)",
                    words: words(
                        "run_original",
                        [
                            "kind": sheet.kind.ending.uppercased(),
                            "digest": String(sheet.sha256.prefix(12)),
                        ]
                    )
                )
            },
            attach: RunPage.Attach(
                path: "/api/v1/sessions/\(session.id)/sheets",
                key: key.text,
                then: "\(path)?session=\(session.id)&done=sheet#attendance"
            )
        )
    }
}
