import Foundation
import Postgres
import Shop
import Store
import Testing

/// Wazemmes with a recharge that is a code of the vault, a declared format, and a second person who approves.
struct Vault: Sendable {
    let at: Wazemmes
    let second: ID<User>

    static let product = "recharge-code-5"

    var store: Store { at.store }
    func key() -> ID<Claim> { at.key() }

    /// Another person than the seller, who answers for the shop too.
    func approver(at till: Int? = nil, role: Role = .shopManager) -> Staff {
        Staff(
            id: second,
            operatorCode: "BN",
            name: "Responsable",
            language: .french,
            firstDay: false,
            roles: [Staff.Held(role: role, shop: nil)],
            till: till.map { at.tills[$0] }
        )
    }

    /// Codes of fourteen digits that end with their number.
    static func code(_ number: Int) -> String { String(70_000_000_000_000 + number) }

    static func file(_ numbers: Range<Int>, expires: String = "31/12/2099") -> String {
        "Serie;PIN;Date\n"
            + numbers.map { "S\($0);\(code($0));\(expires)" }.joined(separator: "\n") + "\n"
    }

    func delivery(
        _ text: String,
        units: Int,
        format: String = "sfr-csv",
        product: String = Vault.product,
        slip: String = "BL-1"
    ) throws -> CodeDelivery {
        CodeDelivery(
            fileName: "codes.csv",
            bytes: Array(text.utf8),
            slip: try DeliverySlip(
                number: ShortText(typed: slip, field: .deliverySlip),
                units: units,
                value: Cents(500 * Int64(units))
            ),
            product: try ShortCode(typed: product),
            format: try ShortCode(typed: format)
        )
    }

    /// A batch of codes, taken in by the seller.
    func takeIn(_ numbers: Range<Int>, expires: String = "31/12/2099") async throws
        -> CodeBatchCode
    {
        let made = try await store.importCodes(
            delivery(Self.file(numbers, expires: expires), units: numbers.count),
            into: at.shop,
            key: key(),
            by: at.staff()
        )
        return try CodeBatchCode.typed(made.batch ?? "")
    }

    @discardableResult
    func stock(_ numbers: Range<Int>, expires: String = "31/12/2099") async throws
        -> CodeBatchCode
    {
        let batch = try await takeIn(numbers, expires: expires)
        _ = try await store.decideCodes(batch, rejection: nil, key: key(), by: approver())
        return batch
    }

    func request(_ units: Int = 1, voucher: String = Wazemmes.aminaVoucher) throws -> SaleRequest {
        try SaleRequest(
            buyer: .voucher(voucher, nil),
            lines: [.product(Self.product, quantity: units)],
            tender: .payments([.init(means: .cash, tendered: Cents(500 * Int64(units)))])
        )
    }

    func sell(_ units: Int = 1, at till: Int = 0, voucher: String = Wazemmes.aminaVoucher)
        async throws -> Ticket
    {
        try await store.sell(
            request(units, voucher: voucher),
            key: key(),
            by: at.staff(till)
        )
    }

    func refund(_ ticket: Ticket, units: Int? = nil, by staff: Staff? = nil) async throws {
        _ = try await store.giveBack(
            RefundRequest(
                sale: ticket.sale.id,
                lines: units.map { [RefundRequest.Line(position: 1, units: $0)] },
                reason: .changedMind,
                means: .cash
            ),
            key: key(),
            by: staff ?? at.staff()
        )
    }

    /// At the second till: a code that came back unseen and was sold again, one that came back seen, and one that stays sold.
    func tradeCodes() async throws {
        let seller = at.staff(1)
        try await at.furnishPersons(1)
        func sell(_ units: Int = 1) async throws -> Ticket {
            try await self.sell(units, at: 1, voucher: Wazemmes.voucher(of: 0))
        }
        try await stock(1..<3)
        try await refund(sell(2), by: seller)
        let seen = try await sell()
        _ = try await store.revealCodes(of: seen.code, key: key(), by: seller)
        _ = try await store.clearCode(
            of: seen.code,
            line: 1,
            unit: 1,
            proof: ShortText(typed: "SFR 4711", field: .proof),
            key: key(),
            by: approver()
        )
        try await refund(seen, by: seller)
        _ = try await sell()
    }

    var free: Int {
        get async throws {
            try await at.count(
                """
                select coalesce((select free from stock_levels l join products p on p.id = l.product_id
                                 where p.code = \(Self.product)), 0)
                """
            )
        }
    }

    /// Another shop, and the seller at its till with an open drawer.
    func secondShop() async throws -> Staff {
        let (shop, till): (ID<Shop>, ID<Till>) = (store.newID(), store.newID())
        let hash = Data(repeating: 0, count: 32)
        for statement in [
            """
            insert into shops (id, code, name, address, postal_code, city, siret, opened_at)
            values (\(shop), 'RX', 'Roubaix', '2 rue', '59100', 'Roubaix', '12345678200010', now())
            """,
            """
            insert into tills (id, shop_id, code, name, opened_at) values (\(till), \(shop), 'RX1', 'Caisse', now())
            """,
            """
            insert into chain_heads (id, till_id, training, position, hash, last_at, drawer_ordinal, sale_number,
                refund_number, gift_number, duplicate_number, closing_number, event_number, archive_number)
            values (gen_random_uuid(), \(till), false, 0, \(hash), now(), 0, 0, 0, 0, 0, 0, 0, 0)
            """,
        ] as [SQL] { try await at.execute(statement) }
        let staff = Staff(
            id: at.seller,
            operatorCode: "AM",
            name: "Vente",
            language: .french,
            firstDay: false,
            roles: [Staff.Held(role: .shopManager, shop: nil)],
            till: TillPlace(
                id: till,
                code: "RX1",
                name: "Caisse",
                shop: shop,
                shopCode: "RX",
                shopName: "Roubaix"
            )
        )
        _ = try await store.openDrawer(float: Cents(10_000), key: key(), by: staff)
        return staff
    }

    func constraint(_ statements: SQL...) async -> String? { await at.constraint(of: statements) }
}

func withVault<T: Sendable>(_ body: @Sendable (Vault) async throws -> T) async throws -> T {
    try await withWazemmes { at in
        let second: ID<User> = at.store.newID()
        for statement in [
            """
            insert into users (id, login, operator, name, language, first_day, recorded_at)
            values (\(second), 'basile', 'BN', 'Responsable', 'fr', false, now())
            """,
            """
            insert into products (id, code, kind, category, name_fr, name_en, operator, delivery, recorded_at)
            values (gen_random_uuid(), \(Vault.product), 'recharge', 'connection', 'Recharge SFR 5 €', 'SFR €5 recharge', 'SFR',
                    'code', now())
            """,
            """
            insert into offers (product_id, starts_on, price_cents, volume_mb, valid_days, recorded_at)
            select id, '2000-01-01', 500, 20000, 30, now() from products where code = \(Vault.product)
            """,
            """
            insert into dated_numbers (name, starts_on, amount, recorded_at)
            values ('code_retry_minutes', '2000-01-01', 10, now())
            """,
        ] as [SQL] { try await at.execute(statement) }
        let vault = Vault(at: at, second: second)
        _ = try await at.store.declareCodeFormat(
            CodeFormat(
                code: ShortCode(typed: "sfr-csv"),
                name: ShortText(typed: "SFR, CSV", field: .name),
                codeLength: 14,
                codeColumn: "PIN",
                serialColumn: "Serie",
                expiryColumn: "Date"
            ),
            key: at.key(),
            by: at.staff()
        )
        return try await body(vault)
    }
}
