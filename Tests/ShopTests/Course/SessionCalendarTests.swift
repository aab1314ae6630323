import Foundation
import Shop
import Testing

@Suite("A run's sessions for a telephone's calendar")
struct SessionCalendarTests {
    private static let session = ID<Session>(
        UUID(uuidString: "01900000-0000-7000-8000-000000000001")!
    )

    private func event(
        _ summary: String = "Module 1",
        place: String = "Salle",
        startsAt: TimeOfDay? = TimeOfDay(minutes: 14 * 60),
        isCancelled: Bool = false
    ) throws -> SessionCalendar.Event {
        SessionCalendar.Event(
            session: Self.session,
            summary: summary,
            place: place,
            day: try Day(typed: "2026-11-27"),
            startsAt: startsAt,
            minutes: 150,
            sequence: 2,
            changedAt: Instant(iso: "2026-11-20T08:05:09Z")!,
            isCancelled: isCancelled
        )
    }

    @Test("an event bears the session's id, the hour of Paris, its length and how often it moved")
    func writes() throws {
        let text = SessionCalendar(name: "Parcours", events: [try event()]).text
        let lines = text.components(separatedBy: "\r\n")
        #expect(lines.first == "BEGIN:VCALENDAR" && lines.suffix(2) == ["END:VCALENDAR", ""])
        #expect(!text.replacing("\r\n", with: "").contains { $0.isNewline })
        for line in [
            "UID:01900000-0000-7000-8000-000000000001@comptoir",
            "DTSTART;TZID=Europe/Paris:20261127T140000", "DURATION:PT150M", "SEQUENCE:2",
            "DTSTAMP:20261120T080509Z", "STATUS:CONFIRMED", "TZID:Europe/Paris",
            "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU", "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
        ] {
            #expect(lines.contains(line), "\(line)")
        }
    }

    @Test("what is called off says so, and what has no hour lasts all day")
    func states() throws {
        let off = SessionCalendar(name: "", events: [try event(isCancelled: true)]).text
        #expect(off.contains("STATUS:CANCELLED\r\n"))
        let day = SessionCalendar(name: "", events: [try event(startsAt: nil)]).text
        #expect(day.contains("DTSTART;VALUE=DATE:20261127\r\n") && !day.contains("DURATION"))
    }

    @Test("a long line goes on behind a space, at most 75 bytes each, no letter cut in two")
    func folds() throws {
        let summary = String(repeating: "é’", count: 60) + ", a;b\\c"
        let text = SessionCalendar(name: "", events: [try event(summary)]).text
        for line in text.components(separatedBy: "\r\n") {
            #expect(line.utf8.count <= 75, "\(line)")
        }
        let unfolded = text.replacing("\r\n ", with: "")
        #expect(
            unfolded.contains("SUMMARY:\(String(repeating: "é’", count: 60))\\, a\\;b\\\\c\r\n")
        )
    }

    @Test(
        "an hour is read as browsers send it and as people write it",
        arguments: [
            ("14:05", 845), ("14h05", 845), ("14 h 05", 845), ("9h", 540), ("09:00", 540),
            ("0:00", 0), ("23:59", 1439), ("24:00", nil), ("14:60", nil), ("14", nil), ("", nil),
            ("h", nil), ("-1:00", nil), ("14:5", nil), ("٩:٠٠", nil), ("1:2:3", nil),
        ] as [(String, Int?)]
    )
    func reads(text: String, minutes: Int?) throws {
        let time: TimeOfDay? = try? TimeOfDay(typed: text)
        #expect(time?.minutes == minutes)
        if let time { #expect(try TimeOfDay(typed: time.clock) == time) }
    }

    @Test(
        "a week begins on Monday",
        arguments: [
            ("2026-11-23", "2026-11-23", "lundi 23\u{A0}novembre"),
            ("2026-11-29", "2026-11-23", "dimanche 29\u{A0}novembre"),
            ("1969-12-31", "1969-12-29", "mercredi 31\u{A0}décembre"),
            ("2026-03-01", "2026-02-23", "dimanche 1er\u{A0}mars"),
        ]
    )
    func weeks(day: String, monday: String, words: String) throws {
        let day = try Day(typed: day)
        #expect(day.firstOfWeek.iso == monday)
        #expect(day.spelledInWeek(in: .french) == words)
    }
}
