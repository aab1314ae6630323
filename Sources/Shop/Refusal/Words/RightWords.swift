/// What refusals say about the right, in the order of `Reason`.
extension RefusalWords {
    static let voucherUnknown = RefusalWords(
        french: .init(
            what: "Bon inconnu\u{A0}: {code}.",
            why: "Aucun bon de ce numéro n’a été enregistré.",
            now: "Enregistrez le bon papier, ou vérifiez les chiffres."
        ),
        english: .init(
            what: "Unknown voucher: {code}.",
            why: "No voucher of this number was recorded.",
            now: "Record the paper voucher, or check the digits."
        )
    )

    static let voucherForged = RefusalWords(
        french: .init(
            what: "Ce bon n’est pas authentique.",
            why: "Aucune structure partenaire ne l’a signé ainsi.",
            now: "Ne servez pas sur ce bon. Gardez le papier et prévenez votre responsable."
        ),
        english: .init(
            what: "This voucher is not genuine.",
            why: "No partner structure signed it as it stands.",
            now: "Do not serve on it. Keep the paper and tell your manager."
        )
    )

    static let voucherKeyRevoked = RefusalWords(
        french: .init(
            what: "La signature de ce bon n’est plus acceptée.",
            why: "La clé de {structure} a été retirée le {on}.",
            now: "Demandez un nouveau bon au prescripteur."
        ),
        english: .init(
            what: "This voucher’s signature is no longer accepted.",
            why: "The key of {structure} was withdrawn on {on}.",
            now: "Ask the prescriber for a new voucher."
        )
    )

    static let voucherRevoked = RefusalWords(
        french: .init(
            what: "Bon annulé le {on}.",
            why: "La structure ou l’espace l’a retiré.",
            now: "Demandez un nouveau bon au prescripteur."
        ),
        english: .init(
            what: "Voucher revoked on {on}.",
            why: "The structure or the shop took it back.",
            now: "Ask the prescriber for a new voucher."
        )
    )

    static let voucherRenewed = RefusalWords(
        french: .init(
            what: "Ce bon a déjà été renouvelé.",
            why: "Le bon {code} le renouvelle.",
            now: "Ouvrez ce bon-là\u{A0}: c’est lui qui sert désormais."
        ),
        english: .init(
            what: "This voucher was renewed already.",
            why: "Voucher {code} renews it.",
            now: "Open that one: it serves from now on."
        )
    )

    static let renewalsUsedUp = RefusalWords(
        french: .init(
            what: "Ce bon ne se renouvelle plus.",
            why: "Renouvellements d’affilée, au plus\u{A0}: {most}.",
            now: "Si la personne a encore besoin d’aide, orientez-la par un nouveau bon."
        ),
        english: .init(
            what: "This voucher is renewed no more.",
            why: "Renewals in a row, at most: {most}.",
            now: "If the person still needs help, refer them by a new voucher."
        )
    )

    static let renewalOutsidePeriod = RefusalWords(
        french: .init(
            what: "Ce bon ne se renouvelle pas aujourd’hui.",
            why: "Il se renouvelle du {from} au {to}.",
            now: "Revenez dans cette période, ou orientez la personne par un nouveau bon."
        ),
        english: .init(
            what: "This voucher is not renewed today.",
            why: "It is renewed from {from} to {to}.",
            now: "Come back in that period, or refer the person by a new voucher."
        )
    )

    static let renewalOfOthers = RefusalWords(
        french: .init(
            what: "Un renouvellement ne nomme que les personnes du bon.",
            why: "Quelqu’un d’autre est nommé ici.",
            now: "Pour une autre personne, signez un nouveau bon."
        ),
        english: .init(
            what: "A renewal names the voucher’s own people alone.",
            why: "Somebody else is named here.",
            now: "For somebody else, sign a new voucher."
        )
    )

    static let voucherLapsed = RefusalWords(
        french: .init(
            what: "Bon expiré le {until}.",
            why: "Sa validité est passée.",
            now: "Demandez un nouveau bon au prescripteur."
        ),
        english: .init(
            what: "Voucher expired on {until}.",
            why: "Its validity is over.",
            now: "Ask the prescriber for a new voucher."
        )
    )

    static let voucherTooOld = RefusalWords(
        french: .init(
            what: "Bon signé le {signed}, présenté trop tard.",
            why: "Un bon papier se présente dans les {months} mois de sa signature.",
            now: "Demandez un nouveau bon au prescripteur."
        ),
        english: .init(
            what: "Voucher signed on {signed}, presented too late.",
            why: "A paper voucher is presented within {months} months of its signature.",
            now: "Ask the prescriber for a new voucher."
        )
    )

    static let voucherElsewhere = RefusalWords(
        french: .init(
            what: "Ce bon vaut pour l’espace {shop}.",
            why: "La structure l’a réservé à cet espace.",
            now: "Orientez la personne vers cet espace."
        ),
        english: .init(
            what: "This voucher holds at {shop}.",
            why: "The structure kept it for that shop.",
            now: "Direct the person to that shop."
        )
    )

    static let voucherPersonMissing = RefusalWords(
        french: .init(
            what: "Ce bon nomme plusieurs personnes.",
            why: "Il faut savoir qui achète.",
            now: "Choisissez la personne dans la liste."
        ),
        english: .init(
            what: "This voucher names several persons.",
            why: "It must be known who is buying.",
            now: "Choose the person in the list."
        )
    )

    static let personUnknown = RefusalWords(
        french: .init(
            what: "Personne introuvable.",
            why: "Aucune fiche ne correspond, ou elle n’est pas sur ce bon.",
            now: "Cherchez par le nom, ou créez la fiche."
        ),
        english: .init(
            what: "Person not found.",
            why: "No file matches, or the person is not on this voucher.",
            now: "Search by name, or create the file."
        )
    )

    static let completionUnknown = RefusalWords(
        french: .init(
            what: "Attestation inconnue\u{A0}: {code}.",
            why: "Aucun parcours achevé ne porte ce numéro.",
            now: "Vérifiez les chiffres, ou cherchez la personne."
        ),
        english: .init(
            what: "Unknown attestation: {code}.",
            why: "No finished course bears this number.",
            now: "Check the digits, or search for the person."
        )
    )

    static let completionRevoked = RefusalWords(
        french: .init(
            what: "Cette attestation a été retirée.",
            why: "Elle ne vaut plus depuis le {on}.",
            now: "Orientez la personne vers qui anime son parcours, ou vendez avec un bon."
        ),
        english: .init(
            what: "This attestation was taken back.",
            why: "It no longer holds since {on}.",
            now: "Send the person to who leads their course, or sell with a voucher."
        )
    )

    static let rightMissing = RefusalWords(
        french: .init(
            what: "Pas de droit pour\u{A0}: {what}.",
            why: "Ni bon ni parcours achevé n’ouvre ce droit aujourd’hui.",
            now: "Scannez un bon ou une attestation, ou retirez la ligne."
        ),
        english: .init(
            what: "No right for: {what}.",
            why: "Neither a voucher nor a finished course opens it today.",
            now: "Scan a voucher or an attestation, or remove the line."
        )
    )

    static let rightLapsed = RefusalWords(
        french: .init(
            what: "Droit fini le {until}.",
            why: "Il valait jusqu’à ce jour.",
            now: "Demandez un nouveau bon au prescripteur."
        ),
        english: .init(
            what: "Right ended on {until}.",
            why: "It held until that day.",
            now: "Ask the prescriber for a new voucher."
        )
    )

    static let rightUsedUp = RefusalWords(
        french: .init(
            what: "Ce droit a déjà servi.",
            why: "{taken} du {on}.",
            now: "{advice}"
        ),
        english: .init(
            what: "This right was already used.",
            why: "{taken} of {on}.",
            now: "{advice}"
        )
    )

    static let quotaNeverFits = RefusalWords(
        french: .init(
            what: "C’est plus que le plafond\u{A0}: {rule}.",
            why: "Demandé\u{A0}: {asked}. Plafond\u{A0}: {limit}.",
            now: "Prenez-en moins."
        ),
        english: .init(
            what: "This is more than the limit: {rule}.",
            why: "Asked: {asked}. Limit: {limit}.",
            now: "Take less."
        )
    )

    static let quotaReached = RefusalWords(
        french: .init(
            what: "Plafond atteint\u{A0}: {rule}.",
            why: "Déjà {used} sur {limit}, dont le ticket {receipt} du {on}.",
            now: "{advice}"
        ),
        english: .init(
            what: "Limit reached: {rule}.",
            why: "Already {used} of {limit}, ticket {receipt} of {on} included.",
            now: "{advice}"
        )
    )

    static let overrideOwn = RefusalWords(
        french: .init(
            what: "Personne ne s’accorde une dérogation à soi-même.",
            why: "Une deuxième personne doit la signer.",
            now: "Appelez un collègue responsable d’espace ou administrateur."
        ),
        english: .init(
            what: "Nobody grants an exception to themselves.",
            why: "A second person has to sign it.",
            now: "Call a colleague who is a shop manager or an administrator."
        )
    )

    static let overrideExpiry = RefusalWords(
        french: .init(
            what: "Cette dérogation ne peut pas durer jusqu’au {day}.",
            why: "Elle vaut du {today} au {last} au plus tard.",
            now: "Choisissez un jour entre les deux."
        ),
        english: .init(
            what: "This exception cannot last until {day}.",
            why: "It holds from {today} to {last} at the latest.",
            now: "Choose a day between the two."
        )
    )

    static let quotaContradicts = RefusalWords(
        french: .init(
            what: "Un autre plafond dit autre chose de la même chose\u{A0}: {other}.",
            why: "Depuis le {from}\u{A0}: {sentence}",
            now: "Changez ce plafond-là, ou levez-le d’abord."
        ),
        english: .init(
            what: "Another limit says something else of the same: {other}.",
            why: "Since {from}: {sentence}",
            now: "Change that limit, or lift it first."
        )
    )
}
