import Shop
import Store

/// Runs that take the structure's people, with those whom it enrolled.
struct OwnRunsPage: Page {
    static let template = "portal-runs"

    let structure: String
    let rows: [Row]
    let isEmpty: Bool
    let pager: Pager?

    struct Row: Sendable {
        let path: String
        let code: String
        let course: String
        let place: String
        let first: String
        let seats: Tag
        let people: [OwnPersonLine]
    }

    init(_ words: Words, _ part: Paged<OwnRun>, structure: String, isFirst: Bool) {
        self.structure = structure
        rows = part.items.map { run in
            Row(
                path: "/portal/runs/\(run.code)",
                code: run.code,
                course: run.course,
                place: run.shownPlace,
                first: run.first(words),
                seats: run.seats(words),
                people: run.people.map { OwnPersonLine(words, $0, of: run) }
            )
        }
        isEmpty = rows.isEmpty
        pager =
            isFirst && part.next == nil
            ? nil
            : Pager(
                first: isFirst ? nil : "/portal/runs",
                next: part.next.map { "/portal/runs?after=\($0)" },
                words: words.counted("run_pager", rows.count)
            )
    }
}

/// A run, where the structure enrols its own people and takes them off again.
struct OwnRunPage: Page {
    static let template = "portal-run"

    let title: String
    let course: String
    let place: String
    /// The shop with its address: whom to contact, and where.
    let shop: String
    let first: String
    let seats: Tag
    let refusal: RefusalCard?
    /// Why the structure may enrol nobody today; nil while its agreement holds.
    let ended: String?
    let hasPeople: Bool
    let people: [OwnPersonLine]
    /// Nil where it takes nobody more.
    let enrol: RunPage.Enrol?
    /// What enrolling means where every seat is taken; nil where one is free.
    let fullHelp: String?
    let help: String

    /// - Parameters:
    ///   - people: those who may be chosen.
    ///   - searched: what was typed; nil where those referred last are shown.
    init(
        _ words: Words,
        _ run: OwnRun,
        people found: [OwnPerson],
        searched: String?,
        ended: String?,
        refusal: RefusalCard?,
        newKey: () -> ID<Claim>
    ) {
        let path = "/portal/runs/\(run.code)"
        title = run.code
        course = run.course
        place = run.ownPlace ?? words("portal_run_at_shop")
        shop = "\(run.shop), \(run.address)"
        first = run.first(words)
        seats = run.seats(words)
        self.ended = ended
        self.refusal = refusal
        hasPeople = !run.people.isEmpty
        people = run.people.map {
            OwnPersonLine(words, $0, of: run, at: "\(path)/withdrawals", key: newKey())
        }
        let takesPeople = run.takesPeople && ended == nil
        fullHelp = takesPeople && run.isFull ? words("portal_run_full_help") : nil
        enrol =
            takesPeople
            ? RunPage.Enrol(
                action: "\(path)/search#enrol",
                search: Field(
                    "q",
                    label: words("portal_run_search"),
                    value: searched ?? "",
                    hint: words("portal_run_search_hint"),
                    type: "search",
                    isRequired: false
                ),
                isSearched: true,
                hasFound: !found.isEmpty,
                nobody: words(
                    searched == nil ? "portal_run_nobody_else" : "portal_run_found_nobody"
                ),
                found: found.map { person in
                    RunPage.Found(
                        action: "\(path)/enrolments",
                        key: newKey().text,
                        code: person.code,
                        name: person.name ?? person.code,
                        words: [person.name, person.code].compactMap(\.self).joined(separator: ", ")
                    )
                }
            ) : nil
        help = words(run.hasBegun ? "portal_run_begun" : "portal_run_help")
    }
}

/// One of the structure's own people on a run.
struct OwnPersonLine: Sendable {
    let name: String
    let state: Tag
    /// Takes them off the list; nil where the structure may not, or not here.
    let withdraw: RunPage.Motivated?

    init(
        _ words: Words,
        _ person: OwnEnrolment,
        of run: OwnRun,
        at action: String? = nil,
        key: ID<Claim>? = nil
    ) {
        name = person.name ?? person.code
        let day = person.endedOn?.printed ?? ""
        state =
            switch person.state {
            case .enrolled: Tag(tone: "done", icon: "done", words: words("portal_run_enrolled"))
            case .waiting:
                Tag(
                    tone: "warning",
                    icon: "half",
                    words: words(
                        "portal_run_waiting",
                        ["place": words.number(person.place ?? 0)]
                    )
                )
            case .withdrawn:
                Tag(tone: "", icon: "close", words: words("portal_run_withdrawn", ["day": day]))
            case .finished:
                Tag(tone: "done", icon: "course", words: words("portal_run_finished", ["day": day]))
            }
        guard let action, let key, person.isOpen, !run.hasBegun else {
            withdraw = nil
            return
        }
        withdraw = RunPage.Motivated(
            action: action,
            key: key.text,
            person: person.code,
            motive: Field(
                "motive-\(person.code)",
                label: words("run_withdraw_motive"),
                hint: words("portal_run_motive_hint")
            ),
            button: words("run_withdraw_yes", ["name": name])
        )
    }
}

extension OwnRun {
    /// Where a family is told to go.
    fileprivate var shownPlace: String {
        ownPlace.map { "\($0) (\(shop))" } ?? "\(shop), \(address)"
    }

    /// Nil where it is held at the shop.
    fileprivate var ownPlace: String? {
        [firstSession?.place, place].compactMap(\.self).first { !$0.isEmpty }
    }

    fileprivate func first(_ words: Words) -> String {
        guard let firstSession else {
            return words("portal_run_first_unplanned", ["day": startsOn.printed])
        }
        guard let time = firstSession.startsAt else { return firstSession.day.printed }
        return words(
            "portal_run_first_when",
            [
                "day": firstSession.day.spelledInWeek(in: words.language),
                "time": time.clock, "minutes": Written.minutes(firstSession.minutes),
            ]
        )
    }

    fileprivate func seats(_ words: Words) -> Tag {
        if !takesPeople {
            return Tag(tone: "", icon: "lock", words: words("portal_run_closed"))
        }
        if isFull {
            let waiting = waiting ?? 0
            return Tag(
                tone: "warning",
                icon: "half",
                words: waiting == 0
                    ? words("portal_run_full") : words.counted("portal_run_waiting_list", waiting)
            )
        }
        return Tag(
            tone: "done",
            icon: "done",
            words: seatsLeft.map { words.counted("portal_run_left", $0) }
                ?? words("run_seats_none")
        )
    }
}
