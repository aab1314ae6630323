/// A sale or a gift as it is kept: what is inserted, what the receipt prints, what the journal seals. Every column of the
/// tables `sales`, `sale_lines` and `payments` is here, with the exceptions of its `uses`, so that none can be altered unseen.
public struct SaleRecord: Hashable, Sendable {
    public let id: ID<Sale>
    public let key: ID<Claim>
    public let kind: TicketKind
    public let till: ID<Till>
    public let shop: ID<Shop>
    public let drawer: Int
    public let link: Link
    public let businessOn: Day
    public let seller: ID<User>
    public let operatorCode: String
    public let person: ID<Person>?
    public let household: ID<Household>?
    public let programme: ID<Programme>?
    /// What the person pays.
    public let total: Cents
    /// What it is worth, whoever pays.
    public let value: Cents
    public let tax: Cents
    public let rules: String
    public let software: String
    /// As the ticket says it; the number of its lines unless someone tampered with either.
    public let lineCount: Int
    /// In the ticket's order; the first has position 1.
    public let lines: [Line]
    public let payments: [Payment]

    public struct Line: Hashable, Sendable {
        /// From 1, in the ticket's order.
        public let position: Int
        public let product: ID<Product>
        public let device: ID<Device>?
        public let stay: Int?
        public let description: String
        public let quantity: Int
        public let unitPrice: Cents
        public let value: Cents
        public let personPays: Cents
        public let programmePays: Cents
        public let regime: String
        public let rateBasisPoints: Int
        public let tax: Cents
        public let volumeMB: Int?
        public let validDays: Int?
        public let guaranteeEndsOn: Day?
        public let presumptionEndsOn: Day?
        public let right: ID<Right>?
        /// Codes that left with it, one a unit; empty for what is handed over otherwise.
        public let codes: [ID<RechargeCode>]
        /// The exceptions that its use took, by id.
        public let overrides: [ID<Override>]
        /// The ticket of a machine that this one replaces, in an exchange, and its line there; both or neither.
        public let replacesSale: ID<Sale>?
        public let replacesPosition: Int?

        public init(
            position: Int,
            product: ID<Product>,
            device: ID<Device>?,
            stay: Int?,
            description: String,
            quantity: Int,
            unitPrice: Cents,
            value: Cents,
            personPays: Cents,
            programmePays: Cents,
            regime: String,
            rateBasisPoints: Int,
            tax: Cents,
            volumeMB: Int?,
            validDays: Int?,
            guaranteeEndsOn: Day?,
            presumptionEndsOn: Day?,
            right: ID<Right>?,
            codes: [ID<RechargeCode>] = [],
            overrides: [ID<Override>] = [],
            replacesSale: ID<Sale>? = nil,
            replacesPosition: Int? = nil
        ) {
            self.position = position
            self.product = product
            self.device = device
            self.stay = stay
            self.description = description
            self.quantity = quantity
            self.unitPrice = unitPrice
            self.value = value
            self.personPays = personPays
            self.programmePays = programmePays
            self.regime = regime
            self.rateBasisPoints = rateBasisPoints
            self.tax = tax
            self.volumeMB = volumeMB
            self.validDays = validDays
            self.guaranteeEndsOn = guaranteeEndsOn
            self.presumptionEndsOn = presumptionEndsOn
            self.right = right
            self.codes = codes
            self.overrides = overrides.sorted()
            self.replacesSale = replacesSale
            self.replacesPosition = replacesPosition
        }
    }

    public struct Payment: Hashable, Sendable {
        /// From 1.
        public let position: Int
        public let means: Means
        public let amount: Cents
        public let tendered: Cents
        public let change: Cents

        public init(position: Int, means: Means, amount: Cents, tendered: Cents, change: Cents) {
            self.position = position
            self.means = means
            self.amount = amount
            self.tendered = tendered
            self.change = change
        }
    }

    public init(
        id: ID<Sale>,
        key: ID<Claim>,
        kind: TicketKind,
        till: ID<Till>,
        shop: ID<Shop>,
        drawer: Int,
        link: Link,
        businessOn: Day,
        seller: ID<User>,
        operatorCode: String,
        person: ID<Person>?,
        household: ID<Household>?,
        programme: ID<Programme>?,
        total: Cents,
        value: Cents,
        tax: Cents,
        rules: String,
        software: String,
        lineCount: Int? = nil,
        lines: [Line],
        payments: [Payment]
    ) {
        self.id = id
        self.key = key
        self.kind = kind
        self.till = till
        self.shop = shop
        self.drawer = drawer
        self.link = link
        self.businessOn = businessOn
        self.seller = seller
        self.operatorCode = operatorCode
        self.person = person
        self.household = household
        self.programme = programme
        self.total = total
        self.value = value
        self.tax = tax
        self.rules = rules
        self.software = software
        self.lineCount = lineCount ?? lines.count
        self.lines = lines
        self.payments = payments
    }

    /// What the journal seals. Names are those of the columns.
    public var canonical: Canonical {
        var entry = link.canonical
        entry.put("id", id)
        entry.put("key", key)
        entry.put("kind", kind.rawValue)
        entry.put("till_id", till)
        entry.put("shop_id", shop)
        entry.put("drawer_ordinal", drawer)
        entry.put("business_on", businessOn)
        entry.put("seller_id", seller)
        entry.put("operator", operatorCode)
        entry.put("person_id", person)
        entry.put("household_id", household)
        entry.put("programme_id", programme)
        entry.put("total_cents", total)
        entry.put("value_cents", value)
        entry.put("vat_cents", tax)
        entry.put("line_count", lineCount)
        entry.put("rules", rules)
        entry.put("software", software)
        for line in lines { line.put(into: &entry, "line.\(line.position).") }
        for payment in payments { payment.put(into: &entry, "payment.\(payment.position).") }
        return entry
    }
}

extension SaleRecord.Line {
    fileprivate func put(into entry: inout Canonical, _ at: String) {
        entry.put(at + "product_id", product)
        entry.put(at + "device_id", device)
        entry.put(at + "stay_ordinal", stay)
        entry.put(at + "description", description)
        entry.put(at + "quantity", quantity)
        entry.put(at + "unit_price_cents", unitPrice)
        entry.put(at + "value_cents", value)
        entry.put(at + "person_cents", personPays)
        entry.put(at + "programme_cents", programmePays)
        entry.put(at + "vat_regime", regime)
        entry.put(at + "vat_rate_bp", rateBasisPoints)
        entry.put(at + "vat_cents", tax)
        entry.put(at + "volume_mb", volumeMB)
        entry.put(at + "valid_days", validDays)
        entry.put(at + "guarantee_ends_on", guaranteeEndsOn)
        entry.put(at + "presumption_ends_on", presumptionEndsOn)
        entry.put(at + "right_id", right)
        entry.put(at + "override_id", overrides.first)
        for (index, override) in overrides.dropFirst().enumerated() {
            entry.put(at + "override.\(index + 2)_id", override)
        }
        for (index, code) in codes.enumerated() { entry.put(at + "code.\(index + 1)_id", code) }
        // Lines sealed before there were exchanges say neither.
        if replacesSale != nil || replacesPosition != nil {
            entry.put(at + "replaces_sale_id", replacesSale)
            entry.put(at + "replaces_position", replacesPosition)
        }
    }
}

extension SaleRecord.Payment {
    fileprivate func put(into entry: inout Canonical, _ at: String) {
        entry.put(at + "means", means.rawValue)
        entry.put(at + "amount_cents", amount)
        entry.put(at + "tendered_cents", tendered)
        entry.put(at + "change_cents", change)
    }
}

/// A ticket: what is sold or given at once.
public enum Sale {}
