import HTTPTypes
import Shop
import Store

/// How many passports one address may open within a minute.
private let openingsMost = 120

/// Machines' passports: public by an address that nobody guesses, and in full for the staff.
func passportRoutes(_ store: Store, _ origin: PublicAddress) -> [Route] {
    publicPassportRoutes(store) + staffPassportRoutes(store, origin)
}

private func publicPassportRoutes(_ store: Store) -> [Route] {
    let meter = Meter(most: openingsMost)
    let language = Route.Parameter(
        "lang",
        .choice(Language.allCases.map(\.rawValue)),
        "The language to read it in."
    )
    return [
        Route(
            .get,
            "/passport/{token}",
            for: .anyone,
            "A machine’s passport for whoever holds the machine.",
            query: [language],
            isBare: true
        ) { call, context in
            try await publicPassport(store, meter, call, context)
        },
        Route(
            .get,
            "/passport/{token}/{label}",
            for: .anyone,
            "The same as its label has it: a scanner finds the machine at its end.",
            query: [language],
            isBare: true
        ) { call, context in
            try await publicPassport(store, meter, call, context)
        },
    ]
}

private func publicPassport(
    _ store: Store,
    _ meter: Meter,
    _ call: Call,
    _ context: Context
) async throws -> Answer {
    try meter.count(context.address)
    guard let token = PassportToken(call.piece("token")) else { throw Refusal(.unknownThing) }
    let passport = try await store.passport(token)
    if let label = call.pieces["label"], label != passport.label { throw Refusal(.unknownThing) }
    let language = call.query["lang"].flatMap(Language.init(rawValue:)) ?? context.language
    let page = PublicPassportPage(
        context.pages.words(language),
        passport,
        try await store.pictures(onPassport: token),
        path: call.path,
        isDemonstration: context.isDemonstration
    )
    var answer = Answer.html(
        context.pages.render(page, in: Shell(context.pages.words(language), path: "/", csrf: ""))
    )
    answer.headers[.contentLanguage] = language.rawValue
    answer.headers[.vary] = "Accept-Language"
    if let robots = HTTPField.Name("X-Robots-Tag") {
        answer.headers[robots] = "noindex, nofollow, noarchive"
    }
    return answer
}

private func staffPassportRoutes(_ store: Store, _ origin: PublicAddress) -> [Route] {
    [
        Route(
            .get,
            "/devices/{label}/passport",
            for: .everyRole,
            "A machine’s passport in full, to print."
        ) { call, context in
            let label = try DeviceLabel.typed(call.piece("label"))
            let passport = try await store.passport(label, in: context.reach(.everyone))
            return context.page(
                PassportPage(
                    context.words,
                    passport,
                    try await store.pictures(of: label).filter(\.isOnPassport),
                    at: origin.publicURL
                )
            )
        },
        Route(
            .get,
            "/api/v1/devices/{label}/passport",
            for: .everyRole,
            "A device’s passport in full: tests, erasure, repairs, guarantee, what a further use avoids.",
            gives: DevicePassport.self
        ) { call, context in
            try .json(
                try await store.passport(
                    DeviceLabel.typed(call.piece("label")),
                    in: context.reach(.everyone)
                )
            )
        },
        Route(
            .get,
            "/api/v1/impact-factors",
            for: .everyRole,
            "What a further year of use avoids, by kind of device and from a day on, with its source.",
            query: [.init("after", .text(most: 40), "The last part’s next.")],
            gives: Listing<ImpactFactor>.self
        ) { call, _ in
            let part = try await store.impactFactors(after: call.query["after"])
            return try .json(Listing(part.items, next: part.next))
        },
        Route(
            .post,
            "/api/v1/impact-factors",
            for: .roles(.administrators),
            "Says what a further year of use avoids, from a day on.",
            takes: AskedFactor.self,
            gives: ImpactFactor.self
        ) { call, context in
            let asked: AskedFactor = try call.json()
            let factor = try await store.setImpactFactor(
                asked.factor(today: store.today),
                key: call.key(),
                by: context.staff
            )
            return try .json(factor, .created)
        },
    ]
}

struct AskedFactor: Codable, Sendable {
    let deviceKind: DeviceKind
    /// Absent: today.
    let startsOn: Day?
    let carbonGrams: Int?
    let materialsGrams: Int?
    let wasteGrams: Int?
    let source: String

    func factor(today: Day) throws(Refusal) -> ImpactFactor {
        ImpactFactor(
            deviceKind: deviceKind,
            startsOn: startsOn ?? today,
            carbonGrams: carbonGrams,
            materialsGrams: materialsGrams,
            wasteGrams: wasteGrams,
            source: try ShortText(typed: source, field: .source, most: 300).text
        )
    }
}
