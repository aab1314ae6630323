import Shop
import Store

/// What the till is told, as JSON says it.
struct ToldStanding: Codable, Sendable {
    let person: Named?
    /// Among whom the seller chooses, when a voucher names several.
    let persons: [Named]
    let voucher: Voucher?
    let completion: Completion?
    let rights: [Opened]
    let quotas: [Quota]
    let allowed: Bool
    let refusal: Refusal.Told?

    struct Named: Codable, Sendable {
        let id: ID<Person>
        let code: String
        let name: String
        let householdSize: Int
    }
    struct Voucher: Codable, Sendable {
        let code: String
        let structure: String
        let validUntil: Day
        let revokedOn: Day?
    }
    struct Completion: Codable, Sendable {
        let code: String
    }
    struct Opened: Codable, Sendable {
        let id: ID<Right>
        let category: Category
        let categoryWords: String
        let validUntil: Day
        let usesLeft: Int?
        /// `voucher` or `completion`.
        let origin: String
    }
    struct Quota: Codable, Sendable {
        let rule: String
        let category: Category
        let words: String
        let used: Int64
        let limit: Int64
        /// `units` or `cents`.
        let unit: String
        let nextOn: Day?
        /// The last day of an exception that nobody has used yet; absent where there is none.
        let overrideUntil: Day?
    }
}

struct ToldDevice: Codable, Sendable {
    let id: ID<Device>
    let label: String
    let kind: String
    let maker: String
    let model: String
    let grade: String?
    let priceCents: Cents?
    let memoryMb: Int?
    let storageWords: String
    let wiped: Bool
    let sellable: Bool
    let refusal: Refusal.Told?
}

struct ToldScan: Codable, Sendable {
    /// `voucher`, `completion`, `person`, `device` or `receipt`.
    let kind: String
    /// The voucher's own twelve digits, whatever carried them.
    var code: String?
    var standing: ToldStanding?
    var device: ToldDevice?
    var saleId: ID<Sale>?
    var url: String?
}

struct ToldOffer: Codable, Sendable {
    let code: String
    let name: String
    let priceCents: Cents
    let volumeMb: Int?
    let validDays: Int?
    /// The key that adds it, for the first nine.
    let digit: Int?
    let free: Int
}

struct ToldPreview: Codable, Sendable {
    let totalCents: Cents
    let lines: [Line]
    let allowed: Bool
    let refusal: Refusal.Told?

    struct Line: Codable, Sendable {
        let description: String
        let quantity: Int
        let priceCents: Cents?
        let right: ID<Right>?
        let refusal: Refusal.Told?
        /// What an exception would have to cover; absent where none helps.
        let override: Needed?
    }
    /// What `POST /overrides` is asked with.
    struct Needed: Codable, Sendable {
        let person: ID<Person>
        let rule: String
        let words: String
        let units: Int
        let cents: Cents
    }
}

struct ToldSale: Codable, Sendable {
    let sale: Sold

    struct Sold: Codable, Sendable {
        let id: ID<Sale>
        let kind: TicketKind
        let number: String
        let totalCents: Cents
        let valueCents: Cents
        let changeCents: Cents
        let receiptUrl: String
        /// Where a gift to a person is signed for.
        let handOverUrl: String?
        /// Where its recharge codes are shown.
        let codesUrl: String?
        let lines: [Line]
        let payments: [Paid]
    }
    struct Paid: Codable, Sendable {
        let means: Means
        let amountCents: Cents
    }
    struct Line: Codable, Sendable {
        let position: Int
        let description: String
        let quantity: Int
        let personCents: Cents
        let unitsLeft: Int
    }
}

struct ToldRefund: Codable, Sendable {
    let refund: Repaid

    struct Repaid: Codable, Sendable {
        let id: ID<Refund>
        let number: String
        let totalCents: Cents
        let receiptUrl: String
    }
}

struct ToldDrawer: Codable, Sendable {
    let open: Bool
    /// Its day, where it is open, and whether that day is over: then it is counted and closed before anything is sold.
    let businessOn: Day?
    let over: Bool
    let floatCents: Int64
    let expectedCashCents: Int64
    let expectedCardCents: Int64
    let expectedChequeCents: Int64
    let tickets: Int
    /// The closing that was just made.
    var closing: ToldClosing?
}

/// What was closed: counted and expected, by means.
struct ToldClosing: Codable, Sendable {
    let number: String
    let url: String
    let tickets: Int
    let salesCents: Cents
    let refundsCents: Cents
    let giftsCents: Cents
    let expectedCashCents: Int64
    let expectedCardCents: Int64
    let expectedChequeCents: Int64
    let countedCashCents: Int64
    let countedCardCents: Int64
    let countedChequeCents: Int64

    init(_ slip: ClosingSlip) {
        let record = slip.record
        number = slip.number
        url = "/closings/\(slip.till)/\(record.drawer)"
        tickets = record.tickets
        salesCents = record.sales
        refundsCents = record.refunds
        giftsCents = record.gifts
        expectedCashCents = record.expected.cash
        expectedCardCents = record.expected.card
        expectedChequeCents = record.expected.cheque
        countedCashCents = record.counted.cash
        countedCardCents = record.counted.card
        countedChequeCents = record.counted.cheque
    }
}

extension ToldStanding {
    init(_ answer: StandingAnswer, in language: Language) {
        let people = answer.people.map {
            Named(id: $0.id, code: $0.code, name: $0.name, householdSize: $0.householdSize)
        }
        self.person = answer.buyer.flatMap { buyer in people.first { $0.id == buyer.person } }
        self.persons = people
        self.voucher = answer.voucher.map {
            Voucher(
                code: $0.code,
                structure: $0.structure,
                validUntil: $0.validUntil,
                revokedOn: $0.revokedOn
            )
        }
        self.completion = answer.completionCode.map { Completion(code: $0) }
        self.rights = answer.rights.map { left in
            Opened(
                id: left.right.id,
                category: left.right.category,
                categoryWords: left.right.category.name(in: language),
                validUntil: left.right.endsOn,
                usesLeft: left.usesLeft,
                origin: left.right.kind.rawValue
            )
        }
        self.quotas = answer.quotas.map { Quota($0, in: language) }
        self.allowed = answer.refusal == nil
        self.refusal = answer.refusal?.told(in: language)
    }
}

extension ToldStanding.Quota {
    init(_ standing: QuotaStanding, in language: Language) {
        let rule = standing.rule
        self.rule = rule.code
        self.category = rule.category
        self.words = rule.words(in: language)
        self.nextOn = standing.nextOn
        self.overrideUntil = standing.override?.expiresOn
        if let cents = rule.centsMax {
            self.used = standing.usedValue.count
            self.limit = cents.count
            self.unit = "cents"
        } else {
            self.used = Int64(standing.usedUnits)
            self.limit = Int64(rule.unitsMax ?? 0)
            self.unit = "units"
        }
    }
}

extension ToldDevice {
    init(
        _ device: DeviceFacts,
        _ build: DeviceBuild,
        refusal: Refusal?,
        in language: Language
    ) {
        self.id = device.id
        self.label = device.label
        self.kind = build.kind
        self.maker = device.maker
        self.model = device.model
        self.memoryMb = build.memoryMB
        self.storageWords = build.disks.map {
            "\($0.kind.uppercased()) \(gigabytes($0.sizeGB, in: language))"
        }
        .joined(separator: " + ")
        if case .onShelf(_, _, _, let grade, let price) = device.state {
            self.grade = grade.uppercased()
            self.priceCents = price
            self.wiped = true
        } else {
            self.grade = nil
            self.priceCents = nil
            self.wiped = false
        }
        self.sellable = refusal == nil
        self.refusal = refusal?.told(in: language)
    }
}

extension ToldPreview {
    init(_ preview: Preview, in language: Language) {
        self.totalCents = preview.total
        self.lines = preview.lines.map { line in
            Line(
                description: line.description,
                quantity: line.quantity,
                priceCents: line.unitPrice,
                right: line.right?.id,
                refusal: line.refusal?.told(in: language),
                override: Needed(line.refusal, of: preview.person, in: language)
            )
        }
        self.allowed = preview.refusal == nil
        self.refusal = preview.refusal?.told(in: language)
    }
}

extension ToldPreview.Needed {
    fileprivate init?(_ refusal: Refusal?, of person: ID<Person>?, in language: Language) {
        guard let person, let need = refusal?.overrideNeed, let rule = refusal?.facts["rule"] else {
            return nil
        }
        self.person = person
        self.rule = need.rule
        self.words = rule.written(in: language)
        self.units = need.beyond.units
        self.cents = need.beyond.value
    }
}

extension ToldSale {
    init(_ ticket: Ticket) {
        let sale = ticket.sale
        self.sale = Sold(
            id: sale.id,
            kind: sale.kind,
            number: ticket.code.text,
            totalCents: sale.total,
            valueCents: sale.value,
            changeCents: sale.payments.map(\.change).sum(),
            receiptUrl: "/receipts/\(ticket.code.text)",
            handOverUrl: sale.kind == .gift && sale.person != nil
                ? "/hand-overs/\(ticket.code.text)" : nil,
            codesUrl: sale.lines.contains { !$0.codes.isEmpty }
                ? "/receipts/\(ticket.code.text)/codes" : nil,
            lines: sale.lines.enumerated().map { index, line in
                Line(
                    position: index + 1,
                    description: line.description,
                    quantity: line.quantity,
                    personCents: line.personPays,
                    unitsLeft: line.quantity - ticket.unitsBack[index + 1, default: 0]
                )
            },
            payments: sale.payments.map { Paid(means: $0.means, amountCents: $0.amount) }
        )
    }
}

extension ToldDrawer {
    init(_ drawer: DrawerStanding, closing: ToldClosing? = nil) {
        self.closing = closing
        self.open = drawer.ordinal != nil
        self.businessOn = drawer.businessOn
        self.over = drawer.isOver
        self.floatCents = drawer.floatCents
        self.expectedCashCents = drawer.expected.cash
        self.expectedCardCents = drawer.expected.card
        self.expectedChequeCents = drawer.expected.cheque
        self.tickets = drawer.tickets
    }
}
