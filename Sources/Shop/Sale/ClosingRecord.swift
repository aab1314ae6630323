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
    public let details: Details
    public let link: Link
    public let by: ID<User>

    /// What was counted piece by piece, and what left beside the money. Drawers that were closed before that was counted have none of it.
    public struct Details: Hashable, Sendable {
        /// Cash put in and taken out for no ticket; nil where it was not counted by itself.
        public let movedIn: Cents?
        public let movedOut: Cents?
        /// The largest first.
        public let pieces: [DrawerCount.Piece]
        public let cheques: [Cents]
        public let goods: [Goods]

        public init(
            movedIn: Cents?,
            movedOut: Cents?,
            pieces: [DrawerCount.Piece],
            cheques: [Cents],
            goods: [Goods]
        ) {
            self.movedIn = movedIn
            self.movedOut = movedOut
            self.pieces = pieces.sorted { $0.cents > $1.cents }
            self.cheques = cheques
            self.goods = goods.sorted { $0.product < $1.product }
        }
    }

    /// Units of an article that were sold, given, and came back.
    public struct Goods: Hashable, Sendable {
        public let product: ID<Product>
        public let sold: Int
        public let given: Int
        public let returned: Int

        public init(product: ID<Product>, sold: Int, given: Int, returned: Int) {
            self.product = product
            self.sold = sold
            self.given = given
            self.returned = returned
        }
    }

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
        details: Details,
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
        self.details = details
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
        if details.movedIn != nil || details.movedOut != nil {
            entry.put("moved_in_cents", details.movedIn?.count)
            entry.put("moved_out_cents", details.movedOut?.count)
        }
        for piece in details.pieces { entry.put("piece.\(piece.cents).count", piece.count) }
        for (index, cheque) in details.cheques.enumerated() {
            entry.put("cheque.\(index + 1).amount_cents", cheque)
        }
        for goods in details.goods {
            let at = "goods.\(goods.product)."
            entry.put(at + "sold", goods.sold)
            entry.put(at + "given", goods.given)
            entry.put(at + "returned", goods.returned)
        }
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
    /// The day of business of everything in it.
    public let businessOn: Day
    /// What was brought from the safe since the drawer before was counted, in cents; below zero what was taken to it or to the bank.
    /// Nil where it was opened before that was told.
    public let carried: Int64?
    public let link: Link
    public let by: ID<User>

    public init(
        till: ID<Till>,
        drawer: Int,
        previous: Int?,
        isTraining: Bool,
        float: Cents,
        businessOn: Day,
        carried: Int64?,
        link: Link,
        by: ID<User>
    ) {
        self.till = till
        self.drawer = drawer
        self.previous = previous
        self.isTraining = isTraining
        self.float = float
        self.businessOn = businessOn
        self.carried = carried
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
        entry.put("business_on", businessOn.iso, since: 2)
        entry.put("carried_cents", carried.map { String($0) } ?? "-", since: 2)
        return entry
    }
}
