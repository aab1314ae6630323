/// Where a machine is on its way through the shop, told by its last stay on the shelf and by what took it
/// out of the stock. Raw values are sent.
public enum DeviceStage: String, CaseIterable, Sendable, Codable {
    /// Taken in, or come back: to be inspected, erased, shelved.
    case inWork = "in_work"
    case onShelf = "on_shelf"
    /// Sent to another shop, and not ticked off there yet.
    case inTransit = "in_transit"
    /// Somebody's, or recycled.
    case left

    /// - Parameters:
    ///   - stay: the last stay's ordinal; nil when it never was on the shelf.
    ///   - exit: how that stay ended; nil while it lasts.
    ///   - cameBack: whether the ticket by which it left was refunded for it, a lot brought it, another was given in its place, or it was
    ///     found again.
    ///   - removed: whether it was recycled or lost, from the shelf or not.
    ///   - inTransit: whether it is on its way to another shop.
    public init(stay: Int?, exit: DeviceExit?, cameBack: Bool, removed: Bool, inTransit: Bool) {
        if removed || inTransit {
            self = removed ? .left : .inTransit
            return
        }
        switch exit {
        case nil: self = stay == nil ? .inWork : .onShelf
        case .sale, .gift, .recycling, .loss: self = cameBack ? .inWork : .left
        case .transfer, .afterSales, .repricing, .withdrawal: self = .inWork
        }
    }

    public func name(in language: Language) -> String {
        switch self {
        case .inWork: language.choose("En préparation", "Being prepared")
        case .onShelf: language.choose("En rayon", "On the shelf")
        case .inTransit: language.choose("En transit", "In transit")
        case .left: language.choose("Sorti", "Left")
        }
    }
}

/// How a stay on the shelf ends. Raw values are stored: never rename or reuse one.
public enum DeviceExit: String, CaseIterable, Sendable, Codable {
    case sale
    case gift
    case transfer
    case afterSales = "after_sales"
    case recycling
    case loss
    /// The price changed: another stay begins in the same act.
    case repricing
    /// Taken off the shelf, back to the stock room.
    case withdrawal

    public func name(in language: Language) -> String {
        switch self {
        case .sale: language.choose("Vendu", "Sold")
        case .gift: language.choose("Attribué gratuitement", "Given")
        case .transfer: language.choose("Transféré", "Transferred")
        case .afterSales: language.choose("Au service après-vente", "In after-sales")
        case .recycling: language.choose("Recyclé", "Recycled")
        case .loss: language.choose("Perdu", "Lost")
        case .repricing: language.choose("Prix changé", "Price changed")
        case .withdrawal: language.choose("Retiré du rayon", "Taken off the shelf")
        }
    }
}
