import Shop
import Store

/// A day at the help desk of a shop: who is expected, and who was received.
struct DayPage: Page {
    static let template = "help-desk"

    let title: String
    let day: String
    let workplace: WorkplaceBar?
    let key: String
    let previous: String
    let next: String
    /// Nil on the day that it is.
    let now: String?
    let chosen: Field
    let newVisit: String
    let newAppointment: String
    let print: String
    let codes: String
    let csv: String
    let appointments: [Expected]
    let hasAppointments: Bool
    let moreAppointments: Pager?
    let visits: [Received]
    let hasVisits: Bool
    let moreVisits: Pager?
    /// How many were received and for how long, of those that the page shows.
    let sum: String

    struct Expected: Sendable {
        let path: String
        let time: String
        let person: String
        let personPath: String
        let kind: String
        let with: String
        let state: Tag
        /// Where the visit that comes of it is written down; nil when it has ended, is to come, or is a sale.
        let visit: String?
        /// Where somebody who came to buy is said to have; nil for a visit.
        let came: String?
        /// Where somebody is said to be absent; nil when it has ended or is to come.
        let missed: String?
    }

    struct Received: Sendable {
        let path: String
        let kind: String
        let person: String
        /// Nil when nobody was asked.
        let personPath: String?
        let minutes: String
        let themes: String
        let by: String
        /// Says whether a right was used.
        let right: String
        /// Nil while it stands.
        let takenBack: Tag?
    }

    init(
        _ words: Words,
        on day: Day,
        today: Day,
        shops: Workplaces,
        shop: Workplace,
        appointments: Paged<AppointmentRow>,
        visits: Paged<VisitRow>,
        isFirst: Bool,
        key: String
    ) {
        func path(_ day: Day) -> String { "/help-desk?day=\(day.iso)" }
        let spoken = words.language
        title = words("desk_title")
        self.day = day.spelledInWeek(in: spoken) + "\u{A0}" + String(day.parts.year)
        workplace = WorkplaceBar(shops, shop, at: path(day))
        self.key = key
        previous = path(day.adding(days: -1))
        next = path(day.adding(days: 1))
        now = day == today ? nil : "/help-desk"
        chosen = Field(
            "day",
            label: words("desk_day"),
            value: day.iso,
            type: "date",
            isRequired: false,
            isOptional: false
        )
        newVisit = "/help-desk/visits/new?day=\(min(day, today).iso)"
        newAppointment = "/help-desk/appointments/new?day=\(max(day, today).iso)"
        print = "/help-desk/print?day=\(day.iso)"
        codes = "/help-desk/codes"
        csv =
            "/help-desk/visits.csv?shop=\(shop.code)&from=\(day.firstOfMonth.iso)&to=\(day.iso)"
        self.appointments = appointments.items.map { Expected($0, words, today: today) }
        hasAppointments = !appointments.items.isEmpty
        moreAppointments = Self.pager(
            words,
            path(day),
            "appointments",
            appointments.next,
            isFirst,
            words.counted("desk_expected", appointments.items.count)
        )
        self.visits = visits.items.map { Received($0, words) }
        hasVisits = !visits.items.isEmpty
        moreVisits = Self.pager(
            words,
            path(day),
            "visits",
            visits.next,
            isFirst,
            words.counted("desk_received", visits.items.count)
        )
        let standing = visits.items.filter { $0.takenBackAt == nil }
        sum =
            words.counted("desk_received", standing.count) + " · "
            + Written.minutes(standing.reduce(0) { $0 + $1.minutes })
    }

    private static func pager(
        _ words: Words,
        _ path: String,
        _ name: String,
        _ next: String?,
        _ isFirst: Bool,
        _ counted: String
    ) -> Pager? {
        isFirst && next == nil
            ? nil
            : Pager(
                first: isFirst ? nil : path,
                next: next.map { "\(path)&\(name)=\($0)" },
                words: counted
            )
    }
}

extension DayPage.Expected {
    init(_ row: AppointmentRow, _ words: Words, today: Day) {
        let isDue = row.state == .open && row.plannedOn <= today
        path = "/help-desk/appointments/\(row.id)"
        time = row.hours
        person = row.name
        personPath = "/persons/\(row.person)"
        kind = row.kind.name(in: words.language)
        with = row.receiverOperator ?? words("desk_anybody")
        state = Tag(row, words)
        visit =
            isDue && row.kind.visit != nil
            ? "/help-desk/visits/new?appointment=\(row.id)" : nil
        came = isDue && row.kind.visit == nil ? "\(path)/came" : nil
        missed = isDue ? "\(path)/missed" : nil
    }
}

extension DayPage.Received {
    init(_ row: VisitRow, _ words: Words) {
        path = "/help-desk/visits/\(row.id)"
        kind = row.kind.name(in: words.language)
        person = row.name ?? words("desk_anonymous")
        personPath = row.person.map { "/persons/\($0)" }
        minutes = Written.minutes(row.minutes)
        themes = row.themes.map { $0.words(in: words.language) }.joined(separator: ", ")
        by = row.ledBy
        right = row.voucher == nil ? words("desk_free") : words("desk_right_used")
        takenBack = row.takenBackFor.map { motive in
            Tag(tone: "refused", icon: "undo", words: motive.name(in: words.language))
        }
    }
}

extension AppointmentRow {
    /// `10:00–10:45`.
    var hours: String {
        let end = startsAt.minutes + minutes
        return "\(startsAt.clock)–\(TimeOfDay(minutes: end)?.clock ?? "24:00")"
    }
}

extension Tag {
    init(_ row: AppointmentRow, _ words: Words) {
        let said = row.state.name(in: words.language)
        switch row.state {
        case .open: self.init(tone: "", icon: "clock", words: said)
        case .came: self.init(tone: "done", icon: "present", words: said)
        case .missed: self.init(tone: "warning", icon: "absent", words: said)
        case .cancelled: self.init(tone: "refused", icon: "close", words: said)
        }
    }
}

/// The same day on paper: who is expected, with room for a mark.
struct DayPrintPage: Page {
    static let template = "help-desk-print"

    let day: String
    let back: String
    let shop: String
    let rows: [Row]
    let isEmpty: Bool

    struct Row: Sendable {
        let time: String
        let person: String
        let code: String
        let kind: String
        let with: String
    }

    init(_ words: Words, on day: Day, shop: Workplace, _ appointments: [AppointmentRow]) {
        self.day = day.spelledInWeek(in: words.language) + "\u{A0}" + String(day.parts.year)
        back = "/help-desk?day=\(day.iso)"
        self.shop = shop.name
        rows = appointments.filter { $0.state != .cancelled }.map { row in
            Row(
                time: row.hours,
                person: row.name,
                code: row.person,
                kind: row.kind.name(in: words.language),
                with: row.receiverOperator ?? words("desk_anybody")
            )
        }
        isEmpty = rows.isEmpty
    }
}
