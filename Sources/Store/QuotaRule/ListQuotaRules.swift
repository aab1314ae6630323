import Postgres
public import Shop

extension Store {
    /// Every version of every rule, by code, the newest first. A few dozen rows, all read by each sale.
    public func quotaRules() async throws -> [QuotaRule] {
        try await transaction { tx in try tx.quotaRules() }
    }
}

extension Transaction {
    func quotaRules() throws -> [QuotaRule] {
        try query("\(quotaRuleRows("true")) order by q.code, q.starts_on desc")
            .map { try QuotaRule($0) }
    }
}

/// What `QuotaRule` is read from, whatever `condition` chooses from `quota_rules q`.
func quotaRuleRows(_ condition: SQL) -> SQL {
    """
    select q.code, q.starts_on, q.category, q.holder, q.span, q.months, q.units_max, q.cents_max, q.origins, q.exits,
           q.shop_id, q.device_kinds, q.product_id, t.code as product, t.name_fr, t.name_en,
           q.programme_id, p.code as programme, p.name as programme_name, p.starts_on as begins_on, p.ends_on
    from quota_rules q left join products t on t.id = q.product_id left join programmes p on p.id = q.programme_id
    where \(condition)
    """
}

extension QuotaRule {
    init(_ row: Row) throws {
        let span: String = try row["span"]
        let origins: [Origin] = try row["origins"]
        let kinds: [TicketKind] = try row["exits"]
        let machines: [DeviceKind]? = try row["device_kinds"]
        self.init(
            code: try row["code"],
            startsOn: try row["starts_on"],
            category: try row["category"],
            holder: try row["holder"],
            span: try Period(row).map { .programme($0) }
                ?? (span == "calendar_month" ? .calendarMonth : .slidingMonths(row["months"])),
            unitsMax: try row["units_max"],
            centsMax: try row["cents_max"],
            origins: Set(origins),
            kinds: Set(kinds),
            shop: try row["shop_id"],
            machines: machines.map { Set($0) },
            product: try CountedProduct(row)
        )
    }
}

extension QuotaRule.Period {
    fileprivate init?(_ row: Row) throws {
        guard let programme: ID<Programme> = try row["programme_id"] else { return nil }
        self.init(
            programme: programme,
            code: try row["programme"],
            name: try row["programme_name"],
            startsOn: try row["begins_on"],
            endsOn: try row["ends_on"]
        )
    }
}

extension QuotaRule.CountedProduct {
    fileprivate init?(_ row: Row) throws {
        guard let id: ID<Product> = try row["product_id"] else { return nil }
        self.init(
            id: id,
            code: try row["product"],
            french: try row["name_fr"],
            english: try row["name_en"]
        )
    }
}
