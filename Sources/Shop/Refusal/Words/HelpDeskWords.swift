/// What refusals say about the help desk, in the order of `Reason`.
extension RefusalWords {
    static let visitUnknown = RefusalWords(
        french: .init(
            what: "Passage introuvable.",
            why: "Aucun passage de vos espaces ne porte cette référence.",
            now: "Rouvrez la page du jour."
        ),
        english: .init(
            what: "Visit not found.",
            why: "No visit of your shops bears this reference.",
            now: "Open the day’s page again."
        )
    )

    static let visitTakenBack = RefusalWords(
        french: .init(
            what: "Ce passage est déjà annulé.",
            why: "Il ne compte plus, et le droit qu’il avait pris est rendu.",
            now: "Il n’y a rien d’autre à faire."
        ),
        english: .init(
            what: "This visit was taken back already.",
            why: "It counts no more, and the right that it had used is given back.",
            now: "There is nothing else to do."
        )
    )

    static let appointmentUnknown = RefusalWords(
        french: .init(
            what: "Rendez-vous introuvable.",
            why: "Aucun rendez-vous de vos espaces ne porte cette référence.",
            now: "Rouvrez la page du jour."
        ),
        english: .init(
            what: "Appointment not found.",
            why: "No appointment of your shops bears this reference.",
            now: "Open the day’s page again."
        )
    )

    static let appointmentPast = RefusalWords(
        french: .init(
            what: "Ce rendez-vous serait déjà passé.",
            why: "Vous avez choisi le {day} à {at}\u{202F}; nous sommes le {now}, à {clock}.",
            now: "Choisissez une heure à venir. Si la personne est venue, enregistrez le passage."
        ),
        english: .init(
            what: "This appointment would be over already.",
            why: "You chose {day} at {at}; it is now {now}, {clock}.",
            now: "Choose a time to come. If the person came, record the visit."
        )
    )

    static let appointmentEnded = RefusalWords(
        french: .init(
            what: "Ce rendez-vous est clos\u{A0}: {how}.",
            why: "C’est écrit depuis le {on}.",
            now: "Prenez un autre rendez-vous s’il en faut un."
        ),
        english: .init(
            what: "This appointment has ended: {how}.",
            why: "It was written down on {on}.",
            now: "Book another one if it is needed."
        )
    )

    static let appointmentNotYet = RefusalWords(
        french: .init(
            what: "Ce rendez-vous n’a pas encore eu lieu.",
            why: "Il est prévu le {day} à {at}.",
            now: "Attendez ce jour-là, ou annulez le rendez-vous."
        ),
        english: .init(
            what: "This appointment is still to come.",
            why: "It is planned for {day} at {at}.",
            now: "Wait for that day, or cancel the appointment."
        )
    )

    static let appointmentClash = RefusalWords(
        french: .init(
            what: "Cette personne est déjà attendue à ce moment-là.",
            why: "Rendez-vous le {day} à {at}, {shop}, avec {by}.",
            now: "Choisissez une autre heure, ou déplacez l’autre rendez-vous."
        ),
        english: .init(
            what: "This person is expected at that time already.",
            why: "Appointment on {day} at {at}, {shop}, with {by}.",
            now: "Choose another time, or move the other appointment."
        )
    )

    static let receiverBusy = RefusalWords(
        french: .init(
            what: "{by} reçoit déjà quelqu’un à ce moment-là.",
            why: "Rendez-vous le {day} à {at}, {shop}.",
            now: "Choisissez une autre heure, ou quelqu’un d’autre pour recevoir."
        ),
        english: .init(
            what: "{by} receives somebody else at that time.",
            why: "Appointment on {day} at {at}, {shop}.",
            now: "Choose another time, or somebody else to receive."
        )
    )
}
