import Postgres
public import Shop

/// What is ticked off of a transfer.
public struct Arrival: Hashable, Sendable, Encodable {
    public let devices: DeviceLabels
    /// Units that arrived, by article; what is named here is settled, with fewer or none too.
    public let products: ProductCounts
    /// Whether everything that is on its way came, named or not.
    public let isAll: Bool
    /// Whether what was not ticked off is missing: the slip is settled with it.
    public let isLast: Bool
    /// Why fewer came than were sent; empty where nothing is missing.
    public let motive: String
    /// Whether the shop that sent it keeps it after all.
    public let takesBack: Bool

    public init(
        devices: DeviceLabels,
        products: ProductCounts,
        isAll: Bool = false,
        isLast: Bool = false,
        motive: String = "",
        takesBack: Bool = false
    ) {
        self.devices = devices
        self.products = products
        self.isAll = isAll
        self.isLast = isLast
        self.motive = motive
        self.takesBack = takesBack
    }
}

/// What ticking off did.
public struct ToldArrival: Hashable, Sendable, Codable {
    public let code: String
    public let arrived: Int
    /// Machines that are lost now.
    public let missing: Int
    /// Machines and articles that are still on their way.
    public let open: Int
}

extension Store {
    /// Ticks off what came of a transfer, in the shop that it was sent to; or takes back, in the shop that sent it, what never
    /// left. The last time, what is not there is missing: a machine is lost, an article is fewer.
    ///
    /// Throws `transferUnknown` for one of other shops, `transferEnded`, `transferNotListed`, `transferMissing`, `unitsDiffer`,
    /// `transferOwn` of who sent it and says that something is missing, `transferTooMany`, `nothingTicked`,
    /// `fieldMissing` for the motive where something is missing.
    public func receiveTransfer(
        _ code: TransferCode,
        _ arrival: Arrival,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> ToldArrival {
        struct Input: Encodable {
            let code: String
            let arrival: Arrival
        }
        let input = Input(code: code.description, arrival: arrival)
        return try await command("receive-transfer", key: key, input: input, by: staff) { tx, now in
            let transfer = try tx.lockTransfer(code, takesBack: arrival.takesBack, for: staff)
            let open = try tx.openLines(of: transfer)
            guard !open.isEmpty else {
                throw Refusal(.transferEnded, ["code": .text(code.description)])
            }
            let named = try open.machines(arrival.devices, of: code)
            let arrived = arrival.isAll ? open.devices : named
            let missing = arrival.isLast ? open.devices.filter { !arrived.contains($0) } : []
            if !arrived.isEmpty {
                try tx.end(arrived.map(\.id), of: transfer, as: transfer.ending, by: staff, at: now)
            }
            let counted = try open.units(arrival, of: code)
            if !missing.isEmpty || counted.contains(where: { $0.units < $0.line.units }) {
                if arrival.takesBack { throw Refusal(.unitsDiffer, ["field": .field(.quantity)]) }
                if transfer.sentBy == staff.id {
                    throw Refusal(.transferOwn, ["code": .text(code.description)])
                }
                guard !arrival.motive.isEmpty else {
                    throw Refusal(.fieldMissing, ["field": .field(.motive)])
                }
            }
            if !missing.isEmpty {
                try tx.end(missing.map(\.id), of: transfer, as: .loss, by: staff, at: now)
                try tx.lose(missing.map(\.id), because: arrival.motive, by: staff, at: now)
            }
            for (line, units) in counted {
                try tx.tick(
                    off: line,
                    units,
                    of: transfer,
                    because: arrival.motive,
                    by: staff,
                    at: now
                )
                if units > 0 {
                    try tx.move(
                        units,
                        of: line.product,
                        in: transfer.shop,
                        .transfer(transfer.id),
                        newID(StockMovement.self),
                        by: staff,
                        at: now
                    )
                }
            }
            guard !arrived.isEmpty || !missing.isEmpty || !counted.isEmpty else {
                throw Refusal(.nothingTicked, ["field": .field(.labels)])
            }
            return ToldArrival(
                code: code.description,
                arrived: arrived.count,
                missing: missing.count,
                open: open.count - arrived.count - missing.count - counted.count
            )
        }
    }
}

/// A slip whose row this transaction has locked.
private struct LockedTransfer {
    let id: ID<Transfer>
    let sender: ID<Shop>
    let sentBy: ID<User>
    /// Where what is ticked off stands from then on.
    let shop: ID<Shop>
    /// What `transfer_ends` calls that.
    let ending: TransferCard.Ending
}

/// What of a slip is still on its way.
private struct OpenLines {
    let devices: [Machine]
    let products: [Line]
    /// Labels of machines whose journey is over, and whether they are missing.
    let ended: [String: Bool]

    struct Machine: Hashable {
        let id: ID<Device>
        let label: String
    }

    struct Line {
        let product: CountedProduct
        let units: Int
    }

    var count: Int { devices.count + products.count }
    var isEmpty: Bool { count == 0 }

    /// What was ticked off before is passed over: a label scanned twice is no fault. Throws `transferNotListed` for a machine that
    /// never was on this slip, `transferMissing` for one that was said to be missing.
    func machines(_ labels: DeviceLabels, of code: TransferCode) throws(Refusal) -> [Machine] {
        let known = Dictionary(devices.map { ($0.label, $0) }) { first, _ in first }
        var found: [Machine] = []
        for label in labels.texts {
            guard let machine = known[label] else {
                if ended[label] == false { continue }
                throw Refusal(
                    ended[label] == true ? .transferMissing : .transferNotListed,
                    [
                        "field": .field(.labels), "text": .text(label),
                        "code": .text(code.description),
                    ]
                )
            }
            found.append(machine)
        }
        return found
    }

    /// Articles that are settled, in the order in which their levels are locked; all that are left, the last time. Throws
    /// `transferNotListed`, `transferTooMany`.
    func units(
        _ arrival: Arrival,
        of code: TransferCode
    ) throws(Refusal) -> [(line: Line, units: Int)] {
        var told = arrival.products.units
        var settled: [(line: Line, units: Int)] = []
        for line in products {
            let asked = told.removeValue(forKey: try ShortCode(typed: line.product.code))
            if arrival.isAll, let asked, asked != line.units {
                throw Refusal(.unitsDiffer, ["field": .field(.quantity)])
            }
            let unnamed = arrival.isAll ? line.units : arrival.isLast ? 0 : nil
            guard let units = asked ?? unnamed else { continue }
            if units > line.units {
                throw Refusal(
                    .transferTooMany,
                    [
                        "field": .field(.quantity), "text": .text(line.product.code),
                        "most": .number(Int64(line.units)),
                    ]
                )
            }
            settled.append((line, units))
        }
        if let stranger = told.keys.map(\.text).min() {
            throw Refusal(
                .transferNotListed,
                ["text": .text(stranger), "code": .text(code.description)]
            )
        }
        return settled
    }
}

extension Transaction {
    /// Throws `transferUnknown` where `staff` does not work the stock: where it was sent to, or where it came from to take it
    /// back.
    fileprivate func lockTransfer(
        _ code: TransferCode,
        takesBack: Bool,
        for staff: Staff
    ) throws -> LockedTransfer {
        let rows = try query(
            """
            select id, shop_id, to_shop_id, sent_by from transfers where code = \(code.description) for no key update
            """
        )
        guard let row = rows.first else { throw Transfer.unknown(code.description) }
        let (sender, receiver): (ID<Shop>, ID<Shop>) = (try row["shop_id"], try row["to_shop_id"])
        let shop = takesBack ? sender : receiver
        guard staff.holds(anyOf: .stockWorkers, in: shop) else {
            throw Transfer.unknown(code.description)
        }
        return LockedTransfer(
            id: try row["id"],
            sender: sender,
            sentBy: try row["sent_by"],
            shop: shop,
            ending: takesBack ? .return : .arrival
        )
    }

    /// Locks its machines, by ascending id.
    fileprivate func openLines(of transfer: LockedTransfer) throws -> OpenLines {
        let rows = try pipeline([
            """
            select d.id from devices d join transfer_devices v on v.device_id = d.id
            where v.transfer_id = \(transfer.id) order by d.id for no key update of d
            """,
            """
            select d.id, d.label, e.kind as ended from devices d join transfer_devices v on v.device_id = d.id
            left join transfer_ends e on e.device_id = v.device_id and e.ordinal = v.ordinal
            where v.transfer_id = \(transfer.id) order by d.label
            """,
            """
            select p.id, p.code, l.units from transfer_products l join products p on p.id = l.product_id
            where l.transfer_id = \(transfer.id) and not exists (
                select from transfer_arrivals a where a.transfer_id = l.transfer_id and a.product_id = l.product_id)
            order by p.id
            """,
        ])
        let machines = try rows[1].map { row in
            (
                machine: OpenLines.Machine(id: try row["id"], label: try row["label"]),
                ended: try row["ended"] as TransferCard.Ending?
            )
        }
        return OpenLines(
            devices: machines.filter { $0.ended == nil }.map(\.machine),
            products: try rows[2].map { row in
                OpenLines.Line(
                    product: CountedProduct(id: try row["id"], code: try row["code"]),
                    units: try row["units"]
                )
            },
            ended: Dictionary(
                machines.compactMap { machine, ended in
                    ended.map { (machine.label, $0 == .loss) }
                }
            ) { first, _ in first }
        )
    }

    fileprivate func end(
        _ devices: [ID<Device>],
        of transfer: LockedTransfer,
        as ending: TransferCard.Ending,
        by staff: Staff,
        at now: Instant
    ) throws {
        let shop = ending == .loss ? transfer.sender : transfer.shop
        try execute(
            """
            insert into transfer_ends (device_id, ordinal, kind, shop_id, ended_at, ended_by)
            select device_id, ordinal, \(ending), \(shop), \(now), \(staff.id) from transfer_devices
            where transfer_id = \(transfer.id) and device_id = any(\(devices))
            """
        )
    }

    fileprivate func tick(
        off line: OpenLines.Line,
        _ units: Int,
        of transfer: LockedTransfer,
        because motive: String,
        by staff: Staff,
        at now: Instant
    ) throws {
        try execute(
            """
            insert into transfer_arrivals (transfer_id, product_id, sent, units, shop_id, motive, arrived_at, arrived_by)
            values (\(transfer.id), \(line.product.id), \(line.units), \(units), \(transfer.shop),
                    \(units < line.units ? motive : ""), \(now), \(staff.id))
            """
        )
    }
}

extension Transaction {
    /// Machines that are nowhere to be found leave the stock, from the shelf or from the room.
    /// - Parameter count: the count that did not find them; nil when none was held.
    func lose(
        _ devices: [ID<Device>],
        because motive: String,
        in count: ID<StockCount>? = nil,
        by staff: Staff,
        at now: Instant
    ) throws {
        _ = try pipeline([
            """
            insert into exits (device_id, ordinal, kind, left_at, left_by, motive)
            select y.device_id, y.ordinal, 'loss', \(now), \(staff.id), \(motive) from stays y
            where y.device_id = any(\(devices)) and not exists (
                select from exits x where x.device_id = y.device_id and x.ordinal = y.ordinal)
            """,
            """
            insert into removals (device_id, ordinal, previous_ordinal, kind, removed_on, motive, count_id, recorded_at,
                                  recorded_by)
            select d.id, coalesce(r.last, 0) + 1, r.last, 'loss', \(now.day), \(motive), \(count), \(now), \(staff.id)
            from devices d
            cross join lateral (select max(ordinal) as last from removals where device_id = d.id) r
            where d.id = any(\(devices))
            """,
        ])
    }
}
