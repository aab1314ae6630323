import Postgres
public import Shop

/// What somebody decided of a batch of codes.
public struct DecidedBatch: Hashable, Sendable, Codable {
    public let batch: String
    public let stage: CodeBatchStage
    /// Codes that are on sale by it.
    public let units: Int
}

extension Store {
    /// Puts a batch's codes on sale, or rejects it: its codes are then let go of, and its file may come again. By another person
    /// than the one who took it in (D3), which the database holds.
    ///
    /// Throws `rechargeBatchUnknown`, `rechargeBatchTakesTwo`, `rechargeBatchDecided`.
    /// - Parameter rejection: why it is rejected; nil approves it.
    public func decideCodes(
        _ code: CodeBatchCode,
        rejection: ShortText?,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> DecidedBatch {
        let input = [code.description, rejection?.text ?? ""]
        return try await command("decide-codes", key: key, input: input, by: staff) { tx, now in
            let batch = try tx.lockCodeBatch(code, for: staff)
            let kind: CodeBatchStage = rejection == nil ? .approved : .rejected
            try tx.execute(
                """
                insert into code_batch_ends (batch_id, kind, motive, ended_at, ended_by, imported_by)
                values (\(batch.id), \(kind), \(rejection?.text ?? ""), \(now), \(staff.id), \(batch.importer))
                """
            )
            guard rejection == nil else {
                _ = try tx.pipeline([
                    "delete from recharge_codes where batch_id = \(batch.id)",
                    "delete from code_files where batch_id = \(batch.id)",
                ])
                return DecidedBatch(batch: code.description, stage: kind, units: 0)
            }
            _ = try tx.pipeline([
                """
                insert into stock_levels (shop_id, product_id, free) values (\(batch.shop), \(batch.product), \(batch.units))
                on conflict (shop_id, product_id) do update set free = stock_levels.free + excluded.free
                """,
                """
                insert into stock_movements (id, shop_id, product_id, units, kind, code_batch_id, moved_at, moved_by)
                values (\(newID(StockMovement.self)), \(batch.shop), \(batch.product), \(batch.units), 'codes', \(batch.id),
                        \(now), \(staff.id))
                """,
            ])
            return DecidedBatch(batch: code.description, stage: kind, units: batch.units)
        }
    }
}

private struct LockedCodeBatch {
    let id: ID<CodeBatch>
    let shop: ID<Shop>
    let product: ID<Product>
    let units: Int
    let importer: ID<User>
}

extension Transaction {
    /// Throws `rechargeBatchUnknown`, also for one of a shop whose vault `staff` does not keep.
    fileprivate func lockCodeBatch(
        _ code: CodeBatchCode,
        for staff: Staff
    ) throws -> LockedCodeBatch {
        let rows = try query(
            """
            select id, shop_id, product_id, units, recorded_by from code_batches where code = \(code.description)
            for no key update
            """
        )
        guard let row = rows.first,
            staff.holds(anyOf: .vaultKeepers, in: try row["shop_id"])
        else { throw CodeBatch.unknown(code.description) }
        return LockedCodeBatch(
            id: try row["id"],
            shop: try row["shop_id"],
            product: try row["product_id"],
            units: try row["units"],
            importer: try row["recorded_by"]
        )
    }
}
