import Postgres
import Shop
import Store
import TestSupport
import Testing

@Suite("Structures: agreements, contacts, files")
struct StructureTests {
    @Test(
        "an agreement is renewed by a new row; between two nobody signs, and vouchers keep their rights"
    )
    func agreements() async throws {
        try await withCounter { counter in
            let store = counter.store
            let structure = try await counter.structure()
            let prescriber = try await counter.prescriber(of: structure)
            func record(signed day: Day) async throws -> Refusal? {
                try await refused {
                    _ = try await store.recordVoucher(
                        NewVoucher(
                            structure: structure,
                            prescriber: .known(prescriber),
                            persons: [.known(counter.person("Amina", "Benali"))],
                            householdSize: 1,
                            services: [.connection],
                            signedOn: day,
                            originalKept: true,
                            signatureSeen: true
                        ),
                        key: counter.key(),
                        by: counter.seller
                    )
                }
            }
            func renew(from day: Day, to end: Day? = nil) async throws -> Refusal? {
                try await refused {
                    _ = try await store.renewAgreement(
                        of: structure,
                        Agreement(startsOn: day, endsOn: end),
                        key: counter.key(),
                        by: counter.seller
                    )
                }
            }
            let end = Counter.today.adding(days: -20)
            #expect(try await renew(from: Counter.today)?.reason == .agreementGoesOn)
            _ = try await store.endAgreement(
                of: structure,
                on: end,
                key: counter.key(),
                by: counter.seller
            )
            #expect(try await renew(from: end)?.reason == .agreementGoesOn)
            let again = Counter.today.adding(days: -10)
            #expect(try await renew(from: again, to: end)?.reason == .agreementDatesReversed)
            #expect(try await renew(from: again) == nil)
            #expect(try await record(signed: end) == nil)
            #expect(try await record(signed: end.adding(days: 1))?.reason == .agreementOver)
            #expect(try await record(signed: again) == nil)
            let card = try await store.structure(structure)
            #expect(card.agreements.map(\.startsOn) == [again, Day(19_000)])
            #expect(card.agreementStartsOn == again && card.agreementEndsOn == nil)
            #expect(try await store.structures().items.map(\.agreementStartsOn) == [again])
            // The last one ends; the first stays as it was.
            _ = try await store.endAgreement(
                of: structure,
                on: Counter.today,
                key: counter.key(),
                by: counter.seller
            )
            #expect(
                try await store.structure(structure).agreements.map(\.endsOn) == [
                    Counter.today, end,
                ]
            )
            let later = counter.at(Counter.today.adding(days: 1))
            let closed = try await refused {
                _ = try await later.store.recordVoucher(
                    NewVoucher(
                        structure: structure,
                        prescriber: .known(prescriber),
                        persons: [.known(counter.person("Bruno", "Martin"))],
                        householdSize: 1,
                        services: [.connection],
                        signedOn: Counter.today.adding(days: 1),
                        originalKept: true,
                        signatureSeen: true
                    ),
                    key: counter.key(),
                    by: counter.seller
                )
            }
            #expect(closed?.reason == .agreementOver)
        }
    }

    @Test("a structure has several contacts, each named once, until they leave")
    func contacts() async throws {
        try await withCounter { counter in
            let structure = try await counter.structure()
            func add(_ name: String) async throws -> ID<StructureContact> {
                try await counter.store.addContact(
                    NewContact(
                        name: PersonName(typed: name, field: .contact),
                        post: "Directrice",
                        phone: .optional(typed: "03 20 00 00 00")
                    ),
                    to: structure,
                    key: counter.key(),
                    by: counter.seller
                )
            }
            let odile = try await add("Odile Fort")
            _ = try await add("Ana Silva")
            let twice = try await refused { _ = try await add("Odile Fort") }
            #expect(twice?.reason == .nameTaken)
            let shown = try await counter.store.structure(structure).contacts
            #expect(shown.map(\.name) == ["Ana Silva", "Odile Fort"])
            let other = try await counter.structure("Solfa")
            func end(of place: ID<Structure>) async throws -> Reason? {
                try await refused {
                    _ = try await counter.store.endContact(
                        odile,
                        of: place,
                        key: counter.key(),
                        by: counter.seller
                    )
                }?.reason
            }
            #expect(try await end(of: other) == .unknownThing)
            #expect(try await end(of: structure) == nil)
            #expect(try await end(of: structure) == .unknownThing)
            _ = try await add("Odile Fort")
        }
    }

    /// A file of our own, its rows below the first line.
    private func file(_ rows: [String]) throws -> StructureFile {
        let head = "nom;type;quartier;telephone;contact"
        return try StructureFile(Array(([head] + rows).joined(separator: "\n").utf8))
    }

    @Test(
        "ten thousand lines with 37 bad ones: each is named, the others are taken in, and again nothing is"
    )
    func imports() async throws {
        try await withCounter { counter in
            let store = counter.store
            let rows = (0..<10_000).map { number in
                number % 271 == 7
                    ? "Structure \(number);banque;;;"
                    : "Structure \(number);ccas;Fives;;Contact \(number)"
            }
            let bad = rows.count { $0.contains("banque") }
            #expect(bad == 37)
            let file = try file(rows)
            let preview = try await store.previewStructures(file)
            #expect(preview.count(.new) == 10_000 - bad && preview.count(.refused) == bad)
            #expect(try await counter.count("select count(*) from comptoir.structures") == 0)
            let key = counter.key()
            let first = try await store.importStructures(file, key: key, by: counter.manager)
            #expect(first.count(.new) == 10_000 - bad && first.count(.refused) == bad)
            let faults = first.rows.compactMap { row -> Int? in
                guard case .refused(let fault) = row.outcome else { return nil }
                #expect(fault.field == "type" && fault.value == "banque")
                return row.line
            }
            #expect(faults == rows.indices.filter { $0 % 271 == 7 }.map { $0 + 2 })
            // The same key answers the same; another finds everything there.
            let twin = try await store.importStructures(file, key: key, by: counter.manager)
            #expect(twin.rows == first.rows)
            let again = try await store.importStructures(
                file,
                key: counter.key(),
                by: counter.manager
            )
            #expect(again.count(.known) == 10_000 - bad && again.count(.new) == 0)
            #expect(
                try await counter.count("select count(*) from comptoir.structures") == 10_000 - bad
            )
            #expect(
                try await counter.count("select count(*) from comptoir.structure_contacts")
                    == 10_000 - bad
            )
        }
    }

    @Test("what a file says otherwise is changed, and told; what it leaves empty is not")
    func changes() async throws {
        try await withCounter { counter in
            let store = counter.store
            func take(_ rows: [String]) async throws -> StructureImport {
                let file = try file(rows)
                let preview = try await store.previewStructures(file)
                let taken = try await store.importStructures(
                    file,
                    key: counter.key(),
                    by: counter.manager
                )
                #expect(preview.rows.map(\.outcome.kind) == taken.rows.map(\.outcome.kind))
                return taken
            }
            _ = try await take(["Collège Nina Simone;ccas;Moulins;03 20 00 00 00;"])
            let changed = try await take([
                "college nina simone;etablissement_scolaire;;03 20 00 00 01;"
            ])
            guard case .changed(let name, let id, let changes) = changed.rows[0].outcome else {
                Issue.record("\(changed.rows)")
                return
            }
            #expect(name == "Collège Nina Simone")
            #expect(changes.map(\.field) == ["kind", "phone"])
            let card = try await store.structure(id)
            #expect(
                card.kind == .school && card.quarter == "Moulins" && card.phone == "+33320000001"
            )
        }
    }

    @Test(
        "places of the national schema that share a name are told apart by their town, and known by their id"
    )
    func national() async throws {
        try await withCounter { counter in
            let store = counter.store
            func place(_ id: String, _ town: String) -> String {
                "\(id),43493312300029,France Services,\(town),59000,1 rue Haute,RFS"
            }
            func take(_ rows: [String]) async throws -> StructureImport {
                let head = "id,pivot,nom,commune,code_postal,adresse,typologie"
                let text = ([head] + rows).joined(separator: "\n")
                return try await store.importStructures(
                    StructureFile(Array(text.utf8)),
                    key: counter.key(),
                    by: counter.manager
                )
            }
            let first = try await take([place("a-1", "Lille"), place("a-2", "Roubaix")])
            #expect(first.count(.new) == 2)
            let second = try await take([
                place("a-1", "Lille"), place("a-2", "Roubaix"), place("a-3", "Roubaix"),
            ])
            #expect(second.rows.map(\.outcome.kind) == [.known, .known, .refused])
            guard case .refused(let fault) = second.rows[2].outcome else { return }
            #expect(fault.refusal.reason == .nameTaken)
            #expect(fault.value == "France Services (Roubaix)")
            #expect(
                try await store.structures().items.map(\.name) == [
                    "France Services", "France Services (Roubaix)",
                ]
            )
        }
    }

    @Test(
        "an import that is stopped has taken whole parts in, and run again it makes the rest once"
    )
    func stopped() async throws {
        try await withCounter { counter in
            let file = try file((0..<2000).map { "Structure \($0);ccas;;;" })
            let (store, key, staff) = (counter.store, counter.key(), counter.manager)
            let running = Task { try await store.importStructures(file, key: key, by: staff) }
            running.cancel()
            _ = await running.result
            let there = try await counter.count("select count(*) from comptoir.structures")
            #expect(there % 500 == 0)
            let again = try await store.importStructures(file, key: counter.key(), by: staff)
            #expect(again.count(.known) == there && again.count(.new) == 2000 - there)
            #expect(try await counter.count("select count(*) from comptoir.structures") == 2000)
        }
    }

    @Test("two imports of one file at once make each structure once")
    func races() async throws {
        try await withCounter { counter in
            let file = try file((0..<40).map { "Structure \($0);ccas;;;Contact \($0)" })
            _ = try await race(4) { _ in
                _ = try await counter.store.importStructures(
                    file,
                    key: counter.key(),
                    by: counter.manager
                )
            }
            #expect(try await counter.count("select count(*) from comptoir.structures") == 40)
            #expect(
                try await counter.count("select count(*) from comptoir.structure_contacts") == 40
            )
        }
    }
}
