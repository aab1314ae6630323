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
    /// Nil for one that came into force, or will.
    public let withdrawn: VersionWithdrawal?
}

extension Store {
    /// Kits by kind of machine, the last first; where `isInForce` those that hold today, where `kind` is given those of that
    /// kind. `after` is the last part's `next`.
    public func kits(
        isInForce: Bool = false,
        of kind: DeviceKind? = nil,
        after: String? = nil,
        limit: Int = 100
    ) async throws -> Paged<KitRule> {
        let limit = min(max(limit, 1), 200)
        let last = after.flatMap(VersionPlace.init)
        let day = today
        return try await transaction { tx in
            let rows = try tx.query(
                """
                select k.device_kind, k.starts_on, g.codes, g.names_fr, g.names_en, w.withdrawn_at, b.operator as withdrawn_by
                from kits k left join kit_withdrawals w using (device_kind, starts_on)
                left join users b on b.id = w.withdrawn_by
                cross join lateral (
                    select coalesce(array_agg(g.code order by g.code), '{}') as codes,
                           coalesce(array_agg(g.name_fr order by g.code), '{}') as names_fr,
                           coalesce(array_agg(g.name_en order by g.code), '{}') as names_en
                    from kit_parts p join products g on g.id = p.product_id
                    where p.device_kind = k.device_kind and p.starts_on = k.starts_on) g
                where (not \(isInForce) or k.starts_on = kit_on(k.device_kind, \(day)))
                  and (\(kind)::text is null or k.device_kind = \(kind))
                  and (\(last?.kind)::text is null or k.device_kind > \(last?.kind)
                       or (k.device_kind = \(last?.kind) and k.starts_on < \(last?.startsOn)))
                order by k.device_kind, k.starts_on desc limit \(limit + 1)
                """
            )
            return Paged(try rows.map { try KitRule($0) }, limit: limit) { rule in
                VersionPlace(kind: rule.deviceKind, startsOn: rule.startsOn).text
            }
        }
    }

    /// Says what goes with machines of a kind from a day on. Throws `associationOnly` for whoever does not
    /// work the stock of every shop, `startsInPast`, `startsTooFar`, `changeAlreadyDated`, `productUnknown`, `kitTooLarge`,
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
            try checkSoon(startsOn, today: now.day)
            guard codes.count <= Kit.partsMost else {
                throw Refusal(
                    .kitTooLarge,
                    [
                        "field": .field(.kitPart), "count": .number(Int64(codes.count)),
                        "most": .number(Int64(Kit.partsMost)),
                    ]
                )
            }
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
            return KitRule(
                deviceKind: kind,
                startsOn: startsOn,
                parts: found.map(\.part),
                withdrawn: nil
            )
        }
    }
}

extension KitRule {
    fileprivate init(_ row: Row) throws {
        let (codes, french, english): ([String], [String], [String]) = (
            try row["codes"], try row["names_fr"], try row["names_en"]
        )
        self.init(
            deviceKind: try row["device_kind"],
            startsOn: try row["starts_on"],
            parts: codes.indices.map {
                KitPart(product: codes[$0], nameFr: french[$0], nameEn: english[$0])
            },
            withdrawn: try VersionWithdrawal.read(row)
        )
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
