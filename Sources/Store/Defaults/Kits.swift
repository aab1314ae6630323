import Postgres
import Shop

/// What goes with a machine to begin with. The ceilings of the decree of 7 November 2022 are those of a machine in working
/// order with its charger; a desktop’s counts a screen too, which has a label of its own and is not asked for here.
private let firstKits: [(deviceKind: String, parts: [String])] = [
    ("laptop", ["laptop-charger"]), ("desktop", ["power-cable", "keyboard", "mouse"]),
    ("all_in_one", ["power-cable", "keyboard", "mouse"]), ("tablet", ["usb-charger"]),
    ("smartphone", ["usb-charger"]),
]

extension Store {
    /// After the articles that they name.
    func defaultKits(at now: Instant) -> [SQL] {
        firstKits.flatMap { kit -> [SQL] in
            [
                """
                insert into kits (device_kind, starts_on, recorded_at) values (\(kit.deviceKind), \(firstDay), \(now))
                """,
                """
                insert into kit_parts (device_kind, starts_on, product_id)
                select \(kit.deviceKind), \(firstDay), id from products where code = any(\(kit.parts))
                """,
            ]
        }
    }
}
