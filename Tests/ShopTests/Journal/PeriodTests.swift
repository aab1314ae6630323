import Testing

@testable import Shop

@Suite("What is closed, and when")
struct PeriodTests {
    private func day(_ text: String) -> Day {
        guard let day = Day(iso: text) else { preconditionFailure(text) }
        return day
    }

    @Test(
        "a period ends on its last day",
        arguments: [
            (Period.day, "2026-02-28", "2026-02-28"), (.month, "2026-02-01", "2026-02-28"),
            (.month, "2028-02-10", "2028-02-29"), (.month, "2026-12-31", "2026-12-31"),
            (.year, "2026-01-01", "2026-12-31"), (.year, "2026-12-31", "2026-12-31"),
        ]
    )
    func ends(period: Period, of: String, on: String) {
        #expect(period.end(of: day(of)).iso == on)
    }

    @Test(
        "a day lasts until so many minutes after midnight, by the shop's clock",
        arguments: [
            // In winter Paris is an hour ahead.
            ("2026-11-28T23:00:00Z", 0, "2026-11-29"), ("2026-11-28T22:59:59Z", 0, "2026-11-28"),
            ("2026-11-29T02:59:59Z", 240, "2026-11-28"),
            ("2026-11-29T03:00:00Z", 240, "2026-11-29"),
            // The night on which the clock goes forward, and the one on which it goes back.
            ("2026-03-29T01:30:00Z", 240, "2026-03-28"),
            ("2026-03-29T02:00:00Z", 240, "2026-03-29"),
            ("2026-10-25T02:59:59Z", 240, "2026-10-24"),
            ("2026-10-25T03:00:00Z", 240, "2026-10-25"),
        ]
    )
    func businessDay(at: String, minutes: Int, is expected: String) throws {
        let instant = try #require(Instant(iso: at))
        #expect(instant.businessDay(endingAt: minutes).iso == expected)
    }

    /// Days by period, then the day before today that is open, whether today is, whether a drawer is.
    private func closed(
        _ ends: [Period: String] = [:],
        open: String? = nil,
        today: String? = nil,
        drawer: Bool = false
    ) -> ClosedPeriods {
        ClosedPeriods(
            ends: ends.mapValues { day($0) },
            openDay: open.map { day($0) },
            openToday: today.map { day($0) },
            hasOpenDrawer: drawer
        )
    }

    @Test("what is over is due: the day that was worked, then its month and its year")
    func due() {
        func due(_ periods: ClosedPeriods, on today: String) -> [String] {
            periods.due(on: day(today)).map { "\($0.period.rawValue) \($0.endsOn.iso)" }
        }
        #expect(due(closed(), on: "2026-11-29") == [])
        #expect(due(closed(open: "2026-11-28"), on: "2026-11-29") == ["day 2026-11-28"])
        #expect(due(closed(open: "2026-11-28", drawer: true), on: "2026-11-29") == [])
        #expect(due(closed(today: "2026-11-29"), on: "2026-11-29") == [])
        #expect(
            due(closed(open: "2026-11-30"), on: "2026-12-01") == [
                "day 2026-11-30", "month 2026-11-30",
            ]
        )
        #expect(
            due(closed(open: "2026-12-31"), on: "2027-01-01") == [
                "day 2026-12-31", "month 2026-12-31", "year 2026-12-31",
            ]
        )
        // A till that stood still from October on: its month is closed, its year still is to be.
        let idle = closed([.day: "2026-10-20", .month: "2026-10-31"])
        #expect(due(idle, on: "2026-12-31") == [])
        #expect(due(idle, on: "2027-01-01") == ["year 2026-12-31"])
        #expect(
            due(
                closed([.day: "2026-10-20", .month: "2026-10-31", .year: "2026-12-31"]),
                on: "2027-03-01"
            )
                == []
        )
    }

    @Test("a period that is asked for is closed in its turn, or the refusal says what comes first")
    func asked() {
        func asked(_ periods: ClosedPeriods, _ period: Period, on today: String) -> String {
            do throws(Refusal) {
                return try periods.toClose(period, on: day(today)).endsOn.iso
            } catch { return error.reason.rawValue }
        }
        #expect(asked(closed(), .day, on: "2026-11-29") == "nothing_to_close")
        #expect(asked(closed(), .month, on: "2026-11-29") == "nothing_to_close")
        #expect(asked(closed(today: "2026-11-29"), .day, on: "2026-11-29") == "2026-11-29")
        #expect(
            asked(closed(today: "2026-11-29", drawer: true), .day, on: "2026-11-29")
                == "closing_needs_drawer"
        )
        #expect(
            asked(closed([.day: "2026-11-28"]), .month, on: "2026-11-30") == "closing_too_soon"
        )
        #expect(
            asked(closed(open: "2026-11-28"), .month, on: "2026-12-01") == "closing_needs_day"
        )
        #expect(asked(closed([.day: "2026-11-28"]), .month, on: "2026-12-01") == "2026-11-30")
        let idle = closed([.day: "2026-10-20", .month: "2026-10-31"])
        #expect(asked(idle, .month, on: "2027-01-01") == "nothing_to_close")
        #expect(asked(idle, .year, on: "2027-01-01") == "2026-12-31")
        #expect(asked(idle, .year, on: "2026-12-31") == "closing_too_soon")
        #expect(
            asked(closed([.day: "2026-10-20"]), .year, on: "2027-01-01") == "closing_needs_day"
        )
    }

    @Test("an entry is written as its version knew it, and read back field by field, A15")
    func versions() throws {
        var entry = Canonical(.event)
        entry.put("event", "drawer_opened")
        entry.put("label", "a\\b\nc")
        entry.put("business_on", "2026-11-29", since: 2)
        #expect(
            entry.text(version: 1) == "comptoir 1 event\nevent=drawer_opened\nlabel=a\\\\b\\nc\n"
        )
        #expect(entry.text(version: 2).hasSuffix("\nbusiness_on=2026-11-29\n"))
        for version in 1...Canonical.version {
            #expect(entry.firstDifference(from: entry.text(version: version)) == nil)
        }
        #expect(entry.firstDifference(from: "comptoir 3 event\n") == "version")
        #expect(entry.firstDifference(from: "comptoir 2 sale\n") == "comptoir 2 sale")
        let fields = try #require(SealedFields(entry.text))
        #expect(fields["label"] == "a\\b\nc" && fields.heading == "event")
        #expect(SealedFields("") == nil && SealedFields("comptoir 2 sale") == nil)
        #expect(SealedFields("comptoir 2 sale\nno equals sign\n") == nil)
    }
}
