import Postgres
public import Shop

extension Store {
    /// The structure that is meant by what was typed: the one of this name, else the only one whose name holds it,
    /// accents, case and apostrophes aside. Throws `unknownThing`, `structureUnclear` with the names.
    public func structure(meantBy typed: String) async throws -> ID<Structure> {
        let name = try ShortText(typed: typed, field: .structure).text
        return try await transaction { tx in try tx.structure(meantBy: name) }
    }
}

extension Transaction {
    /// Throws `unknownThing`, `structureUnclear`.
    func structure(meantBy typed: String) throws -> ID<Structure> {
        let shown = String(typed.prefix(80))
        let rows = try query(
            """
            select id, name, search = fold(\(typed)) or id::text = lower(\(typed)) as is_it from structures
            where search = fold(\(typed)) or id::text = lower(\(typed))
               or search like '%' || replace(replace(replace(fold(\(typed)), '\\', '\\\\'), '%', '\\%'), '_', '\\_') || '%'
            order by is_it desc, search limit 6
            """
        )
        guard let first = rows.first else {
            throw Refusal(.unknownThing, ["text": .text(shown)]).about(.structure)
        }
        let isIt: Bool = try first["is_it"]
        guard isIt || rows.count == 1 else {
            let names: [String] = try rows.prefix(5).map { try $0["name"] }
            let more = rows.count > 5 ? ["…"] : []
            throw Refusal(
                .structureUnclear,
                [
                    "text": .text(shown),
                    "choices": .text((names + more).joined(separator: "\u{202F}; ")),
                ]
            ).about(.structure)
        }
        return try first["id"]
    }
}
