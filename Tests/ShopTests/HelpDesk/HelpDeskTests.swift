import Shop
import Testing

@Suite("What is written down at the help desk")
struct HelpDeskTests {
    private static let today = Day(20_000)

    @Test(
        "a visit says one theme at least, 1 to 480 minutes, and no day to come",
        arguments: [
            (day: 0, minutes: 1, themes: ["email"], expected: nil as Reason?),
            (day: -400, minutes: 480, themes: ["email", "bureautique"], expected: nil),
            (day: 0, minutes: 0, themes: ["email"], expected: .quantityOutOfRange),
            (day: 0, minutes: 481, themes: ["email"], expected: .quantityOutOfRange),
            (day: 1, minutes: 30, themes: ["email"], expected: .dayInFuture),
            (day: 0, minutes: 30, themes: [], expected: .fieldMissing),
            (day: 0, minutes: 30, themes: ["é"], expected: .codeUnreadable),
            // Several at once: the first listed is told.
            (day: 1, minutes: 0, themes: [], expected: .dayInFuture),
        ]
    )
    func visits(day: Int, minutes: Int, themes: [String], expected: Reason?) {
        let said = refusal {
            _ = try VisitFacts(
                kind: .visit,
                heldOn: Self.today.adding(days: day),
                today: Self.today,
                minutes: minutes,
                themes: themes
            )
        }
        #expect(said?.reason == expected)
    }

    @Test("themes are kept once, sorted, and read without their capitals")
    func themes() throws {
        let facts = try VisitFacts(
            kind: .diagnostic,
            heldOn: Self.today,
            today: Self.today,
            minutes: 20,
            themes: ["Securite_Numerique", "email", " email "]
        )
        #expect(facts.themes == ["email", "securite_numerique"])
    }

    @Test(
        "an appointment ends by midnight",
        arguments: [
            (at: "00:00", minutes: 480, expected: nil as Reason?),
            (at: "00:00", minutes: 481, expected: .quantityOutOfRange),
            (at: "23:59", minutes: 1, expected: nil),
            (at: "23:59", minutes: 2, expected: .quantityOutOfRange),
            (at: "10:00", minutes: 0, expected: .quantityOutOfRange),
        ]
    )
    func appointments(at: String, minutes: Int, expected: Reason?) {
        #expect(refusal { _ = try time(at, minutes) }?.reason == expected)
    }

    @Test(
        "two appointments overlap when they share a minute; what touches does not",
        arguments: [
            (other: "09:30", minutes: 30, expected: false),
            (other: "09:30", minutes: 31, expected: true),
            (other: "10:59", minutes: 5, expected: true),
            (other: "11:00", minutes: 5, expected: false),
            (other: "09:00", minutes: 400, expected: true),
        ]
    )
    func overlap(other: String, minutes: Int, expected: Bool) throws {
        let (first, second) = (try time("10:00", 60), try time(other, minutes))
        #expect(first.overlaps(second) == expected && second.overlaps(first) == expected)
        let nextDay = try time(other, minutes, on: Self.today.adding(days: 1))
        #expect(!first.overlaps(nextDay))
    }

    @Test(
        "one that is under way may still be booked, one that is over may not",
        arguments: [
            (at: "10:00", day: 0, expected: nil as Reason?), (at: "09:31", day: 0, expected: nil),
            (at: "09:30", day: 0, expected: .appointmentPast),
            (at: "09:30", day: 1, expected: nil),
            (at: "23:00", day: -1, expected: .appointmentPast),
        ]
    )
    func past(at: String, day: Int, expected: Reason?) throws {
        // Ten o’clock in Paris, in summer.
        let now = try #require(Instant(iso: "2024-10-04T08:00:00Z"))
        let time = try time(at, 30, on: now.day.adding(days: day))
        #expect(refusal { try time.checkAhead(of: now) }?.reason == expected)
    }

    @Test("a clash says when, where and by which operator, and never who")
    func clash() throws {
        let refusal = Refusal.expectedAlready(try time("10:00", 60), in: "Lille", with: "SA")
        let told = refusal.told(in: .french)
        for part in ["10:00", "Lille", "SA", Self.today.printed] {
            #expect(told.why.contains(part))
        }
        #expect(!"\(told)".contains("{"))
        let anybody = Refusal.expectedAlready(try time("10:00", 60), in: "Lille", with: nil)
        #expect(anybody.told(in: .english).why.contains("the team"))
    }

    @Test(
        "a code of a list is short, without accent, with the national tool’s underscores",
        arguments: [
            ("aide_aux_demarches_administratives", true), ("fax", true), ("Email", true),
            ("e", false), ("scolarité", false), ("deux mots", false), ("", false),
            (String(repeating: "a", count: 61), false),
        ]
    )
    func codes(text: String, reads: Bool) {
        #expect((refusal { _ = try HelpDeskCode.read(text, field: .code) } == nil) == reads)
    }

    @Test("no list says what the law keeps apart")
    func forbidden() {
        let said = refusal {
            _ = try NewHelpDeskCode(
                list: .theme,
                code: "sante",
                startsOn: Self.today,
                french: ShortText(typed: "Santé", field: .nameFrench),
                english: ShortText(typed: "Well-being", field: .nameEnglish)
            )
        }
        #expect(said?.reason == .motiveForbidden)
    }

    @Test("what is offered is in force and not withdrawn")
    func offered() {
        func row(_ code: String, _ day: Int, withdrawn: Bool = false) -> HelpDeskCode {
            HelpDeskCode(
                list: .theme,
                code: code,
                startsOn: Self.today.adding(days: day),
                french: "\(code) \(day)",
                english: code,
                isWithdrawn: withdrawn
            )
        }
        let rows = [
            row("a", -9), row("a", -1), row("a", 1), row("b", -9), row("b", 0, withdrawn: true),
            row("c", 1),
        ]
        #expect(rows.offered(.theme, on: Self.today).map(\.french) == ["a -1"])
        #expect(rows.offered(.redirection, on: Self.today).isEmpty)
    }

    private func time(_ at: String, _ minutes: Int, on day: Day = today) throws(Refusal)
        -> AppointmentTime
    {
        try AppointmentTime(plannedOn: day, startsAt: TimeOfDay(typed: at), minutes: minutes)
    }
}
