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
    let refusal: RefusalCard?
    let mayWrite: Bool
    let sessions: [Tab]
    let grid: Grid?
    let parentsTitle: String
    let hasParents: Bool
    let parents: [Parent]
    /// What certifies everybody who reaches the rule; nil where nobody does.
    let decide: Decide?
    let enrol: Enrol?

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
        let module: Choice?
        let heldOn: Field?
        let minutes: Field?
        let most: String
        let hasRows: Bool
        let rows: [Row]
        let button: String
        let mayWrite: Bool
    }

    struct Row: Sendable {
        let person: String
        let name: String
        let isPresent: Bool
        let minutes: String
    }

    struct Parent: Sendable {
        let path: String
        let name: String
        let counted: String
        let explained: String
        let attestation: Attested?
        let isReached: Bool
        let isShort: Bool
        let certify: Motivated?
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

    struct Enrol: Sendable {
        let search: Field
        let isSearched: Bool
        let hasFound: Bool
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
    /// Who was found; nil when nobody was searched for.
    var found: [PersonRow]?
}

extension RunPage {
    init(
        _ words: Words,
        _ sheet: RunSheet,
        _ asked: RunAsked,
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
        refusal = asked.refusal
        self.mayWrite = mayWrite
        let shown = sheet.shown(asked, mayWrite: mayWrite)
        sessions = sheet.tabs(words, path: path, shown: shown, mayWrite: mayWrite)
        if let shown {
            grid = Grid(words, sheet, shown, path: path, key: newKey(), mayWrite: mayWrite)
        } else if mayWrite {
            grid = Grid(words, sheet, asked.form, path: path, key: newKey(), today: today)
        } else {
            grid = nil
        }
        parentsTitle = words.counted("run_parents", sheet.parents.count)
        hasParents = !sheet.parents.isEmpty
        parents = sheet.parents.map {
            Parent(words, $0, path: path, mayWrite: mayWrite, newKey: newKey)
        }
        decide = mayWrite ? sheet.decide(words, key: newKey()) : nil
        enrol = mayWrite ? Enrol(words, sheet, asked, path: path, newKey: newKey) : nil
    }
}

extension RunSheet {
    fileprivate func tabs(_ words: Words, path: String, shown: Held?, mayWrite: Bool)
        -> [RunPage.Tab]
    {
        let held = sessions.map { session in
            RunPage.Tab(
                path: "\(path)?session=\(session.id)#attendance",
                words: words(
                    "run_session_tab",
                    ["day": session.heldOn.printed, "module": module(of: session)?.number ?? "?"]
                ),
                current: session.id == shown?.id
            )
        }
        let new = RunPage.Tab(
            path: "\(path)?session=new#attendance",
            words: words("run_session_new"),
            current: shown == nil
        )
        return held + (mayWrite ? [new] : [])
    }

    /// The session that was asked for; else the last one, once every module was held.
    fileprivate func shown(_ asked: RunAsked, mayWrite: Bool) -> Held? {
        if asked.isNew { return nil }
        if let session = asked.session { return sessions.first { $0.id == session } }
        let held = Set(sessions.map(\.module))
        let isWhole = course.modules.allSatisfy { held.contains($0.id) }
        return isWhole || !mayWrite ? sessions.last : nil
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
        path: String,
        key: ID<Claim>,
        mayWrite: Bool
    ) {
        let module = sheet.module(of: session)
        self.init(
            action: "\(path)/sessions/\(session.id)/attendance",
            key: key.text,
            heading: words(
                "run_session_heading",
                [
                    "module": module?.number ?? "?", "name": module?.name ?? "",
                    "minutes": Written.minutes(session.deliveredMinutes),
                    "day": session.heldOn.printed,
                ]
            ),
            isNew: false,
            module: nil,
            heldOn: nil,
            minutes: nil,
            most: String(session.deliveredMinutes),
            hasRows: !sheet.parents.isEmpty,
            rows: sheet.parents.map { parent in
                let minutes = parent.minutes[session.id] ?? 0
                return RunPage.Row(words, parent, isPresent: minutes > 0, minutes: minutes)
            },
            button: words("run_attendance_save"),
            mayWrite: mayWrite
        )
    }

    /// A session to write down: everybody is there.
    fileprivate init(
        _ words: Words,
        _ sheet: RunSheet,
        _ form: Form,
        path: String,
        key: ID<Claim>,
        today: Day
    ) {
        let next = sheet.nextModule
        let most = next?.plannedMinutes ?? 60
        self.init(
            action: "\(path)/sessions",
            key: key.text,
            heading: words("run_session_new"),
            isNew: true,
            module: Choice(
                "module",
                label: words("run_module"),
                options: sheet.course.modules.map { module in
                    let shown = words(
                        "run_module_choice",
                        [
                            "position": module.number, "name": module.name,
                            "minutes": Written.minutes(module.plannedMinutes),
                        ]
                    )
                    return (module.number, shown)
                },
                chosen: form["module"] ?? next?.number
            ),
            heldOn: Field(
                "held_on",
                label: words("run_held_on"),
                value: form["held_on"] ?? today.iso,
                type: "date"
            ),
            minutes: Field(
                "delivered_minutes",
                label: words("run_delivered"),
                value: form["delivered_minutes"] ?? String(most),
                type: "number"
            ),
            most: String(most),
            hasRows: !sheet.parents.isEmpty,
            rows: sheet.parents.map {
                RunPage.Row(words, $0, isPresent: true, minutes: most)
            },
            button: words("run_session_save"),
            mayWrite: true
        )
    }
}

extension RunPage.Row {
    fileprivate init(_ words: Words, _ parent: RunSheet.Parent, isPresent: Bool, minutes: Int) {
        self.init(
            person: parent.person.text,
            name: parent.shownName(words),
            isPresent: isPresent,
            minutes: String(minutes)
        )
    }
}

extension RunSheet.Parent {
    fileprivate func shownName(_ words: Words) -> String {
        name.isEmpty ? "\(words("run_erased")) (\(code))" : name
    }
}

extension RunPage.Parent {
    fileprivate init(
        _ words: Words,
        _ parent: RunSheet.Parent,
        path: String,
        mayWrite: Bool,
        newKey: () -> ID<Claim>
    ) {
        func motivated(_ act: String, _ name: String) -> RunPage.Motivated {
            RunPage.Motivated(
                action: "\(path)/\(name)",
                key: newKey().text,
                person: parent.code,
                motive: Field(
                    "motive-\(act)-\(parent.person)",
                    label: words("run_\(act)_motive"),
                    hint: words("run_motive_hint")
                ),
                button: words("run_\(act)_yes", ["name": parent.shownName(words)])
            )
        }
        let isOpen = parent.completion == nil
        let isReached = parent.decision.finished
        self.init(
            path: "/persons/\(parent.person)",
            name: parent.shownName(words),
            counted: Written.minutes(parent.decision.minutesCounted),
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
            certify: isOpen && !isReached && mayWrite
                ? motivated("certify", "completions") : nil,
            withdraw: isOpen && mayWrite ? motivated("withdraw", "withdrawals") : nil
        )
    }
}

extension RunPage.Enrol {
    fileprivate init(
        _ words: Words,
        _ sheet: RunSheet,
        _ asked: RunAsked,
        path: String,
        newKey: () -> ID<Claim>
    ) {
        let enrolled = Set(sheet.parents.map(\.person))
        let found = (asked.found ?? []).filter { !enrolled.contains($0.id) }
        self.init(
            search: Field(
                "q",
                label: words("run_enrol_search"),
                value: asked.found == nil ? "" : asked.form["q"] ?? "",
                type: "search"
            ),
            isSearched: asked.found != nil,
            hasFound: !found.isEmpty,
            found: found.map { person in
                RunPage.Found(
                    action: "\(path)/enrolments",
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
