import Shop

/// People who do not exist: given and family names of many origins, put together at random. Their telephone numbers are
/// those that ARCEP keeps for fiction (06 39 98 xx xx).
struct Invented: Sendable {
    let given: String
    let family: String
    let birthYear: Int
    let quarter: String

    init(_ given: String, _ family: String, _ birthYear: Int, _ quarter: String) {
        self.given = given
        self.family = family
        self.birthYear = birthYear
        self.quarter = quarter
    }

    /// 34, in the order of the runs.
    static let parents = [
        Invented("Aïcha", "Lemoine", 1984, "Lille-Sud"),
        Invented("Bogdan", "Carpentier", 1979, "Lille-Sud"),
        Invented("Célestine", "N’Diaye", 1990, "Lille-Sud"),
        Invented("Driss", "Vandamme", 1982, "Faubourg de Béthune"),
        Invented("Élodie", "Traoré", 1988, "Moulins"),
        Invented("Fatoumata", "Delattre", 1986, "Moulins"),
        Invented("Gökhan", "Leclercq", 1975, "Moulins"),
        Invented("Hanane", "Wojcik", 1991, "Lille-Sud"),
        Invented("Ioana", "Benali", 1987, "Lille-Sud"),
        Invented("Jean-Baptiste", "Kouassi", 1978, "Lille-Sud"),
        Invented("Khadija", "Fontaine", 1983, "Lille-Sud"),
        Invented("Lucia", "El Amrani", 1985, "Faubourg de Béthune"),
        Invented("Minh Anh", "Dumont", 1989, "Lille-Sud"),
        Invented("Nour", "Castelain", 1992, "Fives"),
        Invented("Oksana", "Diallo", 1981, "Fives"),
        Invented("Paulo", "Haddad", 1976, "Hellemmes"),
        Invented("Rachida", "de Smet", 1980, "Wazemmes"),
        Invented("Samira", "Kowalski", 1986, "Wazemmes"),
        Invented("Tigist", "Renard", 1990, "Moulins"),
        Invented("Ursula", "Bouazza", 1974, "Wazemmes"),
        Invented("Věra", "Mansouri", 1983, "Lille-Sud"),
        Invented("Wassila", "Lefebvre-Cissé", 1988, "Fives"),
        Invented("Xiaoling", "Martel", 1985, "Moulins"),
        Invented("Yaël", "Ouédraogo", 1979, "Wazemmes"),
        Invented("Zoubida", "Verhaeghe", 1982, "Bois-Blancs"),
        Invented("Amadou", "Quesnoy", 1977, "Centre"),
        Invented("Blanca", "Saïdi", 1993, "Centre"),
        Invented("Chantal", "Tshibanda", 1972, "Vauban-Esquermes"),
        Invented("Dilnoza", "Prévost", 1989, "Fives"),
        Invented("Emre", "Caron", 1984, "Fives"),
        Invented("Farida", "O’Sullivan", 1987, "Fives"),
        Invented("Gisèle", "Yıldız", 1981, "Bois-Blancs"),
        Invented("Hamza", "Przybylski", 1990, "Bois-Blancs"),
        Invented("Inès", "Adjovi", 1986, "Bois-Blancs"),
    ]

    /// A child of the parent who bought a computer.
    static let child = Invented("Lina", "de Smet", 2008, "Wazemmes")

    /// Who comes today.
    static let customers = [
        Invented("Mariam", "Lebrun", 1985, "Wazemmes"),
        Invented("Ángel", "Bensalem", 1971, "Fives"),
        Invented("Sokhna", "Duquesne", 1994, "Moulins"),
        Invented("Patrice", "Haile", 1968, "Lille-Sud"),
        Invented("Rim", "Delahaye", 1990, "Bois-Blancs"),
        Invented("Corneliu", "Sangaré", 1983, "Hellemmes"),
    ]

    /// Who finished with them and was given a computer.
    static let given = Invented("Aminata", "Verbeke", 1987, "Moulins")

    /// Whom the prescriber who may be tried referred.
    static let referred = [
        Invented("Zahia", "Moreau-Keita", 1982, "Wazemmes"),
        Invented("Florin", "Abdallah", 1991, "Moulins"),
        Invented("Solène", "Mbaye", 1976, "Wazemmes"),
    ]

    /// Who comes to the help desk today.
    static let received = [
        Invented("Leïla", "Vermeersch", 1969, "Fives"),
        Invented("Mamadou", "Petit", 1988, "Moulins"),
        Invented("Anneliese", "Guessoum", 1957, "Wazemmes"),
        Invented("Thierry", "Osei", 1979, "Lille-Sud"),
    ]

    /// `number` runs from 0 to 9999.
    func person(
        _ number: Int,
        from structure: ID<Structure>? = nil,
        with other: ID<Person>? = nil
    ) throws -> NewPerson {
        let digits = String(10_000 + number).dropFirst()
        return try NewPerson(
            givenName: PersonName(typed: given, field: .givenName),
            familyName: PersonName(typed: family, field: .familyName),
            phone: Phone(typed: "06 39 98 \(digits)"),
            birthYear: BirthYear(birthYear, today: Day(typed: "2022-06-01")),
            quarter: quarter,
            structure: structure,
            livesWith: other
        )
    }
}
