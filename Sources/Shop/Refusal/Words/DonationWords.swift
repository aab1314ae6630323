/// Lots and the second-hand register.
extension RefusalWords {
    static let batchUnknown = RefusalWords(
        french: .init(
            what: "Le lot «\u{A0}{text}\u{A0}» n’est pas connu ici.",
            why: "Aucun lot de vos espaces ne porte ce numéro.",
            now: "Vérifiez le numéro dans la liste des lots."
        ),
        english: .init(
            what: "The lot “{text}” is not known here.",
            why: "No lot of your shops bears this number.",
            now: "Check the number in the list of lots."
        )
    )

    static let donorKindFixed = RefusalWords(
        french: .init(
            what: "Le type de ce donateur ne change plus.",
            why:
                "Un lot est arrivé\u{A0}: le type dit si la loi plafonne le prix de ses appareils.",
            now: "Enregistrez un autre donateur pour les lots à venir."
        ),
        english: .init(
            what: "The kind of this donor does not change any more.",
            why: "A lot came: the kind says whether the law caps the price of its devices.",
            now: "Record another donor for the lots to come."
        )
    )

    static let batchEmpty = RefusalWords(
        french: .init(
            what: "Rien n’est compté.",
            why: "Une réception porte sur au moins un appareil.",
            now: "Indiquez combien d’appareils de chaque type sont arrivés."
        ),
        english: .init(
            what: "Nothing is counted.",
            why: "A delivery holds one device at least.",
            now: "Say how many devices of each kind came."
        )
    )

    static let batchPaymentUneven = RefusalWords(
        french: .init(
            what: "Le prix et le moyen de paiement ne vont pas avec ce lot.",
            why:
                "Un don n’a ni prix ni paiement\u{202F}; un achat a toujours un moyen de paiement.",
            now: "Corrigez le prix ou le moyen de paiement."
        ),
        english: .init(
            what: "The price and the means of payment do not go with this lot.",
            why: "A gift has neither price nor payment; a purchase always has a means of payment.",
            now: "Correct the price or the means of payment."
        )
    )

    static let sellerMissing = RefusalWords(
        french: .init(
            what: "L’identité de qui donne ou vend ne va pas avec ce lot.",
            why:
                "Le registre demande la pièce d’identité d’un particulier, et de lui seul (Code pénal, R. 321-3).",
            now: "Complétez l’identité d’un particulier, ou laissez-la vide pour un organisme."
        ),
        english: .init(
            what: "The identity of who gives or sells does not go with this lot.",
            why:
                "The register asks for the identity document of a private person, and of them alone (Code pénal, R. 321-3).",
            now: "Complete a private person’s identity, or leave it empty for an organisation."
        )
    )

    static let batchNotReceived = RefusalWords(
        french: .init(
            what: "Le lot {batch} n’est pas encore reçu.",
            why: "Un appareil n’entre qu’avec un lot dont une réception est inscrite au registre.",
            now: "Enregistrez d’abord la réception du lot."
        ),
        english: .init(
            what: "The lot {batch} was not received yet.",
            why: "A device comes only with a lot whose delivery is in the register.",
            now: "Record the delivery of the lot first."
        )
    )

    static let deviceInBatch = RefusalWords(
        french: .init(
            what: "{label} est déjà entré avec un autre lot.",
            why: "Un appareil vient d’un seul lot à la fois\u{A0}: le registre en garde la trace.",
            now: "Vérifiez l’étiquette et le lot."
        ),
        english: .init(
            what: "{label} came with another lot before.",
            why: "A device comes from one lot at a time: the register keeps trace of it.",
            now: "Check the label and the lot."
        )
    )

    static let batchAfterShelf = RefusalWords(
        french: .init(
            what: "{label} est en rayon.",
            why:
                "Le lot dit si la loi plafonne le prix\u{A0}: il se choisit avant la mise en rayon.",
            now: "Retirez d’abord l’appareil du rayon."
        ),
        english: .init(
            what: "{label} is on the shelf.",
            why: "The lot says whether the law caps the price: it is chosen before the shelf.",
            now: "Take the device off the shelf first."
        )
    )
}
