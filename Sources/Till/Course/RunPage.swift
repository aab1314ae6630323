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
enum Attended {
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
    func tabs(_ words: Words, path: String, shown: Attended, mayWrite: Bool)
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
    var open: [SessionRow] { planned.filter { $0.state == .planned } }

    /// The session that was asked for; else the one whose day has come, else the last one, once every module was held.
    func shown(_ asked: RunAsked, today: Day, mayWrite: Bool) -> Attended {
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

    func module(of session: Held) -> Module? {
        course.modules.first { $0.id == session.module }
    }

    /// The first module that was not held yet, or the last one when all were.
    var nextModule: Module? {
        let held = Set(sessions.map(\.module))
        return course.modules.first { !held.contains($0.id) } ?? course.modules.last
    }

    func decide(_ words: Words, key: ID<Claim>) -> RunPage.Decide? {
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
    var number: String { String(position) }
}

extension RunSheet {
    func choice(_ name: String, _ words: Words, chosen: String?) -> Choice {
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

extension RunSheet.Parent {
    func shownName(_ words: Words) -> String {
        name.isEmpty ? "\(words("run_erased")) (\(code))" : name
    }
}

extension RunPage.HelperLine {
    /// - Parameter key: nil where the reader takes nobody out.
    init(_ words: Words, _ helper: Helper, path: String, key: ID<Claim>?) {
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
    init(
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
