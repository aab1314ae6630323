/// Where things are: transfers between shops, and stock counts.
extension RefusalWords {
    static let transferUnknown = RefusalWords(
        french: .init(
            what: "Le bon de transfert «\u{A0}{text}\u{A0}» n’existe pas.",
            why: "Aucun bon d’un de vos espaces ne porte ce numéro.",
            now: "Scannez le code du bon, ou cherchez-le dans la liste des transferts."
        ),
        english: .init(
            what: "There is no transfer slip “{text}”.",
            why: "No slip of one of your shops has this number.",
            now: "Scan the code of the slip, or look it up in the list of transfers."
        )
    )

    static let transferEmpty = RefusalWords(
        french: .init(
            what: "Ce transfert est vide.",
            why: "Un bon nomme au moins un appareil ou un article.",
            now: "Scannez les appareils, ou tapez une quantité."
        ),
        english: .init(
            what: "This transfer is empty.",
            why: "A slip names at least one device or article.",
            now: "Scan the devices, or type a quantity."
        )
    )

    static let nothingTicked = RefusalWords(
        french: .init(
            what: "Rien n’est pointé.",
            why:
                "Aucune étiquette n’est scannée et aucune quantité n’est tapée, ou tout est déjà pointé.",
            now: "Scannez ce qui est là, ou tapez ce que vous comptez."
        ),
        english: .init(
            what: "Nothing is ticked off.",
            why:
                "No label is scanned and no quantity is typed, or all of it is ticked off already.",
            now: "Scan what is here, or type what you count."
        )
    )

    static let unitsDiffer = RefusalWords(
        french: .init(
            what: "Tout n’est pas là.",
            why: "La quantité tapée n’est pas celle qui a été envoyée.",
            now:
                "Corrigez la quantité, ou déclarez ce qui manque sous «\u{A0}Il manque quelque chose\u{A0}»."
        ),
        english: .init(
            what: "Not everything is here.",
            why: "The quantity that was typed is not the one that was sent.",
            now: "Correct the quantity, or say what is missing under “Something is missing”."
        )
    )

    static let transferToItself = RefusalWords(
        french: .init(
            what: "L’espace de départ et celui d’arrivée sont le même.",
            why: "Un transfert va d’un espace à un autre.",
            now: "Choisissez un autre espace de destination."
        ),
        english: .init(
            what: "The shop that sends and the one that receives are the same.",
            why: "A transfer goes from one shop to another.",
            now: "Choose another receiving shop."
        )
    )

    static let transferEnded = RefusalWords(
        french: .init(
            what: "Tout ce qui est sur ce bon est déjà pointé.",
            why: "Une ligne se pointe une seule fois.",
            now: "Rechargez la page du bon."
        ),
        english: .init(
            what: "Everything on this slip is ticked off already.",
            why: "A line is ticked off once.",
            now: "Reload the page of the slip."
        )
    )

    static let transferMissing = RefusalWords(
        french: .init(
            what: "{text} a été déclaré manquant sur le bon {code}.",
            why: "Il est perdu pour l’espace de départ, et n’est plus en route.",
            now:
                "S’il est ici, dites-le en bas de la page du bon. S’il est resté au départ, cet espace le remet au stock depuis sa fiche."
        ),
        english: .init(
            what: "{text} was said to be missing on the slip {code}.",
            why: "It is lost for the sending shop, and on its way no more.",
            now:
                "If it is here, say so at the bottom of the slip’s page. If it never left, the sending shop puts it back in stock from its page."
        )
    )

    static let transferOwn = RefusalWords(
        french: .init(
            what: "Qui a envoyé ne déclare pas ce qui manque.",
            why: "Une deuxième personne constate les manques du bon {code}.",
            now: "Demandez à un collègue de l’espace qui reçoit."
        ),
        english: .init(
            what: "Whoever sent it does not say what is missing.",
            why: "A second person states what is missing of the slip {code}.",
            now: "Ask a colleague of the shop that receives it."
        )
    )

    static let countMoved = RefusalWords(
        french: .init(
            what: "{code} a été compté par quelqu’un d’autre, et vendu ou déplacé depuis.",
            why: "Deux comptes de moments différents ne s’ajoutent pas.",
            now:
                "Qu’une seule personne recompte tout cet article et note le total, après avoir mis à zéro l’autre compte."
        ),
        english: .init(
            what: "{code} was counted by somebody else, and sold or moved since.",
            why: "Two numbers of different moments do not add up.",
            now:
                "Let one person count all of this article again and write the total down, after the other number was set to zero."
        )
    )

    static let exchangeDearer = RefusalWords(
        french: .init(
            what: "{label} coûte plus que l’appareil qu’il remplacerait.",
            why: "Au rayon à {price}\u{202F}; l’appareil vendu y était à {most}.",
            now: "Choisissez un appareil au même prix ou moins cher, ou remboursez et vendez."
        ),
        english: .init(
            what: "{label} costs more than the device that it would replace.",
            why: "It is offered at {price}; the one that was sold was at {most}.",
            now: "Choose a device at the same price or a lower one, or refund and sell."
        )
    )

    static let transferNotListed = RefusalWords(
        french: .init(
            what: "{text} n’est pas sur le bon {code}.",
            why: "Seul ce que l’espace de départ a scanné voyage sous ce bon.",
            now:
                "Mettez-le de côté et appelez l’espace de départ\u{A0}: un autre bon le fera entrer."
        ),
        english: .init(
            what: "{text} is not on the slip {code}.",
            why: "Only what the sending shop scanned travels under this slip.",
            now: "Put it aside and call the sending shop: another slip will bring it in."
        )
    )

    static let listTooLong = RefusalWords(
        french: .init(
            what: "Cette liste est trop longue pour un seul fichier.",
            why: "Un fichier contient {most} lignes au plus.",
            now: "Choisissez une étape ou des mots, puis téléchargez chaque partie."
        ),
        english: .init(
            what: "This list is too long for one file.",
            why: "A file holds {most} lines at most.",
            now: "Choose a step or words, then download each part."
        )
    )

    static let transferTooMany = RefusalWords(
        french: .init(
            what: "Il arrive plus de {text} qu’il n’en est parti.",
            why: "Envoyé\u{A0}: {most}.",
            now: "Comptez de nouveau\u{202F}; un surplus se corrige par un inventaire."
        ),
        english: .init(
            what: "More of {text} arrived than was sent.",
            why: "Sent: {most}.",
            now: "Count again; a surplus is set right by a stock count."
        )
    )

    static let deviceInTransit = RefusalWords(
        french: .init(
            what: "{label} est en route vers un autre espace.",
            why: "Le bon {code} n’est pas encore pointé à l’arrivée.",
            now: "Pointez-le d’abord sur la page du bon."
        ),
        english: .init(
            what: "{label} is on its way to another shop.",
            why: "The slip {code} was not ticked off on arrival yet.",
            now: "Tick it off on the page of the slip first."
        )
    )

    static let countUnknown = RefusalWords(
        french: .init(
            what: "L’inventaire «\u{A0}{text}\u{A0}» n’existe pas.",
            why: "Aucun inventaire d’un de vos espaces ne porte ce numéro.",
            now: "Cherchez-le dans la liste des inventaires."
        ),
        english: .init(
            what: "There is no stock count “{text}”.",
            why: "No count of one of your shops has this number.",
            now: "Look it up in the list of stock counts."
        )
    )

    static let locationUnknown = RefusalWords(
        french: .init(
            what: "Aucun rangement ne porte «\u{A0}{text}\u{A0}».",
            why: "Un rangement a un code comme LIRG26-0001, collé sur son étagère.",
            now: "Scannez l’étiquette de l’étagère, ou choisissez le rangement dans la liste."
        ),
        english: .init(
            what: "No location is called “{text}”.",
            why: "A location has a code such as LIRG26-0001, stuck on its shelf.",
            now: "Scan the shelf’s label, or choose the location from the list."
        )
    )

    static let locationClosed = RefusalWords(
        french: .init(
            what: "Le rangement {code} est fermé.",
            why: "Rien n’y est plus rangé.",
            now: "Scannez un autre rangement."
        ),
        english: .init(
            what: "Location {code} is closed.",
            why: "Nothing is put there any more.",
            now: "Scan another location."
        )
    )

    static let locationHoldsDevices = RefusalWords(
        french: .init(
            what: "Le rangement {code} ne se ferme pas encore.",
            why: "Appareils qui y sont rangés\u{A0}: {count}.",
            now: "Rangez-les ailleurs, puis fermez-le."
        ),
        english: .init(
            what: "Location {code} cannot be closed yet.",
            why: "Devices that lie there: {count}.",
            now: "Put them elsewhere, then close it."
        )
    )

    static let locationElsewhere = RefusalWords(
        french: .init(
            what: "L’appareil {label} ne se range pas en {code}.",
            why: "Il est dans un autre espace que ce rangement.",
            now: "Recevez d’abord son transfert, ou scannez un rangement de son espace."
        ),
        english: .init(
            what: "Device {label} is not put at {code}.",
            why: "It is in another shop than this location.",
            now: "Receive its transfer first, or scan a location of its shop."
        )
    )

    static let countOpen = RefusalWords(
        french: .init(
            what: "Un inventaire est déjà ouvert dans cet espace.",
            why: "On compte un espace une fois à la fois, à plusieurs.",
            now: "Rejoignez l’inventaire ouvert, ou terminez-le."
        ),
        english: .init(
            what: "A stock count is open in this shop already.",
            why: "A shop is counted once at a time, by several people.",
            now: "Join the open count, or end it."
        )
    )

    static let countBlind = RefusalWords(
        french: .init(
            what: "Les écarts de {code} ne se voient pas encore.",
            why: "On compte à l’aveugle\u{A0}: savoir ce qui est attendu fausse le compte.",
            now: "Arrêtez d’abord le comptage."
        ),
        english: .init(
            what: "The differences of {code} are not shown yet.",
            why: "The count is blind: knowing what is expected spoils it.",
            now: "Stop counting first."
        )
    )

    static let countClosed = RefusalWords(
        french: .init(
            what: "Le comptage de {code} est déjà arrêté.",
            why: "On l’arrête une seule fois\u{202F}; ce qui se retrouve ensuite se scanne encore.",
            now: "Rechargez la page de l’inventaire."
        ),
        english: .init(
            what: "Counting for {code} has stopped already.",
            why: "It stops once; what is found afterwards can still be scanned.",
            now: "Reload the page of the count."
        )
    )

    static let countEnded = RefusalWords(
        french: .init(
            what: "L’inventaire {code} est terminé.",
            why: "Il est appliqué ou abandonné\u{A0}: rien ne s’y ajoute.",
            now: "Ouvrez un nouvel inventaire."
        ),
        english: .init(
            what: "The stock count {code} is over.",
            why: "It was applied or given up: nothing is added to it.",
            now: "Open a new count."
        )
    )

    static let countShort = RefusalWords(
        french: .init(
            what: "Il s’est vendu plus de {code} qu’il n’en a été compté.",
            why:
                "Compté puis vendu, il en resterait moins que zéro\u{A0}: un compte est incomplet.",
            now: "Recomptez cet article, notez la quantité, puis appliquez de nouveau."
        ),
        english: .init(
            what: "More of {code} was sold since than was counted.",
            why: "Counted and then sold, fewer than none would be left: a number is incomplete.",
            now: "Count this article again, write the quantity down, then apply again."
        )
    )

    static let countOwn = RefusalWords(
        french: .init(
            what: "Une deuxième personne doit appliquer {code}.",
            why:
                "Qui a arrêté le comptage, ou scanné après avoir vu les écarts, ne les applique pas.",
            now: "Demandez à un collègue du stock."
        ),
        english: .init(
            what: "A second person has to apply {code}.",
            why:
                "Whoever stopped the count, or scanned after its differences were seen, does not apply them.",
            now: "Ask a colleague of the stock room."
        )
    )
}
