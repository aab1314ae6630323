public import Shop

extension Store {
    /// The exceptions as a table to keep, the newest first.
    public func overridesTable(_ filter: OverrideFilter, in language: Language) async throws
        -> Table
    {
        var table = Table(
            language.choose("Dérogations", "Exceptions"),
            header: [
                language.choose("Accordée le", "Granted on"), language.choose("Espace", "Shop"),
                language.choose("Caisse", "Till"), language.choose("Personne", "Person"),
                language.choose("Plafond", "Limit"),
                language.choose("Unités au-delà", "Units beyond"),
                language.choose("Euros au-delà", "Euros beyond"),
                language.choose("Motif", "Motive"), language.choose("Accordée par", "Granted by"),
                language.choose("Demandée par", "Asked by"),
                language.choose("Valable jusqu’au", "Good until"),
                language.choose("État", "State"), language.choose("Ticket", "Receipt"),
            ]
        )
        var after: String?
        repeat {
            let part = try await overrides(filter, in: language, after: after, limit: 200)
            for row in part.items {
                table.add([
                    .day(row.grantedAt.day), .text(row.shop), .text(row.till), .text(row.person),
                    .text(row.rule), .number(row.units), .cents(row.cents), .text(row.motiveWords),
                    .text(row.grantedBy), .text(row.askedBy), .day(row.expiresOn),
                    .text(row.state.name(in: language)), row.receipt.map { .text($0) } ?? .nothing,
                ])
            }
            after = part.next
        } while after != nil
        return table
    }
}

extension OverrideRow.State {
    public func name(in language: Language) -> String {
        switch self {
        case .open: language.choose("Ouverte", "Open")
        case .used: language.choose("Utilisée", "Used")
        case .expired: language.choose("Expirée", "Expired")
        }
    }
}
