import Shop
import Store

/// The sessions of a week, by day, of every run that the reader may see.
struct WeekPage: Page {
    static let template = "week"

    let title: String
    let intro: String
    let previous: String
    let next: String
    /// Nil in the week that it is.
    let now: String?
    let isEmpty: Bool
    let days: [Shown]
    let pager: Pager?

    struct Shown: Sendable {
        let words: String
        let isToday: Bool
        let sessions: [Session]
    }

    struct Session: Sendable {
        let path: String
        let time: String
        let module: String
        let run: String
        let words: String
        let state: SessionTag
    }

    init(
        _ words: Words,
        _ sessions: Paged<SessionRow>,
        from monday: Day,
        isFirst: Bool,
        today: Day
    ) {
        func path(_ day: Day) -> String { "/runs/week?from=\(day.iso)" }
        let current = today.firstOfWeek
        title = words(monday == current ? "week_this" : "week_title")
        intro = words(
            "week_intro",
            [
                "from": monday.spelled(in: words.language),
                "to": monday.adding(days: 6).spelled(in: words.language),
            ]
        )
        previous = path(monday.adding(days: -7))
        next = path(monday.adding(days: 7))
        now = monday == current ? nil : "/runs/week"
        isEmpty = sessions.items.isEmpty
        let days = Dictionary(grouping: sessions.items, by: \.day)
        self.days = days.keys.sorted().map { day in
            Shown(
                words: day.spelledInWeek(in: words.language),
                isToday: day == today,
                sessions: (days[day] ?? []).map { Session(words, $0) }
            )
        }
        pager =
            isFirst && sessions.next == nil
            ? nil
            : Pager(
                first: isFirst ? nil : path(monday),
                next: sessions.next.map { "\(path(monday))&after=\($0)" },
                words: words.counted("week_pager", sessions.items.count)
            )
    }
}

extension WeekPage.Session {
    fileprivate init(_ words: Words, _ row: SessionRow) {
        self.init(
            path: "/runs/\(row.run)?session=\(row.id)#attendance",
            time: row.startsAt?.clock ?? words("week_all_day"),
            module: "\(row.module). \(row.moduleName)",
            run: row.run,
            words: [
                row.structure, row.place == row.structure ? "" : row.place, row.facilitator,
                Written.minutes(row.minutes),
                words.counted("week_enrolled", row.enrolled),
            ].filter { !$0.isEmpty }.joined(separator: " · "),
            state: SessionTag(words, row.state)
        )
    }
}

/// How a session stands, said with a sign: one of the three is true.
struct SessionTag: Sendable {
    let words: String
    let isPlanned: Bool
    let isHeld: Bool
    let isCancelled: Bool

    init(_ words: Words, _ state: SessionRow.State) {
        self.words = words("session_\(state.rawValue)")
        isPlanned = state == .planned
        isHeld = state == .held
        isCancelled = state == .cancelled
    }
}
