import Postgres
public import Shop

/// An appointment in a list.
public struct AppointmentRow: Hashable, Sendable, Codable {
    public let id: ID<Appointment>
    public let shop: String
    public let kind: AppointmentKind
    public let plannedOn: Day
    public let startsAt: TimeOfDay
    public let minutes: Int
    /// The code of the file that goes on.
    public let person: String
    /// The name, or the code of whoever refused to be named.
    public let name: String
    /// The login and the operator code of whoever receives; nil: whoever is there.
    public let receiver: String?
    public let receiverOperator: String?
    public let state: AppointmentState
    /// Why it was cancelled.
    public let motive: CancellationMotive?
    /// The visit that came of it.
    public let visit: ID<Visit>?
    /// How often it was moved.
    public let moves: Int

    public init(
        id: ID<Appointment>,
        shop: String,
        kind: AppointmentKind,
        plannedOn: Day,
        startsAt: TimeOfDay,
        minutes: Int,
        person: String,
        name: String,
        receiver: String?,
        receiverOperator: String?,
        state: AppointmentState,
        motive: CancellationMotive?,
        visit: ID<Visit>?,
        moves: Int
    ) {
        self.id = id
        self.shop = shop
        self.kind = kind
        self.plannedOn = plannedOn
        self.startsAt = startsAt
        self.minutes = minutes
        self.person = person
        self.name = name
        self.receiver = receiver
        self.receiverOperator = receiverOperator
        self.state = state
        self.motive = motive
        self.visit = visit
        self.moves = moves
    }
}

extension Store {
    /// In the order in which they are planned, those that ended among them. `after` is the last part's `next`.
    public func appointments(
        _ filter: DeskFilter,
        after: ID<Appointment>? = nil,
        limit: Int = 50
    ) async throws -> Paged<AppointmentRow> {
        let limit = min(max(limit, 1), 200)
        return try await transaction { tx in
            let rows = try tx.query(
                """
                \(appointmentRows) where \(filter.condition(of: "a", on: "planned_on"))
                  and (\(after)::uuid is null or (a.planned_on, a.starts_minute, a.id) > (
                      select planned_on, starts_minute, id from current_appointments where id = \(after)))
                order by a.planned_on, a.starts_minute, a.id limit \(limit + 1)
                """
            )
            return Paged(try rows.map { try AppointmentRow($0) }, limit: limit, key: \.id.text)
        }
    }

    /// Throws `appointmentUnknown`.
    public func appointment(_ id: ID<Appointment>, in reach: Reach = .everyShop) async throws
        -> AppointmentRow
    {
        try await transaction { tx in
            let rows = try tx.query(
                "\(appointmentRows) where a.id = \(id) and \(reach.condition("a.shop_id"))"
            )
            guard let row = rows.first else { throw Refusal(.appointmentUnknown) }
            return try AppointmentRow(row)
        }
    }

    /// Whoever may receive in a shop, oneself first, then by name.
    public func receivers(in shop: ID<Shop>, first staff: Staff) async throws -> [Facilitator] {
        try await transaction { tx in
            try tx.query(
                """
                select u.login, u.name from users u
                where \(isLetIn) and exists (
                    select from user_roles r where r.user_id = u.id and r.ended_at is null
                      and r.role = any(\(receivingRoles)) and (r.shop_id is null or r.shop_id = \(shop)))
                order by u.id <> \(staff.id), u.name collate "fr-x-icu", u.login limit 200
                """
            ).map { Facilitator(login: try $0["login"], name: try $0["name"]) }
        }
    }
}

private let appointmentRows: SQL = """
    select a.id, s.code as shop, a.kind, a.planned_on, a.starts_minute, a.planned_minutes, p.code as person,
           coalesce(nullif(trim(i.given_name || ' ' || i.family_name), ''), p.code) as name, u.login, u.operator,
           coalesce(a.how, 'open') as state, a.motive, a.visit_id, a.revision - 1 as moves
    from current_appointments a join shops s on s.id = a.shop_id join persons p on p.id = person_now(a.person_id)
    left join identities i on i.person_id = p.id left join users u on u.id = a.user_id
    """

extension AppointmentRow {
    fileprivate init(_ row: Row) throws {
        let time = try AppointmentTime(row)
        self.init(
            id: try row["id"],
            shop: try row["shop"],
            kind: try row["kind"],
            plannedOn: time.plannedOn,
            startsAt: time.startsAt,
            minutes: time.minutes,
            person: try row["person"],
            name: try row["name"],
            receiver: try row["login"],
            receiverOperator: try row["operator"],
            state: try row["state"],
            motive: try row["motive"],
            visit: try row["visit_id"],
            moves: try row["moves"]
        )
    }
}
