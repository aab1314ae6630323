import Postgres
public import Shop

extension Store {
    /// Writes down the agreement that follows a structure's last one. Throws `unknownThing`, `agreementGoesOn` where the last
    /// one would still run, `agreementDatesReversed`.
    public func renewAgreement(
        of structure: ID<Structure>,
        _ agreement: Agreement,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> ID<Structure> {
        struct Input: Encodable {
            let structure: ID<Structure>
            let agreement: Agreement
        }
        var facts: [String: Refusal.Fact] = ["field": .field(.endsOn)]
        if let ends = agreement.endsOn { facts["until"] = .day(ends) }
        return try await command(
            "renew-agreement",
            key: key,
            input: Input(structure: structure, agreement: agreement),
            by: staff,
            facts: facts
        ) { tx, now in
            try tx.lock(structure)
            let last = try tx.agreements(of: structure).max { $0.startsOn < $1.startsOn }
            try last?.checkFollowed(from: agreement.startsOn)
            try tx.execute(
                """
                insert into agreement_renewals (structure_id, starts_on, ends_on, recorded_at, recorded_by)
                values (\(structure), \(agreement.startsOn), \(agreement.endsOn), \(now), \(staff.id))
                """
            )
            return structure
        }
    }
}

extension Transaction {
    /// Every stretch of a structure's agreement, the newest first; none without such a structure.
    func agreements(of structure: ID<Structure>) throws -> [Agreement] {
        try query(
            "select starts_on, ends_on from agreements where structure_id = \(structure) order by starts_on desc"
        ).map { try Agreement($0) }
    }
}

extension Agreement {
    /// From columns `starts_on` and `ends_on`.
    init(_ row: Row) throws {
        self.init(startsOn: try row["starts_on"], endsOn: try row["ends_on"])
    }
}
