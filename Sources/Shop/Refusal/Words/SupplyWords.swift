/// What is kept by quantity: orders, and what goes with a machine.
extension RefusalWords {
    static let orderUnknown = RefusalWords(
        french: .init(
            what: "La commande «\u{A0}{text}\u{A0}» n’existe pas.",
            why: "Aucune commande d’un de vos espaces ne porte ce numéro.",
            now: "Cherchez-la dans la liste des commandes."
        ),
        english: .init(
            what: "There is no order “{text}”.",
            why: "No order of one of your shops has this number.",
            now: "Look it up in the list of orders."
        )
    )

    static let orderEmpty = RefusalWords(
        french: .init(
            what: "Cette commande est vide.",
            why: "Une commande nomme au moins un article.",
            now: "Tapez une quantité devant ce qui est commandé."
        ),
        english: .init(
            what: "This order is empty.",
            why: "An order names at least one article.",
            now: "Type a quantity beside what is ordered."
        )
    )

    static let orderEnded = RefusalWords(
        french: .init(
            what: "Cette commande est terminée.",
            why: "Tout est reçu, ou quelqu’un l’a close\u{A0}: plus rien n’en est attendu.",
            now: "Rechargez sa page. Ce qui vient encore se reçoit sur la page des articles."
        ),
        english: .init(
            what: "This order is over.",
            why: "All of it is in, or somebody closed it: no more of it is expected.",
            now: "Reload its page. What still comes is taken in on the articles’ page."
        )
    )

    static let orderNotListed = RefusalWords(
        french: .init(
            what: "{text} n’est pas sur la commande {code}.",
            why: "Seuls les articles commandés se reçoivent avec elle.",
            now: "Recevez-le sur la page des articles."
        ),
        english: .init(
            what: "{text} is not on the order {code}.",
            why: "Only what was ordered is taken in with it.",
            now: "Take it in on the articles’ page."
        )
    )

    static let orderTooMany = RefusalWords(
        french: .init(
            what: "C’est plus qu’il n’en reste à venir.",
            why: "{text}\u{A0}: {asked} tapés, {most} encore attendus.",
            now: "Recomptez. S’il en est vraiment venu davantage, confirmez-le."
        ),
        english: .init(
            what: "This is more than is still to come.",
            why: "{text}: {asked} typed, {most} still expected.",
            now: "Count again. If more came indeed, confirm it."
        )
    )

    static let kitTakenOwn = RefusalWords(
        french: .init(
            what: "Un second article n’est pas pris au stock\u{A0}: {part}.",
            why:
                "Vous en avez déjà pris un pour cet appareil\u{A0}: personne ne sort seul deux fois le même article.",
            now:
                "Cherchez le premier, demandez à une autre personne du stock de prendre le second, ou remettez le premier au stock."
        ),
        english: .init(
            what: "A second article is not taken from stock: {part}.",
            why:
                "You took one for this device already: nobody takes the same article out twice alone.",
            now:
                "Look for the first one, ask another person of the stock to take the second, or put the first one back into stock."
        )
    )

    static let kitTooLarge = RefusalWords(
        french: .init(
            what: "{count} articles, c’est trop pour un appareil.",
            why: "Quelqu’un regarde chacun, appareil par appareil\u{A0}: {most} au plus.",
            now: "Gardez ce sans quoi l’appareil ne part pas."
        ),
        english: .init(
            what: "{count} articles are too many for one device.",
            why: "Somebody looks at each of them, device by device: {most} at most.",
            now: "Keep what the device does not leave without."
        )
    )

    static let kitOnShelf = RefusalWords(
        french: .init(
            what: "{label} est en rayon.",
            why: "Ce qui est en rayon y reste avec tout ce qui va avec.",
            now: "Retirez d’abord l’appareil du rayon."
        ),
        english: .init(
            what: "{label} is on the shelf.",
            why: "What is on the shelf stays there with all that goes with it.",
            now: "Take the device off the shelf first."
        )
    )

    static let kitPartNotWithIt = RefusalWords(
        french: .init(
            what: "{part}\u{A0}: rien à remettre au stock pour {label}.",
            why:
                "Seul ce qui a été pris au stock pour cet appareil, et que l’on y a vu en dernier, retourne au stock.",
            now:
                "Sur la page de l’appareil, dites ce qui est avec lui. Ce qui vient d’ailleurs se reçoit sur la page des articles."
        ),
        english: .init(
            what: "{part}: nothing to put back into stock for {label}.",
            why:
                "Only what was taken from the stock for this device, and was last seen with it, goes back.",
            now:
                "On the device’s page, say what is with it. What comes from elsewhere is taken in on the articles’ page."
        )
    )

    static let kitContradicts = RefusalWords(
        french: .init(
            what: "Rien ne va avec, ou bien quelque chose\u{202F}?",
            why: "Un article est coché, et «\u{A0}Rien\u{A0}» l’est aussi.",
            now: "Décochez l’un ou l’autre."
        ),
        english: .init(
            what: "Does nothing go with it, or does something?",
            why: "An article is ticked, and “Nothing” is too.",
            now: "Untick one or the other."
        )
    )

    static let kitIncomplete = RefusalWords(
        french: .init(
            what: "{label} n’est pas complet\u{A0}: {part}.",
            why:
                "Un appareil de ce type ne va pas en rayon sans, et personne n’a noté que c’est avec lui. Au stock\u{A0}: {free}.",
            now: "Sur sa page, dites que c’est avec l’appareil, ou prenez-le au stock."
        ),
        english: .init(
            what: "{label} is not complete: {part}.",
            why:
                "No device of this kind goes on the shelf without it, and nobody noted that it is with it. In stock: {free}.",
            now: "On its page, say that it is with the device, or take it from the stock."
        )
    )
}
