/// The counted close of a drawer, as it is kept. Every column of `closings` is here.
public struct ClosingRecord: Hashable, Sendable {
    public let till: ID<Till>
    public let drawer: Int
    public let expected: Takings
    public let counted: Takings
    public let tickets: Int
    public let sales: Cents
    public let refunds: Cents
    public let gifts: Cents
    /// Every sale ever at this till, nothing taken off.
    public let perpetual: Cents
    /// Nil when the count is right.
    public let reason: String?
    public let link: Link
    public let by: ID<User>

    public init(
        till: ID<Till>,
        drawer: Int,
        expected: Takings,
        counted: Takings,
        tickets: Int,
        sales: Cents,
        refunds: Cents,
        gifts: Cents,
        perpetual: Cents,
        reason: String?,
        link: Link,
        by: ID<User>
    ) {
        self.till = till
        self.drawer = drawer
        self.expected = expected
        self.counted = counted
        self.tickets = tickets
        self.sales = sales
        self.refunds = refunds
        self.gifts = gifts
        self.perpetual = perpetual
        self.reason = reason
        self.link = link
        self.by = by
    }

    public var canonical: Canonical {
        var entry = link.canonical
        entry.put("till_id", till)
        entry.put("ordinal", drawer)
        entry.put("cash_expected_cents", expected.cash)
        entry.put("cash_counted_cents", counted.cash)
        entry.put("card_expected_cents", expected.card)
        entry.put("card_counted_cents", counted.card)
        entry.put("cheque_expected_cents", expected.cheque)
        entry.put("cheque_counted_cents", counted.cheque)
        entry.put("tickets", tickets)
        entry.put("sales_cents", sales)
        entry.put("refunds_cents", refunds)
        entry.put("gifts_cents", gifts)
        entry.put("perpetual_cents", perpetual)
        entry.put("reason", reason ?? "")
        entry.put("closed_by", by)
        return entry
    }
}

/// Amounts by means, in cents. What is expected may be below zero: more cheques given back than came in.
public struct Takings: Hashable, Sendable, Codable {
    public var cash: Int64
    public var card: Int64
    public var cheque: Int64

    public init(cash: Int64, card: Int64, cheque: Int64) {
        self.cash = cash
        self.card = card
        self.cheque = cheque
    }
}

/// The opening of a drawer, as it is kept. Every column of `drawers` is here.
public struct OpeningRecord: Hashable, Sendable {
    public let till: ID<Till>
    public let drawer: Int
    /// The ordinal of the drawer before it; nil for the first.
    public let previous: Int?
    public let isTraining: Bool
    public let float: Cents
    public let link: Link
    public let by: ID<User>

    public init(
        till: ID<Till>,
        drawer: Int,
        previous: Int?,
        isTraining: Bool,
        float: Cents,
        link: Link,
        by: ID<User>
    ) {
        self.till = till
        self.drawer = drawer
        self.previous = previous
        self.isTraining = isTraining
        self.float = float
        self.link = link
        self.by = by
    }

    public var canonical: Canonical {
        var entry = link.canonical
        entry.put("event", "drawer_opened")
        entry.put("till_id", till)
        entry.put("ordinal", drawer)
        entry.put("previous_ordinal", previous)
        entry.put("training", isTraining ? "true" : "false")
        entry.put("float_cents", float)
        entry.put("opened_by", by)
        return entry
    }
}
