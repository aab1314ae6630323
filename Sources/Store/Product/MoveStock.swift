import Postgres
import Shop

/// Why counted articles come or go otherwise than by a ticket.
enum MovementCause {
    case receipt
    case transfer(ID<Transfer>)
    case count(ID<StockCount>)
    case order(ID<Order>)
    /// Put with a machine when somebody looked so many times.
    case kit(ID<Device>, Int)
    /// Taken for a machine in that look, and back.
    case kitReturn(ID<Device>, Int)

    fileprivate var kind: String {
        switch self {
        case .receipt, .order: "receipt"
        case .transfer: "transfer"
        case .count: "count"
        case .kit: "kit"
        case .kitReturn: "kit_return"
        }
    }
}

/// Where a movement says what caused it: at most one of these, and a machine with the look at its kit.
private struct MovementSource {
    var transfer: ID<Transfer>?
    var count: ID<StockCount>?
    var order: ID<Order>?
    var device: ID<Device>?
    var check: Int?

    init(_ cause: MovementCause) {
        switch cause {
        case .receipt: break
        case .transfer(let id): transfer = id
        case .count(let id): count = id
        case .order(let id): order = id
        case .kit(let id, let ordinal), .kitReturn(let id, let ordinal):
            (device, check) = (id, ordinal)
        }
    }
}

/// An article that is counted, not labelled one by one.
struct CountedProduct {
    let id: ID<Product>
    let code: String
}

extension Transaction {
    /// Articles with their units, in the order in which their levels are locked. Throws `productUnknown`, and
    /// `productNotCounted` for machines and for what is a code of the vault.
    func counted(_ counts: ProductCounts) throws -> [(product: CountedProduct, units: Int)] {
        guard !counts.units.isEmpty else { return [] }
        let rows = try query(
            """
            select id, code, kind = 'device' or delivery is not distinct from 'code' as one_by_one
            from products where code = any(\(counts.units.keys.map(\.text))) order by id
            """
        )
        var found: [(product: CountedProduct, units: Int)] = []
        for row in rows {
            let code: String = try row["code"]
            guard try !row["one_by_one"] else {
                throw Refusal(
                    .productNotCounted,
                    ["field": .field(.product), "code": .text(code)]
                )
            }
            let units = counts.units[try ShortCode(typed: code)] ?? 0
            found.append((CountedProduct(id: try row["id"], code: code), units))
        }
        let known = Set(found.map(\.product.code))
        if let stranger = counts.listed.first(where: { !known.contains($0.product.text) }) {
            throw Refusal(
                .productUnknown,
                ["field": .field(.product), "code": .text(stranger.product.text)]
            )
        }
        return found
    }

    /// Moves counted articles in or out of a shop, with the level that they move; gives what lies free there then. Throws
    /// `stockShort`.
    @discardableResult
    func move(
        _ units: Int,
        of product: CountedProduct,
        in shop: ID<Shop>,
        _ cause: MovementCause,
        _ id: ID<StockMovement>,
        by staff: Staff,
        at now: Instant
    ) throws -> Int {
        try execute(
            """
            insert into stock_levels (shop_id, product_id, free) values (\(shop), \(product.id), 0)
            on conflict do nothing
            """
        )
        let free: Int = try query(
            """
            select free from stock_levels where shop_id = \(shop) and product_id = \(product.id) for no key update
            """
        )[0]["free"]
        guard free + units >= 0 else {
            throw Refusal(
                .stockShort,
                [
                    "code": .text(product.code), "asked": .number(Int64(-units)),
                    "free": .number(Int64(free)),
                ]
            )
        }
        let source = MovementSource(cause)
        _ = try pipeline([
            """
            update stock_levels set free = free + \(units) where shop_id = \(shop) and product_id = \(product.id)
            """,
            """
            insert into stock_movements (id, shop_id, product_id, units, kind, transfer_id, count_id, order_id, kit_device_id,
                                         kit_ordinal, moved_at, moved_by)
            values (\(id), \(shop), \(product.id), \(units), \(cause.kind), \(source.transfer), \(source.count), \(source.order), \(source.device),
                    \(source.check), \(now), \(staff.id))
            """,
        ])
        return free + units
    }
}
