import Postgres
public import Shop

/// Which cases a list shows.
public enum AfterSalesFilter: Hashable, Sendable {
    /// Those in which something is still to be done.
    case open
    case all
    case stage(AfterSalesStage)

    /// `open`, `all` or a stage. Throws `choiceUnknown`.
    public init(typed text: String) throws(Refusal) {
        switch text {
        case "", "open": self = .open
        case "all": self = .all
        default: self = .stage(try AfterSalesStage(typed: text, field: .state))
        }
    }

    /// As addresses and commands name it.
    public static let names = ["open", "all"] + AfterSalesStage.allCases.map(\.rawValue)
}

extension Store {
    /// Cases, the last opened first.
    /// - Parameters:
    ///   - reach: the shops that sold or gave the machines.
    ///   - after: the last part's `next`.
    public func cases(
        _ filter: AfterSalesFilter = .open,
        of label: DeviceLabel? = nil,
        in reach: Reach = .everyShop,
        after: String? = nil,
        limit: Int = 50
    ) async throws -> Paged<AfterSalesRow> {
        let limit = min(max(limit, 1), 200)
        let last = after.flatMap { ID<AfterSalesCase>($0) }
        return try await transaction { tx in
            var conditions: SQL =
                "(\(last)::uuid is null or c.id < \(last)) and \(reach.condition("y.shop_id"))"
            if let label { conditions = "\(conditions) and d.label = \(label.description)" }
            switch filter {
            case .open: conditions = "\(conditions) and e.kind is null"
            case .all: break
            case .stage(let stage):
                conditions =
                    "\(conditions) and coalesce(e.kind, p.kind, 'announced') = \(stage)"
            }
            let rows = try tx.query(
                """
                select \(AfterSalesRow.columns) from after_sales_cases c \(AfterSalesRow.joins)
                where \(conditions) order by c.id desc limit \(limit + 1)
                """
            )
            return Paged(try rows.map { try AfterSalesRow($0) }, limit: limit) { $0.id.text }
        }
    }
}
