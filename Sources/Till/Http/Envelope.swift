import Hummingbird
import HTTPTypes
import Logging
import Shop

/// Around every request: refusals and faults told in the
/// asker's form and language, one line in the log. Of a request the log holds its method, the
/// route's pattern, status and time: never the address asked for, which may hold a code or a name.
struct Envelope: RouterMiddleware {
    let reception: Reception

    func handle(
        _ request: Request,
        context exchange: Exchange,
        next: (Request, Exchange) async throws -> Response
    ) async throws -> Response {
        let start = ContinuousClock.now
        var response: Response
        do {
            response = try await next(request, exchange)
        } catch let told as Told {
            response = Response(telling(told.cause, request, told.context))
        } catch {
            let context = reception.plainContext(request, exchange)
            response = Response(telling(error, request, context))
        }
        let time = ContinuousClock.now - start
        let milliseconds = Double(time.components.attoseconds / 1_000_000_000_000) / 1000
        exchange.logger.info(
            "request",
            metadata: [
                "method": "\(request.method)",
                "route": "\(exchange.endpointPath ?? "-")",
                "status": "\(response.status.code)",
                "ms": "\(Double(time.components.seconds) * 1000 + milliseconds)",
                "request": "\(exchange.requestID)",
            ]
        )
        return response
    }

    private func telling(_ error: any Error, _ request: Request, _ context: Context) -> Answer {
        if let refusal = error as? Refusal { return self.answer(refusal, request, context) }
        if let error = error as? HTTPError {
            let allowed = context.table.methods(at: request.uri.path)
            if error.status == .notFound, !allowed.isEmpty {
                var answer = Answer(.methodNotAllowed)
                answer.headers[.allow] = allowed.map(\.rawValue).joined(separator: ", ")
                return answer
            }
            let reason: Reason =
                switch error.status {
                case .notFound: .unknownThing
                case .contentTooLarge: .inputTooLarge
                default: .inputUnreadable
                }
            return self.answer(
                Refusal(reason, ["text": .text(String(request.uri.path.prefix(80)))]),
                request,
                context
            )
        }
        return fault(error, request, context)
    }

    private func answer(_ refusal: Refusal, _ request: Request, _ context: Context) -> Answer {
        let told = refusal.told(in: context.language)
        let isProgram = wantsJSON(request)
        if refusal.reason == .signInNeeded, !isProgram, request.method == .get {
            return .see("/sign-in?next=\(request.uri.path)")
        }
        var answer: Answer
        if isProgram {
            do {
                answer = try .json(RefusalDocument(refusal: told), refusal.status)
            } catch {
                answer = Answer(refusal.status)
            }
        } else {
            let page = RefusalPage(
                refusal: RefusalCard(refusal, in: context.language),
                isLocked: refusal.reason == .tillLocked
            )
            answer = context.page(page, refusal.status)
        }
        if refusal.status == .serviceUnavailable { answer.headers[.retryAfter] = "2" }
        if refusal.reason == .askedTooOften { answer.headers[.retryAfter] = "60" }
        if refusal.reason == .stationTokenWrong { answer.headers[.wwwAuthenticate] = "Bearer" }
        return answer
    }

    /// A bug or an outage: told in the log once, and to the person by the request's id alone.
    private func fault(_ error: any Error, _ request: Request, _ context: Context) -> Answer {
        let id = context.requestID
        reception.logger.error("fault", metadata: ["request": "\(id)", "error": "\(error)"])
        let words = FaultWords(context.language)
        if wantsJSON(request) {
            let told = Refusal.Told(
                code: "fault",
                what: words.what,
                why: words.why,
                now: words.now,
                reference: id
            )
            do {
                return try .json(RefusalDocument(refusal: told), .internalServerError)
            } catch {
                return Answer(.internalServerError)
            }
        }
        let card = RefusalCard(what: words.what, why: words.why, now: words.now, reference: id)
        return context.page(RefusalPage(refusal: card), .internalServerError)
    }

    private func wantsJSON(_ request: Request) -> Bool {
        if request.uri.path.hasPrefix("/api/") { return true }
        let accepted = request.headers[.accept] ?? ""
        return accepted.contains("application/json") && !accepted.contains("text/html")
    }

}

extension Response {
    init(_ answer: Answer) {
        self.init(
            status: answer.status,
            headers: answer.headers,
            body: ResponseBody(byteBuffer: answer.body)
        )
    }
}

extension Refusal {
    /// The one HTTP status of each kind.
    var status: HTTPResponse.Status {
        switch reason.kind {
        case .malformed: .badRequest
        case .forbidden:
            [.signInNeeded, .signInWrong, .stationTokenWrong].contains(reason)
                ? .unauthorized : .forbidden
        case .unknown: .notFound
        case .conflict: .conflict
        case .tooLarge: .contentTooLarge
        case .tooMany: .tooManyRequests
        case .unavailable: .serviceUnavailable
        }
    }
}

/// What a person reads when it is our fault.
private struct FaultWords {
    let what: String
    let why: String
    let now: String

    init(_ language: Language) {
        what = language.choose("Une panne est survenue.", "Something broke.")
        why = language.choose(
            "L’erreur vient du logiciel, pas de vous.",
            "The fault is the program’s, not yours."
        )
        now = language.choose(
            "Recommencez. Si cela se reproduit, donnez la référence ci-dessous à la personne qui gère Comptoir.",
            "Try again. If it happens again, give the reference below to whoever looks after Comptoir."
        )
    }
}
