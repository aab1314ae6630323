import Postgres
public import Shop

/// An article that goes with a machine.
public struct KitPart: Hashable, Sendable, Codable {
    public let product: String
    public let nameFr: String
    public let nameEn: String

    public func name(in language: Language) -> String { language.choose(nameFr, nameEn) }
}

/// What goes with machines of a kind, from a day on.
public struct KitRule: Hashable, Sendable, Codable {
    public let deviceKind: DeviceKind
    public let startsOn: Day
    /// By code; none: nothing goes with it.
    public let parts: [KitPart]
}

extension Store {
    /// Kits by kind of machine, the last first; where `isInForce` those that hold today.
    public func kits(isInForce: Bool = false) async throws -> [KitRule] {
        let day = today
        return try await transaction { tx in
            let rows = try tx.query(
                """
                select k.device_kind, k.starts_on, g.code, g.name_fr, g.name_en
                from kits k left join kit_parts p on p.device_kind = k.device_kind and p.starts_on = k.starts_on
                left join products g on g.id = p.product_id
                where not \(isInForce) or k.starts_on = kit_on(k.device_kind, \(day))
                order by k.device_kind, k.starts_on desc, g.code limit 1000
                """
            )
            var rules: [KitRule] = []
            for row in rows {
                let (kind, startsOn): (DeviceKind, Day) = (
                    try row["device_kind"], try row["starts_on"]
                )
                let code: String? = try row["code"]
                let part = try code.map {
                    KitPart(product: $0, nameFr: try row["name_fr"], nameEn: try row["name_en"])
                }
                var parts = part.map { [$0] } ?? []
                if let last = rules.last, last.deviceKind == kind, last.startsOn == startsOn {
                    parts = last.parts + parts
                    rules.removeLast()
                }
                rules.append(KitRule(deviceKind: kind, startsOn: startsOn, parts: parts))
            }
            return rules
        }
    }

    /// Says what goes with machines of a kind from a day on. Throws `associationOnly` for whoever does not
    /// work the stock of every shop, `startsInPast`, `changeAlreadyDated`, `productUnknown`,
    /// `choiceUnknown` for what is no accessory: what needs a right goes with nothing.
    public func setKit(
        of kind: DeviceKind,
        _ parts: [ShortCode],
        from startsOn: Day,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> KitRule {
        struct Input: Encodable {
            let kind: DeviceKind
            let parts: [String]
            let startsOn: Day
        }
        let codes = Set(parts.map(\.text)).sorted()
        let input = Input(kind: kind, parts: codes, startsOn: startsOn)
        let facts: [String: Refusal.Fact] = [
            "field": .field(.startsOn), "day": .day(startsOn), "code": .text(kind.rawValue),
        ]
        return try await command("set-kit", key: key, input: input, by: staff, facts: facts) {
            tx,
            now in
            try staff.checkHoldsEverywhere(.stockWorkers)
            try checkNotPast(startsOn, today: now.day)
            let found = try tx.accessories(codes)
            _ = try tx.pipeline(
                [
                    """
                    insert into kits (device_kind, starts_on, recorded_at, recorded_by)
                    values (\(kind), \(startsOn), \(now), \(staff.id))
                    """
                ]
                    + found.map { part in
                        """
                        insert into kit_parts (device_kind, starts_on, product_id)
                        values (\(kind), \(startsOn), \(part.id))
                        """
                    }
            )
            return KitRule(deviceKind: kind, startsOn: startsOn, parts: found.map(\.part))
        }
    }
}

extension Transaction {
    /// By code. Throws `productUnknown`, `choiceUnknown`.
    fileprivate func accessories(_ codes: [String]) throws -> [(id: ID<Product>, part: KitPart)] {
        let rows = try query(
            """
            select id, code, kind, name_fr, name_en from products where code = any(\(codes)) order by code
            """
        )
        for code in codes {
            guard let row = try rows.first(where: { try $0["code"] == code }) else {
                throw Refusal(
                    .productUnknown,
                    ["field": .field(.kitPart), "code": .text(code)]
                )
            }
            guard try row["kind"] == ProductFacts.Kind.accessory else {
                throw Refusal(
                    .choiceUnknown,
                    [
                        "field": .field(.kitPart), "text": .text(code),
                        "choices": .text(ProductFacts.Kind.accessory.rawValue),
                    ]
                )
            }
        }
        return try rows.map { row in
            (
                try row["id"],
                KitPart(
                    product: try row["code"],
                    nameFr: try row["name_fr"],
                    nameEn: try row["name_en"]
                )
            )
        }
    }
}
