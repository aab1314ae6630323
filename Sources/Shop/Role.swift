/// What a user may be in a shop. Raw values are stored.
public enum Role: String, CaseIterable, Sendable, Codable {
    case volunteerSeller = "volunteer_seller"
    case shopManager = "shop_manager"
    case stockManager = "stock_manager"
    case facilitator = "facilitator"
    case reporting = "reporting"
    case accountant = "accountant"
    case administrator = "administrator"

    public func name(in language: Language) -> String {
        switch self {
        case .volunteerSeller: language.choose("Vente", "Seller")
        case .shopManager: language.choose("Responsable d’espace", "Shop manager")
        case .stockManager: language.choose("Responsable du stock", "Stock manager")
        case .facilitator: language.choose("Animation des parcours", "Course facilitator")
        case .reporting: language.choose("Bilans", "Reporting")
        case .accountant: language.choose("Comptabilité", "Accountant")
        case .administrator: language.choose("Administration", "Administrator")
        }
    }
}
