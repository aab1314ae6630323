import Postgres
import Shop
import Store
import TestSupport

/// A shop at Lille with its stock manager, what is tried on a laptop, and a person of whom the shop knows the reference.
struct StockRoom: Sendable {
    let store: Store
    let sql: Pool
    let staff: Staff
    let shop: ID<Shop>
    let person: ID<Person>

    static let noon = Instant(iso: "2026-03-02T11:00:00Z") ?? Instant(microseconds: 0)

    /// The same person, who works the stock of this shop alone.
    var onlyHere: Staff {
        Staff(
            id: staff.id,
            operatorCode: staff.operatorCode,
            name: staff.name,
            language: .french,
            firstDay: false,
            roles: [Staff.Held(role: .stockManager, shop: shop)],
            till: nil
        )
    }

    func key() -> ID<Claim> { store.newID() }

    func later(days: Int) -> StockRoom {
        StockRoom(
            store: store.at(.standing(at: Self.noon.adding(seconds: days * 86_400))),
            sql: sql,
            staff: staff,
            shop: shop,
            person: person
        )
    }

    func count(_ query: SQL) async throws -> Int {
        try await sql.withConnection { try $0.query(query)[0][0] }
    }

    func execute(_ statement: SQL) async throws {
        _ = try await sql.withConnection { try $0.execute(statement) }
    }

    /// The constraint that stops a statement of the service's own role; nil when none does.
    func constraint(_ statement: SQL) async -> String? {
        do {
            try await execute(statement, as: "comptoir_app")
            return nil
        } catch let error as PostgresError {
            return error.constraint ?? "\(error)"
        } catch {
            return "\(error)"
        }
    }

    private func execute(_ statement: SQL, as role: String) async throws {
        try await sql.transaction { tx in
            try tx.execute("set local role \(identifier: role)")
            try tx.execute(statement)
        }
    }

    /// A laptop as `lshw` tells it.
    static func laptop(serial: String = "5CD8123ABC", disk: String = "50026B7782F1A2C4")
        -> HardwareUpload
    {
        let text = """
            {"id": "poste", "class": "system", "handle": "DMI:0001", "vendor": "HP", "product": "HP ProBook 450 G5",
             "serial": "\(serial)", "configuration": {"chassis": "notebook"}, "children": [
              {"id": "core", "class": "bus", "children": [
               {"id": "memory", "class": "memory", "units": "bytes", "size": 8589934592},
               {"id": "disk", "class": "disk", "product": "KINGSTON SA400S37240G", "logicalname": "/dev/sda",
                "serial": "\(disk)", "units": "bytes", "size": 240057409536}]}]}
            """
        return HardwareUpload(path: "/media/usb/\(serial).json", bytes: Array(text.utf8))
    }

    func take(_ upload: HardwareUpload, fromPublicBody: Bool = false) async throws
        -> HardwareImport.Outcome
    {
        try await store.importHardware(
            [upload],
            into: shop,
            fromPublicBody: fromPublicBody,
            by: staff
        )[0]
        .outcome
    }

    /// A laptop taken in, with its label.
    func laptop(serial: String = "5CD8123ABC", fromPublicBody: Bool = false) async throws
        -> DeviceLabel
    {
        guard
            case .new(let label?) = try await take(
                Self.laptop(serial: serial),
                fromPublicBody: fromPublicBody
            )
        else { throw Refusal(.deviceKnown) }
        return try DeviceLabel.typed(label)
    }

    func inspect(_ label: DeviceLabel, screen: Bool = true) async throws {
        _ = try await store.inspectDevice(
            label,
            results: ["screen": InspectionFinding(passed: screen), "keyboard": .passed],
            key: key(),
            by: staff
        )
    }

    func erase(_ label: DeviceLabel, disk: String? = nil, verified: Bool = true) async throws {
        _ = try await store.eraseDisk(
            of: label,
            NewErasure(
                disk: disk,
                method: .secureErase,
                level: .purge,
                tool: ShortText(typed: "nwipe", field: .name),
                toolVersion: "0.34",
                verified: verified,
                erasedAt: nil,
                certificate: nil
            ),
            key: key(),
            by: staff
        )
    }

    /// Inspected and erased: ready for the shelf.
    func prepare(_ label: DeviceLabel) async throws {
        try await inspect(label)
        try await erase(label)
    }

    /// Ends the last stay, as a verb of another part does.
    func leave(_ label: DeviceLabel, as kind: String, at instant: Instant) async throws {
        try await execute(
            """
            insert into exits (device_id, ordinal, kind, left_at)
            select device_id, max(ordinal), \(kind), \(instant) from stays join devices d on d.id = device_id
            where d.label = \(label.description) group by device_id
            """
        )
    }

    func shelve(_ label: DeviceLabel, cents: Int64 = 9900) async throws -> Shelving {
        try await store.shelveDevice(
            label,
            grade: .b,
            price: Cents(cents),
            in: shop,
            key: key(),
            by: staff
        )
    }
}

/// Runs the body in a database of its own, signed in as the service is.
func withStockRoom<T: Sendable>(_ body: (StockRoom) async throws -> T) async throws -> T {
    try await withStoreAndOwner(clock: .standing(at: StockRoom.noon)) { store, owner in
        try await body(try await furnish(store, owner))
    }
}

private func furnish(_ store: Store, _ sql: Pool) async throws -> StockRoom {
    let at = "2026-01-01T09:00:00Z"
    let (shop, user, person): (ID<Shop>, ID<User>, ID<Person>) = (
        store.newID(), store.newID(), store.newID()
    )
    try await sql.withConnection { connection in
        try connection.execute(
            """
            insert into shops (id, code, name, address, postal_code, city, siret, opened_at)
            values (\(shop), 'LI', 'Lille', 'Place', '59000', 'Lille', '12345678900012', \(at))
            """
        )
        try connection.execute(
            """
            insert into users (id, login, operator, name, language, first_day, recorded_at)
            values (\(user), 'karim', 'KA', 'Karim', 'fr', false, \(at))
            """
        )
        try connection.execute(
            "insert into persons (id, code, recorded_at) values (\(person), 'P-222222', \(at))"
        )
        let journalKey = store.journalKey
        try connection.execute(
            """
            insert into journal_keys (id, public_key, starts_at) values (\(journalKey.id), \(journalKey.bytes), \(at))
            on conflict do nothing
            """
        )
        try connection.execute(
            """
            with made as (
                insert into inspection_lists (device_kind, starts_on, item_count, recorded_at)
                values ('laptop', '2000-01-01', 2, \(at)) returning device_kind, starts_on)
            insert into inspection_list_items (device_kind, starts_on, item, position, name_fr, name_en, must_pass)
            select device_kind, starts_on, item, position, item, item, true
            from made, (values (1, 'screen'), (2, 'keyboard')) i (position, item)
            """
        )
        try connection.execute(
            """
            insert into dated_numbers (name, starts_on, amount, recorded_at)
            values ('station_files_waiting', '2000-01-01', 500, \(at)), ('station_devices_a_day', '2000-01-01', 2000, \(at)),
                   ('station_megabytes_a_day', '2000-01-01', 1000, \(at)),
                   ('device_pictures', '2000-01-01', 6, \(at))
            """
        )
        try connection.execute(
            """
            insert into price_ceilings (device_kind, starts_on, cents_max, recorded_at)
            values ('laptop', '2022-11-07', 18000, \(at))
            """
        )
    }
    let staff = Staff(
        id: user,
        operatorCode: "KA",
        name: "Karim",
        language: .french,
        firstDay: false,
        roles: [Staff.Held(role: .stockManager, shop: nil)],
        till: nil
    )
    return StockRoom(store: store, sql: sql, staff: staff, shop: shop, person: person)
}
