import Shop
import Store

/// An appointment to be booked.
struct NewAppointmentPage: Page {
    static let template = "appointment-new"

    let key: String
    let workplace: WorkplaceBar?
    let shop: String
    let back: String
    let mistakes: Mistakes?
    let refusal: RefusalCard?
    let who: WhoPart
    let kind: Choice
    let time: TimePart

    static let fields = TimePart.fields.union(["who", "person", "kind"])

    init(
        _ words: Words,
        shops: Workplaces,
        shop: Workplace,
        receivers: [Facilitator],
        day: Day,
        person: String? = nil,
        found: [PersonRow] = [],
        _ draft: Draft = Draft(),
        key: String
    ) {
        let spoken = words.language
        self.key = key
        workplace = WorkplaceBar(shops, shop, at: "/help-desk/appointments/new?day=\(day.iso)")
        self.shop = shop.code
        back = "/help-desk?day=\(day.iso)"
        mistakes = draft.mistakes(in: spoken, fields: Self.fields)
        refusal = draft.card(in: spoken, fields: Self.fields)
        who = WhoPart(words, draft, value: person, found, isRequired: true)
        kind = Choice(
            .visitKind,
            draft,
            in: spoken,
            options: AppointmentKind.allCases.map { ($0.rawValue, $0.name(in: spoken)) },
            chosen: AppointmentKind.visit.rawValue
        )
        time = TimePart(words, draft, day: day, startsAt: "", minutes: 30, receiver: nil, receivers)
    }
}

/// When somebody is expected and with whom, in a form: `{{#time}}{{>appointment-time}}{{/time}}`.
struct TimePart: Sendable {
    let plannedOn: Field
    let startsAt: Field
    let minutes: Field
    let receiver: Choice

    static let fields: Set<String> = ["planned_on", "starts_at", "minutes", "receiver"]

    init(
        _ words: Words,
        _ draft: Draft,
        day: Day,
        startsAt: String,
        minutes: Int,
        receiver: String?,
        _ receivers: [Facilitator]
    ) {
        let spoken = words.language
        plannedOn = Field(.appointmentOn, draft, in: spoken, value: day.iso, type: "date")
        self.startsAt = Field(.appointmentAt, draft, in: spoken, value: startsAt, type: "time")
        self.minutes = Field(.minutes, draft, in: spoken, value: String(minutes), type: "number")
        self.receiver = Choice(
            .receiver,
            draft,
            in: spoken,
            options: [("", words("desk_anybody"))] + receivers.map { ($0.login, $0.name) },
            chosen: receiver
        )
    }
}

/// An appointment: came, did not come, is moved or cancelled.
struct AppointmentPage: Page {
    static let template = "appointment"

    let key: String
    let title: String
    let path: String
    let back: String
    let state: Tag
    let mistakes: Mistakes?
    let refusal: RefusalCard?
    let person: String
    let personPath: String
    let facts: [PersonPage.Line]
    let isOpen: Bool
    /// Where the visit is written down; nil before the day, once it has ended, and for a sale.
    let visit: String?
    let came: String?
    let missed: String?
    /// The visit that came of it.
    let brought: String?
    let isMoving: Bool
    let time: TimePart
    let motive: Choice

    init(
        _ words: Words,
        _ row: AppointmentRow,
        today: Day,
        receivers: [Facilitator],
        _ draft: Draft = Draft(),
        key: String
    ) {
        let spoken = words.language
        let fields = TimePart.fields.union(["motive"])
        let shown = DayPage.Expected(row, words, today: today)
        self.key = key
        title = words("desk_appointment_of", ["day": row.plannedOn.printed, "hours": row.hours])
        path = shown.path
        back = "/help-desk?day=\(row.plannedOn.iso)"
        state = shown.state
        mistakes = draft.mistakes(in: spoken, fields: fields)
        refusal = draft.card(in: spoken, fields: fields)
        person = row.name
        personPath = shown.personPath
        facts = [
            (FieldName.visitKind.label(in: spoken), shown.kind),
            (FieldName.receiver.label(in: spoken), shown.with),
            (FieldName.shop.label(in: spoken), row.shop),
            (words("desk_moved"), row.moves == 0 ? "" : words.counted("desk_times", row.moves)),
            (FieldName.motive.label(in: spoken), row.motive?.name(in: spoken) ?? ""),
        ].filter { !$0.1.isEmpty }.map { PersonPage.Line(label: $0.0, value: $0.1) }
        isOpen = row.state == .open
        visit = shown.visit
        came = shown.came
        missed = shown.missed
        brought = row.visit.map { "/help-desk/visits/\($0)" }
        isMoving = !draft.isFine && draft.error("motive", in: spoken) == nil
        time = TimePart(
            words,
            draft,
            day: row.plannedOn,
            startsAt: row.startsAt.clock,
            minutes: row.minutes,
            receiver: row.receiver,
            receivers
        )
        motive = Choice(
            .motive,
            draft,
            in: spoken,
            options: CancellationMotive.allCases.map { ($0.rawValue, $0.name(in: spoken)) },
            chosen: CancellationMotive.person.rawValue
        )
    }
}
