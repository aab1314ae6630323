import Shop
import Testing

@Suite("When a voucher is renewed")
struct RenewalTests {
    private static let end = Day(1000)

    @Test(
        "from so many days before its end until so many after, so many times in a row, unless something ended it",
        arguments: [
            (on: 939, number: 0, revoked: nil, keyRevoked: nil, by: nil, .renewalOutsidePeriod),
            (on: 940, number: 0, revoked: nil, keyRevoked: nil, by: nil, nil),
            (on: 1060, number: 0, revoked: nil, keyRevoked: nil, by: nil, nil),
            (on: 1061, number: 0, revoked: nil, keyRevoked: nil, by: nil, .renewalOutsidePeriod),
            (on: 1000, number: 1, revoked: nil, keyRevoked: nil, by: nil, .renewalsUsedUp),
            (on: 1000, number: 0, revoked: nil, keyRevoked: nil, by: "1", .voucherRenewed),
            (on: 1000, number: 0, revoked: 990, keyRevoked: nil, by: nil, .voucherRevoked),
            (on: 1000, number: 0, revoked: nil, keyRevoked: 990, by: nil, .voucherRevoked),
            // Precedence.
            (on: 1, number: 1, revoked: 990, keyRevoked: nil, by: "1", .voucherRevoked),
            (on: 1, number: 1, revoked: nil, keyRevoked: nil, by: "1", .voucherRenewed),
            (on: 1, number: 1, revoked: nil, keyRevoked: nil, by: nil, .renewalsUsedUp),
        ] as [(on: Int, number: Int, revoked: Int?, keyRevoked: Int?, by: String?, Reason?)]
    )
    func decides(
        on day: Int,
        number: Int,
        revoked: Int?,
        keyRevoked: Int?,
        by: String?,
        expected: Reason?
    ) {
        let renewal = Renewal(
            validUntil: Self.end,
            revokedOn: revoked.map { Day($0) },
            keyRevokedOn: keyRevoked.map { Day($0) },
            number: number,
            renewedBy: by,
            most: 1,
            days: 60
        )
        #expect(renewal.refusal(on: Day(day))?.reason == expected)
    }

    @Test("no renewal at all, where the number says so; two in a row, where it says two")
    func counted() {
        func renewal(_ number: Int, most: Int) -> Reason? {
            Renewal(
                validUntil: Self.end,
                revokedOn: nil,
                keyRevokedOn: nil,
                number: number,
                renewedBy: nil,
                most: most,
                days: 60
            ).refusal(on: Self.end)?.reason
        }
        #expect(renewal(0, most: 0) == .renewalsUsedUp)
        #expect(renewal(1, most: 2) == nil)
        #expect(renewal(2, most: 2) == .renewalsUsedUp)
    }
}
