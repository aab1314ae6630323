import Foundation
import Postgres
import Shop
import Testing

@testable import Store
@testable import Till

@Suite("The portal")
struct PortalTests {
    @Test("somebody unknown and somebody of another structure get the same answer (F2)")
    func tellsNobody() async throws {
        try await withService { served in
            try await served.addPrescriber("ines", of: "Itinéraires")
            try await served.addPrescriber("marc", of: "Solfa")
            let his = try await served.sign("marc").persons[0]
            let ines = try await served.browser(as: "ines")
            _ = try await ines.ask("GET", "/portal/vouchers/new")
            let key = served.store.newID(Claim.self).text
            func form(_ code: String) async throws -> String {
                let reply = try await ines.ask(
                    "POST",
                    "/portal/vouchers",
                    form: [
                        "person_1": code, "household_size": "1", "services": "equipment",
                        "signature": "yes", "key": key,
                    ]
                )
                #expect(reply.status == 404)
                return reply.text.replacing(code, with: "P-")
            }
            #expect(try await form(his.code) == form("P-222222"))
            func json(_ id: ID<Person>) async throws -> String {
                let reply = try await ines.ask(
                    "POST",
                    "/api/v1/portal/vouchers",
                    body:
                        #"{"persons": ["\#(id)"], "household_size": 1, "services": ["equipment"]}"#,
                    headers: ["Idempotency-Key": key]
                )
                #expect(reply.status == 404)
                return reply.text.replacing(id.text, with: "")
            }
            #expect(try await json(his.id) == json(served.store.newID()))
        }
    }

    @Test("the database shows a structure its own rows, each of them, and no other's (F2)")
    func exactRows() async throws {
        try await withService { served in
            try await served.openCounter()
            for (login, name) in [("ines", "Itinéraires"), ("marc", "Solfa")] {
                try await served.addPrescriber(login, of: name)
                try await served.playReferrals(of: login)
                try await served.playVisits(of: login)
            }
            try await served.playCourses(of: ["ines", "marc"])
            // Everything of which the database lets a prescriber read a column, from its catalogue.
            let readable: [(name: String, sql: String)] = try await served.owner.withConnection {
                try $0.query(
                    """
                    select table_name::text as name,
                           format('select count(*) from (select %s from comptoir.%I) t',
                                  string_agg(quote_ident(column_name), ', '), table_name) as sql
                    from information_schema.column_privileges
                    where grantee = 'comptoir_prescriber' and privilege_type = 'SELECT'
                    group by table_name order by table_name
                    """
                ).map { (try $0["name"], try $0["sql"]) }
            }
            #expect(Set(readable.map(\.name)) == Set(Self.own.keys))
            func counts(_ structure: ID<Structure>?) async throws -> [String: Int] {
                try await served.store.reading(of: structure) { tx in
                    var counts: [String: Int] = [:]
                    for (name, sql) in readable {
                        counts[name] = try tx.query(SQL(raw: sql))[0][0]
                    }
                    return counts
                }
            }
            for login in ["ines", "marc"] {
                let place = try await served.store.staff(login: login, till: nil).referring()
                let expected = try await served.owner.withConnection { connection in
                    try connection.execute(
                        "select set_config('tests.structure', \(place.structure.text), false)"
                    )
                    return try Self.own.mapValues { sql -> Int in
                        try connection.query(SQL(raw: "select count(*) from (\(sql)) t"))[0][0]
                    }
                }
                let seen = try await counts(place.structure)
                for (name, count) in expected {
                    #expect(count > 0, "nothing of \(name) to look at")
                    #expect(seen[name] == count, "\(name) of \(login)")
                }
            }
            #expect(try await counts(nil).values.allSatisfy { $0 == 0 })
            #expect(try await counts(served.store.newID()).values.allSatisfy { $0 == 0 })
        }
    }

    /// What a structure's own rows are, as the owner of the tables finds them, without the policies.
    private static let own: [String: String] = {
        let structure = "current_setting('tests.structure')::uuid"
        let vouchers = "select id from comptoir.vouchers where structure_id = \(structure)"
        let named = "select * from comptoir.voucher_persons where voucher_id in (\(vouchers))"
        let persons = "select distinct person_id from (\(named)) n"
        let rights = "select id from comptoir.rights where voucher_id in (\(vouchers))"
        let uses = "select * from comptoir.uses where right_id in (\(rights))"
        let visits = "select * from comptoir.visit_uses where right_id in (\(rights))"
        let enrolled = """
            select * from comptoir.enrolments where structure_id = \(structure) and prescriber_id is not null
            """
        let waiting = """
            select * from comptoir.waitings where structure_id = \(structure) and prescriber_id is not null
            """
        let open = "select * from comptoir.run_openings where ended_at is null"
        let runs = """
            select 1 from comptoir.runs where structure_id = \(structure) or id in (
                select run_id from (\(open)) o union select run_id from (\(enrolled)) e union select run_id from (\(waiting)) w)
            """
        let completed = """
            select * from comptoir.completions where enrolment_id in (select id from (\(enrolled)) e)
            """
        let takenBack = """
            select 1 from comptoir.visit_take_backs b join (\(visits)) w on w.visit_id = b.visit_id
            """
        func of(_ table: String) -> String {
            "select * from comptoir.\(table) where voucher_id in (\(vouchers))"
        }
        return [
            "structures": "select 1 from comptoir.structures where id = \(structure)",
            "prescriber_structure": """
            select 1 from comptoir.structures where id = \(structure)
            union all select 1 from comptoir.agreement_renewals where structure_id = \(structure)
            """,
            "agreements": """
            select 1 from comptoir.structures where id = \(structure)
            union all select 1 from comptoir.agreement_renewals where structure_id = \(structure)
            """,
            "agreement_renewals":
                "select 1 from comptoir.agreement_renewals where structure_id = \(structure)",
            "structure_keys":
                "select 1 from comptoir.structure_keys where structure_id = \(structure)",
            "prescribers": "select 1 from comptoir.prescribers where structure_id = \(structure)",
            "vouchers": vouchers, "prescriber_vouchers": vouchers,
            "voucher_persons": named, "prescriber_persons": named,
            "persons": persons, "identities": persons,
            "voucher_revocations": of("voucher_revocations"),
            "voucher_signatures": of("voucher_signatures"),
            "rights": rights, "prescriber_rights": rights,
            "voucher_motives": of("voucher_motives"),
            "motives": "select distinct motive, motive_starts_on from (\(of("voucher_motives"))) m",
            "voucher_details": of("voucher_details"),
            "uses": uses, "visit_uses": visits, "visit_take_backs": takenBack,
            "prescriber_uses": """
            select 1 from (\(uses)) u union all select 1 from (\(visits)) v
            """,
            "prescriber_events": """
            select 1 from comptoir.vouchers where structure_id = \(structure)
            union all select 1 from (\(uses)) u
            union all select 1 from (\(visits)) v
            union all \(takenBack)
            union all select 1 from comptoir.refund_lines b
            join (\(uses)) u on u.sale_id = b.sale_id and u.position = b.position
            union all select 1 from comptoir.voucher_revocations where voucher_id in (\(vouchers))
            union all select 1 from (\(of("voucher_mails"))) m
            join comptoir.voucher_mail_deliveries d on d.mail_id = m.id
            """,
            "runs": runs, "prescriber_runs": runs, "run_openings": open,
            "enrolments": enrolled, "waitings": waiting,
            "prescriber_enrolments": """
            select 1 from (\(enrolled)) e union all
            select 1 from (\(waiting)) w where w.ended_how is distinct from 'enrolled'
            """,
            "withdrawals": """
            select * from comptoir.withdrawals where enrolment_id in (select id from (\(enrolled)) e)
            """,
            "completions": completed,
            "completion_revocations": """
            select * from comptoir.completion_revocations where completion_id in (select id from (\(completed)) c)
            """,
            "voucher_mails": of("voucher_mails"),
            "voucher_mail_deliveries": """
            select 1 from comptoir.voucher_mail_deliveries where mail_id in (select id from (\(of("voucher_mails"))) m)
            """,
            "refund_lines": """
            select b.* from comptoir.refund_lines b
            join (\(uses)) u on u.sale_id = b.sale_id and u.position = b.position
            """,
        ]
    }()

    @Test("a prescriber chooses among the shop's motives; the counter reads what was said (X2)")
    func details() async throws {
        try await withService { served in
            try await served.addPrescriber("ines", of: "Itinéraires")
            let ines = try await served.browser(as: "ines")
            let admin = try await served.browser(as: "admin")
            let list = try await ines.ask("GET", "/api/v1/portal/motives").json()
            let offered = try #require(list["items"] as? [[String: Any]])
            #expect(offered.contains { $0["code"] as? String == "parent" })
            func sign(_ more: String) async throws -> Browser.Reply {
                let persons = #""new_persons": [{"family_name": "Benali"}]"#
                return try await ines.ask(
                    "POST",
                    "/api/v1/portal/vouchers",
                    body:
                        "{\(persons), \"household_size\": 1, \"services\": [\"equipment\"], \(more)}",
                    headers: ["Idempotency-Key": served.store.newID(Claim.self).text]
                )
            }
            let reply = try await sign(
                #""motives": ["parent"], "wish": "tablet", "remarks": "Vient le mardi""#
            )
            #expect(reply.status == 201)
            let code = try #require(try reply.json()["code"] as? String)
            let page = try await admin.ask("GET", "/vouchers/\(code)").text
            for words in ["Parent d’élève", "Tablette", "Vient le mardi"] {
                #expect(page.localizedCaseInsensitiveContains(words), "\(words)")
            }
            #expect(try await sign(#""motives": ["nothing"]"#).refusal == "unknown_thing")
            #expect(
                try await sign(#""remarks": "1 85 05 78 006 084 91""#).refusal == "nir_forbidden"
            )
            let forbidden = try await admin.ask(
                "POST",
                "/api/v1/motives",
                json: ["code": "ill", "french": "Maladie", "english": "Illness"],
                headers: ["Idempotency-Key": served.store.newID(Claim.self).text]
            )
            #expect(forbidden.status == 400 && forbidden.refusal == "motive_forbidden")
        }
    }

    @Test(
        "what happened to a voucher is told: to staff by whom and when, to its structure by category and day (X2)"
    )
    func history() async throws {
        try await withService { served in
            try await served.openCounter()
            try await served.addPrescriber("ines", of: "Itinéraires")
            try await served.playReferrals(of: "ines")
            let store = served.store
            let staff = try await store.staff(login: "ines", till: nil)
            let vouchers = try await store.ownVouchers(by: staff).items
            let (second, first) = (
                try VoucherCode(scanned: vouchers[0].code),
                try VoucherCode(scanned: vouchers[1].code)
            )
            let told = try await store.voucher(first).history
            #expect(told.map(\.act) == [.signed, .used, .givenBack])
            #expect(told.map(\.by) == ["Nom de ines", "ADM", "ADM"])
            #expect(told.map(\.units) == [nil, 2, 1])
            #expect(told.map(\.receipt) == [nil, "LI1-V-000001", "LI1-R-000001"])
            let taken = try await store.voucher(second).history
            #expect(taken.map(\.act) == [.signed, .mailed, .revoked])
            #expect(taken[2].motive == "Déménagement")
            let own = try await store.ownVoucher(first, by: staff).history
            let today = store.today
            #expect(
                own == [
                    OwnEvent(act: .signed, on: today, category: nil, code: nil),
                    OwnEvent(act: .used, on: today, category: .connection, code: nil),
                    OwnEvent(act: .givenBack, on: today, category: .connection, code: nil),
                ]
            )
            let admin = try await served.browser(as: "admin")
            let ines = try await served.browser(as: "ines")
            let page = try await admin.ask("GET", "/vouchers/\(first.digits)").text
            #expect(
                page.contains("/receipts/LI1-V-000001") && page.contains("/receipts/LI1-R-000001")
            )
            let portal = try await ines.ask("GET", "/portal/vouchers/\(first.digits)").text
            #expect(portal.contains("rendu au comptoir\u{A0}: Connexion"))
            for word in ["LI1-V", "LI1-R", "ADM", "€"] {
                #expect(!portal.contains(word), "\(word)")
            }
        }
    }

    @Test("a demonstration signs in each of its users with one click, the prescriber among them")
    func demonstration() async throws {
        try await withService(kind: .demonstration) { served in
            let page = try await served.browser().ask("GET", "/sign-in").text
            for user in Demonstration.users + [Demonstration.prescriber] {
                #expect(page.contains(#"name="login" value="\#(user.login)""#))
            }
        }
    }
}

extension Served {
    /// Signs a voucher for somebody new.
    @discardableResult
    func sign(
        _ login: String,
        _ family: String = "Benali",
        known: [ID<Person>] = [],
        opening services: Set<Category> = [.equipment, .connection]
    ) async throws -> RecordedVoucher {
        let named = known.map { NewReferral.Named.known($0) }
        let person = try NewPerson(
            givenName: nil,
            familyName: PersonName(typed: family, field: .familyName)
        )
        return try await store.signVoucher(
            NewReferral(
                persons: named + [.new(person, livesWithFirst: false)],
                householdSize: 2,
                services: services,
                details: ReferralDetails(
                    motives: ["parent"],
                    wish: .laptop,
                    remarks: "Vient le mardi"
                )
            ),
            key: store.newID(),
            by: store.staff(login: login, till: nil)
        )
    }

    /// A drawer that is open, and recharges in it.
    fileprivate func openCounter() async throws {
        let admin = try await store.staff(login: "admin", till: "LI1")
        _ = try await store.openDrawer(float: Cents(5000), key: store.newID(), by: admin)
        _ = try await store.receiveStock(
            of: ShortCode(typed: "recharge-5"),
            units: 10,
            in: admin.place().shop,
            key: store.newID(),
            by: admin
        )
    }

    /// All that may happen to a structure's vouchers: several people, a key that was replaced, a sale, a unit given back, one
    /// taken back.
    fileprivate func playReferrals(of login: String) async throws {
        let prescriber = try await store.staff(login: login, till: nil)
        let structure = try prescriber.referring().structure
        let first = try await sign(login)
        let last = store.today.adding(days: 30)
        let keeper = try await store.staff(login: "admin", till: nil)
        _ = try await store.endAgreement(of: structure, on: last, key: store.newID(), by: keeper)
        _ = try await store.renewAgreement(
            of: structure,
            Agreement(startsOn: last.adding(days: 1), endsOn: nil),
            key: store.newID(),
            by: keeper
        )
        let admin = try await store.staff(login: "admin", till: "LI1")
        _ = try await store.changeStructureKey(
            of: structure,
            .replaced,
            key: store.newID(),
            by: admin
        )
        let second = try await sign(login, "Haddad", known: [first.persons[0].id])
        let mail = try await store.askMail(
            of: VoucherCode(scanned: second.code),
            to: EmailAddress(typed: "awa@mailbox.example"),
            key: store.newID(),
            by: prescriber
        )
        _ = try await store.beginMail(mail.id, by: prescriber)
        try await store.tellDelivered(mail.id)
        _ = try await store.revokeOwnVoucher(
            VoucherCode(scanned: second.code),
            motive: ShortText(typed: "Déménagement", field: .motive),
            key: store.newID(),
            by: prescriber
        )
        let sale = try await store.sell(
            SaleRequest(
                buyer: .voucher(first.code, nil),
                lines: [.product("recharge-5", quantity: 2)],
                tender: .payments([.init(means: .cash, tendered: Cents(1000))])
            ),
            key: store.newID(),
            by: admin
        ).sale.id
        _ = try await store.giveBack(
            RefundRequest(
                sale: sale,
                lines: [.init(position: 1, units: 1)],
                reason: .wrongItem,
                means: .cash
            ),
            key: store.newID(),
            by: admin
        )
    }

    /// A run that each structure mobilises, and one that is open to all; on both people of each, by every way that there is: on the
    /// list, waiting, left, finished, taken back, and some whom the shop enrolled in a structure's name.
    fileprivate func playCourses(of logins: [String]) async throws {
        try await openCourse()
        let admin = try await store.staff(login: "admin", till: "LI1")
        let shared = try await openRun("LI-2026-90", of: logins[0])
        _ = try await store.setOpening(true, of: shared, key: store.newID(), by: admin)
        for (number, login) in logins.enumerated() {
            let prescriber = try await store.staff(login: login, till: nil)
            let own = try await openRun("LI-2026-0\(number + 1)", of: login, in: 0)
            _ = try await store.planSession(
                SessionPlan(
                    module: 1,
                    plannedOn: store.today.adding(days: 1),
                    startsAt: TimeOfDay(typed: "14:00")
                ),
                in: own,
                key: store.newID(),
                by: admin
            )
            var people: [OpenedPerson] = []
            for name in ["Ba", "Cissé", "Dia", "Fall", "Gaye"] {
                people += try await sign(login, name, opening: [.course]).persons
            }
            func enrol(_ person: Int, in run: RunCode) async throws {
                _ = try await store.enrolOwn(
                    try #require(PersonCode(people[person].code)),
                    in: run,
                    key: store.newID(),
                    by: prescriber
                )
            }
            for person in 0..<3 { try await enrol(person, in: own) }
            _ = try await store.withdrawOwn(
                try #require(PersonCode(people[2].code)),
                from: own,
                motive: ShortText(typed: "Déménagement", field: .motive),
                key: store.newID(),
                by: prescriber
            )
            // The shop's own act, on the structure's run: no row of the structure's.
            _ = try await store.enrol(people[4].id, in: own, key: store.newID(), by: admin)
            let done = try await store.complete(
                CompletionRequest(
                    run: own,
                    persons: [people[0].id],
                    motives: [people[0].id: ShortText(typed: "Décidé", field: .motive)]
                ),
                key: store.newID(),
                by: admin
            ).completed
            _ = try await store.revokeCompletion(
                try #require(CompletionCode(done[0].code)),
                motive: ShortText(typed: "Erreur", field: .motive),
                key: store.newID(),
                by: admin
            )
            _ = try await store.setSeats(Seats(1), of: shared, key: store.newID(), by: admin)
            try await enrol(3, in: shared)
            try await enrol(2, in: shared)
        }
    }

    /// A voucher that opens the help desk, and two visits, the first of which is taken back.
    fileprivate func playVisits(of login: String) async throws {
        let admin = try await store.staff(login: "admin", till: "LI1")
        let person = try await sign(login, "Costa", opening: [.helpDesk]).persons[0].id
        for isTakenBack in [true, false] {
            let visit = try await store.recordVisit(
                NewVisit(
                    shop: admin.place().shop,
                    facts: VisitFacts(
                        kind: .visit,
                        heldOn: store.today,
                        today: store.today,
                        minutes: 20,
                        themes: ["email"]
                    ),
                    person: person
                ),
                key: store.newID(),
                by: admin
            ).visit
            guard isTakenBack else { continue }
            _ = try await store.takeBackVisit(visit, for: .slip, key: store.newID(), by: admin)
        }
    }
}
