/// A field of a form, a request or a command: its name there, and what a person reads.
/// A refusal carries it, so that a page can put the words beside the input.
public struct Field: Hashable, Sendable {
    public let name: String
    public let french: String
    public let english: String

    public init(_ name: String, _ french: String, _ english: String) {
        self.name = name
        self.french = french
        self.english = english
    }

    public func label(in language: Language) -> String {
        language.choose(french, english)
    }
}

extension Field {
    public static let givenName = Field("given_name", "Prénom", "Given name")
    public static let familyName = Field("family_name", "Nom", "Family name")
    public static let phone = Field("phone", "Téléphone", "Phone")
    public static let email = Field("email", "Adresse électronique", "Email address")
    public static let birthYear = Field("birth_year", "Année de naissance", "Year of birth")
    public static let quarter = Field("quarter", "Quartier", "Quarter")
    public static let postalCode = Field("postal_code", "Code postal", "Postal code")
    public static let address = Field("address", "Adresse", "Address")
    public static let city = Field("city", "Ville", "City")
    public static let name = Field("name", "Nom", "Name")
    public static let language = Field("language", "Langue", "Language")
    public static let search = Field("q", "Recherche", "Search")
    public static let motive = Field("motive", "Motif", "Motive")
    public static let structure = Field("structure", "Structure partenaire", "Partner structure")
    public static let structureKind = Field("kind", "Type de structure", "Kind of structure")
    public static let prescriber = Field("prescriber", "Prescripteur", "Prescriber")
    public static let post = Field("post", "Fonction", "Post")
    public static let person = Field("person", "Personne accueillie", "Person served")
    public static let household = Field("household", "Foyer", "Household")
    public static let householdSize = Field(
        "household_size",
        "Taille du foyer",
        "Household size"
    )
    public static let services = Field("services", "Services ouverts", "Services opened")
    public static let signedOn = Field("signed_on", "Signé le", "Signed on")
    public static let validUntil = Field("valid_until", "Valable jusqu’au", "Valid until")
    public static let startsOn = Field("starts_on", "À partir du", "From")
    public static let endsOn = Field("ends_on", "Jusqu’au", "Until")
    public static let shop = Field("shop", "Espace", "Shop")
    public static let code = Field("code", "Code", "Code")
    public static let price = Field("price", "Prix", "Price")
    public static let volume = Field("volume_mb", "Volume de données", "Data volume")
    public static let validDays = Field("valid_days", "Jours de validité", "Days of validity")
    public static let quantity = Field("quantity", "Quantité", "Quantity")
    public static let limit = Field("limit", "Limite", "Limit")
    public static let programme = Field("programme", "Programme", "Programme")
    public static let territory = Field("territory", "Territoire", "Territory")
    public static let funders = Field("funders", "Financeurs", "Funders")
    public static let course = Field("course", "Modèle de parcours", "Course")
    public static let run = Field("run", "Parcours", "Run")
    public static let module = Field("module", "Module", "Module")
    public static let minutes = Field("minutes", "Minutes", "Minutes")
    public static let heldOn = Field("held_on", "Date de la séance", "Day of the session")
    public static let completedOn = Field("completed_on", "Achevé le", "Finished on")
    public static let enrolledOn = Field("enrolled_on", "Inscrit le", "Enrolled on")
    public static let place = Field("place", "Lieu", "Place")
    public static let facilitator = Field("facilitator", "Animation", "Facilitator")
}
