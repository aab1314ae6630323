/// What refusals say about handing a gift over, in the order of `Reason`.
extension RefusalWords {
    static let nothingToHandOver = RefusalWords(
        french: .init(
            what: "Le ticket {receipt} ne demande pas d’acte.",
            why: "Seule une attribution gratuite à une personne accueillie se signe.",
            now: "Prenez le numéro du ticket d’attribution\u{A0}: il contient un G."
        ),
        english: .init(
            what: "Ticket {receipt} needs no act.",
            why: "Only a gift to somebody who is served is signed for.",
            now: "Take the number of the gift’s ticket: it has a G in it."
        )
    )

    static let termsMissing = RefusalWords(
        french: .init(
            what: "Aucunes conditions ne sont en vigueur.",
            why: "La personne doit pouvoir lire ce qu’elle signe.",
            now: "Demandez à une personne responsable de les écrire, dans les réglages."
        ),
        english: .init(
            what: "No terms are in force.",
            why: "People must be able to read what they sign.",
            now: "Ask a manager to write them, in the settings."
        )
    )

    static let termsUneven = RefusalWords(
        french: .init(
            what: "Il faut {count} phrases, une par phrase française.",
            why: "Chaque phrase se lit à côté de la française et de son dessin.",
            now: "Écrivez une phrase par ligne, dans le même ordre."
        ),
        english: .init(
            what: "It takes {count} sentences, one for each French one.",
            why: "Each is read beside the French one and its drawing.",
            now: "Write one sentence a line, in the same order."
        )
    )

    static let signatureEmpty = RefusalWords(
        french: .init(
            what: "Il n’y a pas de signature.",
            why: "Le cadre est vide, ou ne contient qu’un point.",
            now: "Faites signer dans le cadre, ou sur papier."
        ),
        english: .init(
            what: "There is no signature.",
            why: "The box is empty, or holds a mere dot.",
            now: "Have it signed in the box, or on paper."
        )
    )

    static let signatureUnreadable = RefusalWords(
        french: .init(
            what: "La signature n’a pas pu être lue.",
            why: "Le dessin reçu est incomplet ou trop long.",
            now: "Effacez le cadre et faites signer de nouveau, ou sur papier."
        ),
        english: .init(
            what: "The signature could not be read.",
            why: "The drawing came incomplete, or is too long.",
            now: "Clear the box and have it signed again, or on paper."
        )
    )

    static let witnessOwn = RefusalWords(
        french: .init(
            what: "Vous ne pouvez pas être votre propre témoin.",
            why: "Une deuxième personne de l’espace doit avoir vu le refus.",
            now: "Appelez un collègue, ou faites signer."
        ),
        english: .init(
            what: "You cannot be your own witness.",
            why: "A second person of the shop must have seen the refusal.",
            now: "Call a colleague, or have it signed."
        )
    )

    static let handedOverAlready = RefusalWords(
        french: .init(
            what: "L’acte du ticket {receipt} est déjà fait.",
            why: "Une attribution ne se signe qu’une fois.",
            now: "Ouvrez l’acte pour le lire ou l’imprimer."
        ),
        english: .init(
            what: "The act of ticket {receipt} is already done.",
            why: "A gift is signed for only once.",
            now: "Open the act to read or print it."
        )
    )

    static let giftReturned = RefusalWords(
        french: .init(
            what: "Tout ce qui est sur le ticket {receipt} a été rendu.",
            why: "Il n’y a plus rien à attribuer.",
            now: "Faites une nouvelle attribution si la personne reprend le matériel."
        ),
        english: .init(
            what: "Everything on ticket {receipt} came back.",
            why: "There is nothing left to hand over.",
            now: "Make a new gift if the person takes the equipment again."
        )
    )

    static let handOverChanged = RefusalWords(
        french: .init(
            what: "Rien n’est signé\u{A0}: quelque chose vient de changer.",
            why: "Le ticket, le nom, les conditions ou le jour ne sont plus ceux de l’écran.",
            now: "Relisez la page, puis faites signer de nouveau."
        ),
        english: .init(
            what: "Nothing is signed: something has just changed.",
            why: "The ticket, the name, the terms or the day are no longer those on the screen.",
            now: "Read the page again, then have it signed again."
        )
    )

    static let notHandedOver = RefusalWords(
        french: .init(
            what: "L’acte du ticket {receipt} n’est pas encore fait.",
            why: "Il n’y a de document qu’une fois l’acte signé ou refusé.",
            now: "Faites d’abord signer l’acte."
        ),
        english: .init(
            what: "The act of ticket {receipt} is not done yet.",
            why: "There is a document only once the act is signed or refused.",
            now: "Have the act signed first."
        )
    )

    static let actErased = RefusalWords(
        french: .init(
            what: "Le document du ticket {receipt} est effacé.",
            why: "La personne a demandé que son nom ne soit plus gardé.",
            now: "L’acte reste dans le journal, sans nom\u{A0}: date, ticket et conditions."
        ),
        english: .init(
            what: "The document of ticket {receipt} is erased.",
            why: "The person asked that their name be kept no longer.",
            now: "The act stays in the journal, without a name: date, ticket and terms."
        )
    )
}
