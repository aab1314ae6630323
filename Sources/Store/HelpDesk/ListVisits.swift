import Postgres
public import Shop

/// A visit in a list.
public struct VisitRow: Hashable, Sendable, Codable {
    public let id: ID<Visit>
    public let shop: String
    public let kind: VisitKind
    public let heldOn: Day
    public let recordedAt: Instant
    public let minutes: Int
    /// The code of the file that goes on; nil when nobody was asked.
    public let person: String?
    /// The name, or the code of whoever refused to be named; nil when nobody was asked.
    public let name: String?
    /// In the words of the day, by code.
    public let themes: [ToldCode]
    public let autonomy: Autonomy?
    public let redirection: ToldCode?
    /// The operator code of whoever led it.
    public let ledBy: String
    /// The voucher of the right that it used; nil when it used none.
    public let voucher: String?
    public let appointment: ID<Appointment>?
    /// When and why it was taken back; nil when it stands.
    public let takenBackAt: Instant?
    public let takenBackFor: TakeBackMotive?
    public let takenBackBy: String?

    /// A code with its words.
    public struct ToldCode: Hashable, Sendable, Codable {
        public let code: String
        public let fr: String
        public let en: String

        public init(code: String, fr: String, en: String) {
            self.code = code
            self.fr = fr
            self.en = en
        }

        public func words(in language: Language) -> String { language.choose(fr, en) }
    }

    public init(
        id: ID<Visit>,
        shop: String,
        kind: VisitKind,
        heldOn: Day,
        recordedAt: Instant,
        minutes: Int,
        person: String?,
        name: String?,
        themes: [ToldCode],
        autonomy: Autonomy?,
        redirection: ToldCode?,
        ledBy: String,
        voucher: String?,
        appointment: ID<Appointment>?,
        takenBackAt: Instant?,
        takenBackFor: TakeBackMotive?,
        takenBackBy: String?
    ) {
        self.id = id
        self.shop = shop
        self.kind = kind
        self.heldOn = heldOn
        self.recordedAt = recordedAt
        self.minutes = minutes
        self.person = person
        self.name = name
        self.themes = themes
        self.autonomy = autonomy
        self.redirection = redirection
        self.ledBy = ledBy
        self.voucher = voucher
        self.appointment = appointment
        self.takenBackAt = takenBackAt
        self.takenBackFor = takenBackFor
        self.takenBackBy = takenBackBy
    }
}

extension Store {
    /// The last held first, those that were taken back among them. `after` is the last part's `next`.
    public func visits(
        _ filter: DeskFilter,
        after: ID<Visit>? = nil,
        limit: Int = 50
    ) async throws -> Paged<VisitRow> {
        let limit = min(max(limit, 1), 200)
        return try await transaction { tx in
            let rows = try tx.query(
                """
                \(visitRows) where \(filter.condition(of: "v", on: "held_on"))
                  and (\(after)::uuid is null or (v.held_on, v.id) < (select held_on, id from visits where id = \(after)))
                order by v.held_on desc, v.id desc limit \(limit + 1)
                """
            )
            return Paged(try rows.map { try VisitRow($0) }, limit: limit, key: \.id.text)
        }
    }

    /// Throws `visitUnknown`.
    public func visit(_ id: ID<Visit>, in reach: Reach = .everyShop) async throws -> VisitRow {
        try await transaction { tx in
            let rows = try tx.query(
                "\(visitRows) where v.id = \(id) and \(reach.condition("v.shop_id"))"
            )
            guard let row = rows.first else { throw Refusal(.visitUnknown) }
            return try VisitRow(row)
        }
    }
}

private let visitRows: SQL = """
    select v.id, s.code as shop, v.kind, v.held_on, v.recorded_at, v.minutes, p.code as person,
           coalesce(nullif(trim(i.given_name || ' ' || i.family_name), ''), p.code) as name, v.autonomy, v.redirection,
           r.name_fr as redirection_fr, r.name_en as redirection_en, l.operator, c.code as voucher, e.appointment_id,
           b.taken_back_at, b.motive, w.operator as taken_back_by,
           (select array_agg(t.theme order by t.theme) from visit_themes t where t.visit_id = v.id) as themes,
           (select array_agg(h.name_fr order by t.theme) from visit_themes t join help_desk_codes h
            on h.list = 'theme' and h.code = t.theme and h.starts_on = t.theme_starts_on where t.visit_id = v.id) as themes_fr,
           (select array_agg(h.name_en order by t.theme) from visit_themes t join help_desk_codes h
            on h.list = 'theme' and h.code = t.theme and h.starts_on = t.theme_starts_on where t.visit_id = v.id) as themes_en
    from visits v join shops s on s.id = v.shop_id join users l on l.id = v.led_by
    left join persons p on p.id = person_now(v.person_id) left join identities i on i.person_id = p.id
    left join help_desk_codes r on r.list = 'redirection' and r.code = v.redirection
        and r.starts_on = v.redirection_starts_on
    left join visit_uses u on u.visit_id = v.id left join rights g on g.id = u.right_id
    left join vouchers c on c.id = g.voucher_id
    left join appointment_ends e on e.visit_id = v.id
    left join visit_take_backs b on b.visit_id = v.id left join users w on w.id = b.taken_back_by
    """

extension VisitRow {
    fileprivate init(_ row: Row) throws {
        let codes: [String] = try row["themes"] ?? []
        let french: [String] = try row["themes_fr"] ?? []
        let english: [String] = try row["themes_en"] ?? []
        var sentTo: ToldCode?
        if let code: String = try row["redirection"] {
            sentTo = ToldCode(
                code: code,
                fr: try row["redirection_fr"],
                en: try row["redirection_en"]
            )
        }
        self.init(
            id: try row["id"],
            shop: try row["shop"],
            kind: try row["kind"],
            heldOn: try row["held_on"],
            recordedAt: try row["recorded_at"],
            minutes: try row["minutes"],
            person: try row["person"],
            name: try row["name"],
            themes: zip(codes, zip(french, english)).map {
                ToldCode(code: $0, fr: $1.0, en: $1.1)
            },
            autonomy: try row["autonomy"],
            redirection: sentTo,
            ledBy: try row["operator"],
            voucher: try row["voucher"],
            appointment: try row["appointment_id"],
            takenBackAt: try row["taken_back_at"],
            takenBackFor: try row["motive"],
            takenBackBy: try row["taken_back_by"]
        )
    }
}
