import Postgres
public import Shop

extension Store {
    /// Programmes by code, from after `code` on.
    public func programmes(after code: String = "", limit: Int = 50) async throws
        -> Paged<Programme>
    {
        try await transaction { tx in
            let rows = try tx.query(
                """
                select \(raw: programmeColumns) from programmes p
                where p.code > \(code) order by p.code limit \(limit + 1)
                """
            )
            return Paged(try readProgrammes(rows, tx), limit: limit, key: \.code)
        }
    }

    /// Throws `programmeUnknown`.
    public func readProgramme(_ code: String) async throws -> Programme {
        try await transaction { tx in try tx.programme(coded: code) }
    }
}

extension Transaction {
    /// Throws `programmeUnknown`.
    func programme(coded code: String) throws -> Programme {
        let rows = try query(
            "select \(raw: programmeColumns) from programmes p where p.code = \(code)"
        )
        guard let programme = try readProgrammes(rows, self).first else {
            throw Refusal(.programmeUnknown, ["code": .text(String(code.prefix(40)))])
        }
        return programme
    }
}

private let programmeColumns =
    "p.id, p.code, p.name, p.territory, p.starts_on, p.ends_on, p.parents_target, p.runs_target"

private func readProgrammes(_ rows: Rows, _ tx: Transaction) throws -> [Programme] {
    let ids: [ID<Programme>] = try rows.map { try $0["id"] }
    let funders = try tx.query(
        """
        select programme_id, name, kind, note from programme_funders
        where programme_id = any(\(ids)) order by programme_id, position
        """
    ).map { row in
        let programme: ID<Programme> = try row["programme_id"]
        let funder = Funder(
            name: try row["name"],
            kind: try row["kind"],
            note: try row["note"]
        )
        return (programme, funder)
    }
    return try rows.map { row in
        let id: ID<Programme> = try row["id"]
        return Programme(
            id: id,
            code: try row["code"],
            name: try row["name"],
            territory: try row["territory"],
            startsOn: try row["starts_on"],
            endsOn: try row["ends_on"],
            parentsTarget: try row["parents_target"],
            runsTarget: try row["runs_target"],
            funders: funders.filter { $0.0 == id }.map(\.1)
        )
    }
}
