import Postgres
public import Shop

/// A limit as someone sets it: a newer version of its code, from a day on.
public struct NewQuotaRule: Hashable, Sendable, Encodable {
    public let code: ShortCode
    public let startsOn: Day
    public let category: Category
    /// In the order of their cases; nil: everything of the category.
    public let machines: [DeviceKind]?
    /// Nil: everything of the category.
    public let product: ShortCode?
    public let holder: QuotaRule.Holder
    /// Sliding months; nil: the calendar month, or the programme.
    public let months: Int?
    /// The programme during which it limits; nil: a window of months.
    public let programme: ShortCode?
    /// Neither units nor cents: the limit is lifted.
    public let unitsMax: Int?
    public let centsMax: Cents?
    /// In the order of their cases, so that equal requests are equal bytes.
    public let origins: [Origin]
    public let kinds: [TicketKind]
    /// Nil: everywhere.
    public let shop: ID<Shop>?

    /// Throws `choiceUnknown` for a category that no ticket counts or for two windows at once, `quantityOutOfRange`, or
    /// `fieldMissing` when it would count nothing.
    public init(
        code: ShortCode,
        startsOn: Day,
        category: Category,
        holder: QuotaRule.Holder,
        months: Int?,
        unitsMax: Int?,
        centsMax: Cents?,
        origins: Set<Origin> = Set(Origin.allCases),
        kinds: Set<TicketKind> = Set(TicketKind.allCases),
        shop: ID<Shop>? = nil,
        machines: Set<DeviceKind>? = nil,
        product: ShortCode? = nil,
        programme: ShortCode? = nil
    ) throws(Refusal) {
        guard category == .equipment || category == .connection else {
            throw Refusal(
                .choiceUnknown,
                [
                    "field": .field(.category), "text": .text(category.rawValue),
                    "choices": .text("equipment, connection"),
                ]
            )
        }
        guard (1...120).contains(months ?? 1), (0...1000).contains(unitsMax ?? 0) else {
            throw Refusal(
                .quantityOutOfRange,
                ["field": .field(.limit), "least": .number(1), "most": .number(120)]
            )
        }
        if let months, programme != nil {
            throw Refusal(
                .choiceUnknown,
                [
                    "field": .field(.months), "text": .text("\(months)"),
                    "choices": .explained(
                        french: "vide avec un programme",
                        english: "empty with a programme"
                    ),
                ]
            )
        }
        // Machines are equipment: a rule on connection that names some would count nothing; so would one that names a
        // product beside them.
        let countsMachines =
            machines.map { category == .equipment && !$0.isEmpty && product == nil } ?? true
        guard !origins.isEmpty, !kinds.isEmpty, countsMachines else {
            throw Refusal(.fieldMissing, ["field": .field(.counted)])
        }
        self.code = code
        self.startsOn = startsOn
        self.category = category
        self.machines = machines.map { DeviceKind.allCases.filter($0.contains) }
        self.product = product
        self.holder = holder
        self.months = months
        self.programme = programme
        self.unitsMax = unitsMax
        self.centsMax = centsMax
        self.origins = Origin.allCases.filter(origins.contains)
        self.kinds = TicketKind.allCases.filter(kinds.contains)
        self.shop = shop
    }
}

/// A limit that nobody has switched on yet: what it says, and how it stands beside the others.
public struct QuotaPreview: Sendable {
    public let rule: QuotaRule
    /// Why it cannot be switched on; nil when it can.
    public let refusal: Refusal?
    /// Limits that refuse all that it would, so that it would have no say.
    public let stricter: [QuotaRule]
    /// Limits that would have no say any more.
    public let silenced: [QuotaRule]

    public init(
        rule: QuotaRule,
        refusal: Refusal?,
        stricter: [QuotaRule],
        silenced: [QuotaRule]
    ) {
        self.rule = rule
        self.refusal = refusal
        self.stricter = stricter
        self.silenced = silenced
    }
}

extension Store {
    /// Writes a version down; tickets of its days apply it. Throws `startsInPast` before today, `changeAlreadyDated`
    /// when the rule changes that day already, `quotaContradicts` when another says something else of the same,
    /// `productUnknown`, `programmeUnknown`, and `associationOnly` or `unknownThing` for a limit of shops that `staff`
    /// does not administer.
    public func setQuotaRule(
        _ asked: NewQuotaRule,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> String {
        let facts: [String: Refusal.Fact] = [
            "field": .field(.startsOn), "day": .day(asked.startsOn), "text": .text(asked.code.text),
        ]
        return try await command(
            "set-quota-rule",
            key: key,
            input: asked,
            by: staff,
            facts: facts
        ) { tx, now in
            try staff.checkMaySet(asked)
            try checkNotPast(asked.startsOn, today: now.day)
            // One at a time: two that contradict each other never pass side by side.
            try tx.execute("select pg_advisory_xact_lock(hashtext('quota_rules'))")
            try tx.checkScope(of: asked)
            let rule = try tx.rule(asked)
            if let refusal = rule.refusal(among: try tx.quotaRules()) { throw refusal }
            let (span, months) = rule.span.columns
            try tx.execute(
                """
                insert into quota_rules (code, starts_on, category, device_kinds, holder, span, months, units_max, cents_max, origins,
                    exits, shop_id, product_id, programme_id, recorded_at, recorded_by)
                values (\(asked.code), \(asked.startsOn), \(asked.category), \(asked.machines), \(asked.holder.rawValue), \(span),
                    \(months), \(asked.unitsMax), \(asked.centsMax), \(asked.origins), \(asked.kinds), \(asked.shop),
                    \(rule.product?.id), \(rule.span.period?.programme), \(now), \(staff.id))
                """
            )
            return rule.version
        }
    }

    /// What a limit would say, and how it would stand beside the others; nothing is written. Throws `productUnknown`,
    /// `programmeUnknown`, `associationOnly`, `unknownThing`.
    public func previewQuotaRule(_ asked: NewQuotaRule, by staff: Staff) async throws
        -> QuotaPreview
    {
        try staff.checkMaySet(asked)
        return try await transaction { tx in
            try tx.checkScope(of: asked)
            let rule = try tx.rule(asked)
            let versions = try tx.quotaRules()
            return QuotaPreview(
                rule: rule,
                refusal: rule.refusal(among: versions),
                stricter: rule.stricter(among: versions),
                silenced: rule.silenced(among: versions)
            )
        }
    }
}

extension Staff {
    /// Throws `associationOnly` or `unknownThing` for a limit of shops that they do not administer.
    func checkMaySet(_ asked: NewQuotaRule) throws(Refusal) {
        if let shop = asked.shop {
            try checkHolds(.administrators, in: shop)
        } else {
            try checkHoldsEverywhere(.administrators)
        }
    }
}

extension Transaction {
    /// A limit counts where it first did: the newest version of a code replaces the others, and a shop's administrator
    /// would otherwise lift the association's limit by writing one of that code for their shop. Throws `nameTaken`.
    fileprivate func checkScope(of asked: NewQuotaRule) throws {
        let elsewhere = try query(
            """
            select from quota_rules where code = \(asked.code) and shop_id is distinct from \(asked.shop)::uuid limit 1
            """
        )
        guard elsewhere.isEmpty else {
            throw Refusal(
                .nameTaken,
                ["field": .field(.code), "text": .text(asked.code.text)]
            )
        }
    }

    /// The limit with what it names. Throws `productUnknown`, `choiceUnknown` for a product of another category,
    /// `programmeUnknown`.
    func rule(_ asked: NewQuotaRule) throws -> QuotaRule {
        var span = asked.months.map { QuotaRule.Span.slidingMonths($0) } ?? .calendarMonth
        if let code = asked.programme {
            let programme = try programme(coded: code.text)
            span = .programme(
                .init(
                    programme: programme.id,
                    code: programme.code,
                    name: programme.name,
                    startsOn: programme.startsOn,
                    endsOn: programme.endsOn
                )
            )
        }
        return QuotaRule(
            code: asked.code.text,
            startsOn: asked.startsOn,
            category: asked.category,
            holder: asked.holder,
            span: span,
            unitsMax: asked.unitsMax,
            centsMax: asked.centsMax,
            origins: Set(asked.origins),
            kinds: Set(asked.kinds),
            shop: asked.shop,
            machines: asked.machines.map { Set($0) },
            product: try asked.product.map { try product(coded: $0, of: asked.category) }
        )
    }

    private func product(coded code: ShortCode, of category: Category) throws
        -> QuotaRule.CountedProduct
    {
        let found = try query(
            "select id, name_fr, name_en, category from products where code = \(code)"
        )
        guard let row = found.first else {
            throw Refusal(.productUnknown, ["field": .field(.product), "code": .text(code.text)])
        }
        let own: Category? = try row["category"]
        guard own == category else {
            throw Refusal(
                .choiceUnknown,
                [
                    "field": .field(.category), "text": .text(category.rawValue),
                    "choices": .text(own?.rawValue ?? "—"),
                ]
            )
        }
        return .init(
            id: try row["id"],
            code: code.text,
            french: try row["name_fr"],
            english: try row["name_en"]
        )
    }
}

extension QuotaRule {
    fileprivate func refusal(among versions: [QuotaRule]) -> Refusal? {
        contradiction(among: versions).map { other in
            Refusal(
                .quotaContradicts,
                [
                    "other": .text(other.code), "from": .day(other.startsOn),
                    "sentence": .explained(
                        french: other.sentence(in: .french),
                        english: other.sentence(in: .english)
                    ),
                ]
            )
        }
    }
}

extension QuotaRule.Span {
    fileprivate var columns: (span: String, months: Int) {
        switch self {
        case .calendarMonth: ("calendar_month", 1)
        case .slidingMonths(let months): ("sliding_months", months)
        case .programme: ("programme", 1)
        }
    }

    fileprivate var period: QuotaRule.Period? {
        if case .programme(let period) = self { period } else { nil }
    }
}

/// What was decided since a day that has passed no longer changes. Throws `startsInPast`.
func checkNotPast(_ day: Day, today: Day) throws(Refusal) {
    guard day >= today else {
        throw Refusal(
            .startsInPast,
            ["field": .field(.startsOn), "day": .day(day), "today": .day(today)]
        )
    }
}
