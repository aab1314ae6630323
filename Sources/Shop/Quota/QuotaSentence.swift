extension QuotaRule {
    /// The rule in one sentence, as a manager reads it: « 1 ordinateur par foyer sur 24 mois glissants. »
    public func sentence(in language: Language) -> String {
        let parts = [limit(in: language), window(in: language), counted(in: language)]
        return parts.filter { !$0.isEmpty }.joined(separator: " ") + "."
    }

    /// What it allows: « 2 tablettes ou écrans », « 30,00 € de connexion ».
    func limit(in language: Language) -> String {
        var limits: [String] = []
        if let unitsMax { limits.append("\(unitsMax) " + what(unitsMax, in: language)) }
        if let centsMax {
            let isWhole = machines == nil && product == nil
            let worth = isWhole ? category.name(in: language) : what(2, in: language)
            let isVowel = worth.first.map { "aeéiouy".contains($0) } ?? false
            let of = language.choose(isVowel ? " d’" : " de ", " of ")
            limits.append(Written.cents(centsMax, in: language) + of + worth)
        }
        if limits.isEmpty {
            let what = what(1, in: language)
            return what.prefix(1).uppercased() + what.dropFirst()
                + language.choose("\u{A0}: sans limite", ": no limit")
        }
        return limits.joined(separator: language.choose(" et ", " and "))
    }

    /// What it counts, so many of them: the product or the kinds of machine that it names, else its category.
    private func what(_ count: Int, in language: Language) -> String {
        if let product {
            return language.choose("«\u{A0}\(product.french)\u{A0}»", "“\(product.english)”")
        }
        guard var kinds = machines else { return category.counted(count, in: language) }
        var names: [String] = []
        if kinds.isSuperset(of: DeviceKind.computers) {
            names.append(
                language.isOne(count)
                    ? language.choose("ordinateur", "computer")
                    : language.choose("ordinateurs", "computers")
            )
            kinds.subtract(DeviceKind.computers)
        }
        names += DeviceKind.allCases.filter(kinds.contains).map {
            $0.counted(count, in: language)
        }
        return names.joined(separator: language.choose(" ou ", " or "))
    }

    private func window(in language: Language) -> String {
        switch span {
        case .calendarMonth:
            return per(in: language) + language.choose(" et par mois civil", " and calendar month")
        case .slidingMonths(let months):
            return per(in: language)
                + language.choose(
                    " sur \(months) mois glissants",
                    " over any \(months) months"
                )
        case .programme(let period):
            let (from, to) = (period.startsOn.printed, period.endsOn.printed)
            return per(in: language)
                + language.choose(
                    " pendant le programme «\u{A0}\(period.name)\u{A0}», du \(from) au \(to)",
                    " during the programme “\(period.name)”, from \(from) to \(to)"
                )
        }
    }

    /// Whose uses are counted together.
    func per(in language: Language) -> String {
        switch holder {
        case .person: language.choose("par personne", "per person")
        case .household: language.choose("par foyer", "per household")
        case .voucher: language.choose("par bon", "per voucher")
        case .structure: language.choose("par structure partenaire", "per partner structure")
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
    /// Nil for the calendar month and for a programme.
    public var months: Int? {
        if case .slidingMonths(let months) = self { months } else { nil }
    }

    /// Nil for a window of months.
    public var programme: String? {
        if case .programme(let period) = self { period.code } else { nil }
    }
}
