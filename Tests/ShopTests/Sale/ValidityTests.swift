import Shop
import Testing

@Suite("How long a prescriber lets a voucher hold")
struct ValidityTests {
    @Test(
        "no longer than the number in force, whose last day still counts",
        arguments: [
            ("2026-11-27", "2027-08-27", 9, nil), ("2026-11-27", "2027-08-28", 9, "2027-08-27"),
            ("2026-11-27", "2026-11-27", 9, nil), ("2026-11-27", "2026-11-28", 0, "2026-11-27"),
            // The end of a short month.
            ("2026-05-31", "2027-02-28", 9, nil), ("2026-05-31", "2027-03-01", 9, "2027-02-28"),
            ("2027-05-31", "2028-02-29", 9, nil),
        ] as [(String, String, Int, String?)]
    )
    func bounded(signed: String, until: String, months: Int, most: String?) throws {
        var refusal: Refusal?
        do throws(Refusal) {
            try checkLastDay(
                Day(typed: until),
                signedOn: Day(typed: signed),
                monthsMost: months
            )
        } catch { refusal = error }
        let expected = try most.map { most in
            Refusal(
                .voucherTooLong,
                [
                    "field": .field(.validUntil), "months": .number(Int64(months)),
                    "most": .day(try Day(typed: most)),
                ]
            )
        }
        #expect(refusal == expected)
    }
}
