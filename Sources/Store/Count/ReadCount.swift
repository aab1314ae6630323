public import Postgres
public import Shop

extension CountScope: Bindable, Readable {}

/// A count as lists show it.
public struct CountRow: Hashable, Sendable, Codable {
    public let id: ID<StockCount>
    public let code: String
    public let shop: String
    public let scope: CountScope
    public let stage: CountStage
    public let openedAt: Instant
    public let openedBy: String
    public let closedAt: Instant?
    public let closedBy: String?
    public let endedAt: Instant?
    public let endedBy: String?
    /// Why it was given up.
    public let motive: String
    /// Machines scanned so far.
    public let scanned: Int
    /// Codes scanned that are the label of no machine.
    public let strays: Int

    /// Whether counting goes on: the differences are not seen yet.
    public var isOpen: Bool { stage == .open }

    init(_ row: Row) throws {
        id = try row["id"]
        code = try row["code"]
        shop = try row["shop"]
        scope = try row["scope"]
        openedAt = try row["opened_at"]
        openedBy = try row["opened_by"]
        closedAt = try row["closed_at"]
        closedBy = try row["closed_by"]
        endedAt = try row["ended_at"]
        endedBy = try row["ended_by"]
        motive = try row["motive"]
        scanned = try row["scanned"]
        strays = try row["strays"]
        let end: String? = try row["end_kind"]
        stage = end.flatMap(CountStage.init(rawValue:)) ?? (closedAt == nil ? .open : .closed)
    }

    static let columns: SQL = """
        c.id, c.code, h.name as shop, c.scope, c.opened_at, o.operator as opened_by, k.closed_at, l.operator as closed_by,
        n.kind as end_kind, n.ended_at, m.operator as ended_by, coalesce(n.motive, '') as motive,
        (select count(*)::int from count_scans s where s.count_id = c.id) as scanned,
        (select count(*)::int from count_strays s where s.count_id = c.id) as strays
        """

    static let joins: SQL = """
        join shops h on h.id = c.shop_id join users o on o.id = c.opened_by
        left join count_closings k on k.count_id = c.id left join users l on l.id = k.closed_by
        left join count_ends n on n.count_id = c.id left join users m on m.id = n.ended_by
        """
}

/// Everything that a count's page shows.
public struct CountCard: Hashable, Sendable, Codable {
    public let count: CountRow
    /// Nil while counting goes on: the count is blind.
    public let differences: Differences?
    /// Articles that somebody counted, by code.
    public let articles: [Line]
    /// Who scanned how many machines, the most first.
    public let scanners: [Scanner]
    /// The last scanned, the latest first; 20 at most.
    public let latest: [Scanned]
    /// Codes that are the label of no machine, the latest first; 50 at most.
    public let strays: [String]
    /// Where each of those who scanned a location stands, by operator code.
    public let places: [Place]

    public struct Differences: Hashable, Sendable, Codable {
        /// When the count was opened.
        public let expected: Int
        public let found: Int
        public let missing: Int
        public let unexpected: Int
        public let leftMeanwhile: Int
        /// Lost before, scanned, and in stock again by this count.
        public let restored: Int

        public subscript(outcome: CountOutcome) -> Int {
            switch outcome {
            case .found: found
            case .missing: missing
            case .unexpected: unexpected
            case .leftMeanwhile: leftMeanwhile
            }
        }
    }

    public struct Line: Hashable, Sendable, Codable {
        public let product: String
        public let nameFr: String
        public let nameEn: String
        public let counted: Int
        /// What the stock said at the last number; nil while counting goes on.
        public let expected: Int?
        public let difference: Int?

        public func name(in language: Language) -> String { language.choose(nameFr, nameEn) }
    }

    public struct Scanner: Hashable, Sendable, Codable {
        public let operatorCode: String
        public let scanned: Int
    }

    public struct Place: Hashable, Sendable, Codable {
        public let operatorCode: String
        public let location: String
        public let room: String
        /// Empty for the room as a whole.
        public let shelf: String

        public var name: String { locationName(room, shelf) }
    }

    public struct Scanned: Hashable, Sendable, Codable {
        public let label: String
        public let name: String
        public let at: Instant
        public let operatorCode: String
    }
}

extension Store {
    /// Counts, the last opened first. `after` is the last part's `next`.
    public func counts(
        in reach: Reach = .everyShop,
        after: String? = nil,
        limit: Int = 50
    ) async throws -> Paged<CountRow> {
        let limit = min(max(limit, 1), 200)
        let last = after.flatMap { ID<StockCount>($0) }
        return try await transaction { tx in
            let rows = try tx.query(
                """
                select \(CountRow.columns) from counts c \(CountRow.joins)
                where (\(last)::uuid is null or c.id < \(last)) and \(reach.condition("c.shop_id"))
                order by c.id desc limit \(limit + 1)
                """
            )
            return Paged(try rows.map { try CountRow($0) }, limit: limit) { $0.id.text }
        }
    }

    /// Throws `countUnknown`, also for a count outside `reach`.
    public func count(
        _ code: CountCode,
        in reach: Reach = .everyShop
    ) async throws -> CountCard {
        try await transaction { tx in
            let rows = try tx.pipeline([
                """
                select \(CountRow.columns), c.shop_id from counts c \(CountRow.joins)
                where c.code = \(code.description) and \(reach.condition("c.shop_id"))
                """,
                """
                select u.operator, count(*)::int as scanned from counts c join count_scans s on s.count_id = c.id
                join users u on u.id = s.scanned_by where c.code = \(code.description)
                group by u.operator order by 2 desc, 1
                """,
                """
                select d.label, case when s.stood_here then d.maker else '' end as maker,
                       case when s.stood_here then d.model else '' end as model, s.scanned_at, u.operator
                from counts c join count_scans s on s.count_id = c.id join devices d on d.id = s.device_id
                join users u on u.id = s.scanned_by where c.code = \(code.description)
                order by s.scanned_at desc, d.label limit 20
                """,
                """
                select s.scanned from counts c join count_strays s on s.count_id = c.id
                where c.code = \(code.description) order by s.scanned_at desc, s.scanned limit 50
                """,
                """
                select distinct on (u.operator) u.operator, q.code as location, q.room, q.shelf
                from counts c join count_places s on s.count_id = c.id join users u on u.id = s.counted_by
                join locations q on q.id = s.location_id where c.code = \(code.description)
                order by u.operator, s.ordinal desc
                """,
            ])
            guard let row = rows[0].first else { throw StockCount.unknown(code.description) }
            let count = try CountRow(row)
            let shop: ID<Shop> = try row["shop_id"]
            let articles = try tx.query(CountCard.articles(of: count.id, in: shop))
                .map { try CountCard.Line($0) }
            return CountCard(
                count: count,
                differences: count.isOpen ? nil : try tx.differences(of: count, in: shop),
                articles: count.isOpen ? articles.map(\.blind) : articles,
                scanners: try rows[1].map {
                    CountCard.Scanner(operatorCode: try $0["operator"], scanned: try $0["scanned"])
                },
                latest: try rows[2].map { try CountCard.Scanned($0) },
                strays: try rows[3].map { try $0["scanned"] },
                places: try rows[4].map {
                    CountCard.Place(
                        operatorCode: try $0["operator"],
                        location: try $0["location"],
                        room: try $0["room"],
                        shelf: try $0["shelf"]
                    )
                }
            )
        }
    }

    /// The machines of which a count says `outcome`, the last taken in first. Throws `countUnknown`, `countBlind`.
    public func devices(
        _ outcome: CountOutcome,
        of code: CountCode,
        in reach: Reach = .everyShop,
        after: String? = nil,
        limit: Int = 50
    ) async throws -> Paged<DeviceRow> {
        let limit = min(max(limit, 1), 200)
        let last = after.flatMap { ID<Device>($0) }
        let day = clock.now().day
        return try await transaction { tx in
            let row = try tx.query(
                """
                select \(CountRow.columns), c.shop_id from counts c \(CountRow.joins)
                where c.code = \(code.description) and \(reach.condition("c.shop_id"))
                """
            ).first
            guard let row else { throw StockCount.unknown(code.description) }
            let count = try CountRow(row)
            guard !count.isOpen else {
                throw Refusal(.countBlind, ["code": .text(code.description)])
            }
            let rows = try tx.query(
                """
                select \(DeviceRow.columns(on: day)) from devices d \(DeviceRow.joins(on: day))
                where \(try condition(of: outcome, in: count, of: row["shop_id"])) and \(reach.condition(LastStay.standsIn))
                  and (\(last)::uuid is null or d.id < \(last)) order by d.id desc limit \(limit + 1)
                """
            )
            return Paged(try rows.map { try DeviceRow($0) }, limit: limit) { $0.id.text }
        }
    }
}

/// Of machines `d`.
private func condition(
    of outcome: CountOutcome,
    in count: CountRow,
    of shop: ID<Shop>
) -> SQL {
    let scanned: SQL =
        "select from count_scans s where s.count_id = \(count.id) and s.device_id = d.id"
    let unscanned: SQL = """
        d.id in (select device_id from count_expected where count_id = \(count.id)) and not exists (\(scanned))
        """
    let isMissing: SQL =
        count.stage == .applied
        ? "exists (select from removals r where r.count_id = \(count.id) and r.device_id = d.id)"
        : CountCard.isMissing(from: "\(shop)", since: count.openedAt)
    let stood: SQL =
        "d.id in (select device_id from count_scans where count_id = \(count.id) and stood_here)"
    let strange: SQL =
        "d.id in (select device_id from count_scans where count_id = \(count.id) and not stood_here)"
    switch outcome {
    case .found: return stood
    case .unexpected: return strange
    case .missing: return "\(unscanned) and (\(isMissing))"
    case .leftMeanwhile: return "\(unscanned) and not (\(isMissing))"
    }
}

extension CountCard {
    /// Whether a machine `d` stands in a shop and is its to count.
    static func isHere(in shop: SQL) -> SQL {
        "\(LastStay.standsIn) = \(shop) and \(LastStay.isInStock)"
    }

    /// Whether a machine `d` that nobody scanned is nowhere to be found: it stands there as the stock says, and nobody had it in
    /// hand since: what was sold and came back, sent and taken back, or taken off the shelf was seen.
    static func isMissing(from shop: SQL, since openedAt: Instant) -> SQL {
        """
        \(isHere(in: shop))
        and not exists (select from exits a where a.device_id = d.id and a.left_at > \(openedAt) and a.kind <> 'repricing')
        and not exists (select from transfer_devices a join transfers b on b.id = a.transfer_id
                        where a.device_id = d.id and b.sent_at > \(openedAt))
        """
    }

    /// Articles that were counted: everybody's last number together, held against what the stock said when the last of these
    /// was written down: what moved since, by this count too, is taken off.
    static func articles(of count: ID<StockCount>, in shop: ID<Shop>) -> SQL {
        """
        select p.id as product_id, p.code, p.name_fr, p.name_en, c.counted, k.expected, c.counted - k.expected as difference,
               coalesce(l.free, 0) as free
        from (
            select product_id, sum(units)::int as counted, coalesce(max(counted_at) filter (where units > 0), max(counted_at)) as at from (
                select distinct on (product_id, counted_by) product_id, units, counted_at from count_units
                where count_id = \(count) order by product_id, counted_by, ordinal desc) last
            group by product_id) c
        join products p on p.id = c.product_id
        left join stock_levels l on l.shop_id = \(shop) and l.product_id = c.product_id
        cross join lateral (
            select (coalesce(l.free, 0) - coalesce(sum(m.units), 0))::int as expected from stock_movements m
            where m.shop_id = \(shop) and m.product_id = c.product_id and m.moved_at > c.at) k
        order by p.id
        """
    }
}

extension CountCard.Line {
    init(_ row: Row) throws {
        self.init(
            product: try row["code"],
            nameFr: try row["name_fr"],
            nameEn: try row["name_en"],
            counted: try row["counted"],
            expected: try row["expected"],
            difference: try row["difference"]
        )
    }

    /// Without what the stock says.
    fileprivate var blind: CountCard.Line {
        CountCard.Line(
            product: product,
            nameFr: nameFr,
            nameEn: nameEn,
            counted: counted,
            expected: nil,
            difference: nil
        )
    }
}

extension CountCard.Scanned {
    fileprivate init(_ row: Row) throws {
        self.init(
            label: try row["label"],
            name: machineName(try row["maker"], try row["model"]),
            at: try row["scanned_at"],
            operatorCode: try row["operator"]
        )
    }
}

extension Transaction {
    fileprivate func differences(
        of count: CountRow,
        in shop: ID<Shop>
    ) throws -> CountCard.Differences {
        let missing: SQL =
            count.stage == .applied
            ? "(select count(*)::int from removals r where r.count_id = \(count.id))"
            : """
            (select count(*)::int from count_expected e join devices d on d.id = e.device_id \(LastStay.joins)
             where e.count_id = \(count.id) and not exists (
                 select from count_scans s where s.count_id = e.count_id and s.device_id = e.device_id)
               and \(CountCard.isMissing(from: "\(shop)", since: count.openedAt)))
            """
        let row = try query(
            """
            select (select count(*)::int from count_expected where count_id = \(count.id)) as expected,
                   (select count(*)::int from count_scans where count_id = \(count.id) and stood_here) as found,
                   (select count(*)::int from count_scans where count_id = \(count.id) and not stood_here) as unexpected,
                   (select count(*)::int from count_expected e where e.count_id = \(count.id) and not exists (
                       select from count_scans s where s.count_id = e.count_id and s.device_id = e.device_id)) as unscanned,
                   (select count(*)::int from removal_reversals where count_id = \(count.id)) as restored,
                   \(missing) as missing
            """
        )[0]
        let (missingCount, unscanned): (Int, Int) = (try row["missing"], try row["unscanned"])
        return CountCard.Differences(
            expected: try row["expected"],
            found: try row["found"],
            missing: missingCount,
            unexpected: try row["unexpected"],
            leftMeanwhile: unscanned - missingCount,
            restored: try row["restored"]
        )
    }
}
