/// A refund as it is kept. Every column of `refunds` and `refund_lines` is here.
public struct RefundRecord: Hashable, Sendable {
    public let id: ID<Refund>
    public let key: ID<Claim>
    public let sale: ID<Sale>
    /// The how-manyth of its ticket.
    public let ordinal: Int
    public let till: ID<Till>
    public let shop: ID<Shop>
    public let drawer: Int
    public let link: Link
    public let businessOn: Day
    public let seller: ID<User>
    public let operatorCode: String
    public let reason: String
    /// Nil: nothing to give back, a gift came back.
    public let means: Means?
    public let total: Cents
    public let tax: Cents
    public let software: String
    /// As the refund says it; the number of its units unless someone tampered with either.
    public let lineCount: Int
    /// One a unit, by position and unit.
    public let units: [Unit]

    public struct Unit: Hashable, Sendable {
        public let sale: ID<Sale>
        public let position: Int
        public let unit: Int
        public let amount: Cents
        public let tax: Cents
        public let value: Cents
        public let returnedOn: Day

        public init(
            sale: ID<Sale>,
            position: Int,
            unit: Int,
            amount: Cents,
            tax: Cents,
            value: Cents,
            returnedOn: Day
        ) {
            self.sale = sale
            self.position = position
            self.unit = unit
            self.amount = amount
            self.tax = tax
            self.value = value
            self.returnedOn = returnedOn
        }
    }

    public init(
        id: ID<Refund>,
        key: ID<Claim>,
        sale: ID<Sale>,
        ordinal: Int,
        till: ID<Till>,
        shop: ID<Shop>,
        drawer: Int,
        link: Link,
        businessOn: Day,
        seller: ID<User>,
        operatorCode: String,
        reason: String,
        means: Means?,
        total: Cents,
        tax: Cents,
        software: String,
        lineCount: Int? = nil,
        units: [Unit]
    ) {
        self.id = id
        self.key = key
        self.sale = sale
        self.ordinal = ordinal
        self.till = till
        self.shop = shop
        self.drawer = drawer
        self.link = link
        self.businessOn = businessOn
        self.seller = seller
        self.operatorCode = operatorCode
        self.reason = reason
        self.means = means
        self.total = total
        self.tax = tax
        self.software = software
        self.lineCount = lineCount ?? units.count
        self.units = units
    }

    /// Whether its counted goods may be sold again, by the rule of its motive.
    public var returnsToShelf: Bool { RefundReason(rawValue: reason)?.returnsToShelf ?? true }

    public var canonical: Canonical {
        var entry = link.canonical
        entry.put("id", id)
        entry.put("key", key)
        entry.put("sale_id", sale)
        entry.put("ordinal", ordinal)
        entry.put("till_id", till)
        entry.put("shop_id", shop)
        entry.put("drawer_ordinal", drawer)
        entry.put("business_on", businessOn)
        entry.put("seller_id", seller)
        entry.put("operator", operatorCode)
        entry.put("reason", reason)
        entry.put("means", means?.rawValue ?? "none")
        entry.put("total_cents", total)
        entry.put("vat_cents", tax)
        entry.put("line_count", lineCount)
        entry.put("software", software)
        for unit in units {
            let at = "line.\(unit.position).\(unit.unit)."
            entry.put(at + "sale_id", unit.sale)
            entry.put(at + "amount_cents", unit.amount)
            entry.put(at + "vat_cents", unit.tax)
            entry.put(at + "value_cents", unit.value)
            entry.put(at + "returned_on", unit.returnedOn)
        }
        return entry
    }
}

/// What mirrors a ticket, or a part of it.
public enum Refund {}
