public import Postgres
public import Shop

/// A transfer as lists show it.
public struct TransferRow: Hashable, Sendable, Codable {
    public let id: ID<Transfer>
    public let code: String
    /// Who sent it, and to whom.
    public let shop: String
    public let to: String
    public let sentAt: Instant
    public let operatorCode: String
    /// Machines on the slip, and those that are still on their way.
    public let devices: Int
    public let devicesOpen: Int
    /// Articles on the slip, a kind a line, and those that nobody ticked off yet.
    public let products: Int
    public let productsOpen: Int
    /// Machines lost and not found there after all, and lines of articles of which fewer came.
    public let missing: Int

    public var isOpen: Bool { devicesOpen + productsOpen > 0 }

    init(_ row: Row) throws {
        id = try row["id"]
        code = try row["code"]
        shop = try row["shop"]
        to = try row["to_shop"]
        sentAt = try row["sent_at"]
        operatorCode = try row["operator"]
        devices = try row["devices"]
        devicesOpen = try row["devices_open"]
        products = try row["products"]
        productsOpen = try row["products_open"]
        missing = try row["missing"]
    }

    static let columns: SQL = """
        r.id, r.code, h.name as shop, o.name as to_shop, r.sent_at, u.operator,
        v.devices, v.devices_open, l.products, l.products_open, v.lost + l.fewer as missing
        """

    static let joins: SQL = """
        join shops h on h.id = r.shop_id join shops o on o.id = r.to_shop_id join users u on u.id = r.sent_by
        cross join lateral (
            select count(*)::int as devices, (count(*) filter (where e.kind is null))::int as devices_open,
                   (count(*) filter (where e.kind = 'loss' and f.found_at is null))::int as lost
            from transfer_devices t left join transfer_ends e on e.device_id = t.device_id and e.ordinal = t.ordinal
            left join transfer_findings f on f.device_id = t.device_id and f.ordinal = t.ordinal
            where t.transfer_id = r.id) v
        cross join lateral (
            select count(*)::int as products, (count(*) filter (where a.units is null))::int as products_open,
                   (count(*) filter (where a.units < t.units))::int as fewer
            from transfer_products t
            left join transfer_arrivals a on a.transfer_id = t.transfer_id and a.product_id = t.product_id
            where t.transfer_id = r.id) l
        """
}

/// How far transfers have come. The words of the list's tabs; raw values are sent.
public enum TransferStage: String, CaseIterable, Sendable, Codable {
    case open, ended

    public func name(in language: Language) -> String {
        switch self {
        case .open: language.choose("En route", "On their way")
        case .ended: language.choose("Arrivés", "Arrived")
        }
    }
}

/// Everything that a slip shows.
public struct TransferCard: Hashable, Sendable, Codable {
    public let transfer: TransferRow
    public let fromShop: ID<Shop>
    public let toShop: ID<Shop>
    /// By label.
    public let devices: [Machine]
    /// By code.
    public let products: [Line]

    public struct Machine: Hashable, Sendable, Codable {
        public let label: String
        public let kind: DeviceKind
        public let maker: String
        public let model: String
        /// Nil while it is on its way.
        public let ended: Ending?
        public let endedAt: Instant?
        /// When it was found where it was sent to after all; nil where it was not.
        public let foundAt: Instant?
        /// Whether it is missing still: neither found there, nor put back by who sent it.
        public let isMissing: Bool
    }

    public struct Line: Hashable, Sendable, Codable {
        public let product: String
        public let nameFr: String
        public let nameEn: String
        public let sent: Int
        /// Nil while nobody ticked it off.
        public let arrived: Int?
        public let motive: String

        public func name(in language: Language) -> String { language.choose(nameFr, nameEn) }
    }

    /// How a machine's journey ended. Raw values are stored: never rename or reuse one.
    public enum Ending: String, Sendable, Codable, Bindable, Readable {
        case arrival, `return`, loss

        public func name(in language: Language) -> String {
            switch self {
            case .arrival: language.choose("Arrivé", "Arrived")
            case .return: language.choose("Repris", "Taken back")
            case .loss: language.choose("Manquant", "Missing")
            }
        }
    }
}

extension Store {
    /// Transfers from or to the shops of `reach`, the last sent first. `after` is the last part's `next`.
    public func transfers(
        stage: TransferStage? = nil,
        in reach: Reach = .everyShop,
        after: String? = nil,
        limit: Int = 50
    ) async throws -> Paged<TransferRow> {
        let limit = min(max(limit, 1), 200)
        let last = after.flatMap { ID<Transfer>($0) }
        return try await transaction { tx in
            var conditions: SQL = "(\(last)::uuid is null or r.id < \(last)) and \(isWithin(reach))"
            if let stage {
                conditions =
                    stage == .open
                    ? "\(conditions) and r.id in (\(stillOpen))"
                    : "\(conditions) and r.id not in (\(stillOpen))"
            }
            let rows = try tx.query(
                """
                select \(TransferRow.columns) from transfers r \(TransferRow.joins)
                where \(conditions) order by r.id desc limit \(limit + 1)
                """
            )
            return Paged(try rows.map { try TransferRow($0) }, limit: limit) { $0.id.text }
        }
    }

    /// Throws `transferUnknown`, also for one neither from nor to a shop of `reach`.
    public func transfer(
        _ code: TransferCode,
        in reach: Reach = .everyShop
    ) async throws -> TransferCard {
        try await transaction { tx in
            let rows = try tx.pipeline([
                """
                select \(TransferRow.columns), r.shop_id, r.to_shop_id from transfers r \(TransferRow.joins)
                where r.code = \(code.description) and \(isWithin(reach))
                """,
                """
                select d.label, d.kind, d.maker, d.model, e.kind as ended, e.ended_at, f.found_at,
                       \(TransferCard.openLoss) is not null as missing
                from transfers r join transfer_devices v on v.transfer_id = r.id join devices d on d.id = v.device_id
                left join transfer_ends e on e.device_id = v.device_id and e.ordinal = v.ordinal
                left join transfer_findings f on f.device_id = v.device_id and f.ordinal = v.ordinal
                where r.code = \(code.description) order by d.label
                """,
                """
                select p.code, p.name_fr, p.name_en, l.units as sent, a.units as arrived, coalesce(a.motive, '') as motive
                from transfers r join transfer_products l on l.transfer_id = r.id join products p on p.id = l.product_id
                left join transfer_arrivals a on a.transfer_id = l.transfer_id and a.product_id = l.product_id
                where r.code = \(code.description) order by p.code
                """,
            ])
            guard let row = rows[0].first else { throw Transfer.unknown(code.description) }
            return TransferCard(
                transfer: try TransferRow(row),
                fromShop: try row["shop_id"],
                toShop: try row["to_shop_id"],
                devices: try rows[1].map { row in
                    TransferCard.Machine(
                        label: try row["label"],
                        kind: try row["kind"],
                        maker: try row["maker"],
                        model: try row["model"],
                        ended: try row["ended"],
                        endedAt: try row["ended_at"],
                        foundAt: try row["found_at"],
                        isMissing: try row["missing"]
                    )
                },
                products: try rows[2].map { row in
                    TransferCard.Line(
                        product: try row["code"],
                        nameFr: try row["name_fr"],
                        nameEn: try row["name_en"],
                        sent: try row["sent"],
                        arrived: try row["arrived"],
                        motive: try row["motive"]
                    )
                }
            )
        }
    }
}

private func isWithin(_ reach: Reach) -> SQL {
    "(\(reach.condition("r.shop_id")) or \(reach.condition("r.to_shop_id")))"
}

/// Of which something is on its way: few at any time.
private let stillOpen: SQL = """
    select v.transfer_id from transfer_devices v where not exists (
        select from transfer_ends e where e.device_id = v.device_id and e.ordinal = v.ordinal)
    union
    select p.transfer_id from transfer_products p where not exists (
        select from transfer_arrivals a where a.transfer_id = p.transfer_id and a.product_id = p.product_id)
    """
