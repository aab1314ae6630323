import Postgres
public import Shop

/// A referral on paper, as it is read at the counter.
public struct NewVoucher: Hashable, Sendable, Encodable {
    public let structure: ID<Structure>
    public let prescriber: Signatory
    /// One person at least.
    public let persons: [Named]
    public let householdSize: Int
    /// In the order of their cases, so that equal requests are equal bytes.
    public let services: [Category]
    public let signedOn: Day
    /// Nil: as long as rights last by the number in force.
    public let validUntil: Day?
    /// Nil: holds in every shop of the association.
    public let shop: ID<Shop>?
    public let originalKept: Bool
    /// Units of equipment that it opens; nil: as many for each person as the number in force says.
    public let equipmentUnits: Int?
    public let details: ReferralDetails

    /// Who signed.
    public enum Signatory: Hashable, Sendable, Encodable {
        case known(ID<Prescriber>)
        case new(NewPrescriber)
    }

    /// Whom it names.
    public enum Named: Hashable, Sendable, Encodable {
        case known(ID<Person>)
        /// Their file is opened in the same act. With `livesWithFirst` they share the household of the first one named.
        case new(NewPerson, isSomebodyElse: Bool, livesWithFirst: Bool)
    }

    /// Throws `fieldMissing` without a person, a service or a signature, and `quantityOutOfRange` for a household that
    /// cannot be.
    public init(
        structure: ID<Structure>,
        prescriber: Signatory,
        persons: [Named],
        householdSize: Int,
        services: Set<Category>,
        signedOn: Day,
        validUntil: Day? = nil,
        shop: ID<Shop>? = nil,
        originalKept: Bool,
        signatureSeen: Bool,
        equipmentUnits: Int? = nil,
        details: ReferralDetails = .none
    ) throws(Refusal) {
        guard !persons.isEmpty else { throw Refusal(.fieldMissing, ["field": .field(.person)]) }
        guard !services.isEmpty else { throw Refusal(.fieldMissing, ["field": .field(.services)]) }
        guard signatureSeen else { throw Refusal(.signatureNotSeen, ["field": .field(.signature)]) }
        guard (1...30).contains(householdSize) else {
            throw Refusal(
                .quantityOutOfRange,
                ["field": .field(.householdSize), "least": .number(1), "most": .number(30)]
            )
        }
        guard persons.count <= 30, (1...100).contains(equipmentUnits ?? 1) else {
            throw Refusal(.quantityOutOfRange, ["least": .number(1), "most": .number(30)])
        }
        self.structure = structure
        self.prescriber = prescriber
        self.persons = persons
        self.householdSize = householdSize
        self.services = Category.allCases.filter(services.contains)
        self.signedOn = signedOn
        self.validUntil = validUntil
        self.shop = shop
        self.originalKept = originalKept
        self.equipmentUnits = equipmentUnits
        self.details = details
    }
}

/// The voucher that was recorded: its code for paper and screens, and the files that it names.
public struct RecordedVoucher: Hashable, Sendable, Codable {
    public let id: ID<Voucher>
    public let code: String
    public let validUntil: Day
    public let persons: [OpenedPerson]
}

extension Store {
    /// Records a voucher, the files of whom it names, its prescriber and the rights that it opens, all or nothing.
    ///
    /// Throws, in this order: `dayInFuture` (signed after today), `unknownThing` (structure, prescriber, shop),
    /// `agreementOver` (the structure's agreement does not cover the signature), `personLikelyKnown`, `personUnknown`,
    /// `voucherDatesReversed`.
    public func recordVoucher(
        _ voucher: NewVoucher,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> RecordedVoucher {
        try await command(
            "record-voucher",
            key: key,
            input: voucher,
            by: staff,
            facts: ["field": .field(.prescriber), "text": .field(.prescriber)]
        ) { tx, now in
            try record(voucher, in: tx, by: staff, at: now)
        }
    }

    /// The same within a transaction of the caller's.
    func record(
        _ voucher: NewVoucher,
        renewing renewed: Renewed? = nil,
        in tx: Transaction,
        by staff: Staff,
        at now: Instant
    ) throws -> RecordedVoucher {
        guard voucher.signedOn <= now.day else {
            throw Refusal(
                .dayInFuture,
                [
                    "field": .field(.signedOn), "day": .day(voucher.signedOn),
                    "today": .day(now.day),
                ]
            )
        }
        try checkAgreement(of: voucher, in: tx)
        let persons = try files(of: voucher, in: tx, at: now)
        let prescriber = try signatory(of: voucher, in: tx, at: now)
        let months = try tx.number("right_voucher_months", on: voucher.signedOn)
        let validUntil = voucher.validUntil ?? voucher.signedOn.adding(months: months)
        guard voucher.signedOn <= validUntil else {
            throw Refusal(
                .voucherDatesReversed,
                [
                    "field": .field(.validUntil), "signed": .day(voucher.signedOn),
                    "until": .day(validUntil),
                ]
            )
        }
        let (id, code) = try write(
            voucher,
            signedBy: prescriber,
            until: validUntil,
            renewing: renewed,
            in: tx,
            by: staff,
            at: now
        )
        let each = try tx.number("right_voucher_equipment_units", on: voucher.signedOn)
        // Two files of one person are one person.
        let people: Int = try tx.query(
            "select count(distinct person_now(file)) from unnest(\(persons.map(\.id))::uuid[]) as named (file)"
        )[0][0]
        let visits = try tx.number("right_voucher_help_desk_units", on: voucher.signedOn)
        let units: [Category: Int] = [
            .equipment: voucher.equipmentUnits ?? people * each,
            .helpDesk: people * visits,
        ]
        try insertRights(voucher, id, units: units, until: validUntil, in: tx, at: now)
        try tx.execute(
            """
            insert into voucher_persons (voucher_id, person_id)
            select \(id)::uuid, unnest(\(persons.map(\.id))::uuid[])
            """
        )
        // Of somebody who wants nothing kept, neither motive nor remark is.
        if try !persons.contains(where: { try tx.refusesTheNotice($0.id) }) {
            try write(voucher.details, of: id, signedOn: voucher.signedOn, in: tx)
        }
        return RecordedVoucher(
            id: id,
            code: code.digits,
            validUntil: validUntil,
            persons: persons
        )
    }

    private func checkAgreement(of voucher: NewVoucher, in tx: Transaction) throws {
        let rows = try tx.query(
            """
            select \(voucher.shop)::uuid is null or exists (select from shops where id = \(voucher.shop)) as shop_known
            from structures where id = \(voucher.structure)
            """
        )
        guard let row = rows.first else { throw Refusal.unknown(voucher.structure) }
        guard try row["shop_known"] else {
            throw Refusal(
                .unknownThing,
                ["field": .field(.shop), "text": .text(voucher.shop.map(\.text) ?? "")]
            )
        }
        let agreement = try tx.agreements(of: voucher.structure).standing(on: voucher.signedOn)
        guard let agreement, agreement.covers(voucher.signedOn) else {
            throw Refusal(
                .agreementOver,
                [
                    "field": .field(.structure), "day": .day(voucher.signedOn),
                    "period": agreement?.period ?? .text(""),
                ]
            )
        }
    }

    /// The files of whom it names, in its order, opening those that are new.
    private func files(
        of voucher: NewVoucher,
        in tx: Transaction,
        at now: Instant
    ) throws -> [OpenedPerson] {
        var files: [OpenedPerson] = []
        for named in voucher.persons {
            switch named {
            case .known(let id):
                guard let row = try tx.query("select code from persons where id = \(id)").first
                else { throw Refusal(.personUnknown, ["field": .field(.person)]) }
                files.append(OpenedPerson(id: id, code: try row["code"]))
            case .new(let person, let isSomebodyElse, let livesWithFirst):
                if !isSomebodyElse { try checkUnknown(person, in: tx) }
                let joined = livesWithFirst ? person.living(with: files.first?.id) : person
                files.append(try open(joined, in: tx, at: now))
            }
        }
        return files
    }

    private func signatory(
        of voucher: NewVoucher,
        in tx: Transaction,
        at now: Instant
    ) throws -> ID<Prescriber> {
        switch voucher.prescriber {
        case .new(let prescriber):
            return try write(prescriber, of: voucher.structure, in: tx, at: now)
        case .known(let id):
            let known = try tx.query(
                "select from prescribers where id = \(id) and structure_id = \(voucher.structure)"
            )
            guard known.count == 1 else {
                throw Refusal(
                    .unknownThing,
                    ["field": .field(.prescriber), "text": .text(id.text)]
                )
            }
            return id
        }
    }

    /// There are a hundred thousand million codes: one that is taken is drawn again.
    private func write(
        _ voucher: NewVoucher,
        signedBy prescriber: ID<Prescriber>,
        until: Day,
        renewing renewed: Renewed?,
        in tx: Transaction,
        by staff: Staff,
        at now: Instant
    ) throws -> (ID<Voucher>, VoucherCode) {
        let id = newID(Voucher.self)
        while true {
            let code = VoucherCode(random: randomness.bytes(11))
            let inserted = try tx.execute(
                """
                insert into vouchers (id, code, structure_id, prescriber_id, shop_id, household_size, signed_on,
                    valid_until, original_kept, signature_seen, recorded_at, recorded_by, renews, renewal)
                values (\(id), \(code.digits), \(voucher.structure), \(prescriber), \(voucher.shop),
                    \(voucher.householdSize), \(voucher.signedOn), \(until), \(voucher.originalKept), true, \(now),
                    \(staff.id), \(renewed?.voucher), \(renewed?.number ?? 0))
                on conflict (code) do nothing
                """
            )
            if inserted == 1 { return (id, code) }
        }
    }

    /// A right for each service. Equipment is counted; the others are as often as the quotas allow.
    private func insertRights(
        _ voucher: NewVoucher,
        _ id: ID<Voucher>,
        units: [Category: Int],
        until: Day,
        in tx: Transaction,
        at now: Instant
    ) throws {
        for service in voucher.services {
            let usesMax = units[service].flatMap { $0 == 0 && service == .helpDesk ? nil : $0 }
            try tx.execute(
                """
                insert into rights (id, voucher_id, category, starts_on, ends_on, uses_max, recorded_at)
                values (\(newID(Right.self)), \(id), \(service), \(voucher.signedOn), \(until), \(usesMax), \(now))
                """
            )
        }
    }
}
