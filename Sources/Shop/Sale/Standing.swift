/// The facts that a decision at the till needs, read by one query for the preview and for the sale.
public struct Standing: Sendable {
    /// Nil where nobody is named.
    public let buyer: Buyer?
    /// The voucher in hand, when there is one.
    public let voucher: VoucherFacts?
    /// The attestation in hand, when there is one.
    public let completion: ID<Completion>?
    /// Every right of the person, in the order in which they are taken: first to end, a completion first on a tie.
    public let rights: [Right]
    /// Uses of the household's present members and those stamped with the household, of the person's vouchers, and, where
    /// a limit counts them, of the structures that signed these; net of what came back.
    public let uses: [Use]
    /// Every version that may have a say, by code and day; `rules(on:)` chooses.
    public let rules: [QuotaRule]
    /// The person's exceptions that no use has taken, the first to expire first.
    public let overrides: [Override]
    public let numbers: DatedNumbers

    public struct Buyer: Hashable, Sendable {
        public let person: ID<Person>
        public let household: ID<Household>
        public let members: Set<ID<Person>>
        /// Where the present members lived before.
        public let before: [Residence]

        public init(
            person: ID<Person>,
            household: ID<Household>,
            members: Set<ID<Person>>,
            before: [Residence] = []
        ) {
            self.person = person
            self.household = household
            self.members = members
            self.before = before
        }
    }

    public init(
        buyer: Buyer?,
        voucher: VoucherFacts?,
        completion: ID<Completion>?,
        rights: [Right],
        uses: [Use],
        rules: [QuotaRule],
        overrides: [Override] = [],
        numbers: DatedNumbers
    ) {
        self.buyer = buyer
        self.voucher = voucher
        self.completion = completion
        self.rights = rights.sorted {
            ($0.endsOn, $0.kind == .completion ? 0 : 1, $0.id) < (
                $1.endsOn, $1.kind == .completion ? 0 : 1, $1.id
            )
        }
        self.uses = uses
        self.rules = rules.sorted { ($0.code, $0.startsOn) < ($1.code, $1.startsOn) }
        self.overrides = overrides.sorted { ($0.expiresOn, $0.id) < ($1.expiresOn, $1.id) }
        self.numbers = numbers
    }

    /// The version of each rule that holds on `day`, in the order of their codes.
    public func rules(on day: Day) -> [QuotaRule] {
        rules.indices.compactMap { index in
            let next = rules.index(after: index)
            let isFollowed =
                next < rules.endIndex && rules[next].code == rules[index].code
                && rules[next].startsOn <= day
            return rules[index].startsOn <= day && !isFollowed ? rules[index] : nil
        }
    }

    /// Whose uses count when `right` is used; the voucher in hand stands in where none is.
    func holder(_ buyer: Buyer, by right: Right? = nil) -> QuotaHolder {
        let signed = right == nil ? voucher : right?.voucher
        return QuotaHolder(
            person: buyer.person,
            household: buyer.household,
            members: buyer.members,
            before: buyer.before,
            voucherRights: Set(
                rights.filter { signed != nil && $0.voucher?.id == signed?.id }.map(\.id)
            ),
            structure: signed?.structureID
        )
    }

    /// How every rule that concerns the person stands, with the exception that would lift it here.
    public func quotas(on day: Day, in shop: ID<Shop>) -> [QuotaStanding] {
        guard let buyer else { return [] }
        let holder = holder(buyer)
        return rules(on: day)
            .filter { $0.isLimit && $0.isOpen(on: day) }
            .filter { $0.holder != .structure || holder.structure != nil }
            .map { rule in
                QuotaStanding(
                    rule,
                    uses,
                    of: holder,
                    on: day,
                    override: overrides.first {
                        $0.rule == rule.code && $0.shop == shop && day <= $0.expiresOn
                    }
                )
            }
    }

    /// Why the voucher or the attestation in hand opens nothing here today; nil when it holds, or when there is none.
    public func refusal(on day: Day, in shop: ID<Shop>) -> Refusal? {
        for right in rights {
            guard case .completion(let id, _, let revokedOn?) = right.origin, id == completion
            else { continue }
            return Refusal(.completionRevoked, ["on": .day(revokedOn)])
        }
        return voucher?.refusal(
            on: day,
            in: shop,
            presentedMonths: numbers.presentedMonths(on: day)
        )
    }
}

/// Numbers that someone may change without a deployment: the last whose day has come.
public struct DatedNumbers: Sendable {
    public struct Row: Hashable, Sendable, Dated {
        public let name: String
        public let startsOn: Day
        public let amount: Int64

        public init(name: String, startsOn: Day, amount: Int64) {
            self.name = name
            self.startsOn = startsOn
            self.amount = amount
        }
    }

    private let rows: [String: [Row]]

    public init(_ rows: [Row]) {
        self.rows = Dictionary(grouping: rows, by: \.name)
    }

    /// The number in force; a missing one is a bug of set-up, which seeds them all from the first day.
    public func number(_ name: String, on day: Day) -> Int {
        guard
            let row = rows[name]?.inForce(on: day)
                ?? rows[name]?.min(by: { $0.startsOn < $1.startsOn })
        else { preconditionFailure("no dated number \(name)") }
        return Int(row.amount)
    }

    func presentedMonths(on day: Day) -> Int { number("voucher_presented_months", on: day) }
    func guaranteeMonths(on day: Day) -> Int { number("guarantee_months", on: day) }
    func presumptionMonths(on day: Day) -> Int { number("presumption_months", on: day) }
}
