import Postgres
import Shop

extension Store {
    /// A first text in plain words, which an association replaces by its own.
    func defaultHandOverTerms(at now: Instant) -> [SQL] {
        insertTerms(
            from: firstDay,
            pictograms: terms.map(\.pictogram),
            texts: [
                .init(language: "fr", sentences: terms.map(\.french)),
                .init(language: "en", sentences: terms.map(\.english)),
            ],
            at: now,
            by: nil
        )
    }
}

private let terms: [(pictogram: Pictogram, french: String, english: String)] = [
    (
        .yours, "Ce qui est écrit ici est à vous. Vous n’avez rien à payer.",
        "What is written here is yours. You have nothing to pay."
    ),
    (
        .home, "C’est pour vous et pour votre famille, chez vous.",
        "It is for you and your family, at home."
    ),
    (
        .memory, "Le matériel a déjà servi. Sa mémoire a été effacée avant.",
        "The equipment was used before. Its memory was erased first."
    ),
    (
        .guarantee, "Il est garanti jusqu’à la date écrite sur le ticket. Gardez-le.",
        "It is guaranteed until the date written on the receipt. Keep it."
    ),
    (
        .notForSale, "Ce n’est pas à revendre.", "Please do not sell it on."
    ),
    (
        .bringBack, "S’il ne marche plus ou ne vous sert plus, rapportez-le ici.",
        "If it no longer works, or you no longer need it, bring it back here."
    ),
    (
        .help, "Une question\u{202F}? Revenez nous voir, c’est gratuit.",
        "A question? Come back and see us, it is free."
    ),
    (
        .signature, "Vous signez pour dire que vous avez tout reçu.",
        "You sign to say that you received everything."
    ),
]
