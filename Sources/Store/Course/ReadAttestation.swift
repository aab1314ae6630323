import Postgres
public import Shop

/// What the attestation of a finished course says.
public struct Attestation: Sendable {
    public let code: CompletionCode
    public let person: ID<Person>
    public let personCode: String
    /// Empty once the identity is erased.
    public let name: String
    public let run: String
    public let course: String
    public let programme: String
    public let structure: String
    public let place: String
    public let association: String
    public let shop: String
    /// Street, postal code and city of the shop.
    public let address: String
    public let city: String
    public let facilitator: String
    public let completedOn: Day
    public let firstOn: Day
    public let lastOn: Day
    public let modulesCounted: Int
    public let modulesTotal: Int
    public let minutesAttended: Int
    public let plannedMinutes: Int
    public let rightEndsOn: Day
    /// Since when it proves nothing any more; nil while it holds.
    public let revokedOn: Day?
}

extension Store {
    /// Throws `completionUnknown`, also where the run was in a shop outside `reach`.
    public func attestation(
        _ code: CompletionCode,
        in reach: Reach = .everyShop
    ) async throws -> Attestation {
        try await transaction { tx in
            let rows = try tx.query(
                """
                select c.person_id, p.code as person_code, r.code as run, k.name as course, g.name as programme,
                       coalesce(trim(i.given_name || ' ' || i.family_name), '') as name,
                       s.name as structure, r.place, h.name as shop, h.address, h.postal_code, h.city,
                       coalesce((select name from association), '') as association, u.name as facilitator,
                       c.completed_on, c.modules_counted, c.minutes_attended, x.ends_on,
                       (select revoked_on from completion_revocations where completion_id = c.id) as revoked_on,
                       (select min(held_on) from sessions where run_id = r.id) as first_on,
                       (select max(held_on) from sessions where run_id = r.id and held_on <= c.completed_on) as last_on,
                       (select count(*) from modules where course_id = k.id) as modules,
                       (select sum(planned_minutes) from modules where course_id = k.id) as planned
                from completions c join enrolments e on e.id = c.enrolment_id
                     join runs r on r.id = e.run_id join courses k on k.id = r.course_id
                     join programmes g on g.id = r.programme_id join structures s on s.id = r.structure_id
                     join shops h on h.id = r.shop_id join users u on u.id = r.facilitator_id
                     join persons p on p.id = c.person_id join rights x on x.completion_id = c.id
                     left join identities i on i.person_id = c.person_id
                where c.code = \(code.digits) and \(reach.condition("r.shop_id"))
                """
            )
            guard let row = rows.first else {
                throw Refusal(.completionUnknown, ["code": .text(code.printed)])
            }
            let completedOn: Day = try row["completed_on"]
            let (street, postal, city): (String, String, String) = try (
                row["address"], row["postal_code"], row["city"]
            )
            return Attestation(
                code: code,
                person: try row["person_id"],
                personCode: try row["person_code"],
                name: try row["name"],
                run: try row["run"],
                course: try row["course"],
                programme: try row["programme"],
                structure: try row["structure"],
                place: try row["place"],
                association: try row["association"],
                shop: try row["shop"],
                address: "\(street), \(postal) \(city)",
                city: city,
                facilitator: try row["facilitator"],
                completedOn: completedOn,
                firstOn: try row["first_on"] ?? completedOn,
                lastOn: try row["last_on"] ?? completedOn,
                modulesCounted: try row["modules_counted"],
                modulesTotal: try row["modules"],
                minutesAttended: try row["minutes_attended"],
                plannedMinutes: try row["planned"],
                rightEndsOn: try row["ends_on"],
                revokedOn: try row["revoked_on"]
            )
        }
    }
}
