import HTTPTypes
import Shop
import Store

/// Vouchers for programs.
func voucherAPIRoutes(_ store: Store) -> [Route] {
    [
        Route(
            .get,
            "/api/v1/vouchers",
            for: receivers,
            "Vouchers, the last recorded first.",
            query: [
                .init("structure", .text(format: "uuid"), "Of one structure."),
                .init("after", .text(format: "uuid"), "The last part’s next."),
                .init("limit", .integer(least: 1, most: 200), "How many."),
            ],
            gives: ToldVouchers.self
        ) { call, _ in
            let structure = try call.query["structure"].map { text throws(Refusal) in
                try ID<Structure>(typed: text, field: .structure)
            }
            let part = try await store.vouchers(
                of: structure,
                after: call.query["after"],
                limit: call.query["limit"].flatMap { Int($0) } ?? 50
            )
            return try .json(ToldVouchers(items: part.items, next: part.next))
        },
        Route(
            .get,
            "/api/v1/vouchers/{code}",
            for: receivers,
            "A voucher with what it opens.",
            gives: VoucherCard.self
        ) { call, _ in
            try .json(try await store.voucher(VoucherCode(scanned: call.piece("code"))))
        },
        Route(
            .post,
            "/api/v1/vouchers",
            for: receivers,
            "Records a voucher with the people it names, all or nothing.",
            takes: AskedVoucher.self,
            gives: RecordedVoucher.self
        ) { call, context in
            let asked: AskedVoucher = try call.json()
            let recorded = try await store.recordVoucher(
                asked.voucher(today: store.today),
                key: call.key(),
                by: context.staff
            )
            return try .json(recorded, .created)
        },
        Route(
            .post,
            "/api/v1/vouchers/{code}/revocation",
            for: .roles(.shopManagers),
            "Takes a voucher back.",
            takes: AskedRevocation.self,
            gives: VoucherCard.self
        ) { call, context in
            let asked: AskedRevocation = try call.json()
            let code = try VoucherCode(scanned: call.piece("code"))
            let motive = try ShortText(typed: asked.motive, field: .motive, most: 500)
            _ = try await store.revokeVoucher(
                code,
                motive: motive,
                key: call.key(),
                by: context.staff
            )
            return try .json(try await store.voucher(code))
        },
    ]
}

struct ToldVouchers: Codable, Sendable {
    let items: [VoucherRow]
    let next: String?
}

struct AskedRevocation: Codable, Sendable {
    let motive: String
}

struct AskedVoucher: Codable, Sendable {
    let structure: ID<Structure>
    /// Either is given.
    let prescriber: ID<Prescriber>?
    let newPrescriber: Signatory?
    let persons: [ID<Person>]?
    let newPersons: [AskedPerson]?
    /// The new people live with the first one named.
    let together: Bool?
    let householdSize: Int
    let services: [Category]
    let signedOn: Day
    let validUntil: Day?
    let shop: ID<Shop>?
    let equipmentUnits: Int?
    let originalKept: Bool
    let signatureSeen: Bool
    /// Codes of the shop's list.
    let motives: [String]?
    let wish: WishedEquipment?
    let remarks: String?

    struct Signatory: Codable, Sendable {
        let name: String
        let post: String?
    }

    func voucher(today: Day) throws(Refusal) -> NewVoucher {
        var named = (persons ?? []).map { NewVoucher.Named.known($0) }
        for new in newPersons ?? [] {
            named.append(
                .new(
                    try new.person(today: today, referredBy: structure),
                    isSomebodyElse: new.somebodyElse ?? false,
                    livesWithFirst: !named.isEmpty && together == true
                )
            )
        }
        return try NewVoucher(
            structure: structure,
            prescriber: try signatory(),
            persons: named,
            householdSize: householdSize,
            services: Set(services),
            signedOn: signedOn,
            validUntil: validUntil,
            shop: shop,
            originalKept: originalKept,
            signatureSeen: signatureSeen,
            equipmentUnits: equipmentUnits,
            details: try ReferralDetails(motives: motives ?? [], wish: wish, remarks: remarks)
        )
    }

    private func signatory() throws(Refusal) -> NewVoucher.Signatory {
        if let prescriber { return .known(prescriber) }
        guard let newPrescriber else { throw Refusal(.fieldMissing).about(.prescriber) }
        return .new(
            NewPrescriber(
                name: try PersonName(typed: newPrescriber.name, field: .prescriber),
                post: try ShortText.optional(typed: newPrescriber.post, field: .post)
            )
        )
    }
}
