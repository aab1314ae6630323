import Postgres
public import Shop

/// What a limit would have refused between two days, and the lines that it would have refused, a part at a time.
public struct RehearsedQuota: Sendable {
    public let preview: QuotaPreview
    public let from: Day
    public let to: Day
    public let judged: Rehearsal.Tally
    public let refused: Rehearsal.Tally
    public let items: [Line]
    public let next: String?
    /// False when it was stopped: the figures are of what was read until then.
    public let isWhole: Bool

    public struct Line: Codable, Sendable {
        public let receipt: String
        public let on: Day
        /// The person's reference.
        public let person: String
        public let household: ID<Household>
        public let units: Int
        public let cents: Cents
        /// The ticket that used the limit up; nil when the line was above it by itself.
        public let usedUpBy: String?

        public init(
            receipt: String,
            on: Day,
            person: String,
            household: ID<Household>,
            units: Int,
            cents: Cents,
            usedUpBy: String?
        ) {
            self.receipt = receipt
            self.on = on
            self.person = person
            self.household = household
            self.units = units
            self.cents = cents
            self.usedUpBy = usedUpBy
        }
    }

    public init(
        preview: QuotaPreview,
        from: Day,
        to: Day,
        judged: Rehearsal.Tally,
        refused: Rehearsal.Tally,
        items: [Line],
        next: String?,
        isWhole: Bool
    ) {
        self.preview = preview
        self.from = from
        self.to = to
        self.judged = judged
        self.refused = refused
        self.items = items
        self.next = next
        self.isWhole = isWhole
    }
}

extension Store {
    /// Runs a limit over the tickets of some days, by default of the last three months, and writes nothing. The same
    /// `QuotaRule` decides as at the till; of the past it keeps in memory one holder at a time, of a structure one day and
    /// what still counts.
    ///
    /// `goesOn` is told how many lines were read of how many, and stops it by false. `after` is the last part's `next`.
    /// Throws what `previewQuotaRule` throws, and `endBeforeStart`.
    public func rehearse(
        _ asked: NewQuotaRule,
        from: Day? = nil,
        to: Day? = nil,
        after: String? = nil,
        limit: Int = 50,
        by staff: Staff,
        goesOn: @escaping @Sendable (Int, Int) -> Bool = { _, _ in true }
    ) async throws -> RehearsedQuota {
        let preview = try await previewQuotaRule(asked, by: staff)
        let to = to ?? today
        let from = from ?? to.adding(months: -3)
        guard from <= to else {
            throw Refusal(
                .endBeforeStart,
                ["field": .field(.endsOn), "from": .day(from), "to": .day(to)]
            )
        }
        let limit = min(max(limit, 1), 1000)
        let begun = Rehearsal(
            preview.rule,
            from: from,
            to: to,
            after: after.flatMap { Rehearsal.Key($0) },
            most: limit + 1
        )
        return try await report { tx in
            var past = PastUses(begun, tx)
            let isWhole = try past.play(goesOn)
            let rehearsal = past.rehearsal
            let codes = try tx.personCodes(of: Set(rehearsal.listed.map(\.use.person)))
            let lines = rehearsal.listed.prefix(limit).map { refused in
                RehearsedQuota.Line(
                    receipt: refused.use.receipt,
                    on: refused.use.on,
                    person: codes[refused.use.person] ?? "",
                    household: refused.use.household,
                    units: refused.use.units,
                    cents: refused.use.value,
                    usedUpBy: refused.usedUpBy
                )
            }
            return RehearsedQuota(
                preview: preview,
                from: from,
                to: to,
                judged: rehearsal.judged,
                refused: rehearsal.refused,
                items: lines,
                next: rehearsal.listed.count > limit ? rehearsal.listed[limit - 1].key.text : nil,
                isWhole: isWhole
            )
        }
    }
}

extension Transaction {
    fileprivate func personCodes(of persons: Set<ID<Person>>) throws -> [ID<Person>: String] {
        let rows = try query(
            "select id, code from persons where id = any(\(Array(persons))::uuid[])"
        )
        return try Dictionary(uniqueKeysWithValues: rows.map { (try $0["id"], try $0["code"]) })
    }
}

/// Reads what was taken in the order of its holders, some thousands of lines at a time, and plays each holder's in the
/// order in which it happened.
private struct PastUses {
    private(set) var rehearsal: Rehearsal
    private let tx: Transaction
    private let rule: QuotaRule
    private let batch = 5000
    private var read = 0

    init(_ rehearsal: Rehearsal, _ tx: Transaction) {
        self.rehearsal = rehearsal
        self.rule = rehearsal.rule
        self.tx = tx
    }

    /// False when it was stopped.
    mutating func play(_ goesOn: (Int, Int) -> Bool) throws -> Bool {
        let total: Int = try tx.query(
            "select count(*)::int as count from uses u where \(scope)"
        )[0]["count"]
        switch rule.holder {
        case .person, .household, .voucher:
            return try play(holder, where: "true", total, goesOn)
        case .structure:
            let structures: [ID<Structure>] = try tx.query("select id from structures order by id")
                .map { try $0["id"] }
            for structure in structures {
                let own: SQL = "u.structure_id = \(structure)"
                guard try play(holder, where: own, total, goesOn) else { return false }
            }
            return true
        }
    }

    private var holder: SQL {
        switch rule.holder {
        case .person: "u.person_id"
        case .household: "u.household_id"
        // A voucher opens one right a category.
        case .voucher: "u.right_id"
        case .structure: "u.structure_id"
        }
    }

    /// Lines that the limit may count; whether it does, it says itself.
    private var scope: SQL {
        """
        u.category = \(rule.category) and u.used_on between \(rehearsal.since) and \(rehearsal.to)
        """
    }

    private mutating func play(
        _ holder: SQL,
        where own: SQL,
        _ total: Int,
        _ goesOn: (Int, Int) -> Bool
    ) throws -> Bool {
        var last: Line?
        var waiting: [Line] = []
        var current: String?
        while true {
            let lines = try tx.query(statement(holder, where: own, after: last)).map {
                try Line($0, of: rule)
            }
            read += lines.count
            last = lines.last
            waiting += lines
            // The last group may go on in the next batch.
            var whole = grouped(waiting)
            waiting = lines.count < batch ? [] : whole.popLast() ?? []
            try play(whole, after: &current)
            guard goesOn(read, total) else { return false }
            if lines.count < batch { return true }
        }
    }

    /// A holder's lines together; of a structure those of one day, which may be many.
    private func grouped(_ lines: [Line]) -> [[Line]] {
        let byDay = rule.holder == .structure
        var groups: [[Line]] = []
        for line in lines {
            if let first = groups.last?.first, first.holder == line.holder,
                !byDay || first.past.use.on == line.past.use.on
            {
                groups[groups.count - 1].append(line)
            } else {
                groups.append([line])
            }
        }
        return groups
    }

    private mutating func play(_ groups: [[Line]], after current: inout String?) throws {
        let households =
            rule.holder == .household
            ? try Households(groups.compactMap(\.first?.holder), rehearsal, scope, tx) : nil
        for group in groups {
            let holder = group[0].holder
            if holder != current { rehearsal.begin() }
            current = holder
            let past = group.map(\.past) + (households?.elsewhere[holder] ?? [])
            for one in past.sorted(by: {
                ($0.at, $0.sale, $0.position) < ($1.at, $1.sale, $1.position)
            }) {
                rehearsal.play(households?.among(one, holder) ?? one)
            }
        }
    }

    private func statement(_ holder: SQL, where own: SQL, after last: Line?) -> SQL {
        let beyond: SQL =
            last.map {
                """
                (\(holder), u.used_on, u.sale_id, u.position)
                > (\($0.holder)::uuid, \($0.past.use.on)::date, \($0.past.sale)::uuid, \($0.past.position)::int)
                """
            } ?? "true"
        return """
            select \(holder) as holder, \(PastUses.columns(rule))
            where \(scope) and \(own) and \(beyond)
            order by \(holder), u.used_on, u.sale_id, u.position limit \(batch)
            """
    }

    /// What a line is read from, up to its conditions: in the order in which it is read, which spares the search for each
    /// column.
    static func columns(_ rule: QuotaRule) -> SQL {
        let product: SQL = rule.product == nil ? "null::uuid" : "l.product_id"
        let line: SQL =
            rule.product == nil
            ? "" : "join sale_lines l on l.sale_id = u.sale_id and l.position = u.position"
        return """
            s.kind, (select string_agg((extract(epoch from r.refunded_at) * 1000000)::bigint || ':' || b.value_cents, ','
                                      order by r.refunded_at)
                    from refund_lines b join refunds r on r.id = b.refund_id
                    where b.sale_id = u.sale_id and b.position = u.position and b.gives_right_back) as back,
                   u.right_id, u.person_id, u.household_id, u.category, u.origin, u.exit_kind, u.shop_id, u.units, u.cents,
                   u.used_on, t.code as till, s.number, u.device_kind, \(product) as product_id, u.structure_id, u.sale_id,
                   u.position, s.sold_at, o.units as over_units, o.cents as over_cents
            from uses u join sales s on s.id = u.sale_id join tills t on t.id = s.till_id \(line)
            left join lateral (
                select o.units, o.cents from override_uses w join overrides o on o.id = w.override_id
                where w.sale_id = u.sale_id and w.position = u.position and o.rule = \(rule.code)) o on true
            """
    }
}

private struct Line {
    let holder: String
    let past: Rehearsal.Past

    init(_ row: Row, of rule: QuotaRule, isOwn: Bool = true) throws {
        self.holder = try row["holder"]
        let kind: TicketKind = try row["kind"]
        let back: String? = try row["back"]
        self.past = Rehearsal.Past(
            use: Use(
                right: try row["right_id"],
                person: try row["person_id"],
                household: try row["household_id"],
                category: try row["category"],
                origin: try row["origin"],
                kind: try row["exit_kind"],
                shop: try row["shop_id"],
                units: try row["units"],
                value: try row["cents"],
                on: try row["used_on"],
                receipt: ReceiptCode(
                    till: try row["till"],
                    kind: kind.receipt,
                    number: try row["number"]
                ).text,
                machine: try row["device_kind"],
                product: try row["product_id"],
                structure: try row["structure_id"]
            ),
            sale: try row["sale_id"],
            position: try row["position"],
            at: try row["sold_at"],
            back: (back ?? "").split(separator: ",").compactMap(Rehearsal.Back.init),
            excepted: try QuotaRule.Excess(row),
            isOwn: isOwn
        )
    }
}

extension Rehearsal.Back {
    /// `1795356300000000:500`.
    fileprivate init?(_ text: Substring) {
        let halves = text.split(separator: ":")
        guard halves.count == 2, let at = Int64(halves[0]), let cents = Int64(halves[1]) else {
            return nil
        }
        self.init(at: Instant(microseconds: at), value: Cents(unchecked: cents))
    }
}

extension QuotaRule.Excess {
    fileprivate init?(_ row: Row) throws {
        guard let units: Int = try row["over_units"] else { return nil }
        self.init(units: units, value: try row["over_cents"])
    }
}

/// Who lived in these households and when, and what they took while they lived elsewhere: it counts as it happened.
private struct Households {
    let elsewhere: [String: [Rehearsal.Past]]
    private let stretches: [String: [Stretch]]

    private struct Stretch {
        let person: ID<Person>
        let from: Day
        let until: Day?
    }

    init(_ households: [String], _ rehearsal: Rehearsal, _ scope: SQL, _ tx: Transaction) throws {
        let rows = try tx.pipeline([
            """
            select household_id, person_id, joined_on, left_on from household_members
            where household_id = any(\(households)::uuid[])
            """,
            // Most people ever lived in one. Present and past stays have an index each.
            """
            select distinct m.household_id, m.person_id from household_members m
            where m.household_id = any(\(households)::uuid[])
              and (exists (select from household_members o where o.person_id = m.person_id and o.left_on is null
                           and o.household_id <> m.household_id)
                   or exists (select from household_members o where o.person_id = m.person_id and o.left_on is not null
                              and o.household_id <> m.household_id))
            """,
        ])
        let movers: [(household: String, person: String)] = try rows[1].map {
            (try $0["household_id"], try $0["person_id"])
        }
        stretches = try Dictionary(grouping: rows[0]) { row -> String in try row["household_id"] }
            .mapValues { rows in
                try rows.map { row in
                    Stretch(
                        person: try row["person_id"],
                        from: try row["joined_on"],
                        until: try row["left_on"]
                    )
                }
            }
        guard !movers.isEmpty else {
            elsewhere = [:]
            return
        }
        elsewhere = Dictionary(
            grouping: try tx.query(
                """
                select m.household_id as holder, \(PastUses.columns(rehearsal.rule))
                join unnest(\(movers.map(\.household))::uuid[], \(movers.map(\.person))::uuid[]) m (household_id, person_id)
                    on m.person_id = u.person_id and m.household_id <> u.household_id
                where \(scope)
                """
            ).map { try Line($0, of: rehearsal.rule, isOwn: false) },
            by: \.holder
        ).mapValues { $0.map(\.past) }
    }

    /// The line with those who lived in the household that day.
    func among(_ past: Rehearsal.Past, _ household: String) -> Rehearsal.Past {
        let day = past.use.on
        let members = (stretches[household] ?? []).filter {
            $0.from <= day && ($0.until.map { day < $0 } ?? true)
        }
        return Rehearsal.Past(
            use: past.use,
            sale: past.sale,
            position: past.position,
            at: past.at,
            back: past.back,
            excepted: past.excepted,
            members: Set(members.map(\.person)),
            isOwn: past.isOwn
        )
    }
}
