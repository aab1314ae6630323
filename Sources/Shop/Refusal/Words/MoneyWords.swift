/// What refusals say about the money, in the order of `Reason`.
extension RefusalWords {
    static let paymentDoesNotAddUp = RefusalWords(
        french: .init(
            what: "Le paiement ne correspond pas au total.",
            why: "Total\u{A0}: {total}. Payé\u{A0}: {paid}.",
            now: "Corrigez les montants."
        ),
        english: .init(
            what: "The payment does not match the total.",
            why: "Total: {total}. Paid: {paid}.",
            now: "Correct the amounts."
        )
    )

    static let paymentTooLittle = RefusalWords(
        french: .init(
            what: "Il manque {missing}.",
            why: "Total\u{A0}: {total}. Reçu\u{A0}: {paid}.",
            now: "Demandez le complément."
        ),
        english: .init(
            what: "{missing} is missing.",
            why: "Total: {total}. Received: {paid}.",
            now: "Ask for the rest."
        )
    )

    static let programmeUnknown = RefusalWords(
        french: .init(
            what: "Programme inconnu\u{A0}: {code}.",
            why: "Aucun programme ne porte ce code.",
            now: "Choisissez-le dans la liste."
        ),
        english: .init(
            what: "Unknown programme: {code}.",
            why: "No programme bears this code.",
            now: "Choose it in the list."
        )
    )

    static let programmeOver = RefusalWords(
        french: .init(
            what: "Le programme {code} ne paie pas aujourd’hui.",
            why: "Il va du {from} au {to}.",
            now: "Choisissez un programme en cours, ou vendez."
        ),
        english: .init(
            what: "Programme {code} does not pay today.",
            why: "It runs from {from} to {to}.",
            now: "Choose a current programme, or sell."
        )
    )

    static let saleUnknown = RefusalWords(
        french: .init(
            what: "Ticket introuvable\u{A0}: {receipt}.",
            why: "Aucun ticket de ce numéro.",
            now: "Scannez le ticket, ou cherchez la personne."
        ),
        english: .init(
            what: "Receipt not found: {receipt}.",
            why: "No receipt of this number.",
            now: "Scan the receipt, or search for the person."
        )
    )

    static let refundTooMuch = RefusalWords(
        french: .init(
            what: "C’est déjà remboursé.",
            why: "Il ne reste rien à rembourser de cette ligne.",
            now: "Ouvrez le ticket pour voir ses remboursements."
        ),
        english: .init(
            what: "This was already refunded.",
            why: "Nothing of this line remains to be refunded.",
            now: "Open the receipt to see its refunds."
        )
    )

    static let refundCashShort = RefusalWords(
        french: .init(
            what: "Il n’y a pas assez d’espèces en caisse.",
            why: "Attendu en caisse\u{A0}: {free}. À rendre\u{A0}: {asked}.",
            now: "Rendez par un autre moyen."
        ),
        english: .init(
            what: "There is not enough cash in the drawer.",
            why: "Expected in the drawer: {free}. To give back: {asked}.",
            now: "Give it back by another means."
        )
    )
}
