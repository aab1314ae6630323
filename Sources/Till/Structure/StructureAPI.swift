import HTTPTypes
import NIOCore
import Shop
import Store

/// Structures for programs.
func structureAPIRoutes(_ store: Store) -> [Route] {
    [
        Route(
            .get,
            "/api/v1/structures",
            for: receivers,
            "Structures in the order of their names.",
            query: [
                .init("q", .text(most: 200), "Words that the name holds."),
                .init("after", .text(format: "uuid"), "The last part’s next."),
                .init("limit", .integer(least: 1, most: 200), "How many."),
            ],
            gives: ToldStructures.self
        ) { call, _ in
            let part = try await store.structures(
                matching: call.query["q"] ?? "",
                after: call.query["after"],
                limit: call.query["limit"].flatMap { Int($0) } ?? 50
            )
            return try .json(ToldStructures(items: part.items, next: part.next))
        },
        Route(
            .get,
            "/api/v1/structures/{id}",
            for: receivers,
            "A structure and who signs for it.",
            gives: StructureCard.self
        ) { call, _ in
            try .json(try await store.structure(call.id("id")))
        },
        Route(
            .post,
            "/api/v1/structures",
            for: .roles(.structureKeepers),
            "Writes a structure down.",
            takes: AskedStructure.self,
            gives: StructureCard.self
        ) { call, context in
            let asked: AskedStructure = try call.json()
            let id = try await store.createStructure(
                asked.structure(today: store.today),
                key: call.key(),
                by: context.staff
            )
            return try .json(try await store.structure(id), .created)
        },
        Route(
            .post,
            "/api/v1/structures/{id}/prescribers",
            for: .roles(.structureKeepers),
            "Adds a professional who signs.",
            takes: AskedPrescriber.self,
            gives: StructureCard.self
        ) { call, context in
            let asked: AskedPrescriber = try call.json()
            let id = try call.id("id", of: Structure.self)
            _ = try await store.addPrescriber(
                asked.prescriber(),
                to: id,
                key: call.key(),
                by: context.staff
            )
            return try .json(try await store.structure(id), .created)
        },
        Route(
            .post,
            "/api/v1/structures/{id}/accounts",
            for: .roles(.shopManagers),
            "Opens an account with which a prescriber signs vouchers.",
            takes: AskedAccount.self,
            gives: StructureCard.self
        ) { call, context in
            let asked: AskedAccount = try call.json()
            let id = try call.id("id", of: Structure.self)
            let account = NewAccount(
                of: asked.prescriber,
                in: id,
                login: try Login(typed: asked.login),
                language: asked.language ?? .french
            )
            _ = try await store.openAccount(
                account,
                password: asked.password,
                key: call.key(),
                by: context.staff
            )
            return try .json(try await store.structure(id), .created)
        },
        Route(
            .get,
            "/api/v1/structures/{id}/keys",
            for: .roles(.shopManagers),
            "The keys with which a structure signed, the newest first.",
            gives: Listing<StructureKey>.self
        ) { call, _ in
            try .json(
                Listing(try await store.structureKeys(of: call.id("id", of: Structure.self)))
            )
        },
        Route(
            .post,
            "/api/v1/structures/{id}/key",
            for: .roles(.shopManagers),
            "Replaces the key with which a structure signs, or revokes it.",
            takes: AskedKeyEnd.self,
            gives: Listing<StructureKey>.self
        ) { call, context in
            let asked: AskedKeyEnd = try call.json()
            let id = try call.id("id", of: Structure.self)
            _ = try await store.changeStructureKey(
                of: id,
                asked.end,
                key: call.key(),
                by: context.staff
            )
            return try .json(Listing(try await store.structureKeys(of: id)))
        },
        Route(
            .post,
            "/api/v1/structures/{id}/facts",
            for: .roles(.structureKeepers),
            "Corrects what a structure is and how it is reached; what is absent stays.",
            takes: AskedStructureFacts.self,
            gives: StructureCard.self
        ) { call, context in
            let asked: AskedStructureFacts = try call.json()
            let id = try call.id("id", of: Structure.self)
            let facts = try await asked.facts(of: store.structure(id))
            _ = try await store.correctStructure(id, facts, key: call.key(), by: context.staff)
            return try .json(try await store.structure(id))
        },
        Route(
            .post,
            "/api/v1/structures/{id}/contacts",
            for: .roles(.structureKeepers),
            "Adds someone to call.",
            takes: AskedContact.self,
            gives: StructureCard.self
        ) { call, context in
            let asked: AskedContact = try call.json()
            let id = try call.id("id", of: Structure.self)
            _ = try await store.addContact(
                asked.contact(),
                to: id,
                key: call.key(),
                by: context.staff
            )
            return try .json(try await store.structure(id), .created)
        },
        Route(
            .post,
            "/api/v1/structures/{id}/contacts/{contact}/end",
            for: .roles(.structureKeepers),
            "Takes someone to call off the structure's page.",
            gives: StructureCard.self
        ) { call, context in
            let id = try call.id("id", of: Structure.self)
            _ = try await store.endContact(
                call.id("contact"),
                of: id,
                key: call.key(),
                by: context.staff
            )
            return try .json(try await store.structure(id))
        },
        Route(
            .post,
            "/api/v1/structures/{id}/agreements",
            for: .roles(.structureKeepers),
            "Writes down the agreement that follows the last one.",
            takes: Agreement.self,
            gives: StructureCard.self
        ) { call, context in
            let agreement: Agreement = try call.json()
            let id = try call.id("id", of: Structure.self)
            _ = try await store.renewAgreement(
                of: id,
                agreement,
                key: call.key(),
                by: context.staff
            )
            return try .json(try await store.structure(id), .created)
        },
        Route(
            .post,
            "/api/v1/structure-files",
            for: .roles(.structureKeepers),
            "Takes in the structures that a CSV file describes; the body is the file as it is.",
            query: [
                .init("name", .text(most: 200), isRequired: true, "The file's name."),
                .init("preview", .choice(["yes"]), "Say what would be done, and write nothing."),
            ],
            gives: ToldStructureImport.self,
            bodyMost: StructureFile.bytesMost + 1
        ) { call, context in
            let file = try await store.readStructures(Array(call.body.readableBytesView))
            let result =
                call.query["preview"] == "yes"
                ? try await store.previewStructures(file)
                : try await store.importStructures(file, key: call.key(), by: context.staff)
            return try .json(
                ToldStructureImport(
                    result,
                    file: call.query["name"] ?? "",
                    in: context.language
                )
            )
        },
        Route(
            .post,
            "/api/v1/structures/{id}/agreement",
            for: .roles(.structureKeepers),
            "Sets the last day of an agreement.",
            takes: AskedAgreementEnd.self,
            gives: StructureCard.self
        ) { call, context in
            let asked: AskedAgreementEnd = try call.json()
            let id = try call.id("id", of: Structure.self)
            _ = try await store.endAgreement(
                of: id,
                on: asked.endsOn,
                key: call.key(),
                by: context.staff
            )
            return try .json(try await store.structure(id))
        },
    ]
}

struct ToldStructures: Codable, Sendable {
    let items: [StructureRow]
    let next: String?
}

struct AskedAccount: Codable, Sendable {
    let prescriber: ID<Prescriber>
    let login: String
    /// Absent: nobody can sign in yet.
    let password: String?
    let language: Language?
}

struct AskedKeyEnd: Codable, Sendable {
    let end: StructureKey.End
}

struct AskedAgreementEnd: Codable, Sendable {
    let endsOn: Day
}

struct AskedStructureFacts: Codable, Sendable {
    let kind: StructureKind?
    let quarter: String?
    let address: String?
    let phone: String?
    let email: String?

    func facts(of card: StructureCard) throws(Refusal) -> StructureFacts {
        try card.corrected(
            kind: kind,
            quarter: quarter,
            address: address,
            phone: phone,
            email: email
        )
    }
}

struct AskedContact: Codable, Sendable {
    let name: String
    let post: String?
    let phone: String?
    let email: String?

    func contact() throws(Refusal) -> NewContact {
        NewContact(
            name: try PersonName(typed: name, field: .contact),
            post: try ShortText.optional(typed: post, field: .post),
            phone: try .optional(typed: phone),
            email: try .optional(typed: email)
        )
    }
}

struct AskedPrescriber: Codable, Sendable {
    let name: String
    let post: String?
    let phone: String?
    let email: String?

    func prescriber() throws(Refusal) -> NewPrescriber {
        NewPrescriber(
            name: try PersonName(typed: name, field: .prescriber),
            post: try ShortText.optional(typed: post, field: .post),
            phone: try .optional(typed: phone),
            email: try .optional(typed: email)
        )
    }
}

struct AskedStructure: Codable, Sendable {
    let name: String
    let kind: StructureKind
    let quarter: String?
    let address: String?
    let phone: String?
    let email: String?
    let agreementStartsOn: Day?
    let agreementEndsOn: Day?

    func structure(today: Day) throws(Refusal) -> NewStructure {
        NewStructure(
            name: try ShortText(typed: name, field: .name),
            kind: kind,
            quarter: try ShortText.optional(typed: quarter, field: .quarter),
            address: try ShortText.optional(typed: address, field: .address),
            phone: try .optional(typed: phone),
            email: try .optional(typed: email),
            agreementStartsOn: agreementStartsOn ?? today,
            agreementEndsOn: agreementEndsOn
        )
    }
}
