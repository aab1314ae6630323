import Postgres
public import Shop

/// A voucher as lists show it.
public struct VoucherRow: Hashable, Sendable, Codable {
    public let id: ID<Voucher>
    public let code: String
    public let structure: String
    public let signedOn: Day
    public let validUntil: Day
    public let revokedOn: Day?
    /// When the key that signed it was revoked: it opens nothing either.
    public let keyRevokedOn: Day?
    public let shop: String?
    public let persons: Int
    /// The first whom it names; nil once the identity is erased.
    public let firstPerson: String?

    static let columns: SQL = """
        v.id, v.code, s.name as structure, v.signed_on, v.valid_until, r.revoked_at, k.ended_at as key_revoked_at, h.name as shop,
        (select count(*) from voucher_persons c where c.voucher_id = v.id) as persons,
        (select trim(i.given_name || ' ' || i.family_name) from voucher_persons c join identities i using (person_id)
         where c.voucher_id = v.id order by i.search, i.person_id limit 1) as first_person
        """

    static let joins: SQL = """
        join structures s on s.id = v.structure_id left join voucher_revocations r on r.voucher_id = v.id
        left join shops h on h.id = v.shop_id left join voucher_signatures g on g.voucher_id = v.id
        left join structure_keys k on k.id = g.key_id and k.ended_how = 'revoked'
        """

    init(_ row: Row) throws {
        let revokedAt: Instant? = try row["revoked_at"]
        let keyRevokedAt: Instant? = try row["key_revoked_at"]
        id = try row["id"]
        code = try row["code"]
        structure = try row["structure"]
        signedOn = try row["signed_on"]
        validUntil = try row["valid_until"]
        revokedOn = revokedAt?.day
        keyRevokedOn = keyRevokedAt?.day
        shop = try row["shop"]
        persons = try row["persons"]
        firstPerson = try row["first_person"]
    }
}
