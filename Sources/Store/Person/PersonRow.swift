import Postgres
public import Shop

/// A person as lists show it: enough to tell two people of one name apart.
public struct PersonRow: Hashable, Sendable, Codable {
    public let id: ID<Person>
    public let code: String
    public let givenName: String
    public let familyName: String
    public let phone: String
    public let birthYear: Int?
    public let quarter: String
    public let structure: String?

    /// `Amina Benali`, or the one name there is; the code of somebody whose name is not kept.
    public var name: String {
        if familyName.isEmpty { return code }
        return givenName.isEmpty ? familyName : "\(givenName) \(familyName)"
    }

    static let columns: SQL = """
        p.id as person_id, p.code, coalesce(i.given_name, '') as given_name,
        coalesce(i.family_name, '') as family_name, coalesce(i.phone, '') as phone, f.birth_year, coalesce(f.quarter, '') as quarter,
        s.name as structure
        """

    /// Joins what the columns need to `table.person_id`.
    static func joins(_ table: String) -> SQL {
        """
        join persons p on p.id = \(raw: table).person_id left join identities i on i.person_id = p.id
        left join lateral (select birth_year, quarter, structure_id from person_facts
            where person_id = p.id order by recorded_at desc limit 1) f on true
        left join structures s on s.id = f.structure_id
        """
    }

    init(_ row: Row) throws {
        id = try row["person_id"]
        code = try row["code"]
        givenName = try row["given_name"]
        familyName = try row["family_name"]
        phone = try row["phone"]
        birthYear = try row["birth_year"]
        quarter = try row["quarter"]
        structure = try row["structure"]
    }
}
