/// What refusals say about grades and what they are made of, in the order of `Reason`.
extension RefusalWords {
    static let deviceNotGraded = RefusalWords(
        french: .init(
            what: "L’appareil {label} n’est pas classé.",
            why:
                "Sa catégorie vient d’un barème, depuis qu’il est ici et avec les disques qui y sont.",
            now: "Classez-le, puis mettez-le en rayon avec cette catégorie."
        ),
        english: .init(
            what: "Device {label} is not graded.",
            why:
                "Its grade comes from the rules, since it is here and with the disks that are in it.",
            now: "Grade it, then shelve it with that grade."
        )
    )

    static let deviceUnsellable = RefusalWords(
        french: .init(
            what: "L’appareil {label} est invendable.",
            why: "Le barème l’a jugé ainsi, et personne n’en a décidé autrement.",
            now: "Envoyez-le au recyclage, ou donnez-lui une autre catégorie avec un motif."
        ),
        english: .init(
            what: "Device {label} is not to be sold.",
            why: "The rules say so, and nobody has decided otherwise.",
            now: "Send it to recycling, or give it another grade with a motive."
        )
    )

    static let gradeDiffers = RefusalWords(
        french: .init(
            what: "{label}\u{A0}: la catégorie donnée n’est pas {grade}.",
            why: "Le barème donne {grade}. Une autre se donne avec un motif, qui reste écrit.",
            now: "Écrivez pourquoi, ou gardez {grade}."
        ),
        english: .init(
            what: "{label}: the grade given is not {grade}.",
            why: "The rules give {grade}. Another one is given with a motive, which stays written.",
            now: "Write why, or keep {grade}."
        )
    )

    static let gradingRulesUnknown = RefusalWords(
        french: .init(
            what: "Aucun barème de ce nom ne classe {label}.",
            why: "En vigueur aujourd’hui pour ce type d’appareil\u{A0}: {choices}.",
            now: "Choisissez-en un. S’il n’y en a pas, la catégorie se donne en rayon."
        ),
        english: .init(
            what: "No rules of this name grade {label}.",
            why: "In force today for this kind of device: {choices}.",
            now: "Choose one. Where there is none, the grade is given on the shelf."
        )
    )

    static let processorMarkUnknown = RefusalWords(
        french: .init(
            what: "L’indice du processeur de {label} n’est pas connu.",
            why:
                "Le barème compte des points pour lui, et la table n’a pas «\u{A0}{processor}\u{A0}».",
            now: "Cherchez son indice PassMark et saisissez-le."
        ),
        english: .init(
            what: "The mark of the processor of {label} is not known.",
            why: "The rules count points for it, and the table does not have “{processor}”.",
            now: "Look its PassMark mark up and type it."
        )
    )

    static let memoryUnknown = RefusalWords(
        french: .init(
            what: "La mémoire de {label} n’est pas connue.",
            why: "Aucun fichier ne l’a lue, et le barème compte des points pour elle.",
            now: "Saisissez-la en gigaoctets."
        ),
        english: .init(
            what: "The memory of {label} is not known.",
            why: "No file has read it, and the rules count points for it.",
            now: "Type it in gigabytes."
        )
    )

    static let storageUnread = RefusalWords(
        french: .init(
            what: "Un disque de {label} n’a pas été lu.",
            why:
                "Le barème compte des points selon son type et sa taille, que personne ne connaît.",
            now: "Relevez l’appareil avec un autre outil, ou choisissez la catégorie avec un motif."
        ),
        english: .init(
            what: "A disk of {label} was not read.",
            why: "The rules count points by its kind and size, which nobody knows.",
            now: "Read the machine with another tool, or choose the grade with a motive."
        )
    )

    static let memoryNotWhole = RefusalWords(
        french: .init(
            what: "La mémoire n’est pas un nombre entier de gigaoctets.",
            why: "Le barème «\u{A0}{rules}\u{A0}» le demande, et {found} Mio n’en font pas un.",
            now: "Regardez les barrettes et saisissez leur total en gigaoctets."
        ),
        english: .init(
            what: "The memory is no whole number of gigabytes.",
            why: "The rules “{rules}” want one, and {found} MiB are none.",
            now: "Look at the modules and type their sum in gigabytes."
        )
    )

    static let gradingRulesUneven = RefusalWords(
        french: .init(
            what: "Ce barème laisse un cas de côté, ou en dit un deux fois.",
            why:
                "Ce qui ne va pas\u{A0}: {part}. Les seuils montent, chacun une fois, et le dernier reste ouvert.",
            now: "Corrigez cette partie, puis recommencez."
        ),
        english: .init(
            what: "These rules leave a case out, or say one twice.",
            why: "What is wrong: {part}. Thresholds rise, each once, and the last one is open.",
            now: "Correct this part, then try again."
        )
    )

    static let marksFileUnreadable = RefusalWords(
        french: .init(
            what: "Ce fichier ne donne pas d’indices.",
            why:
                "Il faut un tableau CSV avec les colonnes «\u{A0}processeur\u{A0}» et «\u{A0}indice\u{A0}».",
            now:
                "Enregistrez le tableur au format CSV, vérifiez la première ligne, puis recommencez."
        ),
        english: .init(
            what: "This file gives no marks.",
            why: "A CSV table is wanted with the columns “processor” and “mark”.",
            now: "Save the spreadsheet as CSV, check its first line, then try again."
        )
    )

    static let markRepeated = RefusalWords(
        french: .init(
            what: "Ce processeur est déjà dans le fichier, à la même date.",
            why: "La ligne {line} donne son indice.",
            now: "Gardez une des deux lignes."
        ),
        english: .init(
            what: "This processor is in the file already, of the same day.",
            why: "Line {line} gives its mark.",
            now: "Keep one of the two lines."
        )
    )
}
