import Postgres
public import Shop

extension Store {
    /// Sets the last day of the structure's last agreement, on which its professionals may still sign; vouchers signed before keep their rights.
    /// Throws `unknownThing`, or `agreementDatesReversed` before the agreement's first day.
    public func endAgreement(
        of structure: ID<Structure>,
        on day: Day,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> ID<Structure> {
        struct Input: Encodable {
            let structure: ID<Structure>
            let day: Day
        }
        let facts: [String: Refusal.Fact] = ["field": .field(.endsOn), "until": .day(day)]
        return try await command(
            "end-agreement",
            key: key,
            input: Input(structure: structure, day: day),
            by: staff,
            facts: facts
        ) { tx, _ in
            try tx.lock(structure)
            // The last one: of those before it the end is past, or written.
            let renewals = try tx.execute(
                """
                update agreement_renewals set ends_on = \(day) where structure_id = \(structure)
                    and starts_on = (select max(starts_on) from agreement_renewals where structure_id = \(structure))
                """
            )
            if renewals == 0 {
                try tx.execute(
                    "update structures set agreement_ends_on = \(day) where id = \(structure)"
                )
            }
            return structure
        }
    }
}

extension Refusal {
    static func unknown(_ structure: ID<Structure>) -> Refusal {
        Refusal(.unknownThing, ["field": .field(.structure), "text": .text(structure.text)])
    }
}
