import Postgres
public import Shop

/// A stay on the shelf that begins.
public struct Shelving: Hashable, Sendable, Codable {
    public let label: String
    public let ordinal: Int
    public let grade: Grade
    public let price: Cents
}

extension Store {
    /// Puts a machine on a shelf with its grade and price: in the shop where it stands, unless another is named. The database refuses what is not inspected or not
    /// erased, what was not refunded, what is on the shelf already, and a price above the legal ceiling.
    /// Throws `deviceUnknown`, `deviceGone`, `deviceRecycled`, `deviceOnShelf`, `deviceNotInspected`,
    /// `deviceNotErased`, `devicePriceAboveCeiling`.
    public func shelveDevice(
        _ label: DeviceLabel,
        grade: Grade,
        price: Cents,
        in shop: ID<Shop>? = nil,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> Shelving {
        struct Input: Encodable {
            let label: String
            let grade: Grade
            let price: Cents
            let shop: ID<Shop>?
        }
        let input = Input(label: label.description, grade: grade, price: price, shop: shop)
        var facts: [String: Refusal.Fact] = ["label": .text(label.description)]
        if let ceiling = try await priceCeiling(of: label) { facts["most"] = .cents(ceiling) }
        return try await command(
            "shelve-device",
            key: key,
            input: input,
            by: staff,
            facts: facts
        ) { tx, now in
            let device = try tx.lockDevice(label.description, for: staff)
            try device.checkHere()
            let shop = shop ?? device.shop
            try staff.checkHolds(.stockWorkers, in: shop)
            if device.stage == .onShelf { throw Refusal(.deviceOnShelf, device.facts) }
            let ordinal = (device.stay?.ordinal ?? 0) + 1
            try tx.execute(
                """
                insert into stays (device_id, ordinal, previous_ordinal, shop_id, grade, price_cents, shelved_at,
                                   shelved_by)
                values (\(device.id), \(ordinal), \(device.stay?.ordinal), \(shop), \(grade), \(price), \(now),
                        \(staff.id))
                """
            )
            return Shelving(label: device.label, ordinal: ordinal, grade: grade, price: price)
        }
    }

    /// What the law lets a shop ask for a machine of this kind today, for the words of a refusal.
    func priceCeiling(of label: DeviceLabel) async throws -> Cents? {
        let day = clock.now().day
        return try await transaction { tx in
            try tx.query(
                """
                select c.cents_max from devices d join price_ceilings c on c.device_kind = d.kind
                where d.label = \(label.description) and d.from_public_body and c.starts_on <= \(day)
                order by c.starts_on desc limit 1
                """
            ).first?["cents_max"]
        }
    }
}
