import Postgres
public import Shop

/// A voucher with everything that its page and its paper say.
public struct VoucherCard: Hashable, Sendable, Codable {
    public let voucher: VoucherRow
    public let structureID: ID<Structure>
    public let shopID: ID<Shop>?
    public let prescriber: String
    public let prescriberPost: String
    public let householdSize: Int
    public let originalKept: Bool
    /// The day it was shown at a counter.
    public let recordedOn: Day
    /// Within how many months of its signature it had to be shown.
    public let presentedMonths: Int
    public let recordedBy: String
    public let revocationMotive: String?
    /// Whom it names, in the order of their names.
    public let persons: [PersonRow]
    public let rights: [VoucherRight]
    public let details: VoucherDetails
    /// The code of the voucher that it renews.
    public let renews: String?
    /// The code of the voucher that renews it.
    public let renewedBy: String?
    /// All that happened to it, the first first.
    public let history: [VoucherEvent]

    /// Why it opens nothing in this shop on this day; nil when it holds.
    public func refusal(on day: Day, in shop: ID<Shop>) -> Refusal? {
        if voucher.revokedOn == nil, let on = voucher.keyRevokedOn {
            return Refusal(
                .voucherKeyRevoked,
                ["structure": .text(voucher.structure), "on": .day(on)]
            )
        }
        return VoucherFacts(
            id: voucher.id,
            code: voucher.code,
            structure: voucher.structure,
            structureID: structureID,
            signedOn: voucher.signedOn,
            validUntil: voucher.validUntil,
            presentedOn: recordedOn,
            revokedOn: voucher.revokedOn,
            shop: shopID,
            shopName: voucher.shop
        ).refusal(on: day, in: shop, presentedMonths: presentedMonths)
    }
}

/// What it opens, and what was taken of it, net of what came back.
public struct VoucherRight: Hashable, Sendable, Codable {
    public let id: ID<Right>
    public let category: Category
    public let endsOn: Day
    public let usesMax: Int?
    public let used: Int

    init(_ row: Row) throws {
        id = try row["id"]
        category = try row["category"]
        endsOn = try row["ends_on"]
        usesMax = try row["uses_max"]
        used = try row["used"]
    }
}

extension Store {
    /// Throws `voucherUnknown`.
    public func voucher(_ code: VoucherCode) async throws -> VoucherCard {
        let chosen: SQL = "(select id from vouchers where code = \(code.digits))"
        return try await transaction { tx in
            let trips = try tx.pipeline(
                [
                    """
                    select \(VoucherRow.columns), v.structure_id, v.shop_id, p.name as prescriber, p.post, v.household_size,
                           v.original_kept, v.recorded_at, u.operator, r.motive,
                       (select o.code from vouchers o where o.id = v.renews) as renews,
                       (select n.code from vouchers n where n.renews = v.id) as renewed_by
                    from vouchers v \(VoucherRow.joins) join prescribers p on p.id = v.prescriber_id
                    join users u on u.id = v.recorded_by where v.code = \(code.digits)
                    """,
                    """
                    select \(PersonRow.columns) from (select distinct person_now(person_id) as person_id from voucher_persons
                        where voucher_id = \(chosen)) n \(PersonRow.joins("n"))
                    order by i.search, p.id
                    """,
                    """
                    select g.id, g.category, g.ends_on, g.uses_max,
                           coalesce((select sum(t.units) from uses t where t.right_id = g.id), 0)
                           - (select count(*) from uses t join refund_lines b using (sale_id, position)
                              where t.right_id = g.id and b.gives_right_back)
                           + (select count(*) from visit_uses w where w.right_id = g.id
                              and not exists (select from visit_take_backs b where b.visit_id = w.visit_id)) as used
                    from rights g where g.voucher_id = \(chosen) order by g.category
                    """,
                ] + VoucherDetails.reads(of: chosen) + [VoucherEvent.reads(of: chosen)]
            )
            guard let row = trips[0].first else {
                throw Refusal(.voucherUnknown, ["code": .text(code.printed)])
            }
            return try VoucherCard(
                row,
                presentedMonths: tx.number("voucher_presented_months", on: today),
                persons: trips[1].map { try PersonRow($0) },
                rights: trips[2].map { try VoucherRight($0) },
                details: VoucherDetails(trips[3], trips[4]),
                history: trips[5].map { try VoucherEvent($0) }
            )
        }
    }
}

extension VoucherCard {
    fileprivate init(
        _ row: Row,
        presentedMonths: Int,
        persons: [PersonRow],
        rights: [VoucherRight],
        details: VoucherDetails,
        history: [VoucherEvent]
    ) throws {
        let recordedAt: Instant = try row["recorded_at"]
        self.init(
            voucher: try VoucherRow(row),
            structureID: try row["structure_id"],
            shopID: try row["shop_id"],
            prescriber: try row["prescriber"],
            prescriberPost: try row["post"],
            householdSize: try row["household_size"],
            originalKept: try row["original_kept"],
            recordedOn: recordedAt.day,
            presentedMonths: presentedMonths,
            recordedBy: try row["operator"],
            revocationMotive: try row["motive"],
            persons: persons,
            rights: rights,
            details: details,
            renews: try row["renews"],
            renewedBy: try row["renewed_by"],
            history: history
        )
    }
}
