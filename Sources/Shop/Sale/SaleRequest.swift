/// What the till was asked to do, parsed once. A sale is paid; a gift names the programme that pays.
public struct SaleRequest: Hashable, Sendable, Codable {
    /// Who buys. Nil where no line needs a right.
    public let buyer: Buyer?
    /// One to a hundred lines; no device twice.
    public let lines: [Line]
    public let tender: Tender
    /// The right that the seller chose; nil takes the one that ends first, a completion first on a tie.
    public let right: ID<Right>?

    public enum Buyer: Hashable, Sendable, Codable {
        /// A voucher, and which of its persons when it names several.
        case voucher(String, ID<Person>?)
        case completion(String)
        case person(ID<Person>)
    }

    public enum Line: Hashable, Sendable, Codable {
        /// By its label.
        case device(String)
        /// By its code: recharges, SIM cards, accessories.
        case product(String, quantity: Int)
    }

    public enum Tender: Hashable, Sendable, Codable {
        case payments([Payment])
        /// The code of the programme that pays.
        case gift(String)
    }

    public struct Payment: Hashable, Sendable, Codable {
        public let means: Means
        /// What was handed over: for cash it may be more than what is due.
        public let tendered: Cents

        public init(means: Means, tendered: Cents) {
            self.means = means
            self.tendered = tendered
        }
    }

    /// Throws, in this order: `ticketEmpty`, `quantityOutOfRange`, `deviceTwice`.
    public init(buyer: Buyer?, lines: [Line], tender: Tender, right: ID<Right>? = nil)
        throws(Refusal)
    {
        guard !lines.isEmpty else { throw Refusal(.ticketEmpty) }
        let range: [String: Refusal.Fact] = ["least": .number(1), "most": .number(100)]
        guard lines.count <= 100 else { throw Refusal(.quantityOutOfRange, range) }
        var labels: Set<String> = []
        for line in lines {
            switch line {
            case .device(let label):
                guard labels.insert(label).inserted else {
                    throw Refusal(.deviceTwice, ["label": .text(label)])
                }
            case .product(_, let quantity):
                guard (1...100).contains(quantity) else {
                    throw Refusal(.quantityOutOfRange, range)
                }
            }
        }
        self.buyer = buyer
        self.lines = lines
        self.tender = tender
        self.right = right
    }

    public var kind: TicketKind {
        switch tender {
        case .payments: .sale
        case .gift: .gift
        }
    }

    /// Labels of the devices asked for, in the ticket's order.
    public var labels: [String] {
        lines.compactMap { if case .device(let label) = $0 { label } else { nil } }
    }

    /// How many of each product are asked for, by its code.
    public var units: [String: Int] {
        lines.reduce(into: [:]) { units, line in
            if case .product(let code, let quantity) = line { units[code, default: 0] += quantity }
        }
    }

    /// Codes of the products asked for, in the ticket's order, each once.
    public var codes: [String] {
        var seen: Set<String> = []
        return lines.compactMap { line in
            guard case .product(let code, _) = line, seen.insert(code).inserted else { return nil }
            return code
        }
    }
}

/// How money comes in and goes back.
public enum Means: String, CaseIterable, Sendable, Codable {
    case cash, card, cheque

    public func name(in language: Language) -> String {
        switch self {
        case .cash: language.choose("Espèces", "Cash")
        case .card: language.choose("Carte", "Card")
        case .cheque: language.choose("Chèque", "Cheque")
        }
    }
}
