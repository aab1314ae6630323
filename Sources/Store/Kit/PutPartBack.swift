import Postgres
public import Shop

/// A part of a machine's kit that is back in the stock.
public struct PutBackPart: Hashable, Sendable, Codable {
    public let label: String
    public let product: String
    public let nameFr: String
    public let nameEn: String
    /// Units that lie free since then where the machine stands.
    public let free: Int

    public func name(in language: Language) -> String { language.choose(nameFr, nameEn) }
}

extension Store {
    /// Puts a part back that was taken from the stock for a machine and is still with it: the machine was scrapped or taken to
    /// pieces, or the part was taken by mistake. It is in the stock of the shop where the machine stands, and the machine is
    /// complete no more.
    ///
    /// Throws `deviceUnknown`, `deviceGone`, `deviceRecycled` for what was lost, `deviceInTransit`, `deviceInAfterSales`,
    /// `kitOnShelf`, `productUnknown`, `kitPartNotWithIt`.
    public func putPartBack(
        _ part: ShortCode,
        of label: DeviceLabel,
        because motive: ShortText,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> PutBackPart {
        let input = [label.description, part.text, motive.text]
        let facts: [String: Refusal.Fact] = ["label": .text(label.description)]
        return try await command("put-part-back", key: key, input: input, by: staff, facts: facts) {
            tx,
            now in
            let device = try tx.lockDevice(label.description, for: staff)
            if device.removed != .recycling { try device.checkHere() }
            let taken = try tx.taken(part, for: device)
            try tx.execute(
                """
                insert into kit_returns (device_id, ordinal, product_id, after_check, shop_id, motive, returned_at, returned_by)
                values (\(device.id), \(taken.check), \(taken.product.id), \(taken.lastCheck), \(device.shop), \(motive),
                        \(now), \(staff.id))
                """
            )
            let free = try tx.move(
                1,
                of: taken.product,
                in: device.shop,
                .kitReturn(device.id, taken.check),
                newID(StockMovement.self),
                by: staff,
                at: now
            )
            return PutBackPart(
                label: device.label,
                product: taken.product.code,
                nameFr: taken.nameFr,
                nameEn: taken.nameEn,
                free: free
            )
        }
    }
}

/// A part that was taken from the stock for a machine and is with it.
private struct TakenPart {
    let product: CountedProduct
    let nameFr: String
    let nameEn: String
    /// The look that took it, and the last one.
    let check: Int
    let lastCheck: Int
}

extension Transaction {
    /// Throws `productUnknown`, `kitPartNotWithIt`.
    fileprivate func taken(_ part: ShortCode, for device: LockedDevice) throws -> TakenPart {
        let rows = try query(
            """
            select g.id, g.code, g.name_fr, g.name_en, part_from_stock(\(device.id), g.id) as taken,
                   (select max(ordinal) from kit_checks where device_id = \(device.id)) as last
            from products g where g.code = \(part.text)
            """
        )
        guard let row = rows.first else {
            throw Refusal(
                .productUnknown,
                ["field": .field(.kitPart), "code": .text(part.text)]
            )
        }
        let (nameFr, nameEn): (String, String) = (try row["name_fr"], try row["name_en"])
        guard let check: Int = try row["taken"] else {
            throw Refusal(
                .kitPartNotWithIt,
                [
                    "field": .field(.kitPart), "label": .text(device.label),
                    "part": .explained(french: nameFr, english: nameEn),
                ]
            )
        }
        return TakenPart(
            product: CountedProduct(id: try row["id"], code: try row["code"]),
            nameFr: nameFr,
            nameEn: nameEn,
            check: check,
            lastCheck: try row["last"]
        )
    }
}
