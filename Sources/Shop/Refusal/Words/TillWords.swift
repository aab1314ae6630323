/// What refusals say about the till, in the order of `Reason`.
extension RefusalWords {
    static let tillMissing = RefusalWords(
        french: .init(
            what: "Aucune caisse choisie.",
            why: "On vend depuis une caisse.",
            now: "Choisissez la caisse où vous êtes."
        ),
        english: .init(
            what: "No till chosen.",
            why: "Selling takes a till.",
            now: "Choose the till where you are."
        )
    )

    static let shopUnclear = RefusalWords(
        french: .init(
            what: "Plusieurs espaces sont possibles\u{A0}: {shops}.",
            why: "Vous y avez le même rôle, et ce navigateur n’est à aucune caisse.",
            now: "Choisissez l’espace."
        ),
        english: .init(
            what: "It could be one of several shops: {shops}.",
            why: "You have the same role there, and this browser stands at no till.",
            now: "Choose the shop."
        )
    )

    static let drawerClosed = RefusalWords(
        french: .init(
            what: "La caisse {till} est fermée.",
            why: "On ne vend que caisse ouverte, avec un fonds compté.",
            now: "Ouvrez la caisse (F4), puis validez de nouveau."
        ),
        english: .init(
            what: "Till {till} is closed.",
            why: "Selling takes an open drawer with a counted float.",
            now: "Open the drawer (F4), then confirm again."
        )
    )

    static let drawerOpen = RefusalWords(
        french: .init(
            what: "La caisse {till} est déjà ouverte.",
            why: "Une caisse ne s’ouvre qu’une fois.",
            now: "Continuez à vendre, ou clôturez-la d’abord."
        ),
        english: .init(
            what: "Till {till} is already open.",
            why: "A drawer opens only once.",
            now: "Go on selling, or close it first."
        )
    )

    static let drawerDifference = RefusalWords(
        french: .init(
            what: "Le compte ne tombe pas juste.",
            why: "Attendu\u{A0}: {expected}. Compté\u{A0}: {counted}.",
            now: "Recomptez, ou donnez la raison de l’écart."
        ),
        english: .init(
            what: "The count does not match.",
            why: "Expected: {expected}. Counted: {counted}.",
            now: "Count again, or give the reason of the difference."
        )
    )

    static let ticketEmpty = RefusalWords(
        french: .init(
            what: "Le ticket est vide.",
            why: "Il faut au moins une ligne.",
            now: "Scannez un appareil ou choisissez une recharge."
        ),
        english: .init(
            what: "The ticket is empty.",
            why: "It takes at least one line.",
            now: "Scan a device or pick a recharge."
        )
    )

    static let deviceTwice = RefusalWords(
        french: .init(
            what: "L’appareil {label} est deux fois sur le ticket.",
            why: "Un appareil ne se vend qu’une fois.",
            now: "Retirez une des deux lignes."
        ),
        english: .init(
            what: "Device {label} is on the ticket twice.",
            why: "A device is sold only once.",
            now: "Remove one of the two lines."
        )
    )
}
