/// What refusals say about the course, in the order of `Reason`.
extension RefusalWords {
    static let courseUnknown = RefusalWords(
        french: .init(
            what: "Modèle de parcours inconnu\u{A0}: {code}.",
            why: "Aucun modèle ne porte ce code.",
            now: "Choisissez-le dans la liste."
        ),
        english: .init(
            what: "Unknown course: {code}.",
            why: "No course bears this code.",
            now: "Choose it in the list."
        )
    )

    static let runUnknown = RefusalWords(
        french: .init(
            what: "Parcours inconnu\u{A0}: {code}.",
            why: "Aucun parcours ne porte ce code.",
            now: "Choisissez-le dans la liste."
        ),
        english: .init(
            what: "Unknown run: {code}.",
            why: "No run bears this code.",
            now: "Choose it in the list."
        )
    )

    static let runOutsideProgramme = RefusalWords(
        french: .init(
            what: "Le programme «\u{A0}{name}\u{A0}» n’est pas ouvert le {day}.",
            why: "Il va du {from} au {to}\u{A0}: le parcours n’y compterait pas.",
            now: "Choisissez un programme ouvert ce jour-là, ou corrigez la date de début."
        ),
        english: .init(
            what: "The programme “{name}” is not open on {day}.",
            why: "It runs from {from} to {to}: the run would not count for it.",
            now: "Choose a programme that is open that day, or correct the first day."
        )
    )

    static let sessionUnknown = RefusalWords(
        french: .init(
            what: "Séance introuvable.",
            why: "Ce parcours n’a pas cette séance.",
            now: "Rouvrez la page du parcours."
        ),
        english: .init(
            what: "Session not found.",
            why: "This run has no such session.",
            now: "Open the run’s page again."
        )
    )

    static let sessionBeforeRun = RefusalWords(
        french: .init(
            what: "Cette date est avant le début du parcours.",
            why: "Le parcours a commencé le {from}.",
            now: "Corrigez la date."
        ),
        english: .init(
            what: "This day is before the run began.",
            why: "The run began on {from}.",
            now: "Correct the day."
        )
    )

    static let sessionHeld = RefusalWords(
        french: .init(
            what: "Cette séance a déjà eu lieu.",
            why: "Ses présences sont écrites.",
            now: "Ouvrez ses présences\u{202F}; pour une autre séance, prévoyez-en une nouvelle."
        ),
        english: .init(
            what: "This session has been held.",
            why: "Its attendance is written.",
            now: "Open its attendance; for another session, plan a new one."
        )
    )

    static let sessionCancelled = RefusalWords(
        french: .init(
            what: "Cette séance est annulée.",
            why: "Elle a été annulée le {on}.",
            now: "Prévoyez une nouvelle séance."
        ),
        english: .init(
            what: "This session is called off.",
            why: "It was called off on {on}.",
            now: "Plan a new session."
        )
    )

    static let enrolledTwice = RefusalWords(
        french: .init(
            what: "Cette personne est déjà inscrite.",
            why: "On ne s’inscrit qu’une fois à un parcours.",
            now: "Rien à faire de plus."
        ),
        english: .init(
            what: "This person is already enrolled.",
            why: "One enrols in a run only once.",
            now: "Nothing more to do."
        )
    )

    static let enrolledElsewhere = RefusalWords(
        french: .init(
            what: "Cette personne suit déjà ce modèle de parcours.",
            why: "Elle est inscrite à {run} et ne l’a pas achevé.",
            now:
                "Désinscrivez-la d’abord de {run}, ou notez un rattrapage à la séance où elle vient."
        ),
        english: .init(
            what: "This person follows this course already.",
            why: "They are enrolled in {run} and have not finished it.",
            now: "Take them off {run} first, or write a catch-up at the session where they come."
        )
    )

    static let waitingAlready = RefusalWords(
        french: .init(
            what: "Cette personne est déjà sur la liste d’attente.",
            why: "On n’attend qu’une fois par parcours.",
            now: "Rien à faire de plus\u{A0}: elle garde son rang."
        ),
        english: .init(
            what: "This person is on the waiting list already.",
            why: "One waits once for a run.",
            now: "Nothing more to do: they keep their turn."
        )
    )

    static let enrolmentAskShop = RefusalWords(
        french: .init(
            what: "Cette inscription ne se fait pas depuis le portail.",
            why:
                "Le portail ne peut pas tout inscrire\u{202F}; par discrétion, il n’en dit pas plus.",
            now: "Contactez l’espace\u{A0}: il verra avec vous et avec la personne."
        ),
        english: .init(
            what: "This enrolment is not made from the portal.",
            why: "The portal cannot make every enrolment; out of discretion it says no more.",
            now: "Contact the shop: it will see to it with you and the person."
        )
    )

    static let runTakesNobody = RefusalWords(
        french: .init(
            what: "Le parcours {run} ne prend plus d’inscription de votre structure.",
            why: "Il est terminé, ou l’espace ne l’ouvre plus à votre structure.",
            now: "Choisissez un autre parcours, ou contactez l’espace."
        ),
        english: .init(
            what: "Run {run} takes no more people from your structure.",
            why: "It is over, or the shop no longer opens it to your structure.",
            now: "Choose another run, or contact the shop."
        )
    )

    static let withdrawalTooLate = RefusalWords(
        french: .init(
            what: "Vous ne pouvez plus désinscrire cette personne depuis le portail.",
            why: "Le parcours {run} a commencé, ou la personne l’a déjà achevé.",
            now: "Contactez l’espace\u{A0}: lui seul peut la désinscrire."
        ),
        english: .init(
            what: "You can no longer take this person off from the portal.",
            why: "Run {run} has begun, or the person finished it already.",
            now: "Contact the shop: only it can take them off."
        )
    )

    static let ownAgreementOver = RefusalWords(
        french: .init(
            what: "Votre structure ne peut pas inscrire pour l’instant.",
            why: "Sa convention ne couvre pas le {day}.",
            now: "Contactez l’espace pour la renouveler."
        ),
        english: .init(
            what: "Your structure cannot enrol people for now.",
            why: "Its agreement does not cover {day}.",
            now: "Contact the shop to renew it."
        )
    )

    static let ownPersonUnknown = RefusalWords(
        french: .init(
            what: "Aucun de vos bons ne nomme cette personne.",
            why: "Le portail n’inscrit que les personnes de vos bons.",
            now: "Signez d’abord un bon pour elle."
        ),
        english: .init(
            what: "No voucher of yours names this person.",
            why: "The portal enrols only people on your vouchers.",
            now: "Sign a voucher for them first."
        )
    )

    static let ownEnrolledElsewhere = RefusalWords(
        french: .init(
            what: "Cette personne suit déjà ce parcours.",
            why: "Vous l’avez inscrite à {run}.",
            now:
                "Laissez-la dans {run}, ou désinscrivez-la d’abord\u{202F}; s’il a commencé, contactez l’espace."
        ),
        english: .init(
            what: "This person follows this course already.",
            why: "You enrolled them in {run}.",
            now: "Leave them in {run}, or take them off first; if it has begun, contact the shop."
        )
    )

    static let ownEnrolmentsTooMany = RefusalWords(
        french: .init(
            what: "Votre structure a déjà {most} personnes sur ce parcours.",
            why: "Un parcours ouvert à toutes les structures garde des places pour chacune.",
            now: "Choisissez un autre parcours, ou contactez l’espace."
        ),
        english: .init(
            what: "Your structure has {most} people on this run already.",
            why: "A run that is open to every structure keeps seats for each.",
            now: "Choose another run, or contact the shop."
        )
    )

    static let ownNotEnrolled = RefusalWords(
        french: .init(
            what: "Votre structure n’a pas cette personne sur la liste.",
            why: "Elle n’y est plus, ou quelqu’un d’autre l’a inscrite.",
            now: "Rechargez la page\u{202F}; au besoin, contactez l’espace."
        ),
        english: .init(
            what: "Your structure does not have this person on the list.",
            why: "They are no longer on it, or somebody else enrolled them.",
            now: "Reload the page; if need be, contact the shop."
        )
    )

    static let runFull = RefusalWords(
        french: .init(
            what: "Le parcours est complet.",
            why: "Ses {seats} places sont prises.",
            now: "Attendez une désinscription, ou augmentez le nombre de places."
        ),
        english: .init(
            what: "The run is full.",
            why: "Its {seats} seats are taken.",
            now: "Wait until somebody leaves, or raise the number of seats."
        )
    )

    static let nobodyWaits = RefusalWords(
        french: .init(
            what: "Personne n’attend.",
            why: "La liste d’attente de ce parcours est vide.",
            now: "Rouvrez la page du parcours."
        ),
        english: .init(
            what: "Nobody waits.",
            why: "The waiting list of this run is empty.",
            now: "Open the run’s page again."
        )
    )

    static let helpsAlready = RefusalWords(
        french: .init(
            what: "Cette personne est déjà dans l’équipe du parcours.",
            why: "On n’y est qu’une fois.",
            now: "Retirez-la d’abord pour changer son rôle."
        ),
        english: .init(
            what: "This person is in the run’s team already.",
            why: "One is in it once.",
            now: "Take them out first to change their part."
        )
    )

    static let notEnrolled = RefusalWords(
        french: .init(
            what: "Cette personne n’est pas inscrite à ce parcours.",
            why: "On note la présence des inscrits seulement.",
            now: "Inscrivez-la d’abord."
        ),
        english: .init(
            what: "This person is not enrolled in this run.",
            why: "Attendance is written for those enrolled only.",
            now: "Enrol the person first."
        )
    )

    static let attendanceTooLong = RefusalWords(
        french: .init(
            what: "La présence dépasse la séance.",
            why: "La séance a duré {most}.",
            now: "Corrigez les minutes."
        ),
        english: .init(
            what: "The attendance is longer than the session.",
            why: "The session lasted {most}.",
            now: "Correct the minutes."
        )
    )

    static let attendanceFrozen = RefusalWords(
        french: .init(
            what: "Les présences de cette séance sont figées.",
            why: "La feuille signée y est jointe.",
            now: "Un responsable d’espace peut les corriger, avec un motif."
        ),
        english: .init(
            what: "The attendance of this session is frozen.",
            why: "The signed sheet is attached to it.",
            now: "A shop manager may correct it, with a motive."
        )
    )

    static let sheetUnreadable = RefusalWords(
        french: .init(
            what: "Ce fichier n’est ni un PDF ni une photo.",
            why: "Une feuille signée se joint en PDF, JPEG ou PNG.",
            now: "Numérisez ou photographiez la feuille, puis joignez-la."
        ),
        english: .init(
            what: "This file is neither a PDF nor a photo.",
            why: "A signed sheet is attached as PDF, JPEG or PNG.",
            now: "Scan the sheet or take a photo of it, then attach it."
        )
    )

    static let sheetAttached = RefusalWords(
        french: .init(
            what: "Cette feuille est déjà jointe.",
            why: "Le même fichier a été joint ici.",
            now: "Rien à faire de plus."
        ),
        english: .init(
            what: "This sheet is attached already.",
            why: "The same file was attached here.",
            now: "Nothing more to do."
        )
    )

    static let sheetsTooMany = RefusalWords(
        french: .init(
            what: "{most} feuilles sont déjà jointes ici.",
            why: "Chaque feuille est gardée, et quelques-unes suffisent.",
            now: "Vérifiez que c’est la bonne page."
        ),
        english: .init(
            what: "{most} sheets are attached here already.",
            why: "Each sheet is kept, and a few are enough.",
            now: "Check that it is the right page."
        )
    )

    static let sheetUnknown = RefusalWords(
        french: .init(
            what: "Feuille introuvable.",
            why: "Elle n’est pas jointe ici.",
            now: "Rouvrez la page d’où vous venez."
        ),
        english: .init(
            what: "Sheet not found.",
            why: "It is not attached here.",
            now: "Open the page that you come from again."
        )
    )

    static let catchUpNotEnrolled = RefusalWords(
        french: .init(
            what: "Cette personne n’a pas de séance à rattraper ici.",
            why: "Elle n’est inscrite à aucun autre parcours du même modèle.",
            now: "Inscrivez-la à un parcours, ou choisissez une autre personne."
        ),
        english: .init(
            what: "This person has no session to catch up with here.",
            why: "They are enrolled in no other run of the same course.",
            now: "Enrol them in a run, or choose another person."
        )
    )

    static let notFinished = RefusalWords(
        french: .init(
            what: "Le parcours n’est pas achevé.",
            why: "{explained}",
            now: "Prévoyez une séance de rattrapage, ou décidez avec un motif."
        ),
        english: .init(
            what: "The course is not finished.",
            why: "{explained}",
            now: "Plan a catch-up session, or decide with a motive."
        )
    )

    static let finishedAlready = RefusalWords(
        french: .init(
            what: "Le parcours est déjà achevé.",
            why: "L’attestation {code} existe.",
            now: "Réimprimez-la."
        ),
        english: .init(
            what: "The course is already finished.",
            why: "Attestation {code} exists.",
            now: "Print it again."
        )
    )
}
