import Postgres
public import Shop

/// A part of a machine's kit: whether it is asked for, where it was found, how many the shop has.
public struct DeviceKitPart: Hashable, Sendable, Codable {
    public let product: String
    public let nameFr: String
    public let nameEn: String
    /// Whether the kit in force asks for it.
    public let isAsked: Bool
    /// Nil where nobody looked since the machine is here.
    public let found: KitFinding?
    /// Units that lie free where the machine stands.
    public let free: Int
    /// Whether the one that is with it was taken from the stock, and can go back there.
    public let isFromStock: Bool

    public var isThere: Bool { found?.isThere ?? false }
    public func name(in language: Language) -> String { language.choose(nameFr, nameEn) }
}

/// What a look at a machine's kit found.
public struct CheckedKit: Hashable, Sendable, Codable {
    public let label: String
    /// By code.
    public let parts: [DeviceKitPart]

    /// What is missing, by code. Empty: it may go on the shelf.
    public var missing: [String] { parts.filter { !$0.isThere }.map(\.product) }
}

extension Store {
    /// Records which parts of its kit are with a machine. What is put with it out of the stock is moved with it, one each:
    /// it is part of the machine from then on, and of its price. A part that is with it already is taken once; whoever took one
    /// for this machine takes no second one, another person does, until the machine was sold, given, or came to another shop.
    ///
    /// Throws `deviceUnknown`, `deviceGone`, `deviceRecycled`, `deviceInTransit`, `choiceUnknown` for a part that is not asked
    /// of its kind, `fieldMissing` for one left out, `stockShort` for one that the shop has no more, `kitTakenOwn`.
    public func checkKit(
        of label: DeviceLabel,
        _ found: [ShortCode: KitFinding],
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> CheckedKit {
        struct Input: Encodable {
            let label: String
            let found: [String: KitFinding]
        }
        let named = Dictionary(uniqueKeysWithValues: found.map { ($0.key.text, $0.value) })
        let input = Input(label: label.description, found: named)
        return try await command("check-kit", key: key, input: input, by: staff) { tx, now in
            let device = try tx.lockDevice(label.description, for: staff)
            try device.checkHere()
            let asked = try tx.kit(of: device, on: now.day)
            try checkComplete(named, asked.map(\.product.code))
            let ordinal = try tx.beginCheck(of: device, by: staff, at: now)
            // In the order in which levels are locked.
            for part in asked {
                guard var finding = named[part.product.code] else { continue }
                if finding == .stock {
                    if part.told.isThere {
                        finding = .present
                    } else if try tx.hasTaken(part.product, for: device, staff) {
                        throw Refusal(
                            .kitTakenOwn,
                            [
                                "part": .explained(
                                    french: part.told.nameFr,
                                    english: part.told.nameEn
                                )
                            ]
                        )
                    }
                }
                try tx.execute(
                    """
                    insert into kit_check_parts (device_id, ordinal, product_id, found)
                    values (\(device.id), \(ordinal), \(part.product.id), \(finding))
                    """
                )
                if finding == .stock {
                    try tx.move(
                        -1,
                        of: part.product,
                        in: device.shop,
                        .kit(device.id, ordinal),
                        newID(StockMovement.self),
                        by: staff,
                        at: now
                    )
                }
            }
            let seen = try tx.kit(of: device, on: now.day).map(\.told)
            return CheckedKit(
                label: device.label,
                parts: seen.sorted { $0.product < $1.product }
            )
        }
    }

    /// What keeps a machine off the shelf, for the words of a refusal: the part that is missing and how many its shop has.
    func missingPart(of label: DeviceLabel) async throws -> [String: Refusal.Fact] {
        let day = clock.now().day
        return try await transaction { tx in
            let rows = try tx.query(
                """
                select g.name_fr, g.name_en, coalesce(l.free, 0) as free
                from devices d \(LastStay.joins)
                join products g on g.id = missing_part(d.id, \(day), here_since(d.id))
                left join stock_levels l on l.product_id = g.id and l.shop_id = \(LastStay.standsIn)
                where d.label = \(label.description)
                """
            )
            guard let row = rows.first else { return [:] }
            let free: Int = try row["free"]
            return [
                "part": .explained(french: try row["name_fr"], english: try row["name_en"]),
                "free": .number(Int64(free)),
            ]
        }
    }
}

extension DeviceKitPart {
    init(_ row: Row) throws {
        self.init(
            product: try row["code"],
            nameFr: try row["name_fr"],
            nameEn: try row["name_en"],
            isAsked: try row["asked"],
            found: try row["found"],
            free: try row["free"],
            isFromStock: try row["from_stock"]
        )
    }

    /// What is asked of the kind of a machine on a day, and what the last look found with it since `since`; and what was taken
    /// from the stock for it and may go back there.
    static func parts(of label: String, on day: Day, since: SQL) -> SQL {
        """
        select g.id, g.code, g.name_fr, g.name_en, p.product_id is not null as asked, c.found, coalesce(l.free, 0) as free,
               part_from_stock(d.id, g.id) is not null as from_stock
        from devices d \(LastStay.joins)
        left join lateral (select max(ordinal) as ordinal from kit_checks where device_id = d.id and checked_at > \(since)) k
            on true
        cross join lateral (
            select product_id from kit_parts where device_kind = d.kind and starts_on = kit_on(d.kind, \(day))
            union
            select product_id from kit_check_parts where device_id = d.id and ordinal = k.ordinal and found <> 'missing'
            union
            select product_id from kit_check_parts
            where device_id = d.id and found = 'stock' and part_from_stock(d.id, product_id) is not null) n
        join products g on g.id = n.product_id
        left join kit_parts p
            on p.product_id = g.id and p.device_kind = d.kind and p.starts_on = kit_on(d.kind, \(day))
        left join kit_check_parts c on c.device_id = d.id and c.ordinal = k.ordinal and c.product_id = g.id
            and not exists (select from kit_returns r where r.device_id = d.id and r.product_id = g.id and r.after_check >= c.ordinal)
        left join stock_levels l on l.product_id = g.id and l.shop_id = \(LastStay.standsIn)
        where d.label = \(label) order by g.code
        """
    }
}

extension Transaction {
    /// What is asked of the machine's kind, in the order in which levels are locked.
    fileprivate func kit(
        of device: LockedDevice,
        on day: Day
    ) throws -> [(product: CountedProduct, told: DeviceKitPart)] {
        try query(DeviceKitPart.parts(of: device.label, on: day, since: "here_since(d.id)"))
            .map { row in
                (
                    CountedProduct(id: try row["id"], code: try row["code"]),
                    try DeviceKitPart(row)
                )
            }
            .filter(\.told.isAsked).sorted { $0.product.id.text < $1.product.id.text }
    }

    /// Whether `staff` took such a part out of the stock for this machine, and it neither went back nor left the shop with it:
    /// off the shelf and on it again is no leaving.
    fileprivate func hasTaken(
        _ product: CountedProduct,
        for device: LockedDevice,
        _ staff: Staff
    ) throws -> Bool {
        try !query(
            """
            select from kit_checks k join kit_check_parts p using (device_id, ordinal)
            where k.device_id = \(device.id) and p.product_id = \(product.id) and p.found = 'stock'
              and k.checked_by = \(staff.id)
              and not exists (select from kit_returns r where r.device_id = k.device_id and r.ordinal = k.ordinal
                              and r.product_id = p.product_id)
              and not exists (select from exits x where x.device_id = k.device_id and x.kind in ('sale', 'gift')
                              and x.left_at >= k.checked_at)
              and not exists (select from transfer_ends e where e.device_id = k.device_id and e.kind = 'arrival'
                              and e.ended_at >= k.checked_at)
            limit 1
            """
        ).isEmpty
    }

    fileprivate func beginCheck(
        of device: LockedDevice,
        by staff: Staff,
        at now: Instant
    ) throws -> Int {
        let last: Int? = try query(
            "select max(ordinal) as last from kit_checks where device_id = \(device.id)"
        )[0]["last"]
        let ordinal = (last ?? 0) + 1
        try execute(
            """
            insert into kit_checks (device_id, ordinal, shop_id, checked_at, checked_by)
            values (\(device.id), \(ordinal), \(device.shop), \(now), \(staff.id))
            """
        )
        return ordinal
    }
}

private func checkComplete(
    _ found: [String: KitFinding],
    _ asked: [String]
) throws(Refusal) {
    if let unknown = found.keys.sorted().first(where: { !asked.contains($0) }) {
        throw Refusal(
            .choiceUnknown,
            [
                "field": .field(.kitPart), "text": .text(unknown),
                "choices": .text(asked.sorted().joined(separator: ", ")),
            ]
        )
    }
    guard !asked.isEmpty, asked.allSatisfy({ found[$0] != nil }) else {
        throw Refusal(.fieldMissing, ["field": .field(.kitPart)])
    }
}
