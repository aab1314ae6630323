import Foundation
import Shop

@testable import Store
@testable import Till

extension Samples {
    static func till(_ words: Words) throws -> [any Page] {
        let shop = ID<Shop>(UUID())
        let place = TillPlace(
            id: ID(UUID()),
            code: "LI1",
            name: "Caisse 1",
            shop: shop,
            shopCode: "LI",
            shopName: "Lille Fives"
        )
        func staff(firstDay: Bool) -> Staff {
            Staff(
                id: ID(UUID()),
                operatorCode: "LINA",
                name: "Lina",
                language: words.language,
                firstDay: firstDay,
                roles: [.init(role: .volunteerSeller, shop: shop)],
                till: place
            )
        }
        return [
            try TillPage(
                words,
                by: staff(firstDay: true),
                at: place,
                programmes: [.init(code: "lille", name: "Parents connectés, Lille 2022")],
                overrides: overrideChoices
            ),
            try TillPage(
                words,
                by: staff(firstDay: false),
                at: place,
                programmes: [],
                overrides: overrideChoices,
                isLocked: true
            ),
            ReceiptPage(ReceiptDocument(receipt(of: .sale, at: place), in: words.language), words),
            ReceiptPage(
                ReceiptDocument(receipt(of: .gift, at: place), in: words.language),
                words,
                mayOpen: { _ in true }
            ),
            ReceiptPage(
                ReceiptDocument(refundReceipt(at: place), in: words.language),
                words
            ),
            receipts(words),
            ReceiptsPage(
                words,
                Paged(items: [], next: nil),
                day: nil,
                after: nil,
                today: Day(iso: "2026-11-22")!,
                mayOpen: { _ in true }
            ),
            ClosingPage(closing(at: place, reason: nil), words),
            ClosingPage(closing(at: place, reason: .unexplained), words),
            closings(words, at: place),
            ClosingsPage(
                words,
                Paged(items: [], next: nil),
                period: nil,
                till: place.code,
                due: [],
                after: nil,
                Draft()
            ),
            PeriodClosingPage(periodSlip(.month, at: place), words),
            PeriodClosingPage(periodSlip(.day, at: place, rate: 2000), words),
            ReceiptPage(
                ReceiptDocument(receipt(of: .sale, at: place), in: words.language),
                words,
                printed: PrintedCopy(copy: 2, at: Instant(microseconds: 1_795_356_300_000_000))
            ),
        ]
    }

    static func refundReceipt(at place: TillPlace) -> RefundReceipt {
        let original = receipt(of: .sale, at: place)
        return RefundReceipt(
            refund: original.refunds[0],
            original: original,
            shop: original.shop,
            signature: "0718a1b2c3d4e5f6"
        )
    }

    /// A part of the list in its middle: a sale of which a unit came back, a gift, a refund.
    static func receipts(_ words: Words) -> ReceiptsPage {
        let day = Day(iso: "2026-11-22")!
        func row(_ kind: ReceiptDocument.Kind, returned: Int?) -> TicketRow {
            TicketRow(
                number: ReceiptCode(till: "LI1", kind: kind.code, number: 3).text,
                kind: kind,
                sale: ID(UUID()),
                at: Instant(microseconds: 1_795_356_300_000_000),
                businessOn: day,
                till: "LI1",
                operatorCode: "LINA",
                what: "Recharge 20 Go",
                lineCount: kind == .sale ? 2 : 1,
                totalCents: Cents(unchecked: kind == .gift ? 0 : 1_000),
                valueCents: Cents(unchecked: 1_000),
                means: kind == .gift ? [] : [.cash],
                returned: returned
            )
        }
        return ReceiptsPage(
            words,
            Paged(
                items: [
                    row(.refund, returned: nil), row(.sale, returned: 1), row(.gift, returned: 0),
                ],
                next: "next"
            ),
            day: day,
            after: "after",
            today: day
        )
    }

    /// A part of the list in its middle, at a till whose month is over, after a refusal.
    static func closings(_ words: Words, at place: TillPlace) -> ClosingsPage {
        var draft = Draft()
        draft.refuse(Refusal(.nothingToClose))
        return ClosingsPage(
            words,
            Paged(
                items: Period.allCases.map { periodSlip($0, at: place) },
                next: "next"
            ),
            period: .day,
            till: place.code,
            due: [.init(period: "month", words: "Clôturer le mois", key: "key")],
            after: "after",
            draft
        )
    }

    static func periodSlip(_ period: Period, at place: TillPlace, rate: Int = 0) -> PeriodSlip {
        let day = Day(iso: "2026-11-30")!
        let shop = receipt(of: .sale, at: place).shop
        return PeriodSlip(
            till: place.code,
            record: PeriodClosingRecord(
                till: place.id,
                period: period,
                startsOn: day,
                endsOn: period.end(of: day),
                previousEndsOn: nil,
                positions: 1...9,
                totals: .init(
                    sales: 3,
                    gifts: 1,
                    refunds: 1,
                    salesCents: Cents(unchecked: 22_600),
                    giftsCents: Cents(unchecked: 9_000),
                    refundsCents: Cents(unchecked: 1_000),
                    rates: [
                        .init(
                            regime: rate == 0 ? "exempt_261_7" : "normal",
                            basisPoints: rate,
                            salesCents: Cents(unchecked: 22_600),
                            refundsCents: Cents(unchecked: 1_000),
                            taxCents: rate == 0 ? 0 : 3_600
                        )
                    ],
                    means: [
                        .init(
                            means: "cash",
                            inCents: Cents(unchecked: 22_600),
                            outCents: Cents(unchecked: 1_000)
                        )
                    ]
                ),
                perpetual: 1_234_500,
                perpetualAbsolute: 1_300_000,
                software: "Comptoir 0.1",
                link: Link(
                    chain: ID(UUID()),
                    position: 10,
                    kind: .closing,
                    number: 4,
                    at: Instant(microseconds: 1_795_356_300_000_000)
                ),
                by: ID(UUID())
            ),
            closedBy: "LINA",
            association: "Le Comptoir solidaire",
            isDemonstration: true,
            shop: shop,
            signature: "0718a1b2c3d4e5f6"
        )
    }

    static func closing(at place: TillPlace, reason: DifferenceReason?) -> ClosingSlip {
        let shop = receipt(of: .sale, at: place).shop
        return ClosingSlip(
            till: "LI1",
            record: ClosingRecord(
                till: place.id,
                drawer: 3,
                expected: Takings(cash: 22_700, card: 9_900, cheque: 0),
                counted: Takings(cash: reason == nil ? 22_700 : 22_600, card: 9_900, cheque: 0),
                tickets: 3,
                sales: Cents(unchecked: 22_600),
                refunds: Cents(unchecked: 1_000),
                gifts: .zero,
                perpetual: Cents(unchecked: 1_234_500),
                reason: reason?.rawValue,
                details: .init(
                    movedIn: Cents(unchecked: 2_000),
                    movedOut: .zero,
                    pieces: [.init(cents: 2000, count: 11), .init(cents: 200, count: 3)],
                    cheques: [Cents(unchecked: 5_000)],
                    goods: []
                ),
                link: Link(
                    chain: ID(UUID()),
                    position: 9,
                    kind: .closing,
                    number: 3,
                    at: Instant(microseconds: 1_795_356_300_000_000)
                ),
                by: ID(UUID())
            ),
            goods: [1, 0].map { returned in
                DrawerGoods(
                    product: ID(UUID()),
                    nameFrench: "Recharge 20 Go",
                    nameEnglish: "20 GB recharge",
                    sold: 3,
                    given: 0,
                    returned: returned
                )
            },
            openedAt: Instant(microseconds: 1_795_326_300_000_000),
            floatCents: 10_000,
            carriedCents: reason == nil ? 10_000 : -500,
            closedBy: "LINA",
            association: "Le Comptoir solidaire",
            isDemonstration: reason != nil,
            shop: shop,
            signature: "a1b2c3d4e5f60718"
        )
    }

    /// A ticket of a machine, two recharges and a bag; one recharge of the sale came back.
    static func receipt(of kind: TicketKind, at place: TillPlace) -> Receipt {
        let isGift = kind == .gift
        let day = Day(iso: "2026-11-22")!
        func cents(_ count: Int64) -> Cents { Cents(unchecked: count) }
        func line(
            _ description: String,
            _ quantity: Int,
            _ price: Int64,
            at position: Int = 1,
            device: Bool = false,
            regime: TaxRule.Regime,
            rate: Int = 0,
            tax: Int64 = 0,
            volumeMB: Int? = nil,
            validDays: Int? = nil
        ) -> SaleRecord.Line {
            let value = cents(price * Int64(quantity))
            return SaleRecord.Line(
                position: position,
                product: ID(UUID()),
                device: device ? ID(UUID()) : nil,
                stay: device ? 1 : nil,
                description: description,
                quantity: quantity,
                unitPrice: cents(price),
                value: value,
                personPays: isGift ? .zero : value,
                programmePays: isGift ? value : .zero,
                regime: regime.rawValue,
                rateBasisPoints: rate,
                tax: cents(tax),
                volumeMB: volumeMB,
                validDays: validDays,
                guaranteeEndsOn: device ? day.adding(months: 24) : nil,
                presumptionEndsOn: device && !isGift ? day.adding(months: 12) : nil,
                right: nil,
                codes: validDays == nil ? [] : [ID(UUID())]
            )
        }
        func link(_ kind: EntryKind, _ number: Int64) -> Link {
            Link(
                chain: ID(UUID()),
                position: number,
                kind: kind,
                number: number,
                at: Instant(microseconds: 1_795_356_300_000_000)
            )
        }
        let sale = SaleRecord(
            id: ID(UUID()),
            key: ID(UUID()),
            kind: kind,
            till: place.id,
            shop: place.shop,
            drawer: 1,
            link: link(isGift ? .gift : .sale, 42),
            businessOn: day,
            seller: ID(UUID()),
            operatorCode: "LINA",
            person: ID(UUID()),
            household: ID(UUID()),
            programme: isGift ? ID(UUID()) : nil,
            total: isGift ? .zero : cents(12_700),
            value: cents(12_700),
            tax: cents(133),
            rules: "",
            software: softwareVersion,
            lines: [
                line("LIPC26-0008 HP EliteBook 840 G3", 1, 9_900, device: true, regime: .margin),
                line(
                    "Recharge 20 Go",
                    2,
                    1_000,
                    at: 2,
                    regime: .franchise,
                    volumeMB: 20_000,
                    validDays: 30
                ),
                line("Sacoche", 1, 800, at: 3, regime: .normal, rate: 2_000, tax: 133),
            ],
            payments: isGift
                ? []
                : [
                    .init(
                        position: 1,
                        means: .cash,
                        amount: cents(12_700),
                        tendered: cents(15_000),
                        change: cents(2_300)
                    )
                ]
        )
        let refund = RefundRecord(
            id: ID(UUID()),
            key: ID(UUID()),
            sale: sale.id,
            ordinal: 1,
            till: place.id,
            shop: place.shop,
            drawer: 1,
            link: link(.refund, 3),
            businessOn: day,
            seller: ID(UUID()),
            operatorCode: "LINA",
            reason: RefundReason.wrongItem.rawValue,
            means: .cash,
            total: cents(1_000),
            tax: .zero,
            software: softwareVersion,
            units: [
                .init(
                    sale: sale.id,
                    position: 2,
                    unit: 1,
                    amount: cents(1_000),
                    tax: .zero,
                    value: cents(1_000),
                    returnedOn: day
                )
            ]
        )
        return Receipt(
            sale: sale,
            code: ReceiptCode(till: "LI1", kind: isGift ? .gift : .sale, number: 42),
            association: "Le Comptoir solidaire",
            isDemonstration: !isGift,
            shop: .init(
                name: "Lille Fives",
                address: "12 rue de l’Exemple, 59000 Lille",
                siret: "12345678200010",
                vatNumber: isGift ? nil : "FR12123456782"
            ),
            till: "LI1",
            personCode: "P-72D3BX",
            programme: isGift ? "Parents connectés, Lille 2022" : nil,
            lines: [
                .init(
                    french: "Ordinateur portable",
                    english: "Laptop",
                    deviceLabel: "LIPC26-0008",
                    grade: "b"
                ),
                .init(
                    french: "Recharge 20 Go",
                    english: "20 GB top-up",
                    deviceLabel: nil,
                    grade: nil
                ),
                .init(french: "Sacoche", english: "Bag", deviceLabel: nil, grade: nil),
            ],
            signature: "a1b2c3d4e5f60718",
            refunds: isGift
                ? []
                : [
                    .init(
                        code: ReceiptCode(till: "LI1", kind: .refund, number: 3),
                        record: refund
                    )
                ]
        )
    }
}
