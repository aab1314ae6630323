import Postgres
public import Shop

extension Store {
    /// Every version of every rule, by code, the newest first. A few dozen rows, all read by each sale.
    public func quotaRules() async throws -> [QuotaRule] {
        try await transaction { tx in
            try tx.query("\(quotaRuleRows("true")) order by q.code, q.starts_on desc")
                .map { try QuotaRule($0) }
        }
    }
}

/// What `QuotaRule` is read from, whatever `condition` chooses from `quota_rules q`.
func quotaRuleRows(_ condition: SQL) -> SQL {
    """
    select q.code, q.starts_on, q.category, q.holder, q.span, q.months, q.units_max, q.cents_max, q.origins, q.exits,
           q.shop_id, q.device_kinds
    from quota_rules q where \(condition)
    """
}
