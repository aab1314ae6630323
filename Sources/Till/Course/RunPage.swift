import Shop
import Store

/// One run: its sessions with the attendance grid, its parents with where each stands.
struct RunPage: Page {
    static let template = "run"

    let title: String
    let intro: String
    let path: String
    let programme: String
    let course: String
    let facilitator: String
    let place: String
    let hours: String
    let seats: String
    /// Which structures enrol their people.
    let opening: String
    let hasHelpers: Bool
    let helpers: [HelperLine]
    let setUp: SetUp?
    /// Where the questionnaires are that wait, a moment each.
    let questionnaires: [QuestionnaireLink]
    let refusal: RefusalCard?
    let mayWrite: Bool
    let sessions: [Tab]
    let grid: Grid?
    let hasPlanned: Bool
    let planned: [Planned]
    let plan: PlanForm?
    let parentsTitle: String
    let hasParents: Bool
    let parents: [Parent]
    /// What certifies everybody who reaches the rule; nil where nobody does.
    let decide: Decide?
    /// Nil where nobody waits.
    let waiting: WaitingList?
    let enrol: Enrol?

    struct HelperLine: Sendable {
        let words: String
        let end: Act?
    }

    /// A form that asks nothing but a yes.
    struct Act: Sendable {
        let action: String
        let key: String
        let words: String
    }

    /// Where the seats, the team and the opening to structures are set.
    struct SetUp: Sendable {
        let path: String
        /// What the button makes of the opening: yes or no.
        let open: String
        let opening: Act
        let seatsKey: String
        let seats: Field
        let helperKey: String
        let login: Choice
        let part: Choice
    }

    struct WaitingList: Sendable {
        let title: String
        let people: [Waiter]
        /// Puts the first one on the list; nil while no seat is free.
        let admit: Act?
    }

    struct Waiter: Sendable {
        let path: String
        let name: String
        let words: String
        /// By which structure, in the portal; nil where the shop did.
        let enrolledBy: String?
        let withdraw: Motivated?
    }

    struct Decide: Sendable {
        let key: String
        /// What is asked before, and the button that says yes.
        let words: String
        let yes: String
    }

    struct Tab: Sendable {
        let path: String
        let words: String
        let current: Bool
    }

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

    /// A session that was planned and not held, with what moves it and what calls it off.
    struct Planned: Sendable {
        let words: String
        let details: String
        let state: SessionTag
        let hold: String?
        let move: PlanForm?
        let cancel: Cancel?
    }

    struct Cancel: Sendable {
        let action: String
        let key: String
        let motive: Field
    }

    /// Where a session is planned or moved; `suffix` stands behind the name of each field.
    struct PlanForm: Sendable {
        let action: String
        let key: String
        let suffix: String
        let module: Choice
        let plannedOn: Field
        let startsAt: Field
        let minutes: Field
        let place: Field
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

    struct Parent: Sendable {
        let path: String
        let name: String
        /// By which structure, in the portal; nil where the shop did.
        let enrolledBy: String?
        let counted: String
        let catchUps: [String]
        let explained: String
        let attestation: Attested?
        let isReached: Bool
        let isShort: Bool
        /// An attestation that was taken back.
        let revoked: String?
        let certify: Motivated?
        let revoke: Motivated?
        let withdraw: Motivated?
    }

    /// What a named person does about one parent, and why.
    struct Motivated: Sendable {
        let action: String
        let key: String
        let person: String
        let motive: Field
        let button: String
    }

    struct Attested: Sendable {
        let path: String
        let words: String
        let motive: String?
    }

    /// Where a person is searched for and chosen.
    struct Enrol: Sendable {
        let action: String
        let search: Field
        let isSearched: Bool
        let hasFound: Bool
        /// What is said where nobody was found.
        let nobody: String
        let found: [Found]
    }

    struct Found: Sendable {
        let action: String
        let key: String
        let code: String
        let name: String
        let words: String
    }
}

/// What the page is asked to show beside the run itself.
struct RunAsked: Sendable {
    /// The session whose attendance is shown.
    var session: ID<Session>?
    /// Whether a session is to be written down.
    var isNew = false
    /// What was typed, when it was refused or searched.
    var form = Form(encoded: "")
    var refusal: RefusalCard?
    /// Who was found to enrol; nil when nobody was searched for.
    var found: [PersonRow]?
    /// Who was found to catch a session up; nil when nobody was searched for.
    var guests: [PersonRow]?
}

extension RunPage {
    init(
        _ words: Words,
        _ sheet: RunSheet,
        _ asked: RunAsked,
        colleagues: [Facilitator],
        dueQuestionnaires: [Moment: Int] = [:],
        mayCorrect: Bool = false,
        today: Day,
        mayWrite: Bool,
        newKey: () -> ID<Claim>
    ) {
        let run = sheet.run
        let path = "/runs/\(run.code)"
        self.path = path
        title = run.code
        intro = words(
            "run_intro",
            ["structure": run.structureName, "day": run.startsOn.printed]
        )
        programme = run.programmeName
        course = sheet.course.name
        facilitator = run.facilitator
        place = run.place.isEmpty ? "–" : run.place
        hours = run.hours
        seats =
            run.seats.map {
                words(
                    "run_seats_of",
                    [
                        "seats": words.number($0),
                        "free": words.number(max(0, $0 - run.enrolled)),
                    ]
                )
            } ?? words("run_seats_none")
        opening = words(run.isOpen ? "run_open_all" : "run_open_own")
        hasHelpers = !sheet.helpers.isEmpty
        helpers = sheet.helpers.map {
            HelperLine(words, $0, path: path, key: mayWrite ? newKey() : nil)
        }
        questionnaires = QuestionnaireLink.all(words, dueQuestionnaires, run: run.code)
        setUp = mayWrite ? SetUp(words, run, asked.form, colleagues, newKey: newKey) : nil
        waiting =
            sheet.waiting.isEmpty
            ? nil : WaitingList(words, sheet, path: path, mayWrite: mayWrite, newKey: newKey)
        refusal = asked.refusal
        self.mayWrite = mayWrite
        let shown = sheet.shown(asked, today: today, mayWrite: mayWrite)
        sessions = sheet.tabs(words, path: path, shown: shown, mayWrite: mayWrite)
        grid =
            switch shown {
            case .held(let held):
                Grid(
                    words,
                    sheet,
                    held,
                    asked,
                    path: path,
                    mayWrite: mayWrite,
                    mayCorrect: mayCorrect,
                    newKey: newKey
                )
            case .planned(let row):
                Grid(words, sheet, row, asked.form, path: path, key: newKey(), today: today)
            case .new:
                Grid(words, sheet, nil, asked.form, path: path, key: newKey(), today: today)
            case .nothing: nil
            }
        hasPlanned = !sheet.planned.isEmpty
        planned = sheet.planned.map {
            Planned(words, sheet, $0, asked.form, path: path, mayWrite: mayWrite, newKey: newKey)
        }
        plan =
            mayWrite
            ? PlanForm(
                words,
                sheet,
                nil,
                asked.form,
                action: "\(path)/plans",
                key: newKey(),
                today: today
            ) : nil
        parentsTitle = words.counted("run_parents", sheet.parents.count)
        hasParents = !sheet.parents.isEmpty
        parents = sheet.parents.map {
            Parent(
                words,
                $0,
                path: path,
                mayWrite: mayWrite,
                mayRevoke: mayCorrect,
                newKey: newKey
            )
        }
        decide = mayWrite ? sheet.decide(words, key: newKey()) : nil
        enrol = mayWrite ? Enrol(words, sheet, asked, path: path, newKey: newKey) : nil
    }
}

/// What the grid of a run's page is of.
private enum Attended {
    case held(RunSheet.Held)
    case planned(SessionRow)
    /// One that was not planned.
    case new
    case nothing

    var session: ID<Session>? {
        switch self {
        case .held(let held): held.id
        case .planned(let row): row.id
        case .new, .nothing: nil
        }
    }

    var isNew: Bool { if case .new = self { true } else { false } }
}

extension RunSheet {
    fileprivate func tabs(_ words: Words, path: String, shown: Attended, mayWrite: Bool)
        -> [RunPage.Tab]
    {
        func tab(_ session: ID<Session>, _ key: String, _ facts: [String: String]) -> RunPage.Tab {
            RunPage.Tab(
                path: "\(path)?session=\(session)#attendance",
                words: words(key, facts),
                current: session == shown.session
            )
        }
        let held = sessions.map { session in
            tab(
                session.id,
                "run_session_tab",
                ["day": session.heldOn.printed, "module": module(of: session)?.number ?? "?"]
            )
        }
        guard mayWrite else { return held }
        let toCome = open.map { row in
            tab(
                row.id,
                "run_session_tab_planned",
                ["day": row.day.printed, "module": String(row.module)]
            )
        }
        let new = RunPage.Tab(
            path: "\(path)?session=new#attendance",
            words: words("run_session_new"),
            current: shown.isNew
        )
        return held + toCome + [new]
    }

    /// Planned, neither held nor called off.
    fileprivate var open: [SessionRow] { planned.filter { $0.state == .planned } }

    /// The session that was asked for; else the one whose day has come, else the last one, once every module was held.
    fileprivate func shown(_ asked: RunAsked, today: Day, mayWrite: Bool) -> Attended {
        let last = sessions.last.map(Attended.held) ?? .nothing
        if let session = asked.session {
            if let held = sessions.first(where: { $0.id == session }) { return .held(held) }
            if mayWrite, let row = open.first(where: { $0.id == session }) { return .planned(row) }
            return mayWrite ? .new : last
        }
        guard mayWrite else { return last }
        if asked.isNew { return .new }
        if let due = open.first(where: { $0.day <= today }) { return .planned(due) }
        let held = Set(sessions.map(\.module))
        let isWhole = course.modules.allSatisfy { held.contains($0.id) }
        return isWhole ? last : .new
    }

    fileprivate func module(of session: Held) -> Module? {
        course.modules.first { $0.id == session.module }
    }

    /// Modules that were not held yet, or the last one when all were.
    fileprivate var nextModule: Module? {
        let held = Set(sessions.map(\.module))
        return course.modules.first { !held.contains($0.id) } ?? course.modules.last
    }

    fileprivate func decide(_ words: Words, key: ID<Claim>) -> RunPage.Decide? {
        let reached = parents.count { $0.completion == nil && $0.decision.finished }
        if reached == 0 { return nil }
        return RunPage.Decide(
            key: key.text,
            words: words.counted("run_decide", reached),
            yes: words.counted("run_decide_yes", reached)
        )
    }
}

extension Module {
    fileprivate var number: String { String(position) }
}

extension RunPage.Grid {
    /// The attendance that was written down, for corrections.
    fileprivate init(
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
    fileprivate init(
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

extension RunSheet {
    fileprivate func choice(_ name: String, _ words: Words, chosen: String?) -> Choice {
        Choice(
            name,
            label: words("run_module"),
            options: course.modules.map { module in
                let shown = words(
                    "run_module_choice",
                    [
                        "position": module.number, "name": module.name,
                        "minutes": Written.minutes(module.plannedMinutes),
                    ]
                )
                return (module.number, shown)
            },
            chosen: chosen
        )
    }
}

extension RunPage.Planned {
    fileprivate init(
        _ words: Words,
        _ sheet: RunSheet,
        _ row: SessionRow,
        _ form: Form,
        path: String,
        mayWrite: Bool,
        newKey: () -> ID<Claim>
    ) {
        let isOpen = mayWrite && row.state == .planned
        let action = "\(path)/plans/\(row.id)"
        self.init(
            words: words(
                "run_planned_when",
                [
                    "day": row.day.spelledInWeek(in: words.language),
                    "time": row.startsAt?.clock ?? "",
                ]
            ),
            details: [
                "\(row.module). \(row.moduleName)", Written.minutes(row.minutes), row.place,
            ].filter { !$0.isEmpty }.joined(separator: " · "),
            state: SessionTag(words, row.state),
            hold: isOpen ? "\(path)?session=\(row.id)#attendance" : nil,
            move: isOpen
                ? RunPage.PlanForm(
                    words,
                    sheet,
                    row,
                    form,
                    action: action,
                    key: newKey(),
                    today: row.day
                ) : nil,
            cancel: isOpen
                ? RunPage.Cancel(
                    action: "\(action)/cancellation",
                    key: newKey().text,
                    motive: Field(
                        "motive-cancel-\(row.id)",
                        label: words("run_cancel_motive"),
                        hint: words("run_motive_hint")
                    )
                ) : nil
        )
    }
}

extension RunPage.PlanForm {
    /// - Parameter row: what is moved; nil for a session to plan: a week after the last one, at its hour.
    fileprivate init(
        _ words: Words,
        _ sheet: RunSheet,
        _ row: SessionRow?,
        _ form: Form,
        action: String,
        key: ID<Claim>,
        today: Day
    ) {
        let suffix = row.map { "-\($0.id)" } ?? "-plan"
        let last = sheet.open.last
        let taken = Set(sheet.sessions.map(\.module))
        let toCome = Set(sheet.open.map(\.module))
        let next = sheet.course.modules.first {
            !taken.contains($0.id) && !toCome.contains($0.position)
        }
        let after = (last?.day ?? sheet.sessions.last?.heldOn).map { $0.adding(days: 7) }
        func typed(_ name: String) -> String? { form[name + suffix] }
        self.init(
            action: action,
            key: key.text,
            suffix: suffix,
            module: sheet.choice(
                "module\(suffix)",
                words,
                chosen: typed("module") ?? row.map { String($0.module) } ?? next?.number
            ),
            plannedOn: Field(
                "planned_on\(suffix)",
                label: words("run_planned_on"),
                value: typed("planned_on") ?? (row?.day ?? max(after ?? today, today)).iso,
                type: "date"
            ),
            startsAt: Field(
                "starts_at\(suffix)",
                label: words("run_starts_at"),
                value: typed("starts_at") ?? (row ?? last)?.startsAt?.clock ?? "",
                type: "time"
            ),
            minutes: Field(
                "planned_minutes\(suffix)",
                label: words("run_planned_minutes"),
                value: typed("planned_minutes") ?? row.map { String($0.minutes) } ?? "",
                hint: row == nil ? words("run_planned_minutes_hint") : nil,
                type: "number",
                isRequired: false
            ),
            place: Field(
                "place\(suffix)",
                label: words("run_place"),
                value: typed("place") ?? row?.place ?? sheet.run.place,
                isRequired: false
            )
        )
    }
}

extension RunPage.Paper {
    fileprivate init(
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

extension RunPage.Row {
    fileprivate init(
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

extension RunSheet.Parent {
    fileprivate func shownName(_ words: Words) -> String {
        name.isEmpty ? "\(words("run_erased")) (\(code))" : name
    }
}

extension RunPage.HelperLine {
    /// - Parameter key: nil where the reader takes nobody out.
    fileprivate init(_ words: Words, _ helper: Helper, path: String, key: ID<Claim>?) {
        self.init(
            words: "\(helper.name) (\(helper.part.name(in: words.language)))",
            end: key.map { key in
                RunPage.Act(
                    action: "\(path)/helpers/\(helper.login)/end",
                    key: key.text,
                    words: words("run_helper_end", ["name": helper.name])
                )
            }
        )
    }
}

extension RunPage.SetUp {
    fileprivate init(
        _ words: Words,
        _ run: RunSummary,
        _ form: Form,
        _ colleagues: [Facilitator],
        newKey: () -> ID<Claim>
    ) {
        self.init(
            path: "/runs/\(run.code)",
            open: run.isOpen ? "no" : "yes",
            opening: RunPage.Act(
                action: "/runs/\(run.code)/opening",
                key: newKey().text,
                words: words(run.isOpen ? "run_open_no" : "run_open_yes")
            ),
            seatsKey: newKey().text,
            seats: Field(
                "seats",
                label: words("run_seats"),
                value: form["seats"] ?? run.seats.map(String.init) ?? "",
                hint: words("run_seats_hint"),
                type: "number",
                isRequired: false
            ),
            helperKey: newKey().text,
            login: Choice(
                "login",
                label: words("run_helper"),
                options: colleagues.map { ($0.login, $0.name) },
                chosen: form["login"]
            ),
            part: Choice(
                "part",
                label: words("run_helper_part"),
                options: Helper.Part.allCases.reversed().map {
                    ($0.rawValue, $0.name(in: words.language))
                },
                chosen: form["part"]
            )
        )
    }
}

extension RunPage.WaitingList {
    fileprivate init(
        _ words: Words,
        _ sheet: RunSheet,
        path: String,
        mayWrite: Bool,
        newKey: () -> ID<Claim>
    ) {
        let isFull = sheet.run.seats.map { sheet.run.enrolled >= $0 } ?? false
        let names = sheet.waiting.map { $0.name.isEmpty ? $0.code : $0.name }
        self.init(
            title: words.counted("run_waiting", sheet.waiting.count),
            people: zip(sheet.waiting, names).enumerated().map { index, waiter in
                RunPage.Waiter(
                    path: "/persons/\(waiter.0.code)",
                    name: waiter.1,
                    words: words(
                        "run_waiting_place",
                        [
                            "place": words.number(index + 1),
                            "day": waiter.0.askedOn.printed,
                        ]
                    ),
                    enrolledBy: waiter.0.enrolledBy.map {
                        words("run_enrolled_by", ["structure": $0])
                    },
                    withdraw: mayWrite
                        ? RunPage.Motivated(
                            words,
                            "withdraw",
                            waiter.0.person,
                            code: waiter.0.code,
                            name: waiter.1,
                            action: "\(path)/withdrawals",
                            key: newKey()
                        ) : nil
                )
            },
            admit: mayWrite && !isFull
                ? RunPage.Act(
                    action: "\(path)/admissions",
                    key: newKey().text,
                    words: words("run_admit", ["name": names[0]])
                ) : nil
        )
    }
}

extension RunPage.Motivated {
    fileprivate init(
        _ words: Words,
        _ act: String,
        _ person: ID<Person>,
        code: String,
        name: String,
        action: String,
        key: ID<Claim>
    ) {
        self.init(
            action: action,
            key: key.text,
            person: code,
            motive: Field(
                "motive-\(act)-\(person)",
                label: words("run_\(act)_motive"),
                hint: words("run_motive_hint")
            ),
            button: words("run_\(act)_yes", ["name": name])
        )
    }
}

extension RunPage.Parent {
    fileprivate init(
        _ words: Words,
        _ parent: RunSheet.Parent,
        path: String,
        mayWrite: Bool,
        mayRevoke: Bool,
        newKey: () -> ID<Claim>
    ) {
        func motivated(_ act: String, _ name: String) -> RunPage.Motivated {
            RunPage.Motivated(
                words,
                act,
                parent.person,
                code: parent.code,
                name: parent.shownName(words),
                action: "\(path)/\(name)",
                key: newKey()
            )
        }
        let isOpen = parent.completion == nil
        let isReached = parent.decision.finished
        self.init(
            path: "/persons/\(parent.person)",
            name: parent.shownName(words),
            enrolledBy: parent.enrolledBy.map { words("run_enrolled_by", ["structure": $0]) },
            counted: Written.minutes(parent.decision.minutesCounted),
            catchUps: parent.catchUps.map { caught in
                words(
                    "run_caught_up",
                    [
                        "minutes": Written.minutes(caught.minutes), "run": caught.run,
                        "day": caught.heldOn.printed,
                    ]
                )
            },
            explained: parent.decision.explained(in: words.language),
            attestation: parent.completion.map { done in
                RunPage.Attested(
                    path: "/attestations/\(done.code)",
                    words: words("run_attestation", ["day": done.completedOn.printed]),
                    motive: done.motive.map { words("run_motive", ["motive": $0]) }
                )
            },
            isReached: isOpen && isReached,
            isShort: isOpen && !isReached,
            revoked: parent.revoked.map {
                words("run_revoked", ["day": $0.revokedOn.printed, "motive": $0.motive])
            },
            certify: isOpen && !isReached && mayWrite
                ? motivated("certify", "completions") : nil,
            revoke: mayRevoke
                ? parent.completion.map { done in
                    RunPage.Motivated(
                        words,
                        "revoke",
                        parent.person,
                        code: done.code,
                        name: parent.shownName(words),
                        action: "\(path)/revocations",
                        key: newKey()
                    )
                } : nil,
            withdraw: isOpen && mayWrite ? motivated("withdraw", "withdrawals") : nil
        )
    }
}

extension RunPage.Enrol {
    /// Who is not on the list, and may be put on it.
    fileprivate init(
        _ words: Words,
        _ sheet: RunSheet,
        _ asked: RunAsked,
        path: String,
        newKey: () -> ID<Claim>
    ) {
        let enrolled = Set(sheet.parents.map(\.person) + sheet.waiting.map(\.person))
        self.init(
            words,
            searchedAt: "\(path)/search#enrol",
            field: "q",
            label: words("run_enrol_search"),
            found: asked.found?.filter { !enrolled.contains($0.id) },
            typed: asked.form,
            chosenAt: "\(path)/enrolments",
            newKey: newKey
        )
    }

    /// - Parameter found: nil when nobody was searched for.
    fileprivate init(
        _ words: Words,
        searchedAt: String,
        field: String,
        label: String,
        found: [PersonRow]?,
        typed: Form,
        chosenAt: String,
        newKey: () -> ID<Claim>
    ) {
        self.init(
            action: searchedAt,
            search: Field(
                field,
                label: label,
                value: found == nil ? "" : typed[field] ?? "",
                type: "search"
            ),
            isSearched: found != nil,
            hasFound: found?.isEmpty == false,
            nobody: words("run_found_nobody"),
            found: (found ?? []).map { person in
                RunPage.Found(
                    action: chosenAt,
                    key: newKey().text,
                    code: person.code,
                    name: person.name,
                    words: [person.name, person.birthYear.map(String.init), person.structure]
                        .compactMap(\.self).joined(separator: ", ")
                )
            }
        )
    }
}
