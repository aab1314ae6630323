extension Day {
    /// As a sheet for people says it: `1er mars 2026`, `1 March 2026`.
    public func spelled(in language: Language) -> String {
        let (year, month, day) = parts
        let months = language == .french ? Self.frenchMonths : Self.englishMonths
        let number = day == 1 ? language.choose("1er", "1") : String(day)
        return "\(number)\u{A0}\(months[month - 1])\u{A0}\(year)"
    }

    private static let frenchMonths = [
        "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre",
        "octobre", "novembre", "décembre",
    ]
    private static let englishMonths = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September",
        "October", "November", "December",
    ]
}
