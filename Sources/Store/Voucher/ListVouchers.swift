import Postgres
public import Shop

extension Store {
    /// The last recorded first; those of one structure where it is named. `after` is the last part's `next`.
    public func vouchers(
        of structure: ID<Structure>? = nil,
        after: String? = nil,
        limit: Int = 50
    ) async throws -> Paged<VoucherRow> {
        let limit = min(max(limit, 1), 200)
        let last = after.flatMap { ID<Voucher>($0) }
        let signed = structure.map { "and v.structure_id = \($0)" as SQL } ?? ""
        let later = last.map { "and v.id < \($0)" as SQL } ?? ""
        return try await transaction { tx in
            let rows = try tx.query(
                """
                select \(VoucherRow.columns) from vouchers v \(VoucherRow.joins)
                where true \(signed) \(later) order by v.id desc limit \(limit + 1)
                """
            )
            return Paged(try rows.map { try VoucherRow($0) }, limit: limit) { $0.id.text }
        }
    }
}
