import Shop
import Testing

@Suite("What a referral may say")
struct MotiveTests {
    @Test(
        "a motive says a need, and nothing of a special category",
        arguments: [
            ("Foyer sans équipement", nil), ("Quartier politique de la ville", nil),
            ("Raccordement à la fibre en cours", nil), ("Reste à vivre faible", nil),
            ("Handicap", "health"), ("Personne MALADE", "health"), ("Santé fragile", "health"),
            ("long-term illness", "health"), ("Origine étrangère", "origin"),
            ("Demandeur d’asile", "origin"), ("sans papiers", "origin"),
            ("Sortant de prison", "the justice system"),
            ("sous main de justice", "the justice system"),
            ("Paroisse, église", "opinions or religion"), ("Syndicaliste", "opinions or religion"),
            ("orientation sexuelle", "private life"),
        ] as [(String, String?)]
    )
    func forbidden(words: String, topic: String?) throws {
        for isFrench in [true, false] {
            var refusal: Refusal?
            do throws(Refusal) {
                _ = try NewMotive(
                    code: ShortCode(typed: "some"),
                    startsOn: Day(0),
                    french: ShortText(typed: isFrench ? words : "Besoin", field: .nameFrench),
                    english: ShortText(typed: isFrench ? "Need" : words, field: .nameEnglish)
                )
            } catch { refusal = error }
            #expect(refusal?.reason == topic.map { _ in .motiveForbidden })
            #expect(refusal?.field == (topic == nil ? nil : isFrench ? .nameFrench : .nameEnglish))
            if let topic {
                #expect(refusal?.told(in: .english).why.contains(topic) == true)
                // The refusal says what no motive may say.
                #expect(refusal?.told(in: .french).why.contains("santé") == true)
            }
        }
    }

    @Test("offered is the last row that has begun, unless it withdraws the motive")
    func offered() {
        func motive(_ code: String, _ day: Int, _ words: String, withdrawn: Bool = false) -> Motive
        {
            Motive(
                code: code,
                startsOn: Day(day),
                french: words,
                english: words,
                isWithdrawn: withdrawn
            )
        }
        let rows = [
            motive("a", 10, "Premier"), motive("a", 20, "Autrement dit"), motive("b", 10, "Fini"),
            motive("b", 15, "Fini", withdrawn: true), motive("c", 30, "À venir"),
        ]
        #expect(rows.offered(on: Day(9)).isEmpty)
        #expect(rows.offered(on: Day(14)).map(\.french) == ["Fini", "Premier"])
        #expect(rows.offered(on: Day(19)).map(\.french) == ["Premier"])
        #expect(rows.offered(on: Day(20)).map(\.french) == ["Autrement dit"])
    }

    @Test("remarks are one line, and hold no social-security number (B8)")
    func remarks() throws {
        let details = try ReferralDetails(
            motives: ["parent", "low-income", "Parent"],
            remarks: " Vient\r\nle mardi\n"
        )
        #expect(details.motives == ["low-income", "parent"])
        #expect(details.remarks == "Vient le mardi")
        #expect(try ReferralDetails(remarks: "  \n ").isEmpty)
        let cases: [(String, Reason)] = [
            ("Son numéro est 1 85 05 78 006 084 91", .nirForbidden),
            (String(repeating: "a", count: 501), .fieldTooLong),
        ]
        for (text, reason) in cases {
            var refusal: Refusal?
            do throws(Refusal) { _ = try ReferralDetails(remarks: text) } catch { refusal = error }
            #expect(refusal?.reason == reason)
            #expect(refusal?.field == .remarks)
        }
    }
}
