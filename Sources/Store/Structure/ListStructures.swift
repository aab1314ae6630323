import Postgres
public import Shop

/// A structure as lists show it.
public struct StructureRow: Hashable, Sendable, Codable {
    public let id: ID<Structure>
    public let name: String
    public let kind: StructureKind
    public let quarter: String
    public let agreementStartsOn: Day
    public let agreementEndsOn: Day?
    public let prescribers: Int

    init(_ row: Row) throws {
        id = try row["id"]
        name = try row["name"]
        kind = try row["kind"]
        quarter = try row["quarter"]
        agreementStartsOn = try row["agreement_starts_on"]
        agreementEndsOn = try row["agreement_ends_on"]
        prescribers = try row["prescribers"]
    }
}

extension Store {
    /// Structures in the order of their names, accents aside; those whose name holds each word of `matching`.
    /// `after` is the last part's `next`.
    public func structures(
        matching: String = "",
        after: String? = nil,
        limit: Int = 50
    ) async throws -> Paged<StructureRow> {
        let limit = min(max(limit, 1), 200)
        let last = after.flatMap { ID<Structure>($0) }
        let matching = try ShortText.optional(typed: matching, field: .search)
        let today = today
        return try await transaction { tx in
            let words = try foldedWords(matching, in: tx)
            let holding = words.map { " and s.search like \(holdsPattern($0))" as SQL }
                .joined(separator: "")
            let rows = try tx.query(
                """
                select s.id, s.name, s.kind, s.quarter, a.starts_on as agreement_starts_on, a.ends_on as agreement_ends_on,
                       (select count(*) from prescribers p where p.structure_id = s.id) as prescribers
                from structures s join lateral (
                    select starts_on, ends_on from agreements a where a.structure_id = s.id
                    order by case when starts_on <= \(today) then starts_on end desc nulls last, starts_on limit 1) a on true
                where (\(last)::uuid is null or (s.search, s.id) > (
                    select l.search, l.id from structures l where l.id = \(last)))
                    \(holding)
                order by s.search, s.id limit \(limit + 1)
                """
            )
            return Paged(try rows.map { try StructureRow($0) }, limit: limit) { $0.id.text }
        }
    }
}

/// What was typed, as the database folds it, word by word.
func foldedWords(_ typed: String, in tx: Transaction) throws -> [String] {
    guard typed.contains(where: { !$0.isWhitespace }) else { return [] }
    let folded: String = try tx.query("select fold(\(typed))")[0][0]
    return folded.split(whereSeparator: \.isWhitespace).map(String.init)
}

/// A `like` pattern for whatever holds `word`, in which what was typed means itself.
func holdsPattern(_ word: String) -> String {
    let meant = word.replacing("\\", with: "\\\\").replacing("%", with: "\\%")
        .replacing("_", with: "\\_")
    return "%" + meant + "%"
}
