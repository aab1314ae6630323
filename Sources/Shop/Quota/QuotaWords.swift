extension QuotaRule {
    /// The rule as it is said at the till: "1 ordinateur par foyer en 24 mois".
    public func words(in language: Language) -> String {
        let window =
            switch span {
            case .calendarMonth: language.choose("par mois", "a month")
            case .slidingMonths(let months):
                language.choose("en \(months) mois", "in \(months) months")
            case .programme(let period):
                language.choose(
                    "pendant «\u{A0}\(period.name)\u{A0}»",
                    "during “\(period.name)”"
                )
            }
        return isLimit
            ? limit(in: language) + " \(per(in: language)) \(window)"
            : language.choose("sans limite", "no limit")
    }
}
