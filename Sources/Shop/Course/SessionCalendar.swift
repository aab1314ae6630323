/// The sessions of a run as a telephone's calendar reads them: iCalendar (RFC 5545), without the name of any person.
public struct SessionCalendar: Sendable {
    /// What the calendar is called there.
    let name: String
    let events: [Event]

    /// A session to come, or one that was held.
    public struct Event: Sendable {
        let session: ID<Session>
        let summary: String
        let place: String
        let day: Day
        /// Nil where only the day is known: the event lasts all day.
        let startsAt: TimeOfDay?
        let minutes: Int
        /// How often it was moved: a calendar takes the higher one.
        let sequence: Int
        let changedAt: Instant
        let isCancelled: Bool

        public init(
            session: ID<Session>,
            summary: String,
            place: String,
            day: Day,
            startsAt: TimeOfDay?,
            minutes: Int,
            sequence: Int,
            changedAt: Instant,
            isCancelled: Bool
        ) {
            self.session = session
            self.summary = summary
            self.place = place
            self.day = day
            self.startsAt = startsAt
            self.minutes = minutes
            self.sequence = sequence
            self.changedAt = changedAt
            self.isCancelled = isCancelled
        }
    }

    public init(name: String, events: [Event]) {
        self.name = name
        self.events = events
    }

    /// Lines of 75 bytes at most, each ended by CR LF.
    public var text: String {
        let lines =
            [
                "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Comptoir//Comptoir//FR",
                "CALSCALE:GREGORIAN", "METHOD:PUBLISH", "X-WR-CALNAME:\(escaped(name))",
                "X-WR-TIMEZONE:Europe/Paris",
            ] + Self.paris + events.flatMap(\.lines) + ["END:VCALENDAR"]
        return lines.map { folded($0) + "\r\n" }.joined()
    }

    /// The rules of Paris since 1996, as the zone's own database has them (RFC 5545 wants them in the file).
    private static let paris = [
        "BEGIN:VTIMEZONE", "TZID:Europe/Paris",
        "BEGIN:DAYLIGHT", "TZOFFSETFROM:+0100", "TZOFFSETTO:+0200", "TZNAME:CEST",
        "DTSTART:19960331T020000", "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU", "END:DAYLIGHT",
        "BEGIN:STANDARD", "TZOFFSETFROM:+0200", "TZOFFSETTO:+0100", "TZNAME:CET",
        "DTSTART:19961027T030000", "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU", "END:STANDARD",
        "END:VTIMEZONE",
    ]
}

extension SessionCalendar.Event {
    fileprivate var lines: [String] {
        let stamp = changedAt.compact
        let date = day.compact
        let time =
            startsAt.map { start in
                [
                    "DTSTART;TZID=Europe/Paris:\(date)T\(two(start.minutes / 60))\(two(start.minutes % 60))00",
                    "DURATION:PT\(minutes)M",
                ]
            } ?? ["DTSTART;VALUE=DATE:\(date)", "TRANSP:TRANSPARENT"]
        return ["BEGIN:VEVENT", "UID:\(session)@comptoir", "DTSTAMP:\(stamp)"] + time + [
            "SUMMARY:\(escaped(summary))", "LOCATION:\(escaped(place))", "SEQUENCE:\(sequence)",
            "LAST-MODIFIED:\(stamp)", "STATUS:\(isCancelled ? "CANCELLED" : "CONFIRMED")",
            "END:VEVENT",
        ]
    }
}

extension Day {
    /// `20261127`.
    fileprivate var compact: String { iso.filter { $0 != "-" } }
}

extension Instant {
    /// `20261127T080000Z`.
    fileprivate var compact: String {
        iso.prefix { $0 != "." }.filter { $0 != "-" && $0 != ":" } + "Z"
    }
}

private func escaped(_ text: String) -> String {
    text.replacing("\\", with: "\\\\").replacing(";", with: "\\;").replacing(",", with: "\\,")
        .replacing("\n", with: "\\n")
}

/// A line longer than 75 bytes goes on in the next one, behind a space; no character is cut.
private func folded(_ line: String) -> String {
    var text = ""
    var length = 0
    for character in line.unicodeScalars {
        let bytes = character.utf8.count
        if length + bytes > 75 {
            text += "\r\n "
            length = 1
        }
        text.unicodeScalars.append(character)
        length += bytes
    }
    return text
}
