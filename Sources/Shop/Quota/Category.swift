/// What a right opens. Raw values are stored.
public enum Category: String, CaseIterable, Sendable, Codable {
    case equipment
    case connection
    case course
    case helpDesk = "help_desk"

    public func name(in language: Language) -> String {
        switch self {
        case .equipment: language.choose("équipement", "equipment")
        case .connection: language.choose("connexion", "connection")
        case .course: language.choose("parcours", "course")
        case .helpDesk: language.choose("permanence", "help desk")
        }
    }
}

extension Category {
    /// What a limit counts of it: « 2 équipements ».
    func counted(_ count: Int, in language: Language) -> String {
        let isOne = language.isOne(count)
        return switch self {
        case .equipment:
            isOne
                ? language.choose("équipement", "device")
                : language.choose("équipements", "devices")
        case .connection:
            isOne
                ? language.choose("connexion", "connection")
                : language.choose("connexions", "connections")
        case .course:
            isOne ? language.choose("parcours", "course") : language.choose("parcours", "courses")
        case .helpDesk:
            isOne
                ? language.choose("permanence", "help desk session")
                : language.choose("permanences", "help desk sessions")
        }
    }

    /// As refusals name it.
    var fact: Refusal.Fact {
        .explained(french: name(in: .french), english: name(in: .english))
    }
}

/// Where a right comes from. The till does not care which.
public enum Origin: String, CaseIterable, Sendable, Codable {
    case voucher
    case completion
}

/// The same where `Origin` is the service's address.
public typealias RightOrigin = Origin

/// How something leaves by a ticket.
public enum TicketKind: String, CaseIterable, Sendable, Codable {
    case sale
    case gift
}

/// What was taken against a right, net of what came back.
public struct Use: Hashable, Sendable {
    public let right: ID<Right>
    public let person: ID<Person>
    public let household: ID<Household>
    public let category: Category
    /// What kind of machine it was; nil for what is none.
    public let machine: DeviceKind?
    /// What it was on the price list.
    public let product: ID<Product>?
    /// Who signed the right's voucher; nil for what a finished course opened.
    public let structure: ID<Structure>?
    public let origin: Origin
    public let kind: TicketKind
    public let shop: ID<Shop>
    public let units: Int
    public let value: Cents
    public let on: Day
    /// The ticket's printed number, for the refusal that names it.
    public let receipt: String

    public init(
        right: ID<Right>,
        person: ID<Person>,
        household: ID<Household>,
        category: Category,
        origin: Origin,
        kind: TicketKind,
        shop: ID<Shop>,
        units: Int,
        value: Cents,
        on: Day,
        receipt: String,
        machine: DeviceKind? = nil,
        product: ID<Product>? = nil,
        structure: ID<Structure>? = nil
    ) {
        self.right = right
        self.person = person
        self.household = household
        self.category = category
        self.machine = machine
        self.product = product
        self.structure = structure
        self.origin = origin
        self.kind = kind
        self.shop = shop
        self.units = units
        self.value = value
        self.on = on
        self.receipt = receipt
    }
}
