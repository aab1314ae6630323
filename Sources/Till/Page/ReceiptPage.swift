import Shop
import Store

/// A ticket as the person reads it: on the screen, and on paper 80 mm wide.
struct ReceiptPage: Page {
    static let template = "receipt"

    let number: String
    /// What kind of ticket: "Ticket de vente", "Attribution gratuite".
    let kind: String
    /// On a refund: the number of the ticket that it mirrors.
    let original: Original?
    let association: String
    let shop: String
    let address: String
    let siret: String
    let vatNumber: String?
    let till: String
    let sellerCode: String
    let sellerWords: String
    let soldOn: String
    let soldAt: String
    let personCode: String?
    let programme: String?
    let lines: [Line]
    let lineCount: String
    let total: String
    let totalWords: String
    /// What it is worth, on a gift.
    let value: String?
    let payments: [Payment]
    let change: String?
    /// One a regime of tax: the mention or the rate, and the amount where there is one.
    let taxes: [Tax]
    let refunds: [Refund]
    let hasDevice: Bool
    let signature: String
    let software: String
    let isDemonstration: Bool
    /// Where a gift to a person is signed for; nil where the reader does not.
    let handOver: String?
    /// Where its recharge codes are shown; nil where it has none, or the reader shows none.
    let codes: String?
    /// "DUPLICATA n° 2" with its date, on a duplicate that goes on paper.
    let mark: String?
    /// Whether it goes on paper as it stands; what is only looked at says so when a browser prints it all the same.
    let isPrinted: Bool
    /// The key of the next print.
    let printKey: String
    /// The number for scanners: a refund begins with it.
    let barcode: Markup

    struct Line: Sendable {
        let position: Int
        let description: String
        /// "2 × 10,00 €", nil for a single unit.
        let quantity: String?
        let value: String
        let grade: String?
        /// Gigabytes and days of a recharge.
        let contents: String?
        let guarantee: String?
        let presumption: String?
        let returned: String?
    }

    struct Payment: Sendable {
        let means: String
        let amount: String
    }

    struct Tax: Sendable {
        let words: String
        let amount: String?
    }

    struct Original: Sendable {
        let number: String
        let path: String
        let soldOn: String
        let reason: String
    }

    struct Refund: Sendable {
        let words: String
        let amount: String
        let reason: String
    }

    init(
        _ receipt: ReceiptDocument,
        _ words: Words,
        printed: PrintedCopy? = nil,
        key: String = "",
        mayOpen: (String) -> Bool = { _ in false }
    ) {
        mark = printed?.mark(in: words.language)
        isPrinted = printed != nil
        printKey = key
        handOver =
            receipt.kind == .gift && receipt.person != nil
            ? ["/hand-overs/\(receipt.number)"].first(where: mayOpen) : nil
        codes =
            receipt.lines.contains { $0.rechargeCodes != nil }
            ? ["/receipts/\(receipt.number)/codes"].first(where: mayOpen) : nil
        let isGift = receipt.kind == .gift
        func written(_ cents: Cents) -> String { Written.cents(cents, in: words.language) }
        number = receipt.number
        kind =
            switch receipt.kind {
            case .sale: words("receipt_sale")
            case .gift: words("receipt_gift")
            case .refund: words("receipt_of_refund")
            }
        original = receipt.original.map {
            Original(
                number: $0.number,
                path: "/receipts/\($0.number)",
                soldOn: $0.soldOn.printed,
                reason: $0.reason
            )
        }
        association = receipt.association
        shop = receipt.shop.name
        address = receipt.shop.address
        siret = Siret.printed(receipt.shop.siret)
        vatNumber = receipt.shop.vatNumber
        till = receipt.till
        sellerCode = receipt.operatorCode
        sellerWords = words(receipt.kind == .refund ? "receipt_refunder" : "receipt_seller")
        soldOn = receipt.soldAt.day.printed
        soldAt = receipt.soldAt.clock
        personCode = receipt.person
        programme = receipt.programme
        lines = receipt.lines.map { line in
            Line(
                line,
                isGift: isGift,
                cents: receipt.kind == .refund ? line.personCents : line.valueCents,
                words
            )
        }
        lineCount = words.counted("receipt_lines", receipt.lineCount)
        total = written(receipt.totalCents)
        totalWords = words(receipt.kind == .refund ? "receipt_given_back" : "receipt_total")
        let gaveNothing = receipt.kind == .refund && receipt.payments.isEmpty
        value = isGift || gaveNothing ? written(receipt.valueCents) : nil
        payments = receipt.payments.map {
            Payment(means: $0.means.name(in: words.language), amount: written($0.tenderedCents))
        }
        change = receipt.changeCents == .zero ? nil : written(receipt.changeCents)
        taxes = isGift ? [] : receipt.taxes.map { Tax($0, words) }
        refunds = receipt.refunds.map { refund in
            Refund(
                words: words(
                    "receipt_refund",
                    ["number": refund.number, "day": refund.on.printed]
                ),
                amount: written(refund.totalCents),
                reason: refund.reason
            )
        }
        hasDevice = receipt.kind != .refund && receipt.lines.contains { $0.device != nil }
        signature = Self.grouped(receipt.signature)
        software = receipt.software
        isDemonstration = receipt.isDemonstration
        barcode = Barcode.code128(number)
    }

    private static func grouped(_ signature: String) -> String {
        var groups: [Substring] = []
        var rest = Substring(signature)
        while !rest.isEmpty {
            groups.append(rest.prefix(4))
            rest = rest.dropFirst(4)
        }
        return groups.joined(separator: " ")
    }
}

extension ReceiptPage.Tax {
    fileprivate init(_ tax: ReceiptDocument.Tax, _ words: Words) {
        guard tax.regime == TaxRule.Regime.normal.rawValue else {
            self.init(words: tax.mention, amount: nil)
            return
        }
        let rate = tax.rateBasisPoints
        let percent = rate % 100 == 0 ? "\(rate / 100)" : words.decimal(hundredths: rate)
        self.init(
            words: words("receipt_tax_normal", ["rate": percent]),
            amount: Written.cents(tax.taxCents, in: words.language)
        )
    }
}

extension ReceiptPage.Line {
    fileprivate init(_ line: ReceiptDocument.Line, isGift: Bool, cents: Cents, _ words: Words) {
        func written(_ cents: Cents) -> String { Written.cents(cents, in: words.language) }
        position = line.position
        // A machine's sealed description says what it is; a product's name is in the reader's language.
        description = line.device == nil ? line.name : line.description
        quantity = line.quantity == 1 ? nil : "\(line.quantity) × \(written(line.unitPriceCents))"
        value = written(cents)
        grade = line.grade.map { words("receipt_grade", ["grade": $0]) }
        contents =
            [
                line.volumeMb.map {
                    $0 % 1000 == 0
                        ? "\($0 / 1000)\u{A0}\(words.language.choose("Go", "GB"))"
                        : "\(words.number($0))\u{A0}\(words.language.choose("Mo", "MB"))"
                },
                line.validDays.map { words.counted("receipt_days", $0) },
            ].compactMap(\.self).joined(separator: ", ").nilWhenEmpty
        guarantee = line.guaranteeEndsOn.map {
            words(
                isGift ? "receipt_guarantee_gift" : "receipt_guarantee",
                ["day": $0.printed]
            )
        }
        presumption = line.presumptionEndsOn.map {
            words("receipt_presumption", ["day": $0.printed])
        }
        returned = line.returned == 0 ? nil : words.counted("receipt_returned", line.returned)
    }
}

extension String {
    fileprivate var nilWhenEmpty: String? { isEmpty ? nil : self }
}
