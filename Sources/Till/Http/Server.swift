import Crypto
import Foundation
public import Hummingbird
import HummingbirdCore
public import Logging
public import Mail
public import Shop
public import Store

/// The HTTP service over one store.
public struct Server: Sendable {
    private let reception: Reception
    private let logger: Logger

    /// Reads templates and words once.
    public init(
        store: Store,
        origin: PublicAddress,
        language: Language = .french,
        mail: MailServer? = nil,
        logger: Logger
    ) async throws {
        let known = Known()
        let shelf = AssetShelf(own: Pages.folder("Assets").path)
        let cookies = Cookies(isSecure: origin.isTLS)
        let nouns: [[Route]] = [
            foundationRoutes(store, shelf, cookies),
            signInRoutes(store, cookies, known),
            accountRoutes(store, cookies, known),
            workplaceRoutes(store, cookies),
            userRoutes(store, known),
            tillRoutes(store),
            counterRoutes(store),
            portalRoutes(store, mail),
            deviceRoutes(store, origin),
            afterSalesRoutes(store),
            stationRoutes(store, origin),
            passportRoutes(store, origin),
            pictureRoutes(store),
            gradingRoutes(store),
            inspectionListRoutes(store),
            homeRoutes(store),
            courseRoutes(store),
            questionnaireRoutes(store),
            reportRoutes(store),
            structureRoutes(store),
            donationRoutes(store, origin),
            transferRoutes(store),
            orderRoutes(store),
            rechargeRoutes(store),
            kitRoutes(store),
            countRoutes(store),
            locationRoutes(store),
            personRoutes(store),
            voucherRoutes(store),
            helpDeskRoutes(store),
            quotaRoutes(store),
            overrideRoutes(store),
            handOverRoutes(store),
            motiveRoutes(store),
            productRoutes(store),
        ]
        let table = RouteTable(nouns.flatMap(\.self))
        reception = Reception(
            store: store,
            pages: try await Pages(),
            table: table,
            origin: origin,
            cookies: cookies,
            language: language,
            known: known,
            logger: logger
        )
        self.logger = logger
    }

    /// Every route that is served.
    var routes: [Route] { reception.table.routes }

    /// The application to run. `running` is called with the port once it listens.
    public func application(
        bind: String,
        port: Int,
        running: @escaping @Sendable (Int) async -> Void = { _ in }
    ) -> some ApplicationProtocol {
        let headers = SecurityHeaders(isTLS: reception.origin.isTLS)
        return Application(
            router: router,
            server: .http1(
                configuration: .init(
                    additionalChannelHandlers: [Doorkeeper(headers: headers)],
                    idleTimeout: .seconds(60)
                )
            ),
            configuration: ApplicationConfiguration(
                address: .hostname(bind, port: port),
                serverName: nil,
                availableConnectionsDelegate: MaximumAvailableConnections(Self.connectionsMost)
            ),
            onServerRunning: { channel in await running(channel.localAddress?.port ?? 0) },
            logger: logger
        )
    }

    /// A thousand tills with a few connections each, where the system lets the process open as many files. More wait in the
    /// kernel's queue until one closes.
    private static var connectionsMost: Int {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else {
            return 512
        }
        let files = Int(clamping: limit.rlim_cur)
        return min(max(files - 256, files / 2), 4096)
    }

    private var router: Router<Exchange> {
        let router = Router(context: Exchange.self, options: .autoGenerateHeadEndpoints)
        router.add(middleware: Envelope(reception: reception))
        for route in reception.table.routes {
            router.on(RouterPath(route.path), method: route.method) {
                [reception] request, exchange in
                Response(try await reception.answer(route, request, exchange))
            }
        }
        return router
    }
}

/// What every installation has, whoever asks.
private func foundationRoutes(
    _ store: Store,
    _ shelf: AssetShelf,
    _ cookies: Cookies
) -> [Route] {
    [
        Route(.get, "/healthz", for: .anyone, "Says whether the service and its database answer.") {
            _,
            _ in
            try await store.checkAnswering()
            return .text("ok\n")
        },
        Route(.get, "/openapi.json", for: .anyone, "This service's JSON, as OpenAPI 3.1.") {
            _,
            context in
            try .json(OpenAPI(context.table, version: "1", cookie: cookies.name).document)
        },
        Route(.get, "/assets/**", for: .anyone, "A style sheet, a script, an icon, a font.") {
            call,
            _ in
            try await shelf.answer(call.piece("**"), call.headers)
        },
    ]
}
