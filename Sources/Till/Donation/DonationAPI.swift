import HTTPTypes
import Shop
import Store

/// Donors, lots and the register for programs.
func donationAPIRoutes(_ store: Store) -> [Route] {
    donorAPI(store) + batchAPI(store) + registerAPI(store)
}

private func donorAPI(_ store: Store) -> [Route] {
    [
        Route(
            .get,
            "/api/v1/donors",
            for: batchKeepers,
            "Donors, the last written down first.",
            query: [
                .init("q", .text(most: 200), "Words that the name holds."),
                .init("after", .text(format: "uuid"), "The last part’s next."),
                .init("limit", .integer(least: 1, most: 200), "How many."),
            ],
            gives: Listing<DonorRow>.self
        ) { call, context in
            let part = try await store.donors(
                matching: call.query["q"] ?? "",
                in: context.reach(.stockWorkers),
                after: call.query["after"],
                limit: call.query["limit"].flatMap { Int($0) } ?? 50
            )
            return try .json(Listing(part.items, next: part.next))
        },
        Route(
            .post,
            "/api/v1/donors",
            for: batchKeepers,
            "Writes a donor down.",
            takes: AskedDonor.self,
            gives: DonorCard.self
        ) { call, context in
            let asked: AskedDonor = try call.json()
            let id = try await store.addDonor(asked.donor(), key: call.key(), by: context.staff)
            return try .json(try await store.donor(id), .created)
        },
        Route(
            .get,
            "/api/v1/donors/{id}",
            for: batchKeepers,
            "A donor and how they are reached.",
            gives: DonorCard.self
        ) { call, context in
            try .json(try await store.donor(call.id("id"), in: context.reach(.stockWorkers)))
        },
        Route(
            .post,
            "/api/v1/donors/{id}/card",
            for: batchKeepers,
            "Corrects what is written of a donor; what is absent stays.",
            takes: AskedDonorCard.self,
            gives: DonorCard.self
        ) { call, context in
            let asked: AskedDonorCard = try call.json()
            let id = try call.id("id", of: Donor.self)
            let facts = try await store.donor(id, in: context.reach(.stockWorkers)).corrected(
                kind: asked.kind,
                name: asked.name,
                siret: asked.siret,
                contact: asked.contact,
                address: asked.address,
                phone: asked.phone,
                email: asked.email
            )
            _ = try await store.correctDonor(id, facts, key: call.key(), by: context.staff)
            return try .json(try await store.donor(id))
        },
        Route(
            .post,
            "/api/v1/donors/{id}/card/erase",
            for: .roles(.shopManagers),
            "Erases how a donor is reached, and a private person’s name.",
            gives: DonorCard.self
        ) { call, context in
            let id = try call.id("id", of: Donor.self)
            _ = try await store.eraseDonorCard(of: id, key: call.key(), by: context.staff)
            return try .json(try await store.donor(id))
        },
    ]
}

private func batchAPI(_ store: Store) -> [Route] {
    [
        Route(
            .get,
            "/api/v1/batches",
            for: batchKeepers,
            "Lots, the last written down first.",
            query: [
                .init("stage", .choice(BatchStage.allCases.map(\.rawValue)), "How far they came."),
                .init("donor", .text(format: "uuid"), "Of one donor."),
                .init("after", .text(format: "uuid"), "The last part’s next."),
                .init("limit", .integer(least: 1, most: 200), "How many."),
            ],
            gives: Listing<BatchRow>.self
        ) { call, context in
            let part = try await store.batches(
                of: call.query["donor"].flatMap { ID<Donor>($0) },
                stage: call.query["stage"].flatMap(BatchStage.init(rawValue:)),
                in: context.reach(.stockWorkers),
                after: call.query["after"],
                limit: call.query["limit"].flatMap { Int($0) } ?? 50
            )
            return try .json(Listing(part.items, next: part.next))
        },
        Route(
            .post,
            "/api/v1/batches",
            for: batchKeepers,
            "Writes down a lot that a donor promises.",
            takes: AskedBatch.self,
            gives: BatchCard.self
        ) { call, context in
            let asked: AskedBatch = try call.json()
            let code = try await store.promiseBatch(
                asked.batch(today: store.today),
                to: store.shop(coded: asked.shop, where: .stockWorkers, of: context.staff),
                key: call.key(),
                by: context.staff
            )
            return try .json(try await store.batch(BatchCode.typed(code)), .created)
        },
        Route(
            .get,
            "/api/v1/batches/{code}",
            for: batchKeepers,
            "A lot: what was promised, what came, what became of it.",
            gives: BatchCard.self
        ) { call, context in
            let code = try BatchCode.typed(call.piece("code"))
            return try .json(try await store.batch(code, in: context.reach(.stockWorkers)))
        },
        Route(
            .post,
            "/api/v1/batches/{code}/deliveries",
            for: batchKeepers,
            "Records what came of a lot, in the second-hand register.",
            takes: AskedDelivery.self,
            gives: Registered.self
        ) { call, context in
            let asked: AskedDelivery = try call.json()
            let registered = try await store.receiveBatch(
                BatchCode.typed(call.piece("code")),
                asked.delivery(today: store.today),
                key: call.key(),
                by: context.staff
            )
            return try .json(registered, .created)
        },
        Route(
            .get,
            "/api/v1/batches/{code}/devices",
            for: batchKeepers,
            "The machines of a lot, the last taken in first.",
            query: [
                .init("after", .text(format: "uuid"), "The last part’s next."),
                .init("limit", .integer(least: 1, most: 200), "How many."),
            ],
            gives: DeviceList.self
        ) { call, context in
            let part = try await store.devices(
                of: BatchCode.typed(call.piece("code")),
                in: context.reach(.stockWorkers),
                after: call.query["after"],
                limit: call.query["limit"].flatMap { Int($0) } ?? 50
            )
            return try .json(DeviceList(items: part.items, next: part.next))
        },
        Route(
            .post,
            "/api/v1/batches/{code}/devices",
            for: batchKeepers,
            "Says with which lot a machine came, in the second-hand register.",
            takes: AskedBatchDevice.self,
            gives: Registered.self
        ) { call, context in
            let asked: AskedBatchDevice = try call.json()
            let registered = try await store.addDevice(
                DeviceLabel.typed(asked.label),
                to: BatchCode.typed(call.piece("code")),
                key: call.key(),
                by: context.staff
            )
            return try .json(registered, .created)
        },
    ]
}

private func registerAPI(_ store: Store) -> [Route] {
    [
        Route(
            .get,
            "/api/v1/register",
            for: batchKeepers,
            "The second-hand register, by ordinal number.",
            query: [
                .init("shop", .text(pattern: "^[A-Z]{2}$"), "Whose; by default the till’s."),
                .init("day", .text(format: "date"), "Of one day."),
                .init("after", .text(pattern: "^[0-9]{1,12}$"), "The last part’s next."),
                .init("limit", .integer(least: 1, most: 1000), "How many."),
            ],
            gives: Listing<RegisterRow>.self
        ) { call, context in
            let part = try await store.register(
                of: store.shop(
                    coded: call.query["shop"],
                    where: .stockWorkers,
                    of: context.staff
                ),
                on: call.query["day"].map { try Day(typed: $0, field: .day) },
                after: call.query["after"],
                limit: call.query["limit"].flatMap { Int($0) } ?? 50,
                by: context.staff
            )
            return try .json(Listing(part.items, next: part.next))
        },
        Route(
            .post,
            "/api/v1/register/corrections",
            for: batchKeepers,
            "Writes what was wrong in an entry under a number of its own.",
            takes: AskedRegisterCorrection.self,
            gives: Corrected.self
        ) { call, context in
            let asked: AskedRegisterCorrection = try call.json()
            let ordinal = try await store.correctRegister(
                asked.ordinal,
                of: store.shop(coded: asked.shop, where: .stockWorkers, of: context.staff),
                ShortText(typed: asked.correction, field: .correction, most: 500),
                key: call.key(),
                by: context.staff
            )
            return try .json(Corrected(ordinal: ordinal), .created)
        },
    ]
}

struct AskedDonor: Codable, Sendable {
    let kind: DonorKind
    let name: String
    let siret: String?
    let contact: String?
    let address: String?
    let phone: String?
    let email: String?

    func donor() throws(Refusal) -> NewDonor {
        var number: Siret?
        if let siret { number = try Siret(typed: siret) }
        return try NewDonor(
            kind: kind,
            name: try ShortText(typed: name, field: .name),
            siret: number,
            card: try DonorFacts(contact: contact, address: address, phone: phone, email: email)
        )
    }
}

struct AskedDonorCard: Codable, Sendable {
    let kind: DonorKind?
    let name: String?
    let siret: String?
    let contact: String?
    let address: String?
    let phone: String?
    let email: String?
}

/// So many machines of a kind.
struct AskedUnits: Codable, Sendable {
    let kind: DeviceKind
    let units: Int

    static func counts(_ asked: [AskedUnits]) throws(Refusal) -> KindCounts {
        var units: [DeviceKind: Int] = [:]
        for one in asked {
            // Held to the same bounds as what is typed.
            units[one.kind] = try KindCounts(typed: [one.kind: String(one.units)])[one.kind]
        }
        return KindCounts(units)
    }
}

struct AskedBatch: Codable, Sendable {
    let donor: ID<Donor>
    let acquisition: Acquisition
    let agreement: String?
    let promisedOn: Day?
    let promised: [AskedUnits]?
    let grams: Int64?
    let declaredValueCents: Int64?
    /// Absent: the till's.
    let shop: String?

    func batch(today: Day) throws(Refusal) -> NewBatch {
        var value: Cents?
        if let declaredValueCents { value = try Cents(declaredValueCents) }
        return NewBatch(
            donor: donor,
            acquisition: acquisition,
            agreement: try ShortText.optional(typed: agreement, field: .agreement),
            promisedOn: promisedOn ?? today,
            promised: try AskedUnits.counts(promised ?? []),
            weight: try .optional(count: grams),
            declaredValue: value
        )
    }
}

struct AskedSeller: Codable, Sendable {
    let name: String
    let address: String
    let document: IdentityDocument
    let number: String
    let issuedOn: Day
    let issuedBy: String

    func identity() throws(Refusal) -> SellerIdentity {
        SellerIdentity(
            name: try PersonName(typed: name, field: .sellerName),
            address: try ShortText(typed: address, field: .sellerAddress),
            document: document,
            number: try ShortText(typed: number, field: .documentNumber, most: 40),
            issuedOn: issuedOn,
            issuedBy: try ShortText(typed: issuedBy, field: .issuedBy)
        )
    }
}

struct AskedDelivery: Codable, Sendable {
    let receivedOn: Day?
    let received: [AskedUnits]
    let grams: Int64?
    let priceCents: Int64?
    let payment: AcquisitionPayment?
    let seller: AskedSeller?

    func delivery(today: Day) throws(Refusal) -> NewDelivery {
        var identity: SellerIdentity?
        if let seller { identity = try seller.identity() }
        return NewDelivery(
            receivedOn: receivedOn ?? today,
            units: try AskedUnits.counts(received),
            weight: try .optional(count: grams),
            price: try Cents(priceCents ?? 0),
            payment: payment,
            seller: identity
        )
    }
}

struct AskedBatchDevice: Codable, Sendable {
    let label: String
}

struct AskedRegisterCorrection: Codable, Sendable {
    let ordinal: Int64
    let correction: String
    /// Absent: the till's.
    let shop: String?
}

/// Under which number it stands.
struct Corrected: Codable, Sendable {
    let ordinal: Int64
}
