import Shop
import Store

extension TwoShops {
    private var codeProduct: String { "recharge-code" }

    /// A batch of three codes at Roubaix that the administrator took in, and that waits for somebody else.
    func codeBatch() async throws -> CodeBatchCode {
        let store = served.store
        let staff = try await store.staff(login: "admin", till: nil)
        do {
            _ = try await store.createProduct(
                NewProduct(
                    code: ShortCode(typed: codeProduct),
                    kind: .recharge,
                    category: .connection,
                    nameFrench: ShortText(typed: "Recharge SFR", field: .nameFrench),
                    nameEnglish: ShortText(typed: "SFR recharge", field: .nameEnglish),
                    operatorName: "SFR",
                    delivery: .code
                ),
                key: store.newID(),
                by: staff
            )
            _ = try await store.setOffer(
                NewOffer(
                    product: ShortCode(typed: codeProduct),
                    startsOn: store.today,
                    price: .zero
                ),
                key: store.newID(),
                by: staff
            )
            _ = try await store.declareCodeFormat(
                CodeFormat(
                    code: ShortCode(typed: "un-par-ligne"),
                    name: ShortText(typed: "Un par ligne", field: .name),
                    headingLines: 0,
                    codeLength: 32,
                    codeColumn: "1"
                ),
                key: store.newID(),
                by: staff
            )
        } catch let refusal as Refusal where refusal.reason == .nameTaken {}
        let made = try await store.importCodes(
            delivery(),
            into: roubaix,
            key: store.newID(),
            by: staff
        )
        return try CodeBatchCode.typed(made.batch ?? "")
    }

    private func delivery() throws -> CodeDelivery {
        CodeDelivery(
            fileName: "codes.csv",
            bytes: Array(codes().utf8),
            slip: try DeliverySlip(
                number: ShortText(typed: "BL-1", field: .deliverySlip),
                units: 3,
                value: Cents(1500)
            ),
            product: try ShortCode(typed: codeProduct),
            format: try ShortCode(typed: "un-par-ligne")
        )
    }

    /// Three codes that no file before held.
    private func codes() -> String {
        (1...3).map { _ in
            served.store.newID(Claim.self).text.filter { $0 != "-" }.uppercased()
        }.joined(separator: "\n")
    }

    /// A ticket of Roubaix with a code that nobody was shown.
    func codeTicket(isShown: Bool = false) async throws -> String {
        let store = served.store
        _ = try await store.decideCodes(
            codeBatch(),
            rejection: nil,
            key: store.newID(),
            by: store.staff(login: Self.login(.stockManager, in: "RO"), till: nil)
        )
        let admin = try await store.staff(login: "admin", till: "RO1")
        let voucher = try await store.recordVoucher(
            NewVoucher(
                structure: store.structure(meantBy: "Horizons"),
                prescriber: .new(
                    NewPrescriber(
                        name: PersonName(
                            typed: "Inès \(store.newID(Claim.self))",
                            field: .prescriber
                        )
                    )
                ),
                persons: [.known(person.id)],
                householdSize: 1,
                services: [.connection],
                signedOn: store.today,
                originalKept: true,
                signatureSeen: true
            ),
            key: store.newID(),
            by: admin
        )
        let ticket = try await store.sell(
            SaleRequest(
                buyer: .voucher(voucher.code, nil),
                lines: [.product(codeProduct, quantity: 1)],
                tender: .payments([])
            ),
            key: store.newID(),
            by: admin
        ).code
        if isShown { _ = try await store.revealCodes(of: ticket, key: store.newID(), by: admin) }
        return ticket.text
    }

    /// What is sent to routes of the vault; nil for those of another subject.
    func askedOfVault(_ question: Question) async throws -> Asked? {
        let (path, key) = (question.path, question.key)
        switch "\(question.line.method) \(question.line.path)" {
        case "POST /recharges/{code}/rejection": return question.form(["motive": "Mauvais lot"])
        case "POST /api/v1/recharge-batches/{code}/approval":
            return Asked(path: path, body: "{}", key: key)
        case "POST /api/v1/recharge-batches/{code}/rejection":
            return Asked(path: path, body: #"{"motive": "Mauvais lot"}"#, key: key)
        case "POST /api/v1/recharge-batches":
            _ = try await codeBatch()
            let slip =
                "name=c.csv&product=\(codeProduct)&format=un-par-ligne&slip=BL-2&units=3&value=15"
            return Asked(path: "\(path)?shop=RO&\(slip)", file: Array(codes().utf8), key: key)
        case "POST /receipts/{code}/codes": return question.form(["motive": "Papier perdu"])
        case "POST /api/v1/receipts/{code}/showings":
            return Asked(path: path, body: #"{"motive": "Papier perdu"}"#, key: key)
        case "POST /receipts/{code}/clearances":
            return question.form(["place": "1.1", "proof-1.1": "SFR 4711"])
        case "POST /api/v1/receipts/{code}/clearances":
            return Asked(
                path: path,
                body: #"{"line": 1, "unit": 1, "proof": "SFR 4711"}"#,
                key: key
            )
        default: return nil
        }
    }
}
