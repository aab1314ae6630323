extension QuotaRule {
    /// The rule in one sentence, as a manager reads it: « Connexion : 30,00 € par personne et par mois civil. »
    public func sentence(in language: Language) -> String {
        let what = what(in: language)
        let subject = what.prefix(1).uppercased() + what.dropFirst()
        let parts = [limit(in: language), window(in: language), counted(in: language)]
        let colon = language.choose("\u{A0}: ", ": ")
        return subject + colon + parts.filter { !$0.isEmpty }.joined(separator: " ") + "."
    }

    /// What it counts: the kinds of machine that it names, else its category.
    func what(in language: Language) -> String {
        guard var kinds = machines else { return category.name(in: language) }
        var names: [String] = []
        if kinds.isSuperset(of: DeviceKind.computers) {
            names.append(language.choose("ordinateur", "computer"))
            kinds.subtract(DeviceKind.computers)
        }
        names += DeviceKind.allCases.filter(kinds.contains)
            .map { $0.name(in: language).lowercased() }
        return names.joined(separator: language.choose(" ou ", " or "))
    }

    private func limit(in language: Language) -> String {
        var limits: [String] = []
        if let unitsMax {
            limits.append(
                unitsMax < 2
                    ? language.choose("\(unitsMax) unité", "\(unitsMax) unit")
                    : language.choose("\(unitsMax) unités", "\(unitsMax) units")
            )
        }
        if let centsMax { limits.append(Written.cents(centsMax, in: language)) }
        if limits.isEmpty { return language.choose("sans limite", "no limit") }
        return limits.joined(separator: language.choose(" et ", " and "))
    }

    private func window(in language: Language) -> String {
        let per =
            switch holder {
            case .person: language.choose("par personne", "per person")
            case .household: language.choose("par foyer", "per household")
            case .voucher: language.choose("par bon", "per voucher")
            }
        switch span {
        case .calendarMonth:
            return per + language.choose(" et par mois civil", " and calendar month")
        case .slidingMonths(let months):
            return per
                + language.choose(
                    " sur \(months) mois glissants",
                    " over any \(months) months"
                )
        }
    }

    /// What it leaves out; nothing when it counts everything.
    private func counted(in language: Language) -> String {
        var only: [String] = []
        if origins == [.voucher] { only.append(language.choose("bons seuls", "vouchers only")) }
        if origins == [.completion] {
            only.append(language.choose("parcours achevés seuls", "finished courses only"))
        }
        if kinds == [.sale] { only.append(language.choose("ventes seules", "sales only")) }
        if kinds == [.gift] {
            only.append(language.choose("attributions gratuites seules", "gifts only"))
        }
        if shop != nil { only.append(language.choose("un seul espace", "one shop only")) }
        return only.isEmpty ? "" : "(" + only.joined(separator: ", ") + ")"
    }
}

extension QuotaRule.Span {
    /// Nil for the calendar month.
    public var months: Int? {
        switch self {
        case .calendarMonth: nil
        case .slidingMonths(let months): months
        }
    }
}
