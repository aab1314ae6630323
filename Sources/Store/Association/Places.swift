import Foundation
import Postgres
public import Shop

/// A shop to open: what stands on its receipts.
public struct NewShop: Encodable, Sendable {
    let code: String
    let name: String
    let address: String
    let postalCode: String
    let city: String
    let siret: String
    let vatNumber: String?

    public init(
        code: ShopCode,
        name: ShortText,
        address: ShortText,
        postalCode: PostalCode,
        city: ShortText,
        siret: Siret,
        vatNumber: ShortText? = nil
    ) {
        self.code = code.text
        self.name = name.text
        self.address = address.text
        self.postalCode = postalCode.digits
        self.city = city.text
        self.siret = siret.digits
        self.vatNumber = vatNumber?.text
    }

    func statement(_ id: ID<Shop>, at now: Instant) -> SQL {
        """
        insert into shops (id, code, name, address, postal_code, city, siret, vat_number, opened_at)
        values (\(id), \(code), \(name), \(address), \(postalCode), \(city), \(siret), \(vatNumber), \(now))
        """
    }
}

/// A till to open in a shop.
public struct NewTill: Encodable, Sendable {
    let code: String
    let name: String

    public init(code: TillCode, name: ShortText) {
        self.code = code.text
        self.name = name.text
    }

    var shop: String { String(code.prefix(2)) }

    /// The till with the heads of its two chains: the journal's, and training's, which is apart.
    func statements(_ ids: TillIDs, in shop: ID<Shop>, at now: Instant) -> [SQL] {
        let heads: [SQL] = [(ids.chain, false), (ids.training, true)].map { id, training in
            """
            insert into chain_heads (id, till_id, training, position, hash, last_at, drawer_ordinal, sale_number,
                                     refund_number, gift_number, duplicate_number, closing_number, event_number,
                                     archive_number)
            values (\(id), \(ids.till), \(training), 0, \(Data(repeating: 0, count: 32)), \(now), 0, 0, 0, 0, 0, 0, 0, 0)
            """
        }
        return [
            """
            insert into tills (id, shop_id, code, name, opened_at)
            values (\(ids.till), \(shop), \(code), \(name), \(now))
            """
        ] + heads
    }
}

struct TillIDs: Sendable {
    let till: ID<Till>
    let chain: ID<Chain>
    let training: ID<Chain>

    init(_ store: Store) {
        till = store.newID()
        chain = store.newID()
        training = store.newID()
    }
}

extension Store {
    /// Throws `nameTaken`, and `associationOnly` for whoever administers some shops.
    public func openShop(
        _ new: NewShop,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> Created<Shop> {
        let id: ID<Shop> = newID()
        return try await command(
            "open-shop",
            key: key,
            input: new,
            by: staff,
            facts: ["text": .text(new.code)]
        ) { tx, now in
            try staff.checkHoldsEverywhere(.administrators)
            try tx.execute(new.statement(id, at: now))
            return Created(id: id, code: new.code)
        }
    }

    /// Opens a till in the shop whose code begins its own. Throws `unknownThing`, `nameTaken`.
    public func openTill(
        _ new: NewTill,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> Created<Till> {
        let ids = TillIDs(self)
        let code = try ShopCode(typed: new.shop)
        return try await command(
            "open-till",
            key: key,
            input: new,
            by: staff,
            facts: ["text": .text(new.code)]
        ) { tx, now in
            let shop = try tx.shop(code)
            try staff.checkHolds(.administrators, in: shop)
            _ = try tx.pipeline(new.statements(ids, in: shop, at: now))
            return Created(id: ids.till, code: new.code)
        }
    }

    /// Every shop by code: two hundred at most.
    public func shops() async throws -> [ListedShop] {
        try await transaction { tx in
            try tx.query("select id, code, name, city from shops order by code").map { row in
                ListedShop(
                    id: try row["id"],
                    code: try row["code"],
                    name: try row["name"],
                    city: try row["city"]
                )
            }
        }
    }

    /// The tills of a shop, or of all within reach: a thousand at most. Throws `unknownThing` for a shop that is not there.
    public func tills(
        in shop: ShopCode? = nil,
        within reach: Reach = .everyShop
    ) async throws -> [ListedTill] {
        let code = shop?.text
        return try await transaction { tx in
            if let shop { _ = try tx.shop(shop) }
            return try tx.query(
                """
                select t.id, t.code, t.name, h.code as shop, \(scanGapInForce) as gap
                from tills t join shops h on h.id = t.shop_id
                where (\(code)::text is null or h.code = \(code)) and \(reach.condition("t.shop_id"))
                order by h.code, length(t.code), t.code limit 1000
                """
            ).map { row in
                ListedTill(
                    id: try row["id"],
                    code: try row["code"],
                    name: try row["name"],
                    shop: try row["shop"],
                    scanGapMs: try row["gap"]
                )
            }
        }
    }
}

/// A shop in a list.
public struct ListedShop: Codable, Sendable {
    public let id: ID<Shop>
    public let code: String
    public let name: String
    public let city: String
}

/// A till in a list, with its shop's code.
public struct ListedTill: Codable, Sendable {
    public let id: ID<Till>
    public let code: String
    public let name: String
    public let shop: String
    /// The longest pause between two characters of a scan, in milliseconds.
    public let scanGapMs: Int
}
