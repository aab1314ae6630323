import Shop
import Store

@testable import Till

extension Samples {
    /// The list and the search, full and empty; a case at each step; its slip.
    static func afterSales(_ words: Words) throws -> [any Page] {
        let today = day("2026-11-28")
        let tree = diagnosisTree
        let symptom = tree.symptoms[0]
        let card: AfterSalesCard = decoded(caseJSON)
        let bare: AfterSalesCard = decoded(
            caseJSON.replacing(#""person": "P-72D3BX", "#, with: "")
                .replacing(#", "openCase": "LIAV26-0001""#, with: "")
                .replacing(#""presumptionEndsOn": "2027-02-28", "#, with: "")
                .replacing(#""gift": false"#, with: #""gift": true"#)
                .replacing(#""outcome": "covered", "#, with: "")
                .replacing(#""answers": [\#(answerJSON)]"#, with: #""answers": []"#)
                .replacing(#""repair", "exchange", "refund", "diagnose""#, with: #""diagnose""#)
        )
        func at(_ stage: String, _ acts: String, _ more: String = "") -> AfterSalesCard {
            decoded(
                caseJSON.replacing(#""stage": "diagnosed","#, with: #""stage": "\#(stage)","#)
                    .replacing(
                        #""acts": ["repair", "exchange", "refund", "diagnose", "hand_back"]"#,
                        with: #""acts": [\#(acts)]\#(more)"#
                    )
            )
        }
        let ended = [
            at(
                "exchanged",
                "",
                #", "replacement": {"receipt": "LI1-V-000050", "label": "LIPC26-0009"}"#
            ),
            at(
                "refunded",
                "",
                #", "refund": "LI1-R-000002", "toRefundToo": {"receipt": "LI1-V-000040", "label": "LIPC26-0002"}"#
            ),
            at("announced", #""receive", "diagnose", "close""#),
            at("refused", #""hand_back""#),
        ]
        let late: AfterSalesCard = decoded(
            caseJSON.replacing(#""openedOn": "2026-11-20""#, with: #""openedOn": "2029-11-20""#)
        )
        let proved: AfterSalesCard = decoded(
            caseJSON.replacing(#""openedOn": "2026-11-20""#, with: #""openedOn": "2027-11-20""#)
        )
        let rows = Paged(items: [card.row, ended[0].row], next: key)
        let none = Paged<HandedOverDevice>(items: [], next: nil)
        let person: PersonRow = decoded(
            #"{"id": "01900000-0000-7000-8000-000000000001", "code": "P-72D3BX", "givenName": "Amina", "familyName": "Benali", "phone": "", "quarter": ""}"#
        )
        var wrong = Draft(Form(encoded: "act=repair&work=&replacement=x&means=gold"))
        wrong.refuse(Refusal(.afterSalesEnded))
        wrong.refuse(Refusal(.fieldMissing, ["field": .field(.work)]))
        wrong.refuse(Refusal(.deviceGone).about(.replacement))
        wrong.refuse(Refusal(.fieldMissing, ["field": .field(.means)]))
        var unknown = Draft(Form(encoded: "symptom=smoke"))
        unknown.refuse(Refusal(.fieldMissing, ["field": .field(.symptom)]))
        unknown.refuse(Refusal(.afterSalesNotAway, ["label": .text("LIPC26-0008")]))

        var pages: [any Page] = [
            AfterSalesPage(words, rows, .open, after: key, today: today),
            AfterSalesPage(
                words,
                Paged(items: [], next: nil),
                .stage(.repaired),
                after: nil,
                today: today
            ),
            AfterSalesPage(
                words,
                found: Paged(items: [card.device, bare.device], next: key),
                [],
                typed: "lenovo"
            ),
            AfterSalesPage(words, found: none, [person], typed: "Benali"),
            AfterSalesPage(words, found: none, [], typed: "zzz"),
            AfterSalesPage(
                words,
                found: none,
                [],
                typed: "x",
                refusal: Refusal(.searchTooShort, ["least": .number(3)])
            ),
            AfterSalesSlipPage(
                words,
                card,
                association: "Solidarité numérique",
                place: ShopPlace(name: "Lille", address: "1 place, 59000 Lille"),
                isDemonstration: true
            ),
        ]
        for draft in [Draft(), unknown] {
            pages.append(
                NewAfterSalesPage(words, card.device, tree, draft, key: key, today: today)
            )
        }
        for (card, answers, asksAgain, draft, may) in [
            (card, [], false, Draft(), true), (card, [], false, wrong, true),
            (card, [1], true, Draft(), false), (card, [2], true, Draft(), true),
            (card, [2, 1], true, Draft(), true), (card, [2, 2], true, Draft(), true),
            (bare, [], false, Draft(), true), (bare, [2], false, Draft(), false),
            (late, [2, 2], true, Draft(), true), (proved, [], false, Draft(), true),
        ] + ended.map({ ($0, [], false, Draft(), true) })
            + ended.map({ ($0, [], false, wrong, false) })
            as [(AfterSalesCard, [Int], Bool, Draft, Bool)]
        {
            pages.append(
                AfterSalesCasePage(
                    words,
                    card,
                    try tree.walk(from: symptom, answers),
                    asksAgain: asksAgain,
                    givesRightBack: may,
                    maySell: may,
                    maySeePerson: may,
                    draft
                ) { key }
            )
        }
        return pages
    }

    private static let key = "01900000-0000-7000-8000-000000000001"

    private static func day(_ iso: String) -> Day { Day(iso: iso) ?? Day(0) }
}

private let diagnosisTree = DiagnosisTree(
    startsOn: Day(0),
    symptoms: [
        .init(
            code: "no_power",
            french: "Ne s’allume pas",
            english: "Does not switch on",
            firstQuestion: 1
        )
    ],
    questions: [
        .init(
            number: 1,
            french: "S’allume-t-il branché\u{202F}?",
            english: "Does it start plugged in?",
            answers: [
                .init(
                    number: 1,
                    french: "Oui",
                    english: "Yes",
                    nextQuestion: nil,
                    outcome: .selfHelp,
                    frenchAdvice: "Essayez une autre prise.",
                    englishAdvice: "Try another socket."
                ),
                .init(number: 2, french: "Non", english: "No", nextQuestion: 2, outcome: nil),
            ]
        ),
        .init(
            number: 2,
            french: "Voit-on un choc\u{202F}?",
            english: "Is there a blow?",
            answers: [
                .init(
                    number: 1,
                    french: "Oui",
                    english: "Yes",
                    nextQuestion: nil,
                    outcome: .misuse
                ),
                .init(
                    number: 2,
                    french: "Non",
                    english: "No",
                    nextQuestion: nil,
                    outcome: .covered
                ),
            ]
        ),
    ]
)

private let answerJSON = """
    {"french": "Voit-on un choc ?", "english": "Is there a blow?", "frenchAnswer": "Non", "englishAnswer": "No", \
    "frenchAdvice": "", "englishAdvice": ""}
    """

private let caseJSON = """
    {"case": {"id": "01900000-0000-7000-8000-000000000001", "code": "LIAV26-0001", "label": "LIPC26-0008",
      "kind": "laptop", "maker": "HP", "model": "EliteBook 840 G3", "shop": "Lille Fives", "shopCode": "LI",
      "symptom": {"code": "no_power", "french": "Ne s’allume pas", "english": "Does not switch on", "firstQuestion": 1},
      "stage": "diagnosed", "openedAt": "2026-11-20T09:00:00.000000Z", "since": "2026-11-21T09:00:00.000000Z"},
     "device": {"label": "LIPC26-0008", "kind": "laptop", "maker": "HP", "model": "EliteBook 840 G3",
      "serial": "5CG7123ABC", "shop": "Lille Fives", "receipt": "LI1-V-000042", "gift": false,
      "at": "2026-02-28T09:00:00.000000Z", "operatorCode": "LN", "person": "P-72D3BX", "paid_cents": 9900,
      "guaranteeEndsOn": "2028-02-28", "guaranteedUntil": "2028-08-28", "presumptionEndsOn": "2027-02-28", "openCase": "LIAV26-0001"},
     "here": true,
     "coverage": {"outcome": "covered", "openedOn": "2026-11-20", "guaranteeEndsOn": "2028-08-28", "presumptionEndsOn": "2027-02-28"},
     "acts": ["repair", "exchange", "refund", "diagnose", "hand_back"],
     "answers": [\(answerJSON)],
     "history": [{"at": "2026-11-20T09:00:00.000000Z", "stage": "announced", "operatorCode": "LN", "work": "", "months": 0},
       {"at": "2026-11-20T09:00:00.000000Z", "stage": "diagnosed", "operatorCode": "LN", "work": "", "months": 0, "outcome": "covered"},
       {"at": "2026-11-21T09:00:00.000000Z", "stage": "repaired", "operatorCode": "KA", "work": "Barrette changée", "months": 6}]}
    """
