/// How a voucher stands when it is to be renewed, with the numbers in force.
public struct Renewal: Hashable, Sendable, Codable {
    public let validUntil: Day
    public let revokedOn: Day?
    /// When the key that signed it was revoked.
    public let keyRevokedOn: Day?
    /// How many renewals in a row it ends: 0 for a referral of its own.
    public let number: Int
    /// The code of the voucher that renews it.
    public let renewedBy: String?
    /// How many renewals in a row there may be.
    public let most: Int
    /// So long before its end it may be renewed, and so long after it.
    public let days: Int

    public init(
        validUntil: Day,
        revokedOn: Day?,
        keyRevokedOn: Day?,
        number: Int,
        renewedBy: String?,
        most: Int,
        days: Int
    ) {
        self.validUntil = validUntil
        self.revokedOn = revokedOn
        self.keyRevokedOn = keyRevokedOn
        self.number = number
        self.renewedBy = renewedBy
        self.most = most
        self.days = days
    }

    public var from: Day { validUntil.adding(days: -days) }
    /// The last day on which it may be renewed.
    public var to: Day { validUntil.adding(days: days) }

    /// Why it is not renewed on a day, in this order; nil when it may be.
    public func refusal(on day: Day) -> Refusal? {
        // A key's end ends what it signed: that is signed anew, not renewed.
        if let on = revokedOn ?? keyRevokedOn {
            return Refusal(.voucherRevoked, ["on": .day(on)])
        }
        if let renewedBy { return Refusal(.voucherRenewed, ["code": .text(renewedBy)]) }
        if number >= most { return Refusal(.renewalsUsedUp, ["most": .number(Int64(most))]) }
        guard from <= day, day <= to else {
            return Refusal(.renewalOutsidePeriod, ["from": .day(from), "to": .day(to)])
        }
        return nil
    }
}
