extension AccountingFault {
    /// One sentence: what cannot stand in the accounts.
    public func words(in language: Language) -> String {
        switch self {
        case .accountUnreadable(let text):
            language.choose(
                "Le compte «\u{A0}\(text)\u{A0}» est illisible.",
                "Account “\(text)” is unreadable."
            )
        case .numberUnreadable(let text):
            language.choose(
                "Le numéro d’écriture «\u{A0}\(text)\u{A0}» est illisible.",
                "Entry number “\(text)” is unreadable."
            )
        case .fieldEmpty(let column):
            language.choose("Le champ \(column.name) est vide.", "Field \(column.name) is empty.")
        case .amountZero:
            language.choose("Une ligne n’a pas de montant.", "A line has no amount.")
        case .linesTooFew:
            language.choose("Une écriture n’a pas deux lignes.", "An entry has not two lines.")
        case .unbalanced(let debit, let credit):
            language.choose(
                "Une écriture ne s’équilibre pas\u{A0}: \(Written.cents(debit, in: language)) au débit, \(Written.cents(credit, in: language)) au crédit.",
                "An entry does not balance: debit \(Written.cents(debit, in: language)), credit \(Written.cents(credit, in: language))."
            )
        case .validatedBeforeItsDay:
            language.choose(
                "Une écriture est validée avant son jour.",
                "An entry is validated before its day."
            )
        case .accountMissing(let role, let day):
            language.choose(
                "Aucun compte pour «\u{A0}\(role)\u{A0}» au \(day.printed).",
                "No account for “\(role)” on \(day.printed)."
            )
        }
    }
}

extension FecFault {
    /// "Ligne 12, Debit : …", with what stands there.
    public func words(in language: Language) -> String {
        let place = [
            line.map { language.choose("ligne \($0)", "line \($0)") }, column?.name,
        ].compactMap(\.self).joined(separator: ", ")
        let found =
            value.isEmpty ? "" : language.choose(" («\u{A0}\(value)\u{A0}»)", " (“\(value)”)")
        let words = code.words(in: language) + found
        return place.isEmpty
            ? words : language.choose("\(place)\u{A0}: \(words)", "\(place): \(words)")
    }
}
