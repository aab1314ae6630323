/// Machines that come back while they are somebody's.
extension RefusalWords {
    static let afterSalesUnknown = RefusalWords(
        french: .init(
            what: "Le dossier «\u{A0}{text}\u{A0}» n’est pas connu ici.",
            why: "Aucun dossier après-vente de vos espaces ne porte ce numéro.",
            now: "Vérifiez le numéro sur le bon de dépôt, ou cherchez l’appareil."
        ),
        english: .init(
            what: "The case “{text}” is not known here.",
            why: "No after-sales case of your shops bears this number.",
            now: "Check the number on the slip, or search for the device."
        )
    )

    static let afterSalesOpen = RefusalWords(
        french: .init(
            what: "{label} a déjà un dossier après-vente ouvert.",
            why: "Un appareil n’a qu’un dossier à la fois.",
            now: "Continuez le dossier ouvert."
        ),
        english: .init(
            what: "{label} has an open after-sales case already.",
            why: "A device has one case at a time.",
            now: "Go on with the open case."
        )
    )

    static let afterSalesNotAway = RefusalWords(
        french: .init(
            what: "{label} n’est chez personne.",
            why:
                "Le service après-vente reçoit ce qui a été vendu ou attribué, et qui n’est pas revenu.",
            now: "Vérifiez l’étiquette, ou préparez l’appareil depuis le stock."
        ),
        english: .init(
            what: "{label} is with nobody.",
            why: "After-sales takes what was sold or given and has not come back.",
            now: "Check the label, or prepare the device from the stock."
        )
    )

    static let afterSalesEnded = RefusalWords(
        french: .init(
            what: "Ce dossier après-vente est terminé.",
            why: "Rien ne s’ajoute à un dossier terminé.",
            now: "Si l’appareil revient, ouvrez un nouveau dossier."
        ),
        english: .init(
            what: "This after-sales case has ended.",
            why: "Nothing is added to a case that ended.",
            now: "If the device comes back, open another case."
        )
    )

    static let afterSalesNotNow = RefusalWords(
        french: .init(
            what: "«\u{A0}{act}\u{A0}» n’est pas possible à ce stade.",
            why: "Le dossier est «\u{A0}{stage}\u{A0}».",
            now: "Suivez l’étape proposée sur la page du dossier."
        ),
        english: .init(
            what: "“{act}” is not possible at this stage.",
            why: "The case is “{stage}”.",
            now: "Follow the step that the case’s page proposes."
        )
    )

    static let deviceInAfterSales = RefusalWords(
        french: .init(
            what: "{label} est au service après-vente.",
            why: "L’appareil reste à la personne tant que son dossier n’est pas terminé.",
            now: "Terminez le dossier\u{A0}: rendre, échanger ou rembourser."
        ),
        english: .init(
            what: "{label} is in after-sales.",
            why: "The device stays the person’s until its case ended.",
            now: "End the case: hand back, exchange or refund."
        )
    )

    static let diagnosisAnswerUnknown = RefusalWords(
        french: .init(
            what: "La réponse «\u{A0}{text}\u{A0}» n’existe pas à cette question.",
            why: "Les réponses suivent l’arbre de diagnostic, question par question.",
            now: "Reprenez le diagnostic depuis la première question."
        ),
        english: .init(
            what: "The question has no answer “{text}”.",
            why: "Answers follow the tree of diagnosis, question by question.",
            now: "Begin the diagnosis again at the first question."
        )
    )

    static let diagnosisUnfinished = RefusalWords(
        french: .init(
            what: "Le diagnostic n’est pas terminé.",
            why: "Une question attend encore sa réponse.",
            now: "Répondez jusqu’à la conclusion."
        ),
        english: .init(
            what: "The diagnosis is not finished.",
            why: "A question still waits for its answer.",
            now: "Answer until the conclusion."
        )
    )

    static let diagnosisTreeUneven = RefusalWords(
        french: .init(
            what: "Cet arbre de diagnostic ne tient pas.",
            why:
                "Ce qui ne va pas\u{A0}: {part}. Chaque réponse mène à une question plus loin, ou à une conclusion.",
            now: "Corrigez cette partie, puis recommencez."
        ),
        english: .init(
            what: "This tree of diagnosis does not hold.",
            why: "What is wrong: {part}. Each answer leads to a later question, or to an end.",
            now: "Correct this part, then try again."
        )
    )

    static let exchangeOtherKind = RefusalWords(
        french: .init(
            what: "{label} n’est pas du même type que l’appareil échangé.",
            why: "Un échange sous garantie donne un appareil du même type.",
            now: "Choisissez un appareil du même type, ou remboursez."
        ),
        english: .init(
            what: "{label} is not of the kind of the device exchanged.",
            why: "An exchange under guarantee gives a device of the same kind.",
            now: "Choose a device of the same kind, or refund."
        )
    )

    static let replacementAway = RefusalWords(
        french: .init(
            what: "Cet appareil a été échangé\u{A0}: l’appareil de remplacement n’est pas revenu.",
            why: "L’argent revient contre le dernier appareil remis.",
            now: "Remboursez d’abord le ticket de l’échange, puis celui-ci."
        ),
        english: .init(
            what: "This device was exchanged: the one in its place has not come back.",
            why: "Money goes back for the last device handed over.",
            now: "Refund the receipt of the exchange first, then this one."
        )
    )
}
