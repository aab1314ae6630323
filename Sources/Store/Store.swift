public import Logging
public import NIOPosix
public import Postgres
public import Shop

/// What people do, each verb in a file of its name. A verb is one transaction: claim, lock, read, decide, write.
public struct Store: Sendable {
    /// For the counter: short statements under a short time limit.
    let pool: Pool
    /// For reports: long reads that must not keep the counter waiting.
    let reports: Pool
    /// The database's roles, of which the prescriber's is taken to read for one structure.
    let roles: DatabaseRoles
    let keys: Keys
    /// Where the heads of the chains are written outside the database.
    let heads: HeadsFile
    let clock: Clock
    let randomness: Randomness
    /// Slow hashes run here, and large files are read, on threads of their own.
    let hashing: NIOThreadPool
    let slowHash: SlowHash
    let logger: Logger

    public init(
        pool: Pool,
        reports: Pool,
        roles: DatabaseRoles,
        keys: Keys,
        heads: HeadsFile,
        hashing: NIOThreadPool,
        slowHash: SlowHash = .standard,
        clock: Clock = .system,
        randomness: Randomness = .system,
        logger: Logger = Logger(label: "comptoir.store")
    ) {
        self.pool = pool
        self.reports = reports
        self.roles = roles
        self.keys = keys
        self.heads = heads
        self.hashing = hashing
        self.slowHash = slowHash
        self.clock = clock
        self.randomness = randomness
        self.logger = logger
    }

    /// The same store at another time: the demonstration plays its history, and tests choose their day.
    public func at(_ clock: Clock) -> Store {
        Store(
            pool: pool,
            reports: reports,
            roles: roles,
            keys: keys,
            heads: heads,
            hashing: hashing,
            slowHash: slowHash,
            clock: clock,
            randomness: randomness,
            logger: logger
        )
    }
}

/// Where the time comes from. Read once a transaction, after its locks.
public struct Clock: Sendable {
    public let now: @Sendable () -> Instant

    public init(now: @escaping @Sendable () -> Instant) {
        self.now = now
    }

    public static let system = Clock { Instant.current }

    /// A clock that stands still.
    public static func standing(at instant: Instant) -> Clock {
        Clock { instant }
    }
}

/// Where chance comes from: ids, codes, salts.
public struct Randomness: Sendable {
    /// As many random bytes as asked.
    public let bytes: @Sendable (Int) -> [UInt8]

    public init(bytes: @escaping @Sendable (Int) -> [UInt8]) {
        self.bytes = bytes
    }

    public static let system = Randomness { count in
        // Eight bytes at a time: each call asks the kernel.
        var generator = SystemRandomNumberGenerator()
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count + 8)
        while bytes.count < count {
            withUnsafeBytes(of: generator.next() as UInt64) { bytes.append(contentsOf: $0) }
        }
        return Array(bytes.prefix(count))
    }
}

/// Who does something, as signed in or as named on the command line.
public struct Staff: Sendable {
    public let id: ID<User>
    /// What receipts and the journal say instead of a name.
    public let operatorCode: String
    public let name: String
    public let language: Language
    public let firstDay: Bool
    /// A role with no shop holds in every shop.
    public let roles: [Held]
    /// For which structure this person signs vouchers; nil for whoever works in a shop.
    public let refers: Referring?
    /// The till at which this person works, when it is one.
    public let till: TillPlace?
    /// Since when the sign-in is locked; nil while it is open.
    public let lockedAt: Instant?

    public struct Held: Hashable, Sendable {
        public let role: Role
        public let shop: ID<Shop>?

        public init(role: Role, shop: ID<Shop>?) {
            self.role = role
            self.shop = shop
        }
    }

    public init(
        id: ID<User>,
        operatorCode: String,
        name: String,
        language: Language,
        firstDay: Bool,
        roles: [Held],
        refers: Referring? = nil,
        till: TillPlace?,
        lockedAt: Instant? = nil
    ) {
        self.id = id
        self.operatorCode = operatorCode
        self.name = name
        self.language = language
        self.firstDay = firstDay
        self.roles = roles
        self.refers = refers
        self.till = till
        self.lockedAt = lockedAt
    }

    /// Where one of `wanted` is held.
    public func reach(_ wanted: Set<Role>) -> Reach {
        let held = roles.filter { wanted.contains($0.role) }.map(\.shop)
        return held.contains(nil) ? .everyShop : .shops(Set(held.compactMap(\.self)))
    }

    /// Whether one of `wanted` is held in `shop`, or in every one.
    public func holds(anyOf wanted: Set<Role>, in shop: ID<Shop>) -> Bool {
        reach(wanted).includes(shop)
    }

    /// Throws `unknownThing` for a shop where none of `wanted` is held, as for one that is not there.
    func checkHolds(_ wanted: Set<Role>, in shop: ID<Shop>) throws(Refusal) {
        guard holds(anyOf: wanted, in: shop) else {
            throw Refusal(.unknownThing, ["field": .field(.shop), "text": .field(.shop)])
        }
    }

    /// Throws `associationOnly` unless one of `wanted` is held in every shop.
    func checkHoldsEverywhere(_ wanted: Set<Role>) throws(Refusal) {
        guard reach(wanted) == .everyShop else { throw Refusal(.associationOnly) }
    }

    /// Throws `roleMissing` unless one of `wanted` is held where this person works.
    func checkHoldsHere(_ wanted: Set<Role>) throws(Refusal) {
        guard holdsHere(anyOf: wanted) else {
            throw Refusal(.roleMissing, ["roles": .roles(wanted)])
        }
    }

    /// Whether one of `wanted` is held where this person works: at their till, else in some shop. What is then done to an
    /// object asks for its own shop.
    public func holdsHere(anyOf wanted: Set<Role>) -> Bool {
        guard let till else { return reach(wanted) != .nowhere }
        return holds(anyOf: wanted, in: till.shop)
    }
}

/// A prescriber and the structure for which they sign.
public struct Referring: Hashable, Sendable {
    public let prescriber: ID<Prescriber>
    public let structure: ID<Structure>
    public let structureName: String

    public init(prescriber: ID<Prescriber>, structure: ID<Structure>, structureName: String) {
        self.prescriber = prescriber
        self.structure = structure
        self.structureName = structureName
    }
}

/// The shops in which something may be done.
public enum Reach: Hashable, Sendable {
    /// The association as a whole, with the shops that it will open.
    case everyShop
    case shops(Set<ID<Shop>>)

    public static let nowhere = Reach.shops([])

    public func includes(_ shop: ID<Shop>) -> Bool {
        switch self {
        case .everyShop: true
        case .shops(let shops): shops.contains(shop)
        }
    }

    /// Whether all of `other` lies in it.
    public func includes(_ other: Reach) -> Bool {
        switch (self, other) {
        case (.everyShop, _): true
        case (.shops, .everyShop): false
        case (.shops(let own), .shops(let theirs)): theirs.isSubset(of: own)
        }
    }

    /// Whether the shop of this column lies in it.
    func condition(_ column: SQL) -> SQL {
        switch self {
        case .everyShop: "true"
        case .shops(let shops): "\(column) = any(\(Array(shops))::uuid[])"
        }
    }
}

/// A till and where it stands.
public struct TillPlace: Hashable, Sendable {
    public let id: ID<Till>
    public let code: String
    public let name: String
    public let shop: ID<Shop>
    public let shopCode: String
    public let shopName: String

    public init(
        id: ID<Till>,
        code: String,
        name: String,
        shop: ID<Shop>,
        shopCode: String,
        shopName: String
    ) {
        self.id = id
        self.code = code
        self.name = name
        self.shop = shop
        self.shopCode = shopCode
        self.shopName = shopName
    }
}

/// A part of a list, and the key from which the next part begins; nil at the end.
public struct Paged<Item: Sendable>: Sendable {
    public let items: [Item]
    public let next: String?

    public init(items: [Item], next: String?) {
        self.items = items
        self.next = next
    }

    /// From one row more than was asked: the surplus row only tells that there is a next part.
    public init(_ rows: [Item], limit: Int, key: (Item) -> String) {
        self.items = Array(rows.prefix(limit))
        self.next = rows.count > limit ? items.last.map(key) : nil
    }
}
