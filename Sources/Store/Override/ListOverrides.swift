import Postgres
public import Shop

/// An exception, as the list shows it: who let whom go beyond what, why, and the ticket that took it.
public struct OverrideRow: Codable, Sendable {
    public let id: ID<Override>
    public let grantedAt: Instant
    public let shop: String
    public let till: String
    /// The person's reference.
    public let person: String
    public let rule: String
    public let units: Int
    public let cents: Cents
    public let motive: String
    /// In the reader's language.
    public let motiveWords: String
    /// Operator codes.
    public let grantedBy: String
    public let askedBy: String
    public let expiresOn: Day
    public let state: State
    /// The ticket's printed number; nil unless used.
    public let receipt: String?

    public enum State: String, CaseIterable, Sendable, Codable {
        case open, used, expired
    }

    public init(
        id: ID<Override>,
        grantedAt: Instant,
        shop: String,
        till: String,
        person: String,
        rule: String,
        units: Int,
        cents: Cents,
        motive: String,
        motiveWords: String,
        grantedBy: String,
        askedBy: String,
        expiresOn: Day,
        state: State,
        receipt: String?
    ) {
        self.id = id
        self.grantedAt = grantedAt
        self.shop = shop
        self.till = till
        self.person = person
        self.rule = rule
        self.units = units
        self.cents = cents
        self.motive = motive
        self.motiveWords = motiveWords
        self.grantedBy = grantedBy
        self.askedBy = askedBy
        self.expiresOn = expiresOn
        self.state = state
        self.receipt = receipt
    }
}

/// Which exceptions are listed; nil chooses all.
public struct OverrideFilter: Sendable {
    public let reach: Reach
    public let from: Day?
    public let to: Day?
    public let motive: String?
    /// The operator code of whoever granted.
    public let grantedBy: String?
    public let state: OverrideRow.State?

    public init(
        in reach: Reach,
        from: Day? = nil,
        to: Day? = nil,
        motive: String? = nil,
        grantedBy: String? = nil,
        state: OverrideRow.State? = nil
    ) {
        self.reach = reach
        self.from = from
        self.to = to
        self.motive = motive
        self.grantedBy = grantedBy
        self.state = state
    }
}

extension Store {
    /// The newest first. `after` is the last part's `next`.
    public func overrides(
        _ filter: OverrideFilter,
        in language: Language,
        after: String? = nil,
        limit: Int = 50
    ) async throws -> Paged<OverrideRow> {
        let limit = min(max(limit, 1), 200)
        let today = clock.now().day
        let statement = rows(where: filter.condition(after: after, today: today), limit + 1)
        return try await transaction { tx in
            let found = try tx.query(statement).map { try OverrideRow($0, in: language, today) }
            return Paged(found, limit: limit) { "\($0.grantedAt.iso)_\($0.id)" }
        }
    }

    /// Throws `unknownThing`.
    public func override(_ id: ID<Override>, in language: Language) async throws -> OverrideRow {
        let today = clock.now().day
        return try await transaction { tx in
            guard let row = try tx.query(rows(where: "o.id = \(id)", 1)).first else {
                throw Refusal(.unknownThing)
            }
            return try OverrideRow(row, in: language, today)
        }
    }

    private func rows(where condition: SQL, _ limit: Int) -> SQL {
        """
        select o.id, o.granted_at, h.code as shop, t.code as till, p.code as person, o.rule, o.units, o.cents, o.motive,
               m.name_fr, m.name_en, g.operator as granted_by, a.operator as asked_by, o.expires_on,
               s.kind as ticket, s.number, w.code as ticket_till
        from overrides o join shops h on h.id = o.shop_id join tills t on t.id = o.till_id
        join persons p on p.id = o.person_id join override_motives m on m.code = o.motive
        join users g on g.id = o.granted_by join users a on a.id = o.asked_by
        left join override_uses u on u.override_id = o.id left join sales s on s.id = u.sale_id left join tills w on w.id = s.till_id
        where \(condition) order by o.granted_at desc, o.id desc limit \(limit)
        """
    }
}

extension OverrideFilter {
    fileprivate func condition(after: String?, today: Day) -> SQL {
        var parts = [reach.condition("o.shop_id")]
        if let from { parts.append("o.granted_at >= \(beginning(of: from))") }
        if let to { parts.append("o.granted_at < \(beginning(of: to.adding(days: 1)))") }
        if let motive { parts.append("o.motive = \(motive)") }
        if let grantedBy { parts.append("g.operator = upper(\(grantedBy))") }
        switch state {
        case nil: break
        case .used: parts.append("u.override_id is not null")
        case .open: parts.append("u.override_id is null and o.expires_on >= \(today)")
        case .expired: parts.append("u.override_id is null and o.expires_on < \(today)")
        }
        let key = (after ?? "").split(separator: "_").map(String.init)
        if key.count == 2, let at = Instant(iso: key[0]), let id = ID<Override>(key[1]) {
            parts.append("(o.granted_at, o.id) < (\(at)::timestamptz, \(id)::uuid)")
        }
        return parts.dropFirst().reduce(parts[0]) { "\($0) and \($1)" }
    }
}

/// The first instant of a day in the shops.
private func beginning(of day: Day) -> SQL {
    "(\(day)::date::timestamp at time zone 'Europe/Paris')"
}

extension OverrideRow {
    fileprivate init(_ row: Row, in language: Language, _ today: Day) throws {
        let french: String = try row["name_fr"]
        let english: String = try row["name_en"]
        let expiresOn: Day = try row["expires_on"]
        var receipt: String?
        if let kind: TicketKind = try row["ticket"] {
            receipt =
                ReceiptCode(
                    till: try row["ticket_till"],
                    kind: kind.receipt,
                    number: try row["number"]
                ).text
        }
        self.init(
            id: try row["id"],
            grantedAt: try row["granted_at"],
            shop: try row["shop"],
            till: try row["till"],
            person: try row["person"],
            rule: try row["rule"],
            units: try row["units"],
            cents: try row["cents"],
            motive: try row["motive"],
            motiveWords: language.choose(french, english),
            grantedBy: try row["granted_by"],
            askedBy: try row["asked_by"],
            expiresOn: expiresOn,
            state: receipt != nil ? .used : expiresOn < today ? .expired : .open,
            receipt: receipt
        )
    }
}
