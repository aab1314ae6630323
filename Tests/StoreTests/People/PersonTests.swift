import Postgres
import Shop
import Store
import Testing

@Suite("People and households")
struct PersonTests {
    @Test("are found by any part of their names, by phone, by code, accents and apostrophes aside")
    func finds() async throws {
        try await withCounter { counter in
            let store = counter.store
            let amina = try await counter.person("Amina", "Ben Saïd", phone: "06 39 98 00 01")
            _ = try await counter.person("Jean-Pierre", "D’Arc")
            _ = try await counter.person("Œdipe", "Le Goff")
            _ = try await counter.person("", "Madonna")
            _ = try await counter.person("'; drop table persons; --", "<script>alert(1)</script>")
            _ = try await counter.person("מרים", "כהן")
            let code = try await store.person(amina).person.code
            let expected: [(String, [String])] = [
                ("ben", ["Ben Saïd"]), ("BEN SAID", ["Ben Saïd"]), ("amina", ["Ben Saïd"]),
                ("amina ben", ["Ben Saïd"]), ("saïd", ["Ben Saïd"]), ("said amina", ["Ben Saïd"]),
                ("0639980001", ["Ben Saïd"]), ("+33 6 39 98 00 01", ["Ben Saïd"]),
                (code, ["Ben Saïd"]), (code.lowercased(), ["Ben Saïd"]), ("darc", ["D’Arc"]),
                ("d'arc", ["D’Arc"]), ("jean pierre", ["D’Arc"]), ("jean‐p", ["D’Arc"]),
                ("goff", ["Le Goff"]), ("oedipe", ["Le Goff"]), ("madonna", ["Madonna"]),
                ("<script", ["<script>alert(1)</script>"]),
                ("drop table", ["<script>alert(1)</script>"]), ("כהן", ["כהן"]), ("zzz", []),
                ("100%", []), ("___", []),
            ]
            for (typed, names) in expected {
                let found = try await store.searchPersons(typed)
                #expect(found.items.map(\.familyName) == names, "\(typed)")
            }
            #expect(try await counter.count("select count(*) from persons") == 6)
        }
    }

    @Test("a search that says too little is refused")
    func refusesShort() async throws {
        try await withCounter { counter in
            for typed in ["", "  ", "zz", "-"] {
                let refusal = try await refused { _ = try await counter.store.searchPersons(typed) }
                #expect(refusal?.reason == .searchTooShort, "\(typed)")
            }
            let nir = try await refused {
                _ = try await counter.store.searchPersons("1 85 05 78 006 084 91")
            }
            #expect(nir?.reason == .nirForbidden)
        }
    }

    @Test("a search is read part by part, each person once, family names before given names")
    func pages() async throws {
        try await withCounter { counter in
            for number in 0..<5 {
                _ = try await counter.person("Zoé\(number)", "Martin")
                _ = try await counter.person("Martin", "Zola\(number)")
            }
            var (seen, next): ([String], String?) = ([], nil)
            repeat {
                let part = try await counter.store.searchPersons("martin", after: next, limit: 3)
                seen += part.items.map { "\($0.givenName) \($0.familyName)" }
                next = part.next
            } while next != nil
            let expected = (0..<5).map { "Zoé\($0) Martin" } + (0..<5).map { "Martin Zola\($0)" }
            #expect(seen == expected)
            var anywhere: [String] = []
            repeat {
                let part = try await counter.store.searchPersons("artin", after: next, limit: 3)
                anywhere += part.items.map(\.code)
                next = part.next
            } while next != nil
            #expect(Set(anywhere).count == 10 && anywhere.count == 10)
        }
    }

    @Test("a likely second file is refused until someone has looked")
    func duplicates() async throws {
        try await withCounter { counter in
            let store = counter.store
            let first = try await store.createPerson(
                newPerson("Amina", "Benali", phone: "0639980001", born: 1985),
                isSomebodyElse: false,
                key: counter.key(),
                by: counter.seller
            )
            let close: [(String, String, String?, Int?, Bool)] = [
                ("Amina", "Benali", nil, nil, true), ("Benali", "Amina", nil, 1985, true),
                ("Amína", "Ben Ali", nil, 1986, true), ("Amina", "Benali", nil, 1962, false),
                ("Karim", "Haddad", "+33639980001", 1990, true),
                ("Karim", "Haddad", nil, nil, false),
            ]
            for (given, family, phone, born, isKnown) in close {
                let person = try newPerson(given, family, phone: phone, born: born)
                let likely = try await store.likelyFiles(of: person)
                #expect(likely.map(\.code) == (isKnown ? [first.code] : []), "\(given) \(family)")
            }
            let twin = try newPerson("Amina", "Benali")
            let refusal = try await refused {
                _ = try await store.createPerson(
                    twin,
                    isSomebodyElse: false,
                    key: counter.key(),
                    by: counter.seller
                )
            }
            #expect(refusal?.reason == .personLikelyKnown)
            #expect(refusal?.facts["codes"] == .text(first.code))
            _ = try await store.createPerson(
                twin,
                isSomebodyElse: true,
                key: counter.key(),
                by: counter.seller
            )
            #expect(try await store.searchPersons("benali").items.count == 2)
        }
    }

    @Test(
        "the same key opens one file, even sent twenty times at once; another person with it is refused"
    )
    func once() async throws {
        try await withCounter { counter in
            let key = counter.key()
            let person = try newPerson("Amina", "Benali")
            let ids = try await withThrowingTaskGroup(of: ID<Person>.self) { group in
                for _ in 0..<20 {
                    group.addTask {
                        try await counter.store.createPerson(
                            person,
                            isSomebodyElse: false,
                            key: key,
                            by: counter.seller
                        ).id
                    }
                }
                return try await group.reduce(into: Set()) { $0.insert($1) }
            }
            #expect(ids.count == 1)
            #expect(try await counter.count("select count(*) from identities") == 1)
            let other = try newPerson("Bruno", "Costa")
            let refusal = try await refused {
                _ = try await counter.store.createPerson(
                    other,
                    isSomebodyElse: false,
                    key: key,
                    by: counter.seller
                )
            }
            #expect(refusal?.reason == .keyReused)
        }
    }

    @Test("people live together, part, and never live in two households")
    func households() async throws {
        try await withCounter { counter in
            let store = counter.store
            let amina = try await counter.person("Amina", "Benali")
            let child = try await counter.person("Yanis", "Benali", livesWith: amina)
            let bruno = try await counter.person("Bruno", "Costa")
            #expect(try await store.person(amina).livesWith.map(\.id) == [child])
            let joined = try await store.joinHousehold(
                of: amina,
                bruno,
                key: counter.key(),
                by: counter.seller
            )
            #expect(try await store.person(bruno).household == joined)
            #expect(try await store.person(amina).livesWith.map(\.givenName) == ["Yanis", "Bruno"])
            let again = try await refused {
                _ = try await store.joinHousehold(
                    of: amina,
                    bruno,
                    key: counter.key(),
                    by: counter.seller
                )
            }
            #expect(again?.reason == .alreadyEnded)
            _ = try await store.leaveHousehold(bruno, key: counter.key(), by: counter.seller)
            #expect(try await store.person(bruno).livesWith.isEmpty)
            let alone = try await refused {
                _ = try await store.leaveHousehold(bruno, key: counter.key(), by: counter.seller)
            }
            #expect(alone?.reason == .alreadyEnded)
            let nobody = try await refused {
                _ = try await store.joinHousehold(
                    of: store.newID(),
                    bruno,
                    key: counter.key(),
                    by: counter.seller
                )
            }
            #expect(nobody?.reason == .personUnknown)
        }
    }

    @Test(
        "two counters that move the same two people never deadlock, and leave each in one household"
    )
    func movesRace() async throws {
        try await withCounter { counter in
            let amina = try await counter.person("Amina", "Benali")
            let bruno = try await counter.person("Bruno", "Costa")
            await withTaskGroup(of: Void.self) { group in
                for number in 0..<20 {
                    group.addTask {
                        let (person, other) =
                            number.isMultiple(of: 2) ? (amina, bruno) : (bruno, amina)
                        _ = try? await counter.store.joinHousehold(
                            of: other,
                            person,
                            key: counter.key(),
                            by: counter.seller
                        )
                        _ = try? await counter.store.leaveHousehold(
                            person,
                            key: counter.key(),
                            by: counter.seller
                        )
                    }
                }
            }
            #expect(
                try await counter.count(
                    "select count(*) from household_members where left_on is null"
                ) == 2
            )
        }
    }

    @Test("an identity is corrected in place, facts are dated rows")
    func corrections() async throws {
        try await withCounter { counter in
            let amina = try await counter.person("Amna", "Benali")
            let identity = CorrectedIdentity(
                givenName: try PersonName(typed: "Amina", field: .givenName),
                familyName: try PersonName(typed: "Ben Ali", field: .familyName),
                phone: try Phone(typed: "0639980002"),
                language: try SpokenLanguage(typed: "ar")
            )
            _ = try await counter.store.correctIdentity(
                of: amina,
                to: identity,
                key: counter.key(),
                by: counter.seller
            )
            let later = counter.at(Counter.today.adding(days: 1))
            let structure = try await counter.structure()
            _ = try await later.store.recordFacts(
                of: amina,
                PersonFacts(
                    birthYear: BirthYear(1985, today: Counter.today),
                    quarter: "Fives",
                    structure: structure
                ),
                key: counter.key(),
                by: counter.seller
            )
            let card = try await counter.store.person(amina)
            #expect(card.person.name == "Amina Ben Ali")
            #expect(card.person.birthYear == 1985 && card.person.structure == "Itinéraires")
            #expect(card.language == "ar")
            #expect(try await counter.count("select count(*) from person_facts") == 2)
            #expect(try await counter.store.searchPersons("amna ben").items.isEmpty)
        }
    }
}
