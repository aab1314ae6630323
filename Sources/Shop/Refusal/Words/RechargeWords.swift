/// Recharge codes: how they come in, are approved, shown and given back.
extension RefusalWords {
    static let rechargeBatchUnknown = RefusalWords(
        french: .init(
            what: "Le lot de codes «\u{A0}{text}\u{A0}» n’existe pas.",
            why: "Aucun lot d’un de vos espaces ne porte ce numéro.",
            now: "Cherchez-le dans la liste des recharges."
        ),
        english: .init(
            what: "There is no batch of codes “{text}”.",
            why: "No batch of one of your shops has this number.",
            now: "Look it up in the list of recharges."
        )
    )

    static let rechargeFormatUnknown = RefusalWords(
        french: .init(
            what: "Le format de fichier «\u{A0}{text}\u{A0}» n’est pas déclaré.",
            why:
                "Un fichier de codes se lit comme l’opérateur l’écrit\u{A0}: colonnes, séparateur, ligne de contrôle.",
            now: "Choisissez un format de la liste, ou déclarez celui de l’opérateur."
        ),
        english: .init(
            what: "The file format “{text}” is not declared.",
            why:
                "A file of codes is read as the operator writes it: columns, delimiter, check line.",
            now: "Choose a format of the list, or declare the operator’s."
        )
    )

    static let rechargeFileEmpty = RefusalWords(
        french: .init(
            what: "Ce fichier ne contient aucun code.",
            why: "Après l’en-tête et la ligne de contrôle, il ne reste rien.",
            now: "Vérifiez que c’est le bon fichier et le bon format."
        ),
        english: .init(
            what: "This file holds no code.",
            why: "After its heading and its check line nothing is left.",
            now: "See that it is the right file and the right format."
        )
    )

    static let rechargeFileUnreadable = RefusalWords(
        french: .init(
            what: "Ce fichier ne se lit pas.",
            why: "Ce n’est ni un classeur XLSX ni un texte dans l’encodage que le format déclare.",
            now:
                "Demandez le fichier d’origine à l’opérateur, sans l’ouvrir dans un tableur, ou choisissez un autre format."
        ),
        english: .init(
            what: "This file cannot be read.",
            why:
                "It is neither an XLSX workbook nor a text in the encoding that the format declares.",
            now:
                "Ask the operator for the original file, not opened in a spreadsheet, or choose another format."
        )
    )

    static let rechargeColumnUnknown = RefusalWords(
        french: .init(
            what: "La colonne «\u{A0}{text}\u{A0}» n’est pas dans ce fichier.",
            why: "Le format la nomme, et la dernière ligne d’en-tête ne la contient pas.",
            now: "Choisissez le format de ce fichier, ou déclarez-en un autre."
        ),
        english: .init(
            what: "The column “{text}” is not in this file.",
            why: "The format names it, and the last heading line does not hold it.",
            now: "Choose this file’s format, or declare another one."
        )
    )

    static let rechargeLinesUnreadable = RefusalWords(
        french: .init(
            what: "Rien n’est importé\u{A0}: des lignes ne se lisent pas.",
            why:
                "Lignes\u{A0}: {lines}. Chacune porte un code de {length} caractères et ce que le format déclare.",
            now:
                "Demandez un fichier corrigé à l’opérateur\u{A0}: un lot entre entier ou pas du tout."
        ),
        english: .init(
            what: "Nothing is imported: some lines cannot be read.",
            why:
                "Lines: {lines}. Each holds a code of {length} characters and what the format declares.",
            now: "Ask the operator for a corrected file: a batch goes in whole or not at all."
        )
    )

    static let rechargeLinesTwice = RefusalWords(
        french: .init(
            what: "Rien n’est importé\u{A0}: des codes ou des numéros de série y sont deux fois.",
            why: "Lignes\u{A0}: {lines}.",
            now: "Demandez un fichier corrigé à l’opérateur."
        ),
        english: .init(
            what: "Nothing is imported: some codes or serials are in it twice.",
            why: "Lines: {lines}.",
            now: "Ask the operator for a corrected file."
        )
    )

    static let rechargeCheckLine = RefusalWords(
        french: .init(
            what: "Rien n’est importé\u{A0}: la ligne de contrôle dit autre chose.",
            why: "Ligne {line}. Trouvé dans le fichier\u{A0}: {found}.",
            now: "Le fichier est incomplet ou modifié\u{A0}: demandez-le de nouveau à l’opérateur."
        ),
        english: .init(
            what: "Nothing is imported: the check line says otherwise.",
            why: "Line {line}. Found in the file: {found}.",
            now: "The file is incomplete or altered: ask the operator for it again."
        )
    )

    static let rechargeSlipDiffers = RefusalWords(
        french: .init(
            what: "Rien n’est importé\u{A0}: le fichier n’est pas celui du bordereau.",
            why: "{field}\u{A0}: le bordereau dit {declared}, le fichier {found}.",
            now: "Comparez au bordereau reçu. S’il est juste, signalez l’écart à l’opérateur."
        ),
        english: .init(
            what: "Nothing is imported: the file is not that of the slip.",
            why: "{field}: the slip says {declared}, the file {found}.",
            now: "Compare with the slip. If it is right, tell the operator of the difference."
        )
    )

    static let rechargeSlipUneven = RefusalWords(
        french: .init(
            what: "{value} ne se partagent pas entre {units} codes.",
            why: "Tous les codes d’un lot ont la même valeur faciale.",
            now: "Vérifiez le nombre et la valeur sur le bordereau. Un fichier par valeur."
        ),
        english: .init(
            what: "{value} cannot be shared among {units} codes.",
            why: "All codes of a batch have one face value.",
            now: "Check the count and the value on the slip. One file a value."
        )
    )

    static let rechargeFingerprint = RefusalWords(
        french: .init(
            what: "Cette empreinte ne se lit pas.",
            why:
                "L’empreinte SHA-256 d’un fichier s’écrit avec 8 à 64 chiffres de 0 à 9 et lettres de a à f.",
            now: "Recopiez-la du bordereau, ou laissez vide s’il n’en porte pas."
        ),
        english: .init(
            what: "This fingerprint cannot be read.",
            why:
                "A file’s SHA-256 fingerprint is written with 8 to 64 digits from 0 to 9 and letters from a to f.",
            now: "Copy it from the slip, or leave it empty where there is none."
        )
    )

    static let rechargeFileKnown = RefusalWords(
        french: .init(
            what: "Ce fichier est déjà importé.",
            why: "Il est dans le lot {code}. Un même fichier n’entre qu’une fois.",
            now:
                "Ouvrez ce lot. S’il s’agit d’une autre livraison, demandez son fichier à l’opérateur."
        ),
        english: .init(
            what: "This file is imported already.",
            why: "It is in the batch {code}. The same file goes in once.",
            now: "Open that batch. If this is another delivery, ask the operator for its file."
        )
    )

    static let rechargeCodesKnown = RefusalWords(
        french: .init(
            what: "Rien n’est importé\u{A0}: des codes ou des numéros de série sont déjà connus.",
            why: "Lignes\u{A0}: {lines}.",
            now: "Signalez-le à l’opérateur\u{A0}: le même code a été livré deux fois."
        ),
        english: .init(
            what: "Nothing is imported: some codes or serials are known already.",
            why: "Lines: {lines}.",
            now: "Tell the operator: the same code was delivered twice."
        )
    )

    static let rechargeCodesExpired = RefusalWords(
        french: .init(
            what: "Rien n’est importé\u{A0}: des codes sont périmés.",
            why: "Lignes\u{A0}: {lines}. Leur date limite est passée.",
            now: "Rendez le fichier à l’opérateur."
        ),
        english: .init(
            what: "Nothing is imported: some codes have expired.",
            why: "Lines: {lines}. Their last day has passed.",
            now: "Give the file back to the operator."
        )
    )

    static let rechargeBatchTakesTwo = RefusalWords(
        french: .init(
            what: "Vous ne pouvez pas décider de ce lot.",
            why: "Vous l’avez importé. Deux personnes voient un lot avant qu’il soit vendu.",
            now: "Demandez à une autre personne responsable de l’approuver ou de le rejeter."
        ),
        english: .init(
            what: "You cannot decide on this batch.",
            why: "You imported it. Two people see a batch before it is sold.",
            now: "Ask another person in charge to approve or reject it."
        )
    )

    static let rechargeBatchDecided = RefusalWords(
        french: .init(
            what: "Ce lot est déjà décidé.",
            why: "Quelqu’un l’a approuvé ou rejeté.",
            now: "Rechargez sa page."
        ),
        english: .init(
            what: "This batch is decided already.",
            why: "Somebody approved or rejected it.",
            now: "Reload its page."
        )
    )

    static let rechargeProductNotByCode = RefusalWords(
        french: .init(
            what: "L’article «\u{A0}{code}\u{A0}» ne se remet pas par un code.",
            why: "Seules les recharges que l’opérateur livre en codes entrent au coffre.",
            now: "Choisissez une recharge livrée par code, ou créez l’article."
        ),
        english: .init(
            what: "The article “{code}” is not handed over as a code.",
            why: "Only recharges that the operator delivers as codes go into the vault.",
            now: "Choose a recharge delivered by code, or create the article."
        )
    )

    static let rechargeNone = RefusalWords(
        french: .init(
            what: "Ce ticket n’a pas de code.",
            why: "Aucune de ses lignes n’est une recharge remise par un code.",
            now: "Vérifiez le numéro du ticket."
        ),
        english: .init(
            what: "This ticket has no code.",
            why: "None of its lines is a recharge handed over as a code.",
            now: "Check the ticket’s number."
        )
    )

    static let rechargeShownElsewhere = RefusalWords(
        french: .init(
            what: "Le code se montre à la caisse qui l’a vendu.",
            why: "Ce ticket est de la caisse {till}.",
            now:
                "Allez à cette caisse, ou demandez à une personne responsable de le montrer, avec un motif."
        ),
        english: .init(
            what: "The code is shown at the till that sold it.",
            why: "This ticket is of the till {till}.",
            now: "Go to that till, or ask a manager to show it, with a reason."
        )
    )

    static let rechargeShownBefore = RefusalWords(
        french: .init(
            what: "Ce code a déjà été montré.",
            why: "Le {on}, par {operator}. Un code ne se montre qu’une fois.",
            now: "Une personne responsable peut le montrer de nouveau, avec un motif."
        ),
        english: .init(
            what: "This code was shown already.",
            why: "On {on}, by {operator}. A code is shown once.",
            now: "A manager may show it again, with a reason."
        )
    )

    static let rechargeRefunded = RefusalWords(
        french: .init(
            what: "Ce code n’est plus à montrer.",
            why: "Il a été remboursé.",
            now: "Vendez une autre recharge."
        ),
        english: .init(
            what: "This code is to be shown no more.",
            why: "It was refunded.",
            now: "Sell another recharge."
        )
    )

    static let rechargeSealBroken = RefusalWords(
        french: .init(
            what: "Un code de ce ticket ne s’ouvre pas.",
            why:
                "Ce qui est gardé au coffre a été modifié ou déplacé. Rien n’est montré, et une alerte est inscrite.",
            now:
                "Ne revendez pas cette recharge\u{A0}: prévenez la personne responsable, qui la fera remplacer par l’opérateur."
        ),
        english: .init(
            what: "A code of this ticket does not open.",
            why:
                "What the vault keeps of it was altered or moved. Nothing is shown, and an alarm is written down.",
            now:
                "Do not sell this recharge again: tell the manager, who has the operator replace it."
        )
    )

    static let rechargeRefundElsewhere = RefusalWords(
        french: .init(
            what: "Un code ne se rembourse pas ici.",
            why: "Il est du coffre d’un autre espace, qui le reprend.",
            now: "Envoyez la personne à l’espace qui a vendu le ticket."
        ),
        english: .init(
            what: "A code is not refunded here.",
            why: "It is of the vault of another shop, which takes it back.",
            now: "Send the person to the shop that sold the ticket."
        )
    )

    static let rechargeProofTooSoon = RefusalWords(
        french: .init(
            what: "Il n’y a rien à demander à l’opérateur.",
            why: "Personne n’a vu ce code, ou il est déjà remboursé.",
            now: "Un code que personne n’a vu se rembourse sans preuve."
        ),
        english: .init(
            what: "There is nothing to ask of the operator.",
            why: "Nobody saw this code, or it is refunded already.",
            now: "A code that nobody saw is refunded without a proof."
        )
    )

    static let rechargeProofGiven = RefusalWords(
        french: .init(
            what: "Ce code n’est plus à montrer.",
            why: "L’opérateur a répondu qu’il n’a pas servi\u{A0}: il attend son remboursement.",
            now: "Remboursez le ticket, puis vendez une autre recharge."
        ),
        english: .init(
            what: "This code is to be shown no more.",
            why: "The operator answered that it was not used: it waits for its refund.",
            now: "Refund the ticket, then sell another recharge."
        )
    )

    static let rechargeUncleared = RefusalWords(
        french: .init(
            what: "Un code montré n’est pas remboursé ainsi.",
            why:
                "Quelqu’un l’a vu\u{A0}: il a pu servir. Il faut la preuve de l’opérateur qu’il n’a pas servi, inscrite par une autre personne.",
            now:
                "Demandez à une personne responsable d’inscrire la réponse de l’opérateur (ticket, Codes de recharge), puis remboursez."
        ),
        english: .init(
            what: "A code that was shown is not refunded like this.",
            why:
                "Somebody saw it: it may have been used. The operator’s proof that it was not must be written down, by somebody else.",
            now:
                "Ask a manager to write the operator’s answer down (ticket, Recharge codes), then refund."
        )
    )
}
