import ArgumentParser
import Foundation
import Shop
import Store

/// Who buys: a voucher, an attestation or a person.
struct BuyerOptions: ParsableArguments {
    @Option(help: "The voucher's 12 digits.")
    var voucher: String?

    @Option(help: "The attestation's 13 digits.")
    var completion: String?

    @Option(help: "The person's reference (P-XXXXXX); with --voucher, which of its persons.")
    var person: String?

    func buyer(_ store: Store) async throws -> SaleRequest.Buyer? {
        let chosen = try await foundPerson(person, store)
        if let voucher { return .voucher(try VoucherCode(scanned: voucher).digits, chosen) }
        if let completion {
            guard let code = CompletionCode(completion) else {
                throw Refusal(.scanUnreadable, ["text": .text(String(completion.prefix(40)))])
            }
            return .completion(code.digits)
        }
        return chosen.map { .person($0) }
    }
}

/// What is taken, and by which right.
struct LineOptions: ParsableArguments {
    @Option(name: .customLong("device"), help: "A device's label; may be given several times.")
    var devices: [String] = []

    @Option(
        name: [.customLong("recharge"), .customLong("product")],
        help: "A recharge, SIM card or accessory by its code, =N for N of them; several times."
    )
    var products: [String] = []

    @Option(help: "The right to use, where several fit.")
    var right: ID<Right>?

    func lines() throws -> [SaleRequest.Line] {
        try devices.map { text in
            guard case .device(let label) = try Scan(scanned: text) else {
                throw Refusal(.deviceUnknown, ["label": .text(String(text.prefix(40)))])
            }
            return .device(label)
        }
            + products.map { text in
                let halves = text.split(separator: "=", maxSplits: 1)
                let count = halves.count == 2 ? Int(halves[1]) : 1
                guard let code = halves.first, let count else {
                    throw Refusal(
                        .quantityOutOfRange,
                        ["least": .number(1), "most": .number(100)]
                    )
                }
                return .product(String(code), quantity: count)
            }
    }
}

/// `cash=9000`: means and whole cents.
func payment(typed text: String) throws -> SaleRequest.Payment {
    let halves = text.split(separator: "=", maxSplits: 1)
    guard halves.count == 2, let means = Means(rawValue: String(halves[0])) else {
        throw Refusal(
            .choiceUnknown,
            [
                "text": .text(String(text.prefix(40))), "field": .text("--pay"),
                "choices": .text("cash=CENTS, card=CENTS, cheque=CENTS"),
            ]
        )
    }
    guard let count = Int64(halves[1]) else {
        throw Refusal(.amountUnreadable, ["text": .text(String(halves[1].prefix(40)))])
    }
    return SaleRequest.Payment(means: means, tendered: try Cents(count))
}

/// A receipt's printed number, or the ticket's id.
func receipt(named text: String, _ store: Store) async throws -> Receipt {
    if let id = ID<Sale>(text) { return try await store.receipt(of: id) }
    guard let code = ReceiptCode(text) else {
        throw Refusal(.saleUnknown, ["receipt": .text(String(text.prefix(40)))])
    }
    return try await store.receipt(coded: code)
}

extension ReceiptDocument: Output {
    func words(in language: Language) -> String {
        func euros(_ cents: Cents) -> String { Written.cents(cents, in: language) }
        var text = [
            isDemonstration ? language.choose("DÉMONSTRATION", "DEMONSTRATION") : association,
            "\(shop.name), \(shop.address) – SIRET \(shop.siret)",
            "\(number)  \(businessOn.printed) \(soldAt.clock)  \(till) / \(operatorCode)",
        ]
        for line in lines {
            text.append("  \(line.quantity) × \(line.description)  \(euros(line.personCents))")
            if let ends = line.guaranteeEndsOn {
                text.append(
                    "    " + language.choose("Garantie jusqu’au ", "Guaranteed until ")
                        + ends.printed
                )
            }
        }
        text.append(language.choose("Total ", "Total ") + euros(totalCents))
        for payment in payments {
            text.append("  \(payment.means.name(in: language)) \(euros(payment.tenderedCents))")
        }
        if changeCents > .zero {
            text.append(language.choose("  Rendu ", "  Change ") + euros(changeCents))
        }
        if let original {
            text.append(
                language.choose("  Sur le ticket ", "  Of receipt ")
                    + "\(original.number) – \(original.reason)"
            )
        }
        text += taxes.map(\.mention)
        text.append("\(lineCount) – \(signature) – \(software)")
        return text.joined(separator: "\n")
    }
}

extension TicketRow: Output {
    func words(in language: Language) -> String {
        "\(businessOn.printed) \(at.clock)  \(number)  \(Written.cents(totalCents, in: language))  \(what)"
    }
}
