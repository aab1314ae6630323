/// What comes back: units of lines of one ticket, or all that remains of it.
public struct RefundRequest: Hashable, Sendable, Codable {
    public let sale: ID<Sale>
    /// Nil: all that remains.
    public let lines: [Line]?
    public let reason: RefundReason
    /// How the money goes back; a gift gives none back.
    public let means: Means
    /// The after-sales case that it ends, which must then be one that may be refunded; nil at the till.
    public let afterSales: String?

    public struct Line: Hashable, Sendable, Codable {
        public let position: Int
        public let units: Int

        public init(position: Int, units: Int) {
            self.position = position
            self.units = units
        }
    }

    public init(
        sale: ID<Sale>,
        lines: [Line]?,
        reason: RefundReason,
        means: Means,
        afterSales: AfterSalesCode? = nil
    ) {
        self.sale = sale
        self.afterSales = afterSales?.description
        self.lines = lines
        self.reason = reason
        self.means = means
    }
}

/// The units that a refund gives back, each once. Throws `ticketEmpty`, `saleUnknown` for a line that is not there,
/// `refundTooMuch` when fewer remain than are asked for.
public func unitsBack(
    _ request: RefundRequest,
    of sale: SaleRecord,
    returned: [Int: Set<Int>],
    receipt: String,
    on day: Day
) throws(Refusal) -> [RefundRecord.Unit] {
    let asked =
        request.lines
        ?? sale.lines.indices.map { index in
            RefundRequest.Line(
                position: index + 1,
                units: sale.lines[index].quantity - (returned[index + 1]?.count ?? 0)
            )
        }
    var units: [RefundRecord.Unit] = []
    for line in asked.sorted(by: { $0.position < $1.position }) {
        guard (1...sale.lines.count).contains(line.position), line.units >= 0 else {
            throw Refusal(.saleUnknown, ["receipt": .text(receipt)])
        }
        let sold = sale.lines[line.position - 1]
        let taken = (returned[line.position] ?? []).union(
            units.filter { $0.position == line.position }.map(\.unit)
        )
        let free = (1...sold.quantity).filter { !taken.contains($0) }
        guard line.units <= free.count else { throw Refusal(.refundTooMuch) }
        units += free.prefix(line.units).map { unit in
            RefundRecord.Unit(
                sale: sale.id,
                position: line.position,
                unit: unit,
                amount: share(sold.personPays, unit, sold),
                tax: share(sold.tax, unit, sold),
                value: share(sold.value, unit, sold),
                returnedOn: day
            )
        }
    }
    guard !units.isEmpty else {
        throw Refusal(request.lines == nil ? .refundTooMuch : .ticketEmpty)
    }
    return units
}

/// A unit's share of a line's amount: shares of all units add up to it, to the cent.
private func share(_ amount: Cents, _ unit: Int, _ line: SaleRecord.Line) -> Cents {
    let (count, of) = (amount.count, Int64(line.quantity))
    return Cents(unchecked: count * Int64(unit) / of - count * Int64(unit - 1) / of)
}
