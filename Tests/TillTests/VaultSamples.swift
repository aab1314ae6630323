import Foundation
import Shop
import Store

@testable import Till

private let key = "01900000-0000-7000-8000-00000000000a"

extension Samples {
    /// The vault: batches at each stage, formats, days that add up and that do not, codes of a ticket.
    static func vault(_ words: Words) throws -> [any Page] {
        try batches(words) + formats(words) + days(words) + ticketCodes(words)
    }

    private static func card(_ stage: String, expires: Bool = true, motive: String = "")
        -> CodeBatchCard
    {
        let decided =
            stage == "waiting"
            ? ""
            : #", "decided": {"at": "2026-11-20T10:00:00.000000Z", "operatorCode": "BN", "motive": "\#(motive)"}"#
        return decoded(
            """
            {"batch": {"id": "01900000-0000-7000-8000-000000000001", "code": "LIRC26-0001", "shop": "Lille Fives",
              "product": "recharge-code", "name_fr": "Recharge <SFR>", "name_en": "<SFR> recharge", "slip": "BL-1<2>",
              "units": 1000, "face_value_cents": 500, "free": 12, "stage": "\(stage)",
              \(expires ? #""first_expiry": "2027-01-31","# : "")
              "imported_at": "2026-11-20T09:00:00.000000Z", "imported_by": "KA"},
             "shop": "01900000-0000-7000-8000-000000000009", "operatorName": "S<FR", "format": "sfr",
             "fileName": "codes<1>.csv", "broken": 1, "sold": 980, "shown": 970, "disputed": 2,
             "expired": 8\(decided)}
            """
        )
    }

    private static func batches(_ words: Words) throws -> [any Page] {
        let waiting = card("waiting")
        let approved = card("approved", expires: false)
        let rejected = card("rejected", motive: "Mauvais <bordereau>")
        var wrong = Draft(Form(encoded: "motive="))
        _ = wrong.read("motive") { text throws(Refusal) in
            try ShortText(typed: text, field: .motive)
        }
        wrong.refuse(Refusal(.rechargeBatchDecided))
        let format = try CodeFormat(
            code: ShortCode(typed: "sfr"),
            name: ShortText(typed: "SFR <1>", field: .name),
            codeLength: 14,
            codeColumn: "PIN",
            serialColumn: "S<N"
        )
        let offered = OfferedCodes(code: "recharge-code", nameFr: "Recharge <SFR>", nameEn: "<SFR>")
        return [
            CodeBatchesPage(
                words,
                Paged(items: [waiting, approved, rejected].map(\.batch), next: key),
                stage: .waiting,
                after: key
            ),
            CodeBatchesPage(words, Paged(items: [], next: nil), stage: nil, after: nil),
            CodeBatchPage(words, waiting, isImporter: false, wrong) { key },
            CodeBatchPage(words, waiting, isImporter: false) { key },
            CodeBatchPage(words, waiting, isImporter: true) { key },
            CodeBatchPage(words, approved, isImporter: true) { key },
            CodeBatchPage(words, rejected, isImporter: false) { key },
            try CodeImportPage(
                words,
                formats: [format],
                products: [offered],
                workplace: bar(at: "/recharges/import"),
                shop: "LI"
            ),
            try CodeImportPage(words, formats: [], products: [], workplace: nil, shop: "LI"),
        ]
    }

    private static func formats(_ words: Words) throws -> [any Page] {
        let format = try CodeFormat(
            code: ShortCode(typed: "sfr"),
            name: ShortText(typed: "SFR <1>", field: .name),
            codeLength: 14,
            codeColumn: "P<N"
        )
        var wrong = Draft(Form(encoded: "code=x!&name="))
        _ = wrong.read("code") { text throws(Refusal) in try ShortCode(typed: text) }
        wrong.refuse(Refusal(.alreadyEnded))
        return [
            CodeFormatsPage(
                words,
                Paged(items: [format], next: "sfr"),
                after: "a",
                wrong,
                key: key
            ),
            CodeFormatsPage(
                words,
                Paged(items: [], next: nil),
                after: nil,
                Draft(),
                key: key
            ),
        ]
    }

    private static func days(_ words: Words) -> [any Page] {
        let day: [CodeDay] = decoded(
            """
            [{"shop": "LI", "product": "recharge-code", "name_fr": "Recharge <SFR>", "name_en": "<SFR>",
              "opening": {"units": 10, "face_value_cents": 5000}, "approved": {"units": 100, "face_value_cents": 50000},
              "sold": {"units": 3, "face_value_cents": 1500}, "given": {"units": 1, "face_value_cents": 500},
              "returned": {"units": 1, "face_value_cents": 500}, "disputed": {"units": 1, "face_value_cents": 500}, "closing": {"units": 107, "face_value_cents": 53500},
              "expired": {"units": 0, "face_value_cents": 0}, "moved": 107, "counted": 107, "broken": 0, "difference": 0},
             {"shop": "RO", "product": "recharge-code", "name_fr": "Recharge <SFR>", "name_en": "<SFR>",
              "opening": {"units": 10, "face_value_cents": 5000}, "approved": {"units": 0, "face_value_cents": 0},
              "sold": {"units": 0, "face_value_cents": 0}, "given": {"units": 0, "face_value_cents": 0},
              "returned": {"units": 0, "face_value_cents": 0}, "disputed": {"units": 0, "face_value_cents": 0}, "closing": {"units": 10, "face_value_cents": 5000},
              "expired": {"units": 2, "face_value_cents": 1000}, "moved": 9, "broken": 0, "difference": -1},
             {"shop": "RO", "product": "autre", "name_fr": "Autre", "name_en": "Other",
              "opening": {"units": 1, "face_value_cents": 500}, "approved": {"units": 0, "face_value_cents": 0},
              "sold": {"units": 0, "face_value_cents": 0}, "given": {"units": 0, "face_value_cents": 0},
              "returned": {"units": 0, "face_value_cents": 0}, "disputed": {"units": 0, "face_value_cents": 0},
              "closing": {"units": 1, "face_value_cents": 500}, "expired": {"units": 0, "face_value_cents": 0},
              "moved": 1, "broken": 1, "difference": 0}]
            """
        )
        let today = Day(20_000)
        return [
            CodeDayPage(words, day, on: today.adding(days: -1), mayKeep: true, today: today),
            CodeDayPage(words, [], on: today, mayKeep: false, today: today),
        ]
    }

    private static func ticketCodes(_ words: Words) throws -> [any Page] {
        func code(_ state: String, _ more: String = "") -> String {
            """
            {"position": 1, "unit": 1, "product": "recharge-code", "name_fr": "Recharge <SFR>", "name_en": "<SFR>",
             "tail": "0<23", "serial": "S1", "batch": "LIRC26-0001", "expires_on": "2027-01-31", "state": "\(state)",
             "showings": [\(more)]}
            """
        }
        let shown = """
            {"at": "2026-11-20T09:00:00.000000Z", "operator": "KA", "motive": ""},
            {"at": "2026-11-20T09:10:00.000000Z", "operator": "BN", "motive": "Papier <perdu>"}
            """
        let hidden: [TicketCode] = decoded("[\(code("hidden"))]")
        let seen: [TicketCode] = decoded(
            "[\(code("shown", shown)), \(code("shown", shown).replacing("\"state\"", with: "\"proof\": \"SFR <1>\", \"state\""))]"
        )
        let back: [TicketCode] = decoded("[\(code("returned")), \(code("disputed", shown))]")
        let receipt = ReceiptCode(till: "LI1", kind: .sale, number: 42)
        var wrong = Draft(Form(encoded: "motive=&place=1.1&proof-1.1="))
        _ = wrong.read("proof-1.1") { text throws(Refusal) in
            try ShortText(typed: text, field: .proof)
        }
        wrong.refuse(Refusal(.rechargeSealBroken))
        guard let text = CodeText(typed: "01234567890123", length: 14) else { return [] }
        let codes = ShownCodes(
            receipt: receipt.text,
            shop: "Lille <Fives>",
            codes: [
                ShownCode(
                    nameFr: "Recharge <SFR>",
                    nameEn: "<SFR>",
                    operatorName: "S<FR",
                    text: text,
                    serial: "S<1",
                    faceValue: try Cents(500),
                    expiresOn: Day(20_500),
                    volumeMB: 20_000,
                    validDays: 30
                ),
                ShownCode(
                    nameFr: "Recharge",
                    nameEn: "Recharge",
                    operatorName: "SFR",
                    text: text,
                    serial: "",
                    faceValue: try Cents(500),
                    expiresOn: nil,
                    volumeMB: nil,
                    validDays: nil
                ),
            ]
        )
        func page(
            _ codes: [TicketCode],
            isHere: Bool,
            isWarden: Bool,
            _ draft: Draft = Draft()
        ) -> TicketCodesPage {
            TicketCodesPage(
                words,
                codes,
                of: receipt,
                isHere: isHere,
                isWarden: isWarden,
                draft
            ) { key }
        }
        return [
            page(hidden, isHere: true, isWarden: false),
            page(hidden, isHere: false, isWarden: false),
            page(hidden, isHere: false, isWarden: true, wrong),
            page(seen, isHere: true, isWarden: false),
            page(seen, isHere: true, isWarden: true),
            page(seen, isHere: true, isWarden: true, wrong),
            page(back, isHere: true, isWarden: true),
            ShownCodesPage(words, codes),
        ]
    }
}
