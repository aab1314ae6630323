import Postgres
public import Shop

extension Store {
    /// Sends machines and articles to another shop: from then on they are in transit, until they are ticked off there. What
    /// stood on the shelf leaves it. Gives the slip's code.
    ///
    /// Throws `transferEmpty`, `transferToItself`, `unknownThing` for a shop, `deviceUnknown` for a machine that is not in the
    /// sending one, `deviceGone`, `deviceRecycled`, `deviceInTransit`, `productUnknown`, `productNotCounted`, `stockShort`.
    public func sendTransfer(
        of devices: DeviceLabels,
        _ products: ProductCounts,
        from shop: ID<Shop>,
        to receiver: ID<Shop>,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> String {
        struct Input: Encodable {
            let devices: DeviceLabels
            let products: ProductCounts
            let shop: ID<Shop>
            let receiver: ID<Shop>
        }
        guard !devices.isEmpty || !products.units.isEmpty else {
            throw Refusal(.transferEmpty, ["field": .field(.labels)])
        }
        let input = Input(devices: devices, products: products, shop: shop, receiver: receiver)
        let facts: [String: Refusal.Fact] = ["field": .field(.toShop)]
        return try await command(
            "send-transfer",
            key: key,
            input: input,
            by: staff,
            facts: facts
        ) { tx, now in
            try staff.checkHolds(.stockWorkers, in: shop)
            let code = try tx.nextNumber(Transfer.mark, in: shop, on: now.day)
            let id = newID(Transfer.self)
            try tx.execute(
                """
                insert into transfers (id, code, shop_id, to_shop_id, sent_at, sent_by)
                values (\(id), \(code), \(shop), \(receiver), \(now), \(staff.id))
                """
            )
            let locked = try tx.lockDevices(devices.texts, in: shop)
            for device in locked { try device.checkHere() }
            if !locked.isEmpty {
                try tx.send(locked.map(\.id), under: id, code, by: staff, at: now)
            }
            for (product, units) in try tx.counted(products) {
                try tx.move(
                    -units,
                    of: product,
                    in: shop,
                    .transfer(id),
                    newID(StockMovement.self),
                    by: staff,
                    at: now
                )
                try tx.execute(
                    """
                    insert into transfer_products (transfer_id, product_id, units)
                    values (\(id), \(product.id), \(units))
                    """
                )
            }
            return code
        }
    }
}

extension Transaction {
    fileprivate func send(
        _ devices: [ID<Device>],
        under transfer: ID<Transfer>,
        _ code: String,
        by staff: Staff,
        at now: Instant
    ) throws {
        _ = try pipeline([
            """
            insert into exits (device_id, ordinal, kind, left_at, left_by, motive)
            select y.device_id, y.ordinal, 'transfer', \(now), \(staff.id), \(code) from stays y
            where y.device_id = any(\(devices)) and not exists (
                select from exits x where x.device_id = y.device_id and x.ordinal = y.ordinal)
            """,
            """
            insert into transfer_devices (device_id, ordinal, previous_ordinal, transfer_id, after_stay)
            select d.id, coalesce(v.last, 0) + 1, v.last, \(transfer), coalesce(y.last, 0)
            from devices d
            cross join lateral (select max(ordinal) as last from transfer_devices where device_id = d.id) v
            cross join lateral (select max(ordinal) as last from stays where device_id = d.id) y
            where d.id = any(\(devices))
            """,
        ])
    }
}
