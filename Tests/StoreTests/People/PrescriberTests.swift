import Postgres
import Shop
import TestSupport
import Testing

@testable import Store

@Suite("Prescribers who sign vouchers themselves")
struct PrescriberTests {
    /// Opens an account for a prescriber of a structure of this name, or of one that is there.
    private func prescriber(
        _ login: String,
        of name: String,
        in there: ID<Structure>? = nil,
        at counter: Counter
    ) async throws -> Staff {
        var structure = there
        if structure == nil { structure = try await counter.structure(name) }
        return try await prescriber(login, of: name, in: #require(structure), at: counter)
    }

    private func prescriber(
        _ login: String,
        of name: String,
        in structure: ID<Structure>,
        at counter: Counter
    ) async throws -> Staff {
        let prescriber = try await counter.store.addPrescriber(
            NewPrescriber(name: PersonName(typed: "Nom de \(login)", field: .prescriber)),
            to: structure,
            key: counter.key(),
            by: counter.seller
        )
        let user = try await counter.store.openAccount(
            NewAccount(
                of: prescriber,
                in: structure,
                login: Login(typed: login),
                language: .french
            ),
            key: counter.key(),
            by: counter.administrator
        )
        return Staff(
            id: user.id,
            operatorCode: "RF2345",
            name: "Inès Carlier",
            language: .french,
            firstDay: false,
            roles: [],
            refers: Referring(
                prescriber: prescriber,
                structure: structure,
                structureName: name
            ),
            till: nil
        )
    }

    private func referral(_ persons: [NewReferral.Named]) -> NewReferral {
        NewReferral(persons: persons, householdSize: 2, services: [.equipment, .connection])
    }

    private func sign(
        _ given: String,
        by staff: Staff,
        at counter: Counter
    ) async throws -> RecordedVoucher {
        try await counter.store.signVoucher(
            referral([.new(newPerson(given, "Benali"), livesWithFirst: false)]),
            key: counter.key(),
            by: staff
        )
    }

    private func digits(_ voucher: RecordedVoucher, by staff: Staff, at counter: Counter)
        async throws -> SignedVoucher
    {
        let own = try await counter.store.ownVoucher(
            VoucherCode(scanned: voucher.code),
            by: staff
        )
        return try #require(own.voucher.digits.flatMap { SignedVoucher(digits: $0) })
    }

    @Test("a voucher is signed with the structure's key, and opens what it says at the counter")
    func signs() async throws {
        try await withCounter { counter in
            let ines = try await prescriber("ines", of: "Itinéraires", at: counter)
            let key = counter.key()
            let two = try referral([
                .new(newPerson("Amina", "Benali"), livesWithFirst: false),
                .new(newPerson("Yanis", "Benali"), livesWithFirst: true),
            ])
            let recorded = try await counter.store.signVoucher(two, key: key, by: ines)
            let again = try await counter.store.signVoucher(two, key: key, by: ines)
            #expect(again == recorded)
            let signed = try await digits(recorded, by: ines, at: counter)
            #expect(signed.statement.code.digits == recorded.code)
            #expect(signed.statement.persons == 2)
            #expect(signed.statement.services == [.equipment, .connection])
            try await counter.store.check(signed)
            let standing = try await counter.store.standing(
                of: .voucher(recorded.code, recorded.persons[0].id),
                in: counter.shop
            )
            #expect(Set(standing.rights.map(\.right.category)) == [.equipment, .connection])
            let card = try await counter.store.voucher(VoucherCode(scanned: recorded.code))
            #expect(card.persons.map(\.structure) == ["Itinéraires", "Itinéraires"])
            #expect(!card.originalKept)
        }
    }

    @Test("a twin whom the counter or another structure knows is never told to a prescriber")
    func tellsNobody() async throws {
        try await withCounter { counter in
            let amina = try await counter.person("Amina", "Benali", phone: "0639980001")
            let ines = try await prescriber("ines", of: "Itinéraires", at: counter)
            let recorded = try await sign("Amina", by: ines, at: counter)
            #expect(recorded.persons.map(\.id) != [amina])
            let marc = try await prescriber("marc", of: "Solfa", at: counter)
            let theirs = try await sign("Amina", by: marc, at: counter).persons[0]
            for twin in [amina, theirs.id] {
                await #expect(throws: Refusal(.personUnknown, ["field": .field(.person)])) {
                    _ = try await counter.store.signVoucher(
                        referral([.known(twin)]),
                        key: counter.key(),
                        by: ines
                    )
                }
            }
            let code = try await counter.store.person(amina).person.code
            let found = try await counter.store.ownPersons(
                [code, theirs.code, recorded.persons[0].code].map { try #require(PersonCode($0)) },
                by: ines
            )
            #expect(found.map(\.id) == [recorded.persons[0].id])
        }
    }

    @Test(
        "changed or signed by nobody's key, it is forged; a replaced key is believed, a revoked one not"
    )
    func forged() async throws {
        try await withCounter { counter in
            let ines = try await prescriber("ines", of: "Itinéraires", at: counter)
            let structure = try #require(ines.refers?.structure)
            let recorded = try await sign("Amina", by: ines, at: counter)
            let signed = try await digits(recorded, by: ines, at: counter)
            let said = signed.statement
            func altered(
                key: StructureKeyID? = nil,
                services: Set<Category>? = nil
            ) throws -> SignedVoucher {
                let statement = try #require(
                    VoucherStatement(
                        key: key ?? said.key,
                        code: said.code,
                        signedOn: said.signedOn,
                        validUntil: said.validUntil,
                        services: services ?? said.services,
                        persons: said.persons
                    )
                )
                return SignedVoucher(statement, signature: signed.signature)
            }
            for other in try [
                altered(services: [.equipment, .connection, .course]),
                altered(key: StructureKeyID(said.key.number ^ 1)),
                SignedVoucher(said, signature: Array(repeating: 0, count: 64)),
                SignedVoucher(said, signature: Array(repeating: 0xFF, count: 64)),
            ] {
                await #expect(throws: Refusal(.voucherForged)) {
                    try await counter.store.check(other)
                }
            }
            // Truly signed by another structure's key, about a voucher that is not its own.
            let marc = try await prescriber("marc", of: "Solfa", at: counter)
            let foreign = try await counter.store.transaction { tx in
                try counter.store.sign(of: #require(marc.refers).structure, in: tx) { id in
                    try #require(
                        VoucherStatement(
                            key: id,
                            code: said.code,
                            signedOn: said.signedOn,
                            validUntil: said.validUntil,
                            services: said.services,
                            persons: said.persons
                        )
                    )
                }
            }
            await #expect(throws: Refusal(.voucherForged)) {
                try await counter.store.check(foreign)
            }
            func change(_ end: StructureKey.End) async throws {
                _ = try await counter.store.changeStructureKey(
                    of: structure,
                    end,
                    key: counter.key(),
                    by: counter.administrator
                )
            }
            try await change(.replaced)
            try await counter.store.check(signed)
            let next = try await sign("Yanis", by: ines, at: counter)
            let second = try await digits(next, by: ines, at: counter)
            #expect(second.statement.key != said.key)
            try await change(.revoked)
            try await counter.store.check(signed)
            // Typed from under its QR it opens nothing either.
            let typed = try await counter.store.standing(
                of: .voucher(next.code, nil),
                in: counter.shop
            )
            #expect(typed.refusal?.reason == .voucherRevoked)
            await #expect(
                throws: Refusal(
                    .voucherKeyRevoked,
                    ["structure": .text("Itinéraires"), "on": .day(Counter.today)]
                )
            ) { try await counter.store.check(second) }
            let keys = try await counter.store.structureKeys(of: structure)
            #expect(Set(keys.map(\.end)) == [nil, .replaced, .revoked])
            // Every list says so, the prescriber's and the shop's.
            let own = try await counter.store.ownVouchers(by: ines).items
            let all = try await counter.store.vouchers(of: structure).items
            for code in [recorded.code, next.code] {
                let on = code == next.code ? Counter.today : nil
                #expect(own.first { $0.code == code }?.keyRevokedOn == on)
                #expect(all.first { $0.code == code }?.keyRevokedOn == on)
            }
            let card = try await counter.store.voucher(VoucherCode(scanned: next.code))
            #expect(card.refusal(on: Counter.today, in: counter.shop)?.reason == .voucherKeyRevoked)
        }
    }

    @Test("a prescriber puts nobody into a household that the voucher does not name")
    func household() async throws {
        try await withCounter { counter in
            let amina = try await counter.person("Amina", "Benali")
            let ines = try await prescriber("ines", of: "Itinéraires", at: counter)
            let recorded = try await counter.store.signVoucher(
                referral([
                    .new(newPerson("Yanis", "Haddad", livesWith: amina), livesWithFirst: false)
                ]),
                key: counter.key(),
                by: ines
            )
            #expect(try await counter.store.person(recorded.persons[0].id).livesWith.isEmpty)
        }
    }

    @Test("the last day that a prescriber chooses is bounded by the number in force")
    func bounded() async throws {
        try await withCounter { counter in
            let ines = try await prescriber("ines", of: "Itinéraires", at: counter)
            func sign(until day: Day) async throws -> RecordedVoucher {
                try await counter.store.signVoucher(
                    NewReferral(
                        persons: [.new(newPerson("Amina", "Benali"), livesWithFirst: false)],
                        householdSize: 1,
                        services: [.equipment],
                        validUntil: day
                    ),
                    key: counter.key(),
                    by: ines
                )
            }
            let most = try await counter.store.lastDayOfSigned()
            #expect(most == Counter.today.adding(months: 9))
            let refusal = try await refused { _ = try await sign(until: most.adding(days: 1)) }
            #expect(refusal?.reason == .voucherTooLong)
            #expect(try await sign(until: most).validUntil == most)
            _ = try await counter.owner.withConnection {
                try $0.execute(
                    """
                    insert into dated_numbers (name, starts_on, amount, recorded_at)
                    values ('signed_voucher_months_most', \(Counter.today), 2, now())
                    """
                )
            }
            let shorter = try await refused { _ = try await sign(until: most) }
            #expect(shorter?.facts["most"] == .day(Counter.today.adding(months: 2)))
        }
    }

    @Test(
        "what a voucher says beyond its rights is read by its structure and the counter, and goes with the identity (B3)"
    )
    func details() async throws {
        try await withCounter { counter in
            let store = counter.store
            let ines = try await prescriber("ines", of: "Itinéraires", at: counter)
            let said = try ReferralDetails(
                motives: ["parent", "no-connection"],
                wish: .laptop,
                remarks: "MARKER-REMARKS"
            )
            func sign(_ details: ReferralDetails, _ staff: Staff) async throws -> RecordedVoucher {
                try await store.signVoucher(
                    NewReferral(
                        persons: [.new(newPerson("Amina", "Benali"), livesWithFirst: false)],
                        householdSize: 2,
                        services: [.equipment],
                        details: details
                    ),
                    key: counter.key(),
                    by: staff
                )
            }
            let recorded = try await sign(said, ines)
            let code = try VoucherCode(scanned: recorded.code)
            let own = try await store.ownVoucher(code, by: ines).details
            #expect(own.motives.map(\.code) == ["no-connection", "parent"])
            #expect(own.wish == .laptop && own.remarks == "MARKER-REMARKS")
            #expect(try await store.voucher(code).details == own)
            // Another day's words, and a motive's end, are for the vouchers of their days.
            for (motive, french, isWithdrawn) in [
                ("parent", "Parent, autrement dit", false), ("no-connection", "Fini", true),
            ] {
                _ = try await store.setMotive(
                    NewMotive(
                        code: ShortCode(typed: motive),
                        startsOn: Counter.today,
                        french: ShortText(typed: french, field: .nameFrench),
                        english: ShortText(typed: "Other words", field: .nameEnglish),
                        isWithdrawn: isWithdrawn
                    ),
                    key: counter.key(),
                    by: counter.administrator
                )
            }
            #expect(try await store.voucher(code).details == own)
            for unknown in ["no-connection", "nothing-of-the-kind"] {
                let details = try ReferralDetails(motives: [unknown])
                let refusal = try await refused { _ = try await sign(details, ines) }
                #expect(refusal?.reason == .unknownThing && refusal?.field == .motives)
            }
            #expect(try await counter.count("select count(*) from comptoir.vouchers") == 1)
            let other = try await sign(ReferralDetails(motives: ["parent"]), ines)
            let words = try await store.voucher(VoucherCode(scanned: other.code)).details.motives
            #expect(words.map(\.french) == ["Parent, autrement dit"])
            // Nothing of it is kept with the request, nor anywhere once the identity has gone.
            func holding() async throws -> Int {
                try await counter.count(
                    "select count(*) from comptoir.claims where result::text like '%MARKER%'"
                )
            }
            #expect(try await holding() == 0)
            try await store.transaction { tx in
                try tx.execute(
                    "delete from identities where person_id = \(recorded.persons[0].id)"
                )
            }
            let erased = try await store.voucher(code).details
            #expect(erased == VoucherDetails(motives: [], wish: nil, remarks: ""))
            let kept = try await store.voucher(VoucherCode(scanned: other.code)).details
            #expect(kept.motives.map(\.code) == ["parent"])
        }
    }

    @Test("whoever does not manage every shop writes no motive; a day takes one row of a motive")
    func motives() async throws {
        try await withCounter { counter in
            func set(_ day: Day, by staff: Staff) async throws {
                _ = try await counter.store.setMotive(
                    NewMotive(
                        code: ShortCode(typed: "no-printer"),
                        startsOn: day,
                        french: ShortText(typed: "Sans imprimante", field: .nameFrench),
                        english: ShortText(typed: "No printer", field: .nameEnglish)
                    ),
                    key: counter.key(),
                    by: staff
                )
            }
            let cases: [(Day, Staff, Reason?)] = [
                (Counter.today, counter.manager, .associationOnly),
                (Counter.today.adding(days: -1), counter.administrator, .startsInPast),
                (Counter.today, counter.administrator, nil),
                (Counter.today, counter.administrator, .changeAlreadyDated),
                (Counter.today.adding(days: 1), counter.administrator, nil),
            ]
            for (day, staff, reason) in cases {
                let refusal = try await refused { try await set(day, by: staff) }
                #expect(refusal?.reason == reason)
            }
        }
    }

    /// The referral that renews a voucher, as its prescriber asks for it.
    private func renewing(_ code: String, by staff: Staff, at counter: Counter) async throws
        -> NewReferral
    {
        try await counter.store.ownVoucher(VoucherCode(scanned: code), by: staff)
            .renewing(details: .none)
    }

    @Test("a voucher is renewed once, near its end, by a new one that names it (X2)")
    func renews() async throws {
        try await withCounter { counter in
            let ines = try await prescriber("ines", of: "Itinéraires", at: counter)
            let marc = try await prescriber("marc", of: "Solfa", at: counter)
            let first = try await sign("Amina", by: ines, at: counter)
            func renew(_ code: String, by staff: Staff, on day: Day) async throws
                -> RecordedVoucher
            {
                let then = counter.at(day)
                return try await then.store.signVoucher(
                    renewing(code, by: staff, at: then),
                    key: then.key(),
                    by: staff
                )
            }
            let early = first.validUntil.adding(days: -61)
            let tooEarly = try await refused {
                _ = try await renew(first.code, by: ines, on: early)
            }
            #expect(tooEarly?.reason == .renewalOutsidePeriod)
            #expect(tooEarly?.facts["from"] == .day(early.adding(days: 1)))
            let foreign = try await refused {
                let theirs = try await renewing(first.code, by: ines, at: counter)
                _ = try await counter.at(early.adding(days: 1)).store.signVoucher(
                    theirs,
                    key: counter.key(),
                    by: marc
                )
            }
            #expect(foreign?.reason == .voucherUnknown)
            // Nobody else is named.
            let near = counter.at(early.adding(days: 1))
            for stranger in try [
                NewReferral.Named.new(newPerson("Yanis", "Benali"), livesWithFirst: true),
                .known(await counter.person("Bruno", "Martin")),
            ] {
                let refusal = try await refused {
                    _ = try await near.store.signVoucher(
                        NewReferral(
                            persons: [.known(first.persons[0].id), stranger],
                            householdSize: 2,
                            services: [.equipment],
                            renews: VoucherCode(scanned: first.code)
                        ),
                        key: near.key(),
                        by: ines
                    )
                }
                #expect(refusal?.reason == .renewalOfOthers)
            }
            let second = try await renew(first.code, by: ines, on: early.adding(days: 1))
            #expect(second.persons.map(\.id) == first.persons.map(\.id))
            #expect(second.validUntil == early.adding(days: 1).adding(months: 9))
            let code = try VoucherCode(scanned: second.code)
            let old = try await near.store.voucher(VoucherCode(scanned: first.code))
            #expect(old.renewedBy == second.code && old.renews == nil)
            #expect(try await near.store.voucher(code).renews == first.code)
            let own = try await near.store.ownVoucher(code, by: ines)
            #expect(own.renews == first.code && own.renewal.number == 1)
            #expect(own.voucher.digits != nil)
            let again = try await refused {
                _ = try await renew(first.code, by: ines, on: early.adding(days: 2))
            }
            #expect(again?.facts["code"] == .text(second.code))
            // Once in a row, until the number says twice.
            let end = second.validUntil
            let used = try await refused { _ = try await renew(second.code, by: ines, on: end) }
            #expect(used?.reason == .renewalsUsedUp)
            _ = try await counter.owner.withConnection {
                try $0.execute(
                    """
                    insert into dated_numbers (name, starts_on, amount, recorded_at)
                    values ('voucher_renewals_most', \(end), 2, now())
                    """
                )
            }
            let third = try await renew(second.code, by: ines, on: end)
            let last = try await refused {
                _ = try await renew(third.code, by: ines, on: third.validUntil)
            }
            #expect(last?.reason == .renewalsUsedUp)
        }
    }

    @Test("of prescribers who renew or revoke the same voucher at once, one does")
    func races() async throws {
        try await withCounter { counter in
            let ines = try await prescriber("ines", of: "Itinéraires", at: counter)
            let structure = try #require(ines.refers?.structure)
            let paul = try await prescriber("paul", of: "Itinéraires", in: structure, at: counter)
            let first = try await sign("Amina", by: ines, at: counter)
            let end = counter.at(first.validUntil)
            let referral = try await renewing(first.code, by: ines, at: end)
            let renewals = try await race(8) { number in
                _ = try await end.store.signVoucher(
                    referral,
                    key: end.key(),
                    by: number.isMultiple(of: 2) ? ines : paul
                )
            }
            #expect(renewals.count { $0 == nil } == 1)
            #expect(
                renewals.compactMap { $0?.reason }.allSatisfy { $0 == .voucherRenewed }
            )
            let code = try VoucherCode(scanned: first.code)
            let motive = try ShortText(typed: "erreur", field: .motive)
            let revocations = try await race(8) { number in
                _ = try await end.store.revokeOwnVoucher(
                    code,
                    motive: motive,
                    key: end.key(),
                    by: number.isMultiple(of: 2) ? ines : paul
                )
            }
            #expect(revocations.count { $0 == nil } == 1)
            #expect(revocations.compactMap { $0?.reason }.allSatisfy { $0 == .alreadyEnded })
            // Renewed and revoked at once: whichever came first, the voucher ends with one of each at most.
            let next = try await sign("Yanis", by: ines, at: counter)
            let nextCode = try VoucherCode(scanned: next.code)
            let renewal = try await renewing(next.code, by: paul, at: end)
            let both = try await race(8) { number in
                if number.isMultiple(of: 2) {
                    _ = try await end.store.signVoucher(renewal, key: end.key(), by: paul)
                } else {
                    _ = try await end.store.revokeOwnVoucher(
                        nextCode,
                        motive: motive,
                        key: end.key(),
                        by: ines
                    )
                }
            }
            let renewed = try await end.store.voucher(nextCode).renewedBy == nil ? 0 : 1
            #expect(both.count { $0 == nil } == 1 + renewed)
        }
    }

    @Test("a manager of one shop neither opens accounts nor changes keys")
    func association() async throws {
        try await withCounter { counter in
            let structure = try await counter.structure()
            let prescriber = try await counter.prescriber(of: structure)
            await #expect(throws: Refusal(.associationOnly)) {
                _ = try await counter.store.openAccount(
                    NewAccount(
                        of: prescriber,
                        in: structure,
                        login: Login(typed: "ines"),
                        language: .french
                    ),
                    key: counter.key(),
                    by: counter.manager
                )
            }
            await #expect(throws: Refusal(.associationOnly)) {
                _ = try await counter.store.changeStructureKey(
                    of: structure,
                    .revoked,
                    key: counter.key(),
                    by: counter.manager
                )
            }
        }
    }

    @Test("a private key in the database opens under its own id and the installation's key alone")
    func wrapped() async throws {
        try await withCounter { counter in
            let ines = try await prescriber("ines", of: "Itinéraires", at: counter)
            _ = try await prescriber("marc", of: "Solfa", at: counter)
            try await counter.owner.withConnection { connection in
                // Two structures' keys trade places.
                try connection.script(
                    """
                    update comptoir.structure_keys k set wrapped_key = o.wrapped_key
                    from comptoir.structure_keys o where o.id <> k.id
                    """
                )
            }
            await #expect(throws: Refusal(.signingUnavailable)) {
                _ = try await sign("Amina", by: ines, at: counter)
            }
            #expect(Reason.signingUnavailable.kind == .unavailable)
            #expect(try await counter.count("select count(*) from comptoir.vouchers") == 0)
            #expect(try await counter.store.examine().shutStructureKeys == 2)
            // As the doctor says: a key that is replaced is wrapped anew.
            _ = try await counter.store.changeStructureKey(
                of: #require(ines.refers).structure,
                .replaced,
                key: counter.key(),
                by: counter.administrator
            )
            _ = try await sign("Amina", by: ines, at: counter)
            #expect(try await counter.store.examine().shutStructureKeys == 1)
        }
    }

    @Test("a structure reads and takes back its own vouchers alone (F2)")
    func isolated() async throws {
        try await withCounter { counter in
            let ines = try await prescriber("ines", of: "Itinéraires", at: counter)
            let marc = try await prescriber("marc", of: "Solfa", at: counter)
            let hers = try await sign("Amina", by: ines, at: counter)
            let his = try await sign("Bruno", by: marc, at: counter)
            #expect(try await counter.store.ownVouchers(by: ines).items.map(\.code) == [hers.code])
            let other = try VoucherCode(scanned: his.code)
            let unknown = Refusal(.voucherUnknown, ["code": .text(other.printed)])
            await #expect(throws: unknown) {
                _ = try await counter.store.ownVoucher(other, by: ines)
            }
            await #expect(throws: unknown) {
                _ = try await counter.store.revokeOwnVoucher(
                    other,
                    motive: ShortText(typed: "erreur", field: .motive),
                    key: counter.key(),
                    by: ines
                )
            }
        }
    }

    @Test("a prescriber holds no role, has one account, and staff sign nothing")
    func apart() async throws {
        try await withCounter { counter in
            let ines = try await prescriber("ines", of: "Itinéraires", at: counter)
            await #expect(throws: Refusal(.userWorksOrRefers)) {
                _ = try await counter.store.grantRole(
                    .volunteerSeller,
                    in: nil,
                    to: Login(typed: "ines"),
                    key: counter.key(),
                    by: counter.administrator
                )
            }
            let place = try #require(ines.refers)
            await #expect(
                throws: Refusal(.prescriberHasAccount, ["text": .text("ines.bis")])
            ) {
                _ = try await counter.store.openAccount(
                    NewAccount(
                        of: place.prescriber,
                        in: place.structure,
                        login: Login(typed: "ines.bis"),
                        language: .french
                    ),
                    key: counter.key(),
                    by: counter.administrator
                )
            }
            await #expect(throws: Refusal(.prescribersOnly)) {
                _ = try await sign("Amina", by: counter.seller, at: counter)
            }
        }
    }

    @Test("an agreement that is over signs nothing more; a voucher taken back opens nothing more")
    func ends() async throws {
        try await withCounter { counter in
            let ines = try await prescriber("ines", of: "Itinéraires", at: counter)
            let structure = try #require(ines.refers?.structure)
            let recorded = try await sign("Amina", by: ines, at: counter)
            let code = try VoucherCode(scanned: recorded.code)
            _ = try await counter.store.revokeOwnVoucher(
                code,
                motive: ShortText(typed: "la personne a déménagé", field: .motive),
                key: counter.key(),
                by: ines
            )
            let own = try await counter.store.ownVoucher(code, by: ines)
            #expect(own.voucher.revokedOn == Counter.today)
            let standing = try await counter.store.standing(
                of: .voucher(recorded.code, nil),
                in: counter.shop
            )
            #expect(standing.refusal?.reason == .voucherRevoked)
            _ = try await counter.store.endAgreement(
                of: structure,
                on: Counter.today,
                key: counter.key(),
                by: counter.seller
            )
            let later = counter.at(Counter.today.adding(days: 1))
            let refusal = await #expect(throws: Refusal.self) {
                _ = try await sign("Yanis", by: ines, at: later)
            }
            #expect(refusal?.reason == .agreementOver)
        }
    }
}
