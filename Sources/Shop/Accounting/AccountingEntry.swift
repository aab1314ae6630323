/// An entry of the accounts (écriture): what one sale, one deposit or one closing moved between accounts. Once made it
/// balances, and each of its texts can be written; it is never edited, an opposite entry corrects it.
public struct AccountingEntry: Hashable, Sendable {
    public let journal: Journal
    public let number: EntryNumber
    /// The day on which it counts.
    public let day: Day
    public let piece: Piece
    /// At least two.
    public let lines: [Line]
    /// From this day on nothing of it changes.
    public let validatedOn: Day

    public struct Journal: Hashable, Sendable {
        public let code: String
        public let label: String

        /// Throws `fieldEmpty`.
        public init(code: String, label: String) throws(AccountingFault) {
            self.code = try written(code, .journalCode)
            self.label = try written(label, .journalLabel)
        }
    }

    /// The paper that proves it: a receipt, a slip, a day's closing.
    public struct Piece: Hashable, Sendable {
        public let reference: String
        public let day: Day

        /// Throws `fieldEmpty`.
        public init(reference: String, day: Day) throws(AccountingFault) {
            self.reference = try written(reference, .pieceReference)
            self.day = day
        }
    }

    /// An account within an account: a partner's own under 411.
    public struct Auxiliary: Hashable, Sendable {
        public let code: String
        public let label: String

        /// Throws `fieldEmpty`.
        public init(code: String, label: String) throws(AccountingFault) {
            self.code = try written(code, .auxiliary)
            self.label = try written(label, .auxiliaryLabel)
        }
    }

    public enum Side: Hashable, Sendable {
        case debit(Cents)
        case credit(Cents)

        public var amount: Cents {
            switch self {
            case .debit(let amount), .credit(let amount): amount
            }
        }

        public var debit: Cents {
            switch self {
            case .debit(let amount): amount
            case .credit: .zero
            }
        }

        public var credit: Cents {
            switch self {
            case .debit: .zero
            case .credit(let amount): amount
            }
        }
    }

    public struct Line: Hashable, Sendable {
        public let account: AccountCode
        public let accountLabel: String
        public let auxiliary: Auxiliary?
        public let label: String
        public let side: Side

        /// Throws `fieldEmpty`, `amountZero`.
        public init(
            _ account: AccountCode,
            accountLabel: String,
            auxiliary: Auxiliary? = nil,
            label: String,
            _ side: Side
        ) throws(AccountingFault) {
            self.account = account
            self.accountLabel = try written(accountLabel, .accountLabel)
            self.auxiliary = auxiliary
            self.label = try written(label, .entryLabel)
            guard side.amount > .zero else { throw .amountZero }
            self.side = side
        }
    }

    /// Throws `linesTooFew`, `unbalanced`, `validatedBeforeItsDay`.
    public init(
        _ journal: Journal,
        _ number: EntryNumber,
        on day: Day,
        piece: Piece,
        lines: [Line],
        validatedOn: Day
    ) throws(AccountingFault) {
        guard lines.count >= 2 else { throw .linesTooFew(lines.count) }
        let debit = lines.map(\.side.debit).sum()
        let credit = lines.map(\.side.credit).sum()
        guard debit == credit else { throw .unbalanced(debit: debit, credit: credit) }
        guard validatedOn >= day else { throw .validatedBeforeItsDay }
        self.journal = journal
        self.number = number
        self.day = day
        self.piece = piece
        self.lines = lines
        self.validatedOn = validatedOn
    }
}

/// The text as it is, when something of it comes out in a FEC.
private func written(_ text: String, _ column: FecColumn) throws(AccountingFault) -> String {
    guard !Latin9.bytes(text).isEmpty else { throw .fieldEmpty(column) }
    return text
}
