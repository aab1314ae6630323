import Shop
public import Store

extension Papers {
    /// What a donor gets for a lot. Throws `paperUnavailable`.
    public func donationReceipt(_ receipt: DonationReceipt) async throws -> [UInt8] {
        try await inFrench { DonationReceiptPaper($0, receipt) }
    }

    /// What was done to the data of a lot. Throws `paperUnavailable`.
    public func erasureCertificate(_ certificate: ErasureCertificate) async throws -> [UInt8] {
        try await inFrench { ErasureCertificatePaper($0, certificate) }
    }
}

/// Who the shop is and who gave, on top of a lot's papers.
struct BatchHead: Sendable {
    let association: String
    let siret: String
    let shop: String
    let address: String
    let batch: String
    let donor: String
    let donorKind: String
    /// Nil without one.
    let donorSiret: String?
    let donorAddress: String?

    init(_ head: BatchLetterhead, _ words: Words) {
        association = head.association
        siret = Siret.printed(head.siret)
        shop = head.shop
        address = head.address
        batch = head.batch
        donorKind = head.donorKind.name(in: words.language)
        donor = head.donorName.isEmpty ? donorKind : head.donorName
        donorSiret = head.donorSiret.isEmpty ? nil : Siret.printed(head.donorSiret)
        donorAddress = head.donorAddress.isEmpty ? nil : head.donorAddress
    }
}

struct DonationReceiptPaper: Sheet {
    static let template = "sheet-donation"
    static let sheet = "sheet-donation"

    let head: BatchHead
    let sentence: String
    let units: [Line]
    let facts: [Line]
    let doneAt: String

    struct Line: Sendable {
        let label: String
        let value: String
    }

    init(_ words: Words, _ receipt: DonationReceipt) {
        let language = words.language
        head = BatchHead(receipt.head, words)
        let days = receipt.receivedOn.sorted()
        guard let last = days.last else { preconditionFailure("a receipt follows a delivery") }
        sentence = words(
            "batch_receipt_sentence",
            ["days": days.map { $0.spelled(in: language) }.joined(separator: ", ")]
        )
        units = receipt.units.listed.map {
            Line(label: $0.kind.name(in: language), value: words.number($0.units))
        }
        facts = [
            ("batch_agreement", receipt.agreement.isEmpty ? nil : receipt.agreement),
            ("batch_weight", receipt.weight?.written(in: language)),
            (
                "batch_declared_value",
                receipt.declaredValue.map { Written.cents($0, in: language) }
                    ?? words("batch_no_declared_value")
            ),
        ].compactMap { name, value in value.map { Line(label: words(name), value: $0) } }
        doneAt = words(
            "batch_done_at",
            ["city": receipt.head.city, "day": last.spelled(in: language)]
        )
    }
}

struct ErasureCertificatePaper: Sheet {
    static let template = "sheet-erasures"
    static let sheet = "sheet-erasures"

    let head: BatchHead
    let summary: String
    /// What is not proved yet; nil when all is.
    let waiting: String?
    let drives: [Line]
    let withoutDrives: String?

    struct Line: Sendable {
        let machine: String
        let drive: String
        let erasure: String
        let proof: String
    }

    init(_ words: Words, _ certificate: ErasureCertificate) {
        let language = words.language
        head = BatchHead(certificate.head, words)
        let erased = certificate.drives.count - certificate.waiting
        summary = words.counted("batch_erased", erased)
        waiting =
            certificate.waiting == 0
            ? nil : words.counted("batch_erasures_wait", certificate.waiting)
        drives = certificate.drives.map { drive in
            let unknown = words("batch_no_serial")
            return Line(
                machine:
                    "\(drive.label) · \(drive.machine) · \(drive.unitSerial.isEmpty ? unknown : drive.unitSerial)",
                drive:
                    "\(drive.kind.rawValue.uppercased()) · \(drive.serial.isEmpty ? unknown : drive.serial)",
                erasure: drive.erasure.map {
                    "\($0.method.name(in: language)), \($0.level.name(in: language))"
                } ?? words("batch_not_erased"),
                proof: drive.erasure.map {
                    "\($0.tool) · \($0.at.day.printed) \($0.at.clock) · \($0.operatorCode)"
                } ?? ""
            )
        }
        withoutDrives =
            certificate.withoutDrives.isEmpty
            ? nil
            : words(
                "batch_without_drives",
                ["labels": certificate.withoutDrives.joined(separator: ", ")]
            )
    }
}
