/// A named second person's exception: so many units or cents of one ticket line beyond what a limit leaves, for one
/// person, in one shop, until a day.
///
/// A use takes one exception a limit at most, and an exception is taken once. What comes back of that line gives the quota back
/// as any other; the exception stays used. It lifts no right: what the voucher does not open stays closed.
public struct Override: Hashable, Sendable {
    public let id: ID<Override>
    public let person: ID<Person>
    /// The limit's code, whatever its version.
    public let rule: String
    public let shop: ID<Shop>
    public let beyond: QuotaRule.Excess
    /// The last day on which it helps.
    public let expiresOn: Day

    public init(
        id: ID<Override>,
        person: ID<Person>,
        rule: String,
        shop: ID<Shop>,
        beyond: QuotaRule.Excess,
        expiresOn: Day
    ) {
        self.id = id
        self.person = person
        self.rule = rule
        self.shop = shop
        self.beyond = beyond
        self.expiresOn = expiresOn
    }

    /// Whether it lets `use` go `excess` beyond `rule`.
    func lifts(_ rule: QuotaRule, by excess: QuotaRule.Excess, for use: Use) -> Bool {
        person == use.person && self.rule == rule.code && shop == use.shop && use.on <= expiresOn
            && beyond.covers(excess)
    }
}

/// Why an exception is granted: a row of a list, because the code is sealed in the journal, which holds no word about a
/// person.
public struct OverrideMotive: Hashable, Sendable {
    public let code: String
    public let french: String
    public let english: String

    public init(code: String, french: String, english: String) {
        self.code = code
        self.french = french
        self.english = english
    }

    public func name(in language: Language) -> String { language.choose(french, english) }
}

/// What an exception must cover for what was refused to pass.
public struct OverrideNeed: Hashable, Sendable {
    /// The limit's code.
    public let rule: String
    public let beyond: QuotaRule.Excess

    public init(rule: String, beyond: QuotaRule.Excess) {
        self.rule = rule
        self.beyond = beyond
    }
}

extension Refusal {
    /// What an exception would have to cover; nil where none helps.
    public var overrideNeed: OverrideNeed? {
        guard case .text(let rule) = facts["code"], case .number(let units) = facts["units_beyond"],
            case .cents(let value) = facts["cents_beyond"],
            reason == .quotaReached || reason == .quotaNeverFits
        else { return nil }
        return OverrideNeed(
            rule: rule,
            beyond: QuotaRule.Excess(units: Int(units), value: value)
        )
    }
}

/// The granting of an exception as it is kept: every column of `overrides` is here. No name, and of the motive its code.
public struct OverrideRecord: Hashable, Sendable {
    public let override: Override
    public let till: ID<Till>
    public let motive: String
    public let grantedBy: ID<User>
    public let askedBy: ID<User>
    public let link: Link

    public init(
        override: Override,
        till: ID<Till>,
        motive: String,
        grantedBy: ID<User>,
        askedBy: ID<User>,
        link: Link
    ) {
        self.override = override
        self.till = till
        self.motive = motive
        self.grantedBy = grantedBy
        self.askedBy = askedBy
        self.link = link
    }

    public var canonical: Canonical {
        var entry = link.canonical
        entry.put("event", "override_granted")
        entry.put("id", override.id)
        entry.put("till_id", till)
        entry.put("shop_id", override.shop)
        entry.put("person_id", override.person)
        entry.put("rule", override.rule)
        entry.put("units", override.beyond.units)
        entry.put("cents", override.beyond.value)
        entry.put("motive", motive)
        entry.put("expires_on", override.expiresOn)
        entry.put("granted_by", grantedBy)
        entry.put("asked_by", askedBy)
        return entry
    }
}
