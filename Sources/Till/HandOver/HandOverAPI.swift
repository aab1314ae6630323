import HTTPTypes
import NIOCore
import Shop
import Store

private let signers = Access.roles(.sellers)

let handOversAsked: [Route.Parameter] = [
    .init("shop", .text(most: 10), "Of one shop, by its code."),
    .init("state", .choice(HandOverRow.State.allCases.map(\.rawValue)), "As it stands today."),
    .init("after", .text(), "The last part’s next."),
]

/// Acts for programs.
func handOverAPIRoutes(_ store: Store) -> [Route] {
    [
        Route(
            .get,
            "/api/v1/hand-overs",
            for: signers,
            "The acts of gifts: what waits for a signature first, then sheets to be attached, then what is done, each the newest first.",
            query: handOversAsked + [.init("limit", .integer(least: 1, most: 200), "How many.")],
            gives: Listing<HandOverRow>.self
        ) { call, context in
            var draft = Draft(call.query)
            guard let part = try await draft.handOvers(store, context) else {
                throw draft.wrong[0].refusal
            }
            return try .json(Listing(part.items, next: part.next))
        },
        Route(
            .get,
            "/api/v1/hand-overs/{ticket}",
            for: signers,
            "A gift’s act: what is on its paper today, and how it was signed.",
            gives: ToldHandOver.self
        ) { call, context in
            try .json(
                try await ToldHandOver(store, call.ticket(), in: context.reach(.sellers))
            )
        },
        Route(
            .post,
            "/api/v1/hand-overs/{ticket}",
            for: signers,
            "Hands a gift over, once: the strokes of a signature, signed on paper, or refused before a witness who proves who they are.",
            takes: AskedHandOver.self,
            gives: ToldHandOver.self,
            bodyMost: 128 * 1024
        ) { call, context in
            let asked: AskedHandOver = try call.json()
            let ticket = try call.ticket()
            let request = HandOverRequest(
                ticket: ticket,
                termsOn: asked.termsOn,
                language: try asked.language.map { text throws(Refusal) in
                    try SpokenLanguage(typed: text)
                },
                signature: try await asked.signature(store, context)
            )
            _ = try await context.papers.sign(
                request,
                in: store,
                key: call.key(),
                by: context.staff
            )
            return try .json(
                try await ToldHandOver(store, ticket, in: context.reach(.sellers)),
                .created
            )
        },
        Route(
            .post,
            "/api/v1/hand-overs/{ticket}/sheets",
            for: signers,
            "Attaches what was signed on paper; the body is the file as it is: PDF, JPEG or PNG.",
            gives: HandOverSheet.self,
            bodyMost: SignedSheet.bytesMost
        ) { call, context in
            let attached = try await store.attachHandOverSheet(
                SignedSheet(bytes: Array(call.body.readableBytesView)),
                to: call.ticket(),
                key: call.key(),
                by: context.staff
            )
            return try .json(attached, .created)
        },
    ]
}

/// A gift’s act as programs read it.
struct ToldHandOver: Codable, Sendable {
    let act: HandOverAct
    let handedOver: HandedOver

    init(_ store: Store, _ ticket: ReceiptCode, in reach: Reach) async throws {
        handedOver = try await store.handedOver(ticket, in: reach)
        act = try await store.handOverAct(
            ticket,
            in: handedOver.signed.map { try SpokenLanguage(typed: $0.language) },
            reach: reach
        )
    }
}

struct AskedHandOver: Codable, Sendable {
    let way: HandOverWay
    /// `M12 40 13 42M90 80 91 85`, in a box of 600 × 300; for `screen`.
    let strokes: String?
    /// Of the witness, for `refused`.
    let login: String?
    let password: String?
    /// The version that the person read; absent: whatever is in force.
    let termsOn: Day?
    /// Two letters; absent: the person’s own.
    let language: String?

    func signature(_ store: Store, _ context: Context) async throws -> HandOverSignature {
        switch way {
        case .screen: .screen(try Strokes(typed: strokes ?? ""))
        case .paper: .paper
        case .refused:
            .refused(witness: try await witness(login ?? "", password ?? "", store, context))
        }
    }
}

extension Draft {
    /// Nil, with what is wrong kept, when a field cannot be read. Throws `unknownThing` for a shop out of reach.
    mutating func handOvers(_ store: Store, _ context: Context) async throws -> Paged<HandOverRow>?
    {
        let state = read("state") { text throws(Refusal) -> HandOverRow.State? in
            text.isEmpty ? nil : try HandOverRow.State(typed: text, field: .state)
        }
        guard let state else { return nil }
        var reach = try context.reach(.sellers)
        if !value("shop").isEmpty {
            let shop = try await store.shop(coded: value("shop"))
            guard reach.includes(shop) else { throw Refusal(.unknownThing) }
            reach = .shops([shop])
        }
        return try await store.handOvers(
            in: reach,
            state: state,
            after: form["after"],
            limit: form["limit"].flatMap { Int($0) } ?? 50
        )
    }
}
