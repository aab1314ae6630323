import Foundation
import Postgres
import Shop
import TestSupport
import Testing

@testable import Store

extension StockRoom {
    /// The rules and prices with which an installation begins.
    func grades() async throws {
        let rows = store.defaultGrading(at: Self.noon)
        try await sql.transaction { tx in _ = try tx.pipeline(rows) }
    }

    /// The laptop of these tests has 8 GB and an SSD of 240 GB: six points without its processor.
    func grade(
        _ label: DeviceLabel,
        mark: Int? = 3500,
        rules: String? = nil,
        memoryGB: Int? = nil,
        given: Verdict? = nil,
        motive: String? = nil,
        key: ID<Claim>? = nil
    ) async throws -> Grading {
        try await store.gradeDevice(
            label,
            NewGrading(
                rules: rules.map { try ShortCode(typed: $0) },
                mark: mark,
                memoryGB: memoryGB,
                given: given,
                motive: motive.map { try ShortText(typed: $0, field: .motive) }
            ),
            key: key ?? self.key(),
            by: staff
        )
    }

    func shelve(
        _ label: DeviceLabel,
        as grade: Grade?,
        because motive: String? = nil,
        cents: Int64? = nil,
        of channel: PriceChannel = .standard
    ) async throws -> Shelving {
        try await store.shelveDevice(
            label,
            grade: grade,
            because: motive.map { try ShortText(typed: $0, field: .motive) },
            price: cents.map { try Cents($0) },
            of: channel,
            key: key(),
            by: staff
        )
    }
}

@Suite("Grading a machine")
struct GradeDeviceTests {
    private let label: [String: Refusal.Fact] = ["label": .text("LIPC26-0001")]

    @Test(
        "keeps the rules, what went in, the points, the total and the grade; the newest rules by default"
    )
    func recorded() async throws {
        try await withStockRoom { room in
            try await room.grades()
            let label = try await room.laptop()
            let key = room.key()
            let first = try await room.grade(label, mark: 3499, key: key)
            #expect(first.rules.code == "pc-2025-06")
            #expect(first.outcome.parts.map(\.points) == [2, 3, 3])
            #expect(first.outcome.total == 8)
            #expect(first.outcome.verdict == .b && first.outcome.cap?.processorBelow == 3500)
            #expect(first.given == .b && !first.isOverridden)
            // The same key again is the same grading.
            #expect(try await room.grade(label, mark: 3499, key: key) == first)
            #expect(try await room.store.device(label).grading == first)
            // By the older rules, which are in force beside them, nothing caps it.
            let second = try await room.grade(label, mark: 3499, rules: "pc-2023-09")
            #expect(second.outcome.verdict == .a && second.outcome.cap == nil)
            #expect(second.ordinal == 2)
            let card = try await room.store.device(label)
            #expect(card.grading == second)
            #expect(card.history.count { $0.kind == .graded } == 2)
            #expect(try await room.count("select count(*) from grading_parts") == 6)
        }
    }

    @Test("another grade needs a motive, and both are kept with who gave it")
    func overridden() async throws {
        try await withStockRoom { room in
            try await room.grades()
            let label = try await room.laptop()
            await #expect {
                try await room.grade(label, given: .c)
            } throws: { error in
                (error as? Refusal)?.reason == .gradeDiffers
            }
            #expect(try await room.count("select count(*) from gradings") == 0)
            let grading = try await room.grade(label, given: .c, motive: "Maraude")
            #expect(grading.outcome.verdict == .a && grading.given == .c)
            #expect(grading.motive == "Maraude" && grading.operatorCode == "KA")
            // A motive for nothing is not kept.
            #expect(try await room.grade(label, given: .a, motive: "Pour rien").motive.isEmpty)
        }
    }

    @Test("asks for what nobody knows: the mark, then the memory; and for rules that are in force")
    func asks() async throws {
        try await withStockRoom { room in
            let label = try await room.laptop()
            func reason(_ body: () async throws -> Grading) async -> Reason? {
                do {
                    _ = try await body()
                    return nil
                } catch { return (error as? Refusal)?.reason }
            }
            #expect(await reason { try await room.grade(label) } == .gradingRulesUnknown)
            try await room.grades()
            #expect(
                await reason { try await room.grade(label, mark: nil) } == .processorMarkUnknown
            )
            #expect(
                await reason { try await room.grade(label, rules: "pc-2010") }
                    == .gradingRulesUnknown
            )
            let bare = try DeviceLabel.typed(
                try await room.store.takeInDevice(
                    NewDevice(
                        kind: .laptop,
                        maker: ShortText(typed: "HP", field: .maker),
                        model: ShortText(typed: "430", field: .model),
                        serial: "",
                        label: nil,
                        disks: [],
                        fromPublicBody: false
                    ),
                    into: room.shop,
                    key: room.key(),
                    by: room.staff
                )
            )
            #expect(await reason { try await room.grade(bare) } == .memoryUnknown)
            #expect(try await room.grade(bare, memoryGB: 8).outcome.total == 5)
            // What a system sees of eight gigabytes is no whole number of them.
            try await room.execute(
                "update devices set memory_mb = 7869 where label = \(bare.description)"
            )
            #expect(await reason { try await room.grade(bare) } == .memoryNotWhole)
        }
    }

    @Test("a disk that nobody read is not worth nothing: the rules are not asked")
    func unreadDisk() async throws {
        try await withStockRoom { room in
            try await room.grades()
            let label = try await room.laptop()
            try await room.execute("update device_disks set size_gb = 0")
            await room.expectRefusal(.storageUnread) { _ = try await room.grade(label) }
            let given = try await room.grade(
                label,
                given: .b,
                motive: "SSD de 240 Go, vu au démontage"
            )
            #expect(given.given == .b)
        }
    }

    @Test(
        "the database lets a machine on the shelf with the grade that it was given, and no other, whoever writes"
    )
    func gate() async throws {
        try await withStockRoom { room in
            try await room.grades()
            let label = try await room.laptop()
            try await room.prepare(label)
            func stay(_ grade: String, at instant: Instant = StockRoom.noon) async -> String? {
                await room.constraint(
                    """
                    insert into stays (device_id, ordinal, previous_ordinal, shop_id, grade, price_cents, shelved_at, shelved_by)
                    select id, 1, null, \(room.shop), \(grade), 9000, \(instant), \(room.staff.id) from devices
                    where label = \(label.description)
                    """
                )
            }
            #expect(await stay("b") == "stays_follow_a_grading")
            await #expect(throws: Refusal(.deviceNotGraded, self.label)) {
                try await room.shelve(label, as: .b, cents: 9900)
            }
            _ = try await room.grade(label, mark: 6000)
            #expect(await stay("b") == "stays_follow_a_grading")
            #expect(await stay("premium") == "stays_follow_a_grading")
            // The last one counts.
            _ = try await room.grade(label, mark: 3000)
            #expect(await stay("a") == "stays_follow_a_grading")
            // A disk that was taken out since was counted.
            let next = room.later(days: 1)
            _ = try await next.store.removeDisk(nil, of: label, key: next.key(), by: next.staff)
            #expect(
                await stay("b", at: StockRoom.noon.adding(seconds: 86_400))
                    == "stays_follow_a_grading"
            )
            #expect(try await next.store.device(label).device.graded == false)
            let last = room.later(days: 2)
            #expect(try await last.grade(label, mark: 3000).given == .c)
            #expect(await stay("c", at: StockRoom.noon.adding(seconds: 2 * 86_400)) == nil)
            // Nobody edits what was found.
            for statement: SQL in [
                "update gradings set given = 'a'", "delete from gradings",
                "delete from grading_parts",
            ] {
                await #expect(throws: PostgresError.self) { try await room.execute(statement) }
                #expect(await room.constraint(statement) != nil)
            }
            let forged: SQL = """
                insert into gradings (device_id, ordinal, set_code, set_starts_on, processor_mark, memory_mb, weight,
                    disk_points, total, computed, given, graded_at, recorded_by)
                select id, 9, 'pc-2025-06', '2025-06-01', 6000, 8192, 0, 0, 7, 'b', 'premium', now(), \(room.staff.id)
                from devices where label = \(label.description)
                """
            #expect(await room.constraint(forged) == "gradings_say_why_they_differ")
        }
    }

    @Test("the shelf takes the grade of the grading; another with a motive is a grading of its own")
    func shelved() async throws {
        try await withStockRoom { room in
            try await room.grades()
            let label = try await room.laptop()
            try await room.prepare(label)
            _ = try await room.grade(label)
            await #expect {
                try await room.shelve(label, as: .b, cents: 9900)
            } throws: { error in
                (error as? Refusal)?.reason == .gradeDiffers
            }
            let shelving = try await room.shelve(label, as: .b, because: "Coque fendue")
            #expect(shelving.grade == .b)
            #expect(shelving.price == (try Cents(10_000)))
            let grading = try #require(await room.store.device(label).grading)
            #expect(grading.ordinal == 2 && grading.given == .b && grading.outcome.verdict == .a)
            #expect(grading.motive == "Coque fendue")
            // A price that changes keeps the grade, whatever is in force then.
            let repriced = try await room.store.repriceDevice(
                label,
                price: Cents(9000),
                key: room.key(),
                by: room.staff
            )
            #expect(repriced.ordinal == 2 && repriced.grade == .b)
            await #expect(throws: Refusal(.deviceOnShelf, self.label)) {
                try await room.grade(label)
            }
        }
    }

    @Test("what is not to be sold stays off the shelf until somebody says why not")
    func unsellable() async throws {
        try await withStockRoom { room in
            try await room.grades()
            let label = try await room.laptop()
            try await room.prepare(label)
            #expect(try await room.grade(label, mark: 900).given == .unsellable)
            await #expect(throws: Refusal(.deviceUnsellable, self.label)) {
                try await room.shelve(label, as: nil)
            }
            #expect(try await room.shelve(label, as: .hc, because: "Maraude").grade == .hc)
        }
    }

    @Test("a machine of a kind that nobody grades goes on the shelf with the grade that is named")
    func ungraded() async throws {
        try await withStockRoom { room in
            let label = try await room.laptop()
            try await room.prepare(label)
            await #expect(throws: Refusal(.fieldMissing, ["field": .field(.grade)])) {
                try await room.shelve(label, as: nil, cents: 9900)
            }
            await #expect(throws: Refusal(.fieldMissing, ["field": .field(.price)])) {
                try await room.shelve(label, as: .b)
            }
            #expect(try await room.shelve(label, as: .b, cents: 9900).ordinal == 1)
        }
    }

    @Test("the price proposed is that of the table, under what the law lets be asked")
    func proposed() async throws {
        try await withStockRoom { room in
            try await room.grades()
            for (price, day) in [
                (Int64(19_000), room.store.today), (20_000, room.store.today.adding(days: 1)),
            ] {
                let set = try await room.store.setGradePrice(
                    NewGradePrice(
                        deviceKind: .laptop,
                        grade: .a,
                        channel: .standard,
                        startsOn: day,
                        price: Cents(price)
                    ),
                    key: room.key(),
                    by: room.staff
                )
                #expect(set.priceCents == (try Cents(price)))
            }
            let table = try await room.store.gradePrices()
            let row = try #require(
                table.first {
                    $0.deviceKind == .laptop && $0.grade == .a && $0.channel == .standard
                }
            )
            #expect(row.priceCents == (try Cents(19_000)))
            #expect(row.changesOn == room.store.today.adding(days: 1))
            #expect(table.count == 60)
            let label = try await room.laptop(fromPublicBody: true)
            try await room.prepare(label)
            _ = try await room.grade(label)
            let proposal = try await room.store.gradingProposal(label)
            #expect(proposal.price(of: .a) == (try Cents(18_000)))
            #expect(proposal.price(of: .a, .partner) == (try Cents(12_500)))
            #expect(try await room.shelve(label, as: nil).price == (try Cents(18_000)))
            await #expect(throws: Refusal.self) {
                try await room.store.setGradePrice(
                    NewGradePrice(
                        deviceKind: .laptop,
                        grade: .a,
                        channel: .standard,
                        startsOn: room.store.today.adding(days: -1),
                        price: nil
                    ),
                    key: room.key(),
                    by: room.staff
                )
            }
        }
    }

    @Test(
        "marks come from a file once, are found by the machine’s own words, and the newest counts"
    )
    func marks() async throws {
        try await withStockRoom { room in
            try await room.grades()
            let label = try await room.laptop()
            try await room.execute(
                """
                update devices set processor = 'Intel(R) Core(TM) i5-8250U CPU @ 1.60GHz'
                where label = \(label.description)
                """
            )
            func take(_ text: String) async throws -> MarksImport {
                try await room.store.importMarks(
                    room.store.readMarks(
                        Array(text.utf8),
                        source: ShortText(typed: "releve.csv", field: .source)
                    ),
                    key: room.key(),
                    by: room.staff
                )
            }
            let text =
                "processor,mark,date\nIntel Core i5-8250U,5900,2026-01-05\nIntel Core i3,0,\n"
            let preview = try await room.store.previewMarks(
                room.store.readMarks(
                    Array(text.utf8),
                    source: ShortText(typed: "x", field: .source)
                )
            )
            #expect(preview.rows.map(\.outcome) == [.new, .refused])
            #expect(try await room.count("select count(*) from processor_marks") == 0)
            #expect(try await take(text).rows.map(\.outcome) == [.new, .refused])
            #expect(try await take(text).rows.map(\.outcome) == [.known, .refused])
            let other =
                "processor,mark,date\nIntel Core i5-8250U,5800,2026-01-05\nIntel Core i5-8250U,6000,2026-02-05\n"
            #expect(try await take(other).rows.map(\.outcome) == [.refused, .new])
            let grading = try await room.grade(label, mark: nil)
            #expect(grading.mark == 6000 && grading.markSource == "releve.csv")
            #expect(try await room.grade(label, mark: 5000).markSource.isEmpty)
            // What the page proposed and sends back is not typed.
            #expect(try await room.grade(label, mark: 6000).markSource == "releve.csv")
            // Read on another day, a line without a day says nothing new.
            let undated = "processor,mark\nIntel Core i5-8250U,6000\n"
            #expect(try await take(undated).rows.map(\.outcome) == [.known])
            let machine = try await room.store.processorMarks(
                matching: "Intel(R) Core(TM) i5-8250U CPU @ 1.60GHz"
            )
            #expect(machine.items.map(\.mark) == [6000])
            let listed = try await room.store.processorMarks(matching: "I5 core")
            #expect(listed.items.map(\.mark) == [6000])
            let proposal = try await room.store.gradingProposal(label)
            #expect(proposal.mark?.mark == 6000)
            #expect(proposal.rules.map(\.code) == ["pc-2025-06", "pc-2023-09"])
            #expect(proposal.rules.first?.outcome?.verdict == .a)
        }
    }

    @Test("a new version of the rules holds from its day on, and what was graded keeps its own")
    func versions() async throws {
        try await withStockRoom { room in
            try await room.grades()
            let label = try await room.laptop()
            let graded = try await room.grade(label)
            let rules = try #require(
                await room.store.gradingRules().first { $0.code == "pc-2025-06" }
            )
            let next = try GradingRules(
                code: rules.code,
                startsOn: room.store.today.adding(days: 1),
                french: rules.french,
                english: rules.english,
                kinds: Set(rules.kinds),
                diskPointsMost: 1,
                wantsWholeGigabytes: true,
                weight: nil,
                points: rules.points,
                grades: rules.grades,
                caps: rules.caps,
                isWithdrawn: false
            )
            _ = try await room.store.setGradingRules(next, key: room.key(), by: room.staff)
            #expect(try await room.grade(label).outcome.total == graded.outcome.total)
            let later = room.later(days: 1)
            #expect(try await later.grade(label).outcome.total == graded.outcome.total - 2)
            await #expect(throws: Refusal.self) {
                try await room.store.setGradingRules(rules, key: room.key(), by: room.staff)
            }
            let own = Staff(
                id: room.staff.id,
                operatorCode: "KA",
                name: "Karim",
                language: .french,
                firstDay: false,
                roles: [Staff.Held(role: .stockManager, shop: room.shop)],
                till: nil
            )
            await #expect {
                try await later.store.setGradingRules(next, key: later.key(), by: own)
            } throws: { error in
                (error as? Refusal)?.reason == .associationOnly
            }
        }
    }

    @Test("an installation that was set up before gets the very rules and prices of a new one")
    func migrated() async throws {
        let tables = [
            "grading_rule_sets", "grading_points", "grading_grades", "grading_caps", "grade_prices",
        ]
        func said(_ room: StockRoom) async throws -> [[String]] {
            var all: [[String]] = []
            for table in tables {
                all.append(
                    try await room.sql.withConnection {
                        try $0.query(
                            "select (to_jsonb(t) - 'recorded_at')::text as said from \(identifier: table) t order by 1"
                        ).map { try $0["said"] }
                    }
                )
            }
            return all
        }
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let migration = try String(
            contentsOf: root.appending(path: "sql/migrations/0026_grading.sql"),
            encoding: .utf8
        )
        let block = try #require(migration.firstMatch(of: /(?s)do \$defaults\$.*end \$defaults\$;/))
        let seeded = try await withStockRoom { room in
            try await room.grades()
            return try await said(room)
        }
        let migrated = try await withStockRoom { room in
            try await room.execute("delete from dated_numbers")
            try await room.execute(SQL(raw: String(block.output)))
            #expect(try await room.count("select count(*) from grading_rule_sets") == 0)
            try await room.execute(
                """
                insert into dated_numbers (name, starts_on, amount, recorded_at)
                values ('guarantee_months', '2000-01-01', 24, now())
                """
            )
            try await room.execute(SQL(raw: String(block.output)))
            return try await said(room)
        }
        #expect(seeded.map(\.count) == [2, 44, 12, 4, 60])
        #expect(migrated == seeded)
    }
}
