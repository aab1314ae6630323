import Postgres
import Shop
import Store
import TestSupport
import Testing

@Suite("Machines that come back while they are somebody's (X17)")
struct AfterSalesCaseTests {
    @Test("a case goes from the counter to the repair and home again, and says who and when")
    func goesHome() async throws {
        try await withWazemmes { at async throws -> Void in
            let ticket = try await at.bought(1)
            let code = try await at.opened(1)
            #expect(code.description.hasPrefix("LIAV"))
            var card = try await at.card(code)
            #expect(card.row.stage == .received && card.isHere && card.acts.first == .diagnose)
            #expect(card.device.receipt == ticket.code.text && card.device.operatorCode == "AM")
            let label = try DeviceLabel.typed(Wazemmes.label(1))
            #expect(try await at.store.device(label).device.afterSales == code.description)
            try await at.repaired(code)
            card = try await at.card(code)
            #expect(card.row.stage == .handedBack && card.acts == [])
            #expect(
                card.history.map(\.stage) == [
                    .announced, .received, .diagnosed, .repaired, .handedBack,
                ]
            )
            #expect(card.history.allSatisfy { $0.operatorCode == "AM" })
            #expect(card.history[2].outcome == .covered && card.history[3].months == 6)
            let device = try await at.store.device(label)
            #expect(device.device.stage == .left && device.device.afterSales == nil)
            #expect(device.history.filter { $0.kind == .afterSales }.count == 5)
            #expect(try await at.store.verify().faults == [])
        }
    }

    @Test(
        "repairs make the guarantee longer by months, right at month ends and 29 February (C4)",
        arguments: [
            ("2028-02-29", 0, "2030-02-28"), ("2028-02-29", 1, "2030-08-28"),
            ("2027-08-31", 0, "2029-08-31"), ("2027-08-31", 1, "2030-02-28"),
            ("2027-08-31", 2, "2030-08-31"), ("2026-12-30", 1, "2029-06-30"),
            ("2030-02-28", 0, "2032-02-28"),
        ]
    )
    func longer(soldOn: String, repairs: Int, ends: String) async throws {
        try await withWazemmes { base async throws -> Void in
            let at = try await base.noon(soldOn)
            try await at.bought(1)
            for _ in 0..<repairs {
                let code = try await at.opened(1)
                try await at.repaired(code)
            }
            let found = try await at.store.handedOverDevices(
                matching: Wazemmes.label(1),
                in: .everyShop,
                by: at.staff()
            ).items
            #expect(found.map(\.guaranteedUntil.iso) == [ends])
        }
    }

    @Test("a repair that is not covered, or asked for after the guarantee, makes nothing longer")
    func notLonger() async throws {
        try await withWazemmes { base async throws -> Void in
            let at = try await base.noon("2027-01-15")
            try await at.bought(1)
            let work = try ShortText(typed: "Écran changé", field: .work)
            let misused = try await at.opened(1)
            try await at.advance(misused, Wazemmes.misuse, .repair(work: work), .handBack)
            #expect(try await at.card(misused).coverage.guaranteeEndsOn.iso == "2029-01-15")
            // The last day counts; the day after does not.
            for (day, acts, ends) in [
                ("2029-01-15", AfterSalesAct.repair, "2029-07-15"),
                ("2029-07-16", AfterSalesAct.refuse, "2029-07-15"),
            ] {
                let then = try await base.noon(day)
                let code = try await then.opened(1)
                try await then.advance(code, Wazemmes.covered)
                #expect(try await then.card(code).acts.first == acts)
                try await then.advance(code, .repair(work: work), .handBack)
                #expect(try await then.card(code).coverage.guaranteeEndsOn.iso == ends)
            }
        }
    }

    @Test("one open case a machine, of what somebody has alone, and nothing out of turn")
    func refuses() async throws {
        try await withWazemmes { at async throws -> Void in
            #expect(try await refusalReason { _ = try await at.opened(1) } == .afterSalesNotAway)
            #expect(try await refusalReason { _ = try await at.opened(99) } == .deviceUnknown)
            let sale = try await at.bought(1).sale.id
            #expect(
                try await refusalReason { _ = try await at.opened(1, symptom: "smoke") }
                    == .choiceUnknown
            )
            let code = try await at.opened(1, isHere: false)
            #expect(try await refusalReason { _ = try await at.opened(1) } == .afterSalesOpen)
            let work = try ShortText(typed: "Rien", field: .work)
            for move in [AfterSalesMove.repair(work: work), .handBack, .refuse] {
                #expect(
                    try await refusalReason { try await at.advance(code, move) }
                        == .afterSalesNotNow
                )
            }
            #expect(
                try await refusalReason { try await at.advance(code, .diagnose([3])) }
                    == .diagnosisUnfinished
            )
            #expect(
                try await refusalReason { try await at.advance(code, .diagnose([9])) }
                    == .diagnosisAnswerUnknown
            )
            try await at.advance(code, .receive)
            #expect(
                try await refusalReason { try await at.advance(code, .close) } == .afterSalesNotNow
            )
            let label = try DeviceLabel.typed(Wazemmes.label(1))
            let loss = try Removal(
                .loss,
                on: at.store.today,
                collector: nil,
                slip: nil,
                weight: nil,
                motive: "Introuvable"
            )
            #expect(
                try await refusalReason {
                    _ = try await at.store.removeDevice(label, loss, key: at.key(), by: at.staff())
                } == .deviceInAfterSales
            )
            #expect(
                try await refusalReason {
                    _ = try await at.store.shelveDevice(
                        label,
                        grade: .b,
                        price: Cents(9000),
                        key: at.key(),
                        by: at.staff()
                    )
                } == .deviceInAfterSales
            )
            // A refund at the till ends the case with it.
            try await at.refund(sale)
            #expect(try await at.card(code).row.stage == .refunded)
            #expect(
                try await refusalReason { try await at.advance(code, Wazemmes.covered) }
                    == .afterSalesEnded
            )
            #expect(try await refusalReason { _ = try await at.opened(1) } == .afterSalesNotAway)
            #expect(try await at.store.verify().faults == [])
        }
    }

    @Test("the same key does a step once")
    func once() async throws {
        try await withWazemmes { at async throws -> Void in
            try await at.bought(1)
            let code = try await at.opened(1)
            let key = at.key()
            for _ in 1...2 {
                _ = try await at.store.advanceCase(code, Wazemmes.covered, key: key, by: at.staff())
            }
            #expect(try await at.count("select count(*) from after_sales_steps") == 2)
        }
    }

    @Test("found by label, serial, receipt and person; a person's code tells nothing to the stock")
    func found() async throws {
        try await withWazemmes { at async throws -> Void in
            try await at.execute(
                "update devices set serial = 'R90ABC12' where label = \(Wazemmes.label(1))"
            )
            let receipt = try await at.bought(1).code.text
            try await at.bought(2, by: Wazemmes.brunoVoucher)
            func find(_ text: String, by staff: Staff? = nil) async throws -> [String] {
                try await at.store.handedOverDevices(
                    matching: text,
                    in: .everyShop,
                    by: staff ?? at.staff()
                ).items.map(\.label)
            }
            for text in [Wazemmes.label(1), "r90abc", receipt, "P-222222"] {
                #expect(try await find(text) == [Wazemmes.label(1)])
            }
            #expect(Set(try await find("lenovo")).count == 2)
            #expect(try await find(Wazemmes.label(3)) == [])
            let stock = Staff(
                id: at.seller,
                operatorCode: "ST",
                name: "Stock",
                language: .french,
                firstDay: false,
                roles: [Staff.Held(role: .stockManager, shop: nil)],
                till: nil
            )
            #expect(try await find("P-222222", by: stock) == [])
            #expect(try await refusalReason { _ = try await find("x") } == .searchTooShort)
            let first = try await at.store.handedOverDevices(
                matching: "lenovo",
                in: .everyShop,
                by: at.staff(),
                limit: 1
            )
            let second = try await at.store.handedOverDevices(
                matching: "lenovo",
                in: .everyShop,
                by: at.staff(),
                after: first.next,
                limit: 1
            )
            #expect(
                first.items.map(\.label) + second.items.map(\.label) == [
                    Wazemmes.label(2), Wazemmes.label(1),
                ]
            )
            #expect(second.next == nil)
            #expect(
                try await at.store.handedOverDevices(
                    matching: Wazemmes.label(1),
                    in: .nowhere,
                    by: at.staff()
                ).items.isEmpty
            )
        }
    }

    @Test("plain SQL of the service's role does nothing that is never")
    func gates() async throws {
        try await withWazemmes { at async throws -> Void in
            let sale = try await at.bought(1).sale.id
            let other = try await at.bought(2, by: Wazemmes.brunoVoucher).sale.id
            let now = at.store.today
            func opening(_ device: Int, _ ordinal: Int, after: Int? = nil, code: Int = 1) -> SQL {
                """
                insert into after_sales_cases (id, code, device_id, ordinal, previous_ordinal, stay_ordinal, tree_on, symptom,
                                               opened_at, opened_by)
                values (gen_random_uuid(), \("LIAV26-9\(device)\(code)\(ordinal)"), \(Wazemmes.device(device)), \(ordinal),
                        \(after), 1, '2000-01-01', 'other', now(), \(at.seller))
                """
            }
            func step(_ kind: String, _ ordinal: Int, months: Int = 0) -> SQL {
                """
                insert into after_sales_steps (case_id, ordinal, kind, months, happened_at, recorded_by)
                select id, \(ordinal), \(kind), \(months), now(), \(at.seller) from after_sales_cases
                """
            }
            func end(_ kind: String, sale: ID<Sale>? = nil, refund: ID<Refund>? = nil) -> SQL {
                """
                insert into after_sales_ends (device_id, ordinal, kind, sale_id, refund_id, ended_at, ended_by)
                select device_id, ordinal, \(kind), \(sale), \(refund), now(), \(at.seller) from after_sales_cases
                """
            }
            // Only what left by a ticket, and one at a time.
            #expect(
                await at.constraint(opening(3, 1))
                    == "after_sales_cases_device_id_stay_ordinal_fkey"
            )
            #expect(await at.constraint(opening(1, 1)) == nil)
            #expect(
                await at.constraint(opening(1, 1, code: 2)) == "after_sales_cases_are_open_once"
            )
            #expect(
                await at.constraint(opening(1, 2, after: 1)) == "after_sales_cases_follow_an_end"
            )
            // What is not here is neither repaired nor handed back.
            #expect(
                await at.constraint(step("repaired", 1)) == "after_sales_steps_need_the_machine"
            )
            let elsewhere = "after_sales_ends_say_where_the_machine_is"
            #expect(await at.constraint(end("handed_back")) == elsewhere)
            #expect(await at.constraint(step("received", 1)) == nil)
            #expect(await at.constraint(end("closed")) == elsewhere)
            // Nothing undiagnosed makes a guarantee longer.
            #expect(
                await at.constraint(step("repaired", 2, months: 6))
                    == "after_sales_repairs_extend_what_is_covered"
            )
            // An end names a ticket of this very machine.
            let ticket = "after_sales_ends_name_their_ticket"
            #expect(await at.constraint(end("exchanged", sale: other)) == ticket)
            let elseRefund = try await at.refund(other)
            #expect(await at.constraint(end("refunded", refund: elseRefund)) == ticket)
            // The machine stays put.
            let keeps = "after_sales_keeps_the_machine"
            #expect(
                await at.constraint(
                    """
                    insert into stays (device_id, ordinal, previous_ordinal, shop_id, grade, price_cents, shelved_at, shelved_by)
                    values (\(Wazemmes.device(1)), 2, 1, \(at.shop), 'b', 9000, now(), \(at.seller))
                    """
                ) == keeps
            )
            #expect(
                await at.constraint(
                    """
                    insert into removals (device_id, ordinal, kind, removed_on, motive, recorded_at, recorded_by)
                    values (\(Wazemmes.device(1)), 1, 'loss', \(now), 'x', now(), \(at.seller))
                    """
                ) == keeps
            )
            // A line that replaces another costs nothing.
            #expect(
                await at.constraint(
                    """
                    insert into sale_lines (sale_id, position, product_id, device_id, stay_ordinal, description, quantity,
                        unit_price_cents, value_cents, person_cents, programme_cents, vat_regime, vat_rate_bp, vat_cents,
                        replaces_sale_id, replaces_position)
                    select sale_id, 9, product_id, device_id, stay_ordinal, description, 1, 100, 100, 100, 0, vat_regime, 0, 0,
                           sale_id, position from sale_lines where sale_id = \(sale)
                    """
                ) == "sale_lines_replace_for_nothing"
            )
            #expect(await at.constraint(end("handed_back")) == nil)
            #expect(await at.constraint(end("handed_back")) == "after_sales_ends_end_once")
            #expect(
                await at.constraint(step("refused", 2)) == "after_sales_steps_come_before_the_end"
            )
            #expect(await at.constraint(opening(1, 2, after: 1)) == nil)
            // Nobody edits what was written.
            for table in [
                "after_sales_cases", "after_sales_steps", "after_sales_ends", "diagnosis_answers",
            ] {
                let said = await at.constraint("delete from \(identifier: table)")
                #expect(said?.contains("permission denied") == true)
                await #expect(throws: PostgresError.self) {
                    try await at.execute("delete from \(identifier: table)")
                }
            }
            // What came back is brought to after-sales no more.
            #expect(await at.constraint(opening(2, 1)) == "after_sales_cases_are_of_what_is_away")
        }
    }

    @Test("a repair and a refund at once: the money goes back once, and nothing follows the end")
    func repairedAndRefunded() async throws {
        try await withWazemmes { at async throws -> Void in
            for (number, voucher) in [(1, Wazemmes.aminaVoucher), (2, Wazemmes.brunoVoucher)] {
                try await at.bought(number, by: voucher)
                let code = try await at.opened(number)
                try await at.advance(code, Wazemmes.covered)
                let work = try ShortText(typed: "Clavier changé", field: .work)
                let outcomes = try await race(2) { side in
                    if side == 0 {
                        try await at.advance(code, .repair(work: work))
                    } else {
                        _ = try await at.store.refundCase(
                            code,
                            by: .cash,
                            key: at.key(),
                            by: at.staff(1)
                        )
                    }
                }.map { $0?.reason }
                // Whoever comes second finds the case elsewhere.
                #expect(outcomes.filter { $0 == nil }.count == 1)
                #expect(
                    outcomes.contains { $0 == .afterSalesEnded || $0 == .afterSalesNotNow }
                )
            }
            #expect(try await at.store.verify().faults == [])
        }
    }

    @Test("eight at once open a case for one machine: one does")
    func openedAtOnce() async throws {
        try await withWazemmes { at async throws -> Void in
            try await at.bought(1)
            let outcomes = try await race(8) { _ in _ = try await at.opened(1) }.map { $0?.reason }
            #expect(outcomes.filter { $0 == nil }.count == 1)
            #expect(outcomes.filter { $0 == .afterSalesOpen }.count == 7)
        }
    }
}
