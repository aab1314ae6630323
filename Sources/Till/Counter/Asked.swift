import Shop

/// What the till sends, as JSON says it, and the one place where it becomes the shop's own values. Fields that are not
/// named here are not read: nobody sends a price, a shop or a role (F3).
struct AskedSale: Codable, Sendable {
    let key: ID<Claim>?
    let voucher: String?
    let person: ID<Person>?
    let completion: String?
    let right: ID<Right>?
    let lines: [Line]
    let payments: [Payment]?
    /// A gift: the code of the programme that pays.
    let programme: String?

    struct Line: Codable, Sendable {
        let device: String?
        let product: String?
        let quantity: Int?
    }

    struct Payment: Codable, Sendable {
        let means: String
        let amountCents: Int64
        let tenderedCents: Int64?
    }

    func sale() throws(Refusal) -> SaleRequest {
        try SaleRequest(
            buyer: buyer(),
            lines: shopLines(),
            tender: .payments(shopPayments()),
            right: right
        )
    }

    /// What is asked before either: a gift where a programme is named.
    func previewed() throws(Refusal) -> SaleRequest {
        programme == nil ? try sale() : try gift()
    }

    func gift() throws(Refusal) -> SaleRequest {
        guard let programme, !programme.isEmpty else {
            throw Refusal(.fieldMissing, ["field": .text("programme")])
        }
        return try SaleRequest(
            buyer: buyer(),
            lines: shopLines(),
            tender: .gift(programme),
            right: right
        )
    }

    func claim() throws(Refusal) -> ID<Claim> {
        guard let key else { throw Refusal(.fieldMissing, ["field": .text("key")]) }
        return key
    }

    private func buyer() throws(Refusal) -> SaleRequest.Buyer? {
        if let voucher { return .voucher(try VoucherCode(scanned: voucher).digits, person) }
        if let completion {
            guard let code = CompletionCode(completion) else {
                throw Refusal(.scanUnreadable, ["text": .text(String(completion.prefix(40)))])
            }
            return .completion(code.digits)
        }
        return person.map { .person($0) }
    }

    private func shopLines() throws(Refusal) -> [SaleRequest.Line] {
        var read: [SaleRequest.Line] = []
        for line in lines {
            if let device = line.device {
                guard case .device(let label) = try Scan(scanned: device) else {
                    throw Refusal(.deviceUnknown, ["label": .text(String(device.prefix(40)))])
                }
                read.append(.device(label))
            } else if let product = line.product {
                read.append(.product(String(product.prefix(60)), quantity: line.quantity ?? 1))
            } else {
                throw Refusal(.fieldMissing, ["field": .text("lines.device")])
            }
        }
        return read
    }

    private func shopPayments() throws(Refusal) -> [SaleRequest.Payment] {
        var read: [SaleRequest.Payment] = []
        for payment in payments ?? [] {
            let means = try Means(typed: payment.means, field: .means)
            read.append(
                SaleRequest.Payment(
                    means: means,
                    tendered: try Cents(
                        means == .cash
                            ? payment.tenderedCents ?? payment.amountCents : payment.amountCents
                    )
                )
            )
        }
        return read
    }
}

struct AskedRefund: Codable, Sendable {
    let key: ID<Claim>
    let sale: ID<Sale>
    let lines: [Line]?
    let reason: String
    let means: String

    struct Line: Codable, Sendable {
        let position: Int
        let units: Int
    }

    func request() throws(Refusal) -> RefundRequest {
        RefundRequest(
            sale: sale,
            lines: lines.map {
                $0.map { RefundRequest.Line(position: $0.position, units: $0.units) }
            },
            reason: try RefundReason(typed: reason, field: .reason),
            // A gift gives nothing back, whatever the means: the record holds none.
            means: means == "none" ? .cash : try Means(typed: means, field: .means)
        )
    }
}

struct AskedOpening: Codable, Sendable {
    /// Here, or as the header `Idempotency-Key`.
    let key: ID<Claim>?
    let floatCents: Int64
}

struct AskedClosing: Codable, Sendable {
    /// Here, or as the header `Idempotency-Key`.
    let key: ID<Claim>?
    /// Absent where it is counted by pieces.
    let countedCashCents: Int64?
    let countedCardCents: Int64?
    /// Absent where they are listed.
    let countedChequeCents: Int64?
    /// Coins and notes by their worth.
    let pieces: [DrawerCount.Piece]?
    /// Cheques one by one.
    let chequesCents: [Int64]?
    let reason: String?
}
