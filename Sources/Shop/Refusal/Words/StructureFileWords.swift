/// What refusals say about files of structures and their lines, in the order of `Reason`.
extension RefusalWords {
    static let structureFileUnreadable = RefusalWords(
        french: .init(
            what: "Ce fichier ne décrit pas des structures.",
            why:
                "Il faut un tableau CSV avec les colonnes «\u{A0}nom\u{A0}» et «\u{A0}type\u{A0}», ou celles du schéma national des lieux de médiation numérique.",
            now:
                "Enregistrez le tableur au format CSV, vérifiez la première ligne, puis recommencez."
        ),
        english: .init(
            what: "This file does not describe structures.",
            why:
                "A CSV table is wanted with the columns “name” and “kind”, or those of the national schema of digital-mediation places.",
            now: "Save the spreadsheet as CSV, check its first line, then try again."
        )
    )

    static let lineUnreadable = RefusalWords(
        french: .init(
            what: "Cette ligne est illisible.",
            why: "Un guillemet s’ouvre et ne se ferme pas où il faut.",
            now: "Corrigez les guillemets de cette ligne."
        ),
        english: .init(
            what: "This line cannot be read.",
            why: "A quotation mark opens and does not close where it should.",
            now: "Correct the quotation marks of this line."
        )
    )

    static let lineTooLong = RefusalWords(
        french: .init(
            what: "Cette ligne a trop de champs.",
            why: "Elle en a {found}, et la première ligne nomme {expected} colonnes.",
            now: "Mettez entre guillemets le champ qui contient le séparateur."
        ),
        english: .init(
            what: "This line has too many fields.",
            why: "It has {found}, and the first line names {expected} columns.",
            now: "Put the field that holds the delimiter between quotation marks."
        )
    )

    static let lineRepeated = RefusalWords(
        french: .init(
            what: "Cette structure est déjà dans le fichier.",
            why: "La ligne {line} la décrit.",
            now: "Gardez une des deux lignes."
        ),
        english: .init(
            what: "This structure is in the file already.",
            why: "Line {line} describes it.",
            now: "Keep one of the two lines."
        )
    )
}
