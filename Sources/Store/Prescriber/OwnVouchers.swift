import Postgres
public import Shop

/// A voucher as the prescriber's list shows it.
public struct OwnVoucherRow: Hashable, Sendable, Codable {
    public let id: ID<Voucher>
    public let code: String
    public let prescriber: String
    public let householdSize: Int
    public let signedOn: Day
    public let validUntil: Day
    public let revokedOn: Day?
    /// When the key that signed it was revoked: it opens nothing either.
    public let keyRevokedOn: Day?
    public let persons: Int
    /// The first whom it names; nil once the identity is erased.
    public let firstPerson: String?
    /// What its QR carries; nil for one that was recorded from paper.
    public let digits: String?
    /// What each right still opens, whether the voucher still serves or not.
    public let left: [Left]

    public struct Left: Hashable, Sendable, Codable {
        public let category: Category
        /// Nil: as often as the shop's limits allow.
        public let uses: Int?
    }
}

/// A voucher with what the structure that signed it may know: whom it names, what it opens, and on which days it served.
public struct OwnVoucher: Hashable, Sendable, Codable {
    public let voucher: OwnVoucherRow
    public let persons: [OwnPerson]
    public let rights: [OwnRight]
    public let uses: [OwnUse]
    public let details: VoucherDetails
    /// The code of the voucher that it renews.
    public let renews: String?
    public let renewal: Renewal
    /// All that happened to it, the first first.
    public let history: [OwnEvent]
}

/// The structure for which a prescriber signs, and how long it may.
public struct OwnStructure: Hashable, Sendable, Codable {
    public let id: ID<Structure>
    public let name: String
    /// Its agreement as it stands today.
    public let agreement: Agreement
}

extension OwnVoucher {
    /// What opens nothing goes on no paper. Throws `voucherRevoked`.
    public func checkServes() throws(Refusal) {
        if let day = voucher.revokedOn { throw Refusal(.voucherRevoked, ["on": .day(day)]) }
        if let day = voucher.keyRevokedOn { throw Refusal(.voucherRevoked, ["on": .day(day)]) }
    }
}

public struct OwnPerson: Hashable, Sendable, Codable {
    public let id: ID<Person>
    public let code: String
    /// Nil once the identity is erased.
    public let name: String?
}

public struct OwnRight: Hashable, Sendable, Codable {
    public let category: Category
    public let endsOn: Day
    /// Nil: as often as the shop's limits allow.
    public let usesMax: Int?
    public let used: Int
}

/// Neither price nor place, nor what it was.
public struct OwnUse: Hashable, Sendable, Codable {
    public let category: Category
    public let usedOn: Day
    /// Less than were taken, when some came back.
    public let units: Int
}

extension Store {
    /// The vouchers of the prescriber's structure, the last recorded first. `after` is the last part's `next`.
    public func ownVouchers(
        by staff: Staff,
        after: String? = nil,
        limit: Int = 50
    ) async throws -> Paged<OwnVoucherRow> {
        let limit = min(max(limit, 1), 200)
        let later = after.flatMap { ID<Voucher>($0) }.map { "where id < \($0)" as SQL } ?? ""
        return try await reading(of: staff.referring().structure) { tx in
            let rows = try tx.query(
                """
                select \(ownVoucherColumns) from prescriber_vouchers \(later) order by id desc limit \(limit + 1)
                """
            )
            return Paged(try rows.map { try OwnVoucherRow($0) }, limit: limit) { $0.id.text }
        }
    }

    /// The prescriber's structure, as its agreement stands.
    public func ownStructure(by staff: Staff) async throws -> OwnStructure {
        let place = try staff.referring()
        let today = today
        return try await reading(of: place.structure) { tx in
            let rows = try tx.query("select id, name, starts_on, ends_on from prescriber_structure")
            guard let row = rows.first,
                let agreement = try rows.map({ try Agreement($0) }).standing(on: today)
            else { throw Refusal.unknown(place.structure) }
            return OwnStructure(id: try row["id"], name: try row["name"], agreement: agreement)
        }
    }

    /// Throws `voucherUnknown`, also for a voucher of another structure.
    public func ownVoucher(_ code: VoucherCode, by staff: Staff) async throws -> OwnVoucher {
        let today = today
        let numbers = try await transaction { tx in try RenewalNumbers(in: tx, on: today) }
        return try await reading(of: staff.referring().structure) { tx in
            let chosen: SQL = "(select id from prescriber_vouchers where code = \(code.digits))"
            let rows = try tx.pipeline(
                [
                    "select \(ownVoucherColumns) from prescriber_vouchers where code = \(code.digits)",
                    """
                    select id, code, trim(given_name || ' ' || family_name) as name from prescriber_persons
                    where voucher_id = \(chosen) order by family_name, id
                    """,
                    """
                    select r.category, r.ends_on, r.uses_max,
                           (select coalesce(sum(u.units), 0) from prescriber_uses u where u.right_id = r.id) as used
                    from prescriber_rights r where r.voucher_id = \(chosen) order by r.category
                    """,
                    """
                    select category, used_on, units from prescriber_uses where voucher_id = \(chosen)
                    order by used_on desc, category limit 200
                    """,
                ] + VoucherDetails.reads(of: chosen) + [OwnEvent.reads(of: chosen)]
            )
            guard let row = rows[0].first else {
                throw Refusal(.voucherUnknown, ["code": .text(code.printed)])
            }
            return OwnVoucher(
                voucher: try OwnVoucherRow(row),
                persons: try rows[1].map { try OwnPerson($0) },
                rights: try rows[2].map { row in
                    OwnRight(
                        category: try row["category"],
                        endsOn: try row["ends_on"],
                        usesMax: try row["uses_max"],
                        used: try row["used"]
                    )
                },
                uses: try rows[3].map { row in
                    OwnUse(
                        category: try row["category"],
                        usedOn: try row["used_on"],
                        units: try row["units"]
                    )
                },
                details: try VoucherDetails(rows[4], rows[5]),
                renews: try row["renews"],
                renewal: try Renewal(row, numbers),
                history: try rows[6].map { try OwnEvent($0) }
            )
        }
    }

    /// Those of `codes` whom a voucher of the structure names; the others are left out, known or not.
    public func ownPersons(_ codes: [PersonCode], by staff: Staff) async throws -> [OwnPerson] {
        let wanted = codes.map(\.text)
        return try await reading(of: staff.referring().structure) { tx in
            try tx.query(
                """
                select distinct id, code, trim(given_name || ' ' || family_name) as name from prescriber_persons
                where code = any(\(wanted)) order by name, id limit 100
                """
            ).map { try OwnPerson($0) }
        }
    }

    /// Reads as the database's prescriber, to whom it shows the rows of this structure and no others (F2).
    func reading<T: Sendable>(
        of structure: ID<Structure>?,
        _ body: @escaping @Sendable (Transaction) throws -> T
    ) async throws -> T {
        do {
            return try await pool.transaction(
                role: roles.prescriber,
                local: structure.map { [("comptoir.structure", $0.text)] } ?? [],
                body
            )
        } catch let error as PostgresError {
            throw error.refusal([:]) ?? error as any Error
        }
    }
}

private let ownVoucherColumns: SQL = """
    id, code, prescriber, household_size, signed_on, valid_until, revoked_at, key_revoked_at, persons, first_person, digits,
    renewal, renews, renewed_by,
    array(select r.category || ':' || coalesce((r.uses_max - (
              select coalesce(sum(u.units), 0) from prescriber_uses u where u.right_id = r.id))::text, '')
          from prescriber_rights r where r.voucher_id = prescriber_vouchers.id order by r.category) as uses_left
    """

extension OwnPerson {
    init(_ row: Row) throws {
        self.init(id: try row["id"], code: try row["code"], name: try row["name"])
    }
}

extension OwnVoucherRow {
    fileprivate init(_ row: Row) throws {
        let revokedAt: Instant? = try row["revoked_at"]
        let keyRevokedAt: Instant? = try row["key_revoked_at"]
        self.init(
            id: try row["id"],
            code: try row["code"],
            prescriber: try row["prescriber"],
            householdSize: try row["household_size"],
            signedOn: try row["signed_on"],
            validUntil: try row["valid_until"],
            revokedOn: revokedAt?.day,
            keyRevokedOn: keyRevokedAt?.day,
            persons: try row["persons"],
            firstPerson: try row["first_person"],
            digits: try row["digits"],
            left: try (row["uses_left"] as [String]).compactMap(OwnVoucherRow.Left.init)
        )
    }
}

extension OwnVoucherRow.Left {
    /// `equipment:1`, or `connection:` without a number.
    fileprivate init?(_ text: String) {
        let halves = text.split(separator: ":", omittingEmptySubsequences: false)
        guard halves.count == 2, let category = Category(rawValue: String(halves[0])) else {
            return nil
        }
        self.init(category: category, uses: Int(halves[1]).map { max(0, $0) })
    }
}
