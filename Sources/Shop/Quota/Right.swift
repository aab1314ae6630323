/// What a voucher or a finished course opens: a category, until a day, for a number of uses or as often as the quotas
/// allow.
public struct Right: Hashable, Sendable {
    public let id: ID<Right>
    public let category: Category
    public let origin: Opened
    public let startsOn: Day
    public let endsOn: Day
    public let usesMax: Int?

    /// What opened it, with what can take it back.
    public enum Opened: Hashable, Sendable {
        case voucher(VoucherFacts)
        case completion(ID<Completion>, code: String, revokedOn: Day? = nil)
    }

    public init(
        id: ID<Right>,
        category: Category,
        origin: Opened,
        startsOn: Day,
        endsOn: Day,
        usesMax: Int?
    ) {
        self.id = id
        self.category = category
        self.origin = origin
        self.startsOn = startsOn
        self.endsOn = endsOn
        self.usesMax = usesMax
    }

    public var kind: Origin {
        switch origin {
        case .voucher: .voucher
        case .completion: .completion
        }
    }

    /// The voucher that opened it; nil for a finished course.
    public var voucher: VoucherFacts? {
        switch origin {
        case .voucher(let voucher): voucher
        case .completion: nil
        }
    }

    /// The day on which the attestation that opened it was taken back.
    var revokedOn: Day? {
        if case .completion(_, _, let revokedOn) = origin { revokedOn } else { nil }
    }

    /// Units already taken against it.
    public func used(_ uses: [Use]) -> Int {
        uses.filter { $0.right == id }.reduce(0) { $0 + $1.units }
    }

    /// Why it does not open `units` today; nil when it does. In order: what took the voucher or the attestation back, its
    /// end, its uses.
    public func refusal(
        on day: Day,
        in shop: ID<Shop>,
        units: Int,
        uses: [Use],
        presentedMonths: Int
    )
        -> Refusal?
    {
        if case .voucher(let voucher) = origin,
            let refusal = voucher.refusal(on: day, in: shop, presentedMonths: presentedMonths)
        {
            return refusal
        }
        if let revokedOn { return Refusal(.completionRevoked, ["on": .day(revokedOn)]) }
        if day > endsOn { return Refusal(.rightLapsed, ["until": .day(endsOn)]) }
        if day < startsOn {
            return Refusal(.rightMissing, ["what": category.fact])
        }
        if let usesMax, used(uses) + units > usesMax {
            guard let last = uses.filter({ $0.right == id }).max(by: { $0.on < $1.on }) else {
                return Refusal(
                    .quantityOutOfRange,
                    ["least": .number(1), "most": .number(Int64(usesMax))]
                )
            }
            return Refusal(
                .rightUsedUp,
                [
                    "receipt": .text(last.receipt), "on": .day(last.on),
                    "taken": last.taken,
                    "advice": .explained(
                        french: "Demandez un nouveau bon à la structure partenaire.",
                        english: "Ask the partner structure for a new voucher."
                    ),
                ]
            )
        }
        return nil
    }
}

extension Use {
    /// What it was, for the refusal that names it: a ticket, or a visit to the help desk.
    fileprivate var taken: Refusal.Fact {
        category == .helpDesk
            ? .explained(french: "Permanence", english: "Help desk visit")
            : .explained(french: "Ticket \(receipt)", english: "Ticket \(receipt)")
    }
}

/// What a voucher says of itself at the till.
public struct VoucherFacts: Hashable, Sendable {
    public let id: ID<Voucher>
    public let code: String
    public let structure: String
    public let structureID: ID<Structure>
    public let signedOn: Day
    public let validUntil: Day
    /// The day it was shown at a counter and recorded.
    public let presentedOn: Day
    public let revokedOn: Day?
    public let shop: ID<Shop>?
    public let shopName: String?

    public init(
        id: ID<Voucher>,
        code: String,
        structure: String,
        structureID: ID<Structure>,
        signedOn: Day,
        validUntil: Day,
        presentedOn: Day,
        revokedOn: Day?,
        shop: ID<Shop>?,
        shopName: String?
    ) {
        self.id = id
        self.code = code
        self.structure = structure
        self.structureID = structureID
        self.signedOn = signedOn
        self.validUntil = validUntil
        self.presentedOn = presentedOn
        self.revokedOn = revokedOn
        self.shop = shop
        self.shopName = shopName
    }

    /// Why it opens nothing here today, in the order of precedence; nil when it holds. The last day still counts.
    public func refusal(on day: Day, in here: ID<Shop>, presentedMonths: Int) -> Refusal? {
        if let revokedOn { return Refusal(.voucherRevoked, ["on": .day(revokedOn)]) }
        if validUntil < day { return Refusal(.voucherLapsed, ["until": .day(validUntil)]) }
        if signedOn.adding(months: presentedMonths) < presentedOn {
            return Refusal(
                .voucherTooOld,
                ["signed": .day(signedOn), "months": .number(Int64(presentedMonths))]
            )
        }
        if let shop, shop != here {
            return Refusal(.voucherElsewhere, ["shop": .text(shopName ?? "?")])
        }
        return nil
    }
}

/// The signed referral, and the course that was finished: keys of their own.
public enum Voucher {}
public enum Completion {}
