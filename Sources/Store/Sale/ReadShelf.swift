import Postgres
public import Shop

/// What stands on the till's price list: counted products with a price today.
public struct OfferTile: Sendable {
    public let code: String
    public let french: String
    public let english: String
    public let kind: ProductFacts.Kind
    public let price: Cents
    public let volumeMB: Int?
    public let validDays: Int?
    public let free: Int

    public func name(in language: Language) -> String { language.choose(french, english) }
}

/// What the seller reads of a machine beside its price.
public struct DeviceBuild: Sendable {
    public let kind: String
    public let memoryMB: Int?
    /// Largest first.
    public let disks: [(kind: String, sizeGB: Int)]
}

extension Store {
    /// At most 60 tiles: recharges, then SIM cards, then accessories, each by price.
    public func offerTiles(in shop: ID<Shop>) async throws -> [OfferTile] {
        let today = clock.now().day
        return try await transaction { tx in
            try tx.query(
                """
                select p.code, p.name_fr, p.name_en, p.kind, o.price_cents, o.volume_mb, o.valid_days,
                       coalesce(l.free, 0) as free
                from products p
                cross join lateral (select * from offers where product_id = p.id and starts_on <= \(today)
                                    order by starts_on desc limit 1) o
                left join stock_levels l on l.product_id = p.id and l.shop_id = \(shop)
                where p.kind <> 'device' and o.price_cents is not null
                order by array_position(array['recharge', 'sim', 'accessory'], p.kind), o.price_cents, p.code
                limit 60
                """
            ).map { row in
                OfferTile(
                    code: try row["code"],
                    french: try row["name_fr"],
                    english: try row["name_en"],
                    kind: try row["kind"],
                    price: try row["price_cents"],
                    volumeMB: try row["volume_mb"],
                    validDays: try row["valid_days"],
                    free: try row["free"]
                )
            }
        }
    }

    /// What a machine is made of, for the seller's eye. Throws `deviceUnknown`.
    public func build(of label: String) async throws -> DeviceBuild {
        try await transaction { tx in
            let rows = try tx.pipeline([
                "select kind, memory_mb from devices where label = \(label)",
                """
                select k.kind, k.size_gb from device_disks k join devices d on d.id = k.device_id
                where d.label = \(label) and k.removed_at is null order by k.size_gb desc, k.id
                """,
            ])
            guard let row = rows[0].first else {
                throw Refusal(.deviceUnknown, ["label": .text(label)])
            }
            return DeviceBuild(
                kind: try row["kind"],
                memoryMB: try row["memory_mb"],
                disks: try rows[1].map { (kind: try $0["kind"], sizeGB: try $0["size_gb"]) }
            )
        }
    }
}

extension Store {
    /// The shop's day, now.
    public var today: Day { clock.now().day }
}
