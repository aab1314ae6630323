import Shop
import Store

@testable import Till

extension Samples {
    /// Donors, lots and the register, empty and with everything that they may have.
    static func donations(_ words: Words) -> [any Page] {
        let company: DonorCard = decoded(donorJSON)
        let person: DonorCard = decoded(
            donorJSON.replacing("\"company\"", with: "\"person\"")
                .replacing("\"isErased\": false", with: "\"isErased\": true")
                .replacing("Métropole Services", with: "").replacing("12345678900012", with: "")
                .replacing("Accueil", with: "").replacing("1 rue des Arts", with: "")
                .replacing("+33320000000", with: "").replacing("don@metropole.example", with: "")
        )
        let lots: [BatchCard] = [
            decoded(lotJSON),
            decoded(
                lotJSON.replacing(
                    "\"receivedOn\": \"2026-11-20\", \"promisedUnits\"",
                    with: "\"promisedUnits\""
                )
                .replacing("\"devices\": 3", with: "\"devices\": 0")
                .replacing(
                    #"[{"kind": "laptop", "promised": 10, "received": 12, "takenIn": 3}]"#,
                    with: "[]"
                )
            ),
            decoded(
                lotJSON.replacing("\"gift\"", with: "\"purchase\"")
                    .replacing("\"company\"", with: "\"person\"")
                    .replacing("\"devices\": 3", with: "\"devices\": 12")
            ),
        ]
        let rows = Paged(items: lots.map(\.batch), next: key)
        let none = Paged<BatchRow>(items: [], next: nil)
        var wrong = Draft(Form(encoded: "name=&received_on=&ordinal=x"))
        wrong.refuse(Refusal(.fieldMissing, ["field": .field(.name)]))
        wrong.refuse(Refusal(.fieldMissing, ["field": .field(.receivedOn)]))
        for field in [FieldName.weight, .phone, .ordinal] {
            wrong.refuse(Refusal(.fieldMissing, ["field": .field(field)]))
        }
        wrong.refuse(Refusal(.batchEmpty))
        var label = Draft(Form(encoded: "label=LIPC26-0008"))
        label.refuse(Refusal(.deviceInBatch, ["label": .text("LIPC26-0008")]))
        let devices = Paged(items: deviceCards().map(\.device), next: key)
        let noDevices = Paged<DeviceRow>(items: [], next: nil)
        let today = day("2026-11-28")
        var pages: [any Page] = [
            DonorsPage(
                words,
                Paged(items: [company.donor, person.donor], next: key),
                search: "métropole",
                after: key
            ),
            DonorsPage(words, Paged(items: [], next: nil), search: "", after: nil),
            DonorsPage(words, Paged(items: [], next: nil), search: "zzz", after: nil),
            NewDonorPage(words, Draft(), key: key),
            NewDonorPage(words, wrong, key: key),
            DonorPage(words, company, rows, mayErase: true) { key },
            DonorPage(words, company, rows, mayErase: true, wrong) { key },
            DonorPage(words, person, none, mayErase: true) { key },
            BatchesPage(words, rows, stage: .received, donor: company.donor.id, after: key),
            BatchesPage(words, none, stage: nil, donor: nil, after: nil),
            NewBatchPage(
                words,
                company.donor,
                wrong,
                key: key,
                today: today,
                workplace: bar(at: "/batches/new")
            ),
            NewBatchPage(
                words,
                company.donor,
                Draft(),
                key: key,
                today: today,
                workplace: nil
            ),
        ]
        for lot in lots {
            for draft in [Draft(), wrong, label] {
                pages.append(
                    BatchPage(words, lot, devices, after: key, today: today, draft) { key }
                )
            }
            pages.append(
                BatchPage(words, lot, noDevices, after: nil, today: today) { key }
            )
        }
        let entries: [RegisterRow] = registerJSON.map { decoded($0) }
        let shop = Workplace(
            id: decoded(#""01900000-0000-7000-8000-000000000009""#),
            code: "LI",
            name: "Lille Fives"
        )
        for draft in [Draft(), wrong] {
            pages.append(
                RegisterPage(
                    words,
                    Paged(items: entries, next: "3"),
                    of: shop,
                    on: today,
                    after: "1",
                    today: today,
                    workplace: bar(at: "/register"),
                    maySeeSellers: true,
                    draft,
                    key: key
                )
            )
        }
        pages.append(
            RegisterPage(
                words,
                Paged(items: [], next: nil),
                of: shop,
                on: nil,
                after: nil,
                today: today,
                workplace: nil,
                maySeeSellers: false,
                key: key
            )
        )
        pages.append(SellerPage(words, decoded(sellerJSON), ordinal: 3))
        return pages + papers(words)
    }

    static func lot() -> BatchRow {
        let card: BatchCard = decoded(lotJSON)
        return card.batch
    }

    private static func papers(_ words: Words) -> [any Page] {
        let receipts: [DonationReceipt] = [
            """
            {"head": \(headJSON), "agreement": "C-2026-4", "receivedOn": ["2026-11-20"], "units": {"laptop": 12},
             "weight": 30500, "declaredValue": 120000, "corrections": ["11 portables"]}
            """,
            """
            {"head": \(nobodyJSON), "agreement": "", "receivedOn": ["2026-11-20", "2026-11-21"],
             "units": {"laptop": 12}, "corrections": []}
            """,
        ].map { decoded($0) }
        let certificates: [ErasureCertificate] = [
            """
            {"head": \(headJSON), "withoutDrives": ["LIEC26-0001"], "drives": [
              {"label": "LIPC26-0008", "machine": "HP EliteBook", "unitSerial": "5CG7123ABC", "kind": "ssd",
               "serial": "S3Z1NB0K", "erasure": {"method": "secure_erase", "level": "purge", "tool": "nwipe 0.34",
                                                 "at": "2026-11-20T10:00:00.000000Z", "operatorCode": "KA"}},
              {"label": "LIPC26-0009", "machine": "Ordinateur portable", "unitSerial": "", "kind": "hdd", "serial": ""}]}
            """,
            #"{"head": \#(nobodyJSON), "withoutDrives": [], "drives": []}"#,
        ].map { decoded($0) }
        return receipts.map { DonationReceiptPaper(words, $0) }
            + certificates.map { ErasureCertificatePaper(words, $0) }
    }

    private static let headJSON = """
        {"association": "Emmaüs Connect", "siret": "12345678900012", "shop": "Lille Fives",
         "address": "Place, 59000 Lille", "city": "Lille", "batch": "LILO26-0001", "donorKind": "company",
         "donorName": "Métropole Services", "donorSiret": "12345678900012", "donorAddress": "1 rue des Arts"}
        """

    private static let nobodyJSON =
        headJSON.replacing("company", with: "person").replacing("Métropole Services", with: "")
        .replacing("\"donorSiret\": \"12345678900012\"", with: "\"donorSiret\": \"\"")
        .replacing("1 rue des Arts", with: "")

    private static func day(_ iso: String) -> Day {
        Day(iso: iso) ?? Instant(microseconds: 0).day
    }

    private static let key = "01900000-0000-7000-8000-000000000001"

    private static let donorJSON = """
        {"donor": {"id": "01900000-0000-7000-8000-000000000001", "kind": "company", "name": "Métropole Services",
          "siret": "12345678900012", "batches": 2},
         "contact": "Accueil", "address": "1 rue des Arts", "phone": "+33320000000", "email": "don@metropole.example",
         "isErased": false}
        """

    private static let lotJSON = """
        {"batch": {"id": "01900000-0000-7000-8000-000000000002", "code": "LILO26-0001", "shop": "Lille Fives",
          "donor": "01900000-0000-7000-8000-000000000001", "donorKind": "company", "donorName": "Métropole Services",
          "acquisition": "gift", "promisedOn": "2026-11-02", "receivedOn": "2026-11-20", "promisedUnits": 10,
          "receivedUnits": 12, "devices": 3, "yield": {"inWork": 1, "onShelf": 1, "handedOver": 1, "recycled": 0, "lost": 0}},
         "agreement": "C-2026-4", "promisedGrams": 30000, "receivedGrams": 30500, "declaredValueCents": 120000,
         "kinds": [{"kind": "laptop", "promised": 10, "received": 12, "takenIn": 3}],
         "deliveries": [{"ordinal": 1, "receivedOn": "2026-11-20", "units": 12, "grams": 30500, "priceCents": 4000,
                       "payment": "transfer", "corrections": ["11 portables"]}],
         "yield": {"inWork": 2, "onShelf": 1, "handedOver": 0, "recycled": 0, "lost": 0}}
        """

    private static let registerJSON = [
        """
        {"ordinal": 1, "kind": "delivery", "happenedOn": "2026-11-20", "recordedAt": "2026-11-20T10:00:00.000000Z",
         "batch": "LILO26-0001", "donorKind": "person", "donorName": "", "donorSiret": "", "acquisition": "gift",
         "priceCents": 0, "units": [{"kind": "laptop", "units": 12}], "tickets": []}
        """,
        """
        {"ordinal": 2, "kind": "machine", "happenedOn": "2026-11-20", "recordedAt": "2026-11-20T10:00:00.000000Z",
         "batch": "LILO26-0001", "donorKind": "company", "donorName": "Métropole Services", "donorSiret": "12345678900012",
         "acquisition": "gift", "units": [], "label": "LIPC26-0008", "maker": "HP", "model": "EliteBook",
         "serial": "5CG7123ABC", "tickets": ["LI1-V-000042"]}
        """,
        """
        {"ordinal": 3, "kind": "correction", "happenedOn": "2026-11-20", "recordedAt": "2026-11-20T10:00:00.000000Z",
         "donorName": "", "donorSiret": "", "units": [], "tickets": [], "corrects": 1, "correction": "11 portables"}
        """,
    ]

    private static let sellerJSON = """
        {"name": "Ana Lima", "address": "3 rue de Solférino", "document": "passport", "number": "12AB34567",
         "issuedOn": "2020-05-04", "issuedBy": "Lille"}
        """
}
