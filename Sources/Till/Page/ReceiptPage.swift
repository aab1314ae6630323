import Shop
import Store

/// A ticket as the person reads it: on the screen, and on paper 80 mm wide.
struct ReceiptPage: Page {
    static let template = "receipt"

    let number: String
    /// What kind of ticket: "Ticket de vente", "Attribution gratuite".
    let kind: String
    let association: String
    let shop: String
    let address: String
    let siret: String
    let vatNumber: String?
    let till: String
    let sellerCode: String
    let soldOn: String
    let soldAt: String
    let personCode: String?
    let programme: String?
    let lines: [Line]
    let lineCount: String
    let total: String
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

    struct Refund: Sendable {
        let words: String
        let amount: String
        let reason: String
    }

    init(_ receipt: Receipt, _ words: Words) {
        let sale = receipt.sale
        let isGift = sale.kind == .gift
        func written(_ cents: Cents) -> String { Written.cents(cents, in: words.language) }
        number = receipt.code.text
        kind = words(isGift ? "receipt_gift" : "receipt_sale")
        association = receipt.association
        shop = receipt.shop.name
        address = receipt.shop.address
        siret = Self.spaced(siret: receipt.shop.siret)
        vatNumber = receipt.shop.vatNumber
        till = receipt.till
        sellerCode = sale.operatorCode
        soldOn = sale.link.at.day.printed
        soldAt = sale.link.at.clock
        personCode = receipt.personCode
        programme = receipt.programme
        lines = zip(sale.lines, receipt.lines).enumerated().map { index, line in
            Line(
                index + 1,
                line.0,
                line.1,
                returned: receipt.returned(index + 1),
                isGift: isGift,
                words
            )
        }
        lineCount = words.counted("receipt_lines", sale.lineCount)
        total = written(sale.total)
        value = isGift ? written(sale.value) : nil
        payments = sale.payments.map {
            Payment(means: $0.means.name(in: words.language), amount: written($0.tendered))
        }
        let given = sale.payments.map(\.change).sum()
        change = given == .zero ? nil : written(given)
        taxes = isGift ? [] : Self.taxes(of: sale.lines, words)
        refunds = receipt.refunds.map { refund in
            let code = ReceiptCode(till: receipt.till, kind: .refund, number: refund.link.number)
            return Refund(
                words: words(
                    "receipt_refund",
                    ["number": code.text, "day": refund.link.at.day.printed]
                ),
                amount: written(refund.total),
                reason: RefundReason(rawValue: refund.reason)?.name(in: words.language)
                    ?? refund.reason
            )
        }
        hasDevice = sale.lines.contains { $0.device != nil }
        signature = Self.grouped(receipt.signature)
        software = sale.software
        isDemonstration = receipt.isDemonstration
        barcode = Barcode.code128(number)
    }

    /// One entry a regime and rate, in the order in which they first come.
    private static func taxes(of lines: [SaleRecord.Line], _ words: Words) -> [Tax] {
        var seen: [(regime: String, rate: Int, tax: Cents)] = []
        for line in lines {
            if let index = seen.firstIndex(where: {
                $0.regime == line.regime && $0.rate == line.rateBasisPoints
            }) {
                seen[index].tax = seen[index].tax + line.tax
            } else {
                seen.append((line.regime, line.rateBasisPoints, line.tax))
            }
        }
        return seen.map { regime, rate, tax in
            guard regime == TaxRule.Regime.normal.rawValue else {
                return Tax(words: words("receipt_tax_\(regime)"), amount: nil)
            }
            let percent = rate % 100 == 0 ? "\(rate / 100)" : words.decimal(hundredths: rate)
            return Tax(
                words: words("receipt_tax_normal", ["rate": percent]),
                amount: Written.cents(tax, in: words.language)
            )
        }
    }

    /// `123 456 789 00012`.
    private static func spaced(siret: String) -> String {
        let digits = Array(siret)
        guard digits.count == 14 else { return siret }
        return [digits[0..<3], digits[3..<6], digits[6..<9], digits[9..<14]]
            .map { String($0) }.joined(separator: "\u{A0}")
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

extension ReceiptPage.Line {
    fileprivate init(
        _ position: Int,
        _ line: SaleRecord.Line,
        _ names: Receipt.LineNames,
        returned: Int,
        isGift: Bool,
        _ words: Words
    ) {
        func written(_ cents: Cents) -> String { Written.cents(cents, in: words.language) }
        self.position = position
        // A machine's sealed description says what it is; a product's name is in the reader's language.
        description =
            line.device == nil
            ? words.language.choose(names.french, names.english) : line.description
        quantity = line.quantity == 1 ? nil : "\(line.quantity) × \(written(line.unitPrice))"
        value = written(line.value)
        grade = names.grade.map { words("receipt_grade", ["grade": $0.uppercased()]) }
        contents =
            [
                line.volumeMB.map {
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
        self.returned = returned == 0 ? nil : words.counted("receipt_returned", returned)
    }
}

extension String {
    fileprivate var nilWhenEmpty: String? { isEmpty ? nil : self }
}
