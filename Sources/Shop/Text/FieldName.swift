/// A field of a form, a request or a command: its name there, and what a person reads.
/// A refusal carries it, so that a page can put the words beside the input.
public struct FieldName: Hashable, Sendable {
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

extension FieldName {
    public static let givenName = FieldName("given_name", "Prénom", "Given name")
    public static let familyName = FieldName("family_name", "Nom", "Family name")
    public static let phone = FieldName("phone", "Téléphone", "Phone")
    public static let email = FieldName("email", "Adresse électronique", "Email address")
    public static let birthYear = FieldName("birth_year", "Année de naissance", "Year of birth")
    public static let quarter = FieldName("quarter", "Quartier", "Quarter")
    public static let postalCode = FieldName("postal_code", "Code postal", "Postal code")
    public static let address = FieldName("address", "Adresse", "Address")
    public static let city = FieldName("city", "Ville", "City")
    public static let name = FieldName("name", "Nom", "Name")
    public static let language = FieldName("language", "Langue", "Language")
    public static let search = FieldName("q", "Recherche", "Search")
    public static let state = FieldName("state", "État", "State")
    public static let frenchText = FieldName("french", "Texte français", "French text")
    public static let englishText = FieldName("english", "Texte anglais", "English text")
    public static let notice = FieldName("notice", "Information", "Notice")
    public static let told = FieldName("told", "Comment", "How")
    public static let accountRole = FieldName("role", "Poste", "Role")
    public static let accountLabel = FieldName("label", "Intitulé", "Label")
    public static let eventKind = FieldName("kind", "Événement", "Event")
    public static let period = FieldName("period", "Période", "Period")
    public static let cashMove = FieldName("kind", "Mouvement", "Move")
    public static let note = FieldName("note", "Note", "Note")
    public static let motive = FieldName("motive", "Motif", "Motive")
    public static let structure = FieldName(
        "structure",
        "Structure partenaire",
        "Partner structure"
    )
    public static let structureKind = FieldName("kind", "Type de structure", "Kind of structure")
    public static let prescriber = FieldName("prescriber", "Prescripteur", "Prescriber")
    public static let post = FieldName("post", "Fonction", "Post")
    public static let person = FieldName("person", "Personne accueillie", "Person served")
    public static let household = FieldName("household", "Foyer", "Household")
    public static let householdSize = FieldName(
        "household_size",
        "Taille du foyer",
        "Household size"
    )
    public static let services = FieldName("services", "Services ouverts", "Services opened")
    public static let signedOn = FieldName("signed_on", "Signé le", "Signed on")
    public static let validUntil = FieldName("valid_until", "Valable jusqu’au", "Valid until")
    public static let givesRightBack = FieldName(
        "gives_right_back",
        "Le droit revient",
        "Gives the right back"
    )
    public static let startsOn = FieldName("starts_on", "À partir du", "From")
    public static let endsOn = FieldName("ends_on", "Jusqu’au", "Until")
    public static let shop = FieldName("shop", "Espace", "Shop")
    public static let code = FieldName("code", "Code", "Code")
    public static let price = FieldName("price", "Prix", "Price")
    public static let volume = FieldName("volume_mb", "Volume de données", "Data volume")
    public static let validDays = FieldName("valid_days", "Jours de validité", "Days of validity")
    public static let threshold = FieldName("threshold", "Seuil d’alerte", "Alert threshold")
    public static let quantity = FieldName("quantity", "Quantité", "Quantity")
    public static let siret = FieldName("siret", "SIRET", "SIRET")
    public static let signature = FieldName("signature", "Signature vue", "Signature seen")
    public static let limit = FieldName("limit", "Limite", "Limit")
    public static let deviceKind = FieldName("device_kind", "Type d’appareil", "Kind of device")
    public static let category = FieldName("category", "Catégorie", "Category")
    public static let counted = FieldName("counted", "Ce qui compte", "What counts")
    public static let holder = FieldName("holder", "Qui est compté", "Who is counted")
    public static let months = FieldName("months", "Mois", "Months")
    public static let operatorName = FieldName("operator", "Opérateur", "Operator")
    public static let productKind = FieldName("product_kind", "Type d’article", "Kind of product")
    public static let nameFrench = FieldName("name_fr", "Nom en français", "Name in French")
    public static let nameEnglish = FieldName("name_en", "Nom en anglais", "Name in English")
    public static let product = FieldName("product", "Article", "Product")
    public static let programme = FieldName("programme", "Programme", "Programme")
    public static let territory = FieldName("territory", "Territoire", "Territory")
    public static let funders = FieldName("funders", "Financeurs", "Funders")
    public static let course = FieldName("course", "Modèle de parcours", "Course")
    public static let run = FieldName("run", "Parcours", "Run")
    public static let module = FieldName("module", "Module", "Module")
    public static let minutes = FieldName("minutes", "Minutes", "Minutes")
    public static let heldOn = FieldName("held_on", "Date de la séance", "Day of the session")
    public static let plannedOn = FieldName("planned_on", "Date prévue", "Planned day")
    public static let startsAt = FieldName("starts_at", "Heure de début", "Start time")
    public static let seats = FieldName("seats", "Places", "Seats")
    public static let part = FieldName("part", "Rôle dans le parcours", "Part in the run")
    public static let presence = FieldName("presence", "Présence", "Presence")
    public static let session = FieldName("session", "Séance", "Session")
    public static let day = FieldName("day", "Jour", "Day")
    public static let completedOn = FieldName("completed_on", "Achevé le", "Finished on")
    public static let enrolledOn = FieldName("enrolled_on", "Inscrit le", "Enrolled on")
    public static let place = FieldName("place", "Lieu", "Place")
    public static let motives = FieldName(
        "motives",
        "Motifs de l’orientation",
        "Reasons for the referral"
    )
    public static let wish = FieldName("wish", "Équipement souhaité", "Wished equipment")
    public static let remarks = FieldName("remarks", "Remarques", "Remarks")
    public static let contact = FieldName("contact", "Contact", "Contact")
    public static let reference = FieldName("pivot", "Identifiant", "Identifier")
    public static let keyEnd = FieldName("end", "La clé actuelle", "The present key")
    public static let facilitator = FieldName("facilitator", "Animation", "Facilitator")
}

extension Refusal {
    /// The same refusal, with the field that it is about.
    public func about(_ field: FieldName) -> Refusal {
        Refusal(reason, facts.merging(["field": .field(field)]) { first, _ in first })
    }

    /// The field that it is about; nil when it is about the whole.
    public var field: FieldName? {
        if case .field(let field) = facts["field"] { field } else { nil }
    }
}

extension Day {
    /// A day from a field. Throws `fieldMissing` or `dayUnreadable`.
    public init(typed text: String, field: FieldName) throws(Refusal) {
        guard text.contains(where: { !$0.isWhitespace }) else {
            throw Refusal(.fieldMissing).about(field)
        }
        do throws(Refusal) {
            try self.init(typed: text)
        } catch {
            throw error.about(field)
        }
    }
}

extension ID {
    /// A key that a form or a command names. Throws `unknownThing` when it is none.
    public init(typed text: String, field: FieldName) throws(Refusal) {
        guard let id = ID(trimmed(text)) else {
            throw Refusal(
                .unknownThing,
                ["field": .field(field), "text": .text(String(text.prefix(40)))]
            )
        }
        self = id
    }
}
