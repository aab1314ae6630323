import Shop
import Store

extension Draft {
    /// Why a voucher is taken back; nil when it is not said.
    mutating func readMotive() -> ShortText? {
        read("motive") { text throws(Refusal) in
            try ShortText(typed: text, field: .motive, most: 500)
        }
    }

    /// A voucher from the form; nil when something in it is wrong or when likely files are to be looked at first:
    /// these come back by the number of the person on the form.
    mutating func readVoucher(
        _ store: Store,
        shop: ID<Shop>?
    ) async throws -> (voucher: NewVoucher?, likely: [Int: [PersonRow]]) {
        let structure = try await readStructure(store, isRequired: true)
        let signatory = try await readSignatory(of: structure, store)
        let signed = read("signed_on") { text throws(Refusal) in
            try Day(typed: text, field: .signedOn)
        }
        let until = read("valid_until") { text throws(Refusal) -> Day? in
            text.isEmpty ? nil : try Day(typed: text, field: .validUntil)
        }
        let size = read("household_size") { text throws(Refusal) in
            try number(typed: text, field: .householdSize, in: 1...30)
        }
        let services = form.all("services").compactMap(Category.init(rawValue:))
        if services.isEmpty { refuse(Refusal(.fieldMissing).about(.services)) }
        if !isTicked("signature") { refuse(Refusal(.signatureNotSeen).about(.signature)) }
        let (persons, likely) = try await readNamed(store, structure: structure)
        let details = readDetails()
        guard isFine, likely.isEmpty, let structure, let signatory, let signed, let until, let size,
            let details
        else { return (nil, likely) }
        do {
            let voucher = try NewVoucher(
                structure: structure,
                prescriber: signatory,
                persons: persons,
                householdSize: size,
                services: Set(services),
                signedOn: signed,
                validUntil: until,
                shop: isTicked("here") ? shop : nil,
                originalKept: isTicked("original"),
                signatureSeen: true,
                details: details
            )
            return (voucher, [:])
        } catch {
            refuse(error)
            return (nil, [:])
        }
    }

    /// What to look up before anything is recorded: for each person whose name was searched, or whose file was chosen, the
    /// files that fit, by the number of the person on the form; nil when nobody is to be looked up.
    ///
    /// Whoever presses Enter in the search searches: nothing else was written of that person.
    mutating func readFound(_ store: Store) async throws -> [Int: [PersonRow]] {
        var found: [Int: [PersonRow]] = [:]
        for number in 1...NewVoucherPage.count(self) {
            let typed = value("find_\(number)")
            if typed.contains(where: { !$0.isWhitespace }) {
                do {
                    found[number] = try await store.searchPersons(typed, limit: 8).items
                } catch let refusal as Refusal {
                    _ = read("find_\(number)") { _ throws(Refusal) -> Void in throw refusal }
                    found[number] = []
                }
            }
            if let code = PersonCode(value("person_\(number)")),
                !(found[number] ?? []).contains(where: { $0.code == code.text })
            {
                let known = try await store.person(store.person(coded: code)).person
                found[number, default: []].insert(known, at: 0)
            }
        }
        return found
    }

    /// Whether the form asks to look somebody up rather than to record.
    var isSearching: Bool {
        if form["search"] != nil { return true }
        return (1...NewVoucherPage.count(self)).contains { number in
            !value("find_\(number)").isEmpty && form["person_\(number)"] == nil
                && value("family_name_\(number)").isEmpty
        }
    }

    /// A name that the structure knows, or a new one that is added to it.
    private mutating func readSignatory(
        of structure: ID<Structure>?,
        _ store: Store
    ) async throws -> NewVoucher.Signatory? {
        let name = read("prescriber") { text throws(Refusal) in
            try PersonName(typed: text, field: .prescriber)
        }
        let post = read("post") { text throws(Refusal) in
            try ShortText.optional(typed: text, field: .post)
        }
        guard let name, let post, let structure else { return nil }
        let known = try await store.structure(structure).prescribers
        if let known = known.first(where: { $0.name.lowercased() == name.text.lowercased() }) {
            return .known(known.id)
        }
        return .new(NewPrescriber(name: name, post: post))
    }

    private mutating func readNamed(
        _ store: Store,
        structure: ID<Structure>?
    ) async throws -> (persons: [NewVoucher.Named], likely: [Int: [PersonRow]]) {
        var persons: [NewVoucher.Named] = []
        var likely: [Int: [PersonRow]] = [:]
        for number in 1...NewVoucherPage.count(self) {
            let suffix = "_\(number)"
            if let id = try await readPersonCode("person\(suffix)", store) {
                persons.append(.known(id))
                continue
            }
            let isBlank = ["family_name", "given_name", "phone", "birth_year", "person"]
                .allSatisfy { value("\($0)\(suffix)").isEmpty }
            if isBlank, number > 1 { continue }
            guard value("person\(suffix)").isEmpty,
                let person = try await readPerson(store, suffix: suffix, structure: structure)
            else { continue }
            let chosen = form["likely\(suffix)"]
            if let code = chosen.flatMap({ PersonCode($0) }) {
                persons.append(.known(try await store.person(coded: code)))
                continue
            }
            if chosen != "other" {
                let files = try await store.likelyFiles(of: person)
                if !files.isEmpty { likely[number] = files }
            }
            persons.append(
                .new(
                    person,
                    isSomebodyElse: chosen == "other",
                    livesWithFirst: number > 1 && isTicked("together")
                )
            )
        }
        return (persons, likely)
    }
}
