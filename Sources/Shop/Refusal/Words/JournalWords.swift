/// What refusals say about the journal, in the order of `Reason`.
extension RefusalWords {
    static let journalBroken = RefusalWords(
        french: .init(
            what: "Le journal ne se vérifie pas.",
            why: "{text}",
            now: "Arrêtez de vendre sur cette caisse et prévenez l’administration."
        ),
        english: .init(
            what: "The journal does not verify.",
            why: "{text}",
            now: "Stop selling at this till and tell the administrator."
        )
    )

    static let journalSealed = RefusalWords(
        french: .init(
            what: "Ce qui est scellé ne se modifie pas.",
            why: "Une correction est une nouvelle écriture.",
            now: "Faites un remboursement ou une nouvelle saisie."
        ),
        english: .init(
            what: "What is sealed is not edited.",
            why: "A correction is a new entry.",
            now: "Make a refund or a new entry."
        )
    )

    static let migrationChanged = RefusalWords(
        french: .init(
            what: "Un fichier de migration a changé\u{A0}: {file}.",
            why: "Il a déjà été appliqué sous une autre forme.",
            now:
                "Rétablissez le fichier d’origine\u{202F}; un changement est un nouveau fichier."
        ),
        english: .init(
            what: "A migration file has changed: {file}.",
            why: "It was already applied in another form.",
            now: "Restore the original file; a change is a new file."
        )
    )
}
