import Postgres
public import Shop

extension Store {
    /// Takes a voucher back, from now on and in every shop; what was sold with it stays sold. The voucher's row is locked
    /// first, so that a sale under way ends before it or does not happen.
    ///
    /// Throws `roleMissing` for whoever does not manage the voucher's shop, `voucherUnknown`, or `alreadyEnded`.
    public func revokeVoucher(
        _ code: VoucherCode,
        motive: ShortText,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> ID<Voucher> {
        try await revoke(code, motive, key: key, by: staff) { row in
            guard staff.mayRevoke(heldIn: try row["shop_id"]) else {
                throw Refusal(.roleMissing, ["roles": .roles(.shopManagers)])
            }
        }
    }

    /// The same for a voucher of the prescriber's structure; another one's is `voucherUnknown`.
    public func revokeOwnVoucher(
        _ code: VoucherCode,
        motive: ShortText,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> ID<Voucher> {
        let own = try staff.referring().structure
        return try await revoke(code, motive, key: key, by: staff) { row in
            let structure: ID<Structure> = try row["structure_id"]
            guard structure == own else {
                throw Refusal(.voucherUnknown, ["code": .text(code.printed)])
            }
        }
    }

    private func revoke(
        _ code: VoucherCode,
        _ motive: ShortText,
        key: ID<Claim>,
        by staff: Staff,
        ifAllowed check: @escaping @Sendable (Row) throws -> Void
    ) async throws -> ID<Voucher> {
        struct Input: Encodable {
            let code: String
            let motive: ShortText
        }
        let input = Input(code: code.digits, motive: motive)
        return try await command("revoke-voucher", key: key, input: input, by: staff) { tx, now in
            let rows = try tx.query(
                "select id, shop_id, structure_id from vouchers where code = \(code.digits) for no key update"
            )
            guard let row = rows.first else {
                throw Refusal(.voucherUnknown, ["code": .text(code.printed)])
            }
            try check(row)
            let id: ID<Voucher> = try row["id"]
            try tx.execute(
                """
                insert into voucher_revocations (voucher_id, revoked_at, revoked_by, motive)
                values (\(id), \(now), \(staff.id), \(motive))
                """
            )
            return id
        }
    }
}

extension Staff {
    /// Whether this person manages the shop in which a voucher holds; one that holds in every shop is any manager's.
    public func mayRevoke(heldIn shop: ID<Shop>?) -> Bool {
        guard let shop else { return reach(.shopManagers) != .nowhere }
        return holds(anyOf: .shopManagers, in: shop)
    }
}
