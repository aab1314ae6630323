/// What refusals say about what leaves, in the order of `Reason`.
extension RefusalWords {
    static let deviceUnknown = RefusalWords(
        french: .init(
            what: "Appareil inconnu\u{A0}: {label}.",
            why: "Aucune étiquette de ce numéro.",
            now: "Vérifiez l’étiquette, ou entrez l’appareil au stock."
        ),
        english: .init(
            what: "Unknown device: {label}.",
            why: "No label of this number.",
            now: "Check the label, or take the device into stock."
        )
    )

    static let deviceGone = RefusalWords(
        french: .init(
            what: "L’appareil {label} est déjà parti.",
            why: "Ticket {receipt}, {on}, par {operator}.",
            now: "Posez-le de côté et prenez-en un autre."
        ),
        english: .init(
            what: "Device {label} has already left.",
            why: "Ticket {receipt}, {on}, by {operator}.",
            now: "Put it aside and take another one."
        )
    )

    static let deviceNotOnShelf = RefusalWords(
        french: .init(
            what: "L’appareil {label} n’est pas en rayon.",
            why: "Il n’est pas prêt à être vendu.",
            now: "Voyez avec le stock\u{A0}: contrôle, effacement, mise en rayon."
        ),
        english: .init(
            what: "Device {label} is not on the shelf.",
            why: "It is not ready to be sold.",
            now: "See the stock room: inspection, erasure, shelf."
        )
    )

    static let deviceElsewhere = RefusalWords(
        french: .init(
            what: "L’appareil {label} est en rayon à {shop}.",
            why: "On ne vend que ce qui est ici.",
            now: "Faites-le transférer, ou prenez-en un autre."
        ),
        english: .init(
            what: "Device {label} is on the shelf at {shop}.",
            why: "Only what is here is sold here.",
            now: "Have it transferred, or take another one."
        )
    )

    static let deviceReserved = RefusalWords(
        french: .init(
            what: "L’appareil {label} est réservé.",
            why: "Gardé pour quelqu’un d’autre jusqu’au {until}.",
            now: "Prenez-en un autre, ou voyez avec un responsable."
        ),
        english: .init(
            what: "Device {label} is reserved.",
            why: "Kept for someone else until {until}.",
            now: "Take another one, or see a manager."
        )
    )

    static let deviceNotRemoved = RefusalWords(
        french: .init(
            what: "L’appareil {label} n’est pas sorti du stock.",
            why: "Aucun recyclage ni aucune perte n’est à reprendre.",
            now: "Regardez son historique."
        ),
        english: .init(
            what: "Device {label} is not out of the stock.",
            why: "There is no recycling and no loss to take back.",
            now: "Look at its history."
        )
    )

    static let deviceNotInspected = RefusalWords(
        french: .init(
            what: "L’appareil {label} n’est pas contrôlé.",
            why: "Sans contrôle réussi, la loi interdit de le dire reconditionné.",
            now: "Passez la liste de contrôle, puis mettez-le en rayon."
        ),
        english: .init(
            what: "Device {label} is not inspected.",
            why: "Without a passed inspection the law forbids calling it refurbished.",
            now: "Go through the inspection list, then shelve it."
        )
    )

    static let deviceNotErased = RefusalWords(
        french: .init(
            what: "Le disque de l’appareil {label} n’est pas effacé.",
            why: "Les données de l’ancien propriétaire y sont peut-être encore.",
            now: "Effacez-le et enregistrez l’effacement, puis mettez-le en rayon."
        ),
        english: .init(
            what: "The disk of device {label} is not erased.",
            why: "The former owner’s data may still be on it.",
            now: "Erase it and record the erasure, then shelve it."
        )
    )

    static let deviceDiskFailing = RefusalWords(
        french: .init(
            what: "Un disque de l’appareil {label} est à remplacer.",
            why:
                "Son dernier bilan de santé le dit\u{A0}: qui l’emporterait perdrait ses fichiers.",
            now:
                "Proposez un autre appareil. Retirez celui-ci du rayon\u{A0}: l’atelier remplacera le disque."
        ),
        english: .init(
            what: "A disk of device {label} is to be replaced.",
            why: "Its last health report says so: whoever took it home would lose their files.",
            now:
                "Offer another device. Take this one off the shelf: the stock room will replace the disk."
        )
    )

    static let devicePriceUnusual = RefusalWords(
        french: .init(
            what: "{price} est un prix inhabituel pour {label}.",
            why: "D’habitude, entre {least} et {most} pour ce type d’appareil.",
            now:
                "Corrigez le prix, ou cochez «\u{A0}C’est bien le prix\u{A0}» pour le confirmer."
        ),
        english: .init(
            what: "{price} is an unusual price for {label}.",
            why: "Usually between {least} and {most} for this kind of machine.",
            now: "Correct the price, or tick “This is the price” to confirm it."
        )
    )

    static let devicePriceAboveCeiling = RefusalWords(
        french: .init(
            what: "Le prix de {label} dépasse le plafond légal.",
            why:
                "Un organisme public l’a donné\u{A0}: {most} au plus (décret du 7 novembre 2022).",
            now: "Baissez le prix."
        ),
        english: .init(
            what: "The price of {label} is above the legal ceiling.",
            why: "A public body gave it: {most} at most (decree of 7 November 2022).",
            now: "Lower the price."
        )
    )

    static let deviceNotRefunded = RefusalWords(
        french: .init(
            what: "L’appareil {label} appartient à la personne qui l’a eu.",
            why: "Aucun remboursement ni retour n’est enregistré.",
            now: "Enregistrez d’abord le retour depuis le ticket."
        ),
        english: .init(
            what: "Device {label} belongs to whoever got it.",
            why: "No refund or return is recorded.",
            now: "Record the return from the receipt first."
        )
    )

    static let deviceRecycled = RefusalWords(
        french: .init(
            what: "L’appareil {label} est recyclé ou perdu.",
            why: "Il est sorti du stock pour de bon.",
            now: "Voyez sa fiche avec le responsable du stock."
        ),
        english: .init(
            what: "Device {label} was recycled or lost.",
            why: "It left the stock for good.",
            now: "See its page with the stock manager."
        )
    )

    static let deviceOnShelf = RefusalWords(
        french: .init(
            what: "L’appareil {label} est déjà en rayon.",
            why: "Il n’y est qu’une fois.",
            now: "Rien à faire de plus."
        ),
        english: .init(
            what: "Device {label} is already on the shelf.",
            why: "It stands there only once.",
            now: "Nothing more to do."
        )
    )

    static let diskOnShelf = RefusalWords(
        french: .init(
            what: "L’appareil {label} est en rayon.",
            why: "Ce qui a été effacé est ce qui se vend\u{A0}: ses disques n’y changent pas.",
            now: "Sortez-le du rayon, changez le disque, puis effacez-le."
        ),
        english: .init(
            what: "Device {label} is on the shelf.",
            why: "What was erased is what is sold: its disks do not change there.",
            now: "Take it off the shelf, change the disk, then erase it."
        )
    )

    static let deviceKnown = RefusalWords(
        french: .init(
            what: "Cet appareil est déjà connu.",
            why: "Même fabricant, même modèle, même numéro de série.",
            now: "Ouvrez sa fiche au lieu d’en créer une autre."
        ),
        english: .init(
            what: "This device is already known.",
            why: "Same maker, same model, same serial number.",
            now: "Open its page instead of making another one."
        )
    )

    static let erasureNotPurge = RefusalWords(
        french: .init(
            what: "Un SSD réécrit n’est pas «\u{A0}purgé\u{A0}».",
            why: "Une réécriture laisse lisibles les cellules de réserve.",
            now: "Notez le niveau «\u{A0}clear\u{A0}», ou effacez par la commande du disque."
        ),
        english: .init(
            what: "An overwritten SSD is not “purged”.",
            why: "Overwriting leaves the spare cells readable.",
            now: "Record the level “clear”, or erase by the drive’s own command."
        )
    )

    static let productUnknown = RefusalWords(
        french: .init(
            what: "Article inconnu\u{A0}: {code}.",
            why: "Il n’est pas au tarif.",
            now: "Choisissez-le dans la liste."
        ),
        english: .init(
            what: "Unknown product: {code}.",
            why: "It is not on the price list.",
            now: "Choose it in the list."
        )
    )

    static let productNotSold = RefusalWords(
        french: .init(
            what: "L’article {code} n’est pas en vente aujourd’hui.",
            why: "Aucun prix n’est en vigueur à cette date.",
            now: "Choisissez-en un autre, ou faites fixer son prix."
        ),
        english: .init(
            what: "Product {code} is not for sale today.",
            why: "No price is in force on this day.",
            now: "Choose another one, or have its price set."
        )
    )

    static let stockShort = RefusalWords(
        french: .init(
            what: "Il n’y a pas assez de {code} ici.",
            why: "Demandé\u{A0}: {asked}. Disponible\u{A0}: {free}.",
            now: "Réduisez la quantité, ou faites réapprovisionner."
        ),
        english: .init(
            what: "There is not enough of {code} here.",
            why: "Asked: {asked}. Available: {free}.",
            now: "Lower the quantity, or have it restocked."
        )
    )
}
