import Postgres
public import Shop

/// A machine's passport: what it is, what was done to it, what is promised of it. No word of persons.
public struct DevicePassport: Sendable, Codable {
    public let label: String
    public let token: String?
    /// The association that refurbished it.
    public let association: String
    public let kind: DeviceKind
    public let maker: String
    public let model: String
    public let processor: String
    public let memoryMB: Int?
    public let screen: String
    public let batteryPercent: Int?
    public let grade: Grade?
    public let serial: String
    public let stage: DeviceStage
    /// What goes with it and is with it, by code.
    public let kit: [DeviceKitPart]
    /// What was tried, since it is here or before it left.
    public let tests: [DeviceCard.Checked]
    public let testedOn: Day?
    /// The version of its kind's list that was followed.
    public let listStartsOn: Day?
    public let disks: [DeviceCard.FittedDisk]
    /// When it was repaired, the last first.
    public let repairs: [Day]
    /// Nil until it was handed over, and once it came back.
    public let guarantee: Guarantee?
    /// Nil where no source says it for this kind.
    public let impact: ImpactFactor?

    public struct Guarantee: Hashable, Sendable, Codable {
        public let handedOverOn: Day
        public let endsOn: Day
        /// Until when a defect is presumed to be old; nil for a gift.
        public let presumptionEndsOn: Day?
        public let isGift: Bool
    }
}

extension Store {
    /// Throws `deviceUnknown`, also for a machine that stands outside `reach`.
    public func passport(
        _ label: DeviceLabel,
        in reach: Reach = .everyShop
    ) async throws -> DevicePassport {
        let card = try await device(label, in: reach)
        let day = clock.now().day
        return try await transaction { tx in
            let id = card.device.id
            let rows = try tx.pipeline([
                "select token from passports where device_id = \(id)",
                "select name from association",
                """
                select s.happened_at from after_sales_cases c join after_sales_steps s on s.case_id = c.id
                where c.device_id = \(id) and s.kind = 'repaired' order by s.happened_at desc
                """,
                """
                select x.left_at, x.kind, guaranteed_until(d.id, x.ordinal) as guarantee_ends_on, l.presumption_ends_on
                from devices d join exits x on x.device_id = d.id
                join sale_lines l on l.sale_id = x.sale_id and l.device_id = d.id
                where d.id = \(id) and x.kind in ('sale', 'gift')
                  and x.ordinal = (select max(ordinal) from stays where device_id = d.id)
                  and l.guarantee_ends_on is not null and not \(LastStay.cameBack)
                """,
                """
                select device_kind, starts_on, carbon_grams, materials_grams, waste_grams, source from impact_factors
                where device_kind = \(card.device.kind) and starts_on <= \(day) order by starts_on desc limit 1
                """,
            ])
            return DevicePassport(
                label: card.device.label,
                token: try rows[0].first?["token"],
                association: try rows[1].first?["name"] ?? "",
                kind: card.device.kind,
                maker: card.device.maker,
                model: card.device.model,
                processor: card.device.processor,
                memoryMB: card.device.memoryMB,
                screen: card.screen,
                batteryPercent: card.batteryPercent,
                grade: card.device.grade,
                serial: card.serial,
                stage: card.device.stage,
                kit: card.kit.filter(\.isThere),
                tests: card.lastInspection?.results ?? [],
                testedOn: card.lastInspection?.at.day,
                listStartsOn: card.lastInspection?.listStartsOn,
                disks: card.disks,
                repairs: try rows[2].map { row -> Day in
                    let at: Instant = try row["happened_at"]
                    return at.day
                },
                guarantee: try rows[3].first.map { row in
                    let at: Instant = try row["left_at"]
                    let kind: DeviceExit = try row["kind"]
                    return DevicePassport.Guarantee(
                        handedOverOn: at.day,
                        endsOn: try row["guarantee_ends_on"],
                        presumptionEndsOn: try row["presumption_ends_on"],
                        isGift: kind == .gift
                    )
                },
                impact: try rows[4].first.map { try ImpactFactor($0) }
            )
        }
    }

    /// The passport at this address. Throws `unknownThing` where there is none.
    public func passport(_ token: PassportToken) async throws -> DevicePassport {
        let label: String? = try await transaction { tx in
            try tx.query(
                """
                select d.label from passports p join devices d on d.id = p.device_id where p.token = \(token.text)
                """
            ).first?["label"]
        }
        guard let label, let printed = DeviceLabel(scanned: label) else {
            throw Refusal(.unknownThing)
        }
        return try await passport(printed)
    }

    /// What a further year of use avoids, by kind, the last row first; where `isInForce` those that hold today. `after` is the
    /// last part's `next`.
    public func impactFactors(
        isInForce: Bool = false,
        after: String? = nil,
        limit: Int = 100
    ) async throws -> Paged<ImpactFactor> {
        let limit = min(max(limit, 1), 200)
        let last = after.flatMap(VersionPlace.init)
        let day = clock.now().day
        return try await transaction { tx in
            let rows = try tx.query(
                """
                select device_kind, starts_on, carbon_grams, materials_grams, waste_grams, source from impact_factors f
                where (not \(isInForce) or (starts_on <= \(day) and not exists (
                    select from impact_factors l where l.device_kind = f.device_kind and l.starts_on <= \(day)
                      and l.starts_on > f.starts_on)))
                  and (\(last?.kind)::text is null or device_kind > \(last?.kind)
                       or (device_kind = \(last?.kind) and starts_on < \(last?.startsOn)))
                order by device_kind, starts_on desc limit \(limit + 1)
                """
            )
            return Paged(try rows.map { try ImpactFactor($0) }, limit: limit) { factor in
                VersionPlace(kind: factor.deviceKind, startsOn: factor.startsOn).text
            }
        }
    }

    /// Says what a further year of use avoids, from a day on. Throws `changeAlreadyDated`, `fieldMissing` for a row without
    /// any number, `quantityOutOfRange`.
    public func setImpactFactor(
        _ factor: ImpactFactor,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> ImpactFactor {
        try await command("set-impact-factor", key: key, input: factor, by: staff) { tx, now in
            try staff.checkHoldsEverywhere(.administrators)
            let grams = [factor.carbonGrams, factor.materialsGrams, factor.wasteGrams]
                .compactMap(\.self)
            guard !grams.isEmpty else { throw Refusal(.fieldMissing, ["field": .field(.grams)]) }
            guard grams.allSatisfy({ 1...10_000_000 ~= $0 }) else {
                throw Refusal(
                    .quantityOutOfRange,
                    ["field": .field(.grams), "least": .number(1), "most": .number(10_000_000)]
                )
            }
            try tx.execute(
                """
                insert into impact_factors (device_kind, starts_on, carbon_grams, materials_grams, waste_grams, source,
                                            recorded_at, recorded_by)
                values (\(factor.deviceKind), \(factor.startsOn), \(factor.carbonGrams), \(factor.materialsGrams),
                        \(factor.wasteGrams), \(factor.source), \(now), \(staff.id))
                """
            )
            return factor
        }
    }

    /// The passport of a machine that is taken in.
    func insertPassport(of device: ID<Device>, at now: Instant) -> SQL {
        """
        insert into passports (device_id, token, made_at)
        values (\(device), \(PassportToken(random: randomness.bytes(PassportToken.length)).text), \(now))
        """
    }
}

extension ImpactFactor {
    fileprivate init(_ row: Row) throws {
        self.init(
            deviceKind: try row["device_kind"],
            startsOn: try row["starts_on"],
            carbonGrams: try row["carbon_grams"],
            materialsGrams: try row["materials_grams"],
            wasteGrams: try row["waste_grams"],
            source: try row["source"]
        )
    }
}
