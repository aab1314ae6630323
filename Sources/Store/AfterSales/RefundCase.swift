import Postgres
public import Shop

extension Store {
    /// Refunds the machine of a case as the till does, for what does not work: right and limit come back as the rule of that
    /// reason says. Throws `afterSalesUnknown`, `afterSalesEnded`, `afterSalesNotNow`, and what `giveBack` throws.
    public func refundCase(
        _ code: AfterSalesCode,
        by means: Means,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> ID<Refund> {
        let (sale, position): (ID<Sale>, Int) = try await transaction { tx in
            guard let row = try tx.query(LockedCase.read("c.code = \(code.description)")).first,
                staff.holds(anyOf: .sellers, in: try row["shop_id"])
            else { throw Refusal.unknownCase(code.description) }
            return (try row["sale_id"], try row["position"])
        }
        return try await giveBack(
            RefundRequest(
                sale: sale,
                lines: [RefundRequest.Line(position: position, units: 1)],
                reason: .defective,
                means: means,
                afterSales: code
            ),
            key: key,
            by: staff
        )
    }

    /// Whether a machine that is refunded today because it does not work gives right and limit back.
    public func refundGivesRightBack() async throws -> Bool {
        try await returnRules().inForce(on: today).first { $0.reason == .defective }?
            .givesRightBack ?? false
    }
}
