/// What is asked before the codes of a ticket are shown.
public struct CodeShowing: Hashable, Sendable {
    /// The till that sold the ticket, and where whoever asks stands; nil away from a till.
    public let soldAt: ID<Till>
    public let soldAtCode: String
    public let here: ID<Till>?
    /// The last showing; nil where nobody was shown them.
    public let last: Last?

    public struct Last: Hashable, Sendable {
        public let at: Instant
        public let operatorCode: String

        public init(at: Instant, operatorCode: String) {
            self.at = at
            self.operatorCode = operatorCode
        }
    }

    public init(soldAt: ID<Till>, soldAtCode: String, here: ID<Till>?, last: Last?) {
        self.soldAt = soldAt
        self.soldAtCode = soldAtCode
        self.here = here
        self.last = last
    }

    /// Once, at the till that sold them; again, or elsewhere, by who answers for the shop and says why. Throws
    /// `rechargeShownBefore`, `rechargeShownElsewhere`.
    /// - Parameter isWarden: whether who asks answers for the shop.
    public func check(isWarden: Bool, isMotived: Bool) throws(Refusal) {
        if isWarden, isMotived { return }
        if let last {
            throw Refusal(
                .rechargeShownBefore,
                [
                    "field": .field(.motive), "on": .instant(last.at),
                    "operator": .text(last.operatorCode),
                ]
            )
        }
        guard soldAt == here else {
            throw Refusal(
                .rechargeShownElsewhere,
                ["field": .field(.motive), "till": .text(soldAtCode)]
            )
        }
    }
}
