import Postgres
public import Shop

extension Store {
    /// The code that follows the shop's runs of the year: `LI-2026-03` after `LI-2026-02`. Whoever opens the run may
    /// write another.
    public func nextRunCode(of shop: String, on day: Day) async throws -> String {
        let stem = "\(shop)-\(day.iso.prefix(4))-"
        return try await transaction { tx in
            let last: Int = try tx.query(
                """
                select coalesce(max(substring(code from length(\(stem)) + 1)::int), 0) as last from runs
                where starts_with(code, \(stem)) and substring(code from length(\(stem)) + 1) ~ '^[0-9]{1,4}$'
                """
            )[0]["last"]
            return stem + (last < 9 ? "0" : "") + String(last + 1)
        }
    }

    /// Whoever may lead a run, oneself first, then by name.
    public func facilitators(first staff: Staff) async throws -> [Facilitator] {
        try await transaction { tx in
            try tx.query(
                """
                select u.login, u.name from users u
                where \(isLetIn) and (u.id = \(staff.id) or exists (
                    select from user_roles r where r.user_id = u.id and r.ended_at is null
                      and r.role in ('facilitator', 'shop_manager', 'administrator')))
                order by u.id <> \(staff.id), u.name collate "fr-x-icu", u.login limit 200
                """
            ).map { Facilitator(login: try $0["login"], name: try $0["name"]) }
        }
    }
}

/// A user among whom one chooses.
public struct Facilitator: Hashable, Sendable {
    public let login: String
    public let name: String

    public init(login: String, name: String) {
        self.login = login
        self.name = name
    }
}
