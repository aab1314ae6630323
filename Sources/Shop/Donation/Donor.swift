/// Who gives or sells machines to the shop.
public enum Donor {}

/// What a donor is. Raw values are stored: never rename or reuse one.
public enum DonorKind: String, CaseIterable, Sendable, Codable {
    case company
    case publicBody = "public_body"
    /// Another shop of the network, or of another association.
    case shop
    /// Named on an erasable card alone.
    case person

    public func name(in language: Language) -> String {
        switch self {
        case .company: language.choose("Entreprise", "Company")
        case .publicBody: language.choose("Organisme public", "Public body")
        case .shop: language.choose("Autre espace", "Other shop")
        case .person: language.choose("Particulier", "Private person")
        }
    }
}

/// How a private person proved who they are, for the second-hand register. Raw values are stored.
public enum IdentityDocument: String, CaseIterable, Sendable, Codable {
    case identityCard = "identity_card"
    case passport
    case residencePermit = "residence_permit"
    case drivingLicence = "driving_licence"

    public func name(in language: Language) -> String {
        switch self {
        case .identityCard: language.choose("Carte d’identité", "Identity card")
        case .passport: language.choose("Passeport", "Passport")
        case .residencePermit: language.choose("Titre de séjour", "Residence permit")
        case .drivingLicence: language.choose("Permis de conduire", "Driving licence")
        }
    }
}

extension FieldName {
    public static let donor = FieldName("donor", "Donateur", "Donor")
    public static let donorKind = FieldName("kind", "Type de donateur", "Kind of donor")
    public static let sellerName = FieldName("seller_name", "Nom et prénoms", "Full name")
    public static let sellerAddress = FieldName("seller_address", "Domicile", "Home address")
    public static let document = FieldName("document", "Pièce d’identité", "Identity document")
    public static let documentNumber = FieldName(
        "document_number",
        "Numéro de la pièce",
        "Document number"
    )
    public static let issuedOn = FieldName("issued_on", "Délivrée le", "Issued on")
    public static let issuedBy = FieldName("issued_by", "Délivrée par", "Issued by")
}
