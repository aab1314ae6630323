import Foundation
import Shop
import Store

@testable import Till

extension Samples {
    /// Before and after the signature, with a choice of languages and without, erased, returned; the list and the terms,
    /// full and empty.
    static func handOvers(_ words: Words) throws -> [any Page] {
        let written: [HandOverTerms] = [
            HandOverTerms(
                startsOn: Day(iso: "2026-12-01")!,
                pictograms: [.care],
                texts: [.init(language: "fr", sentences: ["Prenez-en soin."])]
            ),
            HandOverTerms(
                startsOn: Day(iso: "2026-01-01")!,
                pictograms: [.yours, .help],
                texts: [
                    .init(language: "fr", sentences: ["C’est à vous.", "Revenez."]),
                    .init(language: "ar", sentences: ["هذا لك.", "عد إلينا."]),
                ]
            ),
            HandOverTerms(
                startsOn: Day(iso: "2025-01-01")!,
                pictograms: [.help],
                texts: [.init(language: "fr", sentences: ["Revenez."])]
            ),
        ]
        let today = Day(iso: "2026-11-23")!
        let act: HandOverAct = try read(actJSON)
        let plain: HandOverAct = try read(
            actJSON.replacing(#","translated":"هذا لك.""#, with: "")
                .replacing(#""language":"ar""#, with: #""language":"fr""#)
        )
        let (waiting, signed): (HandedOver, HandedOver) = try (
            read(handedOverJSON(signed: nil)), read(handedOverJSON(signed: signedJSON))
        )
        let refused: HandedOver = try read(
            handedOverJSON(
                signed: signedJSON.replacing(#""paper""#, with: #""refused""#)
                    .replacing(#""isErased":false"#, with: #""isErased":true,"witness":"ROSA""#)
            )
        )
        let nameless: HandedOver = try read(
            handedOverJSON(signed: nil).replacing(
                #""wantsNoName":false"#,
                with: #""wantsNoName":true"#
            )
        )
        let returned: HandedOver = try read(
            handedOverJSON(signed: nil).replacing(
                #""isReturned":false"#,
                with: #""isReturned":true"#
            )
        )
        var draft = Draft(Form(encoded: "way=refused&login=rosa&strokes=M1+1+90+90"))
        draft.refuse(Refusal(.witnessOwn))
        func page(
            _ act: HandOverAct,
            _ handedOver: HandedOver,
            _ draft: Draft = Draft(),
            mayOpen: Bool = true
        ) -> HandOverPage {
            HandOverPage(
                words,
                act,
                handedOver,
                written: written,
                asked: nil,
                draft,
                mayOpen: { _ in mayOpen },
                newKey: { ID(UUID()) }
            )
        }
        let strokes = try Strokes(typed: "M40 200 80 60 120 200")
        let list = HandOverRow.State.allCases.flatMap { state in
            (state == .waiting ? [nil] : HandOverWay.allCases.map { $0 as HandOverWay? }).map {
                row(state, $0)
            }
        }
        var wrong = Draft(Form(encoded: "state=never"))
        _ = wrong.read("state") { text throws(Refusal) in
            try HandOverRow.State(typed: text, field: .state)
        }
        return [
            page(act, waiting, draft), page(plain, waiting, mayOpen: false), page(act, signed),
            page(plain, refused), page(act, nameless), page(act, returned),
            HandOverPaper(words, act), HandOverPaper(words, plain, signed: .paper, by: "AM"),
            HandOverPaper(words, act, signed: .screen(strokes), by: "AM"),
            HandOversPage(
                words,
                Paged(items: list, next: "next"),
                wrong,
                shops: [],
                after: "after",
                mayOpen: { _ in true }
            ),
            HandOversPage(
                words,
                Paged(items: [], next: nil),
                Draft(),
                shops: [],
                after: nil,
                mayOpen: { _ in false }
            ),
            terms(words, written, today, ["starts_on", "lines"], isAdding: false),
            terms(words, written, today, ["version", "language", "sentences"], isAdding: true),
            HandOverTermsPage(words, [], today: today, newKey: { ID(UUID()) }),
        ]
    }

    private static func terms(
        _ words: Words,
        _ written: [HandOverTerms],
        _ today: Day,
        _ fields: [String],
        isAdding: Bool
    ) -> HandOverTermsPage {
        var draft = Draft()
        for name in fields {
            _ = draft.read(name) { _ throws(Refusal) -> Void in throw Refusal(.fieldMissing) }
        }
        draft.refuse(Refusal(.associationOnly))
        return HandOverTermsPage(
            words,
            written,
            today: today,
            draft,
            isAdding: isAdding,
            newKey: { ID(UUID()) }
        )
    }

    private static func row(_ state: HandOverRow.State, _ way: HandOverWay?) -> HandOverRow {
        HandOverRow(
            ticket: "LI1-G-000007",
            sale: ID(UUID()),
            givenAt: Instant(microseconds: 1_795_356_300_000_000),
            shop: "LI",
            person: "P-72D3BX",
            what: "LIPC26-0001 HP EliteBook 840 G3",
            lineCount: way == nil ? 1 : 2,
            state: state,
            signedAt: way.map { _ in Instant(microseconds: 1_795_356_400_000_000) },
            way: way,
            returned: way == .paper ? 1 : 0
        )
    }

    private static func read<Value: Decodable>(_ json: String) throws -> Value {
        try JSONDecoder().decode(Value.self, from: Data(json.utf8))
    }

    private static let actJSON = """
        {"sale":"01900000-0000-7000-8000-000000000001","ticket":"LI1-G-000007","givenOn":"2026-11-23","on":"2026-11-23",\
        "association":"Le Comptoir solidaire","shop":"Lille Fives","address":"12 rue de l’Exemple, 59000 Lille",\
        "city":"Lille","programme":"Parents connectés","person":"P-72D3BX","name":"Amina Benali",\
        "items":[{"position":1,"description":"LIPC26-0001 HP EliteBook 840 G3","label":"LIPC26-0001","serial":"5CG7",\
        "withFr":"Chargeur","withEn":"Charger",\
        "grade":"B","quantity":1,"returned":0},\
        {"position":2,"description":"Recharge 5 €","serial":"","quantity":1,"returned":1}],\
        "opened":[{"origin":"completion","code":"1234-5678"},{"origin":"voucher","code":"1234 5678 9012"}],\
        "terms":{"startsOn":"2026-01-01","language":"ar","lines":[\
        {"pictogram":"yours","french":"C’est à vous.","translated":"هذا لك."},{"pictogram":"help","french":"Revenez."}]}}
        """

    private static func handedOverJSON(signed: String?) -> String {
        """
        {"ticket":"LI1-G-000007","sale":"01900000-0000-7000-8000-000000000001","isReturned":false,"wantsNoName":false,\
        "spoken":"uk"\(signed.map { #","signed":"# + $0 } ?? "")}
        """
    }

    private static let signedJSON = """
        {"at":"2026-11-23T10:00:00Z","way":"paper","by":"AM","termsOn":"2026-01-01","language":"ar",\
        "sha256":"00b2c979e4a3e9fc2865cbcfa05a06576981946f0e6c99fa71630ae527236f55","isErased":false,\
        "sheets":[{"sheet":"01900000-0000-7000-8000-000000000002","kind":"application/pdf","sha256":"00",\
        "attachedAt":"2026-11-23T10:05:00Z","attachedBy":"AM"}]}
        """
}
