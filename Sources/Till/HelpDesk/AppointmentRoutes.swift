import HTTPTypes
import Shop
import Store

/// Appointments: booked, moved, cancelled, ended.
func appointmentRoutes(_ store: Store) -> [Route] {
    bookingRoutes(store) + endingRoutes(store)
}

private func bookingRoutes(_ store: Store) -> [Route] {
    [
        Route(
            .get,
            "/help-desk/appointments/new",
            for: receivers,
            "A form to book an appointment.",
            query: [
                .init("day", .text(format: "date"), "The day; by default today."),
                .init("person", .text(most: 20), "The code of whoever is expected."),
            ]
        ) { call, context in
            try await newAppointmentPage(
                store,
                context,
                Draft(),
                day: call.deskDay(store),
                person: call.query["person"].flatMap(PersonCode.init)?.text
            )
        },
        Route(.post, "/help-desk/appointments", for: receivers, "Books an appointment.") {
            call,
            context in
            let form = try call.form()
            var draft = Draft(form)
            let kind = draft.read("kind") { text throws(Refusal) in
                try AppointmentKind(typed: text, field: .visitKind)
            }
            let time = draft.readAppointmentTime()
            let who = try await draft.readWho(store)
            var found: [PersonRow] = []
            switch who {
            case .several(let persons): found = persons
            case .nobody: draft.refuse(Refusal(.fieldMissing).about(.who))
            case .unknown: break
            case .person(let person):
                guard let kind, let time, draft.isFine else { break }
                let shop = try await context.workplaces(
                    store,
                    coded: form["shop"],
                    where: .receivers
                ).certain()
                do {
                    let booked = try await store.bookAppointment(
                        NewAppointment(
                            shop: shop.id,
                            person: person,
                            kind: kind,
                            time: time,
                            receiver: draft.receiver
                        ),
                        key: call.key(),
                        by: context.staff
                    )
                    return .see("/help-desk?day=\(booked.plannedOn.iso)&done=booked")
                } catch let refusal as Refusal {
                    draft.refuse(refusal)
                }
            }
            let day = time?.plannedOn ?? store.today
            return try await newAppointmentPage(store, context, draft, day: day, found)
        },
        Route(.get, "/help-desk/appointments/{appointment}", for: receivers, "An appointment.") {
            call,
            context in try await appointmentPage(store, call, context)
        },
        Route(
            .post,
            "/help-desk/appointments/{appointment}/move",
            for: receivers,
            "Moves an appointment that has not ended."
        ) { call, context in
            var draft = Draft(try call.form())
            if let time = draft.readAppointmentTime() {
                do {
                    let moved = try await store.moveAppointment(
                        call.id("appointment"),
                        to: time,
                        receiver: draft.receiver,
                        key: call.key(),
                        by: context.staff
                    )
                    return .see("/help-desk?day=\(moved.plannedOn.iso)&done=moved")
                } catch let refusal as Refusal where refusal.reason != .appointmentUnknown {
                    draft.refuse(refusal)
                }
            }
            return try await appointmentPage(store, call, context, draft)
        },
    ]
}

private func endingRoutes(_ store: Store) -> [Route] {
    [
        Route(
            .post,
            "/help-desk/appointments/{appointment}/cancellation",
            for: receivers,
            "Cancels an appointment."
        ) { call, context in
            var draft = Draft(try call.form())
            let motive = draft.read("motive") { text throws(Refusal) in
                try CancellationMotive(typed: text, field: .motive)
            }
            if let motive {
                do {
                    let ended = try await store.cancelAppointment(
                        call.id("appointment"),
                        for: motive,
                        key: call.key(),
                        by: context.staff
                    )
                    return .see("/help-desk?day=\(ended.plannedOn.iso)&done=cancelled")
                } catch let refusal as Refusal where refusal.reason != .appointmentUnknown {
                    draft.refuse(refusal)
                }
            }
            return try await appointmentPage(store, call, context, draft)
        },
        outcome(store, "missed", came: false, "Somebody who was expected did not come."),
        outcome(store, "came", came: true, "Somebody who was expected came to buy."),
    ]
}

private func outcome(_ store: Store, _ name: String, came: Bool, _ summary: String) -> Route {
    Route(
        .post,
        "/help-desk/appointments/{appointment}/\(name)",
        for: receivers,
        summary
    ) { call, context in
        do {
            let ended = try await store.endAppointment(
                call.id("appointment"),
                came: came,
                key: call.key(),
                by: context.staff
            )
            return .see("/help-desk?day=\(ended.plannedOn.iso)&done=\(name)")
        } catch let refusal as Refusal where refusal.reason != .appointmentUnknown {
            var draft = Draft()
            draft.refuse(refusal)
            return try await appointmentPage(store, call, context, draft)
        }
    }
}

private func newAppointmentPage(
    _ store: Store,
    _ context: Context,
    _ draft: Draft,
    day: Day,
    person: String? = nil,
    _ found: [PersonRow] = []
) async throws -> Answer {
    let shops = try await context.workplaces(
        store,
        coded: draft.form["shop"],
        where: .receivers
    )
    let shop = try shops.inView()
    let page = NewAppointmentPage(
        context.words,
        shops: shops,
        shop: shop,
        receivers: try await store.receivers(in: shop.id, first: context.staff),
        day: max(day, store.today),
        person: person,
        found: found,
        draft,
        key: store.newID(Claim.self).text
    )
    return context.page(page, draft.wrong.first?.refusal.status ?? .ok)
}

private func appointmentPage(
    _ store: Store,
    _ call: Call,
    _ context: Context,
    _ draft: Draft = Draft()
) async throws -> Answer {
    let reach = try context.reach(.receivers)
    let row = try await store.appointment(call.id("appointment"), in: reach)
    let page = AppointmentPage(
        context.words,
        row,
        today: store.today,
        receivers: try await store.receivers(
            in: store.shop(coded: row.shop),
            first: context.staff
        ),
        draft,
        key: store.newID(Claim.self).text
    )
    return context.page(page, draft.wrong.first?.refusal.status ?? .ok)
}

extension Draft {
    fileprivate mutating func readAppointmentTime() -> AppointmentTime? {
        let day = read("planned_on") { text throws(Refusal) in
            try Day(typed: text, field: .appointmentOn)
        }
        let start = read("starts_at") { text throws(Refusal) in
            try TimeOfDay(typed: text, field: .appointmentAt)
        }
        let minutes = read("minutes") { text throws(Refusal) in
            try number(typed: text, field: .minutes, in: 1...AppointmentTime.minutesMost)
        }
        guard let day, let start, let minutes else { return nil }
        return readAll { () throws(Refusal) in
            try AppointmentTime(plannedOn: day, startsAt: start, minutes: minutes)
        }
    }

    /// The login of whoever receives; nil: whoever is there.
    fileprivate var receiver: String? {
        value("receiver").isEmpty ? nil : value("receiver")
    }
}
