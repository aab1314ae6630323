import Foundation
import Shop
import Store

@testable import Till

extension Samples {
    /// People, vouchers, structures, limits and prices, with and without everything that they may have.
    static func people(_ words: Words) -> [any Page] {
        persons(words) + vouchers(words) + structures(words) + prices(words)
            + referralMotives(words)
    }

    static let motives = [
        Motive(code: "parent", startsOn: today, french: "Parent d’élève", english: "Parent"),
        Motive(
            code: "no-printer",
            startsOn: today.adding(days: 9),
            french: "Sans imprimante",
            english: "No printer"
        ),
        Motive(
            code: "old",
            startsOn: today.adding(days: -9),
            french: "Ancien",
            english: "Old",
            isWithdrawn: true
        ),
    ]

    private static func referralMotives(_ words: Words) -> [any Page] {
        [
            MotivesPage(
                words,
                motives,
                today: today,
                mayWrite: true,
                changing: motives[0],
                wrong(MotivesPage.fields, "withdrawn=yes"),
                key: key
            ),
            MotivesPage(words, motives, today: today, mayWrite: false, key: key),
        ]
    }

    private static let today = Day(year: 2026, month: 11, day: 23) ?? Day(0)
    private static let key = "01900000-0000-7000-8000-000000000009"

    /// A form in which everything is wrong.
    private static func wrong(_ fields: Set<String>, _ form: String = "") -> Draft {
        var draft = Draft(Form(encoded: form))
        for name in fields.sorted() {
            _ = draft.read(name) { _ throws(Refusal) -> Void in throw Refusal(.fieldMissing) }
        }
        draft.refuse(Refusal(.personUnknown))
        return draft
    }

    private static func persons(_ words: Words) -> [any Page] {
        let amina: PersonRow = decoded(personJSON)
        let some = Paged(items: [amina], next: "f01900000-0000-7000-8000-000000000001")
        let structure: StructureRow = decoded(structureJSON)
        let full: PersonCard = decoded(cardJSON)
        let bare: PersonCard = decoded(
            """
            {"person": \(personJSON), "language": "fr", "household": "01900000-0000-7000-8000-000000000002",
              "livesWith": [], "vouchers": [], "tickets": [], "courses": [], "mergedCodes": []}
            """
        )
        return [
            PersonsPage(words),
            PersonsPage(words, typed: "benali", found: some),
            PersonsPage(words, typed: "zzz", found: Paged(items: [], next: nil)),
            PersonsPage(
                words,
                typed: "z",
                refusal: Refusal(.searchTooShort, ["least": .number(3)])
            ),
            NewPersonPage(words, Draft(), key: key, structures: [structure]),
            NewPersonPage(
                words,
                wrong(NewPersonPage.fields),
                key: key,
                structures: [structure]
            ),
            NewPersonPage(words, Draft(), key: key, structures: [], likely: [amina]),
            PersonPage(
                words,
                full,
                standing(refused: nil),
                today: today,
                structures: [structure],
                likely: [amina],
                appointments: [expected(.visit, .open)],
                visits: [received(named: true, takenBack: false)],
                mayMerge: true,
                wrong(PersonPage.fields, "family_name=&birth_year="),
                key: key
            ),
            PersonPage(
                words,
                bare,
                standing(refused: .rightMissing),
                today: today,
                structures: [],
                mayMerge: true,
                Draft(),
                key: key
            ),
            PrivacyPage(
                words,
                decoded(noticesJSON),
                association: "Numérique solidaire",
                today: today,
                mayWrite: true,
                wrong(PrivacyPage.fields),
                key: key
            ),
            PrivacyPage(words, [], association: "", today: today, mayWrite: false, key: key),
            MergePage(words, amina, wrong(["with"]), key: key),
            MergePage(
                words,
                amina,
                preview: decoded(mergeJSON),
                wrong([]),
                key: key
            ),
            PersonPage(
                words,
                bare,
                standing(refused: .rightLapsed),
                today: today,
                structures: [],
                Draft(),
                key: key
            ),
        ]
    }

    private static func vouchers(_ words: Words) -> [any Page] {
        let rows: [VoucherRow] = vouchersJSON.map { decoded($0) }
        let structure: StructureRow = decoded(structureJSON)
        let amina: PersonRow = decoded(personJSON)
        let cards: [VoucherCard] = vouchersJSON.map { decoded(voucherCardJSON($0)) }
        let shop: ID<Shop> = ID(UUID())
        let fields: Set<String> = [
            "structure", "prescriber", "post", "signed_on", "valid_until", "household_size",
            "services", "signature", "find_1", "person_1", "given_name_1", "family_name_1",
            "phone_1",
            "birth_year_1", "motives", "wish", "remarks",
        ]
        let ticked =
            "motives=parent&signature=yes&original=yes&here=yes&together=yes&services=equipment&count=2"
        return [
            VouchersPage(
                words,
                Paged(items: rows, next: key),
                after: key,
                today: today,
                refusal: Refusal(.voucherUnreadable),
                maySeeStructures: true
            ),
            VouchersPage(
                words,
                Paged(items: [], next: nil),
                after: nil,
                today: today,
                maySeeStructures: false
            ),
            NewVoucherPage(
                words,
                Draft(),
                key: key,
                structures: [structure],
                motives: [],
                here: nil,
                today: today
            ),
            NewVoucherPage(
                words,
                wrong(fields, ticked),
                key: key,
                structures: [structure],
                motives: motives,
                likely: [1: [amina]],
                found: [1: [amina], 2: []],
                here: "Lille",
                today: today
            ),
        ]
            + cards.map {
                VoucherPage(
                    words,
                    $0,
                    in: shop,
                    today: today,
                    maySell: true,
                    mayRevoke: true,
                    wrong(["motive"]),
                    key: key
                )
            }
            + cards.map {
                VoucherPrintPage(
                    words,
                    $0,
                    association: "Comptoir Lille",
                    place: ShopPlace(name: "Fives", address: "12 rue de l’Exemple, 59000 Lille")
                )
            }
    }

    private static func structures(_ words: Words) -> [any Page] {
        let rows: [StructureRow] = [
            decoded(structureJSON),
            decoded(
                structureJSON.replacing(
                    "\"quarter\"",
                    with: "\"agreementEndsOn\": \"2020-01-01\", \"quarter\""
                )
            ),
            decoded(
                structureJSON.replacing(
                    "\"quarter\"",
                    with: "\"agreementEndsOn\": \"2040-01-01\", \"quarter\""
                )
            ),
        ]
        let full: StructureCard = decoded(
            """
            {"id": "01900000-0000-7000-8000-000000000003", "name": "Itinéraires", "kind": "prevention_specialisee",
              "quarter": "Lille-Sud", "address": "1 rue des Arts", "phone": "+33320000000",
              "email": "contact@itineraires.example", "agreementStartsOn": "2022-01-01",
              "agreements": [{"startsOn": "2026-01-01"}, {"startsOn": "2022-01-01", "endsOn": "2025-12-31"}],
              "contacts": [{"id": "01900000-0000-7000-8000-000000000006", "name": "Odile Fort", "post": "Directrice",
                "phone": "+33320000000", "email": "odile@itineraires.example"}],
              "prescribers": [{"id": "01900000-0000-7000-8000-000000000004", "name": "Inès Carlier",
                "post": "éducatrice spécialisée", "phone": "+33639980001", "email": ""},
                {"id": "01900000-0000-7000-8000-000000000005", "name": "Luc Roy", "post": "", "phone": "",
                "email": "", "login": "luc.roy"}]}
            """
        )
        let keys: [StructureKey] = [
            decoded(#"{"id": "0a0b0c0d", "begunOn": "2026-01-01"}"#),
            decoded(
                #"{"id": "0a0b0c0e", "begunOn": "2025-01-01", "endedOn": "2026-01-01", "end": "revoked"}"#
            ),
        ]
        let bare: StructureCard = decoded(
            """
            {"id": "01900000-0000-7000-8000-000000000003", "name": "Solfa", "kind": "association", "quarter": "",
              "address": "", "phone": "", "email": "", "agreementStartsOn": "2022-01-01", "agreements": [{"startsOn": "2022-01-01"}], "contacts": [],
              "prescribers": []}
            """
        )
        let vouchers: [VoucherRow] = vouchersJSON.map { decoded($0) }
        return [
            StructuresPage(
                words,
                Paged(items: rows, next: key),
                search: "itin",
                after: key,
                today: today,
                mayWrite: true
            ),
            StructuresPage(
                words,
                Paged(items: [], next: nil),
                search: "zzz",
                after: nil,
                today: today,
                mayWrite: false
            ),
            StructuresPage(
                words,
                Paged(items: [], next: nil),
                search: "",
                after: nil,
                today: today,
                mayWrite: true
            ),
            NewStructurePage(words, Draft(), key: key, today: today),
            NewStructurePage(words, wrong(NewStructurePage.fields), key: key, today: today),
            StructurePage(
                words,
                full,
                vouchers,
                keys: keys,
                today: today,
                mayWrite: true,
                mayOpenAccounts: true,
                wrong(
                    StructurePage.fields,
                    "account_of=01900000-0000-7000-8000-000000000004"
                ),
                key: key
            ),
            StructurePage(
                words,
                bare,
                [],
                keys: [],
                today: today,
                mayWrite: false,
                mayOpenAccounts: false,
                key: key
            ),
        ]
    }

    private static func preview(
        of rule: QuotaRule,
        stricter: [QuotaRule],
        silenced: [QuotaRule],
        refused: Bool = false
    ) -> QuotaPreview {
        QuotaPreview(
            rule: rule,
            refusal: refused ? Refusal(.quotaContradicts) : nil,
            stricter: stricter,
            silenced: silenced
        )
    }

    /// A part in the middle of the list, and nothing found.
    private static func rehearsal(
        _ words: Words,
        of rule: QuotaRule,
        refused: Reason?,
        _ draft: Draft
    ) -> RehearsalPage {
        let lines = ["LI1-V-000041", nil].map { usedUpBy in
            RehearsedQuota.Line(
                receipt: "LI1-V-000042",
                on: today,
                person: "P-72D3BX",
                household: ID(UUID()),
                units: 1,
                cents: Cents(unchecked: 9000),
                usedUpBy: usedUpBy
            )
        }
        return RehearsalPage(
            words,
            RehearsedQuota(
                preview: preview(of: rule, stricter: [], silenced: [], refused: refused != nil),
                from: today.adding(months: -3),
                to: today,
                judged: Rehearsal.Tally(),
                refused: Rehearsal.Tally(),
                items: refused == nil ? lines : [],
                next: refused == nil ? "2026-11-23_LI1-V-000042_1" : nil,
                isWhole: true
            ),
            draft,
            today: today,
            key: key,
            mayOpen: { _ in refused == nil }
        )
    }

    private static func prices(_ words: Words) -> [any Page] {
        // Counts all that the other counts, and leaves no more of it.
        let household = QuotaRule(
            code: "equipment-per-household",
            startsOn: today.adding(days: -60),
            category: .equipment,
            holder: .household,
            span: .slidingMonths(36),
            unitsMax: 1,
            centsMax: nil,
            origins: Set(RightOrigin.allCases),
            kinds: Set(TicketKind.allCases),
            shop: nil
        )
        let choices = QuotasPage.Choices(shops: [], products: [], programmes: [])
        let rules = [today, today.adding(days: -30), today.adding(days: 9)].map { day in
            QuotaRule(
                code: "computer-per-household",
                startsOn: day,
                category: .equipment,
                holder: .household,
                span: .slidingMonths(24),
                unitsMax: 1,
                centsMax: nil,
                origins: [.voucher],
                kinds: [.sale],
                shop: nil
            )
        }
        let products: [ProductRow] = [
            decoded(
                """
                {"id": "01900000-0000-7000-8000-000000000005", "code": "recharge-5", "kind": "recharge",
                  "category": "connection", "nameFrench": "Recharge 5", "nameEnglish": "5 recharge",
                  "operatorName": "SFR", "priceCents": 500, "volumeMB": 10000, "validDays": 30,
                  "startsOn": "2026-01-01", "changesOn": "2027-01-01", "free": 40, "threshold": 10}
                """
            ),
            decoded(
                """
                {"id": "01900000-0000-7000-8000-000000000006", "code": "laptop", "kind": "device",
                  "deviceKind": "laptop", "category": "equipment", "nameFrench": "Ordinateur portable",
                  "nameEnglish": "Laptop", "operatorName": ""}
                """
            ),
            decoded(
                """
                {"id": "01900000-0000-7000-8000-000000000007", "code": "mouse", "kind": "accessory",
                  "nameFrench": "Souris", "nameEnglish": "Mouse", "operatorName": "", "free": 2, "threshold": 5,
                  "expectedUnits": 10, "expectedOn": "2026-01-01", "order": "LICM26-0001"}
                """
            ),
        ]
        let returns = RefundReason.allCases.map {
            ReturnRule(
                reason: $0,
                givesRightBack: $0 != .other,
                startsOn: $0 == .other ? today.adding(days: 1) : today
            )
        }
        return [
            ReturnsPage(
                words,
                returns,
                today: today,
                mayWrite: true,
                wrong(ReturnsPage.fields),
                key: key
            ),
            ReturnsPage(words, returns, today: today, mayWrite: false, key: key),
            QuotasPage(
                words,
                rules,
                today: today,
                choices: choices,
                mayWrite: true,
                overrides: "/overrides",
                wrong(QuotasPage.fields),
                key: key
            ),
            QuotasPage(
                words,
                [rules[2]],
                today: today,
                choices: choices,
                mayWrite: false,
                key: key
            ),
            QuotasPage(
                words,
                rules + [household],
                today: today,
                choices: choices,
                mayWrite: true,
                Draft(changing: rules[0], shops: [:], today: today),
                preview(of: rules[0], stricter: [household], silenced: []),
                key: key
            ),
            QuotasPage(
                words,
                rules,
                today: today,
                choices: choices,
                mayWrite: true,
                Draft(),
                preview(of: rules[0], stricter: [], silenced: [household], refused: true),
                key: key
            ),
            rehearsal(words, of: household, refused: nil, Draft(Form(encoded: "after=x"))),
            rehearsal(words, of: household, refused: .quotaContradicts, Draft()),
            RehearsalPage(
                words,
                nil,
                wrong(QuotasPage.fields, "code=x"),
                today: today,
                key: key,
                mayOpen: { _ in false }
            ),
            ProductsPage(
                words,
                Paged(items: products, next: "z"),
                after: "a",
                today: today,
                mayPrice: true,
                mayReceive: true,
                workplace: bar(at: "/products"),
                wrong(ProductsPage.fields),
                sent: .price,
                key: key
            ),
            ProductsPage(
                words,
                Paged(items: products, next: nil),
                after: nil,
                today: today,
                mayPrice: false,
                mayReceive: false,
                key: key
            ),
        ]
            + [ProductsPage.Sent.stock, .product, .threshold].map { sent in
                ProductsPage(
                    words,
                    Paged(items: [], next: nil),
                    after: nil,
                    today: today,
                    mayPrice: true,
                    mayReceive: true,
                    sent: sent,
                    key: key
                )
            }
    }

    private static func standing(refused reason: Reason?) -> StandingAnswer {
        let rule = QuotaRule(
            code: "recharges-per-month",
            startsOn: today,
            category: .connection,
            holder: .person,
            span: .calendarMonth,
            unitsMax: nil,
            centsMax: Cents(unchecked: 3000),
            origins: Set(RightOrigin.allCases),
            kinds: Set(TicketKind.allCases),
            shop: nil
        )
        let holder = QuotaHolder(
            person: ID(UUID()),
            household: ID(UUID()),
            members: [],
            voucherRights: []
        )
        let right = Right(
            id: ID(UUID()),
            category: .equipment,
            origin: .completion(ID(UUID()), code: "1234567890123"),
            startsOn: today,
            endsOn: today.adding(months: 9),
            usesMax: 1
        )
        return StandingAnswer(
            buyer: nil,
            people: [],
            voucher: nil,
            completionCode: nil,
            rights: reason == nil ? [.init(right: right, usesLeft: 1)] : [],
            quotas: [QuotaStanding(rule, [], of: holder, on: today)],
            refusal: reason.map { Refusal($0) }
        )
    }

    static func decoded<Value: Decodable>(_ json: String) -> Value {
        do {
            return try JSONDecoder().decode(Value.self, from: Data(json.utf8))
        } catch {
            preconditionFailure("the sample does not read as \(Value.self): \(error)")
        }
    }
}

private let personJSON = """
    {"id": "01900000-0000-7000-8000-000000000001", "code": "P-72D3BX", "givenName": "Amina", "familyName": "Benali",
      "phone": "+33639980001", "birthYear": 1985, "quarter": "Fives", "structure": "Itinéraires"}
    """

private let structureJSON = """
    {"id": "01900000-0000-7000-8000-000000000003", "name": "Itinéraires", "kind": "prevention_specialisee",
      "quarter": "Lille-Sud", "agreementStartsOn": "2022-01-01", "prescribers": 2}
    """

/// One that holds, one that has lapsed, one that was revoked.
private let vouchersJSON = [
    ("123456789015", "\"validUntil\": \"2027-08-20\""),
    ("123456789023", "\"validUntil\": \"2024-08-20\""),
    (
        "123456789031",
        "\"validUntil\": \"2027-08-20\", \"revokedOn\": \"2026-11-21\", \"shop\": \"Lille\""
    ),
].map { code, until in
    """
    {"id": "01900000-0000-7000-8000-000000000007", "code": "\(code)", "structure": "Itinéraires",
      "signedOn": "2026-11-20", \(until), "persons": 2, "firstPerson": "Amina Benali"}
    """
}

private let whenJSON = #""2026-11-20T09:00:00Z""#

private func voucherCardJSON(_ voucher: String) -> String {
    """
    {"voucher": \(voucher), "structureID": "01900000-0000-7000-8000-000000000003", "prescriber": "Inès Carlier",
      "prescriberPost": "éducatrice spécialisée", "householdSize": 3, "originalKept": true,
      "recordedOn": "2026-11-20", "presentedMonths": 3, "recordedBy": "SA", "revocationMotive": "Perdu",
      "persons": [\(personJSON)],
      "rights": [{"id": "01900000-0000-7000-8000-000000000008", "category": "equipment", "endsOn": "2027-08-20",
        "usesMax": 1, "used": 0}, {"id": "01900000-0000-7000-8000-000000000009", "category": "connection",
        "endsOn": "2027-08-20", "used": 3}],
      "details": {"motives": [{"code": "parent", "french": "Parent d’élève", "english": "Parent"}], "wish": "laptop",
        "remarks": "Vient le mardi"}, "renews": "100000000024", "renewedBy": "100000000032",
      "history": [{"act": "recorded", "at": \(whenJSON), "by": "SA"},
        {"act": "used", "at": \(whenJSON), "by": "SA", "category": "equipment", "units": 1, "receipt": "LI1-V-000042"},
        {"act": "renewed", "at": \(whenJSON), "by": "Inès Carlier", "code": "100000000032"}]}
    """
}

private let noticesJSON = """
    [{"startsOn": "2030-01-01", "french": "Demain", "english": "Tomorrow"},
     {"startsOn": "2026-01-01", "french": "Un\\n\\nDeux", "english": "One\\n\\nTwo"},
     {"startsOn": "2000-01-01", "french": "Avant", "english": "Before"}]
    """

private let mergeJSON = """
    {"ends": \(fileJSON), "goesOn": \(fileJSON)}
    """

private let fileJSON = """
    {"person": \(personJSON), "openedOn": "2026-01-05", "vouchers": 1, "tickets": 2, "courses": 0, "livesWith": 1}
    """

private let cardJSON = """
    {"person": \(personJSON), "language": "ar", "structureID": "01900000-0000-7000-8000-000000000003",
      "household": "01900000-0000-7000-8000-000000000002", "livesWith": [\(personJSON)],
      "vouchers": [\(vouchersJSON.joined(separator: ","))],
      "tickets": [{"sale": "01900000-0000-7000-8000-00000000000a", "receipt": "LI1-V-000042", "on": "2026-11-21",
        "kind": "sale", "words": "Recharge 5 €", "wordsEnglish": "€5 recharge", "paidCents": 500, "valueCents": 500, "unitsBack": 1}],
      "mergedCodes": ["P-72D3BZ"],
      "notice": {"noticeOn": "2026-01-01", "answeredOn": "2026-02-01", "told": "paper", "accepted": true, "isCurrent": true},
      "courses": [{"run": "LI-2022-06", "enrolledOn": "2026-06-01", "completedOn": "2026-07-01",
        "code": "1234567890123"}, {"run": "LI-2026-11", "enrolledOn": "2026-11-01"}]}
    """
