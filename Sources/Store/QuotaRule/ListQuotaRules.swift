import Postgres
public import Shop

extension Store {
    /// Every version of every rule, by code, the newest first. A few dozen rows, all read by each sale.
    public func quotaRules() async throws -> [QuotaRule] {
        try await transaction { tx in
            try tx.query(
                """
                select code, starts_on, category, holder, span, months, units_max, cents_max, origins, exits, shop_id,
                   device_kinds
                from quota_rules order by code, starts_on desc
                """
            ).map { try QuotaRule($0) }
        }
    }
}
