/// What each line costs whom, made by `price` alone.
public struct Priced: Sendable {
    public let allowed: Allowed
    public let lines: [SaleRecord.Line]
    public let payments: [SaleRecord.Payment]
    public let total: Cents
    public let value: Cents
    public let tax: Cents
}

/// Prices, taxes, guarantees and change. Throws, in this order: `amountOutOfRange`, `paymentTooLittle`,
/// `paymentDoesNotAddUp`.
public func price(
    _ allowed: Allowed,
    _ tender: SaleRequest.Tender,
    numbers: DatedNumbers,
    on day: Day
) throws(Refusal) -> Priced {
    var lines: [SaleRecord.Line] = []
    for (index, line) in allowed.lines.enumerated() {
        lines.append(record(line, at: index + 1, tender, numbers, on: day))
    }
    let total = lines.map(\.personPays).sum()
    let value = lines.map(\.value).sum()
    _ = try Cents(value.count)
    let payments =
        switch tender {
        case .gift: [SaleRecord.Payment]()
        case .payments(let tendered): try settle(total, tendered)
        }
    return Priced(
        allowed: allowed,
        lines: lines,
        payments: payments,
        total: total,
        value: value,
        tax: lines.map(\.tax).sum()
    )
}

private func record(
    _ line: Allowed.Line,
    at position: Int,
    _ tender: SaleRequest.Tender,
    _ numbers: DatedNumbers,
    on day: Day
) -> SaleRecord.Line {
    let value = line.unitPrice * line.quantity
    let product = line.goods.product
    let isGift = if case .gift = tender { true } else { false }
    // A gift is in no turnover, hence in no tax; its guarantee is the shop's own, a row of its own.
    let tax = isGift ? Cents.zero : line.tax.tax(in: value)
    func ends(_ number: String) -> Day { day.adding(months: numbers.number(number, on: day)) }
    var guarantee: (ends: Day, presumption: Day?)?
    if case .device = line.goods {
        guarantee =
            isGift
            ? (ends("gift_guarantee_months"), nil)
            : (ends("guarantee_months"), ends("presumption_months"))
    }
    let (device, stay, description): (ID<Device>?, Int?, String) =
        switch line.goods {
        case .device(let device, let stay, _):
            (
                device.id, stay,
                [device.label, device.maker, device.model].filter { !$0.isEmpty }.joined(
                    separator: " "
                )
            )
        case .product(let product): (nil, nil, product.name)
        }
    return SaleRecord.Line(
        position: position,
        product: product.id,
        device: device,
        stay: stay,
        description: description,
        quantity: line.quantity,
        unitPrice: line.unitPrice,
        value: value,
        personPays: isGift ? .zero : value,
        programmePays: isGift ? value : .zero,
        regime: line.tax.regime.rawValue,
        rateBasisPoints: line.tax.rateBasisPoints,
        tax: tax,
        volumeMB: line.offer?.volumeMB,
        validDays: line.offer?.validDays,
        guaranteeEndsOn: guarantee?.ends,
        presumptionEndsOn: guarantee?.presumption,
        right: line.right?.id,
        codes: line.codes,
        overrides: line.overrides
    )
}

/// Card and cheque are for their amount; cash takes the rest and gives the change.
private func settle(_ total: Cents, _ tendered: [SaleRequest.Payment]) throws(Refusal)
    -> [SaleRecord.Payment]
{
    let given = tendered.filter { $0.tendered > .zero }
    let paid = given.map(\.tendered).sum()
    guard let _ = paid - total else {
        throw Refusal(
            .paymentTooLittle,
            [
                "missing": .cents((total - paid) ?? .zero), "total": .cents(total),
                "paid": .cents(paid),
            ]
        )
    }
    let mismatch = Refusal(
        .paymentDoesNotAddUp,
        ["total": .cents(total), "paid": .cents(paid)]
    )
    let cash = given.filter { $0.means == .cash }
    let exact = given.filter { $0.means != .cash }
    guard let due = total - exact.map(\.tendered).sum() else { throw mismatch }
    let notes = cash.map(\.tendered).sum()
    guard let change = notes - due, due > .zero || cash.isEmpty else { throw mismatch }
    var payments = exact.enumerated().map { index, payment in
        SaleRecord.Payment(
            position: index + 1,
            means: payment.means,
            amount: payment.tendered,
            tendered: payment.tendered,
            change: .zero
        )
    }
    if due > .zero {
        payments.append(
            SaleRecord.Payment(
                position: payments.count + 1,
                means: .cash,
                amount: due,
                tendered: notes,
                change: change
            )
        )
    }
    return payments
}
