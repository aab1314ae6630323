import Shop

/// The price list to begin with. Machines are priced one by one on their shelf. The recharges are those of Créteil in
/// 2022 (2 to 5 €); volumes are an assumption, the days are those of any prepaid recharge.
let catalogue: [CatalogueEntry] =
    [
        .machine("laptop", "laptop", "Ordinateur portable reconditionné", "Refurbished laptop"),
        .machine("desktop", "desktop", "Ordinateur fixe reconditionné", "Refurbished desktop"),
        .machine(
            "all-in-one",
            "all_in_one",
            "Ordinateur tout-en-un reconditionné",
            "Refurbished all-in-one"
        ),
        .machine("tablet", "tablet", "Tablette reconditionnée", "Refurbished tablet"),
        .machine(
            "smartphone",
            "smartphone",
            "Smartphone reconditionné",
            "Refurbished smartphone"
        ),
        .machine("screen", "screen", "Écran reconditionné", "Refurbished screen"),
        .machine("other-device", "other", "Appareil reconditionné", "Refurbished device"),
    ] + [
        .recharge("recharge-2", "Recharge 2\u{A0}€", "€2 recharge", cents: 200, volumeMB: 2_000),
        .recharge("recharge-3", "Recharge 3\u{A0}€", "€3 recharge", cents: 300, volumeMB: 5_000),
        .recharge("recharge-5", "Recharge 5\u{A0}€", "€5 recharge", cents: 500, volumeMB: 10_000),
        CatalogueEntry(
            code: "sim-kit",
            kind: "sim",
            category: "connection",
            french: "Kit carte SIM",
            english: "SIM kit",
            operatorName: "SFR",
            cents: 200
        ),
        .accessory("mouse", "Souris", "Mouse", cents: 300),
        .accessory("bag", "Sacoche", "Bag", cents: 500),
        .accessory("usb-key", "Clé USB", "USB key", cents: 400),
        .accessory("headset", "Casque avec micro", "Headset", cents: 600),
        // What goes with a machine, and is part of its price.
        .accessory("laptop-charger", "Chargeur d’ordinateur portable", "Laptop charger"),
        .accessory("usb-charger", "Chargeur USB", "USB charger"),
        .accessory("power-cable", "Câble d’alimentation", "Power cable"),
        .accessory("keyboard", "Clavier", "Keyboard"),
    ]

/// An article and its first offer.
struct CatalogueEntry {
    let code: String
    let kind: String
    var deviceKind: String?
    let category: String?
    let french: String
    let english: String
    var operatorName = ""
    /// Of a recharge alone.
    var delivery: RechargeDelivery?
    /// Nil: priced one by one, or not sold alone.
    var cents: Int?
    var volumeMB: Int?
    var validDays: Int?

    static func machine(
        _ code: String,
        _ deviceKind: String,
        _ french: String,
        _ english: String
    ) -> CatalogueEntry {
        CatalogueEntry(
            code: code,
            kind: "device",
            deviceKind: deviceKind,
            category: "equipment",
            french: french,
            english: english
        )
    }

    static func recharge(
        _ code: String,
        _ french: String,
        _ english: String,
        cents: Int,
        volumeMB: Int
    ) -> CatalogueEntry {
        CatalogueEntry(
            code: code,
            kind: "recharge",
            category: "connection",
            french: french,
            english: english,
            operatorName: "SFR",
            delivery: .card,
            cents: cents,
            volumeMB: volumeMB,
            validDays: 30
        )
    }

    static func accessory(
        _ code: String,
        _ french: String,
        _ english: String,
        cents: Int? = nil
    ) -> CatalogueEntry {
        CatalogueEntry(
            code: code,
            kind: "accessory",
            category: nil,
            french: french,
            english: english,
            cents: cents
        )
    }
}
