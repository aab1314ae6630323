import Postgres
import Shop
import Store
import Testing

@Suite("Structures and vouchers")
struct VoucherTests {
    @Test("a voucher is recorded with new people, a new prescriber and its rights, all or nothing")
    func records() async throws {
        try await withCounter { counter in
            let structure = try await counter.structure()
            let voucher = try NewVoucher(
                structure: structure,
                prescriber: .new(
                    NewPrescriber(
                        name: PersonName(typed: "Inès Carlier", field: .prescriber),
                        post: "éducatrice spécialisée"
                    )
                ),
                persons: [
                    .new(
                        newPerson("Amina", "Benali"),
                        isSomebodyElse: false,
                        livesWithFirst: false
                    ),
                    .new(newPerson("Yanis", "Benali"), isSomebodyElse: false, livesWithFirst: true),
                ],
                householdSize: 4,
                services: [.equipment, .connection, .course],
                signedOn: Counter.today.adding(days: -10),
                originalKept: true,
                signatureSeen: true
            )
            let recorded = try await counter.store.recordVoucher(
                voucher,
                key: counter.key(),
                by: counter.seller
            )
            #expect(recorded.validUntil == Counter.today.adding(days: -10).adding(months: 9))
            let code = try VoucherCode(scanned: recorded.code)
            let card = try await counter.store.voucher(code)
            #expect(
                card.prescriber == "Inès Carlier" && card.prescriberPost == "éducatrice spécialisée"
            )
            #expect(card.persons.map(\.givenName) == ["Amina", "Yanis"])
            #expect(card.rights.map(\.category) == [.connection, .course, .equipment])
            #expect(card.rights.map(\.usesMax) == [nil, nil, 2])
            #expect(card.rights.map(\.used) == [0, 0, 0])
            let amina = try await counter.store.person(recorded.persons[0].id)
            #expect(amina.livesWith.map(\.code) == [recorded.persons[1].code])
            #expect(amina.vouchers.map(\.code) == [recorded.code])
            #expect(
                try await counter.store.searchPersons(code.printed).items.map(\.givenName)
                    == ["Amina", "Yanis"]
            )
        }
    }

    @Test("what is wrong on the paper is refused, and nothing is kept of it")
    func refuses() async throws {
        try await withCounter { counter in
            let structure = try await counter.structure()
            let (today, yesterday) = (Counter.today, Counter.today.adding(days: -1))
            let prescriber = try await counter.prescriber(of: structure)
            let other = try await counter.structure("Solfa")
            let foreign = try await counter.prescriber(of: other)
            let ended = try await counter.structure("La Marelle")
            let endedPrescriber = try await counter.prescriber(of: ended)
            _ = try await counter.store.endAgreement(
                of: ended,
                on: yesterday,
                key: counter.key(),
                by: counter.manager
            )
            let nobody: ID<Person> = counter.store.newID()
            func voucher(
                _ structure: ID<Structure>,
                _ prescriber: ID<Prescriber>,
                signed: Day,
                until: Day? = nil,
                shop: ID<Shop>? = nil,
                person: NewVoucher.Named? = nil
            ) throws -> NewVoucher {
                try NewVoucher(
                    structure: structure,
                    prescriber: .known(prescriber),
                    persons: [
                        person
                            ?? .new(
                                newPerson("Amina", "Benali"),
                                isSomebodyElse: false,
                                livesWithFirst: false
                            )
                    ],
                    householdSize: 1,
                    services: [.equipment],
                    signedOn: signed,
                    validUntil: until,
                    shop: shop,
                    originalKept: false,
                    signatureSeen: true
                )
            }
            let cases: [(NewVoucher, Reason)] = [
                (try voucher(structure, prescriber, signed: today.adding(days: 1)), .dayInFuture),
                (
                    try voucher(structure, prescriber, signed: today, until: yesterday),
                    .voucherDatesReversed
                ),
                (try voucher(structure, foreign, signed: today), .unknownThing),
                (try voucher(counter.store.newID(), prescriber, signed: today), .unknownThing),
                (
                    try voucher(structure, prescriber, signed: today, shop: counter.store.newID()),
                    .unknownThing
                ),
                (try voucher(ended, endedPrescriber, signed: today), .agreementOver),
                (
                    try voucher(structure, prescriber, signed: today, person: .known(nobody)),
                    .personUnknown
                ),
            ]
            for (voucher, reason) in cases {
                let refusal = try await refused {
                    _ = try await counter.store.recordVoucher(
                        voucher,
                        key: counter.key(),
                        by: counter.seller
                    )
                }
                #expect(refusal?.reason == reason)
            }
            #expect(try await counter.count("select count(*) from vouchers") == 0)
            let open = try await counter.structure("Horizons", from: today)
            let openPrescriber = try await counter.prescriber(of: open)
            let early = try voucher(open, openPrescriber, signed: yesterday)
            let told = try await refused {
                _ = try await counter.store.recordVoucher(
                    early,
                    key: counter.key(),
                    by: counter.seller
                )
            }
            #expect(
                told?.told(in: .french).why
                    == "Elle commence le \(today.printed), sans date de fin."
            )
            #expect(try await counter.count("select count(*) from persons") == 0)
            #expect(try await counter.count("select count(*) from rights") == 0)
            _ = try await counter.store.recordVoucher(
                voucher(ended, endedPrescriber, signed: yesterday),
                key: counter.key(),
                by: counter.seller
            )
        }
    }

    @Test(
        "a paper without person, service or signature is no voucher",
        arguments: [
            (0, 1, true, 1, .fieldMissing), (1, 0, true, 1, .fieldMissing),
            (1, 1, false, 1, .signatureNotSeen), (1, 1, true, 0, .quantityOutOfRange),
            (1, 1, true, 31, .quantityOutOfRange), (1, 1, true, 30, nil),
        ] as [(Int, Int, Bool, Int, Reason?)]
    )
    func needs(persons: Int, services: Int, signature: Bool, size: Int, reason: Reason?)
        async throws
    {
        let refusal = try await refused {
            _ = try NewVoucher(
                structure: ID(UUIDs.one),
                prescriber: .known(ID(UUIDs.one)),
                persons: Array(repeating: .known(ID(UUIDs.one)), count: persons),
                householdSize: size,
                services: services == 0 ? [] : [.equipment],
                signedOn: Counter.today,
                originalKept: true,
                signatureSeen: signature
            )
        }
        #expect(refusal?.reason == reason)
    }

    @Test("a manager of the shop revokes a voucher, once, with a motive; a seller does not")
    func revokes() async throws {
        try await withCounter { counter in
            let structure = try await counter.structure()
            let recorded = try await counter.store.recordVoucher(
                NewVoucher(
                    structure: structure,
                    prescriber: .known(counter.prescriber(of: structure)),
                    persons: [.known(counter.person("Amina", "Benali"))],
                    householdSize: 1,
                    services: [.equipment],
                    signedOn: Counter.today,
                    shop: counter.shop,
                    originalKept: true,
                    signatureSeen: true
                ),
                key: counter.key(),
                by: counter.seller
            )
            let code = try VoucherCode(scanned: recorded.code)
            let motive = try ShortText(typed: "Perdu : un autre est signé", field: .motive)
            let seller = try await refused {
                _ = try await counter.store.revokeVoucher(
                    code,
                    motive: motive,
                    key: counter.key(),
                    by: counter.seller
                )
            }
            #expect(seller?.reason == .roleMissing)
            let key = counter.key()
            for _ in 0..<2 {
                _ = try await counter.store.revokeVoucher(
                    code,
                    motive: motive,
                    key: key,
                    by: counter.manager
                )
            }
            let again = try await refused {
                _ = try await counter.store.revokeVoucher(
                    code,
                    motive: motive,
                    key: counter.key(),
                    by: counter.manager
                )
            }
            #expect(again?.reason == .alreadyEnded)
            let card = try await counter.store.voucher(code)
            #expect(card.voucher.revokedOn == Counter.today)
            #expect(card.revocationMotive == motive.text)
            let unknown = try await refused {
                _ = try await counter.store.revokeVoucher(
                    VoucherCode(random: [1, 2, 3, 4, 5, 6, 7, 8, 9, 1, 2]),
                    motive: motive,
                    key: counter.key(),
                    by: counter.manager
                )
            }
            #expect(unknown?.reason == .voucherUnknown)
        }
    }

    @Test("structures are listed in the order of their names, part by part, and found by any part")
    func lists() async throws {
        try await withCounter { counter in
            for name in ["Solfa", "École Ampère", "Collège Nina Simone", "Itinéraires", "édu 59"] {
                _ = try await counter.structure(name)
            }
            let taken = try await refused { _ = try await counter.structure("Solfa") }
            #expect(taken?.reason == .nameTaken)
            let first = try await counter.store.structures(limit: 2)
            let second = try await counter.store.structures(after: first.next, limit: 9)
            #expect(first.items.map(\.name) == ["Collège Nina Simone", "École Ampère"])
            #expect(second.items.map(\.name) == ["édu 59", "Itinéraires", "Solfa"])
            #expect(second.next == nil)
            let found = try await counter.store.structures(matching: "simone college")
            #expect(found.items.map(\.name) == ["Collège Nina Simone"])
            let reversed = try await refused {
                _ = try await counter.store.endAgreement(
                    of: first.items[0].id,
                    on: Day(18_000),
                    key: counter.key(),
                    by: counter.manager
                )
            }
            #expect(reversed?.reason == .agreementDatesReversed)
        }
    }
}
