import HTTPTypes
import Shop
import Store

/// One thing that can be asked of the service: where, by whom, and what is done. The router, the
/// navigation, the OpenAPI document and the tests of rights all read this table.
struct Route: Sendable {
    let method: HTTPRequest.Method
    /// `/vouchers/{code}`: each name in braces is one piece of the path.
    let path: String
    let access: Access
    /// One line for whoever reads the OpenAPI document.
    let summary: String
    /// What may stand after `?`.
    let query: [Parameter]
    /// The JSON body that is read, nil where none is.
    let takes: (any (Decodable & Sendable).Type)?
    /// Whether the body is a file as it is.
    let takesFile: Bool
    /// The JSON that is answered when all is well, nil where it is a page or nothing.
    let gives: (any (Codable & Sendable).Type)?
    /// The most bytes that a body may have.
    let bodyMost: Int
    /// Lets a few calls in at a time where each holds much memory; nil: as many as come.
    let turns: Turns?
    /// Whether a write needs the token of the sign-in; signing in itself has none yet.
    let guarded: Guarded
    /// Whether it answers a sign-in that is locked, beside what is open to anyone.
    let whileLocked: Bool
    /// Whether it is read by whoever passes by: nobody is signed in there, and no cookie is left.
    let isBare: Bool
    let respond: @Sendable (Call, Context) async throws -> Answer

    enum Guarded: Sendable {
        case byToken
        /// By the request's origin alone.
        case byOrigin
        /// By the token in its header, which no browser sends by itself.
        case byBearer
    }

    init(
        _ method: HTTPRequest.Method,
        _ path: String,
        for access: Access,
        _ summary: String,
        query: [Parameter] = [],
        takes: (any (Decodable & Sendable).Type)? = nil,
        takesFile: Bool = false,
        gives: (any (Codable & Sendable).Type)? = nil,
        bodyMost: Int = 64 * 1024,
        turns: Turns? = nil,
        guarded: Guarded = .byToken,
        whileLocked: Bool = false,
        isBare: Bool = false,
        respond: @escaping @Sendable (Call, Context) async throws -> Answer
    ) {
        self.method = method
        self.path = path
        self.access = access
        self.summary = summary
        self.query = query
        self.takes = takes
        self.takesFile = takesFile
        self.gives = gives
        self.bodyMost = bodyMost
        self.turns = turns
        self.guarded = guarded
        self.whileLocked = whileLocked
        self.isBare = isBare
        self.respond = respond
    }

    /// Whether it may change something: all but reading.
    var isWrite: Bool { method != .get && method != .head }
    var isAPI: Bool { path.hasPrefix("/api/") }
    /// Whether people read it in a browser.
    var isPage: Bool { !isAPI && !path.hasPrefix("/assets/") && path != "/healthz" }

    /// What may stand after `?` in an address.
    struct Parameter: Sendable {
        let name: String
        let schema: Schema
        let isRequired: Bool
        let summary: String

        init(
            _ name: String,
            _ schema: Schema = .text(),
            isRequired: Bool = false,
            _ summary: String = ""
        ) {
            self.name = name
            self.schema = schema
            self.isRequired = isRequired
            self.summary = summary
        }
    }
}

/// Who may open a route. A list of roles names each of them; nothing is allowed by silence.
enum Access: Sendable, ExpressibleByArrayLiteral {
    case anyone
    case signedIn
    /// Whoever signs vouchers for a structure, and nobody of a shop.
    case prescribers
    /// A test bench that sends its token, and nobody who signs in.
    case stations
    case roles(Set<Role>)

    init(arrayLiteral roles: Role...) {
        precondition(!roles.isEmpty, "a route names who may open it")
        self = .roles(Set(roles))
    }

    /// Every role.
    static let everyRole = Access.roles(.everyone)

    /// Those that it names.
    var roles: Set<Role> {
        switch self {
        case .anyone, .signedIn: .everyone
        case .prescribers, .stations: []
        case .roles(let roles): roles
        }
    }

    func admits(_ staff: Staff?) -> Bool {
        switch self {
        case .anyone: true
        case .signedIn: staff != nil
        case .prescribers: staff?.refers != nil
        case .stations: false
        case .roles(let roles): staff?.holdsHere(anyOf: roles) ?? false
        }
    }
}
