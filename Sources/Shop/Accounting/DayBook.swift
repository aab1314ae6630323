/// What something is booked to.
public enum AccountRole: String, CaseIterable, Sendable, Codable {
    case cash, card, cheque, vat
    case salesDevice = "sales_device"
    case salesRecharge = "sales_recharge"
    case salesSim = "sales_sim"
    case salesAccessory = "sales_accessory"
    /// Between the drawer and the bank or the safe.
    case transfer
    case expense
    case differenceLoss = "difference_loss"
    case differenceGain = "difference_gain"
}

/// Where each thing is booked, as it is in force on a day.
public struct ChartOfAccounts: Sendable {
    public struct Account: Hashable, Sendable {
        public let code: AccountCode
        public let label: String

        public init(code: AccountCode, label: String) {
            self.code = code
            self.label = label
        }
    }

    public struct Row: Dated {
        public let role: AccountRole
        public let startsOn: Day
        public let account: Account

        public init(role: AccountRole, startsOn: Day, account: Account) {
            self.role = role
            self.startsOn = startsOn
            self.account = account
        }
    }

    private let rows: [AccountRole: [Row]]

    public init(_ rows: [Row]) {
        self.rows = Dictionary(grouping: rows, by: \.role)
    }

    /// Throws `accountMissing`.
    func account(_ role: AccountRole, on day: Day) throws(AccountingFault) -> Account {
        guard let row = rows[role]?.inForce(on: day) else {
            throw .accountMissing(role.rawValue, day)
        }
        return row.account
    }
}

/// A day that was closed at a till, with what its books are made of. Amounts in cents; prices hold their tax.
public struct DayBook: Sendable {
    public let till: String
    public let day: Day
    /// `LI1-C-000003`.
    public let closing: String
    public let closedOn: Day
    public let goods: [Goods]
    public let means: [PeriodClosingRecord.MeansTotal]
    public let moves: [Move]
    /// What the drawers began with beyond what was counted before: brought from the safe, or below zero taken to it or to the bank.
    public let carriedCents: Int64
    /// Counted less expected, by means, of the day's drawers together.
    public let differences: [Difference]

    /// What was sold and given back of one kind of article.
    public struct Goods: Sendable {
        public let role: AccountRole
        /// Basis points: what was sold at one rate stands by itself.
        public let rate: Int
        public let soldCents: Int64
        public let soldTaxCents: Int64
        public let backCents: Int64
        public let backTaxCents: Int64

        public init(
            role: AccountRole,
            rate: Int,
            soldCents: Int64,
            soldTaxCents: Int64,
            backCents: Int64,
            backTaxCents: Int64
        ) {
            self.role = role
            self.rate = rate
            self.soldCents = soldCents
            self.soldTaxCents = soldTaxCents
            self.backCents = backCents
            self.backTaxCents = backTaxCents
        }
    }

    /// Cash that moved for no ticket.
    public struct Move: Sendable {
        public let kind: CashMoveKind
        public let motive: CashMotive
        public let cents: Int64

        public init(kind: CashMoveKind, motive: CashMotive, cents: Int64) {
            self.kind = kind
            self.motive = motive
            self.cents = cents
        }
    }

    public struct Difference: Sendable {
        public let means: AccountRole
        public let cents: Int64

        public init(means: AccountRole, cents: Int64) {
            self.means = means
            self.cents = cents
        }
    }

    public init(
        till: String,
        day: Day,
        closing: String,
        closedOn: Day,
        goods: [Goods],
        means: [PeriodClosingRecord.MeansTotal],
        moves: [Move],
        carriedCents: Int64,
        differences: [Difference]
    ) {
        self.till = till
        self.day = day
        self.closing = closing
        self.closedOn = closedOn
        self.goods = goods
        self.means = means
        self.moves = moves
        self.carriedCents = carriedCents
        self.differences = differences
    }

    /// The day's one entry, of whatever moved; nil where nothing did. Sales and refunds stand each for themselves: nothing is set off.
    /// Throws `AccountingFault` where an account is missing or the day does not balance.
    public func entry(number: EntryNumber, _ chart: ChartOfAccounts) throws(AccountingFault)
        -> AccountingEntry?
    {
        var lines: [AccountingEntry.Line] = []
        func add(_ role: AccountRole, _ words: String, debit cents: Int64) throws(AccountingFault) {
            guard cents != 0 else { return }
            let account = try chart.account(role, on: day)
            let amount = Cents(unchecked: abs(cents))
            lines.append(
                try AccountingEntry.Line(
                    account.code,
                    accountLabel: account.label,
                    label: "\(words) \(till) \(day.printed)",
                    cents > 0 ? .debit(amount) : .credit(amount)
                )
            )
        }
        for means in means {
            guard let role = AccountRole(rawValue: means.means) else { continue }
            try add(role, "Encaissements", debit: means.inCents.count)
            try add(role, "Remboursements", debit: -means.outCents.count)
        }
        for goods in goods {
            let rate = goods.rate == 0 ? "" : " à \(percent(goods.rate)) %"
            try add(goods.role, "Ventes\(rate)", debit: -(goods.soldCents - goods.soldTaxCents))
            try add(goods.role, "Retours\(rate)", debit: goods.backCents - goods.backTaxCents)
            try add(.vat, "TVA\(rate) des ventes", debit: -goods.soldTaxCents)
            try add(.vat, "TVA\(rate) des retours", debit: goods.backTaxCents)
        }
        try add(.cash, "Fonds de caisse", debit: carriedCents)
        try add(.transfer, "Fonds de caisse", debit: -carriedCents)
        for move in moves {
            let cents = move.kind == .putIn ? move.cents : -move.cents
            let other: AccountRole =
                switch move.motive {
                case .change, .float, .deposit, .check: .transfer
                case .expense: .expense
                case .slip: cents > 0 ? .differenceGain : .differenceLoss
                }
            let words = move.motive.name(in: .french)
            try add(.cash, words, debit: cents)
            try add(other, words, debit: -cents)
        }
        for difference in differences {
            try add(difference.means, "Différence de caisse", debit: difference.cents)
            try add(
                difference.cents > 0 ? .differenceGain : .differenceLoss,
                "Différence de caisse",
                debit: -difference.cents
            )
        }
        if lines.isEmpty { return nil }
        return try AccountingEntry(
            AccountingEntry.Journal(code: "CA", label: "Caisse"),
            number,
            on: day,
            piece: AccountingEntry.Piece(reference: closing, day: day),
            lines: lines,
            validatedOn: max(closedOn, day)
        )
    }
}

/// "20", "5,5".
private func percent(_ basisPoints: Int) -> String {
    let (whole, rest) = basisPoints.quotientAndRemainder(dividingBy: 100)
    if rest == 0 { return "\(whole)" }
    return "\(whole)," + (rest % 10 == 0 ? "\(rest / 10)" : rest < 10 ? "0\(rest)" : "\(rest)")
}
