/// What refusals say about archives and exports of the journal, in the order of `Reason`.
extension RefusalWords {
    static let periodReversed = RefusalWords(
        french: .init(
            what: "Cette période finit avant de commencer.",
            why: "Du {from} au {to}.",
            now: "Échangez les deux jours."
        ),
        english: .init(
            what: "This period ends before it begins.",
            why: "From {from} to {to}.",
            now: "Exchange the two days."
        )
    )

    static let archiveTooLong = RefusalWords(
        french: .init(
            what: "Une archive couvre un an au plus.",
            why: "Demandé\u{A0}: du {from} au {to}.",
            now: "Faites-en une par année."
        ),
        english: .init(
            what: "An archive covers a year at most.",
            why: "Asked for: from {from} to {to}.",
            now: "Make one for each year."
        )
    )

    static let archiveTooSoon = RefusalWords(
        french: .init(
            what: "Une archive ne contient que des jours passés.",
            why: "Le {on} n’est pas fini.",
            now: "Choisissez un jour d’avant\u{202F}; un export peut aller jusqu’à aujourd’hui."
        ),
        english: .init(
            what: "An archive holds past days alone.",
            why: "{on} is not over.",
            now: "Choose a day before; an export may go up to today."
        )
    )

    static let archiveNeedsClosing = RefusalWords(
        french: .init(
            what: "La journée du {on} n’est pas clôturée à la caisse {till}.",
            why: "Une archive ne contient que des journées closes.",
            now: "Clôturez-la à cette caisse, puis recommencez."
        ),
        english: .init(
            what: "The day of {on} is not closed at till {till}.",
            why: "An archive holds closed days alone.",
            now: "Close it at that till, then begin again."
        )
    )

    static let folderThere = RefusalWords(
        french: .init(
            what: "Cet endroit existe déjà\u{A0}: {text}.",
            why: "Rien n’est jamais écrit par-dessus ce qui est là.",
            now: "Donnez un autre nom."
        ),
        english: .init(
            what: "This place is there already: {text}.",
            why: "Nothing is ever written over what is there.",
            now: "Give another name."
        )
    )

    static let archiveUnreadable = RefusalWords(
        french: .init(
            what: "L’écriture {text} est illisible.",
            why: "Aucune version du logiciel n’a écrit ainsi.",
            now: "Lancez «\u{A0}comptoir verify journal\u{A0}» et appelez qui tient l’installation."
        ),
        english: .init(
            what: "The entry {text} is unreadable.",
            why: "No version of the software wrote like this.",
            now: "Run “comptoir verify journal” and call whoever keeps the installation."
        )
    )

    static let fecFaulty = RefusalWords(
        french: .init(
            what: "Le fichier des écritures comptables n’est pas conforme.",
            why: "{text}",
            now:
                "Corrigez les comptes ou les pièces nommés, puis recommencez\u{A0}: rien n’a été écrit."
        ),
        english: .init(
            what: "The file of accounting entries does not conform.",
            why: "{text}",
            now: "Put the named accounts or pieces right, then begin again: nothing was written."
        )
    )

    static let accountUnreadable = RefusalWords(
        french: .init(
            what: "Numéro de compte illisible\u{A0}: {text}.",
            why: "Un compte commence par trois chiffres, et n’a que des chiffres et des lettres.",
            now: "Corrigez, par exemple 530000."
        ),
        english: .init(
            what: "Unreadable account: {text}.",
            why: "An account begins with three digits, and has digits and letters alone.",
            now: "Put it right, for instance 530000."
        )
    )

    static let journalBehind = RefusalWords(
        french: .init(
            what: "Le journal de la caisse {till} s’arrête avant ce qui a été vendu.",
            why:
                "L’écriture {position}, gardée hors de la base, n’y est pas\u{A0}: une sauvegarde plus ancienne a été remise, ou des écritures ont disparu.",
            now:
                "Remettez la dernière sauvegarde. Si elle est perdue\u{A0}: «\u{A0}comptoir journal resume --reason …\u{A0}» le consigne, et la caisse repart."
        ),
        english: .init(
            what: "The journal of till {till} ends before what was sold.",
            why:
                "Entry {position}, kept outside the database, is not there: an older backup was put back, or entries are gone.",
            now:
                "Put the last backup back. If it is lost, “comptoir journal resume --reason …” writes it down, and the till goes on."
        )
    )

    static let journalWhole = RefusalWords(
        french: .init(
            what: "Rien ne manque au journal.",
            why: "Chaque caisse a tout ce qui a été consigné hors de la base.",
            now: "Rien à faire\u{A0}: la caisse peut vendre."
        ),
        english: .init(
            what: "Nothing is missing from the journal.",
            why: "Each till has all that was told outside the database.",
            now: "Nothing to do: the till can sell."
        )
    )

    static let printerUnreachable = RefusalWords(
        french: .init(
            what: "L’imprimante {text} ne répond pas.",
            why: "Elle est éteinte, sans papier, ou à une autre adresse. La vente est enregistrée.",
            now: "Vérifiez-la, puis imprimez de nouveau\u{A0}: le ticket attend."
        ),
        english: .init(
            what: "Printer {text} does not answer.",
            why: "It is off, has no paper, or is at another address. The sale is recorded.",
            now: "Look at it, then print again: the ticket waits."
        )
    )
}
