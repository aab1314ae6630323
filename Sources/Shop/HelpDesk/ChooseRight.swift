/// What a visit does to the person's rights.
public enum VisitRight: Sendable {
    /// It uses one unit of it. `left` counts what remains after; nil: as many as come.
    case uses(Right, left: Int?)
    /// It uses nothing, and is held all the same: whoever comes is received.
    case free(WhyFree)
}

/// Why a visit used no right. Raw values are sent.
public enum WhyFree: String, CaseIterable, Sendable, Codable {
    case anonymous
    /// No voucher of the person's opens the help desk.
    case noRight = "no_right"
    case usedUp = "used_up"
    case lapsed
    case revoked
    /// The voucher opens another shop, or was shown too long after its signature.
    case notHere = "not_here"

    public func name(in language: Language) -> String {
        switch self {
        case .anonymous:
            language.choose("passage anonyme", "anonymous visit")
        case .noRight:
            language.choose(
                "aucun bon n’ouvre la permanence",
                "no voucher opens the help desk"
            )
        case .usedUp: language.choose("le droit du bon a déjà servi", "the right is used up")
        case .lapsed: language.choose("le bon est échu", "the voucher has lapsed")
        case .revoked: language.choose("le bon est annulé", "the voucher was revoked")
        case .notHere:
            language.choose(
                "le bon n’ouvre rien ici",
                "the voucher opens nothing here"
            )
        }
    }

    init(_ reason: Reason) {
        switch reason {
        case .rightUsedUp, .quantityOutOfRange: self = .usedUp
        case .voucherLapsed, .rightLapsed: self = .lapsed
        case .voucherRevoked, .completionRevoked: self = .revoked
        case .voucherElsewhere, .voucherTooOld: self = .notHere
        default: self = .noRight
        }
    }
}

extension Standing {
    /// The right that a visit of that day uses: of those that open the help desk there, the first to end. Where none does,
    /// the visit is free, and the first one's refusal says why.
    public func helpDeskRight(on day: Day, in shop: ID<Shop>) -> VisitRight {
        var why: WhyFree?
        for right in rights where right.category == .helpDesk {
            let refusal = right.refusal(
                on: day,
                in: shop,
                units: 1,
                uses: uses,
                presentedMonths: numbers.presentedMonths(on: day)
            )
            guard let refusal else {
                return .uses(right, left: right.usesMax.map { $0 - right.used(uses) - 1 })
            }
            why = why ?? WhyFree(refusal.reason)
        }
        return .free(why ?? .noRight)
    }
}
