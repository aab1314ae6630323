import Shop
import Store

// What commands on people and rights answer.

struct StructureAnswer: Output {
    let structure: StructureCard

    init(_ structure: StructureCard) {
        self.structure = structure
    }

    func encode(to encoder: any Encoder) throws { try structure.encode(to: encoder) }

    func words(in language: Language) -> String {
        let until = structure.agreementEndsOn.map { " → \($0.printed)" } ?? " →"
        let head =
            "\(structure.name)  (\(structure.kind.name(in: language)))  "
            + "\(structure.agreementStartsOn.printed)\(until)\n\(structure.id)"
        let signatories = structure.prescribers.map { prescriber in
            "  \(prescriber.name)" + (prescriber.post.isEmpty ? "" : ", \(prescriber.post)")
                + (prescriber.login.map { "  (\($0))" } ?? "")
        }
        let contacts = structure.contacts.map { contact in
            "  "
                + [contact.name, contact.post, Phone.printed(contact.phone), contact.email]
                .filter { !$0.isEmpty }.joined(separator: ", ")
        }
        return ([head] + signatories + contacts).joined(separator: "\n")
    }
}

struct ListedKey: Output {
    let key: StructureKey

    init(_ key: StructureKey) {
        self.key = key
    }

    func encode(to encoder: any Encoder) throws { try key.encode(to: encoder) }

    func words(in language: Language) -> String {
        let end = key.endedOn.map { " → \($0.printed) \(key.end?.rawValue ?? "")" } ?? " →"
        return "\(key.id)  \(key.begunOn.printed)\(end)"
    }
}

struct ListedStructure: Output {
    let structure: StructureRow

    init(_ structure: StructureRow) {
        self.structure = structure
    }

    func encode(to encoder: any Encoder) throws { try structure.encode(to: encoder) }

    func words(in language: Language) -> String {
        let ended = structure.agreementEndsOn.map { "  → \($0.printed)" } ?? ""
        return "\(structure.id)  \(structure.name), \(structure.kind.name(in: language))\(ended)"
    }
}

struct ListedPerson: Output {
    let person: PersonRow

    init(_ person: PersonRow) {
        self.person = person
    }

    func encode(to encoder: any Encoder) throws { try person.encode(to: encoder) }

    func words(in language: Language) -> String {
        let rest = [
            person.birthYear.map(String.init) ?? "", person.quarter, person.structure ?? "",
        ].filter { !$0.isEmpty }
        return "\(person.code)  \(person.name)"
            + (rest.isEmpty ? "" : "  (\(rest.joined(separator: ", ")))")
    }
}

struct OpenedPersonAnswer: Output {
    let person: OpenedPerson

    init(_ person: OpenedPerson) {
        self.person = person
    }

    func encode(to encoder: any Encoder) throws { try person.encode(to: encoder) }
    func words(in language: Language) -> String { "\(person.code)  \(person.id)" }
}

struct PersonAnswer: Output {
    let card: PersonCard

    init(_ card: PersonCard) {
        self.card = card
    }

    func encode(to encoder: any Encoder) throws { try card.encode(to: encoder) }

    func words(in language: Language) -> String {
        var lines = [ListedPerson(card.person).words(in: language), "\(card.person.id)"]
        if !card.person.phone.isEmpty { lines.append(Phone.printed(card.person.phone)) }
        lines += card.livesWith.map {
            language.choose("  vit avec ", "  lives with ") + ListedPerson($0).words(in: language)
        }
        lines += card.vouchers.map { "  " + ListedVoucher($0).words(in: language) }
        lines += card.courses.map {
            "  \($0.run)  "
                + ($0.completedOn?.printed ?? language.choose("en cours", "under way"))
        }
        lines += card.tickets.map {
            "  \($0.on.printed)  \($0.receipt)  \($0.words(in: language))  "
                + Written.cents($0.paidCents, in: language)
        }
        return lines.joined(separator: "\n")
    }
}

struct ListedVoucher: Output {
    let voucher: VoucherRow

    init(_ voucher: VoucherRow) {
        self.voucher = voucher
    }

    func encode(to encoder: any Encoder) throws { try voucher.encode(to: encoder) }

    func words(in language: Language) -> String {
        let revoked =
            voucher.revokedOn.map {
                language.choose(", annulé le ", ", revoked on ") + $0.printed
            } ?? ""
        return "\(voucher.code)  \(voucher.structure), \(voucher.signedOn.printed) → "
            + voucher.validUntil.printed + revoked
    }
}

struct RecordedVoucherAnswer: Output {
    let voucher: RecordedVoucher

    init(_ voucher: RecordedVoucher) {
        self.voucher = voucher
    }

    func encode(to encoder: any Encoder) throws { try voucher.encode(to: encoder) }

    func words(in language: Language) -> String {
        "\(voucher.code)  → \(voucher.validUntil.printed)  "
            + voucher.persons.map(\.code).joined(separator: ", ")
    }
}

struct VoucherAnswer: Output {
    let card: VoucherCard

    init(_ card: VoucherCard) {
        self.card = card
    }

    func encode(to encoder: any Encoder) throws { try card.encode(to: encoder) }

    func words(in language: Language) -> String {
        let signed = language.choose("signé par ", "signed by ") + card.prescriber
        let rights = card.rights.map { right in
            "  \(right.category.name(in: language)) → \(right.endsOn.printed)"
                + (right.usesMax.map { "  \(right.used)/\($0)" } ?? "")
        }
        let persons = card.persons.map { "  " + ListedPerson($0).words(in: language) }
        let history = card.history.map { event in
            "  \(event.at.day.printed)  \(event.act.rawValue)  \(event.by)  "
                + [event.category?.name(in: language), event.receipt ?? event.code ?? event.motive]
                .compactMap { $0 }.joined(separator: "  ")
        }
        return
            ([ListedVoucher(card.voucher).words(in: language), signed] + persons + rights
            + card.details.lines(in: language) + history)
            .joined(separator: "\n")
    }
}
