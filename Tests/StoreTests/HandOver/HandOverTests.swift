import Foundation
import Postgres
import Shop
import Store
import TestSupport
import Testing

@Suite("A gift is handed over in one act")
struct HandOverTests {
    @Test("one act for all that is on the ticket, once, sealed without a name (P14, X15, B2)")
    func once() async throws {
        try await withGifts { at async throws -> Void in
            let ticket = try await at.give()
            #expect(try await at.store.handedOver(ticket).signed == nil)
            let act = try await at.store.handOverAct(ticket)
            #expect(act.kept.map(\.quantity) == [1, 2])
            #expect(act.kept[0].label == Wazemmes.label(1))
            #expect(act.name == "MARKER-GIVEN MARKER-FAMILY" && act.person == "P-222222")
            #expect(act.opened.map(\.origin) == [.voucher])
            #expect(act.terms.lines.map(\.translated) == [nil, nil])

            let key = at.key()
            let done = try await at.sign(ticket, key: key)
            let again = try await at.sign(ticket, key: key)
            #expect(done.signed?.way == .screen && done.signed?.by == "AM")
            #expect(again.signed?.sha256 == done.signed?.sha256)
            #expect(try await refusalReason { try await at.sign(ticket) } == .handedOverAlready)
            let other = try await refusalReason { try await at.sign(ticket, .paper, key: key) }
            #expect(other == .keyReused)
            #expect(try await at.count("select count(*) from hand_overs") == 1)

            let sealed = try await at.count(
                """
                select count(*) from journal_entries where kind = 'event'
                  and position(convert_to('event=gift_handed_over', 'UTF8') in payload) > 0
                  and position(convert_to(\("ticket=" + ticket.text), 'UTF8') in payload) > 0
                  and position(convert_to(\("document_sha256=" + (done.signed?.sha256 ?? "")), 'UTF8') in payload) > 0
                """
            )
            #expect(sealed == 1)
            let named = try await at.count(
                "select count(*) from journal_entries where position(convert_to('MARKER', 'UTF8') in payload) > 0"
            )
            #expect(named == 0)
            #expect(try await at.store.verify().faults == [])
        }
    }

    @Test("the terms are those of the person’s language beside French, or of the one asked for")
    func language() async throws {
        try await withGifts { at async throws -> Void in
            let ticket = try await at.give()
            try await at.execute("update identities set language = 'en'")
            let own = try await at.store.handOverAct(ticket)
            #expect(own.terms.language == "en")
            #expect(own.terms.lines.map(\.translated) == ["It is yours.", "Come back."])
            #expect(own.terms.lines.map(\.french) == ["C’est à vous.", "Revenez."])
            let french = try await at.store.handOverAct(ticket, in: .french)
            #expect(french.terms.language == "fr")
            let unwritten = try await at.store.handOverAct(ticket, in: SpokenLanguage(typed: "uk"))
            #expect(unwritten.terms.language == "fr")
            #expect(try await at.sign(ticket, language: "en").signed?.language == "en")
            #expect(try await at.store.verify().faults == [])
        }
    }

    @Test("what changed while the paper was drawn is not signed")
    func changed() async throws {
        try await withGifts { at async throws -> Void in
            let ticket = try await at.give()
            let changes: [@Sendable () async throws -> Void] = [
                { try await at.execute("update identities set family_name = 'MARKER-OTHER'") },
                { try await at.takeBack(ticket, lines: [.init(position: 2, units: 1)]) },
                {
                    try await at.execute("alter table hand_over_texts disable trigger user")
                    try await at.execute("update hand_over_texts set sentences[1] = 'Autre.'")
                },
            ]
            for change in changes {
                let told = try await refusalReason {
                    try await at.sign(ticket, meanwhile: change)
                }
                #expect(told == .handOverChanged)
            }
            #expect(try await at.count("select count(*) from hand_overs") == 0)
            #expect(try await at.count("select count(*) from hand_over_documents") == 0)
            try await at.sign(ticket)
        }
    }

    @Test("a refusal is witnessed by a second person of the shop (P14)")
    func witnessed() async throws {
        try await withGifts { at async throws -> Void in
            let ticket = try await at.give()
            let elsewhere: ID<Shop> = at.store.newID()
            let cases: [(Staff, Reason?)] = [
                (at.staff(), .witnessOwn),
                (at.colleague(.facilitator, in: elsewhere), .roleMissing),
                (at.colleague(.volunteerSeller, in: at.shop), nil),
            ]
            for (witness, expected) in cases {
                let told = try await refusalReason {
                    try await at.sign(ticket, .refused(witness: .init(witness)))
                }
                #expect(told == expected)
            }
            let signed = try await at.store.handedOver(ticket).signed
            #expect(signed?.way == .refused && signed?.witness == "ROSA")
            #expect(try await at.store.verify().faults == [])
        }
    }

    @Test("only a gift to a person asks for an act, in a shop where one sells")
    func whatIsSigned() async throws {
        try await withGifts { at async throws -> Void in
            let sold = try await at.store.sell(at.request(device: 1), key: at.key(), by: at.staff())
            let toNobody = try await at.store.sell(
                at.request(nil, mice: 1, gift: true),
                key: at.key(),
                by: at.staff()
            )
            for code in [sold.code, toNobody.code] {
                let told = try await refusalReason { try await at.sign(code) }
                #expect(told == .nothingToHandOver, "\(code.text)")
            }
            let ticket = try await at.give(Wazemmes.brunoVoucher, device: 2)
            let unknown = ReceiptCode(till: "LI1", kind: .gift, number: 99)
            #expect(try await refusalReason { try await at.sign(unknown) } == .saleUnknown)
            await #expect(throws: Refusal(.notHandedOver, ["receipt": .text(ticket.text)])) {
                try await at.store.handOverDocument(ticket)
            }
            let elsewhere = try await refusalReason {
                _ = try await at.store.handedOver(ticket, in: .shops([at.store.newID()]))
            }
            #expect(elsewhere == .saleUnknown)
            #expect(try await refusalReason { try await at.attach(ticket) } == .notHandedOver)
        }
    }

    @Test(
        "what waits comes first, the last given first; then sheets to be attached; then what is done"
    )
    func list() async throws {
        try await withGifts { at async throws -> Void in
            try await at.openRights()
            try await at.execute("update quota_rules set units_max = null, cents_max = null")
            var tickets: [ReceiptCode] = []
            for number in 1...5 { tickets.append(try await at.give(device: number)) }
            try await at.sign(tickets[0], .paper)
            try await at.sign(tickets[3], .paper)
            try await at.attach(tickets[0])
            try await at.takeBack(tickets[1])
            try await at.takeBack(tickets[3])
            var listed: [HandOverRow] = []
            var after: String?
            repeat {
                let part = try await at.store.handOvers(in: .everyShop, after: after, limit: 1)
                listed += part.items
                after = part.next
            } while after != nil
            let expected = [tickets[4], tickets[2], tickets[3], tickets[0]].map(\.text)
            #expect(listed.map(\.ticket) == expected)
            #expect(listed.map(\.state) == [.waiting, .waiting, .sheetMissing, .done])
            #expect(listed.map(\.returned) == [0, 0, 3, 0])
            let done = try await at.store.handOvers(in: .everyShop, state: .done)
            #expect(done.items.map(\.ticket) == [tickets[0].text])
            let missing = try await at.store.handOvers(in: .everyShop, state: .sheetMissing)
            #expect(missing.items.map(\.ticket) == [tickets[3].text])
            try await at.attach(tickets[3])
            let none = try await at.store.handOvers(in: .everyShop, state: .sheetMissing)
            #expect(none.items.isEmpty)
            let nowhere = try await at.store.handOvers(in: .shops([at.store.newID()]))
            #expect(nowhere.items.isEmpty)
        }
    }

    @Test(
        "terms are never edited, never of a day that passed, and each language has a sentence a line"
    )
    func terms() async throws {
        try await withGifts { at async throws -> Void in
            let today = at.store.today
            func set(_ day: Day, by staff: Staff) async throws -> Reason? {
                try await refusalReason {
                    _ = try await at.store.setHandOverTerms(
                        TermLine.lines(typed: "care: Prenez-en soin."),
                        from: day,
                        key: at.key(),
                        by: staff
                    )
                }
            }
            func add(_ day: Day, _ language: String, _ sentences: [String]) async throws -> Reason?
            {
                try await refusalReason {
                    _ = try await at.store.translateHandOverTerms(
                        of: day,
                        into: SpokenLanguage(typed: language),
                        sentences,
                        key: at.key(),
                        by: at.staff()
                    )
                }
            }
            let ofOneShop = at.colleague(.shopManager, in: at.shop)
            #expect(try await set(today.adding(days: 1), by: ofOneShop) == .associationOnly)
            #expect(try await set(today.adding(days: -1), by: at.staff()) == .startsInPast)
            #expect(try await set(today, by: at.staff()) == .changeAlreadyDated)
            #expect(try await set(today.adding(days: 1), by: at.staff()) == nil)
            #expect(try await add(today, "uk", ["Це ваше."]) == .termsUneven)
            #expect(try await add(today, "uk", ["Це ваше.", "Приходьте."]) == nil)
            #expect(try await add(today, "uk", ["Це ваше.", "Приходьте."]) == .nameTaken)
            #expect(try await add(today.adding(days: 5), "uk", ["Це ваше."]) == .unknownThing)
            let edited = try await refusedByDatabase(
                at,
                "update hand_over_terms set pictograms = array['help']"
            )
            #expect(edited)
        }
    }

    private func refusedByDatabase(_ at: Wazemmes, _ statement: SQL) async throws -> Bool {
        do {
            try await at.execute(statement)
            return false
        } catch is PostgresError {
            return true
        }
    }
}

extension Wazemmes {
    @discardableResult
    func attach(_ ticket: ReceiptCode) async throws -> HandOverSheet {
        try await store.attachHandOverSheet(
            SignedSheet(bytes: Array("%PDF-1.7 MARKER".utf8)),
            to: ticket,
            key: key(),
            by: staff()
        )
    }
}
