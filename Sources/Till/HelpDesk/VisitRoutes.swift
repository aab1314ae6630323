import HTTPTypes
import Shop
import Store

/// Visits: written down, read, taken back.
func visitRoutes(_ store: Store) -> [Route] {
    [
        Route(
            .get,
            "/help-desk/visits/new",
            for: receivers,
            "A form to write a visit down.",
            query: [
                .init("day", .text(format: "date"), "The day; by default today."),
                .init("appointment", .text(format: "uuid"), "The appointment that it comes of."),
                .init("person", .text(most: 20), "The code of whoever came."),
            ]
        ) { call, context in
            var draft = Draft()
            if let code = call.query["person"].flatMap(PersonCode.init) {
                draft = Draft(Form(encoded: "who=\(code.text)"))
            }
            return try await newVisitPage(
                store,
                context,
                draft,
                day: call.deskDay(store),
                appointment: call.query["appointment"].map {
                    try ID(typed: $0, field: .appointment)
                }
            )
        },
        Route(.post, "/help-desk/visits", for: receivers, "Writes a visit down.") { call, context in
            let form = try call.form()
            var draft = Draft(form)
            let appointment: ID<Appointment>? = try form["appointment"].flatMap { text in
                text.isEmpty ? nil : try ID(typed: text, field: .appointment)
            }
            let day = (try? Day(typed: draft.value("held_on"))) ?? store.today
            let (facts, who) = (draft.readVisit(today: store.today), try await draft.readWho(store))
            var found: [PersonRow] = []
            switch who {
            case .several(let persons) where appointment == nil: found = persons
            case _ where !draft.isFine: break
            default:
                guard let facts else { break }
                let shop = try await context.workplaces(
                    store,
                    coded: form["shop"],
                    where: .receivers
                ).certain()
                do {
                    let recorded = try await store.recordVisit(
                        NewVisit(
                            shop: shop.id,
                            facts: facts,
                            person: who.person,
                            ledBy: form["led_by"].flatMap { $0.isEmpty ? nil : $0 },
                            appointment: appointment
                        ),
                        key: call.key(),
                        by: context.staff
                    )
                    let free = recorded.free.map { "&free=\($0.rawValue)" } ?? ""
                    return .see(
                        "/help-desk?day=\(recorded.heldOn.iso)&done=recorded&visit=\(recorded.visit)\(free)"
                    )
                } catch let refusal as Refusal {
                    draft.refuse(refusal)
                }
            }
            return try await newVisitPage(
                store,
                context,
                draft,
                day: day,
                appointment: appointment,
                found
            )
        },
        Route(.get, "/help-desk/visits/{visit}", for: receivers, "A visit.") { call, context in
            try await visitPage(store, call, context)
        },
        Route(
            .post,
            "/help-desk/visits/{visit}/take-back",
            for: receivers,
            "Takes back a visit that was recorded by mistake; the right that it used is given back."
        ) { call, context in
            var draft = Draft(try call.form())
            let motive = draft.read("motive") { text throws(Refusal) in
                try TakeBackMotive(typed: text, field: .motive)
            }
            if let motive {
                do {
                    let taken = try await store.takeBackVisit(
                        call.id("visit"),
                        for: motive,
                        key: call.key(),
                        by: context.staff
                    )
                    return .see("/help-desk?day=\(taken.heldOn.iso)&done=taken_back")
                } catch let refusal as Refusal where refusal.reason != .visitUnknown {
                    draft.refuse(refusal)
                }
            }
            return try await visitPage(store, call, context, draft)
        },
    ]
}

private func newVisitPage(
    _ store: Store,
    _ context: Context,
    _ draft: Draft,
    day: Day,
    appointment: ID<Appointment>?,
    _ found: [PersonRow] = []
) async throws -> Answer {
    let expected = try await appointment.asyncMap {
        try await store.appointment($0, in: context.reach(.receivers))
    }
    let shops = try await context.workplaces(
        store,
        coded: expected?.shop ?? draft.form["shop"],
        where: .receivers
    )
    let shop = try shops.inView()
    let page = NewVisitPage(
        context.words,
        shops: shops,
        shop: shop,
        codes: try await store.helpDeskCodes(),
        receivers: try await store.receivers(in: shop.id, first: context.staff),
        day: expected?.plannedOn ?? day,
        today: store.today,
        expected: expected,
        found: found,
        draft,
        key: store.newID(Claim.self).text
    )
    return context.page(page, draft.wrong.first?.refusal.status ?? .ok)
}

private func visitPage(
    _ store: Store,
    _ call: Call,
    _ context: Context,
    _ draft: Draft = Draft()
) async throws -> Answer {
    let row = try await store.visit(call.id("visit"), in: context.reach(.receivers))
    let page = VisitPage(context.words, row, draft, key: store.newID(Claim.self).text)
    return context.page(page, draft.wrong.first?.refusal.status ?? .ok)
}

extension Who {
    var person: ID<Person>? {
        if case .person(let id) = self { id } else { nil }
    }
}

extension Draft {
    fileprivate mutating func readVisit(today: Day) -> VisitFacts? {
        let kind = read("kind") { text throws(Refusal) in
            try VisitKind(typed: text, field: .visitKind)
        }
        let day = read("held_on") { text throws(Refusal) in
            try Day(typed: text, field: .visitHeldOn)
        }
        let minutes = read("minutes") { text throws(Refusal) in
            try number(typed: text, field: .minutes, in: 1...VisitFacts.minutesMost)
        }
        let autonomy = read("autonomy") { text throws(Refusal) -> Autonomy? in
            text.isEmpty ? nil : try Autonomy(typed: text, field: .autonomy)
        }
        let (themes, sentTo) = (form.all("themes"), value("redirection"))
        if themes.isEmpty { refuse(Refusal(.fieldMissing).about(.themes)) }
        guard let kind, let day, let minutes, let autonomy, !themes.isEmpty else { return nil }
        return readAll { () throws(Refusal) in
            try VisitFacts(
                kind: kind,
                heldOn: day,
                today: today,
                minutes: minutes,
                themes: themes,
                autonomy: autonomy,
                redirection: sentTo.isEmpty ? nil : sentTo
            )
        }
    }
}

extension FieldName {
    static let appointment = FieldName("appointment", "Rendez-vous", "Appointment")
}

extension Optional where Wrapped: Sendable {
    /// `map` for what takes its time.
    func asyncMap<Result>(_ change: (Wrapped) async throws -> Result) async rethrows -> Result? {
        guard let self else { return nil }
        return try await change(self)
    }
}
