import Postgres
import Shop

extension Store {
    /// The two lists of the help desk, as an installation begins with them.
    func defaultHelpDeskCodes(at now: Instant) -> [SQL] {
        (themes.map { (HelpDeskCode.List.theme, $0) }
            + redirections.map { (HelpDeskCode.List.redirection, $0) }).map { list, word in
                """
                insert into help_desk_codes (list, code, starts_on, name_fr, name_en, withdrawn, recorded_at)
                values (\(list), \(word.code), \(firstDay), \(word.french), \(word.english), false, \(now))
                """
            }
    }
}

private typealias Word = (code: String, french: String, english: String)

/// The themes of the national tool of digital mediation, under its codes. Its theme of health is left out: what somebody
/// came for is written beside who they are, and no list of the shop's holds what the law keeps apart.
private let themes: [Word] = [
    ("diagnostic_numerique", "Diagnostic numérique", "Digital diagnostic"),
    ("prendre_en_main_du_materiel", "Prendre en main du matériel", "First steps with a device"),
    ("maintenance_de_materiel", "Entretien du matériel", "Looking after a device"),
    ("gere_ses_contenus_numeriques", "Gérer ses contenus", "Managing one’s files"),
    ("navigation_sur_internet", "Navigation sur internet", "Browsing the web"),
    ("email", "Courriel", "Email"),
    ("bureautique", "Bureautique", "Office software"),
    ("reseaux_sociaux", "Réseaux sociaux", "Social networks"),
    ("banque_et_achats_en_ligne", "Banque et achats en ligne", "Banking and buying online"),
    ("entrepreneuriat", "Entrepreneuriat", "Running a business"),
    ("insertion_professionnelle", "Insertion professionnelle", "Finding work"),
    ("securite_numerique", "Sécurité numérique", "Safety online"),
    ("parentalite", "Parentalité", "Parenting"),
    ("scolarite_et_numerique", "Scolarité et numérique", "School and digital tools"),
    ("creer_avec_le_numerique", "Créer avec le numérique", "Making with digital tools"),
    ("culture_numerique", "Culture numérique", "Digital culture"),
    ("intelligence_artificielle", "Intelligence artificielle", "Artificial intelligence"),
    (
        "aide_aux_demarches_administratives", "Aide aux démarches administratives",
        "Help with administrative procedures"
    ),
]

/// Where the national tool sends people, under its codes, and two places of the shop's own.
private let redirections: [Word] = [
    ("structure_partenaire", "Structure partenaire", "Partner structure"),
    ("parcours", "Un parcours de l’espace", "A course of the shop’s"),
    (
        "operateur_ou_organisme_en_charge", "Organisme en charge (CAF, impôts, assurance…)",
        "The body in charge (benefits, taxes, insurance…)"
    ),
    (
        "aide_aux_demarches_administratives", "France services", "France services"
    ),
    ("administration", "Mairie, préfecture ou autre administration", "Town hall, prefecture"),
    ("mediation_numerique", "Autre lieu de médiation numérique", "Another digital help place"),
    ("aide_sociale", "Centre social ou maison des solidarités", "Social centre"),
    ("insertion_professionnelle", "France Travail, mission locale", "Job centre"),
    ("autre", "Autre", "Elsewhere"),
]
