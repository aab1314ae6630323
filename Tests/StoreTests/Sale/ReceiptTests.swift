import Foundation
import Postgres
import Shop
import Store
import Testing
import TestSupport

@Suite("The receipt")
struct ReceiptTests {
    @Test("holds all that the law asks of it, as a document for programs, A16")
    func fields() async throws {
        try await withWazemmes { at async throws -> Void in
            let sale = try await at.store.sell(
                at.request(device: 1, recharges: 2, cash: 12_000),
                key: at.key(),
                by: at.staff()
            ).sale.id
            let receipt = try await at.store.receipt(of: sale)
            let document = ReceiptDocument(receipt, in: .french)
            let json = try JSONEncoder().encode(document)
            let fields = try #require(
                try JSONSerialization.jsonObject(with: json) as? [String: Any]
            )
            // Shop, register, operator, number, lines, rates, totals, means, count, signature, software.
            for field in [
                "number", "shop", "association", "till", "operatorCode", "soldAt", "businessOn",
                "lines", "lineCount", "totalCents", "taxes", "payments", "changeCents", "signature",
                "software",
            ] {
                #expect(fields[field] != nil, "\(field)")
            }
            #expect(document.shop.name == "Lille Wazemmes")
            #expect(document.shop.address == "1 place, 59000 Lille")
            #expect(document.shop.siret == "12345678200010")
            #expect(document.till == "LI1" && document.operatorCode == "AM")
            #expect(document.lineCount == 2 && document.lines.count == 2)
            #expect(document.payments.map(\.means) == [.cash])
            #expect(document.signature.wholeMatch(of: /[0-9a-f]{16}/) != nil)
            #expect(document.software == softwareVersion)
            // Delivered today: two years of guarantee, the defect presumed old for one, C4.
            let machine = document.lines[0]
            #expect(machine.guaranteeEndsOn == document.businessOn.adding(months: 24))
            #expect(machine.presumptionEndsOn == document.businessOn.adding(months: 12))
            #expect(document.lines[1].guaranteeEndsOn == nil)
            // The same ticket gives the same receipt.
            let again = ReceiptDocument(try await at.store.receipt(of: sale), in: .french)
            #expect(try sorted(again) == sorted(document))
        }
    }

    @Test("a gift has the shop's own guarantee, and presumes no sale")
    func gift() async throws {
        try await withWazemmes { at async throws -> Void in
            let sale = try await at.store.sell(
                at.request(device: 1, gift: true),
                key: at.key(),
                by: at.staff()
            ).sale.id
            let document = ReceiptDocument(try await at.store.receipt(of: sale), in: .french)
            #expect(
                document.lines[0].guaranteeEndsOn == document.businessOn.adding(months: 12)
            )
            #expect(document.lines[0].presumptionEndsOn == nil)
            #expect(document.programme == "Parents")
        }
    }

    @Test("a refund bears the number of the till that gave the money back, whoever asks")
    func refundElsewhere() async throws {
        try await withWazemmes { at async throws -> Void in
            let sale = try await at.store.sell(
                at.request(device: 1),
                key: at.key(),
                by: at.staff(0)
            ).sale.id
            let refund = try await at.store.giveBack(
                RefundRequest(sale: sale, lines: nil, reason: .other, means: .cash),
                key: at.key(),
                by: at.staff(1)
            )
            #expect(try await at.store.refund(refund).code.text == "LI2-R-000001")
            let document = ReceiptDocument(try await at.store.receipt(of: sale), in: .french)
            #expect(document.number == "LI1-V-000001")
            #expect(document.refunds.map(\.number) == ["LI2-R-000001"])
        }
    }

    @Test("no refusal at the counter leaves more than a count of its reason by shop and day")
    func counted() async throws {
        try await withWazemmes(machines: 1) { at async throws -> Void in
            let request = RefundRequest(
                sale: at.store.newID(),
                lines: nil,
                reason: .other,
                means: .cash
            )
            for _ in 0..<2 {
                _ = try await refusalReason {
                    _ = try await at.store.giveBack(request, key: at.key(), by: at.staff())
                }
            }
            _ = try await refusalReason {
                _ = try await at.store.sell(
                    at.request(device: 7),
                    key: at.key(),
                    by: at.staff()
                )
            }
            let counts = try await at.owner.withConnection { connection in
                try connection.query("select code, times from refusal_counts order by code").map {
                    row -> String in
                    let (code, times): (String, Int) = (try row["code"], try row["times"])
                    return "\(code) \(times)"
                }
            }
            #expect(counts == ["device_unknown 1", "sale_unknown 2"])
        }
    }

    private func sorted(_ document: ReceiptDocument) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return try encoder.encode(document)
    }
}
