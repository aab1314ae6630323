import Postgres
import Shop
import Store
import Testing

@Suite("The privacy notice")
struct PrivacyNoticeTests {
    @Test("who agrees keeps the version that they were told, though the text changes")
    func agrees() async throws {
        try await withCounter { counter in
            let store = counter.store
            let amina = try await counter.person("Amina", "Benali")
            #expect(try await store.person(amina).notice == nil)
            _ = try await store.answerNotice(
                amina,
                accepted: true,
                told: .paper,
                key: counter.key(),
                by: counter.seller
            )
            let first = try await store.person(amina).notice
            #expect(first?.accepted == true && first?.isCurrent == true && first?.told == .paper)
            _ = try await store.setPrivacyNotice(
                french: LongText(typed: "Un\n\nDeux", field: .frenchText),
                english: LongText(typed: "One", field: .englishText),
                from: Counter.today,
                key: counter.key(),
                by: counter.administrator
            )
            let later = try await store.person(amina).notice
            #expect(later?.noticeOn == first?.noticeOn && later?.isCurrent == false)
            #expect(try await store.privacyNotices().map(\.french).contains("Un\n\nDeux"))
        }
    }

    @Test("who refuses is served under the code: no name in any table, every right kept (B3)")
    func refuses() async throws {
        try await withWazemmes { at async throws -> Void in
            try await at.execute(
                """
                insert into privacy_notices (starts_on, french, english, recorded_at)
                values ('2026-01-01', 'Texte', 'Text', now())
                """
            )
            _ = try await at.store.answerNotice(
                at.amina,
                accepted: false,
                told: .spoken,
                key: at.key(),
                by: at.staff()
            )
            let card = try await at.store.person(at.amina)
            #expect(card.person.name == "P-222222" && card.notice?.accepted == false)
            #expect(
                try await at.count("select count(*) from identities where person_id = \(at.amina)")
                    == 0
            )
            let standing = try await at.store.standing(
                of: .voucher(Wazemmes.aminaVoucher, nil),
                in: at.shop
            )
            #expect(standing.refusal == nil && standing.people.map(\.name) == ["P-222222"])
            _ = try await at.store.sell(at.request(device: 1), key: at.key(), by: at.staff())

            let identity = CorrectedIdentity(
                givenName: nil,
                familyName: try PersonName(typed: "Benali", field: .familyName),
                phone: nil,
                language: .french
            )
            func correct() async throws -> Reason? {
                try await refused {
                    _ = try await at.store.correctIdentity(
                        of: at.amina,
                        to: identity,
                        key: at.key(),
                        by: at.staff()
                    )
                }?.reason
            }
            #expect(try await correct() == .noticeRefused)
            _ = try await at.store.answerNotice(
                at.amina,
                accepted: true,
                told: .spoken,
                key: at.key(),
                by: at.staff()
            )
            #expect(try await correct() == nil)
            #expect(try await at.store.person(at.amina).person.name == "Benali")
        }
    }

    @Test("an administrator of the association alone changes the text, never of a day that passed")
    func isSet() async throws {
        try await withCounter { counter async throws -> Void in
            func set(_ day: Day, by staff: Staff) async throws -> Reason? {
                try await refused {
                    _ = try await counter.store.setPrivacyNotice(
                        french: LongText(typed: "Texte", field: .frenchText),
                        english: LongText(typed: "Text", field: .englishText),
                        from: day,
                        key: counter.key(),
                        by: staff
                    )
                }?.reason
            }
            let today = Counter.today
            #expect(try await set(today, by: counter.manager) == .associationOnly)
            #expect(
                try await set(today.adding(days: -1), by: counter.administrator) == .startsInPast
            )
            #expect(try await set(today, by: counter.administrator) == nil)
            #expect(try await set(today, by: counter.administrator) == .changeAlreadyDated)
        }
    }
}
