import Postgres
import Shop
import Store
import TestSupport
import Testing

@Suite("An attestation that is taken back (X8)")
struct RevocationTests {
    private static let run = "LI-2026-70"

    private func motive() throws -> ShortText {
        try ShortText(typed: "Erreur de personne", field: .motive)
    }

    /// Amina finishes a course of one module: the code of her attestation.
    private func finish(_ shop: Wazemmes) async throws -> CompletionCode {
        let (store, staff) = (shop.store, shop.staff())
        _ = try await store.createCourse(
            NewCourse(
                code: ShortCode(typed: "court"),
                name: ShortText(typed: "Court", field: .name),
                modules: [
                    NewModule(
                        kind: .basic,
                        name: ShortText(typed: "Un", field: .module),
                        plannedMinutes: 60
                    )
                ]
            ),
            key: shop.key(),
            by: staff
        )
        let structure: ID<Structure> = try await shop.owner.withConnection {
            try $0.query("select id from structures limit 1")[0]["id"]
        }
        let run = try RunCode(typed: Self.run)
        _ = try await store.mobiliseRun(
            NewRun(
                code: run,
                course: ShortCode(typed: "court"),
                programme: ShortCode(typed: Wazemmes.programme),
                structure: structure,
                shop: shop.shop,
                facilitator: shop.seller,
                place: "",
                startsOn: store.today
            ),
            key: shop.key(),
            by: staff
        )
        _ = try await store.enrol(shop.amina, in: run, key: shop.key(), by: staff)
        _ = try await store.holdSession(
            HeldSession(run: run, module: 1, heldOn: store.today, deliveredMinutes: 60),
            key: shop.key(),
            by: staff
        )
        return try await again(shop)
    }

    private func again(_ shop: Wazemmes) async throws -> CompletionCode {
        let outcome = try await shop.store.complete(
            CompletionRequest(run: RunCode(typed: Self.run)),
            key: shop.key(),
            by: shop.staff()
        )
        return try #require(outcome.completed.first.flatMap { CompletionCode($0.code) })
    }

    private func request(_ code: CompletionCode, _ machine: Int) throws -> SaleRequest {
        try SaleRequest(
            buyer: .completion(code.digits),
            lines: [.device(Wazemmes.label(machine))],
            tender: .payments([.init(means: .cash, tendered: Cents(9000))])
        )
    }

    private func revoke(
        _ code: CompletionCode,
        in shop: Wazemmes,
        at store: Store? = nil
    ) async throws -> CompletionRevoked {
        try await (store ?? shop.store).revokeCompletion(
            code,
            motive: motive(),
            key: shop.key(),
            by: shop.staff()
        )
    }

    @Test("opens nothing any more, once and for all; another one may be given after it")
    func opensNothing() async throws {
        try await withWazemmes { shop in
            let code = try await finish(shop)
            let revoked = try await revoke(code, in: shop)
            #expect(revoked.receipts.isEmpty && revoked.run == Self.run)
            let told = try await refusalReason { _ = try await revoke(code, in: shop) }
            #expect(told == .completionRevoked)
            let sold = try await refusalReason {
                _ = try await shop.store.sell(
                    request(code, 1),
                    key: shop.key(),
                    by: shop.staff()
                )
            }
            #expect(sold == .completionRevoked)
            let standing = try await shop.store.standing(
                of: .completion(code.digits),
                in: shop.shop
            )
            #expect(standing.refusal?.reason == .completionRevoked)
            // By the person's own name the right is no more there either.
            #expect(
                try await shop.store.standing(of: .person(shop.amina), in: shop.shop)
                    .rights.allSatisfy { $0.right.kind == .voucher }
            )
            #expect(try await shop.store.attestation(code).revokedOn == shop.store.today)
            let parent = try await shop.store.sheet(of: RunCode(typed: Self.run)).parents[0]
            #expect(parent.completion == nil && parent.revoked?.motive == "Erreur de personne")
            let next = try await again(shop)
            #expect(next != code)
            _ = try await shop.store.sell(request(next, 1), key: shop.key(), by: shop.staff())
            #expect(try await shop.store.verify().ok)
        }
    }

    @Test("leaves what was sold with it, and the report says so from its day on, not before")
    func leavesTheSale() async throws {
        try await withWazemmes { shop in
            let today = shop.store.today
            let tomorrow = today.adding(days: 1)
            let code = try await finish(shop)
            let ticket = try await shop.store.sell(
                request(code, 1),
                key: shop.key(),
                by: shop.staff()
            )
            let later = shop.store.at(
                .standing(at: try #require(Instant(iso: tomorrow.iso + "T12:00:00Z")))
            )
            let revoked = try await revoke(code, in: shop, at: later)
            #expect(revoked.receipts == [ticket.code.text])
            func report(_ day: Day) async throws -> EquipmentOfFinishers {
                try await later.equipmentOfFinishers(of: Wazemmes.programme, asOf: day)
            }
            let before = try await report(today)
            #expect(before.all.count(.finished) == 1 && before.all.count(.equipped) == 1)
            #expect(before.revoked.isEmpty)
            let after = try await report(tomorrow)
            #expect(after.all.count(.finished) == 0 && after.all.count(.equipped) == 0)
            #expect(after.all.count(.started) == 1 && after.revoked.count == 1)
            #expect(after.revoked[0].kept.map(\.receipt) == [ticket.code.text])
            #expect(try await shop.count("select count(*) from refunds") == 0)
            // Given again, it opens no second machine: what was taken on the first one counts.
            let again = try await again(shop)
            let standing = try await shop.store.standing(
                of: .completion(again.digits),
                in: shop.shop
            )
            #expect(standing.rights.allSatisfy { $0.right.kind == .voucher })
        }
    }

    @Test("is an act of who answers for the run's shop")
    func managers() async throws {
        try await withWazemmes { shop in
            let code = try await finish(shop)
            func told(_ role: Role, _ place: ID<Shop>?) async throws -> Reason? {
                try await refusalReason {
                    _ = try await shop.store.revokeCompletion(
                        code,
                        motive: motive(),
                        key: shop.key(),
                        by: Staff(
                            id: shop.seller,
                            operatorCode: "AM",
                            name: "Vente",
                            language: .french,
                            firstDay: false,
                            roles: [Staff.Held(role: role, shop: place)],
                            till: nil
                        )
                    )
                }
            }
            #expect(try await told(.facilitator, nil) == .roleMissing)
            #expect(try await told(.shopManager, shop.store.newID()) == .completionUnknown)
            #expect(try await told(.shopManager, shop.shop) == nil)
        }
    }

    @Test(
        "ten sellers and one who takes it back: a sale that came first is named by the revocation, none comes after it",
        arguments: 0..<4
    )
    func race(_ place: Int) async throws {
        try await withWazemmes { shop in
            let code = try await finish(shop)
            let results = try await withThrowingTaskGroup(of: Result<[String], Refusal>.self) {
                group in
                for number in 0..<11 {
                    group.addTask {
                        do {
                            if number == place * 3 {
                                return .success(
                                    try await revoke(code, in: shop).receipts.map { "named \($0)" }
                                )
                            }
                            let ticket = try await shop.store.sell(
                                request(code, number + 1),
                                key: shop.key(),
                                by: shop.staff(number % 2)
                            )
                            return .success(["sold \(ticket.code.text)"])
                        } catch let refusal as Refusal {
                            return .failure(refusal)
                        }
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            let told = results.flatMap { (try? $0.get()) ?? [] }
            let sold = told.filter { $0.hasPrefix("sold") }.map { $0.dropFirst("sold ".count) }
            let named = told.filter { $0.hasPrefix("named") }.map { $0.dropFirst("named ".count) }
            #expect(sold == named && sold.count <= 1)
            #expect(try await shop.count("select count(*) from completion_revocations") == 1)
            #expect(try await shop.count("select count(*) from uses") == sold.count)
            let refused = results.compactMap { result -> Reason? in
                if case .failure(let refusal) = result { refusal.reason } else { nil }
            }
            #expect(refused.count == 10 - sold.count)
            #expect(
                refused.allSatisfy {
                    [.completionRevoked, .rightUsedUp, .quotaReached].contains($0)
                }
            )
            if sold.isEmpty { #expect(refused.allSatisfy { $0 == .completionRevoked }) }
        }
    }
}
