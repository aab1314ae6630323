import Postgres
import Shop

extension Store {
    /// Three short questionnaires to begin with, which an association replaces by its own. Levels of autonomy and themes are in
    /// the words of the national tool for digital mediation (domain.md, 4); what is asked at several moments bears one
    /// code, so that it is compared.
    func defaultQuestionnaires(at now: Instant) -> [SQL] {
        Moment.allCases.flatMap { moment in
            insertions(
                of: Questionnaire(
                    id: newID(),
                    moment: moment,
                    startsOn: firstDay,
                    questions: defaultQuestions(at: moment)
                ),
                at: now,
                by: nil
            )
        }
    }
}

/// Without a question on health, origin or income.
func defaultQuestions(at moment: Moment) -> [Question] {
    switch moment {
    case .entry: [equipment, connection, use, autonomy] + confidence + [themes]
    case .end: [autonomy] + confidence + [doneAlone, useful, recommends]
    case .sixMonths: [equipment, connection, use, autonomy] + confidence + [doneAlone]
    }
}

private typealias Choice = Question.Choice

private let equipment = Question(
    code: "equipment",
    kind: .severalOf,
    french: "Quels appareils avez-vous chez vous\u{202F}?",
    english: "Which devices do you have at home?",
    choices: [
        Choice(code: "computer", french: "Un ordinateur", english: "A computer"),
        Choice(code: "smartphone", french: "Un smartphone", english: "A smartphone"),
        Choice(code: "tablet", french: "Une tablette", english: "A tablet"),
        Choice(code: "printer", french: "Une imprimante", english: "A printer"),
        Choice(code: "none", french: "Aucun", english: "None"),
    ]
)

private let connection = Question(
    code: "connection",
    kind: .oneOf,
    french: "Comment allez-vous sur internet chez vous\u{202F}?",
    english: "How do you go on the internet at home?",
    choices: [
        Choice(code: "box", french: "Avec une box", english: "Through a home router"),
        Choice(code: "plan", french: "Avec un forfait mobile", english: "Through a mobile plan"),
        Choice(
            code: "prepaid",
            french: "Avec des recharges prépayées",
            english: "With prepaid recharges"
        ),
        Choice(
            code: "shared",
            french: "Avec le wifi d’un proche ou d’un lieu public",
            english: "On somebody’s or a public place’s wifi"
        ),
        Choice(code: "none", french: "Je n’ai pas internet", english: "I have no internet"),
    ]
)

private let use = Question(
    code: "use",
    kind: .oneOf,
    french: "Vous servez-vous d’internet\u{202F}?",
    english: "Do you use the internet?",
    choices: [
        Choice(code: "daily", french: "Tous les jours", english: "Every day"),
        Choice(code: "weekly", french: "Chaque semaine", english: "Every week"),
        Choice(code: "rarely", french: "Rarement", english: "Seldom"),
        Choice(code: "never", french: "Jamais", english: "Never"),
    ]
)

private let autonomy = Question(
    code: "autonomy",
    kind: .oneOf,
    french: "Comment faites-vous une démarche en ligne\u{202F}?",
    english: "How do you do something official online?",
    choices: [
        Choice(
            code: "accompanied",
            french: "On m’aide du début à la fin",
            english: "I am helped from start to end"
        ),
        Choice(
            code: "partial",
            french: "On m’aide pour une partie",
            english: "I am helped with a part"
        ),
        Choice(code: "autonomous", french: "Je fais sans aide", english: "I do it without help"),
    ]
)

private let confidence = [
    Question(
        code: "confidence_email",
        kind: .scale,
        french: "Êtes-vous à l’aise pour envoyer un courriel\u{202F}?",
        english: "Are you at ease with sending an e-mail?"
    ),
    Question(
        code: "confidence_procedures",
        kind: .scale,
        french: "Êtes-vous à l’aise avec les démarches administratives en ligne\u{202F}?",
        english: "Are you at ease with administrative procedures online?"
    ),
    Question(
        code: "confidence_school",
        kind: .scale,
        french: "Êtes-vous à l’aise avec l’ENT ou Pronote\u{202F}?",
        english: "Are you at ease with the school’s portal (ENT, Pronote)?"
    ),
]

private let themes = Question(
    code: "themes",
    kind: .severalOf,
    french: "Que voulez-vous surtout apprendre\u{202F}?",
    english: "What do you mostly want to learn?",
    choices: [
        Choice(
            code: "prendre_en_main_du_materiel",
            french: "Prendre en main un ordinateur",
            english: "Handling a computer"
        ),
        Choice(
            code: "navigation_sur_internet",
            french: "Naviguer sur internet",
            english: "Finding one’s way on the internet"
        ),
        Choice(code: "email", french: "Les courriels", english: "E-mail"),
        Choice(code: "securite_numerique", french: "La sécurité", english: "Safety"),
        Choice(
            code: "parentalite",
            french: "Accompagner les écrans des enfants",
            english: "Going along with children’s screens"
        ),
        Choice(
            code: "scolarite_et_numerique",
            french: "Suivre la scolarité",
            english: "Following school life"
        ),
    ]
)

private let doneAlone = Question(
    code: "done_alone",
    kind: .severalOf,
    french: "Qu’avez-vous déjà fait sans aide\u{202F}?",
    english: "What have you already done without help?",
    choices: [
        Choice(code: "email", french: "Envoyer un courriel", english: "Send an e-mail"),
        Choice(
            code: "procedure",
            french: "Faire une démarche en ligne",
            english: "Do something official online"
        ),
        Choice(
            code: "school",
            french: "Consulter l’ENT ou Pronote",
            english: "Read the school’s portal"
        ),
        Choice(
            code: "search",
            french: "Chercher une information",
            english: "Look something up"
        ),
        Choice(code: "nothing", french: "Rien encore", english: "Nothing yet"),
    ]
)

private let useful = Question(
    code: "useful",
    kind: .scale,
    french: "Le parcours vous a-t-il été utile\u{202F}?",
    english: "Was the course useful to you?"
)

private let recommends = Question(
    code: "recommends",
    kind: .oneOf,
    french: "Recommanderiez-vous ce parcours\u{202F}?",
    english: "Would you recommend this course?",
    choices: [
        Choice(code: "yes", french: "Oui", english: "Yes"),
        Choice(code: "perhaps", french: "Peut-être", english: "Perhaps"),
        Choice(code: "no", french: "Non", english: "No"),
    ]
)
