import Postgres
import Shop

extension Store {
    /// Files that may be of the same person: the same phone, or nearly the same names in any order. The closest first,
    /// ten at most.
    public func likelyFiles(of person: NewPerson) async throws -> [PersonRow] {
        try await transaction { tx in try likelyFiles(of: person, in: tx) }
    }

    /// Six tenths of common trigrams: a letter more or less, an accent, a name split in two. Years of birth that are
    /// both known and far apart tell two people of one name apart.
    func likelyFiles(of person: NewPerson, in tx: Transaction) throws -> [PersonRow] {
        let names = "\(person.familyName.text) \(person.givenName?.text ?? "")"
        let rows = try tx.pipeline([
            "select set_config('pg_trgm.similarity_threshold', '0.6', true)",
            """
            with close as materialized (
                select person_id, similarity(search, fold(\(names))) as nearness
                from identities where search % fold(\(names))
                union all
                select person_id, 2 from identities where phone <> '' and phone = \(person.phone?.e164 ?? "")
            ), known as materialized (
                select person_now(person_id) as person_id, max(nearness) as nearness from close group by 1
            )
            select \(PersonRow.columns) from known k \(PersonRow.joins("k"))
            where k.nearness = 2 or f.birth_year is null or \(person.birthYear)::int is null
                or abs(f.birth_year - \(person.birthYear)::int) <= 2
            order by k.nearness desc, i.search, p.id limit 10
            """,
        ])[1]
        return try rows.map { try PersonRow($0) }
    }
}
