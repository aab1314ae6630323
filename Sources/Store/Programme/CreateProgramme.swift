import Postgres
public import Shop

/// A programme as it is agreed with its funders.
public struct NewProgramme: Encodable, Sendable {
    let code: String
    let name: String
    let territory: String
    let startsOn: Day
    let endsOn: Day
    let parentsTarget: Int
    let runsTarget: Int
    let funders: [Funder]

    /// Throws `endBeforeStart`, then `quantityOutOfRange` for a target outside 0…100 000.
    public init(
        code: ShortCode,
        name: ShortText,
        territory: ShortText,
        startsOn: Day,
        endsOn: Day,
        parentsTarget: Int,
        runsTarget: Int,
        funders: [Funder]
    ) throws(Refusal) {
        guard startsOn <= endsOn else {
            throw Refusal(.endBeforeStart, ["from": .day(startsOn), "to": .day(endsOn)])
        }
        guard [parentsTarget, runsTarget].allSatisfy({ (0...100_000).contains($0) }) else {
            throw Refusal(.quantityOutOfRange, ["least": .number(0), "most": .number(100_000)])
        }
        self.code = code.text
        self.name = name.text
        self.territory = territory.text
        self.startsOn = startsOn
        self.endsOn = endsOn
        self.parentsTarget = parentsTarget
        self.runsTarget = runsTarget
        self.funders = funders
    }
}

/// What a verb made, and what it is called.
public struct Created<Noun>: Codable, Sendable {
    public let id: ID<Noun>
    public let code: String
}

extension Store {
    /// Opens a programme. Throws `nameTaken` when its code is another's.
    public func createProgramme(
        _ new: NewProgramme,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> Created<Programme> {
        let id: ID<Programme> = newID()
        return try await command(
            "create-programme",
            key: key,
            input: new,
            by: staff,
            facts: ["text": .text(new.code)]
        ) { tx, now in
            var statements: [SQL] = [
                """
                insert into programmes (id, code, name, territory, starts_on, ends_on,
                                        parents_target, runs_target, recorded_at)
                values (\(id), \(new.code), \(new.name), \(new.territory), \(new.startsOn),
                        \(new.endsOn), \(new.parentsTarget), \(new.runsTarget), \(now))
                """
            ]
            for (position, funder) in new.funders.enumerated() {
                statements.append(
                    """
                    insert into programme_funders (programme_id, position, name, kind, note)
                    values (\(id), \(position + 1), \(funder.name), \(funder.kind), \(funder.note))
                    """
                )
            }
            _ = try tx.pipeline(statements)
            return Created(id: id, code: new.code)
        }
    }
}
