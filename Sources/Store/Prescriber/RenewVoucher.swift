import Postgres
public import Shop

/// A voucher that is renewed: its key, and which renewal in a row the next one is.
struct Renewed: Sendable {
    let voucher: ID<Voucher>
    let number: Int
}

extension Store {
    /// Locks the structure's voucher that a referral renews, so that of two prescribers one alone renews it, and decides.
    /// Throws `voucherUnknown`, also for a voucher of another structure, what `Renewal` refuses, and `renewalOfOthers`.
    func renewed(
        by referral: NewReferral,
        of structure: ID<Structure>,
        in tx: Transaction,
        on day: Day
    ) throws -> Renewed? {
        guard let code = referral.renews else { return nil }
        let locked = try tx.query(
            """
            select id from vouchers where code = \(code.digits) and structure_id = \(structure) for no key update
            """
        )
        guard let id: ID<Voucher> = try locked.first?["id"] else {
            throw Refusal(.voucherUnknown, ["code": .text(code.printed)])
        }
        let row = try tx.query(
            """
            select v.valid_until, v.renewal, r.revoked_at, k.ended_at as key_revoked_at,
                   (select n.code from vouchers n where n.renews = v.id) as renewed_by
            from vouchers v left join voucher_revocations r on r.voucher_id = v.id
            left join voucher_signatures g on g.voucher_id = v.id
            left join structure_keys k on k.id = g.key_id and k.ended_how = 'revoked'
            where v.id = \(id)
            """
        )[0]
        let standing = try Renewal(row, RenewalNumbers(in: tx, on: day))
        if let refusal = standing.refusal(on: day) { throw refusal }
        let named: [ID<Person>] = try tx.query(
            "select person_id from voucher_persons where voucher_id = \(id)"
        ).map { try $0["person_id"] }
        for person in referral.persons {
            guard case .known(let person) = person, named.contains(person) else {
                throw Refusal(.renewalOfOthers, ["field": .field(.person)])
            }
        }
        return Renewed(voucher: id, number: standing.number + 1)
    }
}

/// The dated numbers that bound a renewal.
struct RenewalNumbers: Sendable {
    let most: Int
    let days: Int

    init(in tx: Transaction, on day: Day) throws {
        most = try tx.number("voucher_renewals_most", on: day)
        days = try tx.number("voucher_renewal_days", on: day)
    }
}

extension Renewal {
    /// From columns `valid_until`, `revoked_at`, `key_revoked_at`, `renewal` and `renewed_by`.
    init(_ row: Row, _ numbers: RenewalNumbers) throws {
        let revokedAt: Instant? = try row["revoked_at"]
        let keyRevokedAt: Instant? = try row["key_revoked_at"]
        self.init(
            validUntil: try row["valid_until"],
            revokedOn: revokedAt?.day,
            keyRevokedOn: keyRevokedAt?.day,
            number: try row["renewal"],
            renewedBy: try row["renewed_by"],
            most: numbers.most,
            days: numbers.days
        )
    }
}

extension OwnVoucher {
    /// The referral that renews it: the same people and services, unless it says otherwise.
    public func renewing(
        householdSize: Int? = nil,
        services: Set<Category>? = nil,
        validUntil: Day? = nil,
        details: ReferralDetails
    ) throws -> NewReferral {
        NewReferral(
            persons: persons.map { .known($0.id) },
            householdSize: householdSize ?? voucher.householdSize,
            services: services ?? Set(rights.map(\.category)),
            validUntil: validUntil,
            details: details,
            renews: try VoucherCode(scanned: voucher.code)
        )
    }
}
