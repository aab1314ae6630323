/// What a partner structure is. Raw values are stored; the list is that of the structures met in Lille, and of the
/// referrers named by Banque des territoires (CCAS, Département, CAF, employment, shelters, associations).
public enum StructureKind: String, CaseIterable, Sendable, Codable {
    case publicProgramme = "programme_public"
    case school = "etablissement_scolaire"
    case socialCentre = "centre_social"
    case prevention = "prevention_specialisee"
    case association
    case parentsFederation = "federation_de_parents"
    case townSocialService = "ccas"
    case department = "departement"
    case familyAllowances = "caf"
    case employment = "emploi"
    case shelter = "hebergement"
    case other = "autre"

    public func name(in language: Language) -> String {
        switch self {
        case .publicProgramme: language.choose("Programme public", "Public programme")
        case .school: language.choose("Établissement scolaire", "School")
        case .socialCentre: language.choose("Centre social", "Social centre")
        case .prevention: language.choose("Prévention spécialisée", "Youth prevention")
        case .association: language.choose("Association", "Association")
        case .parentsFederation: language.choose("Fédération de parents", "Parents’ federation")
        case .townSocialService: language.choose("CCAS", "Town social service (CCAS)")
        case .department: language.choose("Département", "Département")
        case .familyAllowances: language.choose("CAF", "Family allowances (CAF)")
        case .employment: language.choose("Emploi", "Employment")
        case .shelter: language.choose("Hébergement", "Shelter")
        case .other: language.choose("Autre", "Other")
        }
    }
}
