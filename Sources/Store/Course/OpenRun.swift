import Postgres
public import Shop

/// Whether a run is open to every structure.
public struct OpeningSet: Codable, Sendable {
    public let run: String
    public let isOpen: Bool
}

extension Store {
    /// Opens a run to every structure, whose prescribers may enrol their people then; or closes it again. The structure that
    /// mobilises it may always. Whoever is on the list stays there. Throws `runUnknown`.
    public func setOpening(
        _ isOpen: Bool,
        of run: RunCode,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> OpeningSet {
        struct Input: Encodable, Sendable {
            let run: String
            let isOpen: Bool
        }
        let id = newID(Run.self).uuid
        let input = Input(run: run.text, isOpen: isOpen)
        return try await command("set-opening", key: key, input: input, by: staff) { tx, now in
            let found = try tx.run(input.run, in: staff.reach(.courseKeepers))
            try tx.lockRun(found.id)
            try tx.execute(
                isOpen
                    ? """
                    insert into run_openings (id, run_id, opened_at, opened_by)
                    select \(id), \(found.id), \(now), \(staff.id)
                    where not exists (select from run_openings where run_id = \(found.id) and ended_at is null)
                    """
                    : """
                    update run_openings set ended_at = \(now), ended_by = \(staff.id)
                    where run_id = \(found.id) and ended_at is null
                    """
            )
            return OpeningSet(run: input.run, isOpen: isOpen)
        }
    }
}
