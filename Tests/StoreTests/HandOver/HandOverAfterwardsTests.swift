import Foundation
import Postgres
import Shop
import Store
import TestSupport
import Testing

@Suite("What happens to an act around and after its signature")
struct HandOverAfterwardsTests {
    @Test(
        "what came back whole is not handed over; what came back in part, for the rest; after, it says so"
    )
    func refund() async throws {
        try await withGifts { at async throws -> Void in
            let whole = try await at.give()
            try await at.takeBack(whole)
            #expect(try await refusalReason { try await at.sign(whole) } == .giftReturned)
            #expect(try await at.store.handedOver(whole).isReturned)

            let part = try await at.give(Wazemmes.brunoVoucher, device: 2)
            try await at.takeBack(part, lines: [.init(position: 1, units: 1)])
            let kept = try await at.store.handOverAct(part).kept
            #expect(kept.map(\.position) == [2])
            #expect(try await at.sign(part).isReturned == false)
            try await at.takeBack(part)
            #expect(try await at.store.handedOver(part).isReturned)
            #expect(try await at.store.verify().faults == [])
        }
    }

    @Test("nobody signs for what comes back at the same moment, and nobody signs twice")
    func races() async throws {
        try await withGifts(machines: 12) { at async throws -> Void in
            try await at.openRights()
            try await at.execute("update quota_rules set units_max = null, cents_max = null")
            var signed = 0
            for number in 1...10 {
                let ticket = try await at.give(device: number, recharges: 0)
                let told = try await race(3) { turn in
                    if turn == 1 {
                        try await at.takeBack(ticket, at: 1)
                    } else {
                        try await at.sign(ticket, at: turn == 0 ? 0 : 1)
                    }
                }
                // The refund goes through whoever comes first; of the two acts one at most.
                let went = told.filter { $0 == nil }.count
                let acts = try await at.count(
                    "select count(*) from hand_overs where sale_id = \(try await at.store.receipt(coded: ticket).sale.id)"
                )
                #expect(went == 1 + acts && acts <= 1)
                for reason in told.compactMap({ $0?.reason }) {
                    #expect(
                        [.handedOverAlready, .giftReturned, .handOverChanged].contains(reason)
                    )
                }
                signed += acts
            }
            #expect(try await at.count("select count(*) from refunds") == 10)
            #expect(try await at.count("select count(*) from hand_over_documents") == signed)
            #expect(try await at.store.verify().faults == [])
        }
    }

    @Test("the database itself refuses an act for what came back, and for what is no gift")
    func gates() async throws {
        try await withGifts { at async throws -> Void in
            let ticket = try await at.give()
            let sale = try await at.store.receipt(coded: ticket).sale.id
            try await at.takeBack(ticket)
            let bought = try await at.store.sell(
                at.request(Wazemmes.brunoVoucher, device: 2),
                key: at.key(),
                by: at.staff()
            ).sale.id
            for (id, expected) in [
                (sale, "hand_overs_come_before_the_return"), (bought, "hand_overs_are_of_gifts"),
            ] {
                do {
                    try await at.execute(
                        """
                        insert into hand_overs (sale_id, shop_id, till_id, chain_id, position, signed_at, signed_by, terms_on,
                                                language, way, digest)
                        select \(id), shop_id, till_id, chain_id, position, now(), \(at.seller), \(at.store.today), 'fr',
                               'paper', sha256('')
                        from sales where id = \(id)
                        """
                    )
                    Issue.record("nothing refused \(expected)")
                } catch let error as PostgresError {
                    #expect(error.constraint == expected)
                }
            }
        }
    }

    @Test(
        "erasing a name takes the document, its strokes and its papers, whichever file signed; the digest stays (B3)"
    )
    func erasure() async throws {
        try await withGifts { at async throws -> Void in
            let ticket = try await at.give()
            let other = try await at.give(Wazemmes.brunoVoucher, device: 2)
            try await at.sign(ticket)
            try await at.sign(other, .paper)
            try await at.attach(ticket)
            let digest = try await at.store.handedOver(ticket).signed?.sha256
            // Amina’s file was opened by mistake: the person is served under Bruno’s from now on.
            _ = try await at.store.mergePersons(
                at.amina,
                into: at.bruno,
                key: at.key(),
                by: at.staff()
            )
            #expect(try await at.store.handOverDocument(ticket).isEmpty == false)
            try await at.refuseNotice(at.bruno)
            for code in [ticket, other] {
                let told = try await refusalReason {
                    _ = try await at.store.handOverDocument(code)
                }
                #expect(told == .actErased, "\(code.text)")
            }
            #expect(try await at.count("select count(*) from hand_over_documents") == 0)
            #expect(try await at.count("select count(*) from hand_over_sheets") == 0)
            #expect(try await at.count("select count(*) from hand_over_erasures") == 2)
            let after = try await at.store.handedOver(ticket).signed
            #expect(after?.isErased == true && after?.sha256 == digest)
            #expect(try await at.store.verify().faults == [])
            #expect(try await refusalReason { try await at.attach(ticket) } == .noticeRefused)
        }
    }

    @Test("who wants no name kept draws none: the act is signed on paper under the code")
    func noName() async throws {
        try await withGifts { at async throws -> Void in
            let ticket = try await at.give()
            try await at.refuseNotice(at.amina)
            #expect(try await at.store.handedOver(ticket).wantsNoName)
            #expect(try await at.store.handOverAct(ticket).name == "")
            #expect(try await refusalReason { try await at.sign(ticket) } == .noticeRefused)
            #expect(try await at.sign(ticket, .paper).signed?.way == .paper)
            #expect(try await at.store.verify().faults == [])
        }
    }

    @Test(
        "verify finds a document that was changed or taken away, and an act that was altered",
        arguments: [
            (
                [
                    "alter table hand_over_documents drop constraint hand_over_documents_check",
                    "update hand_over_documents set content = 'other'",
                ], "document"
            ),
            (["delete from hand_over_documents"], "document"),
            (
                [
                    "alter table hand_overs disable trigger user",
                    "update hand_overs set language = 'en'",
                ], "row"
            ),
            (
                [
                    "delete from hand_over_documents",
                    "alter table hand_overs disable trigger user",
                    "delete from hand_overs",
                ], "row_missing"
            ),
        ] as [([SQL], String)]
    )
    func tampered(statements: [SQL], fault: String) async throws {
        try await withGifts { at async throws -> Void in
            let ticket = try await at.give()
            try await at.sign(ticket)
            #expect(try await at.store.verify().faults == [])
            for statement in statements { try await at.execute(statement) }
            #expect(try await at.store.verify().faults.map(\.kind) == [fault])
        }
    }
}
