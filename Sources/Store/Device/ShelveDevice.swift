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
    /// database refuses what is not inspected or not erased, what was not refunded, what is on the shelf already, a grade that
    /// no grading gave it, what lacks a part of its kit, and a price above the legal ceiling.
    ///
    /// Where its kind is graded, the grade is that of the last grading; another one with a motive is recorded as a grading of
    /// its own. Elsewhere it must be named. Without a price it is the one proposed for the grade in the price list.
    /// Throws `deviceUnknown`, `deviceGone`, `deviceRecycled`, `deviceOnShelf`, `deviceNotInspected`, `deviceNotErased`,
    /// `deviceDiskFailing`, `deviceNotGraded`, `deviceUnsellable`, `gradeDiffers`, `fieldMissing` for a grade or price that nothing gives,
    /// `kitIncomplete`, `devicePriceUnusual` unless it is meant, `devicePriceAboveCeiling`.
    public func shelveDevice(
        _ label: DeviceLabel,
        grade: Grade? = nil,
        because motive: ShortText? = nil,
        price: Cents? = nil,
        of channel: PriceChannel = .standard,
        isUnusualMeant: Bool = false,
        in shop: ID<Shop>? = nil,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> Shelving {
        struct Input: Encodable {
            let label: String
            let grade: Grade?
            let motive: ShortText?
            let price: Cents?
            let channel: PriceChannel
            let isUnusualMeant: Bool
            let shop: ID<Shop>?
        }
        let input = Input(
            label: label.description,
            grade: grade,
            motive: motive,
            price: price,
            channel: channel,
            isUnusualMeant: isUnusualMeant,
            shop: shop
        )
        var facts: [String: Refusal.Fact] = ["label": .text(label.description)]
        if let ceiling = try await priceCeiling(of: label) { facts["most"] = .cents(ceiling) }
        facts.merge(try await missingPart(of: label)) { first, _ in first }
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
            try tx.checkTried(device, on: now.day)
            let grade = try tx.grade(of: device, grade, because: motive, by: staff, at: now)
            let price = try price ?? tx.tablePrice(of: device, grade, channel, on: now.day)
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
    /// The grade with which a machine goes on the shelf. What its last grading gave, or another that is asked for with a
    /// motive; where nobody grades its kind, whatever is asked for.
    ///
    /// A machine that is not ready for the shelf is let through, for the database to say first what is missing.
    fileprivate func grade(
        of device: LockedDevice,
        _ asked: Grade?,
        because motive: ShortText?,
        by staff: Staff,
        at now: Instant
    ) throws -> Grade {
        let row = try query(
            """
            select is_graded(\(device.kind), \(now.day)) as graded,
                   given_grade(\(device.id), here_since(\(device.id))) is not null as found,
                   passed_inspection(\(device.id), \(now.day), here_since(\(device.id)))
                       and all_erased(\(device.id), here_since(\(device.id))) as ready
            """
        )[0]
        let (isGraded, isFound, isReady): (Bool, Bool, Bool) = (
            try row["graded"], try row["found"], try row["ready"]
        )
        guard isGraded else {
            guard let asked else { throw Refusal(.fieldMissing, ["field": .field(.grade)]) }
            return asked
        }
        let last = try Grading(
            query(Grading.last(of: device.label, since: "here_since(d.id)"))
        )
        guard isReady, isFound, let last else {
            if isReady { throw Refusal(.deviceNotGraded, device.facts) }
            return asked ?? last?.given.grade ?? .hc
        }
        guard let asked, Verdict(asked) != last.given else {
            guard let grade = last.given.grade else {
                throw Refusal(.deviceUnsellable, device.facts)
            }
            return grade
        }
        let other = last.given(
            Verdict(asked),
            because: motive?.text ?? "",
            at: now,
            by: staff.operatorCode,
            ordinal: last.ordinal + 1
        )
        _ = try record(other, of: device.id, by: staff)
        return asked
    }

    /// Throws `fieldMissing` where the table has no price.
    fileprivate func tablePrice(
        of device: LockedDevice,
        _ grade: Grade,
        _ channel: PriceChannel,
        on day: Day
    ) throws -> Cents {
        let row = try gradePrices(on: day).first {
            $0.deviceKind == device.kind && $0.grade == grade && $0.channel == channel
        }
        let ceiling = try priceCeiling(of: device.id, on: day)
        guard let price = proposedPrice(table: row?.priceCents, ceiling: ceiling) else {
            throw Refusal(.fieldMissing, ["field": .field(.price)])
        }
        return price
    }

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
