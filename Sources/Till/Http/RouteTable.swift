import HTTPTypes
import Store

/// Every route of the service, found by method and path.
struct RouteTable: Sendable {
    let routes: [Route]

    init(_ routes: [Route]) {
        var seen: Set<String> = []
        for route in routes {
            let shape = route.path.replacing(/\{[^}]*\}/, with: "{}")
            precondition(
                seen.insert("\(route.method) \(shape)").inserted,
                "\(route.method) \(route.path) is there twice"
            )
        }
        self.routes = routes
    }

    /// Whether this person may read the page at `path`; false where there is none.
    func opens(_ path: String, _ staff: Staff?) -> Bool {
        routes.contains { $0.method == .get && $0.fits(path) && $0.access.admits(staff) }
    }

    /// The methods that some route takes at this path.
    func methods(at path: String) -> [HTTPRequest.Method] {
        routes.filter { $0.fits(path) }.map(\.method)
    }
}

extension Route {
    /// Whether a path has this route's shape.
    func fits(_ path: String) -> Bool {
        let wanted = self.path.split(separator: "/")
        let given = path.split(separator: "/")
        if wanted.last == "**" {
            return given.count >= wanted.count && zip(wanted.dropLast(), given).allSatisfy(==)
        }
        return wanted.count == given.count
            && zip(wanted, given).allSatisfy { $0.hasPrefix("{") || $0 == $1 }
    }
}
