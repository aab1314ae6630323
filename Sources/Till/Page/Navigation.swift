/// The places of the service, in the order of a day at the counter.
enum Navigation {
    struct Link: Sendable {
        let path: String
        let words: String
        let icon: String
        let current: Bool
    }

    /// Path, words and icon of each place.
    private static let places = [
        (path: "/portal", words: "nav_portal", icon: "voucher"),
        (path: "/portal/runs", words: "nav_portal_runs", icon: "course"),
        (path: "/till", words: "nav_till", icon: "shop"),
        (path: "/vouchers", words: "nav_vouchers", icon: "voucher"),
        (path: "/persons", words: "nav_persons", icon: "people"),
        (path: "/help-desk", words: "nav_desk", icon: "calendar"),
        (path: "/runs", words: "nav_runs", icon: "course"),
        (path: "/devices", words: "nav_devices", icon: "device"),
        (path: "/reports", words: "nav_reports", icon: "report"),
        (path: "/settings", words: "nav_settings", icon: "settings"),
    ]

    /// What stands under a place without its address.
    private static let under = [
        "/batches": "/devices", "/transfers": "/devices", "/counts": "/devices",
        "/locations": "/devices",
        "/donors": "/devices", "/register": "/devices", "/after-sales": "/devices",
        "/products": "/devices", "/orders": "/devices", "/recharges": "/devices",
        "/kits": "/devices", "/grading": "/devices", "/grade-prices": "/devices",
        "/stations": "/devices", "/waiting-files": "/devices",
    ]

    /// The places that the reader may open, the one they are in marked.
    static func links(_ words: Words, at path: String, mayOpen: (String) -> Bool) -> [Link] {
        let known = places.map(\.path) + under.keys
        let found = known.filter { path == $0 || path.hasPrefix($0 + "/") }
            .max { $0.count < $1.count }
        let here = found.map { under[$0] ?? $0 }
        return places.filter { mayOpen($0.path) }.map { place in
            Link(
                path: place.path,
                words: words(place.words),
                icon: place.icon,
                current: place.path == here
            )
        }
    }
}
