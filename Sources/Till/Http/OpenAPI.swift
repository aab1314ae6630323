import HTTPTypes
import Shop

/// The OpenAPI 3.1 document of the JSON under /api/v1, read from the table of routes and the types
/// that they take and give.
struct OpenAPI: Sendable {
    let document: Tree

    /// - Parameter cookie: what the browser is given when it signs in.
    init(_ table: RouteTable, version: String, cookie: String) {
        var paths: [String: [String: Tree]] = [:]
        for route in table.routes where route.isAPI {
            let path = route.path
            paths[path, default: [:]][route.method.rawValue.lowercased()] = Self.operation(route)
        }
        document = [
            "openapi": "3.1.0",
            "info": [
                "title": "Comptoir",
                "version": .text(version),
                "description": """
                The counter, the stock room and the report of a solidarity digital shop. Sign in at \
                /api/v1/sign-ins; the cookie that it sets goes with every call, and what it gives as \
                csrf with every write, as X-CSRF-Token. Money is in whole cents, days are dates of \
                Europe/Paris, instants are UTC. A test bench sends its files with the token of its station and \
                nothing else.
                """,
            ],
            "paths": .object(paths.mapValues { .object($0) }),
            "components": [
                "schemas": ["Refusal": Self.schema(ShapeReader.schema(of: RefusalDocument.self))],
                "securitySchemes": [
                    "signIn": ["type": "apiKey", "in": "cookie", "name": .text(cookie)],
                    "station": ["type": "http", "scheme": "bearer"],
                ],
            ],
        ]
    }

    private static func operation(_ route: Route) -> Tree {
        var operation: [String: Tree] = [
            "summary": .text(route.summary),
            "operationId": .text(name(of: route)),
            "responses": [
                "2XX": success(route),
                "4XX": refusal("What was asked is refused: what, why, and what to do now."),
                "503": refusal("Busy, or the database does not answer: nothing was recorded."),
            ],
        ]
        let parameters = self.parameters(route)
        if !parameters.isEmpty { operation["parameters"] = .list(parameters) }
        if let takes = route.takes {
            operation["requestBody"] = [
                "required": true,
                "content": json(schema(ShapeReader.schema(of: takes))),
            ]
        }
        if route.takesFile {
            operation["requestBody"] = [
                "required": true,
                "content": [
                    "application/octet-stream": ["schema": ["type": "string", "format": "binary"]]
                ],
            ]
        }
        switch route.access {
        case .anyone: operation["security"] = []
        case .stations: operation["security"] = [["station": []]]
        case .signedIn, .prescribers: operation["security"] = [["signIn": []]]
        case .roles(let roles):
            operation["security"] = [["signIn": []]]
            operation["x-roles"] = .list(roles.map(\.rawValue).sorted().map { .text($0) })
        }
        return .object(operation)
    }

    private static func parameters(_ route: Route) -> [Tree] {
        var parameters: [Tree] = []
        for piece in route.path.split(separator: "/") where piece.hasPrefix("{") {
            let name = String(piece.dropFirst().dropLast())
            let isID = name == "id" || name.hasSuffix("_id")
            let shape = Schema.text(format: isID ? "uuid" : nil)
            parameters.append(parameter(name, in: "path", shape, isRequired: true, ""))
        }
        for asked in route.query {
            parameters.append(
                parameter(
                    asked.name,
                    in: "query",
                    asked.schema,
                    isRequired: asked.isRequired,
                    asked.summary
                )
            )
        }
        if route.isWrite, route.guarded == .byToken {
            parameters.append(
                parameter("X-CSRF-Token", in: "header", .text(), isRequired: true, "")
            )
        }
        return parameters
    }

    private static func parameter(
        _ name: String,
        in place: String,
        _ shape: Schema,
        isRequired: Bool,
        _ summary: String
    ) -> Tree {
        var parameter: [String: Tree] = [
            "name": .text(name), "in": .text(place), "required": .flag(isRequired),
            "schema": schema(shape),
        ]
        if !summary.isEmpty { parameter["description"] = .text(summary) }
        return .object(parameter)
    }

    private static func success(_ route: Route) -> Tree {
        guard let gives = route.gives else { return ["description": "Done."] }
        return [
            "description": "Done.",
            "content": json(schema(ShapeReader.schema(of: gives))),
        ]
    }

    private static func refusal(_ words: String) -> Tree {
        ["description": .text(words), "content": json(["$ref": "#/components/schemas/Refusal"])]
    }

    private static func json(_ schema: Tree) -> Tree { ["application/json": ["schema": schema]] }

    /// `post_api_v1_sales_preview`.
    private static func name(of route: Route) -> String {
        let pieces = route.path.split { "/{}-".contains($0) }
        return ([route.method.rawValue.lowercased()] + pieces.map(String.init)).joined(
            separator: "_"
        )
    }

    static func schema(_ schema: Schema) -> Tree {
        switch schema {
        case .text(let format, let pattern, let most):
            var text: [String: Tree] = ["type": "string"]
            text["format"] = format.map { .text($0) }
            text["pattern"] = pattern.map { .text($0) }
            text["maxLength"] = most.map { .number($0) }
            return .object(text)
        case .choice(let names):
            return ["type": "string", "enum": .list(names.map { .text($0) })]
        case .integer(let least, let most):
            var integer: [String: Tree] = ["type": "integer"]
            integer["minimum"] = least.map { .number($0) }
            integer["maximum"] = most.map { .number($0) }
            return .object(integer)
        case .number: return ["type": "number"]
        case .boolean: return ["type": "boolean"]
        case .list(let item): return ["type": "array", "items": self.schema(item)]
        case .object(let properties):
            var object: [String: Tree] = [
                "type": "object",
                "properties": .object(
                    Dictionary(
                        uniqueKeysWithValues: properties.map { ($0.name, self.schema($0.schema)) }
                    )
                ),
            ]
            let required = properties.filter(\.isRequired).map { Tree.text($0.name) }
            if !required.isEmpty { object["required"] = .list(required) }
            return .object(object)
        case .table(let value):
            return ["type": "object", "additionalProperties": self.schema(value)]
        case .optional(let schema): return ["anyOf": [self.schema(schema), ["type": "null"]]]
        case .anything: return [:]
        }
    }
}

/// A JSON document that is put together piece by piece.
enum Tree: Sendable, Encodable {
    case text(String)
    case number(Int)
    case flag(Bool)
    case list([Tree])
    case object([String: Tree])

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .text(let text): try container.encode(text)
        case .number(let number): try container.encode(number)
        case .flag(let flag): try container.encode(flag)
        case .list(let list): try container.encode(list)
        case .object(let object): try container.encode(object)
        }
    }
}

extension Tree: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral,
    ExpressibleByDictionaryLiteral
{
    init(stringLiteral text: String) { self = .text(text) }
    init(booleanLiteral flag: Bool) { self = .flag(flag) }
    init(arrayLiteral items: Tree...) { self = .list(items) }
    init(dictionaryLiteral items: (String, Tree)...) {
        self = .object(Dictionary(uniqueKeysWithValues: items))
    }
}
