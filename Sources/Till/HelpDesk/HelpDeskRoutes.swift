import HTTPTypes
import Shop
import Store

/// The help desk: a day’s page, visits, appointments, and the two lists that visits draw on.
func helpDeskRoutes(_ store: Store) -> [Route] {
    dayRoutes(store) + visitRoutes(store) + appointmentRoutes(store) + helpDeskCodeRoutes(store)
        + helpDeskAPIRoutes(store)
}

private let ofDay = Route.Parameter("day", .text(format: "date"), "The day; by default today.")

private func dayRoutes(_ store: Store) -> [Route] {
    [
        Route(
            .get,
            "/help-desk",
            for: receivers,
            "A day at the help desk: who is expected, who was received.",
            query: [
                ofDay,
                .init(
                    "appointments",
                    .text(format: "uuid"),
                    "The appointment after which it goes on."
                ),
                .init("visits", .text(format: "uuid"), "The visit after which it goes on."),
            ]
        ) { call, context in try await dayPage(store, call, context) },
        Route(
            .get,
            "/help-desk/print",
            for: receivers,
            "A day’s appointments, for paper.",
            query: [ofDay]
        ) { call, context in
            let day = try call.deskDay(store)
            let shop = try await context.workplaces(store, where: .receivers).inView()
            let filter = DeskFilter(in: .shops([shop.id]), from: day, to: day)
            var (rows, after): ([AppointmentRow], ID<Appointment>?) = ([], nil)
            repeat {
                let part = try await store.appointments(filter, after: after, limit: 200)
                rows += part.items
                after = part.next.flatMap { ID<Appointment>($0) }
            } while after != nil
            return context.page(DayPrintPage(context.words, on: day, shop: shop, rows))
        },
    ]
}

private func dayPage(_ store: Store, _ call: Call, _ context: Context) async throws -> Answer {
    let day = try call.deskDay(store)
    let shops = try await context.workplaces(store, where: .receivers)
    let shop = try shops.inView()
    let reach = Reach.shops([shop.id])
    func key<Noun>(_ name: String) throws -> ID<Noun>? {
        try call.query[name].map { try ID(typed: $0, field: .day) }
    }
    let expectedAfter: ID<Appointment>? = try key("appointments")
    let receivedAfter: ID<Visit>? = try key("visits")
    let page = DayPage(
        context.words,
        on: day,
        today: store.today,
        shops: shops,
        shop: shop,
        appointments: try await store.appointments(
            DeskFilter(in: reach, from: day, to: day),
            after: expectedAfter
        ),
        visits: try await store.visits(
            DeskFilter(in: reach, from: day, to: day),
            after: receivedAfter
        ),
        isFirst: expectedAfter == nil && receivedAfter == nil,
        key: store.newID(Claim.self).text
    )
    return context.page(page, notice: try await deskNotice(store, call, context))
}

extension Call {
    /// The day that the address names, else today.
    func deskDay(_ store: Store) throws(Refusal) -> Day {
        guard let text = query["day"], !text.isEmpty else { return store.today }
        return try Day(typed: text, field: .day)
    }
}

/// What a form of the help desk did, told once on the page that follows: of a visit, also what it did to the right.
private func deskNotice(_ store: Store, _ call: Call, _ context: Context) async throws -> String? {
    let words = context.words
    guard
        let done = call.done(
            "recorded",
            "taken_back",
            "booked",
            "moved",
            "cancelled",
            "missed",
            "came"
        )
    else { return nil }
    var told = words("desk_done_\(done)")
    if done == "recorded", let text = call.query["visit"], let id = ID<Visit>(text) {
        let reach = try context.reach(.receivers)
        if let code = try await store.visit(id, in: reach).voucher {
            let right = try await store.voucher(VoucherCode(scanned: code)).rights
                .first { $0.category == .helpDesk }
            let left = right.flatMap { right in right.usesMax.map { max(0, $0 - right.used) } }
            told +=
                " "
                + (left.map { words.counted("desk_done_right", $0) } ?? words("desk_done_right_any"))
        } else if let why = call.query["free"].flatMap(WhyFree.init(rawValue:)), why != .anonymous {
            told += " " + words("desk_done_free", ["why": why.name(in: context.language)])
        }
    }
    return told
}

private func helpDeskCodeRoutes(_ store: Store) -> [Route] {
    [
        Route(
            .get,
            "/help-desk/codes",
            for: receivers,
            "The themes of a visit, and where people are sent.",
            query: [.init("change", .text(most: 80), "The list and code whose form is open.")]
        ) { call, context in
            try await codesPage(store, call, context)
        },
        Route(
            .post,
            "/help-desk/codes",
            for: .roles(.shopManagers),
            "Sets a word of one of the lists from a day on."
        ) { call, context in
            var draft = Draft(try call.form())
            if let code = draft.readHelpDeskCode() {
                do {
                    _ = try await store.setHelpDeskCode(code, key: call.key(), by: context.staff)
                    return .see("/help-desk/codes?done=set")
                } catch let refusal as Refusal {
                    draft.refuse(refusal)
                }
            }
            return try await codesPage(store, call, context, draft)
        },
    ]
}

private func codesPage(
    _ store: Store,
    _ call: Call,
    _ context: Context,
    _ draft: Draft = Draft()
) async throws -> Answer {
    let page = HelpDeskCodesPage(
        context.words,
        try await store.helpDeskCodes(),
        today: store.today,
        mayWrite: context.visitor?.reach(.shopManagers) == .everyShop,
        changing: call.query["change"],
        draft,
        key: store.newID(Claim.self).text
    )
    return context.page(
        page,
        draft.wrong.first?.refusal.status ?? .ok,
        notice: call.done("set").map { _ in context.words("desk_done_set") }
    )
}

extension Draft {
    fileprivate mutating func readHelpDeskCode() -> NewHelpDeskCode? {
        let list = read("list") { text throws(Refusal) in
            try HelpDeskCode.List(typed: text, field: .codeList)
        }
        let code = read("code") { text throws(Refusal) in
            try HelpDeskCode.read(text, field: .code)
        }
        let french = read("name_fr") { text throws(Refusal) in
            try ShortText(typed: text, field: .nameFrench)
        }
        let english = read("name_en") { text throws(Refusal) in
            try ShortText(typed: text, field: .nameEnglish)
        }
        let starts = read("starts_on") { text throws(Refusal) in
            try Day(typed: text, field: .startsOn)
        }
        guard let list, let code, let french, let english, let starts else { return nil }
        let isWithdrawn = isTicked("withdrawn")
        return readAll { () throws(Refusal) in
            try NewHelpDeskCode(
                list: list,
                code: code,
                startsOn: starts,
                french: french,
                english: english,
                isWithdrawn: isWithdrawn
            )
        }
    }
}
