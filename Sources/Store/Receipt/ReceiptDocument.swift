public import Shop

/// A receipt as programs read it, and as the page prints it: every field that the law asks of it (A16).
public struct ReceiptDocument: Codable, Sendable {
    public let id: ID<Sale>
    public let kind: TicketKind
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
    /// Versions of the rules that were applied.
    public let rules: [String]
    /// First characters of the signature.
    public let signature: String
    public let software: String

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
            kind: sale.kind,
            number: receipt.code.text,
            isDemonstration: receipt.isDemonstration,
            association: receipt.association,
            shop: Place(
                name: receipt.shop.name,
                address: receipt.shop.address,
                siret: receipt.shop.siret,
                vatNumber: receipt.shop.vatNumber
            ),
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
            taxes: taxTable(of: sale, in: language),
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
                    reason: RefundReason(rawValue: $0.record.reason)?.name(in: language)
                        ?? $0.record.reason,
                    means: $0.record.means,
                    totalCents: $0.record.total
                )
            },
            rules: sale.rules.split(separator: ",").map(String.init),
            signature: receipt.signature,
            software: sale.software
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
            guaranteeEndsOn: line.guaranteeEndsOn,
            presumptionEndsOn: line.presumptionEndsOn,
            returned: receipt.returned(position)
        )
    }
}

/// One a regime and rate, by rate.
private func taxTable(of sale: SaleRecord, in language: Language) -> [ReceiptDocument.Tax] {
    struct Rate: Hashable {
        let regime: String
        let points: Int
    }
    return Dictionary(grouping: sale.lines) { Rate(regime: $0.regime, points: $0.rateBasisPoints) }
        .sorted { ($0.key.points, $0.key.regime) < ($1.key.points, $1.key.regime) }
        .map { rate, lines in
            ReceiptDocument.Tax(
                regime: rate.regime,
                mention: TaxRule.Regime(rawValue: rate.regime)?.mention(in: language)
                    ?? rate.regime,
                rateBasisPoints: rate.points,
                amountCents: lines.map(\.personPays).sum(),
                taxCents: lines.map(\.tax).sum()
            )
        }
}
