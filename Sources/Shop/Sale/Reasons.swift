/// Why something comes back. A list, because the reason is sealed in the journal, which holds no word about a person.
public enum RefundReason: String, CaseIterable, Sendable, Codable {
    case changedMind = "changed_mind"
    case defective
    case wrongItem = "wrong_item"
    case sellerSlip = "seller_slip"
    case other

    /// Whether counted goods go back among what may be sold: what does not work does not.
    public var returnsToShelf: Bool {
        switch self {
        case .defective: false
        case .changedMind, .wrongItem, .sellerSlip, .other: true
        }
    }

    public func name(in language: Language) -> String {
        switch self {
        case .changedMind: language.choose("La personne a changé d’avis", "Changed their mind")
        case .defective: language.choose("Ne fonctionne pas", "Does not work")
        case .wrongItem: language.choose("Mauvais article", "Wrong item")
        case .sellerSlip: language.choose("Erreur de caisse", "Slip at the till")
        case .other: language.choose("Autre", "Other")
        }
    }
}

/// An answer that is asked for by name.
public enum YesOrNo: String, CaseIterable, Sendable, Codable {
    case yes, no
}

/// Why the count of a drawer differs from what was expected.
public enum DifferenceReason: String, CaseIterable, Sendable, Codable {
    case changeSlip = "change_slip"
    case countedTwice = "counted_twice"
    case paidOut = "paid_out"
    case unexplained

    public func name(in language: Language) -> String {
        switch self {
        case .changeSlip: language.choose("Erreur de rendu de monnaie", "Wrong change given")
        case .countedTwice:
            language.choose("Recompté deux fois, l’écart reste", "Counted twice, still different")
        case .paidOut: language.choose("Dépense payée en espèces", "Expense paid in cash")
        case .unexplained: language.choose("Inexpliqué", "Unexplained")
        }
    }
}
