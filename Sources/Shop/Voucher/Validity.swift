/// How long a prescriber may let a voucher hold: the last day is at most so many months after the signature. Throws
/// `voucherTooLong`.
public func checkLastDay(
    _ until: Day,
    signedOn: Day,
    monthsMost months: Int
) throws(Refusal) {
    let most = signedOn.adding(months: months)
    guard until <= most else {
        throw Refusal(
            .voucherTooLong,
            [
                "field": .field(.validUntil), "months": .number(Int64(months)), "most": .day(most),
            ]
        )
    }
}
