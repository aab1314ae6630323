import Postgres
public import Shop

/// A referral as its prescriber writes it, who is signed in: there is no paper to see.
public struct NewReferral: Hashable, Sendable, Encodable {
    /// One person at least.
    public let persons: [Named]
    public let householdSize: Int
    public let services: Set<Category>
    /// Nil: as long as rights last by the number in force.
    public let validUntil: Day?
    public let details: ReferralDetails
    /// The voucher that it renews; nil for a referral of its own.
    public let renews: VoucherCode?

    /// Whom it names.
    public enum Named: Hashable, Sendable, Encodable {
        /// Someone whom a voucher of the same structure names already.
        case known(ID<Person>)
        /// A file of their own is opened in the same act, whoever else the counter knows. With `livesWithFirst` they
        /// share the household of the first one named.
        case new(NewPerson, livesWithFirst: Bool)
    }

    public init(
        persons: [Named],
        householdSize: Int,
        services: Set<Category>,
        validUntil: Day? = nil,
        details: ReferralDetails = .none,
        renews: VoucherCode? = nil
    ) {
        self.persons = persons
        self.householdSize = householdSize
        self.services = services
        self.validUntil = validUntil
        self.details = details
        self.renews = renews
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(persons, forKey: .persons)
        try container.encode(householdSize, forKey: .householdSize)
        // In the order of their cases, so that equal requests are equal bytes.
        try container.encode(Category.allCases.filter(services.contains), forKey: .services)
        try container.encode(validUntil, forKey: .validUntil)
        try container.encode(details, forKey: .details)
        try container.encode(renews?.digits, forKey: .renews)
    }

    private enum Key: CodingKey {
        case persons, householdSize, services, validUntil, details, renews
    }
}

extension Store {
    /// Signs a voucher with the key of the prescriber's structure, and opens the files of whom it names. Whether a shop
    /// knows them already is never told. Throws `prescribersOnly` for whoever is no prescriber, `personUnknown` for someone
    /// whom no voucher of the structure names, `voucherTooLong` for a last day too far away, what `renewed` throws for a renewal, what
    /// `recordVoucher` throws, and
    /// `signingUnavailable` where the structure's key does not open.
    public func signVoucher(
        _ referral: NewReferral,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> RecordedVoucher {
        let place = try staff.referring()
        return try await command("sign-voucher", key: key, input: referral, by: staff) { tx, now in
            // Vouchers come before structures in the one lock order.
            let renewed = try renewed(by: referral, of: place.structure, in: tx, on: now.day)
            // So that no key and no agreement ends meanwhile.
            try tx.lock(place.structure)
            try checkOwn(referral, of: place.structure, in: tx)
            let voucher = try NewVoucher(
                structure: place.structure,
                prescriber: .known(place.prescriber),
                persons: referral.persons.map { named in
                    switch named {
                    case .known(let id): .known(id)
                    case .new(let person, let livesWithFirst):
                        .new(
                            person.referred(by: place.structure),
                            isSomebodyElse: true,
                            livesWithFirst: livesWithFirst
                        )
                    }
                },
                householdSize: referral.householdSize,
                services: referral.services,
                signedOn: now.day,
                validUntil: referral.validUntil,
                originalKept: false,
                signatureSeen: true,
                details: referral.details
            )
            if let until = referral.validUntil {
                try checkLastDay(
                    until,
                    signedOn: now.day,
                    monthsMost: tx.number("signed_voucher_months_most", on: now.day)
                )
            }
            let recorded = try record(voucher, renewing: renewed, in: tx, by: staff, at: now)
            let signed = try sign(of: place.structure, in: tx) { id in
                guard let code = try? VoucherCode(scanned: recorded.code),
                    let statement = VoucherStatement(
                        key: id,
                        code: code,
                        signedOn: voucher.signedOn,
                        validUntil: recorded.validUntil,
                        services: referral.services,
                        persons: recorded.persons.count
                    )
                else {
                    throw Refusal(
                        .voucherDatesReversed,
                        [
                            "field": .field(.validUntil), "signed": .day(voucher.signedOn),
                            "until": .day(recorded.validUntil),
                        ]
                    )
                }
                return statement
            }
            try tx.execute(
                """
                insert into voucher_signatures (voucher_id, key_id, digits, signed_at)
                values (\(recorded.id), \(signed.statement.key.description), \(signed.digits), \(now))
                """
            )
            return recorded
        }
    }

    /// The last day that a voucher signed today may have.
    public func lastDayOfSigned() async throws -> Day {
        let today = today
        return try await transaction { tx in
            today.adding(months: try tx.number("signed_voucher_months_most", on: today))
        }
    }

    private func checkOwn(_ referral: NewReferral, of structure: ID<Structure>, in tx: Transaction)
        throws
    {
        let known = referral.persons.compactMap { named -> ID<Person>? in
            if case .known(let id) = named { id } else { nil }
        }
        if known.isEmpty { return }
        let own = try tx.query(
            """
            select distinct n.person_id from voucher_persons n join vouchers v on v.id = n.voucher_id
            where v.structure_id = \(structure) and n.person_id = any(\(known))
            """
        )
        guard own.count == Set(known).count else {
            throw Refusal(.personUnknown, ["field": .field(.person)])
        }
    }
}

extension Staff {
    /// For which structure this person signs. Throws `prescribersOnly`.
    public func referring() throws(Refusal) -> Referring {
        guard let refers else { throw Refusal(.prescribersOnly) }
        return refers
    }
}
