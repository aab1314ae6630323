import Crypto
import Hummingbird
import HTTPTypes
import Logging
import NIOCore
import Shop
import Store
import Synchronization

/// Receives every call of a route: finds who asks, checks that they may, reads the body within its
/// limits, and lets the route answer.
struct Reception: Sendable {
    let store: Store
    let pages: Pages
    let table: RouteTable
    let origin: PublicAddress
    let cookies: Cookies
    let language: Language
    let known: Known
    let logger: Logger

    /// A slow body frees its connection after this long, and a second for each 128 KiB that its route takes: a picture comes
    /// from a telephone in the stock room too.
    private static let bodySeconds: Int64 = 20

    func answer(_ route: Route, _ request: Request, _ exchange: Exchange) async throws -> Answer {
        var context =
            route.isBare
            ? try await bareContext(request, exchange) : try await context(request, exchange)
        do {
            if route.isWrite {
                try origin.checkSameSite(request.headers, authority: request.head.authority)
            }
            if case .stations = route.access {
                context.bench = try await bench(request, context)
                return try await route.respond(call(route, request, exchange), context)
            }
            if context.locked != nil, !route.access.admits(nil), !route.whileLocked {
                throw Refusal(.tillLocked)
            }
            let asker = route.whileLocked ? context.visitor ?? context.locked : context.visitor
            guard route.access.admits(asker) else {
                guard asker != nil else { throw Refusal(.signInNeeded) }
                if case .prescribers = route.access { throw Refusal(.prescribersOnly) }
                throw Refusal(.roleMissing, ["roles": .roles(route.access.roles)])
            }
            let admitted = context
            guard let turns = route.turns else {
                return try await answer(route, request, exchange, admitted)
            }
            return try await turns.take { try await answer(route, request, exchange, admitted) }
        } catch {
            throw Told(error, context)
        }
    }

    /// What the route answers to whoever it admits.
    private func answer(
        _ route: Route,
        _ request: Request,
        _ exchange: Exchange,
        _ context: Context
    ) async throws -> Answer {
        let call = try await call(route, request, exchange)
        if route.isWrite, route.guarded == .byToken { try checkToken(call, context) }
        var answer: Answer
        do {
            answer = try await route.respond(call, context)
        } catch let refusal as Refusal
            where route.isPage && refusal.reason == .shopUnclear
        {
            answer = try await askForShop(route, call, request.uri.string, context)
        }
        if context.isNewToken, route.isPage, !route.isBare, answer.headers[.setCookie] == nil {
            answer.headers[.setCookie] = cookies.set(context.token)
        }
        return answer
    }

    /// Who asks, and how to talk to them.
    func context(_ request: Request, _ exchange: Exchange) async throws -> Context {
        let isDemonstration = try await known.isDemonstration(store)
        var visitor: Staff?
        if let token = cookies.token(in: request.headers),
            !isDemonstration || isAtHome(request, exchange)
        {
            visitor = try await known.staff(token, store)
        }
        return context(request, exchange, visitor, isDemonstration)
    }

    /// The same for whoever passes by, in the first of the browser's languages that we speak: no sign-in, no choice that was
    /// kept here before.
    private func bareContext(_ request: Request, _ exchange: Exchange) async throws -> Context {
        _ = try await known.isDemonstration(store)
        var context = plainContext(request, exchange)
        context.language = accepted(request.headers)
        return context
    }

    /// The same for a visitor who is nobody yet, without the database.
    func plainContext(_ request: Request, _ exchange: Exchange) -> Context {
        context(request, exchange, nil, known.wasDemonstration)
    }

    private func context(
        _ request: Request,
        _ exchange: Exchange,
        _ visitor: Staff?,
        _ isDemonstration: Bool
    ) -> Context {
        let address = origin.asker(peer: exchange.peer, headers: request.headers)
        let token = cookies.token(in: request.headers)
        let kept = token ?? store.newToken()
        let isLocked = visitor?.lockedAt != nil
        return Context(
            visitor: isLocked ? nil : visitor,
            locked: isLocked ? visitor : nil,
            language: visitor?.language ?? wished(request.headers),
            csrf: Cookies.csrf(of: kept),
            requestID: exchange.requestID,
            isDemonstration: isDemonstration,
            isAtHome: isAtHome(request, exchange),
            address: address,
            token: kept,
            isNewToken: token == nil,
            chosenShop: cookies.workplace(in: request.headers),
            path: request.uri.path,
            pages: pages,
            table: table
        )
    }

    /// Which test bench sends its token. Throws `stationTokenWrong`.
    private func bench(_ request: Request, _ context: Context) async throws -> Staff {
        guard let header = request.headers[.authorization],
            header.prefix(7).lowercased() == "bearer ",
            !context.isDemonstration || context.isAtHome,
            let station = try await store.station(token: String(header.dropFirst(7)))
        else { throw Refusal(.stationTokenWrong) }
        return station
    }

    private func isAtHome(_ request: Request, _ exchange: Exchange) -> Bool {
        PublicAddress.isAtHome(
            peer: exchange.peer,
            headers: request.headers,
            authority: request.head.authority
        )
    }

    /// The visitor's choice, else the first of the browser's languages that we speak.
    func wished(_ headers: HTTPFields) -> Language {
        if let chosen = cookies.language(in: headers).flatMap(Language.init(rawValue:)) {
            return chosen
        }
        return accepted(headers)
    }

    /// The first of the browser's languages that we speak.
    private func accepted(_ headers: HTTPFields) -> Language {
        let accepted = headers[.acceptLanguage]?.split(separator: ",") ?? []
        for language in accepted {
            let code = language.drop { $0 == " " }.prefix(2).lowercased()
            if let language = Language(rawValue: code) { return language }
        }
        return language
    }

    private func call(_ route: Route, _ request: Request, _ exchange: Exchange) async throws -> Call
    {
        var body = ByteBuffer()
        if route.isWrite {
            let most = route.bodyMost
            let limit = exchange.channel.eventLoop.scheduleTask(
                in: .seconds(Self.bodySeconds + Int64(most >> 17))
            ) {
                exchange.channel.close(promise: nil)
            }
            defer { limit.cancel() }
            let tooLarge = Refusal(
                .inputTooLarge,
                [
                    "most": .text(
                        most < 1 << 20 ? "\(most >> 10)\u{A0}Kio" : "\(most >> 20)\u{A0}Mio"
                    )
                ]
            )
            if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > most {
                throw tooLarge
            }
            do { body = try await request.body.collect(upTo: most) } catch is NIOTooManyBytesError {
                throw tooLarge
            }
        }
        var pieces: [String: String] = [:]
        for (name, value) in exchange.parameters {
            pieces[String(name)] = try Form.readable(String(value))
        }
        if route.path.hasSuffix("**") {
            pieces["**"] = try Form.readable(
                exchange.parameters.getCatchAll().joined(separator: "/")
            )
        }
        return try Call(
            method: request.method,
            path: request.uri.path,
            authority: request.head.authority,
            headers: request.headers,
            pieces: pieces,
            query: Form(read: request.uri.query ?? ""),
            body: body
        )
    }

    private func checkToken(_ call: Call, _ context: Context) throws(Refusal) {
        guard let name = HTTPField.Name("X-CSRF-Token"), !context.isNewToken else {
            throw Refusal(.forgeryGuard)
        }
        var given = call.headers[name]
        if given == nil, call.isForm { given = try call.form()["csrf"] }
        guard let given, isSame(given, context.csrf) else { throw Refusal(.forgeryGuard) }
    }
}

/// What went wrong, with what is needed to tell it to whoever asked.
struct Told: Error {
    let cause: any Error
    let context: Context

    init(_ cause: any Error, _ context: Context) {
        self.cause = cause
        self.context = context
    }
}

/// What is asked at every call and hardly changes. A sign-in is believed for two seconds, so that one
/// that was ended elsewhere stops well within five (F7).
final class Known: Sendable {
    private struct Seen: Sendable {
        let staff: Staff?
        let until: ContinuousClock.Instant
    }

    private let isDemonstration = Mutex<Bool?>(nil)
    /// As far as is known without asking.
    var wasDemonstration: Bool { isDemonstration.withLock { $0 ?? false } }
    private let seen = Mutex<[String: Seen]>([:])
    /// Moves on whenever something is forgotten: what was read before that is not believed after it.
    private let forgotten = Mutex(0)

    func isDemonstration(_ store: Store) async throws -> Bool {
        if let known = isDemonstration.withLock({ $0 }) { return known }
        guard let association = try await store.association() else { return false }
        let answer = association.kind == .demonstration
        isDemonstration.withLock { $0 = answer }
        return answer
    }

    func staff(_ token: String, _ store: Store) async throws -> Staff? {
        let now = ContinuousClock.now
        if let seen = seen.withLock({ $0[token] }), seen.until > now { return seen.staff }
        let before = forgotten.withLock { $0 }
        let staff = try await store.staff(token: token)
        guard forgotten.withLock({ $0 }) == before else { return staff }
        seen.withLock { seen in
            if seen.count > 2000 { seen = seen.filter { $0.value.until > now } }
            seen[token] = Seen(staff: staff, until: now + .seconds(2))
        }
        return staff
    }

    /// Asks again at the next call: this sign-in has just changed.
    func forget(_ token: String) {
        forgotten.withLock { $0 += 1 }
        seen.withLock { $0[token] = nil }
    }

    /// The same for every sign-in: someone was shut out, and it is not known here under which tokens they work.
    func forgetEveryone() {
        forgotten.withLock { $0 += 1 }
        seen.withLock { $0 = [:] }
    }
}
