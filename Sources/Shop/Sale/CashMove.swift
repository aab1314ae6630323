/// What happens to the cash of a drawer for no ticket.
public enum CashMoveKind: String, CaseIterable, Sendable, Codable {
    case putIn = "in"
    case takenOut = "out"
    /// The drawer was opened, and nothing moved.
    case opened

    public func name(in language: Language) -> String {
        switch self {
        case .putIn: language.choose("Entrée d’espèces", "Cash in")
        case .takenOut: language.choose("Sortie d’espèces", "Cash out")
        case .opened: language.choose("Tiroir ouvert sans vente", "Drawer opened without a sale")
        }
    }
}

/// Why it does. A list and no words of one's own, because the motive is sealed in the journal and cannot be erased.
public enum CashMotive: String, CaseIterable, Sendable, Codable {
    case change, float, deposit, expense, slip, check

    public func name(in language: Language) -> String {
        switch self {
        case .change: language.choose("Appoint de monnaie", "Change")
        case .float: language.choose("Fonds de caisse", "Float")
        case .deposit: language.choose("Remise en banque", "Bank deposit")
        case .expense: language.choose("Petite dépense", "Small expense")
        case .slip: language.choose("Erreur à corriger", "Slip to put right")
        case .check: language.choose("Vérification", "Check")
        }
    }

    /// What it is a motive for.
    public var kinds: Set<CashMoveKind> {
        switch self {
        case .change: [.putIn, .takenOut, .opened]
        case .float, .slip: [.putIn, .takenOut]
        case .deposit, .expense: [.takenOut]
        case .check: [.opened]
        }
    }
}

/// Cash to be put in or taken out.
public struct CashMove: Codable, Sendable {
    public let kind: CashMoveKind
    public let motive: CashMotive
    public let amount: Cents

    /// Throws `choiceUnknown` for a motive that is none for this, `amountOutOfRange` unless something moves, or nothing where the drawer
    /// was only opened.
    public init(_ kind: CashMoveKind, _ motive: CashMotive, _ amount: Cents) throws(Refusal) {
        guard motive.kinds.contains(kind) else {
            let choices = CashMotive.allCases.filter { $0.kinds.contains(kind) }.map(\.rawValue)
            throw Refusal(
                .choiceUnknown,
                [
                    "text": .text(motive.rawValue), "field": .field(.motive),
                    "choices": .text(choices.joined(separator: ", ")),
                ]
            )
        }
        let most = Cents(unchecked: kind == .opened ? 0 : 1_000_000_00)
        let least = Cents(unchecked: kind == .opened ? 0 : 1)
        guard (least...most).contains(amount) else {
            throw Refusal(.amountOutOfRange, ["least": .cents(least), "most": .cents(most)])
        }
        self.kind = kind
        self.motive = motive
        self.amount = amount
    }
}

/// A move of cash as it is kept. Every column of `cash_moves` is here.
public struct CashMoveRecord: Hashable, Sendable {
    public let id: ID<CashMoveRecord>
    public let till: ID<Till>
    public let drawer: Int
    public let kind: CashMoveKind
    public let motive: CashMotive
    public let amount: Cents
    public let link: Link
    public let by: ID<User>

    public init(
        id: ID<CashMoveRecord>,
        till: ID<Till>,
        drawer: Int,
        kind: CashMoveKind,
        motive: CashMotive,
        amount: Cents,
        link: Link,
        by: ID<User>
    ) {
        self.id = id
        self.till = till
        self.drawer = drawer
        self.kind = kind
        self.motive = motive
        self.amount = amount
        self.link = link
        self.by = by
    }

    public var canonical: Canonical {
        var entry = link.canonical
        entry.put("event", "cash_moved")
        entry.put("id", id)
        entry.put("till_id", till)
        entry.put("drawer_ordinal", drawer)
        entry.put("kind", kind.rawValue)
        entry.put("motive", motive.rawValue)
        entry.put("amount_cents", amount)
        entry.put("moved_by", by)
        return entry
    }
}
