import Postgres
public import Shop

/// A limit as someone sets it: a newer version of its code, from a day on.
public struct NewQuotaRule: Hashable, Sendable, Encodable {
    public let code: ShortCode
    public let startsOn: Day
    public let category: Category
    /// In the order of their cases; nil: everything of the category.
    public let machines: [DeviceKind]?
    public let holder: QuotaRule.Holder
    /// Sliding months; nil: the calendar month.
    public let months: Int?
    /// Neither units nor cents: the limit is lifted.
    public let unitsMax: Int?
    public let centsMax: Cents?
    /// In the order of their cases, so that equal requests are equal bytes.
    public let origins: [Origin]
    public let kinds: [TicketKind]
    /// Nil: everywhere.
    public let shop: ID<Shop>?

    /// Throws `choiceUnknown` for a category that no ticket counts, `quantityOutOfRange`, or `fieldMissing` when it
    /// would count nothing.
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
        machines: Set<DeviceKind>? = nil
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
        // Machines are equipment: a rule on connection that names some would count nothing.
        let countsMachines = machines.map { category == .equipment && !$0.isEmpty } ?? true
        guard !origins.isEmpty, !kinds.isEmpty, countsMachines else {
            throw Refusal(.fieldMissing, ["field": .field(.counted)])
        }
        self.code = code
        self.startsOn = startsOn
        self.category = category
        self.machines = machines.map { DeviceKind.allCases.filter($0.contains) }
        self.holder = holder
        self.months = months
        self.unitsMax = unitsMax
        self.centsMax = centsMax
        self.origins = Origin.allCases.filter(origins.contains)
        self.kinds = TicketKind.allCases.filter(kinds.contains)
        self.shop = shop
    }
}

extension Store {
    /// Writes a version down; tickets of its days apply it. Throws `startsInPast` before today, `changeAlreadyDated`
    /// when the rule changes that day already, and `associationOnly` or `unknownThing` for a limit of shops that `staff`
    /// does not administer.
    public func setQuotaRule(
        _ rule: NewQuotaRule,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> String {
        let facts: [String: Refusal.Fact] = [
            "field": .field(.startsOn), "day": .day(rule.startsOn), "text": .text(rule.code.text),
        ]
        return try await command(
            "set-quota-rule",
            key: key,
            input: rule,
            by: staff,
            facts: facts
        ) { tx, now in
            if let shop = rule.shop {
                try staff.checkHolds(.administrators, in: shop)
            } else {
                try staff.checkHoldsEverywhere(.administrators)
            }
            try checkNotPast(rule.startsOn, today: now.day)
            let span = rule.months == nil ? "calendar_month" : "sliding_months"
            try tx.execute(
                """
                insert into quota_rules (code, starts_on, category, device_kinds, holder, span, months, units_max, cents_max, origins,
                    exits, shop_id, recorded_at, recorded_by)
                values (\(rule.code), \(rule.startsOn), \(rule.category), \(rule.machines), \(rule.holder.rawValue), \(span),
                    \(rule.months ?? 1), \(rule.unitsMax), \(rule.centsMax),
                    \(rule.origins), \(rule.kinds), \(rule.shop),
                    \(now), \(staff.id))
                """
            )
            return "\(rule.code.text)@\(rule.startsOn.iso)"
        }
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
