import Shop
import Store

@testable import Till

extension Samples {
    private static let key = "01900000-0000-7000-8000-000000000001"

    /// Transfers and counts, empty and with everything that they may have.
    static func stockRoom(_ words: Words) throws -> [any Page] {
        let open: TransferCard = decoded(transferJSON)
        let short: TransferCard = decoded(
            transferJSON.replacing("\"devicesOpen\": 1", with: "\"devicesOpen\": 0")
                .replacing("\"productsOpen\": 1", with: "\"productsOpen\": 0")
        )
        let ended: TransferCard = decoded(
            transferJSON.replacing("\"devicesOpen\": 1", with: "\"devicesOpen\": 0")
                .replacing("\"productsOpen\": 1", with: "\"productsOpen\": 0")
                .replacing("\"missing\": 1", with: "\"missing\": 0")
        )
        let empty: TransferCard = decoded(
            transferJSON.replacing(
                /"devices": \[(\s|.)*\]\}\s*$/,
                with: #""devices": [], "products": []}"#
            )
        )
        let products: [ProductRow] = [decoded(mouseJSON)]
        var wrong = Draft(Form(encoded: "act=last&units-mouse=x&labels=%3F&motive=&scanned="))
        _ = wrong.readProductCounts()
        for field in [FieldName.labels, .motive, .toShop, .scope, .scanned] {
            wrong.refuse(Refusal(.fieldMissing, ["field": .field(field)]))
        }
        wrong.refuse(Refusal(.transferEnded, ["code": .text("LITR26-0001")]))
        let shop = Workplace(
            id: decoded(#""01900000-0000-7000-8000-000000000009""#),
            code: "LI",
            name: "Lille Fives"
        )
        let rows = [open, short, ended].map(\.transfer)
        var pages: [any Page] = [
            TransfersPage(
                words,
                Paged(items: rows, next: key),
                stage: .open,
                after: key,
                typed: "x",
                refusal: Transfer.unknown("x")
            ),
            TransfersPage(words, Paged(items: [], next: nil), stage: nil, after: nil),
            NewTransferPage(
                words,
                from: shop,
                to: [shop],
                searched(products),
                wrong,
                key: key,
                workplace: bar(at: "/transfers/new")
            ),
            NewTransferPage(
                words,
                from: shop,
                to: [],
                whole([]),
                Draft(),
                key: key,
                workplace: nil
            ),
            TransferSlipPage(words, open, isDemonstration: true),
            TransferSlipPage(words, empty, isDemonstration: false),
        ]
        for (card, draft) in [(open, wrong), (open, Draft()), (short, Draft()), (empty, Draft())] {
            pages.append(
                TransferPage(words, card, receives: true, sends: true, draft) { key }
            )
        }
        return try pages + counts(words, products, wrong) + locations(words, wrong)
            + orders(words, products)
    }

    /// Rooms and shelves: none, some, one that holds something, an empty one, a closed one.
    private static func locations(_ words: Words, _ wrong: Draft) -> [any Page] {
        let held: LocationRow = decoded(locationJSON)
        let empty: LocationRow = decoded(
            locationJSON.replacing("\"devices\": 2", with: "\"devices\": 0")
                .replacing("A<3>", with: "")
        )
        let closed: LocationRow = decoded(
            locationJSON.replacing(
                "\"devices\": 2",
                with: "\"devices\": 0, \"closedAt\": \"2026-11-20T17:00:00.000000Z\""
            )
        )
        let devices = Paged(items: deviceCards().map(\.device), next: key)
        let none = Paged<DeviceRow>(items: [], next: nil)
        let some = Paged(items: [held, empty], next: held.code)
        let nowhere = Paged<LocationRow>(items: [], next: nil)
        var misread = Draft(Form(encoded: "room=&shelves=A1&scanned=x"))
        _ = misread.read("room") { text throws(Refusal) in try ShortText(typed: text, field: .room)
        }
        _ = misread.read("scanned") { text throws(Refusal) in try DeviceLabel.typed(text) }
        return [
            LocationsPage(
                words,
                some,
                after: "x",
                shops: workplaces(),
                opened: [try! LocationCode.typed(held.code)],
                misread,
                key: key
            ),
            LocationsPage(
                words,
                nowhere,
                after: nil,
                shops: workplaces(isChosen: false),
                wrong,
                key: key
            ),
            LocationPage(words, held, devices, after: key, misread) { key },
            LocationPage(words, empty, none, after: nil, wrong) { key },
            LocationPage(words, closed, none, after: nil) { key },
            LocationLabelsPage(some, of: "LI", isDemonstration: true),
            LocationLabelsPage(nowhere, of: nil, isDemonstration: false),
        ]
    }

    /// Articles that a form shows all.
    private static func whole(_ products: [ProductRow]) -> OfferedProducts {
        OfferedProducts(shown: products, hasMore: false)
    }

    /// Articles of which a form shows those that were searched for.
    private static func searched(_ products: [ProductRow], isCut: Bool = true) -> OfferedProducts {
        OfferedProducts(found: products, isCut: isCut, shown: [], hasMore: true)
    }

    private static func orders(_ words: Words, _ products: [ProductRow]) -> [any Page] {
        func card(_ changes: (String, String)...) -> OrderCard {
            decoded(changes.reduce(orderJSON) { $0.replacing($1.0, with: $1.1) })
        }
        let late = card()
        let coming = card(("\"daysLate\": 3, ", ""), ("BC-17", ""))
        let over = ["complete", "short", "cancelled"].map {
            card(
                ("\"daysLate\": 3, ", "\"ended\": \"\($0)\", "),
                ("\"motive\": \"\"", "\"motive\": \"Rupture\"")
            )
        }
        var wrong = Draft(Form(encoded: "units-mouse=x&motive=&supplier=&expected_on=x"))
        _ = wrong.readProductCounts()
        for field in [FieldName.supplier, .orderReference, .expectedOn, .motive] {
            wrong.refuse(Refusal(.fieldMissing, ["field": .field(field)]))
        }
        wrong.refuse(Refusal(.orderTooMany, ["text": .text("mouse")]))
        var pages: [any Page] = [
            OrdersPage(
                words,
                Paged(items: ([late, coming] + over).map(\.order), next: key),
                stage: .late,
                of: workplaces().current,
                areSeveral: true,
                after: key
            ),
            OrdersPage(words, Paged(items: [], next: nil), stage: nil, after: nil),
            NewOrderPage(
                words,
                searched(products),
                on: Day(20_000),
                wrong,
                key: key,
                workplace: bar(at: "/orders/new")
            ),
            NewOrderPage(words, whole([]), on: Day(20_000), Draft(), key: key, workplace: nil),
            NewOrderPage(
                words,
                searched([], isCut: false),
                on: Day(20_000),
                Draft(Form(encoded: "article=x")),
                key: key,
                workplace: nil
            ),
            OrderPage(words, late, wrong) { key },
            OrderPage(words, coming) { key },
        ]
        pages += over.map { OrderPage(words, $0) { key } }
        return pages + kits(words, products)
    }

    private static func kits(_ words: Words, _ products: [ProductRow]) -> [any Page] {
        let rules: [KitRule] = decoded(
            """
            [{"deviceKind": "desktop", "startsOn": "2026-01-01", "parts": []},
             {"deviceKind": "laptop", "startsOn": "2031-01-01", "parts": [],
              "withdrawn": {"at": "2026-11-20T09:00:00.000000Z", "operatorCode": "KA"}},
             {"deviceKind": "laptop", "startsOn": "2030-01-01", "parts": []},
             {"deviceKind": "laptop", "startsOn": "2026-01-01", "parts": [
               {"product": "laptop-charger", "nameFr": "Chargeur", "nameEn": "Charger"},
               {"product": "mouse", "nameFr": "Souris", "nameEn": "Mouse"}]},
             {"deviceKind": "laptop", "startsOn": "2000-01-01", "parts": []}]
            """
        )
        var wrong = Draft(Form(encoded: "part=mouse&device_kind=x&starts_on=x"))
        for field in [FieldName.deviceKind, .startsOn] {
            wrong.refuse(Refusal(.fieldMissing, ["field": .field(field)]))
        }
        wrong.refuse(Refusal(.productUnknown, ["code": .text("x")]))
        let today = Day(20_600)
        let (whole, none) = (Paged(items: rules, next: key), Paged<KitRule>(items: [], next: nil))
        let present = [rules[0], rules[3]]
        return [
            KitsPage(
                words,
                whole,
                present: present,
                offered: Self.whole(products),
                today: today,
                changing: .laptop,
                from: rules[2],
                maySet: true,
                wrong
            ) { key },
            KitsPage(
                words,
                none,
                present: [],
                offered: searched(products),
                today: today,
                changing: .other,
                maySet: true
            ) { key },
            KitsPage(
                words,
                whole,
                present: present,
                offered: Self.whole(products),
                today: today,
                changing: .desktop,
                from: rules[0],
                maySet: true
            ) { key },
            KitsPage(
                words,
                whole,
                present: present,
                offered: Self.whole([]),
                today: today,
                changing: .laptop,
                from: rules[3],
                maySet: true,
                after: key
            ) { key },
            KitsPage(
                words,
                Paged(items: rules, next: nil),
                present: present,
                offered: Self.whole([]),
                today: today,
                maySet: false
            ) { key },
        ]
    }

    private static let orderJSON = """
        {"order": {"id": "01900000-0000-7000-8000-000000000002", "code": "LICM26-0001", "shop": "Lille Fives",
          "supplier": "Grossiste", "reference": "BC-17", "expectedOn": "2026-11-20", "daysLate": 3, "operatorCode": "AM",
          "orderedAt": "2026-11-10T09:00:00.000000Z", "ordered": 12, "received": 4},
         "shop": "01900000-0000-7000-8000-000000000009", "motive": "",
         "lines": [{"product": "mouse", "nameFr": "Souris", "nameEn": "Mouse", "ordered": 10, "received": 4},
          {"product": "bag", "nameFr": "Sacoche", "nameEn": "Bag", "ordered": 2, "received": 2}],
         "receipts": [{"at": "2026-11-19T09:00:00.000000Z", "operatorCode": "AM", 
                       "lines": [{"product": "mouse", "units": 4}, {"product": "bag", "units": 2}]}]}
        """

    private static func counts(
        _ words: Words,
        _ products: [ProductRow],
        _ wrong: Draft
    ) throws -> [any Page] {
        let blind: CountCard = decoded(countJSON)
        let difference = """
            "differences": {"expected": 9, "found": 7, "missing": 1, "unexpected": 1, "leftMeanwhile": 1, "restored": 1},
             "articles"
            """
        func ended(_ stage: String) -> CountCard {
            decoded(
                countJSON.replacing("\"stage\": \"open\"", with: "\"stage\": \"\(stage)\"")
                    .replacing("\"articles\"", with: difference)
                    .replacing(
                        "\"counted\": 4",
                        with: "\"counted\": 4, \"expected\": 3, \"difference\": 1"
                    )
            )
        }
        let closed = ended("closed")
        let devices = Paged(items: deviceCards().map(\.device), next: key)
        let none: CountCard = decoded(
            countJSON.replacing("\"stage\": \"open\"", with: "\"stage\": \"closed\"")
                .replacing(
                    /"articles": \[(\s|.)*\]\}\s*$/,
                    with: difference
                        + #": [], "scanners": [], "latest": [], "strays": [], "places": []}"#
                )
        )
        var pages: [any Page] = []
        for (card, listed, draft, isOwn) in [
            (blind, nil, wrong, false), (blind, nil, Draft(), false),
            (closed, devices, Draft(), true),
            (closed, devices, wrong, false), (none, Paged(items: [], next: nil), Draft(), false),
            (ended("applied"), devices, Draft(), false),
            (ended("abandoned"), devices, Draft(), false),
        ] as [(CountCard, Paged<DeviceRow>?, Draft, Bool)] {
            pages.append(
                try CountPage(
                    words,
                    card,
                    listed,
                    of: isOwn ? .unexpected : .missing,
                    after: listed == nil ? nil : key,
                    products: isOwn ? searched(products) : whole(products),
                    reader: isOwn ? "AM" : "ZZ",
                    draft
                ) { key }
            )
        }
        let rows = [blind, closed, ended("applied"), ended("abandoned")].map(\.count)
        for (shops, draft) in [
            (workplaces(), wrong), (workplaces(isChosen: false), Draft()),
        ] {
            pages.append(
                CountsPage(
                    words,
                    Paged(items: rows, next: key),
                    after: key,
                    shops: shops,
                    draft,
                    key: key
                )
            )
        }
        pages.append(
            CountsPage(
                words,
                Paged(items: [], next: nil),
                after: nil,
                shops: workplaces(),
                Draft(),
                key: key
            )
        )
        return pages
    }

    private static let transferJSON = """
        {"transfer": {"id": "01900000-0000-7000-8000-000000000002", "code": "LITR26-0001", "shop": "Lille Fives",
          "to": "Roubaix", "sentAt": "2026-11-20T09:00:00.000000Z", "operatorCode": "AM", "devices": 3,
          "devicesOpen": 1, "products": 2, "productsOpen": 1, "missing": 1},
         "fromShop": "01900000-0000-7000-8000-000000000009", "toShop": "01900000-0000-7000-8000-00000000000a",
         "devices": [
          {"label": "LIPC26-0008", "kind": "laptop", "maker": "HP", "model": "ProBook 450", "isMissing": false},
          {"label": "LIPC26-0009", "kind": "desktop", "maker": "", "model": "", "ended": "arrival",
           "endedAt": "2026-11-21T09:00:00.000000Z", "isMissing": false},
          {"label": "LIPC26-0010", "kind": "laptop", "maker": "Dell", "model": "5490", "ended": "loss",
           "endedAt": "2026-11-21T09:00:00.000000Z", "isMissing": true},
          {"label": "LIPC26-0011", "kind": "laptop", "maker": "Dell", "model": "5490", "ended": "loss",
           "endedAt": "2026-11-21T09:00:00.000000Z", "foundAt": "2026-11-22T09:00:00.000000Z", "isMissing": false},
          {"label": "LIPC26-0012", "kind": "laptop", "maker": "Dell", "model": "5490", "ended": "loss",
           "endedAt": "2026-11-21T09:00:00.000000Z", "isMissing": false}],
         "products": [
          {"product": "mouse", "nameFr": "Souris", "nameEn": "Mouse", "sent": 3, "motive": ""},
          {"product": "bag", "nameFr": "Sacoche", "nameEn": "Bag", "sent": 2, "arrived": 1, "motive": "Carton ouvert"}]}
        """

    private static let mouseJSON = """
        {"id": "01900000-0000-7000-8000-000000000003", "code": "mouse", "kind": "accessory", "nameFrench": "Souris",
         "nameEnglish": "Mouse", "operatorName": "", "priceCents": 300, "free": 2,
         "threshold": 5, "expectedUnits": 10, "expectedOn": "2026-11-20", "order": "LICM26-0001"}
        """

    private static let countJSON = """
        {"count": {"id": "01900000-0000-7000-8000-000000000002", "code": "LIIN26-0001", "shop": "Lille Fives", "scope": "all",
          "stage": "open", "openedAt": "2026-11-20T09:00:00.000000Z", "openedBy": "AM",
          "closedAt": "2026-11-20T17:00:00.000000Z", "closedBy": "AM", "endedAt": "2026-11-21T09:00:00.000000Z",
          "endedBy": "BE", "motive": "Trop tard", "scanned": 8, "strays": 1},
         "articles": [{"product": "mouse", "nameFr": "Souris", "nameEn": "Mouse", "counted": 4},
          {"product": "bag", "nameFr": "Sacoche", "nameEn": "Bag", "counted": 2}],
         "scanners": [{"operatorCode": "AM", "scanned": 8}],
         "latest": [{"label": "LIPC26-0008", "name": "HP ProBook 450", "at": "2026-11-20T10:00:00.000000Z", "operatorCode": "AM"}],
         "strays": ["ABC"],
         "places": [{"operatorCode": "ZZ", "location": "LIRG26-0001", "room": "Réserve", "shelf": "A<3>"}]}
        """

    private static let locationJSON = """
        {"id": "01900000-0000-7000-8000-000000000004", "code": "LIRG26-0001", "shop": "LI", "room": "Réserve",
         "shelf": "A<3>", "devices": 2}
        """
}
