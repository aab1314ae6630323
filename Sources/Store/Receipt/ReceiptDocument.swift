public import Shop

/// A receipt as programs read it, and as the page prints it: every field that the law asks of it (A16).
public struct ReceiptDocument: Codable, Sendable {
    /// The ticket; on a refund the one that it mirrors.
    public let id: ID<Sale>
    public let kind: Kind
    /// `LI1-V-000042`: till, kind, gapless number.
    public let number: String
    public let isDemonstration: Bool
    public let association: String
    public let shop: Place
    public let till: String
    public let operatorCode: String
    public let soldAt: Instant
    public let businessOn: Day
    /// A reference, never a name.
    public let person: String?
    public let programme: String?
    public let lines: [Line]
    public let lineCount: Int
    public let totalCents: Cents
    public let valueCents: Cents
    public let taxes: [Tax]
    public let payments: [Payment]
    public let changeCents: Cents
    public let refunds: [Refunded]
    /// On a refund: what it takes back, and why.
    public let original: Original?
    /// Versions of the rules that were applied.
    public let rules: [String]
    /// First characters of the signature.
    public let signature: String
    public let software: String

    public enum Kind: String, Codable, CaseIterable, Sendable {
        case sale, gift, refund

        public init(_ ticket: TicketKind) {
            switch ticket {
            case .sale: self = .sale
            case .gift: self = .gift
            }
        }

        /// What its printed number says.
        public var code: ReceiptCode.Kind {
            switch self {
            case .sale: .sale
            case .gift: .gift
            case .refund: .refund
            }
        }
    }

    /// The ticket that a refund mirrors.
    public struct Original: Codable, Sendable {
        /// `LI1-V-000042`.
        public let number: String
        public let soldOn: Day
        public let reason: String
        /// `defective`, as the journal holds it.
        public let reasonCode: String
        /// Nil: a gift came back, no money did.
        public let means: Means?
    }

    public struct Place: Codable, Sendable {
        public let name: String
        public let address: String
        public let siret: String
        public let vatNumber: String?
    }

    public struct Line: Codable, Sendable {
        public let position: Int
        public let description: String
        public let name: String
        public let device: String?
        public let grade: String?
        public let quantity: Int
        public let unitPriceCents: Cents
        public let valueCents: Cents
        public let personCents: Cents
        public let programmeCents: Cents
        public let volumeMb: Int?
        public let validDays: Int?
        /// How many codes of the vault left with it; absent where it is handed over otherwise.
        public let rechargeCodes: Int?
        public let guaranteeEndsOn: Day?
        public let presumptionEndsOn: Day?
        /// Units that came back since.
        public let returned: Int
    }

    public struct Tax: Codable, Sendable {
        public let regime: String
        /// What the law wants printed.
        public let mention: String
        public let rateBasisPoints: Int
        /// Price with the tax in it.
        public let amountCents: Cents
        public let taxCents: Cents
    }

    public struct Payment: Codable, Sendable {
        public let means: Means
        public let amountCents: Cents
        public let tenderedCents: Cents
        public let changeCents: Cents
    }

    public struct Refunded: Codable, Sendable {
        /// `LI1-R-000003`: the till that gave the money back.
        public let number: String
        public let on: Day
        public let reason: String
        public let means: Means?
        public let totalCents: Cents
    }
}

extension ReceiptDocument {
    public init(_ receipt: Receipt, in language: Language) {
        let sale = receipt.sale
        self.init(
            id: sale.id,
            kind: Kind(sale.kind),
            number: receipt.code.text,
            isDemonstration: receipt.isDemonstration,
            association: receipt.association,
            shop: Place(receipt.shop),
            till: receipt.till,
            operatorCode: sale.operatorCode,
            soldAt: sale.link.at,
            businessOn: sale.businessOn,
            person: receipt.personCode,
            programme: receipt.programme,
            lines: zip(sale.lines, receipt.lines).enumerated().map { index, pair in
                Line(pair.0, pair.1, at: index + 1, of: receipt, in: language)
            },
            lineCount: sale.lineCount,
            totalCents: sale.total,
            valueCents: sale.value,
            taxes: taxTable(sale.lines.map { Taxed($0, $0.personPays, $0.tax) }, in: language),
            payments: sale.payments.map {
                Payment(
                    means: $0.means,
                    amountCents: $0.amount,
                    tenderedCents: $0.tendered,
                    changeCents: $0.change
                )
            },
            changeCents: sale.payments.map(\.change).sum(),
            refunds: receipt.refunds.map {
                Refunded(
                    number: $0.code.text,
                    on: $0.record.businessOn,
                    reason: reason($0.record.reason, in: language),
                    means: $0.record.means,
                    totalCents: $0.record.total
                )
            },
            original: nil,
            rules: sale.rules.split(separator: ",").map(String.init),
            signature: receipt.signature,
            software: sale.software
        )
    }

    /// The refund's own ticket: the lines that came back, under its own number, with the number of the original.
    public init(_ receipt: RefundReceipt, in language: Language) {
        let original = receipt.original
        let refund = receipt.refund
        let record = refund.record
        let units = Dictionary(grouping: record.units, by: \.position)
        let lines = zip(original.sale.lines, original.lines).compactMap { sold, names -> Line? in
            units[sold.position].map { Line(sold, names, back: $0, in: language) }
        }
        self.init(
            id: original.sale.id,
            kind: .refund,
            number: refund.code.text,
            isDemonstration: original.isDemonstration,
            association: original.association,
            shop: Place(receipt.shop),
            till: refund.code.till,
            operatorCode: record.operatorCode,
            soldAt: record.link.at,
            businessOn: record.businessOn,
            person: original.personCode,
            programme: original.programme,
            lines: lines,
            lineCount: lines.count,
            totalCents: record.total,
            valueCents: record.units.map(\.value).sum(),
            taxes: taxTable(
                record.units.map { Taxed(original.sale.lines[$0.position - 1], $0.amount, $0.tax) },
                in: language
            ),
            payments: record.means.map {
                [
                    Payment(
                        means: $0,
                        amountCents: record.total,
                        tenderedCents: record.total,
                        changeCents: .zero
                    )
                ]
            } ?? [],
            changeCents: .zero,
            refunds: [],
            original: Original(
                number: original.code.text,
                soldOn: original.sale.businessOn,
                reason: reason(record.reason, in: language),
                reasonCode: record.reason,
                means: record.means
            ),
            rules: [],
            signature: receipt.signature,
            software: record.software
        )
    }
}

private func reason(_ code: String, in language: Language) -> String {
    RefundReason(rawValue: code)?.name(in: language) ?? code
}

extension ReceiptDocument.Place {
    fileprivate init(_ place: Receipt.Place) {
        self.init(
            name: place.name,
            address: place.address,
            siret: place.siret,
            vatNumber: place.vatNumber
        )
    }
}

extension ReceiptDocument.Line {
    fileprivate init(
        _ line: SaleRecord.Line,
        _ names: Receipt.LineNames,
        at position: Int,
        of receipt: Receipt,
        in language: Language
    ) {
        self.init(
            position: position,
            description: line.description,
            name: language.choose(names.french, names.english),
            device: names.deviceLabel,
            grade: names.grade?.uppercased(),
            quantity: line.quantity,
            unitPriceCents: line.unitPrice,
            valueCents: line.value,
            personCents: line.personPays,
            programmeCents: line.programmePays,
            volumeMb: line.volumeMB,
            validDays: line.validDays,
            rechargeCodes: line.codes.isEmpty ? nil : line.codes.count,
            guaranteeEndsOn: line.guaranteeEndsOn,
            presumptionEndsOn: line.presumptionEndsOn,
            returned: receipt.ticket.unitsBack[position, default: 0]
        )
    }

    /// Units of a line that came back: what they cost and what they are worth.
    fileprivate init(
        _ line: SaleRecord.Line,
        _ names: Receipt.LineNames,
        back units: [RefundRecord.Unit],
        in language: Language
    ) {
        let amount = units.map(\.amount).sum()
        let value = units.map(\.value).sum()
        self.init(
            position: line.position,
            description: line.description,
            name: language.choose(names.french, names.english),
            device: names.deviceLabel,
            grade: names.grade?.uppercased(),
            quantity: units.count,
            unitPriceCents: line.unitPrice,
            valueCents: value,
            personCents: amount,
            programmeCents: Cents(unchecked: max(0, value.count - amount.count)),
            volumeMb: line.volumeMB,
            validDays: line.validDays,
            rechargeCodes: nil,
            guaranteeEndsOn: nil,
            presumptionEndsOn: nil,
            returned: 0
        )
    }
}

/// What is taxed, of which line, and the tax in it.
private struct Taxed {
    let regime: String
    let points: Int
    let amount: Cents
    let tax: Cents

    init(_ line: SaleRecord.Line, _ amount: Cents, _ tax: Cents) {
        self.regime = line.regime
        self.points = line.rateBasisPoints
        self.amount = amount
        self.tax = tax
    }
}

/// One a regime and rate, by rate.
private func taxTable(_ taxed: [Taxed], in language: Language) -> [ReceiptDocument.Tax] {
    struct Rate: Hashable {
        let regime: String
        let points: Int
    }
    return Dictionary(grouping: taxed) { Rate(regime: $0.regime, points: $0.points) }
        .sorted { ($0.key.points, $0.key.regime) < ($1.key.points, $1.key.regime) }
        .map { rate, parts in
            ReceiptDocument.Tax(
                regime: rate.regime,
                mention: TaxRule.Regime(rawValue: rate.regime)?.mention(in: language)
                    ?? rate.regime,
                rateBasisPoints: rate.points,
                amountCents: parts.map(\.amount).sum(),
                taxCents: parts.map(\.tax).sum()
            )
        }
}
