extension QuotaRule {
    /// The rule as it is said at the till: "1 ordinateur par foyer en 24 mois".
    public func words(in language: Language) -> String {
        let holder =
            switch self.holder {
            case .person: language.choose("par personne", "per person")
            case .household: language.choose("par foyer", "per household")
            case .voucher: language.choose("par bon", "per voucher")
            }
        let window =
            switch span {
            case .calendarMonth: language.choose("par mois", "a month")
            case .slidingMonths(let months):
                language.choose("en \(months) mois", "in \(months) months")
            }
        return unitsMax == nil && centsMax == nil
            ? language.choose("sans limite", "no limit")
            : limit(in: language) + " \(holder) \(window)"
    }
}
