/// What refusals say about hardware files, in the order of `Reason`.
extension RefusalWords {
    static let fileMissing = RefusalWords(
        french: .init(
            what: "{file}\u{A0}: fichier introuvable.",
            why: "Il n’existe pas, ou il n’est pas lisible d’ici.",
            now: "Vérifiez le chemin, puis recommencez."
        ),
        english: .init(
            what: "{file}: file not found.",
            why: "It does not exist, or cannot be read from here.",
            now: "Check the path, then try again."
        )
    )

    static let fileEmpty = RefusalWords(
        french: .init(
            what: "{file}\u{A0}: fichier vide.",
            why: "Il ne contient rien.",
            now:
                "Refaites la fiche sur l’appareil, puis importez-la\u{A0}: dans un terminal, «\u{A0}sudo lshw -json > fiche.json\u{A0}»."
        ),
        english: .init(
            what: "{file}: empty file.",
            why: "There is nothing in it.",
            now:
                "Take the inventory again on the device, then import it: in a terminal, “sudo lshw -json > report.json”."
        )
    )

    static let fileTooLarge = RefusalWords(
        french: .init(
            what: "{file}\u{A0}: fichier trop volumineux.",
            why: "{size}\u{A0}Mo\u{202F}; la limite est de {most}\u{A0}Mo.",
            now:
                "Vérifiez que c’est le bon fichier\u{A0}: un inventaire fait moins de 2\u{A0}Mo."
        ),
        english: .init(
            what: "{file}: file too large.",
            why: "{size} MB; the limit is {most} MB.",
            now: "Check that it is the right file: an inventory is under 2 MB."
        )
    )

    static let fileNotText = RefusalWords(
        french: .init(
            what: "{file}\u{A0}: ce n’est pas du texte.",
            why: "C’est une image, une archive, un PDF ou un autre fichier binaire.",
            now:
                "Refaites la fiche sur l’appareil, puis importez-la\u{A0}: dans un terminal, «\u{A0}sudo lshw -json > fiche.json\u{A0}»."
        ),
        english: .init(
            what: "{file}: this is not text.",
            why: "It is a picture, an archive, a PDF or another binary file.",
            now:
                "Take the inventory again on the device, then import it: in a terminal, “sudo lshw -json > report.json”."
        )
    )

    static let fileTruncated = RefusalWords(
        french: .init(
            what: "{file}\u{A0}: fichier coupé.",
            why: "Il s’arrête au milieu, à la ligne {line}\u{A0}: la copie est incomplète.",
            now: "Copiez-le encore, ou refaites l’inventaire."
        ),
        english: .init(
            what: "{file}: file cut short.",
            why: "It stops half-way, at line {line}: the copy is not complete.",
            now: "Copy it again, or take the inventory again."
        )
    )

    static let fileUnreadable = RefusalWords(
        french: .init(
            what: "{file}\u{A0}: fichier illisible.",
            why:
                "Il est abîmé, ou ce n’est pas une fiche d’inventaire\u{A0}: la lecture s’arrête à la ligne {line}, caractère {column}.",
            now:
                "Refaites la fiche sur l’appareil, puis importez-la\u{A0}: dans un terminal, «\u{A0}sudo lshw -json > fiche.json\u{A0}»."
        ),
        english: .init(
            what: "{file}: unreadable file.",
            why:
                "It is damaged, or is no inventory file: reading stops at line {line}, character {column}.",
            now:
                "Take the inventory again on the device, then import it: in a terminal, “sudo lshw -json > report.json”."
        )
    )

    static let fileTooDeep = RefusalWords(
        french: .init(
            what: "{file}\u{A0}: structure trop profonde.",
            why: "{most} niveaux au plus\u{202F}; un inventaire en a moins de vingt.",
            now:
                "Vérifiez que c’est le bon fichier\u{A0}: un inventaire fait moins de 2\u{A0}Mo."
        ),
        english: .init(
            what: "{file}: nested too deep.",
            why: "{most} levels at most; an inventory has fewer than twenty.",
            now: "Check that it is the right file: an inventory is under 2 MB."
        )
    )

    static let fileTooManyValues = RefusalWords(
        french: .init(
            what: "{file}\u{A0}: trop de valeurs.",
            why: "{most} au plus\u{202F}; un inventaire en a dix fois moins.",
            now:
                "Vérifiez que c’est le bon fichier\u{A0}: un inventaire fait moins de 2\u{A0}Mo."
        ),
        english: .init(
            what: "{file}: too many values.",
            why: "{most} at most; an inventory has ten times fewer.",
            now: "Check that it is the right file: an inventory is under 2 MB."
        )
    )

    static let fileOtherFormat = RefusalWords(
        french: .init(
            what: "{file}\u{A0}: ce format n’est pas lu.",
            why:
                "Il vient d’un outil d’inventaire que le stock ne lit pas\u{A0}: {format}.",
            now:
                "Refaites la fiche sur l’appareil, puis importez-la\u{A0}: dans un terminal, «\u{A0}sudo lshw -json > fiche.json\u{A0}»."
        ),
        english: .init(
            what: "{file}: this format is not read.",
            why:
                "It comes from an inventory tool that the stock does not read: {format}.",
            now:
                "Take the inventory again on the device, then import it: in a terminal, “sudo lshw -json > report.json”."
        )
    )

    static let fileUnknownFormat = RefusalWords(
        french: .init(
            what: "{file}\u{A0}: format inconnu.",
            why: "Ce n’est aucune des fiches d’inventaire que le stock sait lire.",
            now:
                "Refaites la fiche sur l’appareil, puis importez-la\u{A0}: dans un terminal, «\u{A0}sudo lshw -json > fiche.json\u{A0}»."
        ),
        english: .init(
            what: "{file}: unknown format.",
            why: "It is none of the inventory files that the stock can read.",
            now:
                "Take the inventory again on the device, then import it: in a terminal, “sudo lshw -json > report.json”."
        )
    )

    static let fileNotAComputer = RefusalWords(
        french: .init(
            what: "{file}\u{A0}: ce n’est pas un ordinateur.",
            why: "D’après la fiche, c’est autre chose\u{A0}: «\u{A0}{value}\u{A0}».",
            now: "Saisissez l’appareil à la main depuis la page du stock."
        ),
        english: .init(
            what: "{file}: this is not a computer.",
            why: "According to the file it is something else: “{value}”.",
            now: "Enter the device by hand from the stock page."
        )
    )

    static let filePartOfAComputer = RefusalWords(
        french: .init(
            what: "{file}\u{A0}: une partie d’ordinateur seulement.",
            why: "La fiche ne décrit qu’une pièce, ou il y manque l’essentiel de l’appareil.",
            now:
                "Refaites la fiche sur l’appareil, puis importez-la\u{A0}: dans un terminal, «\u{A0}sudo lshw -json > fiche.json\u{A0}»."
        ),
        english: .init(
            what: "{file}: only a part of a computer.",
            why:
                "The file describes one component alone, or most of the device is missing from it.",
            now:
                "Take the inventory again on the device, then import it: in a terminal, “sudo lshw -json > report.json”."
        )
    )

    static let fileSeveralComputers = RefusalWords(
        french: .init(
            what: "{file}\u{A0}: plusieurs ordinateurs.",
            why: "Il en décrit {count}\u{202F}; un fichier en décrit un.",
            now: "Importez un fichier par appareil."
        ),
        english: .init(
            what: "{file}: several computers.",
            why: "It describes {count}; a file describes one.",
            now: "Import one file for each device."
        )
    )

    static let fileVirtualMachine = RefusalWords(
        french: .init(
            what: "{file}\u{A0}: c’est une machine virtuelle.",
            why: "Elle n’existe que dans un autre ordinateur\u{A0}: elle ne se vend pas.",
            now: "Laissez-la de côté\u{202F}; si la fiche se trompe, cochez sa ligne."
        ),
        english: .init(
            what: "{file}: this is a virtual machine.",
            why: "It exists only inside another computer: it cannot be sold.",
            now: "Leave it aside; where the file is wrong, tick its row."
        )
    )

    static let fileValueOutOfRange = RefusalWords(
        french: .init(
            what: "{file}\u{A0}: un nom trop long.",
            why:
                "Il commence par «\u{A0}{value}…\u{A0}» et compte {length} caractères\u{202F}; {most} au plus.",
            now:
                "Saisissez l’appareil à la main, ou faites corriger «\u{A0}{field}\u{A0}» dans le fichier."
        ),
        english: .init(
            what: "{file}: a name too long.",
            why: "It begins with “{value}…” and has {length} characters; {most} at most.",
            now: "Enter the device by hand, or have “{field}” corrected in the file."
        )
    )

    static let fileExpands = RefusalWords(
        french: .init(
            what: "{file}\u{A0}: fichier refusé sans être lu.",
            why:
                "Il demande à qui le lit de répéter ou d’aller chercher du texte (DOCTYPE en XML, ancres en YAML)\u{A0}: aucun outil d’inventaire n’en écrit.",
            now:
                "Refaites la fiche sur l’appareil, puis importez-la\u{A0}: dans un terminal, «\u{A0}sudo lshw -json > fiche.json\u{A0}»."
        ),
        english: .init(
            what: "{file}: file refused unread.",
            why:
                "It asks whoever reads it to repeat or to fetch text (a DOCTYPE in XML, anchors in YAML): no inventory tool writes any.",
            now:
                "Take the inventory again on the device, then import it: in a terminal, “sudo lshw -json > report.json”."
        )
    )

    static let fileErasesNothing = RefusalWords(
        french: .init(
            what: "{file}\u{A0}: ce journal n’efface aucun disque de l’espace.",
            why: "{why}",
            now:
                "Entrez d’abord l’appareil, ou refaites l’effacement et déposez le nouveau journal."
        ),
        english: .init(
            what: "{file}: this log erases no disk of the shop.",
            why: "{why}",
            now: "Take the device in first, or erase again and drop the new log."
        )
    )

    static let fileHealthOfNothing = RefusalWords(
        french: .init(
            what: "{file}\u{A0}: ce bilan de santé n’est celui d’aucun disque de l’espace.",
            why: "{why}",
            now:
                "Entrez d’abord l’appareil qui contient ce disque, puis redéposez ce bilan de santé."
        ),
        english: .init(
            what: "{file}: this health report is of no disk of the shop.",
            why: "{why}",
            now: "Take the device in that holds this disk first, then drop the health report again."
        )
    )

    static let fileOtherDisks = RefusalWords(
        french: .init(
            what: "{file}\u{A0}: ce ne sont pas les disques enregistrés.",
            why: "{why}",
            now:
                "Retirez l’appareil du rayon, ou nommez le lot avec lequel il est revenu, puis recommencez."
        ),
        english: .init(
            what: "{file}: these are not the disks on record.",
            why: "{why}",
            now:
                "Take the device off the shelf, or name the lot with which it came back, then try again."
        )
    )

    static let fileDiskHealth = RefusalWords(
        french: .init(
            what: "{file}\u{A0}: c’est le bilan de santé d’un disque.",
            why: "Il vient de smartctl et parle d’un disque seul, pas d’un ordinateur.",
            now:
                "Faites entrer l’appareil d’abord, par sa fiche «\u{A0}sudo lshw -json > fiche.json\u{A0}»\u{202F}; puis déposez ce bilan de nouveau."
        ),
        english: .init(
            what: "{file}: this is a disk’s health report.",
            why: "It comes from smartctl and tells of one disk, not of a computer.",
            now:
                "Take the device in first, by its inventory “sudo lshw -json > report.json”; then drop this report again."
        )
    )

    static let fileSpreadsheet = RefusalWords(
        french: .init(
            what: "{file}\u{A0}: c’est un classeur.",
            why: "Aucune de ses feuilles n’a les colonnes BOLC, ou il ne se lit pas en entier.",
            now:
                "Enregistrez-le au format XLSX avec ces colonnes, ou importez la fiche de chaque appareil."
        ),
        english: .init(
            what: "{file}: this is a spreadsheet.",
            why: "None of its sheets has the BOLC columns, or it cannot be read whole.",
            now: "Save it as XLSX with these columns, or import each device’s own file."
        )
    )

    static let cellUnreadable = RefusalWords(
        french: .init(
            what: "«\u{A0}{text}\u{A0}» ne se lit pas dans la colonne «\u{A0}{column}\u{A0}».",
            why: "On y attend\u{A0}: {expected}.",
            now: "Corrigez la case dans la feuille, puis importez-la encore."
        ),
        english: .init(
            what: "“{text}” cannot be read in the column “{column}”.",
            why: "What is expected there: {expected}.",
            now: "Correct the cell in the sheet, then import it again."
        )
    )

    static let rowRepeated = RefusalWords(
        french: .init(
            what: "Cet appareil est déjà dans la feuille.",
            why: "La ligne {line} a le même identifiant ou le même numéro de série.",
            now: "Gardez l’une des deux lignes, puis importez la feuille encore."
        ),
        english: .init(
            what: "This device is in the sheet already.",
            why: "Row {line} has the same identifier or the same serial number.",
            now: "Keep one of the two rows, then import the sheet again."
        )
    )
}
