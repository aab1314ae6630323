import Foundation
import Shop
import Store

@testable import Till

extension Samples {
    /// The prescriber's pages, with and without everything that they may have.
    static func portal(_ words: Words) throws -> [any Page] {
        let today = Day(year: 2026, month: 11, day: 23) ?? Day(0)
        let key = "01900000-0000-7000-8000-000000000009"
        let signed = try own(signedJSON)
        let bare = try own(bareJSON)
        var wrong = Draft(
            Form(
                encoded:
                    "count=2&motives=parent&person_1=P-72D3BX&services=equipment&signature=yes&together=yes"
            )
        )
        for name in ["household_size", "services", "valid_until", "signature", "motive"]
            + DetailsPart.fields.sorted()
        {
            _ = wrong.read(name) { _ throws(Refusal) -> Void in throw Refusal(.fieldMissing) }
        }
        wrong.refuse(Refusal(.personUnknown))
        let rows = [signed.voucher, bare.voucher]
        return [
            try StructureImportPage(words),
            PortalPage(
                words,
                Paged(items: rows, next: key),
                structure: try structure("2027-01-01"),
                after: key,
                today: today
            ),
            PortalPage(
                words,
                Paged(items: [], next: nil),
                structure: try structure("2026-01-01"),
                after: nil,
                today: today
            ),
            OwnRunsPage(
                words,
                Paged(items: try runs(), next: "LI-2026-02"),
                structure: "Itinéraires",
                isFirst: false
            ),
            OwnRunsPage(
                words,
                Paged(items: [], next: nil),
                structure: "Itinéraires",
                isFirst: true
            ),
            OwnRunPage(
                words,
                try runs()[0],
                people: signed.persons,
                searched: "ben",
                ended: nil,
                refusal: RefusalCard(Refusal(.enrolmentAskShop), in: words.language),
                newKey: { ID(UUID()) }
            ),
            OwnRunPage(
                words,
                try runs()[1],
                people: [],
                searched: nil,
                ended: nil,
                refusal: nil,
                newKey: { ID(UUID()) }
            ),
            OwnRunPage(
                words,
                try runs()[2],
                people: [],
                searched: nil,
                ended: "La convention a pris fin.",
                refusal: nil,
                newKey: { ID(UUID()) }
            ),
            NewReferralPage(
                words,
                Draft(Form(encoded: "together=yes")),
                key: key,
                structure: "Itinéraires",
                lastDay: today,
                motives: [],
                known: []
            ),
            NewReferralPage(
                words,
                wrong,
                key: key,
                structure: "Itinéraires",
                lastDay: today,
                motives: motives,
                known: signed.persons,
                renewing: try VoucherCode(scanned: "100000000008")
            ),
            OwnVoucherPage(words, signed, today: today, wrong, key: key, mailKey: key),
            OwnVoucherPage(words, bare, today: today, key: key, mailKey: nil),
            OwnVoucherPrintPage(
                words,
                signed,
                structure: "Itinéraires",
                association: "Numérique solidaire"
            ),
        ]
    }

    private static func structure(_ ends: String) throws -> OwnStructure {
        try JSONDecoder().decode(
            OwnStructure.self,
            from: Data(
                """
                {"id": "01900000-0000-7000-8000-000000000003", "name": "Itinéraires",
                  "agreement": {"startsOn": "2022-01-01", "endsOn": "\(ends)"}}
                """.utf8
            )
        )
    }

    /// One that is full, one without people or a plan, one that is over.
    private static func runs() throws -> [OwnRun] {
        try JSONDecoder().decode([OwnRun].self, from: Data(runsJSON.utf8))
    }

    private static func own(_ json: String) throws -> OwnVoucher {
        try JSONDecoder().decode(OwnVoucher.self, from: Data(json.utf8))
    }

    private static let signedJSON = """
        {"voucher": {"id": "01900000-0000-7000-8000-000000000001", "code": "100000000008",
            "prescriber": "Inès Carlier", "householdSize": 3, "signedOn": "2026-11-20",
            "validUntil": "2027-08-20", "persons": 2, "firstPerson": "Amina B.",
            "digits": "\(String(repeating: "7", count: 200))",
            "left": [{"category": "equipment", "uses": 1}, {"category": "connection"}]},
          "persons": [{"id": "01900000-0000-7000-8000-000000000002", "code": "P-72D3BX", "name": "Amina B."},
            {"id": "01900000-0000-7000-8000-000000000003", "code": "P-72D3BV"}],
          "rights": [{"category": "equipment", "endsOn": "2027-08-20", "usesMax": 2, "used": 1},
            {"category": "connection", "endsOn": "2027-08-20", "used": 0}],
          "uses": [{"category": "equipment", "usedOn": "2026-11-22", "units": 1}],
          "details": {"motives": [{"code": "parent", "french": "Parent d’élève", "english": "Parent"}],
            "wish": "laptop", "remarks": "Vient le mardi"},
          "renews": "100000000024", "renewal": {"validUntil": "2026-12-20", "number": 0, "most": 1, "days": 60},
          "history": [{"act": "signed", "on": "2026-11-20"}, {"act": "used", "on": "2026-11-22", "category": "equipment"},
            {"act": "renewed", "on": "2026-11-23", "code": "100000000032"}]}
        """

    private static let runsJSON = """
        [{"code": "LI-2026-03", "course": "Parents d’élèves", "shop": "Lille-Sud", "address": "12 rue du Bois, 59000 Lille",
            "place": "Salle des fêtes", "startsOn": "2026-12-01", "seatsLeft": 0, "waiting": 2, "takesPeople": true,
            "hasBegun": false, "firstSession": {"day": "2026-12-01", "startsAt": "14:00", "minutes": 150, "place": ""},
            "people": [{"code": "P-72D3BX", "name": "Amina B.", "askedOn": "2026-11-20", "state": "enrolled"},
              {"code": "P-72D3BV", "askedOn": "2026-11-20", "state": "waiting", "place": 2}]},
          {"code": "LI-2026-02", "course": "Parents d’élèves", "shop": "Lille-Sud", "address": "12 rue du Bois, 59000 Lille",
            "place": "", "startsOn": "2026-11-20", "seatsLeft": 3, "waiting": 0, "takesPeople": true, "hasBegun": true,
            "people": []},
          {"code": "LI-2026-01", "course": "Parents d’élèves", "shop": "Lille-Sud", "address": "12 rue du Bois, 59000 Lille",
            "place": "", "startsOn": "2026-01-20", "waiting": 0, "takesPeople": false, "hasBegun": true,
            "firstSession": {"day": "2026-01-20", "minutes": 150, "place": ""},
            "people": [{"code": "P-72D3BX", "name": "Amina B.", "askedOn": "2026-01-10", "state": "finished",
                "endedOn": "2026-04-02"},
              {"code": "P-72D3BV", "name": "Bruno B.", "askedOn": "2026-01-10", "state": "withdrawn",
                "endedOn": "2026-02-02"}]}]
        """

    private static let bareJSON = """
        {"voucher": {"id": "01900000-0000-7000-8000-000000000004", "code": "100000000016",
            "prescriber": "Inès Carlier", "householdSize": 1, "signedOn": "2026-01-20",
            "validUntil": "2026-10-20", "revokedOn": "2026-02-01", "persons": 1, "left": []},
          "persons": [], "rights": [], "uses": [], "details": {"motives": [], "remarks": ""},
          "renewal": {"validUntil": "2026-10-20", "revokedOn": "2026-02-01", "number": 0, "most": 1, "days": 60,
            "renewedBy": "100000000032"}, "history": []}
        """
}
