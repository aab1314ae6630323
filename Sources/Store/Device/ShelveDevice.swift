import Postgres
public import Shop

/// A stay on the shelf that begins.
public struct Shelving: Hashable, Sendable, Codable {
    public let label: String
    public let ordinal: Int
    public let grade: Grade
    public let price: Cents
}

/// A machine that was taken off the shelf.
public struct OffShelf: Hashable, Sendable, Codable {
    public let label: String
    public let at: Instant
}

extension Store {
    /// Puts a machine on a shelf with its grade and price: in the shop where it stands, unless another is named. The
    /// database refuses what is not inspected or not erased, what was not refunded, what is on the shelf already, and a price above the legal ceiling.
    /// Throws `deviceUnknown`, `deviceGone`, `deviceRecycled`, `deviceOnShelf`, `deviceNotInspected`,
    /// `deviceNotErased`, `devicePriceUnusual` unless it is meant, `devicePriceAboveCeiling`.
    public func shelveDevice(
        _ label: DeviceLabel,
        grade: Grade,
        price: Cents,
        isUnusualMeant: Bool = false,
        in shop: ID<Shop>? = nil,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> Shelving {
        struct Input: Encodable {
            let label: String
            let grade: Grade
            let price: Cents
            let isUnusualMeant: Bool
            let shop: ID<Shop>?
        }
        let input = Input(
            label: label.description,
            grade: grade,
            price: price,
            isUnusualMeant: isUnusualMeant,
            shop: shop
        )
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
            try tx.checkUsual(price, of: device, isMeant: isUnusualMeant, on: now.day)
            return try tx.beginStay(of: device, grade, price, in: shop, by: staff, at: now)
        }
    }

    /// Asks another price for a machine on the shelf: its stay ends, and the next one begins with the new price, the same
    /// grade and the inspection and erasure that were done. Throws `deviceUnknown`, `deviceGone`, `deviceRecycled`,
    /// `deviceNotOnShelf`, `devicePriceUnusual` unless it is meant, `devicePriceAboveCeiling`.
    public func repriceDevice(
        _ label: DeviceLabel,
        price: Cents,
        isUnusualMeant: Bool = false,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> Shelving {
        struct Input: Encodable {
            let label: String
            let price: Cents
            let isUnusualMeant: Bool
        }
        let input = Input(label: label.description, price: price, isUnusualMeant: isUnusualMeant)
        var facts: [String: Refusal.Fact] = ["label": .text(label.description)]
        if let ceiling = try await priceCeiling(of: label) { facts["most"] = .cents(ceiling) }
        return try await command(
            "reprice-device",
            key: key,
            input: input,
            by: staff,
            facts: facts
        ) { tx, now in
            let device = try tx.lockDevice(label.description, for: staff)
            let stay = try tx.endStay(of: device, .repricing, motive: "", by: staff, at: now)
            try tx.checkUsual(price, of: device, isMeant: isUnusualMeant, on: now.day)
            return try tx.beginStay(
                of: device,
                stay.grade,
                price,
                in: stay.shop,
                by: staff,
                at: now
            )
        }
    }

    /// Takes a machine off the shelf, with a motive: it goes back to the stock room, to be inspected and erased anew before
    /// it comes back. Throws `deviceUnknown`, `deviceGone`, `deviceRecycled`, `deviceNotOnShelf`.
    public func takeOffShelf(
        _ label: DeviceLabel,
        motive: ShortText,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> OffShelf {
        let input = [label.description, motive.text]
        return try await command("take-off-shelf", key: key, input: input, by: staff) { tx, now in
            let device = try tx.lockDevice(label.description, for: staff)
            _ = try tx.endStay(of: device, .withdrawal, motive: motive.text, by: staff, at: now)
            return OffShelf(label: device.label, at: now)
        }
    }

    /// What the law lets a shop ask for a machine of this kind today, for the words of a refusal.
    func priceCeiling(of label: DeviceLabel) async throws -> Cents? {
        let day = clock.now().day
        return try await transaction { tx in
            try tx.query(
                """
                select c.cents_max from devices d join price_ceilings c on c.device_kind = d.kind
                where d.label = \(label.description) and given_by_public_body(d.id) and c.starts_on <= \(day)
                order by c.starts_on desc limit 1
                """
            ).first?["cents_max"]
        }
    }
}

extension Transaction {
    fileprivate func beginStay(
        of device: LockedDevice,
        _ grade: Grade,
        _ price: Cents,
        in shop: ID<Shop>,
        by staff: Staff,
        at now: Instant
    ) throws -> Shelving {
        let last: Int? = try query(
            "select max(ordinal) as last from stays where device_id = \(device.id)"
        )[0]["last"]
        let ordinal = (last ?? 0) + 1
        try execute(
            """
            insert into stays (device_id, ordinal, previous_ordinal, shop_id, grade, price_cents, shelved_at,
                               shelved_by)
            values (\(device.id), \(ordinal), \(last), \(shop), \(grade), \(price), \(now), \(staff.id))
            """
        )
        return Shelving(label: device.label, ordinal: ordinal, grade: grade, price: price)
    }

    /// Ends the stay of a machine that is on the shelf. Throws `deviceGone`, `deviceRecycled`, `deviceNotOnShelf`.
    fileprivate func endStay(
        of device: LockedDevice,
        _ kind: DeviceExit,
        motive: String,
        by staff: Staff,
        at now: Instant
    ) throws -> (grade: Grade, shop: ID<Shop>) {
        try device.checkHere()
        guard device.stage == .onShelf, let stay = device.stay else {
            throw Refusal(.deviceNotOnShelf, device.facts)
        }
        let row = try pipeline([
            "select grade from stays where device_id = \(device.id) and ordinal = \(stay.ordinal)",
            """
            insert into exits (device_id, ordinal, kind, left_at, left_by, motive)
            values (\(device.id), \(stay.ordinal), \(kind), \(now), \(staff.id), \(motive))
            """,
        ])[0][0]
        return (try row["grade"], stay.shop)
    }

    /// Kinds without two numbers have no usual price.
    fileprivate func checkUsual(
        _ price: Cents,
        of device: LockedDevice,
        isMeant: Bool,
        on day: Day
    ) throws {
        let (least, most) = (
            "usual_\(device.kind.rawValue)_cents_min", "usual_\(device.kind.rawValue)_cents_max"
        )
        let row = try query(
            """
            select (select amount from dated_numbers where name = \(least) and starts_on <= \(day)
                    order by starts_on desc limit 1) as least,
                   (select amount from dated_numbers where name = \(most) and starts_on <= \(day)
                    order by starts_on desc limit 1) as most
            """
        )[0]
        guard let least: Cents = try row["least"], let most: Cents = try row["most"] else {
            return
        }
        try UsualPrices(least: least, most: most)
            .check(price, isMeant: isMeant, of: device.label)
    }
}
