import Testing

@testable import Shop

@Suite("What is typed never becomes another number, nor stops the shop")
struct BoundsTests {
    @Test(
        "an amount of other digits than 0 to 9 is refused, not read as nothing",
        arguments: ["1\u{20E3}", "12\u{20E3}", "１２", "12,5\u{20E3}", "٣", "1\u{301}", "+1", "-1"]
    )
    func amounts(text: String) {
        #expect(reason { () throws(Refusal) in _ = try Cents(typed: text) } == .amountUnreadable)
    }

    @Test(
        "an hour is one of a day's",
        arguments: [
            ("2026-11-22T23:59:59Z", true), ("2026-11-22T24:00:00Z", false),
            ("2026-11-22T9223372036854775807:00:00Z", false), ("2026-11-22T-1:00:00Z", false),
            ("2026-11-22T10:60:00Z", false), ("2026-11-22T10:00:60Z", false),
            ("2026-11-22T10:00:00.-12345Z", false), ("2026-11-22T10:00:00.Z", false),
            ("2026-11-22T10:00:00.1234567Z", true), ("2026-11-22T10:00:00.1", false),
            ("2026-11-22T10:00:00ZZ", false), ("9999-12-31T23:59:59.999999Z", true),
        ]
    )
    func instants(text: String, isRead: Bool) {
        #expect((Instant(iso: text) != nil) == isRead)
    }

    @Test(
        "what the database writes is read to the microsecond",
        arguments: [
            ("2026-11-22 10:00:00.120034+00", "2026-11-22T10:00:00.120034Z"),
            ("2026-11-22 10:00:00.5+00", "2026-11-22T10:00:00.500000Z"),
            ("2026-11-22 10:00:00+00", "2026-11-22T10:00:00.000000Z"),
            ("2026-11-22 10:00:00+01", nil), ("infinity", nil),
        ]
    )
    func database(text: String, iso: String?) {
        #expect(Instant(utc: text)?.iso == iso)
    }

    @Test(
        "a day of any digits is read or refused",
        arguments: [
            "99999999999999999999/1/2026", "1/9223372036854775807/2026", "1\u{20E3}/1/2026",
        ]
    )
    func days(text: String) {
        #expect(reason { () throws(Refusal) in _ = try Day(typed: text) } == .dayUnreadable)
    }
}
