/// What refusals say about what was typed, scanned or sent, in the order of `Reason`.
extension RefusalWords {
    static let inputUnreadable = RefusalWords(
        french: .init(
            what: "La demande est illisible.",
            why: "{text}",
            now: "Vérifiez ce qui a été envoyé, puis recommencez."
        ),
        english: .init(
            what: "The request cannot be read.",
            why: "{text}",
            now: "Check what was sent, then try again."
        )
    )

    static let inputTooLarge = RefusalWords(
        french: .init(
            what: "C’est trop volumineux.",
            why: "La limite est de {most}.",
            now: "Envoyez-le en plusieurs fois, ou un fichier plus petit."
        ),
        english: .init(
            what: "This is too large.",
            why: "The limit is {most}.",
            now: "Send it in several parts, or a smaller file."
        )
    )

    static let fieldMissing = RefusalWords(
        french: .init(
            what: "Il manque «\u{A0}{field}\u{A0}».",
            why: "Rien ne peut être enregistré sans lui.",
            now: "Remplissez ce champ, puis validez."
        ),
        english: .init(
            what: "“{field}” is missing.",
            why: "Nothing can be recorded without it.",
            now: "Fill in this field, then confirm."
        )
    )

    static let signatureNotSeen = RefusalWords(
        french: .init(
            what: "Cochez «\u{A0}J’ai vu la signature\u{A0}».",
            why: "Un bon sans signature n’ouvre aucun droit.",
            now: "Vérifiez la signature sur le papier, puis cochez la case."
        ),
        english: .init(
            what: "Tick “I saw the signature”.",
            why: "A voucher without a signature opens no right.",
            now: "Check the signature on the paper, then tick the box."
        )
    )

    static let fieldTooLong = RefusalWords(
        french: .init(
            what: "«\u{A0}{field}\u{A0}» est trop long.",
            why: "{most} caractères au plus.",
            now: "Raccourcissez-le, puis validez."
        ),
        english: .init(
            what: "“{field}” is too long.",
            why: "{most} characters at most.",
            now: "Shorten it, then confirm."
        )
    )

    static let textForbidden = RefusalWords(
        french: .init(
            what: "«\u{A0}{field}\u{A0}» contient un caractère invisible ou interdit.",
            why: "Il rendrait le texte illisible ou trompeur.",
            now: "Retapez-le sans copier-coller."
        ),
        english: .init(
            what: "“{field}” holds an invisible or forbidden character.",
            why: "It would make the text unreadable or misleading.",
            now: "Type it again without pasting."
        )
    )

    static let dayUnreadable = RefusalWords(
        french: .init(
            what: "«\u{A0}{text}\u{A0}» n’est pas une date.",
            why: "Une date s’écrit 22/11/2026 ou 2026-11-22.",
            now: "Corrigez la date."
        ),
        english: .init(
            what: "“{text}” is not a date.",
            why: "A date is written 22/11/2026 or 2026-11-22.",
            now: "Correct the date."
        )
    )

    static let timeUnreadable = RefusalWords(
        french: .init(
            what: "«\u{A0}{text}\u{A0}» n’est pas une heure.",
            why: "Une heure s’écrit 14:00 ou 14h00.",
            now: "Corrigez l’heure."
        ),
        english: .init(
            what: "“{text}” is not a time.",
            why: "A time is written 14:00.",
            now: "Correct the time."
        )
    )

    static let amountUnreadable = RefusalWords(
        french: .init(
            what: "«\u{A0}{text}\u{A0}» n’est pas un montant sûr.",
            why: "Un montant s’écrit 1234,50 ou 1 234,50, avec deux décimales au plus.",
            now: "Retapez le montant."
        ),
        english: .init(
            what: "“{text}” is not a clear amount.",
            why: "An amount is written 1234.50, with two decimals at most.",
            now: "Type the amount again."
        )
    )

    static let amountOutOfRange = RefusalWords(
        french: .init(
            what: "Ce montant n’est pas possible.",
            why: "Un montant va de 0 à {most}.",
            now: "Vérifiez le montant tapé."
        ),
        english: .init(
            what: "This amount is not possible.",
            why: "An amount goes from 0 to {most}.",
            now: "Check the amount typed."
        )
    )

    static let quantityOutOfRange = RefusalWords(
        french: .init(
            what: "Cette quantité n’est pas possible.",
            why: "Elle va de {least} à {most}.",
            now: "Corrigez la quantité."
        ),
        english: .init(
            what: "This quantity is not possible.",
            why: "It goes from {least} to {most}.",
            now: "Correct the quantity."
        )
    )

    static let scanGapOutOfRange = RefusalWords(
        french: .init(
            what: "Cette pause entre deux caractères n’est pas possible.",
            why:
                "Elle va de {least} à {most}\u{A0}millisecondes\u{A0}: au-delà, ce que tape une personne passerait pour un code scanné.",
            now:
                "Entrez un nombre entier dans ces bornes. La feuille d’essai du lecteur dit celui qu’il lui faut."
        ),
        english: .init(
            what: "This pause between two characters is not possible.",
            why:
                "It goes from {least} to {most} milliseconds: beyond, what a person types would be taken for a scan.",
            now:
                "Enter a whole number within these limits. The scanner’s test sheet says which one it needs."
        )
    )

    static let scanUnreadable = RefusalWords(
        french: .init(
            what: "Code non reconnu\u{A0}: «\u{A0}{text}\u{A0}».",
            why:
                "Ce n’est ni un bon, ni une attestation, ni une personne, ni un appareil, ni un ticket.",
            now: "Scannez de nouveau, ou tapez le code (F2)."
        ),
        english: .init(
            what: "Code not recognised: “{text}”.",
            why: "It is neither a voucher, an attestation, a person, a device nor a receipt.",
            now: "Scan again, or type the code (F2)."
        )
    )

    static let voucherUnreadable = RefusalWords(
        french: .init(
            what: "Ce code de bon est mal lu.",
            why: "Un bon porte 12 chiffres, et le dernier vérifie les autres.",
            now: "Scannez de nouveau, ou retapez les 12 chiffres."
        ),
        english: .init(
            what: "This voucher code was misread.",
            why: "A voucher bears 12 digits, and the last one checks the others.",
            now: "Scan again, or type the 12 digits again."
        )
    )

    static let phoneUnreadable = RefusalWords(
        french: .init(
            what: "Ce numéro de téléphone est illisible.",
            why: "Un numéro s’écrit 06 12 34 56 78 ou +33 6 12 34 56 78.",
            now: "Corrigez-le, ou laissez vide."
        ),
        english: .init(
            what: "This phone number cannot be read.",
            why: "A number is written 06 12 34 56 78 or +33 6 12 34 56 78.",
            now: "Correct it, or leave it empty."
        )
    )

    static let siretUnreadable = RefusalWords(
        french: .init(
            what: "Ce SIRET n’est pas valable.",
            why: "Un SIRET a 14 chiffres, et le dernier vérifie les autres.",
            now: "Recopiez-le depuis un document officiel."
        ),
        english: .init(
            what: "This SIRET is not valid.",
            why: "A SIRET has 14 digits, and the last one checks the others.",
            now: "Copy it from an official document."
        )
    )

    static let weightUnreadable = RefusalWords(
        french: .init(
            what: "Ce poids n’est pas lisible.",
            why: "Il s’écrit en kilogrammes, avec trois décimales au plus, comme 12,5.",
            now: "Corrigez-le, ou laissez le champ vide."
        ),
        english: .init(
            what: "This weight cannot be read.",
            why: "It is written in kilograms, with three decimals at most, such as 12.5.",
            now: "Correct it, or leave the field empty."
        )
    )

    static let nirForbidden = RefusalWords(
        french: .init(
            what: "«\u{A0}{field}\u{A0}» contient un numéro de sécurité sociale.",
            why: "Comptoir n’en garde aucun\u{A0}: la loi l’interdit ici.",
            now: "Effacez-le\u{A0}: un nom suffit."
        ),
        english: .init(
            what: "“{field}” holds a social-security number.",
            why: "Comptoir keeps none: the law forbids it here.",
            now: "Remove it: a name is enough."
        )
    )

    static let motiveForbidden = RefusalWords(
        french: .init(
            what: "«\u{A0}{text}\u{A0}» ne peut pas être un motif.",
            why:
                "Il touche à {topic}. Un motif ne dit rien de la santé, de l’origine, des opinions, de la justice ni de la vie intime\u{A0}: la loi l’interdit ici.",
            now: "Dites le besoin numérique, par exemple «\u{A0}foyer sans connexion\u{A0}»."
        ),
        english: .init(
            what: "“{text}” cannot be a motive.",
            why:
                "It is about {topic}. A motive says nothing of health, origin, opinions, the justice system or private life: the law forbids it here.",
            now: "Say the digital need, for instance “household without a connection”."
        )
    )

    static let choiceUnknown = RefusalWords(
        french: .init(
            what:
                "«\u{A0}{text}\u{A0}» n’est pas un choix possible pour «\u{A0}{field}\u{A0}».",
            why: "Les choix sont\u{A0}: {choices}.",
            now: "Choisissez-en un."
        ),
        english: .init(
            what: "“{text}” is not a choice for “{field}”.",
            why: "The choices are: {choices}.",
            now: "Choose one of them."
        )
    )

    static let codeUnreadable = RefusalWords(
        french: .init(
            what: "«\u{A0}{text}\u{A0}» ne peut pas être un code («\u{A0}{field}\u{A0}»).",
            why: "Un code s’écrit en lettres sans accent, chiffres et tirets, sans espace.",
            now: "Corrigez le code, par exemple li-2026-03."
        ),
        english: .init(
            what: "“{text}” cannot be a code (“{field}”).",
            why: "A code is written in plain letters, digits and hyphens, without a space.",
            now: "Correct the code, for instance li-2026-03."
        )
    )

    static let postalCodeUnreadable = RefusalWords(
        french: .init(
            what: "«\u{A0}{text}\u{A0}» n’est pas un code postal.",
            why: "Un code postal a cinq chiffres.",
            now: "Corrigez-le."
        ),
        english: .init(
            what: "“{text}” is not a postal code.",
            why: "A French postal code has five digits.",
            now: "Correct it."
        )
    )

    static let emailUnreadable = RefusalWords(
        french: .init(
            what: "Cette adresse électronique est illisible.",
            why: "Elle s’écrit nom@domaine.fr, sans espace.",
            now: "Corrigez-la, ou laissez vide."
        ),
        english: .init(
            what: "This email address is unreadable.",
            why: "It is written name@domain.fr, without spaces.",
            now: "Correct it, or leave it empty."
        )
    )

    static let birthYearImpossible = RefusalWords(
        french: .init(
            what: "Cette année de naissance n’est pas possible.",
            why: "Elle va de {least} à {most}, en quatre chiffres.",
            now: "Corrigez-la, ou laissez vide."
        ),
        english: .init(
            what: "This year of birth is not possible.",
            why: "It goes from {least} to {most}, in four digits.",
            now: "Correct it, or leave it empty."
        )
    )

    static let dayInFuture = RefusalWords(
        french: .init(
            what: "«\u{A0}{field}\u{A0}»\u{A0}: le {day} n’est pas encore passé.",
            why: "Nous sommes le {today}.",
            now: "Corrigez la date."
        ),
        english: .init(
            what: "“{field}”: {day} has not come yet.",
            why: "Today is {today}.",
            now: "Correct the date."
        )
    )

    static let startsInPast = RefusalWords(
        french: .init(
            what: "Le {day} est déjà passé.",
            why: "Ce qui a été décidé depuis ne change plus.",
            now: "Choisissez aujourd’hui ({today}) ou plus tard."
        ),
        english: .init(
            what: "{day} has passed already.",
            why: "What was decided since no longer changes.",
            now: "Choose today ({today}) or later."
        )
    )

    static let startsTooFar = RefusalWords(
        french: .init(
            what: "Le {day} est dans plus d’un an.",
            why: "Une faute de frappe sur l’année passerait inaperçue, et rien ne changerait.",
            now: "Choisissez un jour jusqu’au {last}."
        ),
        english: .init(
            what: "{day} is more than a year ahead.",
            why: "A slip in the year would go unnoticed, and nothing would change.",
            now: "Choose a day up to {last}."
        )
    )

    static let startsTooSoon = RefusalWords(
        french: .init(
            what: "Le {day} n’est pas un jour à venir.",
            why: "Ce qui est rendu aujourd’hui suit encore la règle d’avant.",
            now: "Choisissez un jour après le {today}."
        ),
        english: .init(
            what: "{day} is not a day to come.",
            why: "What comes back today still follows the rule before.",
            now: "Choose a day after {today}."
        )
    )

    static let endBeforeStart = RefusalWords(
        french: .init(
            what: "Les dates sont à l’envers.",
            why: "La fin ({to}) vient avant le début ({from}).",
            now: "Corrigez l’une des deux."
        ),
        english: .init(
            what: "The dates are the wrong way round.",
            why: "The end ({to}) comes before the start ({from}).",
            now: "Correct one of them."
        )
    )

    static let voucherDatesReversed = RefusalWords(
        french: .init(
            what: "Les dates du bon sont à l’envers.",
            why: "Il serait valable jusqu’au {until}, avant sa signature le {signed}.",
            now: "Relisez les deux dates sur le bon."
        ),
        english: .init(
            what: "The voucher’s dates are the wrong way round.",
            why: "It would hold until {until}, before its signature on {signed}.",
            now: "Read both dates on the voucher again."
        )
    )

    static let voucherTooLong = RefusalWords(
        french: .init(
            what: "Ce bon vaudrait trop longtemps.",
            why: "Un bon signé ici vaut {months} mois au plus\u{A0}: jusqu’au {most}.",
            now: "Choisissez ce jour ou un jour plus proche, ou laissez vide."
        ),
        english: .init(
            what: "This voucher would hold too long.",
            why: "A voucher signed here holds {months} months at most: until {most}.",
            now: "Choose that day or an earlier one, or leave it empty."
        )
    )

    static let searchTooShort = RefusalWords(
        french: .init(
            what: "La recherche est trop courte.",
            why: "Il faut au moins {least} lettres.",
            now: "Tapez-en davantage."
        ),
        english: .init(
            what: "The search is too short.",
            why: "At least {least} letters are needed.",
            now: "Type a few more."
        )
    )
}
