import Postgres
import Shop
import Testing
import TestSupport

@testable import Store

@Suite("Setting an installation up")
struct SetUpTests {
    @Test("it begins with the course for parents: four basic modules, three thematic, 16 h 30")
    func course() async throws {
        try await withStore { store in
            try await store.setUp(firstDay(course: ParentsCourse.template()))
            let courses = try await store.courses().items
            #expect(courses.map(\.code) == ["parents"])
            let modules = try #require(courses.first?.modules)
            let kinds: [Module.Kind] = modules.map(\.kind)
            #expect(kinds == [.basic, .basic, .basic, .basic, .thematic, .thematic, .thematic])
            let minutes: Int = modules.map(\.plannedMinutes).reduce(0, +)
            #expect(minutes == 990)
            #expect(Set(modules.map(\.name)).count == 7)
        }
    }

    @Test("the course has the usual rule from the first day, and its next version keeps it")
    func rule() async throws {
        try await withStoreAndOwner { store, owner in
            try await store.setUp(firstDay(course: ParentsCourse.template()))
            let next = try await store.createCourse(
                ParentsCourse.template(),
                key: store.newID(),
                by: store.staff(login: nil, till: nil)
            )
            #expect(next.code == "parents")
            let rules: [String] = try await owner.withConnection { connection in
                try connection.query(
                    """
                    select concat_ws(' ', modules_min, basic_modules_all, minutes_percent_min, module_percent_min, base)
                      as rule from comptoir.completion_rules where course_code = 'parents'
                    """
                ).map { try $0["rule"] }
            }
            #expect(rules == ["6 t 80 50 planned"])
            let versions: [Int] = try await owner.withConnection { connection in
                try connection.query("select version from comptoir.courses order by version").map {
                    try $0["version"]
                }
            }
            #expect(versions == [1, 2])
        }
    }

    @Test("it begins with what the law and the sources say, C4")
    func numbers() async throws {
        try await withStoreAndOwner { store, owner in
            try await store.setUp(firstDay(course: nil))
            let found: [String] = try await owner.withConnection { connection in
                try connection.query(
                    """
                    select name || ' ' || amount as said from comptoir.dated_numbers
                    where name ~ '(guarantee|presumption|right|voucher)'
                    union all select device_kind || ' ' || starts_on || ' ' || cents_max from comptoir.price_ceilings
                    union all select concat_ws(' ', code, holder, span, months, units_max, cents_max)
                    from comptoir.quota_rules order by 1
                    """
                ).map { try $0["said"] }
            }
            #expect(
                found == [
                    "all_in_one 2022-11-07 15000",
                    "computer-per-household household sliding_months 24 1",
                    "desktop 2022-11-07 15000", "exchange_guarantee_months 24",
                    "gift_guarantee_months 12", "guarantee_months 24",
                    "laptop 2022-11-07 18000", "presumption_months 12",
                    "recharges-per-month person calendar_month 1 3000",
                    "repair_guarantee_months 6",
                    "right_completion_months 9", "right_voucher_equipment_units 1",
                    "right_voucher_help_desk_units 0",
                    "right_voucher_months 9", "screen 2022-11-07 3000",
                    "signed_voucher_months_most 9",
                    "smartphone 2022-11-07 10000",
                    "smartphone-per-person person sliding_months 24 1", "tablet 2022-11-07 10000",
                    "voucher_mails_a_day_most 5", "voucher_presented_months 3",
                    "voucher_renewal_days 60",
                    "voucher_renewals_most 1",
                ]
            )
        }
    }

    @Test("without it there is none, and a set-up that fails leaves none behind")
    func withoutCourse() async throws {
        try await withStore { store in
            try await store.setUp(firstDay(course: nil))
            #expect(try await store.courses().items.isEmpty)
            await #expect(throws: Refusal(.alreadySetUp)) {
                try await store.setUp(firstDay(course: ParentsCourse.template()))
            }
            #expect(try await store.courses().items.isEmpty)
        }
    }
}

private func firstDay(course: NewCourse?) throws -> FirstDay {
    let siret = try Siret(typed: "73282932000074")
    return try FirstDay(
        association: ShortText(typed: "Numérique solidaire", field: .association),
        siret: siret,
        kind: .real,
        regime: .exempt,
        shop: NewShop(
            code: ShopCode(typed: "LI"),
            name: ShortText(typed: "Lille Fives", field: .name),
            address: ShortText(typed: "1 rue du Long Pot", field: .address),
            postalCode: PostalCode(typed: "59000"),
            city: ShortText(typed: "Lille", field: .city),
            siret: siret
        ),
        till: NewTill(
            code: TillCode(typed: "LI1"),
            name: ShortText(typed: "Caisse 1", field: .till)
        ),
        administrator: NewUser(
            login: Login(typed: "admin"),
            operatorCode: OperatorCode(typed: "ADM"),
            name: PersonName(typed: "Ada", field: .name),
            language: .french
        ),
        password: "quatre mots bien choisis",
        course: course
    )
}
