import Crypto
import Foundation
import Postgres
import Shop
import Store
import TestSupport

/// A shop with two tills and open drawers, Amina with a voucher for equipment and connection, Bruno of another household
/// with one for both, machines on the shelf and recharges in the drawer.
struct Wazemmes: Sendable {
    let store: Store
    let owner: Pool
    let shop: ID<Shop>
    let seller: ID<User>
    let tills: [TillPlace]
    let amina: ID<Person>
    let bruno: ID<Person>

    static let aminaVoucher = VoucherCode(random: Array(repeating: 1, count: 11)).digits
    static let brunoVoucher = VoucherCode(random: Array(repeating: 2, count: 11)).digits
    static let programme = "lille"

    /// The seller at one of the tills.
    func staff(_ till: Int = 0) -> Staff {
        Staff(
            id: seller,
            operatorCode: "AM",
            name: "Vente",
            language: .french,
            firstDay: false,
            roles: [Staff.Held(role: .shopManager, shop: nil)],
            till: tills[till]
        )
    }

    /// Who keeps the books, of the association or of one shop.
    func accountant(in shop: ID<Shop>? = nil) -> Staff {
        Staff(
            id: seller,
            operatorCode: "AM",
            name: "Comptes",
            language: .french,
            firstDay: false,
            roles: [Staff.Held(role: .accountant, shop: shop)],
            till: tills[0]
        )
    }

    static func label(_ number: Int) -> String {
        "LIPC26-" + String(repeating: "0", count: 4 - String(number).count) + String(number)
    }

    func key() -> ID<Claim> { store.newID() }

    func request(
        _ voucher: String? = Wazemmes.aminaVoucher,
        of person: ID<Person>? = nil,
        device: Int? = nil,
        recharges: Int = 0,
        recharge: String = "recharge-5",
        mice: Int = 0,
        gift: Bool = false,
        cash: Int64? = nil
    ) throws -> SaleRequest {
        var lines: [SaleRequest.Line] = []
        var total: Int64 = 0
        if let device {
            lines.append(.device(Wazemmes.label(device)))
            total += 9000
        }
        if recharges > 0 {
            lines.append(.product(recharge, quantity: recharges))
            total += 500 * Int64(recharges)
        }
        if mice > 0 {
            lines.append(.product("mouse", quantity: mice))
            total += 300 * Int64(mice)
        }
        let paid = try Cents(cash ?? total)
        return try SaleRequest(
            buyer: voucher.map { .voucher($0, person) },
            lines: lines,
            tender: gift
                ? .gift(Wazemmes.programme) : .payments([.init(means: .cash, tendered: paid)])
        )
    }

    /// The voucher of one of those whom `furnishPersons` brings.
    static func voucher(of number: Int) -> String {
        let digits = String(number + 10_000).compactMap { $0.wholeNumberValue.map(UInt8.init) }
        return VoucherCode(random: [7, 7, 7, 7, 7, 7] + digits).digits
    }

    /// As many persons more, each with a household, a voucher for recharges, and marks of their own in all that is theirs.
    func furnishPersons(_ count: Int) async throws {
        try await owner.transaction { tx in
            let codes = (0..<count).map { Wazemmes.voucher(of: $0) }
            for statement in [
                """
                create temporary table guests on commit drop as
                select n, gen_random_uuid() as person, gen_random_uuid() as household, gen_random_uuid() as voucher, code
                from unnest(\(codes)::text[]) with ordinality as c (code, n)
                """,
                """
                insert into persons (id, code, recorded_at)
                select person, 'P-' || translate(lpad(n::text, 6, '0'), '0123456789', 'BCDFGHJKLN'), now() from guests
                """,
                """
                insert into identities (person_id, given_name, family_name)
                select person, 'MARKER-GIVEN-' || n, 'MARKER-FAMILY-' || n from guests
                """,
                """
                insert into person_facts (person_id, starts_on, recorded_at, birth_year, quarter)
                select person, '2020-01-01', now(), 1980, 'MARKER-QUARTER-' || n from guests
                """,
                "insert into households (id, recorded_at) select household, now() from guests",
                """
                insert into household_members (id, household_id, person_id, joined_on, recorded_at)
                select gen_random_uuid(), household, person, '2020-01-01', now() from guests
                """,
                """
                insert into vouchers (id, code, structure_id, prescriber_id, household_size, signed_on, valid_until,
                                      original_kept, signature_seen, recorded_at, recorded_by)
                select g.voucher, g.code, p.structure_id, p.id, 1, '2026-01-01', '2100-01-01', true, true, '2026-01-02', \(seller)
                from guests g, prescribers p
                """,
                "insert into voucher_persons (voucher_id, person_id) select voucher, person from guests",
                """
                insert into voucher_details (voucher_id, wish, remarks)
                select voucher, 'laptop', 'MARKER-REMARKS-' || n from guests
                """,
                """
                insert into rights (id, voucher_id, category, starts_on, ends_on, uses_max, recorded_at)
                select gen_random_uuid(), voucher, 'connection', '2026-01-01', '2100-01-01', null, '2026-01-02' from guests
                """,
            ] as [SQL] { try tx.execute(statement) }
        }
    }

    func count(_ sql: SQL) async throws -> Int {
        try await owner.withConnection { try $0.query(sql)[0][0] }
    }

    func execute(_ sql: SQL) async throws {
        _ = try await owner.withConnection { try $0.execute(sql) }
    }

    /// What holds against statements of the service's own role, in one transaction; nil where nothing does.
    func constraint(_ statements: SQL...) async -> String? { await constraint(of: statements) }

    func constraint(of statements: [SQL]) async -> String? {
        do {
            try await owner.transaction { tx in
                try tx.execute("set local role comptoir_app")
                for statement in statements { try tx.execute(statement) }
            }
            return nil
        } catch let error as PostgresError {
            return error.constraint ?? error.message
        } catch { return "\(error)" }
    }
}

/// Runs the body in a shop of its own.
func withWazemmes<T: Sendable>(
    machines: Int = 12,
    recharges: Int = 1000,
    tills: Int = 2,
    _ body: @Sendable (Wazemmes) async throws -> T
) async throws -> T {
    try await withStoreAndOwner { store, owner in
        let shop: ID<Shop> = store.newID()
        let places = (1...tills).map { number in
            TillPlace(
                id: store.newID(),
                code: "LI\(number)",
                name: "Caisse \(number)",
                shop: shop,
                shopCode: "LI",
                shopName: "Lille Wazemmes"
            )
        }
        let people: [ID<Person>] = [store.newID(), store.newID()]
        let seller: ID<User> = store.newID()
        let wazemmes = Wazemmes(
            store: store,
            owner: owner,
            shop: shop,
            seller: seller,
            tills: places,
            amina: people[0],
            bruno: people[1]
        )
        try await furnish(wazemmes, machines: machines, recharges: recharges)
        for till in places.indices {
            _ = try await store.openDrawer(
                float: Cents(10_000),
                key: wazemmes.key(),
                by: wazemmes.staff(till)
            )
        }
        return try await body(wazemmes)
    }
}

private func furnish(_ at: Wazemmes, machines: Int, recharges: Int) async throws {
    let key = at.store.journalKey
    try await at.owner.transaction { tx in
        let now = Instant(iso: "2026-01-01T09:00:00Z") ?? Instant(microseconds: 0)
        try tx.execute(
            """
            insert into association (name, siret, kind, founded_at)
            values ('Solidarité numérique', '12345678200010', 'real', \(now))
            """
        )
        try tx.execute(
            """
            insert into shops (id, code, name, address, postal_code, city, siret, opened_at)
            values (\(at.shop), 'LI', 'Lille Wazemmes', '1 place', '59000', 'Lille', '12345678200010', \(now))
            """
        )
        try tx.execute(
            """
            insert into users (id, login, operator, name, language, first_day, recorded_at)
            values (\(at.seller), 'amel', 'AM', 'Vente', 'fr', false, \(now))
            """
        )
        try tx.execute(
            """
            insert into vat_rules (id, regime, rate_bp, starts_on, recorded_at)
            values (\(at.store.newID(Shop.self)), 'exempt_261_7', 0, '2000-01-01', \(now))
            """
        )
        try tx.execute(
            """
            insert into journal_keys (id, public_key, starts_at) values (\(key.id), \(key.bytes), \(now))
            on conflict do nothing
            """
        )
        for till in at.tills {
            try tx.execute(
                """
                insert into tills (id, shop_id, code, name, opened_at)
                values (\(till.id), \(at.shop), \(till.code), \(till.name), \(now))
                """
            )
            try tx.execute(
                """
                insert into chain_heads (id, till_id, training, position, hash, last_at, drawer_ordinal, sale_number,
                    refund_number, gift_number, duplicate_number, closing_number, event_number, archive_number)
                values (\(at.store.newID(Chain.self)), \(till.id), false, 0, \(Data(repeating: 0, count: 32)), \(now),
                        0, 0, 0, 0, 0, 0, 0, 0)
                """
            )
        }
        try furnishNumbers(at, tx, now)
        try furnishGoods(at, tx, now, machines: machines, recharges: recharges)
        try furnishPeople(at, tx, now)
    }
}

private func furnishNumbers(_ at: Wazemmes, _ tx: Transaction, _ now: Instant) throws {
    for (name, amount) in [
        ("voucher_presented_months", 3), ("guarantee_months", 24), ("presumption_months", 12),
        ("gift_guarantee_months", 12), ("repair_guarantee_months", 6),
        ("exchange_guarantee_months", 24), ("right_completion_months", 9),
        ("day_ends_minutes", 0), ("original_print_minutes", 60), ("clock_tolerance_seconds", 300),
        ("signed_sheets_most", 20), ("board_bench_days", 30), ("board_shelf_days", 60),
    ] {
        try tx.execute(
            """
            insert into dated_numbers (name, starts_on, amount, recorded_at)
            values (\(name), '2000-01-01', \(amount), \(now)) on conflict do nothing
            """
        )
    }
    try tx.execute(
        """
        insert into quota_rules (code, starts_on, category, holder, span, months, units_max, cents_max, origins, exits,
                                 recorded_at)
        values ('computer-per-household', '2000-01-01', 'equipment', 'household', 'sliding_months', 24, 1, null,
                array['voucher', 'completion'], array['sale', 'gift'], \(now)),
               ('recharges-per-month', '2000-01-01', 'connection', 'person', 'calendar_month', 1, null, 3000,
                array['voucher', 'completion'], array['sale', 'gift'], \(now))
        """
    )
    try tx.execute(
        """
        insert into programmes (id, code, name, territory, starts_on, ends_on, parents_target, runs_target, recorded_at)
        values (\(at.store.newID(Programme.self)), 'lille', 'Parents', 'Lille', '2022-06-01', '2100-01-01', 100, 16,
                \(now))
        """
    )
}

private func furnishGoods(
    _ at: Wazemmes,
    _ tx: Transaction,
    _ now: Instant,
    machines: Int,
    recharges: Int
) throws {
    let (laptop, recharge, mouse): (ID<Product>, ID<Product>, ID<Product>) = (
        at.store.newID(), at.store.newID(), at.store.newID()
    )
    try tx.execute(
        """
        insert into products (id, code, kind, device_kind, category, name_fr, name_en, delivery, recorded_at)
        values (\(laptop), 'laptop', 'device', 'laptop', 'equipment', 'Ordinateur portable', 'Laptop', null, \(now)),
               (\(recharge), 'recharge-5', 'recharge', null, 'connection', 'Recharge 5 €', '€5 recharge', 'card', \(now)),
               (\(mouse), 'mouse', 'accessory', null, null, 'Souris', 'Mouse', null, \(now))
        """
    )
    try tx.execute(
        """
        insert into offers (product_id, starts_on, price_cents, volume_mb, valid_days, recorded_at)
        values (\(recharge), '2000-01-01', 500, 20000, 30, \(now)), (\(mouse), '2000-01-01', 300, null, null, \(now))
        """
    )
    for product in [recharge, mouse] where recharges > 0 {
        try tx.execute(
            """
            insert into stock_levels (shop_id, product_id, free) values (\(at.shop), \(product), \(recharges))
            """
        )
        try tx.execute(
            """
            insert into stock_movements (id, shop_id, product_id, units, kind, moved_at, moved_by)
            values (\(at.store.newID(StockMovement.self)), \(at.shop), \(product), \(recharges), 'receipt', \(now),
                    \(at.seller))
            """
        )
    }
    try tx.execute(
        """
        with made as (
            insert into inspection_lists (device_kind, starts_on, item_count, recorded_at)
            values ('laptop', '2000-01-01', 1, \(now)) returning device_kind, starts_on)
        insert into inspection_list_items (device_kind, starts_on, item, position, name_fr, name_en, must_pass)
        select device_kind, starts_on, 'screen', 1, 'Écran', 'Screen', true from made
        """
    )
    for number in 0..<machines {
        let device: ID<Device> = at.store.newID()
        try tx.execute(
            """
            insert into devices (id, label, shop_id, kind, maker, model, from_public_body, recorded_at, recorded_by)
            values (\(device), \(Wazemmes.label(number + 1)), \(at.shop), 'laptop', 'Lenovo', 'ThinkPad T430', false,
                    \(now), \(at.seller))
            """
        )
        try tx.execute(inspection(of: "\(device)", at: now, by: at.seller))
        try tx.execute(
            """
            insert into stays (device_id, ordinal, shop_id, grade, price_cents, shelved_at, shelved_by)
            values (\(device), 1, \(at.shop), 'b', 9000, \(now), \(at.seller))
            """
        )
    }
}

/// What is asked of a laptop at Wazemmes, tried.
func inspection(
    of device: SQL,
    at instant: Instant,
    by user: ID<User>,
    passed: Bool = true
) -> SQL {
    """
    with made as (
        insert into inspections (id, device_id, device_kind, list_starts_on, inspected_at, recorded_at, recorded_by)
        values (gen_random_uuid(), \(device), 'laptop', '2000-01-01', \(instant), \(instant), \(user))
        returning id, device_kind, list_starts_on)
    insert into inspection_results (inspection_id, device_kind, list_starts_on, item, passed)
    select id, device_kind, list_starts_on, 'screen', \(passed) from made
    """
}

private func furnishPeople(_ at: Wazemmes, _ tx: Transaction, _ now: Instant) throws {
    let structure: ID<Structure> = at.store.newID()
    let prescriber: ID<Prescriber> = at.store.newID()
    try tx.execute(
        """
        insert into structures (id, name, kind, agreement_starts_on, recorded_at)
        values (\(structure), 'Centre social', 'centre_social', '2020-01-01', \(now))
        """
    )
    try tx.execute(
        """
        insert into prescribers (id, structure_id, name, recorded_at)
        values (\(prescriber), \(structure), 'Éducatrice', \(now))
        """
    )
    let people = [
        (at.amina, "P-222222", Wazemmes.aminaVoucher),
        (at.bruno, "P-333333", Wazemmes.brunoVoucher),
    ]
    for (person, code, voucher) in people {
        let household: ID<Household> = at.store.newID()
        let paper: ID<Voucher> = at.store.newID()
        try tx.execute(
            "insert into persons (id, code, recorded_at) values (\(person), \(code), \(now))"
        )
        try tx.execute(
            "insert into identities (person_id, given_name, family_name) values (\(person), 'MARKER-GIVEN', 'MARKER-FAMILY')"
        )
        try tx.execute("insert into households (id, recorded_at) values (\(household), \(now))")
        try tx.execute(
            """
            insert into household_members (id, household_id, person_id, joined_on, recorded_at)
            values (\(at.store.newID(Person.self)), \(household), \(person), '2020-01-01', \(now))
            """
        )
        try tx.execute(
            """
            insert into vouchers (id, code, structure_id, prescriber_id, household_size, signed_on, valid_until,
                                  original_kept, signature_seen, recorded_at, recorded_by)
            values (\(paper), \(voucher), \(structure), \(prescriber), 3, '2026-01-01', '2100-01-01', true, true, \(now),
                    \(at.seller))
            """
        )
        try tx.execute(
            "insert into voucher_persons (voucher_id, person_id) values (\(paper), \(person))"
        )
        for (category, uses) in [("equipment", 1), ("connection", nil)] as [(String, Int?)] {
            try tx.execute(
                """
                insert into rights (id, voucher_id, category, starts_on, ends_on, uses_max, recorded_at)
                values (\(at.store.newID(Right.self)), \(paper), \(category), '2026-01-01', '2100-01-01', \(uses), \(now))
                """
            )
        }
    }
}

/// The reason of what the body throws; nil when it throws nothing.
func refusalReason(_ body: () async throws -> Void) async throws -> Reason? {
    do {
        try await body()
        return nil
    } catch let refusal as Refusal {
        return refusal.reason
    }
}
