import Foundation
import HTTPTypes
import NIOFoundationCompat
import Shop
import Testing

@testable import Till

@Suite("The OpenAPI document")
struct OpenAPITests {
    @Test("it holds every JSON route that is served, and no other")
    func isWhole() async throws {
        try await withService { served in
            let reply = try await served.browser().ask("GET", "/openapi.json")
            let paths = try reply.json()["paths"] as? [String: [String: Any]] ?? [:]
            let told = Set(paths.flatMap { path, methods in methods.keys.map { "\($0) \(path)" } })
            let routes = Set(
                served.routes.filter(\.isAPI)
                    .map { "\($0.method.rawValue.lowercased()) \($0.path)" }
            )
            #expect(told == routes)
        }
    }

    @Test("every type that a route takes or gives tells its shape")
    func tellsShapes() async throws {
        try await withService { served in
            for route in served.routes where route.isAPI {
                for type in [route.takes as (any Decodable.Type)?, route.gives] {
                    guard let type else { continue }
                    let shape = ShapeReader.schema(of: type)
                    #expect(!shape.holdsNothing, "\(type) of \(route.path): \(shape)")
                }
            }
        }
    }

    @Test("a name is told as it is sent")
    func names() throws {
        struct Sent: Encodable {
            let sizeGB = 1
            let structureID = 1
            let price = 1
            let priceCents = 1
            let aURLOfIt = 1
        }
        let sent = try JSONSerialization.jsonObject(with: Data(buffer: JSON.write(Sent())))
        let names = try #require(sent as? [String: Any]).keys
        let told = Mirror(reflecting: Sent()).children.compactMap(\.label).map(JSON.snake)
        #expect(Set(names) == Set(told))
    }

    @Test("a shape is read from the type itself")
    func readsShapes() {
        struct Inner: Codable, Sendable {
            let on: Day
            let role: Role
        }
        struct Outer: Codable, Sendable {
            let id: ID<Till>
            let priceCents: Cents
            let note: String?
            let inner: [Inner]
            let counts: [String: Int]
        }
        #expect(
            ShapeReader.schema(of: Outer.self)
                == .object([
                    .init(name: "id", schema: .text(format: "uuid"), isRequired: true),
                    .init(
                        name: "price_cents",
                        schema: .integer(least: 0, most: 100_000_000),
                        isRequired: true
                    ),
                    .init(name: "note", schema: .optional(.text()), isRequired: false),
                    .init(
                        name: "inner",
                        schema: .list(
                            .object([
                                .init(name: "on", schema: .text(format: "date"), isRequired: true),
                                .init(
                                    name: "role",
                                    schema: .choice(Role.allCases.map(\.rawValue)),
                                    isRequired: true
                                ),
                            ])
                        ),
                        isRequired: true
                    ),
                    .init(name: "counts", schema: .table(.integer()), isRequired: true),
                ])
        )
    }
}

extension Schema {
    /// Whether somewhere in it a type asked for nothing: it was read from a value of its own making.
    fileprivate var holdsNothing: Bool {
        switch self {
        case .object(let properties):
            properties.isEmpty || properties.contains { $0.schema.holdsNothing }
        case .list(let item), .table(let item), .optional(let item): item.holdsNothing
        case .anything: true
        case .text, .choice, .integer, .number, .boolean: false
        }
    }
}

extension Served {
    var routes: [Route] { server.routes }
}
