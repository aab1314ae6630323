import Foundation
import Postgres
import Shop
import Store
import Testing

enum UUIDs {
    static let one = UUID(uuid: (1, 2, 3, 4, 5, 6, 0x70, 8, 0x80, 10, 11, 12, 13, 14, 15, 16))
}

@Suite("Quota rules, articles and stock")
struct RulesTests {
    @Test("the defaults are those of the domain, and are written once")
    func defaults() async throws {
        try await withCounter { counter in
            try await counter.store.seedDefaults()
            let rules = try await counter.store.quotaRules()
            #expect(
                rules.map { $0.sentence(in: .french) } == [
                    "1 ordinateur par foyer sur 24 mois glissants.",
                    "30,00\u{A0}€ de connexion par personne et par mois civil.",
                    "1 smartphone par personne sur 24 mois glissants.",
                ]
            )
            #expect(
                rules.map { $0.sentence(in: .english) } == [
                    "1 computer per household over any 24 months.",
                    "€30.00 of connection per person and calendar month.",
                    "1 smartphone per person over any 24 months.",
                ]
            )
            let list = try await counter.store.products(limit: 200)
            #expect(
                Set(list.items.map(\.code)).isSuperset(of: ["laptop", "recharge-5", "sim-kit"])
            )
            let tiles = try await counter.store.offerTiles(in: counter.shop)
            #expect(tiles.prefix(3).map(\.code) == ["recharge-2", "recharge-3", "recharge-5"])
            #expect(tiles[2].price.count == 500 && tiles[2].validDays == 30)
        }
    }

    @Test("a rule changes from a day on, never in the past, once a day")
    func rules() async throws {
        try await withCounter { counter in
            func rule(from day: Day, units: Int?) throws -> NewQuotaRule {
                try NewQuotaRule(
                    code: ShortCode(typed: "computer-per-household"),
                    startsOn: day,
                    category: .equipment,
                    holder: .household,
                    months: 12,
                    unitsMax: units,
                    centsMax: nil
                )
            }
            let (today, store) = (Counter.today, counter.store)
            _ = try await store.setQuotaRule(
                rule(from: today, units: 2),
                key: counter.key(),
                by: counter.administrator
            )
            let twice = try await refused {
                _ = try await store.setQuotaRule(
                    rule(from: today, units: 3),
                    key: counter.key(),
                    by: counter.administrator
                )
            }
            #expect(twice?.reason == .changeAlreadyDated)
            let past = try await refused {
                _ = try await store.setQuotaRule(
                    rule(from: today.adding(days: -1), units: 3),
                    key: counter.key(),
                    by: counter.administrator
                )
            }
            #expect(past?.reason == .startsInPast)
            _ = try await store.setQuotaRule(
                rule(from: today.adding(days: 1), units: nil),
                key: counter.key(),
                by: counter.administrator
            )
            let versions = try await store.quotaRules().filter {
                $0.code == "computer-per-household"
            }
            #expect(versions.map(\.unitsMax) == [nil, 2, 1])
            #expect(versions.inForce(on: today)?.unitsMax == 2)
            #expect(
                versions[0].sentence(in: .french)
                    == "Équipement\u{A0}: sans limite par foyer sur 12 mois glissants."
            )
        }
    }

    @Test("a rule names the kinds of machine that it counts, or none; a machine is no connection")
    func machines() async throws {
        try await withCounter { counter in
            func rule(_ category: Category, _ machines: Set<DeviceKind>?) throws
                -> NewQuotaRule
            {
                try NewQuotaRule(
                    code: ShortCode(typed: "screens"),
                    startsOn: Counter.today,
                    category: category,
                    holder: .person,
                    months: 12,
                    unitsMax: 2,
                    centsMax: nil,
                    machines: machines
                )
            }
            for (category, machines) in [
                (.equipment, []), (.connection, [.screen]),
            ] as [(Category, Set<DeviceKind>)] {
                let told = try await refused { _ = try rule(category, machines) }
                #expect(told?.reason == .fieldMissing)
            }
            _ = try await counter.store.setQuotaRule(
                rule(.equipment, [.screen, .tablet]),
                key: counter.key(),
                by: counter.administrator
            )
            let rules = try await counter.store.quotaRules()
            let machines = Dictionary(uniqueKeysWithValues: rules.map { ($0.code, $0.machines) })
            #expect(machines["screens"] == [.screen, .tablet])
            #expect(machines["computer-per-household"] == DeviceKind.computers)
            #expect(machines["smartphone-per-person"] == [.smartphone])
            #expect(machines["recharges-per-month"] == .some(nil))
            #expect(
                rules.first { $0.code == "screens" }?.sentence(in: .french)
                    == "2 tablettes ou écrans par personne sur 12 mois glissants."
            )
        }
    }

    @Test(
        "a rule that says something else of the same is refused by naming the other; a useless one is told"
    )
    func besideOthers() async throws {
        try await withCounter { counter in
            let store = counter.store
            func rule(_ code: String, _ holder: QuotaRule.Holder, units: Int, months: Int) throws
                -> NewQuotaRule
            {
                try NewQuotaRule(
                    code: ShortCode(typed: code),
                    startsOn: Counter.today,
                    category: .equipment,
                    holder: holder,
                    months: months,
                    unitsMax: units,
                    centsMax: nil,
                    machines: DeviceKind.computers
                )
            }
            let told = try await refused {
                _ = try await store.setQuotaRule(
                    rule("computers", .household, units: 2, months: 24),
                    key: counter.key(),
                    by: counter.administrator
                )
            }
            #expect(told?.reason == .quotaContradicts)
            #expect(told?.told(in: .french).what.contains("computer-per-household") == true)
            let useless = try await store.previewQuotaRule(
                rule("computers-each", .person, units: 1, months: 12),
                by: counter.administrator
            )
            #expect(useless.refusal == nil)
            #expect(useless.stricter.map(\.code) == ["computer-per-household"])
            let wide = try await store.previewQuotaRule(
                rule("computers-wide", .household, units: 1, months: 36),
                by: counter.administrator
            )
            #expect(wide.silenced.map(\.code) == ["computer-per-household"])
        }
    }

    @Test("an article gets a price from a day on; what is counted is taken in, machines are not")
    func articles() async throws {
        try await withCounter { counter in
            let (store, today) = (counter.store, Counter.today)
            let code = try ShortCode(typed: "recharge-10")
            let product = try NewProduct(
                code: code,
                kind: .recharge,
                category: .connection,
                nameFrench: ShortText(typed: "Recharge 10", field: .nameFrench),
                nameEnglish: ShortText(typed: "10 recharge", field: .nameEnglish)
            )
            _ = try await store.createProduct(product, key: counter.key(), by: counter.manager)
            let taken = try await refused {
                _ = try await store.createProduct(product, key: counter.key(), by: counter.manager)
            }
            #expect(taken?.reason == .nameTaken)
            let offer = try NewOffer(
                product: code,
                startsOn: today,
                price: Cents(1000),
                volumeMB: 20_000,
                validDays: 30
            )
            _ = try await store.setOffer(offer, key: counter.key(), by: counter.manager)
            let next = try NewOffer(product: code, startsOn: today.adding(days: 9), price: nil)
            _ = try await store.setOffer(next, key: counter.key(), by: counter.manager)
            for _ in 0..<2 {
                _ = try await store.receiveStock(
                    of: code,
                    units: 40,
                    in: counter.shop,
                    key: counter.key(),
                    by: counter.manager
                )
            }
            let row = try await store.products(in: counter.shop, limit: 200).items
                .first { $0.code == "recharge-10" }
            #expect(row?.priceCents?.count == 1000 && row?.free == 80)
            #expect(row?.changesOn == today.adding(days: 9))
            #expect(
                try await counter.count(
                    "select sum(units)::int from stock_movements where kind = 'receipt'"
                ) == 80
            )
            let later = counter.at(today.adding(days: 9)).store
            let gone = try await later.offerTiles(in: counter.shop)
            #expect(!gone.contains { $0.code == "recharge-10" })
            let refusals: [(String, Int, Reason)] = [
                ("laptop", 1, .productNotCounted), ("nothing", 1, .productUnknown),
                ("recharge-10", 0, .quantityOutOfRange),
            ]
            for (code, units, reason) in refusals {
                let refusal = try await refused {
                    _ = try await store.receiveStock(
                        of: ShortCode(typed: code),
                        units: units,
                        in: counter.shop,
                        key: counter.key(),
                        by: counter.manager
                    )
                }
                #expect(refusal?.reason == reason)
            }
        }
    }
}
