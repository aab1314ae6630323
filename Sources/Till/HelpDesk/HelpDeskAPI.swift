import HTTPTypes
import Shop
import Store

private let days: [Route.Parameter] = [
    .init("shop", .text(most: 10), "Of one shop, by its code."),
    .init("from", .text(format: "date"), "From this day on."),
    .init("to", .text(format: "date"), "Until this day."),
    .init("person", .text(most: 40), "Of one person, by code or id."),
    .init("after", .text(format: "uuid"), "The last part's next."),
    .init("limit", .integer(least: 1, most: 200), "How many."),
]

/// The help desk for programs.
func helpDeskAPIRoutes(_ store: Store) -> [Route] {
    visitAPIRoutes(store) + appointmentAPIRoutes(store) + codeAPIRoutes(store)
}

private func visitAPIRoutes(_ store: Store) -> [Route] {
    [
        Route(
            .get,
            "/api/v1/visits",
            for: receivers,
            "Who was received, the last first.",
            query: days,
            gives: Listing<VisitRow>.self
        ) { call, context in
            let asked = try await call.askedDays(store, context)
            let part = try await store.visits(
                DeskFilter(in: asked.reach, from: asked.from, to: asked.to, person: asked.person),
                after: call.query["after"].map { try ID(typed: $0, field: .visit) },
                limit: asked.limit
            )
            return try .json(Listing(part.items, next: part.next))
        },
        Route(
            .get,
            "/api/v1/visit-counts",
            for: receivers,
            "How many were received, by theme; what is so few that somebody might be recognised is not told.",
            query: Array(days.prefix(3)),
            gives: VisitCounts.self
        ) { call, context in
            let asked = try await call.askedDays(store, context)
            return try .json(
                try await store.countVisits(
                    DeskFilter(in: asked.reach, from: asked.from, to: asked.to)
                )
            )
        },
        Route(
            .get,
            "/help-desk/visits.csv",
            for: receivers,
            "The same as a table for a spreadsheet.",
            query: Array(days.prefix(3))
        ) { call, context in
            let asked = try await call.askedDays(store, context)
            let counts = try await store.countVisits(
                DeskFilter(in: asked.reach, from: asked.from, to: asked.to)
            )
            return .file(
                "passages-\(store.today.iso).csv",
                type: "text/csv; charset=utf-8",
                Array(CSV(counts.table(in: context.language)).text.utf8)
            )
        },
        Route(
            .post,
            "/api/v1/visits",
            for: receivers,
            "Writes down who was received: it uses a right of theirs where a voucher opens one.",
            takes: AskedVisit.self,
            gives: RecordedVisit.self
        ) { call, context in
            let asked: AskedVisit = try call.json()
            let recorded = try await store.recordVisit(
                asked.visit(store, context),
                key: call.key(),
                by: context.staff
            )
            return try .json(recorded, .created)
        },
        Route(
            .post,
            "/api/v1/visits/{visit}/take-back",
            for: receivers,
            "Takes back a visit that was recorded by mistake; the right that it used is given back.",
            takes: AskedTakeBack.self,
            gives: TakenBackVisit.self
        ) { call, context in
            let asked: AskedTakeBack = try call.json()
            let taken = try await store.takeBackVisit(
                call.id("visit"),
                for: TakeBackMotive(typed: asked.motive, field: .motive),
                key: call.key(),
                by: context.staff
            )
            return try .json(taken, .created)
        },
    ]
}

private func appointmentAPIRoutes(_ store: Store) -> [Route] {
    [
        Route(
            .get,
            "/api/v1/appointments",
            for: receivers,
            "Who is expected, in the order of days and hours.",
            query: days,
            gives: Listing<AppointmentRow>.self
        ) { call, context in
            let asked = try await call.askedDays(store, context)
            let part = try await store.appointments(
                DeskFilter(
                    in: asked.reach,
                    from: asked.from,
                    to: asked.to,
                    person: asked.person
                ),
                after: call.query["after"].map { try ID(typed: $0, field: .appointment) },
                limit: asked.limit
            )
            return try .json(Listing(part.items, next: part.next))
        },
        Route(
            .post,
            "/api/v1/appointments",
            for: receivers,
            "Books an appointment.",
            takes: AskedAppointment.self,
            gives: AppointmentChanged.self
        ) { call, context in
            let asked: AskedAppointment = try call.json()
            let booked = try await store.bookAppointment(
                asked.appointment(store, context),
                key: call.key(),
                by: context.staff
            )
            return try .json(booked, .created)
        },
        Route(
            .post,
            "/api/v1/appointments/{appointment}/move",
            for: receivers,
            "Moves an appointment that has not ended.",
            takes: AskedMove.self,
            gives: AppointmentChanged.self
        ) { call, context in
            let asked: AskedMove = try call.json()
            let moved = try await store.moveAppointment(
                call.id("appointment"),
                to: AppointmentTime(
                    plannedOn: asked.plannedOn,
                    startsAt: asked.startsAt,
                    minutes: asked.minutes
                ),
                receiver: asked.receiver,
                key: call.key(),
                by: context.staff
            )
            return try .json(moved, .created)
        },
        Route(
            .post,
            "/api/v1/appointments/{appointment}/end",
            for: receivers,
            "Ends an appointment: cancelled with a motive, missed, or came to buy.",
            takes: AskedEnd.self,
            gives: AppointmentChanged.self
        ) { call, context in
            let asked: AskedEnd = try call.json()
            let (id, key) = (try call.id("appointment", of: Appointment.self), try call.key())
            let staff = try context.staff
            let ended =
                switch try EndState(typed: asked.how, field: .state) {
                case .cancelled:
                    try await store.cancelAppointment(
                        id,
                        for: CancellationMotive(typed: asked.motive ?? "", field: .motive),
                        key: key,
                        by: staff
                    )
                case .missed:
                    try await store.endAppointment(id, came: false, key: key, by: staff)
                case .came: try await store.endAppointment(id, came: true, key: key, by: staff)
                }
            return try .json(ended, .created)
        },
    ]
}

private func codeAPIRoutes(_ store: Store) -> [Route] {
    [
        Route(
            .get,
            "/api/v1/visit-codes",
            for: receivers,
            "Every row of the two lists, by list and code, the newest first.",
            gives: Listing<HelpDeskCode>.self
        ) { _, _ in try .json(Listing(try await store.helpDeskCodes())) },
        Route(
            .post,
            "/api/v1/visit-codes",
            for: .roles(.shopManagers),
            "Sets a word of one of the lists from a day on.",
            takes: AskedHelpDeskCode.self,
            gives: HelpDeskCode.self
        ) { call, context in
            let asked: AskedHelpDeskCode = try call.json()
            let set = try await store.setHelpDeskCode(
                asked.code(today: store.today),
                key: call.key(),
                by: context.staff
            )
            return try .json(set, .created)
        },
    ]
}

private enum EndState: String, CaseIterable { case came, missed, cancelled }

private struct AskedDays {
    let reach: Reach
    let from: Day?
    let to: Day?
    let person: ID<Person>?
    let limit: Int
}

extension Call {
    /// Throws `unknownThing` for a shop out of reach.
    fileprivate func askedDays(_ store: Store, _ context: Context) async throws -> AskedDays {
        var reach = try context.reach(.receivers)
        if let code = query["shop"] {
            let shop = try await store.shop(coded: code)
            guard reach.includes(shop) else { throw Refusal(.unknownThing) }
            reach = .shops([shop])
        }
        return AskedDays(
            reach: reach,
            from: try query["from"].map { try Day(typed: $0, field: .startsOn) },
            to: try query["to"].map { try Day(typed: $0, field: .endsOn) },
            person: try await query["person"].asyncMap { try await store.person(typed: $0) },
            limit: query["limit"].flatMap { Int($0) } ?? 50
        )
    }
}

struct AskedVisit: Codable, Sendable {
    /// By its code; absent: where the reader works.
    let shop: String?
    let kind: String
    /// By code or id; absent: nobody was asked.
    let person: String?
    /// Absent: today.
    let heldOn: Day?
    let minutes: Int
    /// Codes of the list, one at least.
    let themes: [String]
    let autonomy: String?
    let redirection: String?
    /// The login of whoever led it; absent: the reader.
    let ledBy: String?
    let appointment: ID<Appointment>?

    func visit(_ store: Store, _ context: Context) async throws -> NewVisit {
        NewVisit(
            shop: try await context.workplaces(store, coded: shop, where: .receivers).certain().id,
            facts: try VisitFacts(
                kind: VisitKind(typed: kind, field: .visitKind),
                heldOn: heldOn ?? store.today,
                today: store.today,
                minutes: minutes,
                themes: themes,
                autonomy: autonomy.map { try Autonomy(typed: $0, field: .autonomy) },
                redirection: redirection
            ),
            person: try await person.asyncMap { try await store.person(typed: $0) },
            ledBy: ledBy,
            appointment: appointment
        )
    }
}

struct AskedTakeBack: Codable, Sendable {
    /// slip, twice or wrong_person.
    let motive: String
}

struct AskedAppointment: Codable, Sendable {
    /// By its code; absent: where the reader works.
    let shop: String?
    /// By code or id.
    let person: String
    let kind: String
    let plannedOn: Day
    let startsAt: TimeOfDay
    let minutes: Int
    /// The login of whoever receives; absent: whoever is there.
    let receiver: String?

    func appointment(_ store: Store, _ context: Context) async throws -> NewAppointment {
        NewAppointment(
            shop: try await context.workplaces(store, coded: shop, where: .receivers).certain().id,
            person: try await store.person(typed: person),
            kind: try AppointmentKind(typed: kind, field: .visitKind),
            time: try AppointmentTime(plannedOn: plannedOn, startsAt: startsAt, minutes: minutes),
            receiver: receiver
        )
    }
}

struct AskedMove: Codable, Sendable {
    let plannedOn: Day
    let startsAt: TimeOfDay
    let minutes: Int
    let receiver: String?
}

struct AskedEnd: Codable, Sendable {
    /// came, missed or cancelled.
    let how: String
    /// Of a cancellation: person, shop or slip.
    let motive: String?
}

struct AskedHelpDeskCode: Codable, Sendable {
    let list: String
    let code: String
    let french: String
    let english: String
    let startsOn: Day?
    /// From its day on nobody gives it any more.
    let isWithdrawn: Bool?

    func code(today: Day) throws(Refusal) -> NewHelpDeskCode {
        try NewHelpDeskCode(
            list: HelpDeskCode.List(typed: list, field: .codeList),
            code: code,
            startsOn: startsOn ?? today,
            french: ShortText(typed: french, field: .nameFrench),
            english: ShortText(typed: english, field: .nameEnglish),
            isWithdrawn: isWithdrawn ?? false
        )
    }
}

extension FieldName {
    static let visit = FieldName("visit", "Passage", "Visit")
}
