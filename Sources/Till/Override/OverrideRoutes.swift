import HTTPTypes
import Shop
import Store

private let readers = Access.roles(.overrideReaders)

private let asked: [Route.Parameter] = [
    .init("shop", .text(most: 10), "Of one shop, by its code."),
    .init("from", .text(format: "date"), "Granted from this day on."),
    .init("to", .text(format: "date"), "Granted until this day."),
    .init("motive", .text(most: 40), "For one motive, by its code."),
    .init("by", .text(most: 10), "By one person, by their operator code."),
    .init("state", .choice(OverrideRow.State.allCases.map(\.rawValue)), "As it stands today."),
]

/// Exceptions: granted at the till by a second person, listed for whoever answers for them.
func overrideRoutes(_ store: Store) -> [Route] {
    [
        Route(
            .get,
            "/overrides",
            for: readers,
            "The exceptions that were granted, the newest first.",
            query: asked + [.init("after", .text(), "The last part's next.")]
        ) { call, context in
            var draft = Draft(call.query)
            let filter = try await draft.readFilter(store, context)
            let after = call.query["after"]
            var part = Paged<OverrideRow>(items: [], next: nil)
            if let filter {
                part = try await store.overrides(filter, in: context.language, after: after)
            }
            let reach = try context.reach(.overrideReaders)
            let page = OverridesPage(
                context.words,
                part,
                draft,
                shops: try await store.shops().filter { reach.includes($0.id) },
                choices: try await store.overrideChoices(),
                rules: try await store.quotaRules(),
                after: after,
                mayOpen: context.mayOpen
            )
            return context.page(page, draft.wrong.first?.refusal.status ?? .ok)
        },
        Route(
            .get,
            "/overrides/exceptions.csv",
            for: readers,
            "The exceptions as a table for a spreadsheet.",
            query: asked
        ) { call, context in
            var draft = Draft(call.query)
            guard let filter = try await draft.readFilter(store, context) else {
                throw draft.wrong[0].refusal
            }
            let table = try await store.overridesTable(filter, in: context.language)
            return .file(
                "exceptions-\(store.today.iso).csv",
                type: "text/csv; charset=utf-8",
                Array(CSV(table).text.utf8)
            )
        },
        Route(
            .get,
            "/api/v1/overrides",
            for: readers,
            "The exceptions that were granted, the newest first.",
            query: asked + [
                .init("after", .text(), "The last part's next."),
                .init("limit", .integer(least: 1, most: 200), "How many."),
            ],
            gives: Listing<OverrideRow>.self
        ) { call, context in
            var draft = Draft(call.query)
            guard let filter = try await draft.readFilter(store, context) else {
                throw draft.wrong[0].refusal
            }
            let part = try await store.overrides(
                filter,
                in: context.language,
                after: call.query["after"],
                limit: call.query["limit"].flatMap { Int($0) } ?? 50
            )
            return try .json(Listing(part.items, next: part.next))
        },
        Route(
            .get,
            "/api/v1/override-motives",
            for: .roles(.sellers.union(Set<Role>.overrideReaders)),
            "Why an exception may be granted today.",
            gives: Listing<ToldOverrideMotive>.self
        ) { _, context in
            let choices = try await store.overrideChoices()
            return try .json(
                Listing(
                    choices.motives.map {
                        ToldOverrideMotive(code: $0.code, name: $0.name(in: context.language))
                    }
                )
            )
        },
        Route(
            .post,
            "/api/v1/override-motives",
            for: .roles(.administrators),
            "Adds a motive at the end of the list.",
            takes: AskedOverrideMotive.self,
            gives: ToldOverrideMotive.self
        ) { call, context in
            let asked: AskedOverrideMotive = try call.json()
            let motive = try asked.motive(today: store.today)
            let code = try await store.addOverrideMotive(
                motive,
                key: call.key(),
                by: context.staff
            )
            let name = context.language.choose(motive.french.text, motive.english.text)
            return try .json(ToldOverrideMotive(code: code, name: name), .created)
        },
        Route(
            .post,
            "/api/v1/override-motives/{code}/end",
            for: .roles(.administrators),
            "Says on which day a motive is chosen for the last time.",
            takes: AskedMotiveEnd.self
        ) { call, context in
            let asked: AskedMotiveEnd = try call.json()
            _ = try await store.endOverrideMotive(
                ShortCode(typed: call.piece("code")),
                on: asked.on ?? store.today,
                key: call.key(),
                by: context.staff
            )
            return .empty
        },
        Route(
            .post,
            "/api/v1/overrides",
            for: .roles(.sellers),
            "Lets somebody go beyond a limit once: a second person signs by password, and the till stays its seller's.",
            takes: AskedOverride.self,
            gives: OverrideRow.self
        ) { call, context in
            let asked: AskedOverride = try call.json()
            let exception = try asked.exception()
            let granter = try await store.secondPerson(
                login: String(asked.login.prefix(100)),
                password: String(asked.password.prefix(300)),
                address: context.address,
                for: context.staff
            )
            let id = try await store.grantOverride(
                exception,
                by: granter,
                for: context.staff,
                key: asked.key ?? call.key()
            )
            return try .json(try await store.override(id, in: context.language), .created)
        },
    ]
}

struct ToldOverrideMotive: Codable, Sendable {
    let code: String
    let name: String
}

struct AskedOverrideMotive: Codable, Sendable {
    let code: String
    let nameFr: String
    let nameEn: String
    /// Absent: from today on.
    let startsOn: Day?

    func motive(today: Day) throws(Refusal) -> NewOverrideMotive {
        NewOverrideMotive(
            code: try ShortCode(typed: code),
            french: try ShortText(typed: nameFr, field: .nameFrench),
            english: try ShortText(typed: nameEn, field: .nameEnglish),
            startsOn: startsOn ?? today
        )
    }
}

struct AskedMotiveEnd: Codable, Sendable {
    /// Absent: today.
    let on: Day?
}

/// Who grants proves it by login and password; what they grant follows.
struct AskedOverride: Codable, Sendable {
    /// Here, or as the header `Idempotency-Key`.
    let key: ID<Claim>?
    let login: String
    let password: String
    let person: ID<Person>
    let rule: String
    let units: Int?
    let cents: Cents?
    let motive: String
    /// Absent: today alone.
    let expiresOn: Day?

    func exception() throws(Refusal) -> NewOverride {
        try NewOverride(
            person: person,
            rule: ShortCode(typed: rule),
            units: units ?? 0,
            cents: cents ?? .zero,
            motive: ShortCode(typed: motive, field: .motive),
            expiresOn: expiresOn
        )
    }
}

extension Draft {
    /// Nil, with what is wrong kept, when a field cannot be read. Throws `unknownThing` for a shop out of reach.
    fileprivate mutating func readFilter(_ store: Store, _ context: Context) async throws
        -> OverrideFilter?
    {
        func day(_ text: String, _ field: FieldName) throws(Refusal) -> Day? {
            text.isEmpty ? nil : try Day(typed: text, field: field)
        }
        let from = read("from") { text throws(Refusal) in try day(text, .startsOn) }
        let to = read("to") { text throws(Refusal) in try day(text, .endsOn) }
        let state = read("state") { text throws(Refusal) -> OverrideRow.State? in
            text.isEmpty ? nil : try OverrideRow.State(typed: text, field: .state)
        }
        guard let from, let to, let state else { return nil }
        var reach = try context.reach(.overrideReaders)
        if !value("shop").isEmpty {
            let shop = try await store.shop(coded: value("shop"))
            guard reach.includes(shop) else { throw Refusal(.unknownThing) }
            reach = .shops([shop])
        }
        func chosen(_ name: String) -> String? { value(name).isEmpty ? nil : value(name) }
        return OverrideFilter(
            in: reach,
            from: from,
            to: to,
            motive: chosen("motive"),
            grantedBy: chosen("by"),
            state: state
        )
    }
}
