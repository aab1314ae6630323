import Postgres
public import Shop

/// What taking in, or closing, an order did.
public struct ToldOrder: Hashable, Sendable, Codable {
    public let code: String
    /// Units taken in.
    public let received: Int
    /// Units that are still expected.
    public let open: Int
    /// Nil while some are.
    public let ended: OrderEnd?
}

extension Store {
    /// Takes in what came of an order: the stock moves with it. Once all of it came, the order is over.
    ///
    /// More than is still expected is taken in when it is meant: what lies there must be in the stock, and a slip of the
    /// finger must not. Throws `orderUnknown` for one of another shop, `orderEnded`, `orderNotListed`, `orderTooMany` unless
    /// `isMoreMeant`, `nothingTicked`.
    public func receiveOrder(
        _ code: OrderCode,
        _ products: ProductCounts,
        isMoreMeant: Bool = false,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> ToldOrder {
        struct Input: Encodable {
            let code: String
            let products: ProductCounts
            let isMoreMeant: Bool
        }
        let input = Input(code: code.description, products: products, isMoreMeant: isMoreMeant)
        return try await command("receive-order", key: key, input: input, by: staff) { tx, now in
            let order = try tx.lockOrder(code, for: staff)
            try order.checkOpen()
            let came = try order.checked(products, isMoreMeant: isMoreMeant)
            try tx.execute(
                """
                insert into order_receipts (order_id, ordinal, received_at, received_by)
                values (\(order.id), \(order.receipts + 1), \(now), \(staff.id))
                """
            )
            for (line, units) in came {
                try tx.execute(
                    """
                    insert into order_receipt_lines (order_id, ordinal, product_id, units)
                    values (\(order.id), \(order.receipts + 1), \(line.product.id), \(units))
                    """
                )
                try tx.move(
                    units,
                    of: line.product,
                    in: order.shop,
                    .order(order.id),
                    newID(StockMovement.self),
                    by: staff,
                    at: now
                )
            }
            let units = Dictionary(
                uniqueKeysWithValues: came.map { ($0.line.product.id, $0.units) }
            )
            let open = order.lines.map { max(0, $0.open - (units[$0.product.id] ?? 0)) }
                .reduce(0, +)
            if open == 0 { try tx.end(order, as: .complete, because: "", by: staff, at: now) }
            return ToldOrder(
                code: order.code,
                received: came.map(\.units).reduce(0, +),
                open: open,
                ended: open == 0 ? .complete : nil
            )
        }
    }

    /// Expects no more of an order, with a motive: it is closed short where some of it came, cancelled where none did.
    /// Throws `orderUnknown` for one of another shop, `orderEnded`.
    public func closeOrder(
        _ code: OrderCode,
        motive: ShortText,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> ToldOrder {
        let input = [code.description, motive.text]
        return try await command("close-order", key: key, input: input, by: staff) { tx, now in
            let order = try tx.lockOrder(code, for: staff)
            try order.checkOpen()
            let end: OrderEnd = order.receipts > 0 ? .short : .cancelled
            try tx.end(order, as: end, because: motive.text, by: staff, at: now)
            return ToldOrder(code: order.code, received: 0, open: 0, ended: end)
        }
    }
}

/// An order whose row this transaction has locked.
private struct LockedOrder {
    let id: ID<Order>
    let code: String
    let shop: ID<Shop>
    let hasEnded: Bool
    /// How many deliveries came of it.
    let receipts: Int
    /// In the order in which levels are locked.
    let lines: [Line]

    struct Line {
        let product: CountedProduct
        /// What people call it.
        let name: Refusal.Fact
        /// Units that are still expected.
        let open: Int
    }

    func checkOpen() throws(Refusal) {
        if hasEnded { throw Refusal(.orderEnded, ["code": .text(code)]) }
    }

    /// What came, without what did not.
    func checked(
        _ counts: ProductCounts,
        isMoreMeant: Bool
    ) throws(Refusal) -> [(line: Line, units: Int)] {
        let known = Set(lines.map(\.product.code))
        if let stranger = counts.listed.first(where: { !known.contains($0.product.text) }) {
            throw Refusal(
                .orderNotListed,
                [
                    "field": .field(.quantity), "text": .text(stranger.product.text),
                    "code": .text(code),
                ]
            )
        }
        let units = Dictionary(
            uniqueKeysWithValues: counts.units.map { ($0.key.text, $0.value) }
        )
        var came: [(line: Line, units: Int)] = []
        for line in lines {
            guard let count = units[line.product.code], count > 0 else { continue }
            guard count <= line.open || isMoreMeant else {
                throw Refusal(
                    .orderTooMany,
                    [
                        "text": line.name, "asked": .number(Int64(count)),
                        "most": .number(Int64(line.open)),
                    ]
                )
            }
            came.append((line, count))
        }
        guard !came.isEmpty else {
            throw Refusal(.nothingTicked, ["field": .field(.quantity)])
        }
        return came
    }
}

extension Transaction {
    fileprivate func lockOrder(_ code: OrderCode, for staff: Staff) throws -> LockedOrder {
        let rows = try pipeline([
            "select id, shop_id from orders where code = \(code.description) for no key update",
            """
            select p.id, p.code, p.name_fr, p.name_en, greatest(l.units - received_of(o.id, p.id), 0) as open
            from orders o join order_lines l on l.order_id = o.id join products p on p.id = l.product_id
            where o.code = \(code.description) order by p.id
            """,
            """
            select (select count(*)::int from order_receipts r where r.order_id = o.id) as receipts,
                   exists (select from order_ends e where e.order_id = o.id) as ended
            from orders o where o.code = \(code.description)
            """,
        ])
        guard let row = rows[0].first,
            staff.holds(anyOf: .stockWorkers, in: try row["shop_id"])
        else { throw Order.unknown(code.description) }
        return LockedOrder(
            id: try row["id"],
            code: code.description,
            shop: try row["shop_id"],
            hasEnded: try rows[2][0]["ended"],
            receipts: try rows[2][0]["receipts"],
            lines: try rows[1].map { row in
                LockedOrder.Line(
                    product: CountedProduct(id: try row["id"], code: try row["code"]),
                    name: .explained(french: try row["name_fr"], english: try row["name_en"]),
                    open: try row["open"]
                )
            }
        )
    }

    fileprivate func end(
        _ order: LockedOrder,
        as end: OrderEnd,
        because motive: String,
        by staff: Staff,
        at now: Instant
    ) throws {
        try execute(
            """
            insert into order_ends (order_id, kind, motive, ended_at, ended_by)
            values (\(order.id), \(end), \(motive), \(now), \(staff.id))
            """
        )
    }
}
