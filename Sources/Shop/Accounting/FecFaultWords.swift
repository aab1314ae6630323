extension FecFault.Code {
    /// One sentence, or two: what is wrong, and what the rule is.
    public func words(in language: Language) -> String {
        switch self {
        case .fileNameWrong:
            language.choose(
                "Le nom du fichier n’est pas celui de la loi\u{A0}: SIREN, FEC, date de clôture (AAAAMMJJ), .txt.",
                "The file is not named as the law has it: SIREN, FEC, closing day (YYYYMMDD), .txt."
            )
        case .fileEmpty:
            language.choose(
                "Le fichier ne contient aucune ligne d’écriture.",
                "The file holds no line of an entry."
            )
        case .headerWrong:
            language.choose(
                "La première ligne ne nomme pas les 18 champs dans l’ordre, séparés par une tabulation ou «\u{A0}|\u{A0}». Le reste n’a pas été contrôlé.",
                "The first line does not name the 18 fields in order, with a tab or “|” between them. The rest was not checked."
            )
        case .columnMisspelt:
            language.choose(
                "Ce champ porte un autre nom dans la première ligne.",
                "The first line calls this field by another name."
            )
        case .lineEmpty:
            language.choose("La ligne est vide.", "The line is empty.")
        case .fieldCountWrong:
            language.choose(
                "La ligne n’a pas autant de champs que la première ligne. Elle n’a pas été lue.",
                "The line has not as many fields as the first line. It was not read."
            )
        case .fieldEmpty:
            language.choose(
                "Un champ obligatoire est vide.",
                "A mandatory field is empty."
            )
        case .accountUnreadable:
            language.choose(
                "Un numéro de compte commence par trois chiffres.",
                "An account number begins with three digits."
            )
        case .amountWithThousands:
            language.choose(
                "Un montant s’écrit sans séparateur de milliers\u{A0}: 1234,50.",
                "An amount is written without anything between thousands: 1234,50."
            )
        case .amountWithPoint:
            language.choose(
                "Les décimales suivent une virgule, pas un point\u{A0}: 1234,50.",
                "Decimals follow a comma, not a point: 1234,50."
            )
        case .amountNotNumeric:
            language.choose("Ce n’est pas un montant.", "This is not an amount.")
        case .amountTooLarge:
            language.choose(
                "Ce montant, ou le total avec lui, dépasse ce qui peut être compté.",
                "This amount, or the total with it, is more than can be counted."
            )
        case .amountBelowCent:
            language.choose(
                "Un montant en euros n’a que deux décimales.",
                "An amount in euros has two decimals only."
            )
        case .amountNegative:
            language.choose(
                "Un montant n’est jamais négatif\u{A0}: ce qui s’annule passe de l’autre côté.",
                "An amount is never negative: what is cancelled goes to the other side."
            )
        case .debitAndCredit:
            language.choose(
                "La ligne porte un débit et un crédit\u{A0}: il n’en faut qu’un.",
                "The line has a debit and a credit: there must be one of them."
            )
        case .neitherDebitNorCredit:
            language.choose(
                "La ligne n’a ni débit ni crédit.",
                "The line has neither a debit nor a credit."
            )
        case .dateUnreadable:
            language.choose(
                "Une date s’écrit en huit chiffres, AAAAMMJJ.",
                "A date is written as eight digits, YYYYMMDD."
            )
        case .dateNotInCalendar:
            language.choose(
                "Cette date n’existe pas dans le calendrier.",
                "There is no such day in the calendar."
            )
        case .dateOutsidePeriod:
            language.choose(
                "L’écriture est datée hors de la période.",
                "The entry’s day is outside the period."
            )
        case .validatedBeforeEntry:
            language.choose(
                "L’écriture est validée avant sa propre date.",
                "The entry was validated before its own day."
            )
        case .numberUnreadable:
            language.choose(
                "Le numéro d’écriture ne se termine pas par un chiffre\u{A0}: sa suite ne peut pas être contrôlée.",
                "The entry number does not end with a digit: its sequence cannot be checked."
            )
        case .numbersMissing:
            language.choose(
                "Il manque un ou plusieurs numéros d’écriture juste avant celui-ci.",
                "One or several entry numbers are missing just before this one."
            )
        case .numberOutOfOrder:
            language.choose(
                "Ce numéro d’écriture vient après un numéro égal ou plus grand du même journal.",
                "This entry number comes after an equal or greater one of the same journal."
            )
        case .entryUnbalanced:
            language.choose(
                "Les débits et les crédits de cette écriture ne sont pas égaux.",
                "The debits and credits of this entry are not equal."
            )
        case .totalsDiffer:
            language.choose(
                "Le total des débits et celui des crédits diffèrent.",
                "The total of debits and that of credits differ."
            )
        }
    }
}
