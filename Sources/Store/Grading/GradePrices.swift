import Postgres
public import Shop

/// What machines of a kind and grade are offered at, as a day has it.
public struct GradePrice: Hashable, Sendable, Codable {
    public let deviceKind: DeviceKind
    public let grade: Grade
    public let channel: PriceChannel
    public let startsOn: Day
    /// Nil: nothing is proposed.
    public let priceCents: Cents?
    /// The day of the next change; nil when none is written down.
    public let changesOn: Day?
}

/// A price of the table as somebody sets it, from a day on.
public struct NewGradePrice: Hashable, Sendable, Encodable {
    public let deviceKind: DeviceKind
    public let grade: Grade
    public let channel: PriceChannel
    public let startsOn: Day
    /// Nil: nothing is proposed any more.
    public let price: Cents?

    public init(
        deviceKind: DeviceKind,
        grade: Grade,
        channel: PriceChannel,
        startsOn: Day,
        price: Cents?
    ) {
        self.deviceKind = deviceKind
        self.grade = grade
        self.channel = channel
        self.startsOn = startsOn
        self.price = price
    }
}

extension Store {
    /// The table of a day, today by default: a row a kind, grade and price list, those that ever had a price. 70 at most.
    public func gradePrices(on day: Day? = nil) async throws -> [GradePrice] {
        let day = day ?? clock.now().day
        return try await transaction { tx in try tx.gradePrices(on: day) }
    }

    /// Writes a price of the table down; what stands on a shelf keeps its own. Throws `associationOnly` for whoever does not
    /// work the stock of every shop, `startsInPast` before today, `changeAlreadyDated` when it changes that day already.
    public func setGradePrice(
        _ price: NewGradePrice,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> GradePrice {
        try await command(
            "set-grade-price",
            key: key,
            input: price,
            by: staff,
            facts: ["field": .field(.startsOn), "day": .day(price.startsOn)]
        ) { tx, now in
            try staff.checkHoldsEverywhere(.stockWorkers)
            try checkNotPast(price.startsOn, today: now.day)
            try tx.execute(
                """
                insert into grade_prices (device_kind, grade, channel, starts_on, price_cents, recorded_at, recorded_by)
                values (\(price.deviceKind), \(price.grade), \(price.channel), \(price.startsOn), \(price.price), \(now),
                        \(staff.id))
                """
            )
            return GradePrice(
                deviceKind: price.deviceKind,
                grade: price.grade,
                channel: price.channel,
                startsOn: price.startsOn,
                priceCents: price.price,
                changesOn: nil
            )
        }
    }
}

extension Transaction {
    /// In the order of kinds, price lists and grades.
    func gradePrices(on day: Day) throws -> [GradePrice] {
        try query(
            """
            select distinct on (device_kind, grade, channel) device_kind, grade, channel, starts_on, price_cents,
                (select min(n.starts_on) from grade_prices n where n.device_kind = p.device_kind and n.grade = p.grade
                     and n.channel = p.channel and n.starts_on > \(day)) as changes_on
            from grade_prices p where starts_on <= \(day)
            order by device_kind, grade, channel, starts_on desc
            """
        ).map { row in
            GradePrice(
                deviceKind: try row["device_kind"],
                grade: try row["grade"],
                channel: try row["channel"],
                startsOn: try row["starts_on"],
                priceCents: try row["price_cents"],
                changesOn: try row["changes_on"]
            )
        }.sorted { $0.place.lexicographicallyPrecedes($1.place) }
    }

    /// What the law lets a shop ask for a machine today; nil where it sets nothing.
    func priceCeiling(of device: ID<Device>, on day: Day) throws -> Cents? {
        try query(
            """
            select c.cents_max from devices d join price_ceilings c on c.device_kind = d.kind
            where d.id = \(device) and given_by_public_body(d.id) and c.starts_on <= \(day)
            order by c.starts_on desc limit 1
            """
        ).first?["cents_max"]
    }
}

extension GradePrice {
    fileprivate var place: [Int] {
        [
            DeviceKind.allCases.firstIndex(of: deviceKind) ?? 0,
            PriceChannel.allCases.firstIndex(of: channel) ?? 0,
            Grade.allCases.firstIndex(of: grade) ?? 0,
        ]
    }
}
