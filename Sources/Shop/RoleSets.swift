/// Who may do what, by noun. Routes and verbs read the same set, so that a page never offers what the store refuses.
extension Set<Role> {
    public static let everyone = Set(Role.allCases)
    public static let administrators: Set = [Role.administrator]
    /// Who answers for a shop.
    public static let shopManagers: Set = [Role.shopManager, .administrator]
    /// Who stands at a till.
    public static let sellers: Set = [Role.volunteerSeller, .shopManager, .administrator]
    /// Who reads tickets: those who sell, and those who count.
    public static let ticketReaders = sellers.union([.accountant])
    /// Who takes the journal out of the house: to keep it, for whoever inspects, and for the accountant's books.
    public static let archivists: Set = [Role.accountant, .administrator]
    /// Who may let somebody go beyond a limit, at somebody else's till.
    public static let overriders: Set = [Role.shopManager, .administrator]
    /// Who reads what was let through.
    public static let overrideReaders = overriders.union([.reporting])
    /// Who writes the terms of gifts.
    public static let termKeepers: Set = [Role.shopManager, .administrator]
    /// Who receives people: their files and their vouchers.
    public static let receivers = sellers.union([.facilitator])
    /// Who keeps the list of partner structures.
    public static let structureKeepers: Set = [Role.shopManager, .facilitator, .administrator]
    /// Who prepares machines and takes stock in.
    public static let stockWorkers: Set = [Role.stockManager, .shopManager, .administrator]
    /// Who takes back what does not work: at the counter and in the stock room.
    public static let afterSalesKeepers = sellers.union(stockWorkers)
    /// Who takes recharge codes in, approves what another took in, and reads what the vault holds.
    public static let vaultKeepers = stockWorkers
    /// Who reads a day of the vault.
    public static let vaultReaders = vaultKeepers.union([.accountant])
    /// Who may show a code again, and write down what the operator says of it.
    public static let codeWardens: Set = [Role.shopManager, .administrator]
    /// Who sets prices.
    public static let pricers: Set = [Role.shopManager, .administrator]
    /// Who keeps the lists of courses.
    public static let courseKeepers: Set = [Role.facilitator, .shopManager, .administrator]
    /// Who may see what one person answered; others who read results see no small count.
    public static let answerReaders = courseKeepers
    /// Who reads courses and reports.
    public static let courseReaders = courseKeepers.union([.reporting])
}
