import HTTPTypes
import Shop
import Store

/// The structure's own vouchers for programs.
func portalAPIRoutes(_ store: Store) -> [Route] {
    [
        Route(
            .get,
            "/api/v1/portal/vouchers",
            for: .prescribers,
            "The structure's own vouchers, the last recorded first.",
            query: [
                .init("after", .text(format: "uuid"), "The last part’s next."),
                .init("limit", .integer(least: 1, most: 200), "How many."),
            ],
            gives: Listing<OwnVoucherRow>.self
        ) { call, context in
            let part = try await store.ownVouchers(
                by: context.staff,
                after: call.query["after"],
                limit: call.query["limit"].flatMap { Int($0) } ?? 50
            )
            return try .json(Listing(part.items, next: part.next))
        },
        Route(
            .get,
            "/api/v1/portal/structure",
            for: .prescribers,
            "The structure for which the reader signs, and its agreement.",
            gives: OwnStructure.self
        ) { _, context in try .json(try await store.ownStructure(by: context.staff)) },
        Route(
            .get,
            "/api/v1/portal/motives",
            for: .prescribers,
            "The motives for which somebody may be referred today.",
            gives: Listing<Motive>.self
        ) { _, _ in try .json(Listing(try await store.motives().offered(on: store.today))) },
        Route(
            .get,
            "/api/v1/portal/vouchers/{code}",
            for: .prescribers,
            "A voucher of the structure's own, with what is left of it.",
            gives: OwnVoucher.self
        ) { call, context in
            let code = try VoucherCode(scanned: call.piece("code"))
            return try .json(try await store.ownVoucher(code, by: context.staff))
        },
        Route(
            .post,
            "/api/v1/portal/vouchers",
            for: .prescribers,
            "Signs a voucher. The same key again gives the same voucher.",
            takes: AskedReferral.self,
            gives: RecordedVoucher.self
        ) { call, context in
            let asked: AskedReferral = try call.json()
            let referral = try asked.referral(today: store.today)
            let signed = try await store.signVoucher(referral, key: call.key(), by: context.staff)
            return try .json(signed, .created)
        },
        Route(
            .post,
            "/api/v1/portal/vouchers/{code}/renewal",
            for: .prescribers,
            "Renews a voucher of the structure's own: the same people and services, unless it says otherwise.",
            takes: AskedRenewal.self,
            gives: RecordedVoucher.self
        ) { call, context in
            let asked: AskedRenewal = try call.json()
            let own = try await store.ownVoucher(
                VoucherCode(scanned: call.piece("code")),
                by: context.staff
            )
            let signed = try await store.signVoucher(
                asked.referral(renewing: own),
                key: call.key(),
                by: context.staff
            )
            return try .json(signed, .created)
        },
        Route(
            .post,
            "/api/v1/portal/vouchers/{code}/revocation",
            for: .prescribers,
            "Takes a voucher of the structure's own back.",
            takes: AskedRevocation.self,
            gives: OwnVoucher.self
        ) { call, context in
            let asked: AskedRevocation = try call.json()
            let code = try VoucherCode(scanned: call.piece("code"))
            let motive = try ShortText(typed: asked.motive, field: .motive, most: 500)
            _ = try await store.revokeOwnVoucher(
                code,
                motive: motive,
                key: call.key(),
                by: context.staff
            )
            return try .json(try await store.ownVoucher(code, by: context.staff))
        },
    ]
}

struct AskedRenewal: Codable, Sendable {
    /// Absent: as on the voucher that is renewed, services too.
    let householdSize: Int?
    let services: [Category]?
    /// Absent: as long as rights last.
    let validUntil: Day?
    let motives: [String]?
    let wish: WishedEquipment?
    let remarks: String?

    func referral(renewing own: OwnVoucher) throws -> NewReferral {
        try own.renewing(
            householdSize: householdSize,
            services: services.map { Set($0) },
            validUntil: validUntil,
            details: ReferralDetails(motives: motives ?? [], wish: wish, remarks: remarks)
        )
    }
}

struct AskedReferral: Codable, Sendable {
    /// Those whom a voucher of the structure names already.
    let persons: [ID<Person>]?
    let newPersons: [Newcomer]?
    /// The new people live with the first one named.
    let together: Bool?
    let householdSize: Int
    let services: [Category]
    /// Absent: as long as rights last.
    let validUntil: Day?
    /// Codes of the shop's list.
    let motives: [String]?
    let wish: WishedEquipment?
    let remarks: String?

    struct Newcomer: Codable, Sendable {
        let givenName: String?
        let familyName: String
        let phone: String?
        let birthYear: Int?

        func person(today: Day) throws(Refusal) -> NewPerson {
            var born: BirthYear?
            if let birthYear { born = try BirthYear(birthYear, today: today) }
            return NewPerson(
                givenName: try .optional(typed: givenName, field: .givenName),
                familyName: try PersonName(typed: familyName, field: .familyName),
                phone: try .optional(typed: phone),
                birthYear: born
            )
        }
    }

    func referral(today: Day) throws(Refusal) -> NewReferral {
        var named = (persons ?? []).map { NewReferral.Named.known($0) }
        for new in newPersons ?? [] {
            let person = try new.person(today: today)
            named.append(.new(person, livesWithFirst: !named.isEmpty && together == true))
        }
        return NewReferral(
            persons: named,
            householdSize: householdSize,
            services: Set(services),
            validUntil: validUntil,
            details: try ReferralDetails(motives: motives ?? [], wish: wish, remarks: remarks)
        )
    }
}
